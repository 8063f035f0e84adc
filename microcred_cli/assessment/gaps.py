"""Why a score does not count, and what the cells of evidence items without a score say instead."""

from collections.abc import Mapping, Sequence
from typing import Any

from microcred_cli.assessment.matching import Cell, Goal, Match
from microcred_cli.model.gradebook import CellState, Learner, Score
from microcred_cli.model.results import Gap
from microcred_cli.texts.names import fold_name

Spot = tuple[int, int, int]
"""The numbers of a learner and of a goal, and the position of an evidence item in it."""


def build_gaps(
    matches: Sequence[Match],
    cells: Sequence[Cell],
    learners: Sequence[Learner],
    pieces: Sequence[Mapping[str, Any]],
    aside: Sequence[Mapping[str, Any]],
) -> tuple[Gap, ...]:
    """Return for every learner and evidence item what did not count, or what stands there for a score.

    ``pieces`` and ``aside`` are rows of the deciding query, by column name.
    """
    set_aside: dict[Spot, list[Mapping[str, Any]]] = {}
    for row in aside:
        set_aside.setdefault((row["learner"], row["goal"], row["position"]), []).append(row)
    given = {(row["learner"], row["goal"], row["position"]) for row in pieces} | set_aside.keys()
    newest = _find_newest(cells)
    by_evidence: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        if match.goal.source is None:
            by_evidence.setdefault((match.goal.number, match.position), []).append(match)
    gaps = []
    for number, learner in enumerate(learners):
        for evidence, same in by_evidence.items():
            spot = (number, *evidence)
            rows = [(cells[row["row_id"]], str(row["reason"])) for row in set_aside.get(spot, ())]
            gaps += [
                _describe(learner.key, same[0], cell, reason)
                for cell, reason in sorted(rows, key=lambda row: _order(row[0]))
            ]
            if spot not in given:
                gaps.append(_describe_absence(learner.key, same, newest))
    return tuple(gaps)


def _find_newest(cells: Sequence[Cell]) -> dict[tuple[str, str, str], Cell]:
    """Return by learner, item and criterion the newest cell without a score."""
    newest: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        if cell.score.state is CellState.SCORE:
            continue
        criterion = cell.score.criterion
        key = cell.score.learner, cell.item, fold_name(criterion) if criterion else ""
        if key not in newest or _order(newest[key]) < _order(cell):
            newest[key] = cell
    return newest


def _order(cell: Cell) -> tuple[Any, ...]:
    """Sort cells as scores are: by date, undated oldest, then attempt; the rest only settles ties."""
    score = cell.score
    dated, attempt = score.at is not None, -1 if score.attempt is None else score.attempt
    return dated, score.at or 0, attempt, score.state, cell.file, score.row, score.column


def _describe_absence(
    learner: str, same: Sequence[Match], newest: Mapping[tuple[str, str, str], Cell]
) -> Gap:
    criterion = fold_name(same[0].evidence.criterion or "")
    asked = [(learner, match.item, criterion) for match in same]
    cell = max((newest[key] for key in asked if key in newest), key=_order, default=None)
    return _describe(learner, same[0], cell, CellState.MISSING if cell is None else cell.score.state)


def _describe(learner: str, match: Match, cell: Cell | None, state: str) -> Gap:
    goal: Goal = match.goal
    evidence = match.evidence
    names = (learner, goal.rubric.id, goal.subcompetency.id, evidence.item, evidence.criterion, state)
    if cell is None:
        return Gap(*names)
    score = cell.score
    place = (cell.file, score.row, score.column)
    return Gap(*names, *place, _write_value(score), score.date, score.rater, score.attempt)


def _write_value(score: Score) -> str | None:
    if score.value is None:
        return score.label
    value = f"{score.value:f}"
    return value if score.possible is None else f"{value} of {score.possible:f}"
