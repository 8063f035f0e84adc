"""The rows of the deciding query as records."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from microcred_cli.assessment.matching import Cell, Goal
from microcred_cli.assessment.methods import FORMULAS
from microcred_cli.assessment.query.ties import REPLACED
from microcred_cli.model.decision import Decision
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import DecisionRow, Piece, SourceDecision, Step
from microcred_cli.model.rubric import SOURCES

Row = Mapping[str, Any]
"""A row of a result, by column name."""

UNROUNDED = "unrounded"
ITEMS = "items"
RATERS = "raters"
_EXACT = Decimal("0.000000001")


def build_decisions(rows: Sequence[Row], goals: Sequence[Goal], learners: Sequence[str]) -> list[DecisionRow]:
    """Return the decisions in the order of learners, rubrics and sub-competencies."""
    return [
        DecisionRow(
            learner,
            goal.rubric.id,
            goal.rubric.version,
            goal.subcompetency.id,
            Decision(row["decision"]),
            _name_level(row, goal),
            _trim(row["score"], goal.rubric.precision),
            row["pieces"],
            goal.subcompetency.decide.by,
        )
        for learner, goal, row in _walk(rows, goals, learners)
        if goal.source is None
    ]


def build_source_decisions(
    rows: Sequence[Row], goals: Sequence[Goal], learners: Sequence[str]
) -> list[SourceDecision]:
    """Return what sub-competencies would be by one source alone, where an award asks for it."""
    return [
        SourceDecision(
            learner,
            goal.rubric.id,
            goal.subcompetency.id,
            goal.source,
            Decision(row["decision"]),
            _name_level(row, goal),
            _trim(row["score"], goal.rubric.precision),
            row["pieces"],
        )
        for learner, goal, row in _walk(rows, goals, learners)
        if goal.source is not None
    ]


def build_steps(rows: Sequence[Row], goals: Sequence[Goal], learners: Sequence[str]) -> list[Step]:
    """Return the values on the way to each decision: counts that are asked for, then the calculation."""
    return [
        Step(learner, goal.rubric.id, goal.subcompetency.id, name, value)
        for learner, goal, row in _walk(rows, goals, learners)
        if goal.source is None and row["pieces"]
        for name, value in _list_steps(row, goal)
    ]


def _list_steps(row: Row, goal: Goal) -> Iterator[tuple[str, Decimal]]:
    choice = goal.subcompetency.decide
    asked = [(ITEMS, choice.at_least.items > 1), (RATERS, choice.at_least.raters > 0)]
    asked += [(source, source in choice.at_least.sources) for source in SOURCES]
    for name, wanted in asked:
        if wanted:
            yield name, Decimal(row[f"from_{name}" if name in SOURCES else name])
    for number, (name, _) in enumerate(FORMULAS[choice.by].values, start=1):
        value = row[f"value_{number}"]
        if value is not None:
            yield name, _write_double(value)
    if row["unrounded"] is not None:
        yield UNROUNDED, _write_double(row["unrounded"])


def _write_double(value: float) -> Decimal:
    """Return a double of the query to nine decimals, which is what is rounded further."""
    return Decimal(value).quantize(_EXACT).normalize()


def _walk(
    rows: Sequence[Row], goals: Sequence[Goal], learners: Sequence[str]
) -> Iterator[tuple[str, Goal, Row]]:
    """Yield learner by learner, whose numbers in the rows are their indexes, the goals in their order."""
    found = {(row["learner"], row["goal"]): row for row in rows}
    for number, learner in enumerate(learners):
        for goal in goals:
            yield learner, goal, found[number, goal.number]


def _name_level(row: Row, goal: Goal) -> str | None:
    return goal.rubric.levels[row["rank"]].id if row["rank"] is not None else None


def _trim(score: Decimal | None, precision: int) -> Decimal | None:
    """Give a rounded score the rubric's number of decimals; the engine may return more zeros."""
    return score.quantize(Decimal(1).scaleb(-precision)) if score is not None else None


def build_pieces(rows: Sequence[Row], goals: Sequence[Goal], cells: Sequence[Cell]) -> tuple[Piece, ...]:
    """Return the pieces of every learner and goal, oldest first."""
    pieces: list[Piece] = []
    group: tuple[int, int] | None = None
    nth = 0
    for row in sorted(rows, key=_order):
        goal = goals[row["goal"]]
        if goal.source is not None:
            continue
        nth = nth + 1 if group == (row["learner"], row["goal"]) else 1
        group = (row["learner"], row["goal"])
        pieces.append(_build_piece(row, nth, goal, cells[row["row_id"]]))
    return tuple(pieces)


def _order(row: Row) -> tuple[Any, ...]:
    """Sort as the query does where a method needed the order; else by dates, list, attempt."""
    back = row.get("back")
    attempt = -1 if row["attempt"] is None else row["attempt"]
    return (
        row["learner"],
        row["goal"],
        -back if back is not None else 0,
        row["at"] is not None,
        row["at"] or 0,
        row["position"],
        attempt,
        row["points"],
        row["row_id"],
    )


def _build_piece(row: Row, nth: int, goal: Goal, cell: Cell) -> Piece:
    score = cell.score
    evidence = goal.subcompetency.evidence[row["position"]]
    factor, uncut = row["counts"], row.get("uncut")
    return Piece(
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
        row["source"],
        score.attempt,
        cell.file,
        score.row,
        score.column,
        evidence.weight,
        score.label,
        None if factor is None else _write_double(factor),
        None if uncut == row["points"] else uncut,
    )


def describe_ties(
    rows: Sequence[Row], goals: Sequence[Goal], cells: Sequence[Cell] | Mapping[int, Cell]
) -> tuple[Problem, ...]:
    """Return a problem for each pair of scores that have no order; ``cells`` by their row_id."""
    problems = {}
    for row in rows:
        part = goals[row["goal"]].subcompetency
        earlier, later = cells[row["first"]].place, cells[row["second"]].place
        if row["kind"] == REPLACED:
            why, advice = f"in {part.id} the newer replaces the other", "give dates, attempts or raters"
        else:
            why = f"{part.id} is decided by {part.decide.by}"
            advice = "give dates or attempts, or choose a method that needs no order"
        message = f"nothing says whether this score or that of row {earlier.row} is newer, and {why}"
        learner = cells[row["first"]].score.learner
        problems[part.id, earlier, later] = Problem(message, later, advice, learner=learner)
    return tuple(problems.values())


def index_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Row]:
    """Return rows as mappings from column name to value."""
    return [dict(zip(columns, row, strict=True)) for row in rows]
