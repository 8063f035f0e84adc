"""The page of Markdown, read by a reader of CommonMark with tables."""

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microcred_cli.exchange.markdown import write, write_text
from microcred_cli.model.rubric import Rubric
from tests.exchange.test_grid import LIBRARY, make_rubric, make_tree
from tests.exchange.wide_rubrics import HARD_TEXTS, read_text, read_tree

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
MARKUP = (
    "*a*", "_a_", "`a`", "<b>a</b>", "<!-- a -->", "[a](b)", "![a](b)", "# a", "## a ##", "> a", "- a",
    "+ a", "* a", "1. a", "1) a", "a | b", "|", "~~a~~", "~~~", "```", "---", "===", "***", "&amp;",
    "&#35;", "&copy", "a\\", "\\*", "\\", "a\nb", "a\n\nb", "a\n- b", "a\n# b", "a\n    b", "    a", "\ta",
    "$a$", "a^2^", "@a", "C#", "<https://a.b>", "[^1]", "[a]: b", ": a", "a  \nb", "\u00a0a", "<",
    "a < b > c", "-", "+", "2026.", "::: a", "$$", "<br>",
)  # fmt: skip


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self.tags.append(tag)
        if tag == "br":
            self.text += "\n"

    def handle_data(self, data: str) -> None:
        self.text += data


def read_html(html: str) -> _Text:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return parser


def clean(text: str) -> list[str]:
    """Return the lines as a browser shows them."""
    lines = text.replace("\r\n", "\n").split("\n")
    return [" ".join(re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", line).split()) for line in lines]


def check(text: str) -> None:
    written = write_text(text)
    assert "\n" not in written
    for page, tags in (
        (f"{written}\n", {"p", "br"}),
        (f"# {written}\n", {"h1", "br"}),
        (f"- Evidence: {written}.\n", {"ul", "li", "br"}),
        (
            f"| {written} | b |\n| --- | --- |\n| {written} | |\n",
            {"table", "thead", "tbody", "tr", "th", "td", "br"},
        ),
    ):
        shown = read_html(READER.render(page))
        assert set(shown.tags) <= tags, page
        expected = clean(text)
        if "li" in tags:
            expected = [f"Evidence: {expected[0]}", *expected[1:]]
            expected[-1] += "."
        if "table" not in tags:
            assert clean(shown.text.strip("\n")) == [line.strip() for line in clean("\n".join(expected))], (
                page
            )
        else:
            cells = re.findall(r"<t[hd]>(.*?)</t[hd]>", READER.render(page))
            assert [clean(unescape(re.sub("<br */?>", "\n", cell))) for cell in cells[:1]] == [expected]


@pytest.mark.parametrize("text", [*MARKUP, *HARD_TEXTS])
def test_every_text_means_itself(text: str) -> None:
    if text.strip() and text.strip("\n") == text:
        check(text)


@given(
    st.text(st.sampled_from("ab1 *_`[]()<>#+-.!|~&;:\\/$^@=\"'\n"), min_size=1, max_size=20).filter(
        lambda text: bool(text.strip()) and text.strip() == text
    )
)
def test_any_signs_mean_themselves(text: str) -> None:
    check(text)


def read_page(rubric: Rubric) -> str:
    return write(rubric).data.decode()


def test_several_criteria_have_a_table_for_each_subcompetency() -> None:
    award = {"at_least": 1}
    page = read_page(make_rubric("Team | work", summary="Works with *others*.", award=award))
    assert page.startswith("# Team \\| work\n\nWorks with \\*others\\*.\n\n")
    assert "- Levels, lowest first: Low (1 point), High (2 points)." in page
    assert "- A sub-competency is shown from High (2 points) up." in page
    assert "- The badge asks for Listens or Speaks." in page
    assert (
        "## Listens\n\n"
        "| Criterion | Low (1 point) | High (2 points) |\n"
        "| --- | --- | --- |\n"
        "| Waits | Cuts in. | Lets others finish. |\n"
        "| Asks back |  | Asks what was meant. |\n\n"
        "- Evidence: Peer review; Minutes (given by an employer).\n"
        "- Decided by highest: the best score."
    ) in page


def test_single_criteria_stand_in_one_table() -> None:
    tree = make_tree()
    del tree["subcompetencies"][0]["criteria"][1]
    rubric = read_tree(tree)
    assert rubric is not None
    page = read_page(rubric)
    assert page.count("\n| ---") == 2
    assert "| **Listens**<br>Waits | Cuts in. | Lets others finish. |" in page
    assert "| Speaks | Talk | n-mastery, n 2: the mean" in page


@pytest.mark.parametrize("path", LIBRARY, ids=[path.stem for path in LIBRARY])
def test_the_library_is_shown_whole(path: Path) -> None:
    rubric = read_text(path.read_text(encoding="utf-8"))
    assert rubric is not None
    shown = " ".join(read_html(READER.render(read_page(rubric))).text.split())
    for part in rubric.subcompetencies:
        for criterion in part.criteria:
            for text in (part.title, criterion.title, *criterion.descriptors.values()):
                assert " ".join(text.split()) in shown


def test_what_is_not_shown_is_said() -> None:
    assert write(make_rubric()).losses == ()
    rubric = make_rubric(language="de", badge={"name": "Teamwork"}, precision=1)
    assert len(write(rubric).losses) == 3
