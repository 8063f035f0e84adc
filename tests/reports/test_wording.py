from decimal import Decimal

import pytest

from microcred_cli.model.award import AtLeast, AwardRule, Shown
from microcred_cli.model.award_words import describe_rule, join_words
from microcred_cli.model.method import Method
from microcred_cli.model.method_words import describe_method
from microcred_cli.model.number_words import write_number, write_percent, write_score
from microcred_cli.model.rubric import Attempts, Compatibility, Late, Lateness, MethodChoice, Needs
from microcred_cli.reports.wording import write_instant
from tests.reports.builder import build_rubric

GOALS, LISTENS, FEEDBACK = Shown("goals"), Shown("listens"), Shown("feedback")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (GOALS, "Works toward shared goals"),
        (AtLeast(2, (GOALS, LISTENS)), "Works toward shared goals and Listens"),
        (AtLeast(1, (GOALS, LISTENS, FEEDBACK)), "Works toward shared goals, Listens or Gives feedback"),
        (
            AtLeast(2, (GOALS, LISTENS, FEEDBACK)),
            "at least 2 of Works toward shared goals, Listens and Gives feedback",
        ),
        (
            AtLeast(2, (GOALS, AtLeast(1, (LISTENS, FEEDBACK)))),
            "Works toward shared goals; and Listens or Gives feedback",
        ),
        (
            AtLeast(1, (GOALS, AtLeast(2, (LISTENS, FEEDBACK)))),
            "Works toward shared goals or (Listens and Gives feedback)",
        ),
    ],
)
def test_a_rule_reads_as_a_sentence(rule: AwardRule, words: str) -> None:
    assert describe_rule(build_rubric(), rule) == words


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (MethodChoice(), "highest: the best score"),
        (
            MethodChoice(Method.DECAYING_AVERAGE, latest=Decimal(75), at_least=Needs(2)),
            (
                "decaying-average, latest 75%: each newer score pulls the result toward itself by a share;"
                " at least 2 scores"
            ),
        ),
        (
            MethodChoice(Method.WEIGHTED_AVERAGE),
            (
                "weighted-average, latest 65%: a share of the newest score and the rest of the mean of all"
                " older ones"
            ),
        ),
        (
            MethodChoice(
                Method.N_MASTERY,
                n=3,
                at_least=Needs(4, 2, 1, {"employer": 1, "instructor": 2}),
                within="2 years",
                attempts=Attempts.BEST,
                late=Lateness(at_most="developing"),
            ),
            (
                "n-mastery, n 3: the mean of the scores at or above the shown level, once there are n of"
                " them; at least 4 scores, 2 different items, 1 named rater, 1 score by an employer and 2"
                " scores by an instructor; only scores of the last 2 years; of several attempts at an item"
                " the best counts; late work counts as Developing at most"
            ),
        ),
        (
            MethodChoice(attempts=Attempts.LATEST, late=Lateness(Late.LEAVE_OUT)),
            (
                "highest: the best score; of several attempts at an item the latest counts;"
                " late work does not count"
            ),
        ),
    ],
)
def test_a_method_comes_with_its_parameters_and_policies(choice: MethodChoice, words: str) -> None:
    assert describe_method(build_rubric(), choice) == words


def test_a_rubric_that_decides_as_canvas_does_says_what_that_means() -> None:
    rubric = build_rubric()._replace(compatibility=Compatibility.CANVAS)
    assert describe_method(rubric, MethodChoice(attempts=Attempts.LATEST)) == (
        "highest: the best score; as in Canvas, the newest score of an item replaces all others of it"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("10", "10"),
        ("1E+1", "10"),
        ("2.50", "2.5"),
        ("0", "0"),
        ("0.000", "0"),
        ("100.000", "100"),
        ("0.125", "0.125"),
        ("-1.50", "-1.5"),
        ("123456789012345678901234567890.10", "123456789012345678901234567890.1"),
    ],
)
def test_numbers_are_short_and_exact(number: str, words: str) -> None:
    assert write_number(Decimal(number)) == words


@pytest.mark.parametrize(
    ("number", "precision", "words"),
    [("2.345", 2, "2.35"), ("3", 2, "3.00"), ("2.5", 0, "3"), ("-2.345", 2, "-2.35")],
)
def test_scores_round_half_away_from_zero(number: str, precision: int, words: str) -> None:
    assert write_score(Decimal(number), precision) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-11-24T00:21:19Z", "2026-11-24, 00:21 UTC"),
        ("2026-11-24T00:21:19.5+00:00", "2026-11-24, 00:21 UTC"),
        ("yesterday", "yesterday"),
    ],
)
def test_an_instant_is_written_to_the_minute(text: str, words: str) -> None:
    assert write_instant(text) == words


@pytest.mark.parametrize(("words", "text"), [([], ""), (["a"], "a"), (["a", "b"], "a and b")])
def test_lists_read_as_in_a_sentence(words: list[str], text: str) -> None:
    assert join_words(words) == text


@pytest.mark.parametrize(
    ("share", "words"), [("0.65", "65%"), ("0.1225", "12.25%"), ("1", "100%"), ("0.000225188", "0.0225188%")]
)
def test_shares_are_exact_percentages(share: str, words: str) -> None:
    assert write_percent(Decimal(share)) == words
