"""The rows of the deciding query as records."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from microcred_cli.assessment.matching import Cell, Goal, Match
from microcred_cli.model.award import decide_award, name_missing
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import CellState, Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import Rubric
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
    given = {(piece.learner, piece.rubric, piece.subcompetency, piece.item) for piece in pieces}
    without: dict[tuple[str, str, str], Cell] = {}
    for cell in cells:
        if cell.score.state is not CellState.SCORE:
            criterion = fold_name(cell.score.criterion or "")
            without.setdefault((cell.score.learner, cell.score.item, criterion), cell)
    gaps = []
    for learner in learners:
        for match in matches:
            goal, evidence = match.goal, match.evidence
            if (learner.key, goal.rubric.id, goal.subcompetency.id, evidence.item) in given:
                continue
            found = without.get((learner.key, match.heading, fold_name(evidence.criterion or "")))
            state = found.score.state if found is not None else CellState.MISSING
            place = (found.file, found.score.row, found.score.column) if found is not None else ()
            gaps.append(
                Gap(
                    learner.key,
                    goal.rubric.id,
                    goal.subcompetency.id,
                    evidence.item,
                    evidence.criterion,
                    state,
                    *place,
                )
            )
    return tuple(gaps)


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
