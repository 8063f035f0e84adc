"""Entries, pairs and comments go with all that belongs to them, and nothing that does not."""

import pytest

from microcred_cli.model.place import Span
from microcred_cli.texts.edits import apply_edits
from microcred_cli.texts.yaml_deletions import delete_comment, delete_item_at, delete_pair_at
from microcred_cli.texts.yaml_reader import read_yaml_text


def delete_pair(text: str) -> str | None:
    """Delete the pair whose key is ``out``."""
    edit = delete_pair_at(read_yaml_text(text), text.index("out"))
    return None if edit is None else apply_edits(text, [edit])


def delete_item(text: str) -> str | None:
    """Delete what holds ``out`` from its list."""
    edit = delete_item_at(read_yaml_text(text), text.index("out"))
    return None if edit is None else apply_edits(text, [edit])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nout: 2\nb: 3\n", "a: 1\nb: 3\n"),
        ("out: 2\nb: 3\n", "b: 3\n"),
        ("a: 1\nout: 2", "a: 1\n"),
        ("a: 1\r\nout: 2\r\nb: 3\r\n", "a: 1\r\nb: 3\r\n"),
        ("a: 1  # c\nout:\n  - x\n  - y\n\n# d\nb: 3\n", "a: 1  # c\n\n# d\nb: 3\n"),
        ("a: |\n  x\nout: |\n  y\n\n  z\n", "a: |\n  x\n"),
        ("- out: 1\n  b: 2\n", "- b: 2\n"),
        ("-   out: 1\n    b: 2\n", "-   b: 2\n"),
        ("- a: 1\n  out: 2\n- b: 1\n", "- a: 1\n- b: 1\n"),
        ("x:\n  out: 1\n  b: 2\n", "x:\n  b: 2\n"),
        ("{a: 1, out: 2, b: 3}\n", "{a: 1, b: 3}\n"),
        ("{out: 1 , b: 2}\n", "{b: 2}\n"),
        ("{ a: 1, out: 2 }\n", "{ a: 1 }\n"),
        ("{a: 1, out: [2, 3],}\n", "{a: 1,}\n"),
        ("{a: 1,\n out: 2,\n b: 3}\n", "{a: 1,\n b: 3}\n"),
        ("{a: 1, out}\n", "{a: 1}\n"),
        # Nothing would be left.
        ("x:\n  out: 1\n", None),
        ("{out: 1}\n", None),
        # A comment would get lost, or be about something else.
        ("a: 1\nout: 2  # c\nb: 3\n", None),
        ("a: 1\n# c\nout: 2\nb: 3\n", None),
        ("a: 1\r\n# c\r\nout: 2\r\nb: 3\r\n", None),
        ("a: 1\nout:\n  # c\n  x: 1\nb: 3\n", None),
        ("- out: 1\n  # c\n  b: 2\n", None),
        ("- out: 1  # c\n  b: 2\n", None),
        ("{a: 1,  # c\n out: 2}\n", None),
        ("{a: 1,\n out: 2  # c\n}\n", None),
        ("{a: 1,\n out: 2,  # c\n}\n", None),
        ("{out: 1,  # c\n b: 2}\n", None),
        # The line is not its own.
        ("a: 1\n? out\n: 2\n", None),
        ("{? out : 1, b: 2}\n", None),
        ("a: 1\nout: 2\nout: 3\n", None),
        # Blank lines would become part of the text before.
        ("a: |+\n  x\nout: 1\n\nb: 2\n", None),
        ("a: |\n  x\nout: 1\n    \nb: 2\n", None),
        # A comment would become part of the text before.
        ("a: |-\n  x\nout: 1\n  # c\nb: 2\n", None),
        ("a: >\n  x\nout: 1\n\n    # c", None),
        ("x:\r\n- a: |\r\n    x\r\n  out: 1\r\n    # c\r\n", None),
        ("a: |\n  x\nout: 1\n# c\n  # d\n", "a: |\n  x\n# c\n  # d\n"),
    ],
)
def test_pairs(before: str, after: str | None) -> None:
    assert delete_pair(before) == after
    if after is not None:
        assert read_yaml_text(after).findings == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- a\n- out\n- b\n", "- a\n- b\n"),
        ("- out\n- b\n", "- b\n"),
        ("x:\n  - a\n  -   out: 1\n      y: |\n        z\n  - b\n", "x:\n  - a\n  - b\n"),
        ("- a\n- {x: out}\n", "- a\n"),
        ("[a, out , b]\n", "[a , b]\n"),
        ("[out, b]\n", "[b]\n"),
        ("[\n  a,\n  out,\n  b\n]\n", "[\n  a,\n  b\n]\n"),
        ("[a, {x: out}]\n", "[a]\n"),
        ("- out\n", None),
        ("[out]\n", None),
        ("- a\n- out # c\n", None),
        ("x:\n  - |-\n    a\n  - out\n    # c\n  - b\n", None),
        ("x:\n- |-\n a\n- out\n # c\n- b\n", None),
        ("- - out\n  - b\n", None),
        ("-\n  out\n- b\n", None),
        ("x: {y: out, z: 1}\n", None),
        ("out: 1\n", None),
    ],
)
def test_items(before: str, after: str | None) -> None:
    assert delete_item(before) == after
    if after is not None:
        assert read_yaml_text(after).findings == ()


def test_what_is_no_key_is_not_deleted() -> None:
    assert delete_pair("a: out\nb: 1\n") is None
    assert delete_pair("[out, b]\n") is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1   # out\nb: 2\n", "a: 1\nb: 2\n"),
        ("a: 1 # out", "a: 1"),
        ("a: 1 # out  \r\nb: 2\r\n", "a: 1\r\nb: 2\r\n"),
        ("a: 1\n  # out\nb: 2\n", "a: 1\nb: 2\n"),
        ("# out\n", ""),
        ("a: 1\n# out", "a: 1\n"),
        ("# a\r\n# out\r\n\r\na: 1\r\n", "# a\r\n\r\na: 1\r\n"),
        ("a: |+\n  x\n# out\nb: 2\n", "a: |+\n  x\nb: 2\n"),
        ("a: |+\n  x\n# out\n\nb: 2\n", None),
        ("a: |\n  x\n# out\n  # c\nb: 2\n", None),
        ("a: > # d\n  x\n# out\n\n  # c", None),
        ("a: |\n  x\n# out\n   ", None),
        ("a: x\n# out\n  # c\nb: 2\n", "a: x\n  # c\nb: 2\n"),
        ("a: |\n  x\n# out\n# c\n  # d\n", "a: |\n  x\n# c\n  # d\n"),
    ],
)
def test_comments(before: str, after: str | None) -> None:
    start = before.index("# out")
    edit = delete_comment(before, Span(start, start + 5))
    assert (None if edit is None else apply_edits(before, [edit])) == after
