"""Edits of YAML: the one thing changes, in the style that is there, and nothing else."""

import pytest

from microcred_cli.texts.edits import apply_edits
from microcred_cli.texts.nodes import Mapping, Sequence
from microcred_cli.texts.yaml_edits import append_entries, insert_first_pair, replace_scalar, replace_text
from microcred_cli.texts.yaml_order import reorder_entries
from microcred_cli.texts.yaml_reader import read_yaml_text


def replace(text: str, new: str) -> str:
    return apply_edits(text, [replace_scalar(read_yaml_text(text), ("e", 0, "item"), new)])


def append(text: str, *new: str) -> str:
    return apply_edits(text, append_entries(read_yaml_text(text), ("e",), "item", new))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("e:\n- item: A b  # c\n", "e:\n- item: X y  # c\n"),
        ("e:\r\n- item: 'A'\r\n", "e:\r\n- item: 'X y'\r\n"),
        ('e: [{"item":"A"}]', 'e: [{"item":"X y"}]'),
        ("e:\n- item: A\n    b\n    c # d\n  w: 1\n", "e:\n- item: X y # d\n  w: 1\n"),
        ("e:\n- item: |-  # why\n    A\n    b\n\n  w: 1\n", "e:\n- item: |-  # why\n    X y\n\n  w: 1\n"),
        ("e:\n- item: >\n\n    A\n- item: B\n", "e:\n- item: >\n\n    X y\n- item: B\n"),
        ("e:\n- {w: 1, item: A }", "e:\n- {w: 1, item: X y }"),
        ("e:\n- w: 1\n  ? item\n  : A\n", "e:\n- w: 1\n  ? item\n  : X y\n"),
    ],
)
def test_replaces_a_scalar_in_its_place(before: str, after: str) -> None:
    assert replace(before, "X y") == after


def test_quotes_depend_on_what_is_around() -> None:
    assert replace("e:\n- item: A\n", "X, y") == "e:\n- item: X, y\n"
    assert replace("e:\n- {item: A}\n", "X, y") == 'e:\n- {item: "X, y"}\n'
    assert replace("e: [item: A]\n", "X, y") == 'e: [item: "X, y"]\n'
    assert replace("e:\n- item: |\n    A\n", "X: #y") == "e:\n- item: |\n    X: #y\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("e:\n  - item: A\nf: 1\n", "e:\n  - item: A\n  - item: X\n  - item: Z\nf: 1\n"),
        ("e:\n- item: A", "e:\n- item: A\n- item: X\n- item: Z"),
        ("e:\r\n-   item: A  # c\r\n", "e:\r\n-   item: A  # c\r\n-   item: X\r\n-   item: Z\r\n"),
        (
            "e:\n  - item: A\n    w: |  # d\n      x\n\n    # tail\nf: 1\n",
            "e:\n  - item: A\n    w: |  # d\n      x\n  - item: X\n  - item: Z\n\n    # tail\nf: 1\n",
        ),
        ("e:\n- w: 1\n  item: 'A'\n", "e:\n- w: 1\n  item: 'A'\n- item: 'X'\n- item: 'Z'\n"),
        ("e:\n- { item: A, w: 1 }\n", "e:\n- { item: A, w: 1 }\n- { item: X }\n- { item: Z }\n"),
        ("e:\n-\n  # c\n  item: A\n", "e:\n-\n  # c\n  item: A\n- item: X\n- item: Z\n"),
        ("? e\n: - item: A\n", "? e\n: - item: A\n  - item: X\n  - item: Z\n"),
        ("e: [{item: A}]\n", "e: [{item: A}, {item: X}, {item: Z}]\n"),
        ("e: [{item: A},]\n", "e: [{item: A}, {item: X}, {item: Z},]\n"),
        ('e: [{"item":"A"}]', 'e: [{"item":"A"}, {"item": "X"}, {"item": "Z"}]'),
        ("e: [item: A]\n", "e: [item: A, item: X, item: Z]\n"),
        ("e: [\n  {item: A}\n]\n", "e: [\n  {item: A},\n  {item: X},\n  {item: Z}\n]\n"),
        (
            "e: [\r\n  {item: A},  # c, d\r\n]\r\n",
            "e: [\r\n  {item: A},  # c, d\r\n  {item: X},\r\n  {item: Z},\r\n]\r\n",
        ),
        (
            "e: [\n  {item: A}  # c\n  # d\n]\n",
            "e: [\n  {item: A},  # c\n  {item: X},\n  {item: Z}\n  # d\n]\n",
        ),
        (
            "e: [{item: B}, {item: A}, # c\n  ]\n",
            "e: [{item: B}, {item: A}, # c\n               {item: X},\n               {item: Z},\n  ]\n",
        ),
        ("e: [{item: A}\n  , ]\n", "e: [{item: A}\n  , {item: X}, {item: Z}, ]\n"),
    ],
)
def test_appends_in_the_style_of_the_last_entry(before: str, after: str) -> None:
    assert append(before, "X", "Z") == after
    document = read_yaml_text(after)
    assert document.findings == ()
    assert [each.text for each in document.scalars() if each.text in {"X", "Z"}] != []


