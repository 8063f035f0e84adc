"""A person's decision in place of a method's: read, checked, applied."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from microcred_cli.assessment.named_rows import NamedRow, read_named_rows
from microcred_cli.model.decision import Decision
from microcred_cli.model.override import Override, Overruled
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import BY_METHOD, DecisionRow, Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.suggest import advise_name, suggest_name

COLUMNS = ("learner", "rubric", "subcompetency", "decision", "reason", "by", "at")
_DATE_ONLY = len("2026-01-01")
_LAST_SECOND = 86_399
_DIGITS = 32

Goal = tuple[str, str, str]
"""A learner's key, the id of a rubric and that of a sub-competency."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """The overrides in force: of several for one goal, the newest; ``file`` is where they stand."""

    file: str = ""
    rows: tuple[Override, ...] = ()


def read_overrides(file: str, data: bytes) -> tuple[Overrides, tuple[Problem, ...]]:
    """Return the overrides of a table, and a problem for every row that does not say all it has to."""
    rows, problems = read_named_rows(file, data, COLUMNS, others=False)
    refused = list(problems)
    newest: dict[Goal, tuple[int, Override]] = {}
    for row in rows:
        faults = list(_check_row(row))
        if faults:
            refused += faults
            continue
        override = Override(
            **{**row.cells, "decision": Decision(row.cells["decision"])},  # type: ignore[arg-type]
            row=row.number,
        )
        goal = override.learner, override.rubric, override.subcompetency
        at = parse_date(override.at) or 0
        known = newest.get(goal)
        if known is not None and known[0] == at:
            message = f"row {known[1].row} decides the same at the same time"
            refused.append(Problem(message, row.places["at"], "delete one of the two, or give the time"))
        elif known is None or known[0] < at:
            newest[goal] = at, override
    return Overrides(file, tuple(override for _, override in newest.values())), tuple(refused)


def _check_row(row: NamedRow) -> Iterator[Problem]:
    for name in COLUMNS:
        if not row.cells[name]:
            yield Problem(f"an override needs its {name}", row.places[name], "fill it in")
    decision = row.cells["decision"]
    if decision and decision not in set(Decision):
        yield Problem("there is no such decision", row.places["decision"], advise_name(decision, Decision))
    if row.cells["at"] and parse_date(row.cells["at"]) is None:
        advice = "write it as 2026-03-01 or 2026-03-01T10:30:00Z"
        yield Problem("this is not a date", row.places["at"], advice)
    if row.cells["by"] == BY_METHOD:
        yield Problem(f"`{BY_METHOD}` is what decides without a person", row.places["by"], "name the person")


def check_names(
    overrides: Overrides, rubrics: Sequence[Rubric], learners: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem for each override of something that is not in this assessment.

    Learners' keys are not suggested: a message holds nothing of a learner.
    """
    known = {rubric.id: [part.id for part in rubric.subcompetencies] for rubric in rubrics}
    keys = set(learners)
    for row in overrides.rows:
        place = Place(overrides.file, row.row)
        if row.learner not in keys:
            message = "the override is for a learner who is in none of the gradebooks"
            yield Problem(message, place, "use the learner's key as `microcred assess` shows it", row.learner)
        if row.rubric not in known:
            yield Problem(f"there is no rubric {row.rubric} here", place, advise_name(row.rubric, known))
        elif row.subcompetency not in known[row.rubric]:
            message = f"{row.rubric} has no sub-competency {row.subcompetency}"
            suggestion = suggest_name(row.subcompetency, known[row.rubric])
            advice = f"did you mean `{suggestion}`?" if suggestion else "lint and `rubrics/` name them"
            yield Problem(message, place, advice)


def apply_overrides(
    decisions: Sequence[DecisionRow],
    overrides: Overrides,
    pieces: Sequence[Piece],
    rubrics: Sequence[Rubric],
    before: Mapping[Override, str],
) -> tuple[list[DecisionRow], list[Overruled]]:
    """Return the decisions with those of persons in place, and for each of them what the method says.

    ``before`` holds the digest of the evidence that an override was first applied to, by the override
    (without its row). An override is outdated when the evidence is another now, or newer than itself.
    """
    by_goal = {(row.learner, row.rubric, row.subcompetency): row for row in overrides.rows}
    of_goal: dict[Goal, list[Piece]] = {}
    for piece in pieces:
        goal = piece.learner, piece.rubric, piece.subcompetency
        if goal in by_goal:
            of_goal.setdefault(goal, []).append(piece)
    known = {rubric.id: rubric for rubric in rubrics}
    result, overruled = [], []
    for row in decisions:
        goal = row.learner, row.rubric, row.subcompetency
        override = by_goal.get(goal)
        if override is None:
            result.append(row)
            continue
        result.append(_overrule(row, override, known[row.rubric]))
        overruled.append(_describe(row, override, of_goal.get(goal, []), before))
    return result, overruled


def _overrule(row: DecisionRow, override: Override, rubric: Rubric) -> DecisionRow:
    """Return the person's decision; no score, because it rests on none, and a level that goes with it."""
    ranks = {level.id: rank for rank, level in enumerate(rubric.levels)}
    wanted = ranks[rubric.shown_at]
    reached = -1 if row.level is None else ranks[row.level]
    level: str | None = None
    if override.decision is Decision.SHOWN:
        level = rubric.levels[max(reached, wanted)].id
    elif override.decision is Decision.NOT_YET and 0 <= reached < wanted:
        level = row.level
    return replace(
        row,
        decision=override.decision,
        level=level,
        score=None,
        decided_by=override.by,
        reason=override.reason,
    )


def _describe(
    row: DecisionRow, override: Override, pieces: Sequence[Piece], before: Mapping[Override, str]
) -> Overruled:
    now = _digest(pieces)
    first = before.get(replace(override, row=0), now)
    return Overruled(
        override.learner,
        override.rubric,
        override.subcompetency,
        override.decision,
        override.reason,
        override.by,
        override.at,
        row.decision,
        row.level,
        row.score,
        first,
        outdated=first != now or _is_newer(pieces, override.at),
    )


def _is_newer(pieces: Sequence[Piece], at: str) -> bool:
    """Return whether a score is dated after the override; a day without a time ends with the day."""
    decided = parse_date(at) or 0
    if len(at) == _DATE_ONLY:
        decided += _LAST_SECOND
    return any((parse_date(piece.date or "") or decided) > decided for piece in pieces)


def _digest(pieces: Sequence[Piece]) -> str:
    """Return a digest of what the scores are, wherever in the files they stand."""
    written = sorted(
        repr((piece.item, piece.criterion, f"{piece.points:f}", piece.date, piece.rater, piece.attempt))
        for piece in pieces
    )
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:_DIGITS]


def recall_evidence(overruled: Sequence[Overruled]) -> dict[Override, str]:
    """Return the digests of an earlier assessment as ``apply_overrides`` wants them."""
    return {
        Override(
            row.learner, row.rubric, row.subcompetency, row.decision, row.reason, row.by, row.at, row=0
        ): row.evidence
        for row in overruled
    }
