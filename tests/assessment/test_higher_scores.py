"""Whether a higher score, or one more, can lower the result: the statements of docs/deciding.md."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from microcred_cli.model.results import DecisionRow
from tests.assessment.decided import decide_made
from tests.assessment.made_cohorts import Cohort
from tests.assessment.made_rubrics import METHODS, make_document
from tests.assessment.plain.decisions import Verdict, decide_part
from tests.assessment.plain.records import Document, Row, read_document

LONG = settings.get_current_profile_name() == "long"
NOW = date(2026, 11, 26)
ITEMS = [f"item {number}" for number in range(8)]
EVIDENCE = [{"item": item} for item in ITEMS]
CAN_FALL = ("n-mastery", "most-common", "power-law")
NEVER_FALL = tuple(method for method in METHODS if method not in CAN_FALL)
SCORES = st.lists(st.integers(0, 16).map(lambda quarters: Fraction(quarters, 4)), min_size=1, max_size=8)


def make_rows(learner: str, scores: Sequence[object]) -> list[Row]:
    """Return one score an item, oldest first."""
    return [
        Row(learner, item, f"{Decimal(str(float(Fraction(str(score)))))}")
        for item, score in zip(ITEMS, scores, strict=False)
    ]


def decide_plainly(document: Document, scores: Sequence[object]) -> Verdict:
    rubric = read_document(document)
    return decide_part(rubric, rubric.parts[0], make_rows("s", scores), NOW)


def decide_really(document: Document, *learners: Sequence[Row]) -> list[list[DecisionRow]]:
    """Return the decisions of each learner, through the pipeline."""
    fillers = [Row("z", line["item"]) for line in document["subcompetencies"][0]["evidence"]]
    rows = [row for each in learners for row in each]
    outcome = decide_made(Cohort((document,), (*rows, *fillers), NOW, {}))
    assert outcome.problems == ()
    return [[row for row in outcome.decisions if row.learner == each[0].learner] for each in learners]


@st.composite
def draw_decide(draw: st.DrawFn, method: str) -> dict[str, Any]:
    decide: dict[str, Any] = {"by": method}
    if method in {"weighted-average", "decaying-average"}:
        decide["latest"] = f"{draw(st.integers(50, 99))}%"
    if method in {"n-mastery", "mean-of-highest", "drop-lowest"}:
        decide["n"] = draw(st.integers(1, 4))
    return decide


def raise_score(scores: Sequence[Fraction], at: int, by: Fraction) -> list[Fraction]:
    raised = list(scores)
    raised[at % len(raised)] += by
    return raised


RISES = st.integers(1, 8).map(lambda quarters: Fraction(quarters, 4))
PLACES = st.integers(0, 7)
WIDE = (0, 1, 3, 7)
"""Levels whose top no raised score passes: 4 + 2."""


@settings(max_examples=1000 if LONG else 100)
@given(st.data(), st.sampled_from(NEVER_FALL), SCORES, PLACES, RISES, st.integers(0, 4))
def test_under_most_methods_a_higher_score_never_lowers_the_result(
    data: st.DataObject, method: str, scores: list[Fraction], at: int, by: Fraction, precision: int
) -> None:
    weights = data.draw(st.lists(st.sampled_from([1, 2, Decimal("0.5")]), min_size=8, max_size=8))
    evidence = [
        {"item": item, **({"weight": weight} if method == "average" else {})}
        for item, weight in zip(ITEMS, weights, strict=True)
    ]
    decide = data.draw(draw_decide(method))
    document = make_document([decide], evidence, points=WIDE, precision=precision)
    before, after = (decide_plainly(document, each) for each in (scores, raise_score(scores, at, by)))
    if before.score is None:
        assert after.decision == before.decision
    else:
        assert after.score is not None
        assert after.score >= before.score
        assert (before.decision, after.decision) != ("shown", "not-yet")


@settings(max_examples=15)
@given(
    st.tuples(*(draw_decide(method) for method in NEVER_FALL)),
    st.lists(st.tuples(SCORES, PLACES, RISES), min_size=5, max_size=20),
)
def test_nor_does_it_in_the_pipeline(
    decides: tuple[dict[str, Any], ...], cases: list[tuple[list[Fraction], int, Fraction]]
) -> None:
    learners = []
    for number, (scores, at, by) in enumerate(cases):
        learners.append(make_rows(f"{number}-before", scores))
        learners.append(make_rows(f"{number}-raised", raise_score(scores, at, by)))
    decided = decide_really(make_document(decides, EVIDENCE, points=WIDE), *learners)
    for before, after in zip(decided[::2], decided[1::2], strict=True):
        for one, other in zip(before, after, strict=True):
            assert (one.score is None) == (other.score is None)
            assert one.score is None or (other.score is not None and other.score >= one.score)


@pytest.mark.parametrize(
    ("decide", "scores", "raised", "falls"),
    [
        ({"by": "n-mastery", "n": 2}, [4, 4, 2], [4, 4, 3], ("4.00", "3.67")),
        ({"by": "most-common"}, [3, 2, 2, 3], [3, 2, 2, 4], ("3.00", "2.00")),
        ({"by": "power-law"}, [1, 2, 3], [4, 2, 3], ("3.00", "2.43")),
    ],
    ids=CAN_FALL,
)
def test_under_three_methods_a_higher_score_can_lower_it(
    decide: dict[str, Any], scores: list[int], raised: list[int], falls: tuple[str, str]
) -> None:
    document = make_document([decide], EVIDENCE)
    ((before,), (after,)) = decide_really(document, make_rows("s", scores), make_rows("t", raised))
    assert (str(before.score), str(after.score)) == falls
    plain = [decide_plainly(document, each).score for each in (scores, raised)]
    assert plain == [Fraction(each) for each in falls]


MASTERY = st.builds(lambda n, precision: (n, precision), st.integers(1, 4), st.integers(0, 4))


@st.composite
def draw_mastered(draw: st.DrawFn) -> tuple[int, int, list[Fraction]]:
    """Draw n, a precision, and scores of which at least n are at or above the shown level's points."""
    n, precision = draw(MASTERY)
    enough = draw(st.lists(st.integers(12, 16), min_size=n, max_size=n))
    others = draw(st.lists(st.integers(0, 16), max_size=len(ITEMS) - n))
    scores = draw(st.permutations([*enough, *others]))
    return n, precision, [Fraction(quarters, 4) for quarters in scores]


