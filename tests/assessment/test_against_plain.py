"""Every decision and award of the pipeline against the second, plain evaluator."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings

from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.results import DecisionRow, Piece, SetAside, SourceDecision
from microcred_cli.workflows.decide_cohort import Outcome
from tests.assessment.decided import decide_made
from tests.assessment.made_cohorts import Cohort, draw_cohorts
from tests.assessment.made_rubrics import METHODS, make_document
from tests.assessment.plain import records as plain
from tests.assessment.plain.awards import HELD, list_leaves
from tests.assessment.plain.decisions import Verdict
from tests.assessment.plain.learners import Learner
from tests.assessment.plain.records import Document, Row
from tests.assessment.plain.scores import Mark

Key = tuple[str, str, str]
"""Learner, rubric and sub-competency."""
LONG = settings.get_current_profile_name() == "long"
LEARNERS = 50
"""In each cohort, at least."""
COHORTS = 400 if LONG else 16


@dataclass(slots=True)
class Tally:
    """What has been compared, so that a generator gone dull is noticed."""

    learners: int = 0
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)


@dataclass(slots=True)
class Answer:
    """What the pipeline says, by learner, rubric and sub-competency; what is compared is taken out."""

    decisions: dict[Key, DecisionRow]
    by_source: dict[tuple[Key, str], SourceDecision]
    awards: dict[tuple[str, str], str]
    pieces: dict[Key, list[Piece]]
    aside: dict[Key, list[tuple[int | None, str]]]


def index_outcome(outcome: Outcome) -> Answer:
    answer = Answer(
        {(row.learner, row.rubric, row.subcompetency): row for row in outcome.decisions},
        {((row.learner, row.rubric, row.subcompetency), row.source): row for row in outcome.by_source},
        {(row.learner, row.rubric): row.award for row in outcome.awards},
        {},
        {},
    )
    assert len(answer.decisions) == len(outcome.decisions)
    assert len(answer.by_source) == len(outcome.by_source)
    assert len(answer.awards) == len(outcome.awards)
    for piece in outcome.pieces:
        answer.pieces.setdefault((piece.learner, piece.rubric, piece.subcompetency), []).append(piece)
    for gap in outcome.gaps:
        if gap.state in set(SetAside):
            key = gap.learner, gap.rubric, gap.subcompetency
            answer.aside.setdefault(key, []).append((gap.row, gap.state))
    return answer


def compare_cohort(cohort: Cohort, outcome: Outcome, tally: Tally) -> None:
    """Compare decision, level, score, the scores used and set aside, and award, of every learner."""
    assert outcome.problems == ()
    answer = index_outcome(outcome)
    numbers = {row: number for number, row in enumerate(cohort.rows, start=2)}
    for name, learner in cohort.learners.items():
        try:
            for rubric in learner.rubrics:
                compare_rubric(name, learner, rubric, answer, numbers, tally)
        except AssertionError as error:
            error.add_note(f"{name} on {cohort.as_of}\n{cohort.describe(name)}")
            raise
        tally.learners += 1
    assert answer == Answer({}, {}, {}, {}, {})


def compare_rubric(
    name: str, learner: Learner, rubric: plain.Rubric, answer: Answer, numbers: dict[Row, int], tally: Tally
) -> None:
    for part in rubric.parts:
        key = name, rubric.id, part.id
        expected, row = learner.decide(rubric, part.id), answer.decisions.pop(key)
        assert row.method == part.by
        compare_numbers(expected, row, rubric.precision)
        compare_pieces(expected.chosen.marks, answer.pieces.pop(key, []), numbers)
        aside = [(numbers[mark.row], reason) for mark, reason in expected.chosen.aside]
        assert sorted(answer.aside.pop(key, [])) == sorted(aside), key
        tally.seen[part.by, expected.decision] += 1
    leaves = set(list_leaves(rubric.award, tuple(part.id for part in rubric.parts)))
    for source, part_id in leaves:
        if source not in {"", HELD}:
            expected = learner.decide(rubric, part_id, source)
            compare_numbers(
                expected, answer.by_source.pop(((name, rubric.id, part_id), source)), rubric.precision
            )
            tally.seen["by source", expected.decision] += 1
    assert answer.awards.pop((name, rubric.id)) == learner.award(rubric)
    tally.seen["award", learner.award(rubric)] += 1


def compare_numbers(expected: Verdict, row: DecisionRow | SourceDecision, precision: int) -> None:
    assert (row.decision, row.level) == (expected.decision, expected.level), (row, expected)
    assert row.pieces == len(expected.chosen.marks)
    if expected.score is None:
        assert row.score is None
    else:
        assert row.score is not None
        assert Fraction(row.score) == expected.score
        assert row.score.as_tuple().exponent == -precision


def compare_pieces(marks: Sequence[Mark], pieces: Sequence[Piece], numbers: dict[Row, int]) -> None:
    """Compare the scores used, with their points, and that they stand in order (equals in any)."""
    by_row = {numbers[mark.row]: mark for mark in marks}
    in_order = sorted(pieces, key=lambda piece: piece.nth)
    assert [piece.nth for piece in in_order] == list(range(1, len(marks) + 1))
    points = {row: mark.points for row, mark in by_row.items()}
    assert {piece.row: Fraction(piece.points) for piece in pieces} == points, pieces
    orders = [by_row[piece.row].order for piece in in_order]
    assert orders == sorted(orders)


def test_every_learner_is_decided_as_the_plain_evaluator_does() -> None:
    """800 learners, and 20,000 with HYPOTHESIS_PROFILE=long: all methods, award rules and states."""
    tally = Tally()

    @settings(max_examples=COHORTS)
    @given(draw_cohorts(learners=(LEARNERS, LEARNERS + 20)))
    def compare(cohort: Cohort) -> None:
        compare_cohort(cohort, decide_made(cohort), tally)

    compare()
    assert tally.learners >= LEARNERS * COHORTS
    if LONG:  # fewer cohorts need not have everything
        assert {kind for kind, _ in tally.seen} >= set(METHODS)
        assert {state for kind, state in tally.seen if kind == "award"} == set(Award)
        assert {state for kind, state in tally.seen if kind == "by source"} == set(Decision)


@settings(max_examples=COHORTS * 3 // 2)
@given(draw_cohorts(learners=(1, 2), ordered=False))
def test_what_nothing_orders_is_a_problem_just_where_the_order_counts(cohort: Cohort) -> None:
    assume(not any(pair for learner in cohort.learners.values() for pair in learner.list_arbitrary()))
    outcome = decide_made(cohort)
    pairs = [pair for learner in cohort.learners.values() for pair in learner.list_unordered()]
    if not pairs:
        compare_cohort(cohort, outcome, Tally())
    else:
        assert outcome.problems
        assert (outcome.decisions, outcome.awards, outcome.pieces) == ((), (), ())
        numbers = dict(enumerate(cohort.rows, start=2))
        learners = {numbers[problem.place.row or 0].learner for problem in outcome.problems}
        assert learners == {one.learner for one, _ in pairs}


E_FROM_INSTRUCTOR = {"item": "E", "source": "instructor"}


@pytest.mark.parametrize(
    ("more", "evidence", "rows"),
    [
        (
            {"compatibility": "canvas"},
            {"item": "E"},
            [Row("s", "E", "3", rater="a"), Row("s", "E", "2", rater="b")],
        ),
        ({}, {"item": "E"}, [Row("s", "E", "3", rater="Kim"), Row("s", "E", "2", rater="KIM")]),
        ({}, E_FROM_INSTRUCTOR, [Row("s", "E", "3"), Row("s", "E", "2", source="instructor")]),
        (
            {"compatibility": "canvas"},
            {"item": "E"},
            [Row("s", "E", "3", rater="a", late="yes"), Row("s", "E", "3", rater="b")],
        ),
    ],
    ids=["canvas", "one rater, written in two ways", "the source named and not", "one of the two late"],
)
def test_of_two_scores_that_nothing_orders_neither_replaces_the_other(
    more: Document, evidence: Document, rows: list[Row]
) -> None:
    """Whatever the method: which of them stood first in the file would decide."""
    document = make_document([{"by": "highest", "late": "leave-out"}], [evidence], **more)
    as_of = date(2026, 11, 26)
    learner = Learner([plain.read_document(document)], rows, as_of)
    assert list(learner.list_unordered()) == [tuple(rows)]
    outcome = decide_made(Cohort((document,), tuple(rows), as_of, {"s": learner}))
    assert [problem.place.row for problem in outcome.problems] == [3]
