"""The parameter tables of the deciding query: rubrics and scores as columns of plain values."""

from collections.abc import Sequence

from microcred_cli.assessment.matching import Cell, Goal, Match
from microcred_cli.model.gradebook import CellState, Learner
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.table import Column, ColumnType, Table
from microcred_cli.texts.names import fold_name


def build_tables(
    goals: Sequence[Goal], matches: Sequence[Match], cells: Sequence[Cell], learners: Sequence[Learner]
) -> tuple[Table, ...]:
    """Return the six tables that query.py describes; a score's row_id is its index in ``cells``."""
    return (
        _build_scores(cells),
        Table("learners", (Column("learner", ColumnType.TEXT, [learner.key for learner in learners]),)),
        _build_goals(goals),
        _build_evidence(matches),
        _build_cuts(matches),
        _build_levels(goals),
    )


def _build(name: str, columns: dict[str, ColumnType], rows: Sequence[tuple[object, ...]]) -> Table:
    values = list(zip(*rows, strict=True)) if rows else [() for _ in columns]
    return Table(
        name,
        tuple(
            Column(column, kind, list(data))
            for (column, kind), data in zip(columns.items(), values, strict=True)
        ),
    )


def _build_scores(cells: Sequence[Cell]) -> Table:
    rows = [
        (
            row_id,
            cell.score.learner,
            cell.item,
            fold_name(cell.score.criterion) if cell.score.criterion is not None else None,
            cell.score.source,
            cell.score.value,
            cell.score.possible,
            cell.score.at,
            cell.score.attempt,
        )
        for row_id, cell in enumerate(cells)
        if cell.score.state is CellState.SCORE
    ]
    columns = {
        "row_id": ColumnType.INTEGER,
        "learner": ColumnType.TEXT,
        "item": ColumnType.TEXT,
        "criterion": ColumnType.TEXT,
        "source": ColumnType.TEXT,
        "value": ColumnType.NUMBER,
        "possible": ColumnType.NUMBER,
        "at": ColumnType.INTEGER,
        "attempt": ColumnType.INTEGER,
    }
    return _build("scores", columns, rows)


def _build_goals(goals: Sequence[Goal]) -> Table:
    rows = []
    for goal in goals:
        choice = goal.subcompetency.decide
        shown = goal.rubric.level(goal.rubric.shown_at)
        rows.append(
            (
                goal.number,
                str(choice.by),
                choice.at_least,
                choice.latest,
                choice.n,
                shown.points,
                goal.rubric.precision,
                int(SPECIFICATIONS[choice.by].order_matters),
            )
        )
    columns = {
        "goal": ColumnType.INTEGER,
        "method": ColumnType.TEXT,
        "at_least": ColumnType.INTEGER,
        "latest": ColumnType.NUMBER,
        "n": ColumnType.INTEGER,
        "shown_points": ColumnType.NUMBER,
        "precision": ColumnType.INTEGER,
        "order_matters": ColumnType.INTEGER,
    }
    return _build("goals", columns, rows)


def _build_evidence(matches: Sequence[Match]) -> Table:
    rows = [
        (
            match.goal.number,
            match.position,
            match.item,
            fold_name(match.evidence.criterion) if match.evidence.criterion is not None else None,
            match.evidence.source,
            match.evidence.weight if match.evidence.weight is not None else 1,
            match.goal.rubric.levels[-1].points,
            match.goal.rubric.levels[0].points,
            int(bool(match.evidence.cuts)),
        )
        for match in matches
    ]
    columns = {
        "goal": ColumnType.INTEGER,
        "position": ColumnType.INTEGER,
        "item": ColumnType.TEXT,
        "criterion": ColumnType.TEXT,
        "source": ColumnType.TEXT,
        "weight": ColumnType.NUMBER,
        "top": ColumnType.NUMBER,
        "lowest": ColumnType.NUMBER,
        "has_cuts": ColumnType.INTEGER,
    }
    return _build("evidence", columns, rows)


def _build_cuts(matches: Sequence[Match]) -> Table:
    rows = [
        (match.goal.number, match.position, share, match.goal.rubric.level(level).points)
        for match in _list_distinct(matches)
        for level, share in match.evidence.cuts.items()
    ]
    columns = {
        "goal": ColumnType.INTEGER,
        "position": ColumnType.INTEGER,
        "share": ColumnType.NUMBER,
        "points": ColumnType.NUMBER,
    }
    return _build("cuts", columns, rows)


def _list_distinct(matches: Sequence[Match]) -> list[Match]:
    """Return one match for each evidence item; an item found in two gradebooks has its cuts once."""
    return list({(match.goal.number, match.position): match for match in matches}.values())


def _build_levels(goals: Sequence[Goal]) -> Table:
    rows = [
        (goal.number, rank, level.points) for goal in goals for rank, level in enumerate(goal.rubric.levels)
    ]
    columns = {"goal": ColumnType.INTEGER, "rank": ColumnType.INTEGER, "points": ColumnType.NUMBER}
    return _build("levels", columns, rows)
