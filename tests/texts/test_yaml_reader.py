"""The YAML reader: what the nodes are, and where."""

from decimal import Decimal

import pytest
import yaml

from microcred_cli.model.place import Position, Span
from microcred_cli.texts import yaml_reader
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.scalars import is_ambiguous_scalar
from microcred_cli.texts.yaml_reader import read_yaml, read_yaml_text


def make_plain(node: Node | None) -> object:
    if isinstance(node, Mapping):
        return {key.text: make_plain(value) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [make_plain(item) for item in node.items]
    return node.value if isinstance(node, Scalar) else None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("on", "on"), ("true", True), ("False", False), ("null", None),
        ("~", None),
        ("", None), ("012", Decimal(12)), ("0o12", Decimal(10)), ("0x1F", Decimal(31)), ("1:30", "1:30"),
        ("1_000", "1_000"), ("1.50", Decimal("1.50")), ("-.5", Decimal("-0.5")), ("1e3", Decimal(1000)),
        (".inf", ".inf"), (".nan", ".nan"), ("2026-01-31", "2026-01-31"), ("'1'", "1"), ('"true"', "true"),
        ("1e99999999999999999999", Decimal("1e999999")), ("0x" + "f" * 200, Decimal("1e999999")),
        ("٣", "٣"), ("|\n  a\n  b\n", "a\nb\n"), (">\n  a\n  b\n", "a b\n"),
    ],
)  # fmt: skip
def test_scalars_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    root = read_yaml_text(f"a: {text}").root
    assert isinstance(root, Mapping)
    node = root.get("a")
    assert isinstance(node, Scalar)
    assert node.value == value
    assert type(node.value) is type(value)


@pytest.mark.parametrize("text", ["yes", "012", "1:30", "1_000", "0x1F", "2026-1-1", "0b1", ".inf"])
def test_ambiguous(text: str) -> None:
    assert is_ambiguous_scalar(text)
    assert not is_ambiguous_scalar(f"x {text}")


def test_structure() -> None:
    document = read_yaml(b"\xef\xbb\xbfa: [1, {b: c}]\nd:\n- e\n- f: g\n")
    assert document.findings == ()
    assert make_plain(document.root) == {"a": [Decimal(1), {"b": "c"}], "d": ["e", {"f": "g"}]}
    assert isinstance(document.root, Mapping)
    assert document.root.get("absent") is None


TEXT = "a: [1, {b: c}]\nd:\n- e\n- f: g # why\n\nh: |\n  one\n  two\n\n\ni: x\n"


@pytest.mark.parametrize(
    ("route", "key", "covered"),
    [
        (("a",), False, "[1, {b: c}]"),
        (("a",), True, "a"),
        (("a", 1), False, "{b: c}"),
        (("a", 1, "b"), False, "c"),
        (("a", 1, "b"), True, "b"),
        (("a", 1, "absent"), False, "{b: c}"),
        (("a", 9), False, "[1, {b: c}]"),
        (("a", 0, "deeper"), False, "1"),
        (("d",), False, "- e\n- f: g"),
        (("d", 1), False, "f: g"),
        (("h",), False, "|\n  one\n  two"),
        (("absent",), False, TEXT.rstrip("\n")),
        ((), False, TEXT.rstrip("\n")),
    ],
)
def test_spans(route: tuple[str | int, ...], key: bool, covered: str) -> None:  # noqa: FBT001 - a case's value
    document = read_yaml_text(TEXT)
    span = document.span(route, key=key)
    assert TEXT[span.start : span.end] == covered


def test_a_document_without_nodes_has_no_places() -> None:
    document = read_yaml_text("")
    assert document.root is None
    assert document.span(("a", 1)) == Span(0, 0)
    assert list(document.scalars()) == []


def test_scalars_are_listed_with_keys() -> None:
    assert {scalar.text for scalar in read_yaml_text("a: [b, {c: d}]").scalars()} == set("abcd")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines(end: str) -> None:
    lines = LineIndex(end.join(["one", "two\u2028", "", "four"]))
    assert lines.count == 4
    assert lines.line(2) == "two\u2028"
    assert lines.start(2) == 3 + len(end)
    assert lines.position(lines.start(4) + 2) == Position(4, 3)
    assert lines.position(0) == Position(1, 1)


def test_places_behind_wide_characters_count_characters() -> None:
    document = read_yaml_text("山川: é\nx: *a\n")
    (finding,) = document.findings
    assert document.text[finding.span.start : finding.span.end] == "*a"


def test_findings_are_bounded() -> None:
    document = read_yaml_text("\u202e" * 5000)
    assert len(document.findings) == 100
    assert document.root is None


def test_the_slower_parser_gives_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    fast = read_yaml_text(TEXT)
    monkeypatch.setattr(yaml_reader, "_Parser", yaml.Loader)
    slow = read_yaml_text(TEXT)
    assert make_plain(slow.root) == make_plain(fast.root)
    assert slow.findings == fast.findings == ()


def test_what_the_slower_parser_chokes_on_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "_Parser", yaml.Loader)
    document = read_yaml_text('a: "\\UFFFFFFFF"')
    assert [finding.rule for finding in document.findings] == ["not-yaml"]


def test_shorten() -> None:
    assert shorten("a" * 60) == "a" * 60
    assert shorten("a" * 61) == "a" * 59 + "…"


def test_a_spreadsheet_is_told_from_a_damaged_text() -> None:
    (finding,) = read_yaml(b"PK\x03\x04\x14\xff").findings
    assert (finding.rule, finding.help) == (
        "not-utf8",
        "this is not a rubric; for a gradebook: `microcred inspect FILE`",
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        # Words with commas are no table where they are a comment, an entry or a value.
        ("# a, b, c\n@", "a text cannot begin with `@`"),
        ("- a, b, c\n@", "a text cannot begin with `@`"),
        # A colon in an address or a time of day lacks no space.
        ("a: 1\nhttp://b.c\nd: 2\n", "this line has no key with a colon"),
        ("a: |x\n", "this is not YAML: did not find expected comment"),
        ("a: [b\nc: 1\n", "the `[` in line 1 is not closed"),
        ("a: 1\n\n# why\n  b: 2\n", "this line is indented further than `a` above it"),
    ],
)
def test_what_is_no_yaml_is_explained(text: str, message: str) -> None:
    assert message in read_yaml_text(text).findings[0].message


def test_a_tag_with_a_comment_behind_it_has_no_fix_that_would_lose_it() -> None:
    (found,) = read_yaml_text("a: !!str # remark\n  b\n").findings
    assert found.fix is None


@pytest.mark.parametrize("text", ["a: &b !d x\n", "a: !d &b x\n", "a: !<d&c> &b x\n", "a: !d # &e\n  &b x\n"])
def test_tags_and_anchors_are_told_apart(text: str) -> None:
    found = {each.rule: text[each.span.start : each.span.end] for each in read_yaml_text(text).findings}
    assert found == {"tag": "!<d&c>" if "<" in text else "!d", "alias": "&b"}


def test_what_stands_there_a_second_time_is_left_out_and_kept() -> None:
    document = read_yaml_text("a: b\na: [c]\n")
    assert [each.text for each in document.scalars() if each.start > 4] in (["a", "c"], ["c", "a"])
    assert isinstance(document.root, Mapping)
    assert len(document.root.pairs) == 1
