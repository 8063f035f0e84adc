"""The tables of an assessment, turned so that all that a decision rests on stands together."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award, Held, Leaf, list_leaves
from microcred_cli.model.decision import Decision
from microcred_cli.model.explanation import (
    AwardExplanation,
    AwardPart,
    CountedScore,
    Explanation,
    LearnerExplanation,
    Order,
)
from microcred_cli.model.gradebook import CellState
from microcred_cli.model.override import Overruled
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece, SourceDecision, Step
from microcred_cli.model.rubric import EvidenceItem, Rubric, SubCompetency
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.names import fold_name

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)
Goal = tuple[str, str, str]
"""A learner's key, the id of a rubric and that of a sub-competency."""

HELD = "held"
NOT_HELD = "not held"
_AS_OF = "as_of"
_STATES = frozenset(map(str, CellState))


def explain_assessment(assessment: Assessment, learner: str | None = None) -> tuple[LearnerExplanation, ...]:
    """Return what every decision and award rests on, in the order of the learners; or for one learner only.

    Nothing is worked out again; what would be enough is not there yet.
    """
    index = _index_rows(assessment, learner)
    return tuple(
        LearnerExplanation(
            each, tuple(_explain_award(index, each.key, rubric) for rubric in assessment.rubrics)
        )
        for each in assessment.learners
        if learner is None or each.key == learner
    )


@dataclass(frozen=True, slots=True)
class _Index:
    """The rows of the tables by goal or learner, and the evidence items by name."""

    decisions: Mapping[Goal, DecisionRow]
    pieces: Mapping[Goal, Sequence[Piece]]
    gaps: Mapping[Goal, Sequence[Gap]]
    steps: Mapping[Goal, Sequence[Step]]
    by_source: Mapping[Goal, Sequence[SourceDecision]]
    overruled: Mapping[Goal, Overruled]
    awards: Mapping[tuple[str, str], AwardRow]
    badges: Mapping[str, frozenset[str]]
    evidence: Mapping[tuple[str, str], Mapping[str, Sequence[EvidenceItem]]]
    as_of: str | None


def _index_rows(assessment: Assessment, learner: str | None) -> _Index:
    def keep(rows: Iterable[Row]) -> Iterable[Row]:
        return rows if learner is None else [row for row in rows if row.learner == learner]  # type: ignore[attr-defined]

    awards = {(row.learner, row.rubric): row for row in keep(assessment.awards)}
    badges = [(row.learner, row.rubric) for row in keep(assessment.held)]
    badges += [key for key, row in awards.items() if row.award == Award.EARNED]
    return _Index(
        {_name_goal(row): row for row in keep(assessment.decisions)},
        _group(keep(assessment.pieces), _name_goal),
        _group(keep(assessment.gaps), _name_goal),
        _group(keep(assessment.steps), _name_goal),
        _group(keep(assessment.by_source), _name_goal),
        {_name_goal(row): row for row in keep(assessment.overruled)},
        awards,
        {
            key: frozenset(name for _, name in rows)
            for key, rows in _group(badges, lambda row: row[0]).items()
        },
        {
            (rubric.id, part.id): _group(part.evidence, lambda each: each.item)
            for rubric in assessment.rubrics
            for part in rubric.subcompetencies
        },
        assessment.manifest.options.get(_AS_OF),
    )


def _name_goal(row: Any) -> Goal:
    return row.learner, row.rubric, row.subcompetency


def _group(rows: Iterable[Row], name: Callable[[Row], Key]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        groups.setdefault(name(row), []).append(row)
    return groups


def _explain_award(index: _Index, learner: str, rubric: Rubric) -> AwardExplanation:
    row = index.awards[learner, rubric.id]
    parts = tuple(_explain_part(index, learner, rubric, part) for part in rubric.subcompetencies)
    decisions = {each.subcompetency.id: each for each in parts}
    badges = index.badges.get(learner, frozenset())
    leaves = dict.fromkeys(list_leaves(rubric.award))
    return AwardExplanation(
        rubric,
        row,
        tuple(_describe_leaf(leaf, row, decisions, badges) for leaf in leaves),
        parts,
    )


def _describe_leaf(
    leaf: Leaf, award: AwardRow, decisions: Mapping[str, Explanation], badges: frozenset[str]
) -> AwardPart:
    missing = str(leaf) in award.missing
    if isinstance(leaf, Held):
        held = leaf.rubric in badges
        return AwardPart(leaf, HELD if held else NOT_HELD, held, missing)
    explanation = decisions[leaf.subcompetency]
    row = explanation.decision
    of_source = () if row.counts_for_every_source else explanation.by_source
    by_source = next((each for each in of_source if each.source == leaf.source), None)
    decision = row.decision if by_source is None else by_source.decision
    return AwardPart(leaf, decision, decision is Decision.SHOWN, missing, by_source)


def _explain_part(index: _Index, learner: str, rubric: Rubric, part: SubCompetency) -> Explanation:
    goal = learner, rubric.id, part.id
    pieces = sorted(index.pieces.get(goal, ()), key=lambda piece: piece.nth)
    items = index.evidence[rubric.id, part.id]
    gaps = index.gaps.get(goal, ())
    order, newest_by = _find_order(pieces)
    return Explanation(
        rubric,
        part,
        index.decisions[goal],
        tuple(CountedScore(piece, _find_evidence(piece, items)) for piece in pieces),
        tuple(gap for gap in gaps if gap.state not in _STATES),
        tuple(gap for gap in gaps if gap.state in _STATES),
        {step.step: step.value for step in index.steps.get(goal, ())},
        order,
        newest_by,
        tuple(index.by_source.get(goal, ())),
        index.overruled.get(goal),
        index.as_of if part.decide.within is not None else None,
    )


def _find_evidence(piece: Piece, items: Mapping[str, Sequence[EvidenceItem]]) -> EvidenceItem:
    """Return the evidence item of a piece: an item can be there once for each of its criteria."""
    same = items[piece.item]
    if len(same) == 1:
        return same[0]
    criterion = fold_name(piece.criterion or "")
    return next((each for each in same if fold_name(each.criterion or "") == criterion), same[0])


def _find_order(pieces: Sequence[Piece]) -> tuple[Order, Order]:
    """Return what orders all scores, and what tells the last from the one before.

    Nothing is put into an order here: it looks at what the order of the pieces follows.
    """
    if len(pieces) <= 1:
        return Order.SINGLE, Order.SINGLE
    dates = [None if piece.date is None else parse_date(piece.date) for piece in pieces]
    kinds = [
        Order.DATES if dates[at] != dates[at + 1] else _tell_apart(pieces[at], pieces[at + 1])
        for at in range(len(pieces) - 1)
    ]
    if all(date is None for date in dates):
        # An attempt counts only within an item.
        order = Order.ATTEMPTS if set(kinds) == {Order.ATTEMPTS} else Order.LIST
    elif None in dates:
        order = Order.SOME_DATES
    else:
        order = Order.DATES if set(kinds) == {Order.DATES} else Order.DATES_AND_LIST
    newest_by = Order.DATES_AND_LIST if kinds[-1] is Order.LIST and dates[-1] is not None else kinds[-1]
    return order, newest_by


def _tell_apart(earlier: Piece, later: Piece) -> Order:
    same = earlier.item == later.item and fold_name(earlier.criterion or "") == fold_name(
        later.criterion or ""
    )
    return Order.ATTEMPTS if same and earlier.attempt != later.attempt else Order.LIST
