import pytest
from jinja2.exceptions import SecurityError, UndefinedError

from microcred_cli.rendering.renderer import Renderer


def render(template: str, **context: object) -> str:
    return Renderer({"page": template}).render("page", context)


def test_everything_printed_is_escaped() -> None:
    assert render("<p>{{ a }}</p>", a="<b>\"'&") == "<p>&lt;b&gt;&#34;&#39;&amp;</p>"


def test_an_embedded_piece_is_escaped_once() -> None:
    renderer = Renderer({"piece": "<b>{{ a }}</b>", "page": "<p>{{ piece }}</p>"})
    piece = renderer.embed("piece", {"a": "<i>"})
    assert renderer.render("page", {"piece": piece}) == "<p><b>&lt;i&gt;</b></p>"


@pytest.mark.parametrize(
    "template",
    [
        "{{ b }}",
        "{{ a.b }}",
        "{{ a.items }}",
        "{{ a['b'] }}",
        "{{ a.text.upper.__globals__ }}",
        "{{ range(3) }}",
    ],
)
def test_what_is_not_in_the_context_cannot_be_printed(template: str) -> None:
    with pytest.raises((UndefinedError, SecurityError)):
        render(template, a={"text": "x"})


@pytest.mark.parametrize("template", ["{{ 10 ** 9 }}", "{{ 'x' * 9 }}", "{{ a * 9 }}"])
def test_nothing_can_be_made_to_grow(template: str) -> None:
    with pytest.raises(SecurityError, match="not available in a template"):
        render(template, a="x")


def test_keys_of_a_dict_go_before_its_methods() -> None:
    assert render("{{ a.items }} {{ a['keys'] }}", a={"items": "x", "keys": "y"}) == "x y"


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("no\u00a0break", "no\u00a0break"),
        ("\u202ereversed", "\\u202ereversed"),
        ("\x1b[2J", "\\x1b[2J"),
        ("ab\u200bcd", "ab\\u200bcd"),
        ("pay\u200dpal", "pay\\u200dpal"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),  # Persian spells with it
        ("\u0645\u200c\u200c\u062e", "\u0645\\u200c\\u200c\u062e"),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\u200d\U0001f4bb"),
        ("\ud800", "\\ud800"),
    ],
)
def test_characters_that_hide_or_turn_text_are_written_out(text: str, printed: str) -> None:
    assert render("{{ a }}", a=text) == printed


def test_numbers_and_loops_are_printed() -> None:
    assert render("{% for x in a %}{{ loop.index }}{{ x }};{% endfor %}", a=[7, True]) == "17;2True;"
