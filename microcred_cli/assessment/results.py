"""The rows of the deciding query as records."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from microcred_cli.assessment.matching import Cell, Goal, Match
from microcred_cli.model.award import decide_award, name_missing
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import CellState, Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import OTHER_SOURCE, AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import EvidenceItem, Rubric
from microcred_cli.texts.names import fold_name

Row = Sequence[Any]


def build_decisions(
    rows: Sequence[Row], goals: Sequence[Goal], learners: Sequence[Learner]
) -> tuple[DecisionRow, ...]:
    """Return the decisions in the order of learners, rubrics and sub-competencies.

    ``rows``: learner, goal, pieces, decision, score, rank of the level.
    """
    found = {(row[0], row[1]): row for row in rows}
    decisions = []
    for learner in learners:
        for goal in goals:
            _, _, pieces, decision, score, rank = found[learner.key, goal.number]
            decisions.append(
                DecisionRow(
                    learner.key,
                    goal.rubric.id,
                    goal.rubric.version,
                    goal.subcompetency.id,
                    Decision(decision),
                    goal.rubric.levels[rank].id if rank is not None else None,
                    _trim(score, goal.rubric.precision),
                    pieces,
                    goal.subcompetency.decide.by,
                )
            )
    return tuple(decisions)


def _trim(score: Decimal | None, precision: int) -> Decimal | None:
    """Give a rounded score the rubric's number of decimals; the engine may return more zeros."""
    return score.quantize(Decimal(1).scaleb(-precision)) if score is not None else None


def build_awards(
    decisions: Sequence[DecisionRow], rubrics: Sequence[Rubric], learners: Sequence[Learner]
) -> tuple[AwardRow, ...]:
    """Return the award of every learner and rubric, by the rubric's rule."""
    by_rubric: dict[tuple[str, str], dict[str, Decision]] = {}
    for row in decisions:
        by_rubric.setdefault((row.learner, row.rubric), {})[row.subcompetency] = row.decision
    awards = []
    for learner in learners:
        for rubric in rubrics:
            decided = by_rubric[learner.key, rubric.id]
            missing = set(name_missing(rubric.award, decided))
            awards.append(
                AwardRow(
                    learner.key,
                    rubric.id,
                    rubric.version,
                    decide_award(rubric.award, decided),
                    tuple(name for name, decision in decided.items() if decision is Decision.SHOWN),
                    tuple(name for name in decided if name in missing),
                )
            )
    return tuple(awards)


def build_pieces(
    rows: Sequence[Mapping[str, Any]], goals: Sequence[Goal], cells: Sequence[Cell]
) -> tuple[Piece, ...]:
    """Return the pieces of every learner and goal, oldest first; ``rows`` by column name."""

    def order(row: Mapping[str, Any]) -> tuple[Any, ...]:
        # Where a method needed the order, the query's own is taken; else dates, list, attempt.
        undated = row["at"] is None
        newest_last = -row["back"] if row["back"] is not None else 0
        attempt = -1 if row["attempt"] is None else row["attempt"]
        return (
            row["learner"],
            row["goal"],
            newest_last,
            not undated,
            row["at"] or 0,
            row["position"],
            attempt,
            row["points"],
            row["row_id"],
        )

    pieces: list[Piece] = []
    group: tuple[str, int] | None = None
    nth = 0
    for row in sorted(rows, key=order):
        goal = goals[row["goal"]]
        nth = nth + 1 if group == (row["learner"], row["goal"]) else 1
        group = (row["learner"], row["goal"])
        cell = cells[row["row_id"]]
        score = cell.score
        evidence = goal.subcompetency.evidence[row["position"]]
        assert score.value is not None  # noqa: S101 - only scores with a number go into the query
        pieces.append(
            Piece(
                score.learner,
                goal.rubric.id,
                goal.subcompetency.id,
                nth,
                evidence.item,
                score.criterion,
                score.value,
                score.possible,
                row["conversion"],
                row["points"],
                score.date,
                score.rater,
                score.source,
                score.attempt,
                cell.file,
                score.row,
                score.column,
                evidence.weight,
            )
        )
    return tuple(pieces)


def build_gaps(
    matches: Sequence[Match],
    cells: Sequence[Cell],
    pieces: Sequence[Piece],
    learners: Sequence[Learner],
) -> tuple[Gap, ...]:
    """Return, for every learner, the evidence items that gave no score, and what their cells say."""
    given = {
        (piece.learner, piece.rubric, piece.subcompetency, piece.item, fold_name(piece.criterion or ""))
        for piece in pieces
    }
    newest: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        key = cell.score.learner, cell.item, fold_name(cell.score.criterion or "")
        if key not in newest or _order_gap(newest[key]) < _order_gap(cell):
            newest[key] = cell
    by_evidence: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        by_evidence.setdefault((match.goal.number, match.position), []).append(match)
    gaps = []
    for learner in learners:
        for same in by_evidence.values():
            goal, evidence = same[0].goal, same[0].evidence
            criterion = fold_name(evidence.criterion or "")
            if (learner.key, goal.rubric.id, goal.subcompetency.id, evidence.item, criterion) in given:
                continue
            asked = [(learner.key, match.item, criterion) for match in same]
            of_item = [newest[key] for key in asked if key in newest]
            gaps.append(_describe_gap(learner.key, goal, evidence, of_item))
    return tuple(gaps)


def _order_gap(cell: Cell) -> tuple[Any, ...]:
    """Sort cells as scores are: by date, undated oldest, then attempt; the rest only settles ties."""
    score = cell.score
    dated, attempt = score.at is not None, -1 if score.attempt is None else score.attempt
    return dated, score.at or 0, attempt, score.state, cell.file, score.row


def _describe_gap(learner: str, goal: Goal, evidence: EvidenceItem, found: Sequence[Cell]) -> Gap:
    """Describe an evidence item without a score by its cell that says most."""
    newest = max(found, key=_order_gap, default=None)
    if newest is None:
        state: str = CellState.MISSING
    else:
        # A score that does not count here was given by somebody the rubric does not ask.
        state = OTHER_SOURCE if newest.score.state is CellState.SCORE else newest.score.state
    return Gap(
        learner,
        goal.rubric.id,
        goal.subcompetency.id,
        evidence.item,
        evidence.criterion,
        state,
        *((newest.file, newest.score.row, newest.score.column) if newest is not None else ()),
    )


def describe_ties(rows: Sequence[Row], goals: Sequence[Goal], cells: Sequence[Cell]) -> tuple[Problem, ...]:
    """Return a problem for each pair of scores that have no order; rows: learner, goal, two row_ids."""
    problems = []
    for _, goal, first, second in rows:
        subcompetency = goals[goal].subcompetency
        earlier = cells[first].place
        problems.append(
            Problem(
                f"nothing says whether this score or that of row {earlier.row} is newer, and "
                f"{subcompetency.id} is decided by {subcompetency.decide.by}",
                cells[second].place,
                "give dates or attempts, or choose a method that needs no order",
            )
        )
    return tuple(problems)


def index_rows(rows: Sequence[Row], columns: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows as mappings from column name to value."""
    return [dict(zip(columns, row, strict=True)) for row in rows]