@settings(max_examples=1000 if LONG else 100)
@given(draw_mastered(), PLACES, RISES)
def test_n_mastery_does_not_undo_shown(
    mastered: tuple[int, int, list[Fraction]], at: int, by: Fraction
) -> None:
    """The threshold has no more decimals than the precision, so what reaches it does not round below it."""
    n, precision, scores = mastered
    document = make_document([{"by": "n-mastery", "n": n}], EVIDENCE, points=WIDE, precision=precision)
    assert decide_plainly(document, scores).decision == "shown"
    assert decide_plainly(document, raise_score(scores, at, by)).decision == "shown"
    assert len(scores) == len(ITEMS) or decide_plainly(document, [*scores, by]).decision == "shown"


@settings(max_examples=10)
@given(MASTERY, st.lists(st.tuples(SCORES, PLACES, RISES), min_size=10, max_size=30))
def test_nor_does_it_through_the_pipeline(
    choice: tuple[int, int], cases: list[tuple[list[Fraction], int, Fraction]]
) -> None:
    n, precision = choice
    document = make_document([{"by": "n-mastery", "n": n}], EVIDENCE, points=WIDE, precision=precision)
    learners = []
    for number, (scores, at, by) in enumerate(cases):
        learners.append(make_rows(f"{number}-before", scores))
        learners.append(make_rows(f"{number}-raised", raise_score(scores, at, by)))
    decided = decide_really(document, *learners)
    for (before,), (after,) in zip(decided[::2], decided[1::2], strict=True):
        assert before.decision != "shown" or after.decision == "shown"


def test_a_threshold_finer_than_the_precision_is_rounded_below_itself() -> None:
    """So n-mastery can undo shown after all: the mean is above 2.4 and rounds to 2."""
    decide = {"by": "n-mastery", "n": 1}
    document = make_document([decide], EVIDENCE, points=(0, Decimal("2.4"), 4), shown=1, precision=0)
    learners = (make_rows("s", ["2.6", "2.4", "1"]), make_rows("t", ["2.6", "2.4", "2.4"]))
    ((before,), (after,)) = decide_really(document, *learners)
    assert (before.decision, str(before.score)) == ("shown", "3")
    assert (after.decision, str(after.score)) == ("not-yet", "2")


def test_the_best_attempt_can_become_another_with_a_lower_best_score() -> None:
    """What holds of the scores that count does not hold of the choice of attempts, under any method."""
    document = make_document([{"by": "highest", "attempts": "best"}], [{"item": "E"}])

    def mark(learner: str, second: str) -> list[Row]:
        return [
            Row(learner, "E", "1", rater="a", attempt="1"),
            Row(learner, "E", "4", rater="b", attempt="1"),
            Row(learner, "E", second, attempt="2"),
        ]

    ((before,), (after,)) = decide_really(document, mark("s", "2"), mark("t", "2.75"))
    assert (before.decision, str(before.score)) == ("shown", "4.00")
    assert (after.decision, str(after.score)) == ("not-yet", "2.75")


FURTHER = {
    "latest": ({}, [4], 1),
    "average": ({}, [4], 1),
    "weighted-average": ({}, [4], 1),
    "decaying-average": ({}, [4], 1),
    "n-mastery": ({"n": 1}, [4], 3),
    "most-common": ({}, [4], 1),
    "mean-of-highest": ({"n": 2}, [4], 1),
    "drop-lowest": ({}, [2, 4], 1),
    "median": ({}, [4], 1),
    "power-law": ({}, [3, 3, 3], 1),
}
"""For each method parameters, scores, and one more by which the result falls."""


@pytest.mark.parametrize("method", FURTHER)
def test_a_further_score_can_lower_the_result(method: str) -> None:
    assert {*FURTHER, "highest"} == set(METHODS)
    parameters, scores, further = FURTHER[method]
    document = make_document([{"by": method, **parameters}], EVIDENCE)
    learners = (make_rows("s", scores), make_rows("t", [*scores, further]))
    ((before,), (after,)) = decide_really(document, *learners)
    assert before.score is not None
    assert after.score is not None
    assert after.score < before.score


@settings(max_examples=1000 if LONG else 100)
@given(st.sampled_from(["highest", "mean-of-highest"]), st.data(), SCORES, SCORES, PLACES)
def test_a_further_score_never_lowers_the_highest_nor_the_mean_of_n_that_are_there(
    method: str, data: st.DataObject, scores: list[Fraction], more: list[Fraction], at: int
) -> None:
    assume(len(scores) < len(ITEMS))
    decide = {"by": method, **({"n": data.draw(st.integers(1, len(scores)))} if method != "highest" else {})}
    document = make_document([decide], EVIDENCE, points=WIDE)
    before = decide_plainly(document, scores)
    place = at % (len(scores) + 1)
    after = decide_plainly(document, [*scores[:place], more[0], *scores[place:]])
    assert before.score is not None
    assert after.score is not None
    assert after.score >= before.score
