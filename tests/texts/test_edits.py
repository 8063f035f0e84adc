"""Edits of a text: in any order, never over one another."""

import pytest

from microcred_cli.model.fix import Edit
from microcred_cli.model.place import Span
from microcred_cli.texts.edits import apply_edits


def test_replaces_inserts_and_deletes_whatever_the_order() -> None:
    edits = [Edit(Span(8, 8), "!"), Edit(Span(0, 3), "eins"), Edit(Span(3, 4), ""), Edit(Span(4, 8), "two")]
    assert apply_edits("one twoo", edits) == "einstwo!"
    assert apply_edits("one twoo", reversed(edits)) == "einstwo!"


def test_without_edits_a_text_is_itself() -> None:
    assert apply_edits("a\r\nb", []) == "a\r\nb"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Span(0, 3), Span(2, 4)),
        (Span(0, 4), Span(1, 2)),
        (Span(1, 3), Span(2, 2)),
        (Span(2, 2), Span(2, 2)),
        (Span(1, 2), Span(1, 2)),
    ],
)
def test_refuses_overlaps(first: Span, second: Span) -> None:
    for edits in ([first, second], [second, first]):
        with pytest.raises(ValueError, match="overlap"):
            apply_edits("abcd", [Edit(span, "x") for span in edits])


@pytest.mark.parametrize("span", [Span(3, 5), Span(-1, 0), Span(3, 2)])
def test_refuses_what_is_not_in_the_text(span: Span) -> None:
    with pytest.raises(ValueError, match="is not in a text"):
        apply_edits("abcd", [Edit(span, "x")])
