"""Did you mean: what to name, and what to write without asking."""

import pytest

from microcred_cli.texts.suggest import find_replacement, suggest_name


@pytest.mark.parametrize(
    ("name", "known", "found", "same"),
    [
        ("Gives_Feedback", ("listens", "gives-feedback"), "gives-feedback", True),
        ("atleast", ("at_least", "latest"), "at_least", True),
        ("profficient", ("proficient", "beginning"), "proficient", False),
        # The same spelling goes before what is more alike letter by letter.
        ("at-least", ("at_least", "at-leasts"), "at_least", True),
        ("not yet", ("not-yet", "not-yet"), "not-yet", True),
        # What would mean the opposite does not come into question; what lacks a letter does.
        ("complte", ("incomplete", "complete"), "complete", False),
        ("umet", ("unmet",), "unmet", False),
        ("nstructor", ("instructor",), "instructor", False),
    ],
)
def test_the_one_name_that_must_be_meant(
    name: str, known: tuple[str, ...], found: str, *, same: bool
) -> None:
    assert find_replacement(name, known) == (found, same)
    assert suggest_name(name, known) == found


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("item", ("items", "itemo")),
        ("Notyet", ("not-yet", "not_yet")),
        ("teacher", ("learner", "instructor")),
        ("-", ("_", "a")),
        ("", ("a",)),
        ("a", ()),
    ],
)
def test_where_more_than_one_or_none_comes_into_question(name: str, known: tuple[str, ...]) -> None:
    assert find_replacement(name, known) is None


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("complete", "incomplete"),
        ("Incomplete", "complete"),
        ("complte", "incomplete"),
        ("satisfactory", "unsatisfactory"),
        ("non-compliant", "compliant"),
        ("not_proficient", "proficient"),
        ("regularly", "irregularly"),
    ],
)
def test_an_opposite_is_not_meant(name: str, known: str) -> None:
    assert find_replacement(name, [known]) is None
    assert suggest_name(name, [known]) is None
