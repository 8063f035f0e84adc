"""What a stored assessment says beside what follows from its inputs, row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from microcred_cli.assessment.comparison import compare_assessments, describe_row
from microcred_cli.assessment.manifest import (
    AWARDS,
    BY_SOURCE,
    DECISIONS,
    GAPS,
    HELD,
    LEARNERS,
    LEFT_OUT,
    OVERRULED,
    PIECES,
    STEPS,
    WAITING,
)
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.audit import AuditCheck, Discrepancy
from microcred_cli.model.comparison import Reason
from microcred_cli.model.place import Place
from microcred_cli.model.results import DecisionRow, Gap, LeftOut, Piece

_Key = tuple[str, ...]

_GOAL = ("learner", "rubric", "subcompetency")
_PERSONAL = frozenset({"name", "email"})
_DECIDED = frozenset({"decision", "level", "score"})

_TABLES = {
    DECISIONS: (AuditCheck.DECISIONS, "decisions", _GOAL),
    OVERRULED: (AuditCheck.DECISIONS, "overruled", _GOAL),
    WAITING: (AuditCheck.DECISIONS, "waiting", _GOAL),
    AWARDS: (AuditCheck.AWARDS, "awards", ("learner", "rubric")),
    HELD: (AuditCheck.AWARDS, "held", ("learner", "rubric")),
    BY_SOURCE: (AuditCheck.EVIDENCE, "by_source", (*_GOAL, "source")),
    STEPS: (AuditCheck.EVIDENCE, "steps", (*_GOAL, "step")),
    LEARNERS: (AuditCheck.EVIDENCE, "learners", ("key",)),
}


def find_discrepancies(
    stored: Assessment, redecided: Assessment, *, same_files: bool
) -> dict[AuditCheck, list[Discrepancy]]:
    """Return what a stored assessment says that does not follow, and what follows that it does not say.

    The order of rows never matters. ``same_files``: whether the gradebooks are byte for byte those that were
    assessed; of others it is not asked in which cell a score stands.
    """
    found: dict[AuditCheck, list[Discrepancy]] = {check: [] for check in AuditCheck}
    reasons = _explain_changes(stored, redecided)
    for file, (check, attribute, key) in _TABLES.items():
        rows = getattr(stored, attribute), getattr(redecided, attribute)
        found[check] += _compare_rows(file, *rows, key, reasons)
    found[AuditCheck.DECISIONS] += _compare_left_out(stored, redecided, same_files=same_files)
    for file, attribute in ((PIECES, "pieces"), (GAPS, "gaps")):
        old, new = (
            Counter(_strip(row, same_files=same_files) for row in getattr(side, attribute))
            for side in (stored, redecided)
        )
        found[AuditCheck.EVIDENCE] += _compare_scores(file, old, new)
    return found


def _explain_changes(stored: Assessment, redecided: Assessment) -> Mapping[_Key, tuple[Reason, ...]]:
    comparison = compare_assessments(stored, redecided)
    reasons: dict[_Key, tuple[Reason, ...]] = {}
    for change in comparison.changes:
        row = change.after
        reasons[row.learner, row.rubric, row.subcompetency] = change.reasons
    for award in comparison.award_changes:
        reasons[award.after.learner, award.after.rubric] = award.reasons
    return reasons


def _compare_rows(
    file: str,
    stored: Iterable[Any],
    redecided: Iterable[Any],
    key: Sequence[str],
    reasons: Mapping[_Key, tuple[Reason, ...]],
) -> Iterator[Discrepancy]:
    """Compare tables that have one row for each key."""
    old: dict[_Key, Any] = {}
    for row in stored:
        goal = _identify(row, key)
        if goal in old:
            yield _tell(file, "there is more than one row of this", goal)
        old[goal] = row
    new = {_identify(row, key): row for row in redecided}
    for goal, row in old.items():
        if goal not in new:
            yield _tell(file, "this row does not follow", goal)
        elif message := _tell_difference(row, new[goal]):
            yield _tell(file, message, goal, reasons.get(goal, ()) if file in {DECISIONS, AWARDS} else ())
    for goal in new:
        if goal not in old:
            yield _tell(file, "this row follows, and is not there", goal)


def _compare_left_out(
    stored: Assessment, redecided: Assessment, *, same_files: bool
) -> Iterator[Discrepancy]:
    """Compare who is left out; and why, where the files are those in which the places are to be found."""
    sides = [set(side.learners_left_out) for side in (stored, redecided)]
    both = sides[0] & sides[1]
    old, new = set(stored.left_out), set(redecided.left_out)
    for row in stored.left_out:
        if row.learner not in both:
            yield Discrepancy(LEFT_OUT, f"left out, and need not be: {_describe_left_out(row)}", row.learner)
        elif same_files and row not in new:
            yield Discrepancy(LEFT_OUT, f"does not follow: {_describe_left_out(row)}", row.learner)
    for row in redecided.left_out:
        if row.learner not in both:
            yield Discrepancy(
                LEFT_OUT, f"not left out, and has to be: {_describe_left_out(row)}", row.learner
            )
        elif same_files and row not in old:
            yield Discrepancy(LEFT_OUT, f"follows, and is not there: {_describe_left_out(row)}", row.learner)


def _describe_left_out(row: LeftOut) -> str:
    return f"{row.message} [{Place(row.file, row.row, row.column)}]"


def _identify(row: Any, key: Sequence[str]) -> _Key:
    return tuple(str(getattr(row, name)) for name in key)


def _tell(file: str, message: str, goal: _Key, reasons: tuple[Reason, ...] = ()) -> Discrepancy:
    learner, rubric, subcompetency = (*goal, None, None)[: len(_GOAL)]
    # What else the row is about: a source, or a step.
    message = ": ".join((*goal[len(_GOAL) :], message))
    return Discrepancy(file, message, learner, rubric, subcompetency, reasons=reasons)


def _tell_difference(stored: Any, redecided: Any) -> str:
    """Say what differs between two rows, the decision before all else; of names and addresses, only that."""
    differing = [
        field.name
        for field in fields(stored)
        if field.name != "row" and getattr(stored, field.name) != getattr(redecided, field.name)
    ]
    told = []
    if isinstance(stored, DecisionRow) and _DECIDED & set(differing):
        told.append(f"{describe_row(stored)} → {describe_row(redecided)}")
        differing = [name for name in differing if name not in _DECIDED]
    told += [_tell_field(name, getattr(stored, name), getattr(redecided, name)) for name in differing]
    return ", ".join(told)


def _tell_field(name: str, stored: Any, redecided: Any) -> str:
    if name in _PERSONAL:
        return f"another {name}"
    if isinstance(stored, tuple):
        gone = [each for each in stored if each not in redecided]
        new = [each for each in redecided if each not in stored]
        told = [
            f"{name}: {', '.join(each)} {what}" for each, what in ((gone, "gone"), (new, "added")) if each
        ]
        return ", ".join(told) or f"{name} in another order"
    old, now = (
        "none" if each in {None, ""} else f"{each:f}" if isinstance(each, Decimal) else str(each)
        for each in (stored, redecided)
    )
    return f"{name} {old} → {now}"


def _strip(row: Piece | Gap, *, same_files: bool) -> Piece | Gap:
    if same_files:
        return row
    if isinstance(row, Piece):
        return replace(row, nth=0, file="", row=0, column=0)
    return replace(row, file=None, row=None, column=None)


def _compare_scores(
    file: str, stored: Counter[Piece | Gap], redecided: Counter[Piece | Gap]
) -> Iterator[Discrepancy]:
    """Compare tables that have a row for each score, of which there may be several of one kind."""
    waiting: dict[tuple[object, ...], list[Piece | Gap]] = {}
    for row in (redecided - stored).elements():
        waiting.setdefault(_list_traits(row), []).append(row)
    for row in (stored - redecided).elements():
        like = waiting.get(_list_traits(row))
        message = f": {_tell_difference(row, like.pop(0))}" if like else " does not follow"
        yield _tell_score(file, row, message)
    for row in (row for like in waiting.values() for row in like):
        yield _tell_score(file, row, " follows, and is not there")


def _list_traits(row: Piece | Gap) -> tuple[object, ...]:
    """Return by what a score is known, whatever became of it."""
    goal = row.learner, row.rubric, row.subcompetency
    return *goal, row.item, row.criterion, row.attempt, row.rater, row.date


def _tell_score(file: str, row: Piece | Gap, message: str) -> Discrepancy:
    return Discrepancy(file, f"{_describe_score(row)}{message}", row.learner, row.rubric, row.subcompetency)


def _describe_score(row: Piece | Gap) -> str:
    value = row.value if row.value is not None or isinstance(row, Gap) else row.word
    what = row.item if row.criterion is None else f"{row.item}, {row.criterion}"
    what += f": {row.state}" if isinstance(row, Gap) else ""
    what += "" if value is None else f": {value}"
    return f"{what} [{Place(row.file, row.row, row.column)}]" if row.file else what