def test_refuses_what_is_not_there() -> None:
    document = read_yaml_text("e: [{item: [A]}, B]\n")
    with pytest.raises(TypeError, match="no scalar"):
        replace_scalar(document, ("e", 0, "item"), "X")
    with pytest.raises(TypeError, match="no list of mappings"):
        append_entries(document, ("e",), "item", ["X"])


def test_replaces_a_key() -> None:
    text = "a: {'b c' : 1}\n"
    document = read_yaml_text(text)
    assert isinstance(document.root, Mapping)
    inner = document.root.pairs[0][1]
    assert isinstance(inner, Mapping)
    edit = replace_text(document, inner.pairs[0][0].span, "d, e")
    assert apply_edits(text, [edit]) == "a: {'d, e' : 1}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\n", "k: v\na: 1\n"),
        ("# c\r\n---\r\n# d\r\na: 1\r\n", "# c\r\n---\r\n# d\r\nk: v\r\na: 1\r\n"),
        ("  a: 1\n  b: 2\n", "  k: v\n  a: 1\n  b: 2\n"),
        ("{a: 1}\n", "{k: v, a: 1}\n"),
        ("a: 1", "k: v\na: 1"),
        ("? a\n: 1\n", None),
        ("{}\n", None),
        ("[a]\n", None),
    ],
)
def test_inserts_a_first_pair(before: str, after: str | None) -> None:
    edit = insert_first_pair(read_yaml_text(before), "k", "v")
    assert (None if edit is None else apply_edits(before, [edit])) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- b\n- c\n- a\n", "- a\n- b\n- c\n"),
        (
            "x:\n  # all\n  - b  # of b\n\n  # of c\n  - c\n  - a\n# end\n",
            "x:\n  # all\n  - a\n  - b  # of b\n\n  # of c\n  - c\n# end\n",
        ),
        ("[b , c, a]\n", "[a , b, c]\n"),
        ("[b, # of b\n c, a]\n", None),
        ("- b\n- c\n- a", None),
        # A comment, or blank lines, would become part of a text.
        ("- b\n- c\n  # of c\n- a: |\n    x\n", None),
        ("- b\n- c: |\n    x\n- a\n    # of a\n", None),
        ("- b\n\n- c\n- a: |+\n    x\n", None),
        ("- - b\n  - c\n  - a\n", None),
    ],
)
def test_reorders_entries(before: str, after: str | None) -> None:
    document = read_yaml_text(before)
    node = document.root
    while not isinstance(node, Sequence) or isinstance(node.items[0], Sequence):
        node = node.pairs[0][1] if isinstance(node, Mapping) else node.items[0]  # type: ignore[union-attr]
    edits = reorder_entries(document, node, [2, 0, 1])
    assert (None if edits is None else apply_edits(before, edits)) == after
