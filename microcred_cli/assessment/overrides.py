"""A person's decision in place of a method's: read, checked, applied."""

import hashlib
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from microcred_cli.assessment.named_rows import NamedRow, read_named_rows
from microcred_cli.model.decision import Decision
from microcred_cli.model.override import Override, Overruled, Waiting
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import BY_METHOD, DecisionRow, Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.suggest import advise_name, suggest_name

COLUMNS = ("learner", "rubric", "subcompetency", "decision", "reason", "by", "at")
_DATE_ONLY = len("2026-01-01")
_DIGITS = 32
# A day without a zone may have begun elsewhere.
_AHEAD = timedelta(days=1)

Goal = tuple[str, str, str]
"""A learner's key, the id of a rubric and that of a sub-competency."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """The overrides in force: of several for one goal, the newest; and where they stand."""

    rows: tuple[Override, ...] = ()
    columns: tuple[tuple[str, Place], ...] = ()

    def place(self, row: Override, column: str) -> Place:
        """Return where a cell of an override stands."""
        return dict(self.columns)[column]._replace(row=row.row)


def read_overrides(file: str, data: bytes, now: datetime) -> tuple[Overrides, tuple[Problem, ...]]:
    """Return the overrides of a table, and a problem for every row that does not say all it has to.

    Case does not matter in ids and decisions, nor whether their words are parted by hyphens or spaces. What
    is dated more than a day after ``now`` is refused: it would win over all that is decided until then.
    """
    table, problems = read_named_rows(file, data, COLUMNS, others=False)
    refused = list(problems)
    newest: dict[Goal, tuple[int, Override]] = {}
    for row in table.rows:
        faults = list(_check_row(row, now))
        if faults:
            refused += faults
            continue
        override = _build_override(row)
        goal = fold_name(override.learner), override.rubric, override.subcompetency
        at = parse_date(override.at) or 0
        known = newest.get(goal)
        if known is not None and known[0] == at:
            message = f"row {known[1].row} decides the same at the same time"
            refused.append(Problem(message, row.places["at"], "delete one of the two, or give the time"))
        elif known is None or known[0] < at:
            newest[goal] = at, override
    return Overrides(tuple(override for _, override in newest.values()), table.columns), tuple(refused)


def _build_override(row: NamedRow) -> Override:
    return Override(
        row.cells["learner"],
        row.read_word("rubric"),
        row.read_word("subcompetency"),
        Decision(row.read_word("decision")),
        row.cells["reason"],
        row.cells["by"],
        row.cells["at"],
        row.number,
    )


def _check_row(row: NamedRow, now: datetime) -> Iterator[Problem]:
    decision = row.read_word("decision")
    if decision not in set(Decision):
        # "not shown" is no misspelt "shown": what there is is listed, and nothing suggested.
        known = ", ".join(f"`{each}`" for each in Decision)
        yield Problem("there is no such decision", row.places["decision"], f"write one of {known}")
    if fold_name(unicodedata.normalize("NFKC", row.cells["by"])) == BY_METHOD:
        yield Problem(f"`{BY_METHOD}` is what decides without a person", row.places["by"], "name the person")
    for name, text in row.cells.items():
        if any(unicodedata.category(character) in {"Cc", "Cf"} for character in text):
            yield Problem("there is a character that nobody can see", row.places[name], "write it again")
    at = parse_date(row.cells["at"])
    if at is None:
        advice = "write it as 2026-03-01 or 2026-03-01T10:30:00Z"
        yield Problem("this is not a date", row.places["at"], advice)
    elif at > (now + _AHEAD).timestamp():
        yield Problem("this is still to come", row.places["at"], "give the day on which it was decided")


def settle_overrides(
    overrides: Overrides, rubrics: Collection[str], elsewhere: Collection[str], learners: Iterable[str]
) -> Overrides:
    """Return the overrides that concern an assessment, learners' keys spelled as its gradebooks do.

    Those for a rubric of ``elsewhere`` that is not among ``rubrics`` are left out: a project has one list of
    overrides, and not every assessment is by all its rubrics.
    """
    keys = {fold_name(key): key for key in learners}
    return replace(
        overrides,
        rows=tuple(
            replace(row, learner=keys.get(fold_name(row.learner), row.learner))
            for row in overrides.rows
            if row.rubric in rubrics or row.rubric not in elsewhere
        ),
    )


def check_names(
    overrides: Overrides, rubrics: Sequence[Rubric], learners: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem for each override of something that is not in this assessment.

    Learners' keys are not suggested: a message holds nothing of a learner.
    """
    known = {rubric.id: [part.id for part in rubric.subcompetencies] for rubric in rubrics}
    keys = set(learners)
    for row in overrides.rows:
        if row.learner not in keys:
            message = "this learner is in none of the gradebooks"
            advice = "use the key that decisions.csv has; a spreadsheet may have dropped zeros before it"
            yield Problem(message, overrides.place(row, "learner"), advice, row.learner)
        if row.rubric not in known:
            advice = advise_name(row.rubric, known)
            yield Problem("there is no such rubric", overrides.place(row, "rubric"), advice, row.rubric)
        elif row.subcompetency not in known[row.rubric]:
            message = f"{row.rubric} has no such sub-competency"
            suggestion = suggest_name(row.subcompetency, known[row.rubric])
            advice = f"did you mean `{suggestion}`?" if suggestion else "use the id that its file has"
            place = overrides.place(row, "subcompetency")
            yield Problem(message, place, advice, row.subcompetency)


def apply_overrides(
    decisions: Sequence[DecisionRow],
    overrides: Overrides,
    pieces: Sequence[Piece],
    rubrics: Sequence[Rubric],
    before: Mapping[Override, str],
) -> tuple[list[DecisionRow], list[Overruled]]:
    """Return the decisions with those of persons in place, and for each of them what the method says.

    ``before`` holds the digest of the evidence that an override was first applied to. An override is outdated
    when the evidence is another now, or newer than itself.
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
    first = before.get(override, now)
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
        outdated=first != now
        or any(_is_later(piece.date, override.at) for piece in pieces if piece.date is not None),
    )


def _is_later(date: str, at: str) -> bool:
    """Return whether a score is dated after an override; where one of the two has no time, by the day."""
    if _DATE_ONLY in {len(date), len(at)}:
        return date[:_DATE_ONLY] > at[:_DATE_ONLY]
    return (parse_date(date) or 0) > (parse_date(at) or 0)


def _digest(pieces: Sequence[Piece]) -> str:
    """Return a digest of what the scores are, wherever in the files they stand and however spelled."""
    written = sorted(repr(_list_traits(piece)) for piece in pieces)
    return hashlib.sha256("\n".join(written).encode()).hexdigest()[:_DIGITS]


def _list_traits(piece: Piece) -> tuple[object, ...]:
    names = (piece.item, piece.criterion, piece.rater, piece.source)
    return (
        *(None if name is None else fold_name(name) for name in names),
        f"{piece.points.normalize():f}",
        None if piece.date is None else parse_date(piece.date),
        piece.attempt,
    )


def recall_evidence(overruled: Sequence[Overruled], waiting: Sequence[Waiting] = ()) -> dict[Override, str]:
    """Return the digests of an earlier assessment as ``apply_overrides`` wants them."""
    rows: list[Overruled | Waiting] = [*overruled, *waiting]
    return {
        Override(
            row.learner, row.rubric, row.subcompetency, row.decision, row.reason, row.by, row.at, row=0
        ): row.evidence
        for row in rows
        if row.evidence is not None
    }
