from decimal import Decimal

import pytest

from microcred_cli.model.award import AtLeast, AwardRule, Shown
from microcred_cli.model.award_words import describe_rule, join_words
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import MethodChoice
from microcred_cli.reports.wording import (
    describe_method,
    write_instant,
    write_number,
    write_score,
)
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
        (MethodChoice(), "the best score (highest); at least 1 piece of evidence"),
        (
            MethodChoice(Method.DECAYING_AVERAGE, latest=Decimal(75), at_least=2),
            (
                "each newer score pulls the result toward itself by a share"
                " (decaying-average, latest 75 %); at least 2 pieces of evidence"
            ),
        ),
        (
            MethodChoice(Method.WEIGHTED_AVERAGE),
            (
                "a share of the newest score and the rest of the mean of all older ones"
                " (weighted-average, latest 65 %); at least 1 piece of evidence"
            ),
        ),
        (
            MethodChoice(Method.N_MASTERY, n=3),
            (
                "the mean of the scores at or above the shown level, once there are n of them"
                " (n-mastery, n 3); at least 3 pieces of evidence"
            ),
        ),
    ],
)
def test_a_method_comes_with_its_parameters(choice: MethodChoice, words: str) -> None:
    assert describe_method(choice) == words


@pytest.mark.parametrize(
    ("number", "words"), [("10", "10"), ("2.50", "2.5"), ("0", "0"), ("100.000", "100"), ("0.125", "0.125")]
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
