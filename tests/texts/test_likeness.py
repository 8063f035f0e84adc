"""Names that mean one thing, and names that only look so."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.likeness import Likeness, compare_names, split_name


def compare(first: str, second: str, least: Fraction = Fraction(2, 3)) -> Likeness:
    return compare_names(split_name(first), split_name(second), least)


@pytest.mark.parametrize(
    ("first", "second", "likeness"),
    [
        ("Team charter", "charter, TEAM", Likeness.WORDS),
        ("Quiz 1", "quiz #01", Likeness.WORDS),
        ("Quiz1", "Quiz 1", Likeness.WORDS),
        ("Résumé", "Resume", Likeness.WORDS),
        ("\ufb01nal \uff45ssay", "final essay", Likeness.WORDS),
        ("#12", "012", Likeness.WORDS),
        ("हिन्दी निबंध", "निबंध हिन्दी", Likeness.WORDS),
        ("Team charter", "Team chater", Likeness.SPELLING),
        ("Team charter", "Team chratre", Likeness.NONE),
        ("Team charter", "Team chrater", Likeness.SPELLING),
        ("Meeting minutes", "Meetings: minutes", Likeness.SPELLING),
        ("Organisation chart", "Organization chart", Likeness.SPELLING),
        ("Team charter", "Team Charter v2", Likeness.LONGER),
        ("Team charter", "Charter of the team", Likeness.LONGER),
        ("Team charters", "Team Charter v2", Likeness.LONGER),
        ("Essay", "Essay 3", Likeness.LONGER),
        ("Essay", "Essay II", Likeness.LONGER),
    ],
)
def test_alike(first: str, second: str, likeness: Likeness) -> None:
    assert compare(first, second) is likeness
    assert compare(second, first) is likeness


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Peer review 1", "Peer review 2"),
        ("Assignment A", "Assignment B"),
        ("Team charter v1", "Team charter v2"),
        ("Lab 1.2", "Lab 2.1"),
        ("Lab 2", "Lab 1.2"),
        ("Essay I", "Essay II"),
        ("Essay II", "Essay III"),
        ("Week 1 quiz 2", "Week 2 quiz 1"),
        ("Draft of the group report on energy", "Final of the group report on energy"),
        ("Individual reflection on teamwork", "Group reflection on teamwork"),
        ("Test", "Text"),
        ("Preview of work", "Review of work"),
        ("Essay", "Essay draft"),
        ("Presentation", "Presentation peer review"),
        ("Team charter (draft)", "Team charter 2"),
        ("Quiz", ""),
        ("?", "!"),
        ("1", "1.2"),
        ("1", "Quiz 1"),
    ],
)
def test_unlike(first: str, second: str) -> None:
    assert compare(first, second) is Likeness.NONE
    assert compare(second, first) is Likeness.NONE


def test_what_is_asked_of_the_longer_name() -> None:
    assert compare("Feedback", "Gives feedback") is Likeness.NONE
    assert compare("Feedback", "Gives feedback", Fraction(1, 2)) is Likeness.LONGER


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_names_compare_alike_both_ways(first: str, second: str) -> None:
    assert compare(first, second) == compare(second, first)
    parts = split_name(first)
    assert compare(first, first) is (Likeness.WORDS if parts.words or parts.numbers else Likeness.NONE)
