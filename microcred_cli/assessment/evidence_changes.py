"""What became of the scores of one learner and sub-competency between two assessments."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from microcred_cli.assessment.rubric_changes import NONE, write_number
from microcred_cli.model.comparison import Reason, ReasonKind
from microcred_cli.model.place import Place
from microcred_cli.model.results import Gap, Piece, SetAside
from microcred_cli.texts.names import fold_name

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Mark:
    """A score as one side has it; ``aside`` is why it does not count, None when it does."""

    item: str
    criterion: str | None
    value: str
    date: str | None
    rater: str | None
    attempt: int | None
    source: str | None
    points: Decimal | None
    aside: str | None
    place: Place

    @property
    def name(self) -> str:
        """What it is a score of."""
        return self.item if self.criterion is None else f"{self.item}, {self.criterion}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that one side has of one learner and sub-competency, and which items its rubric asks for."""

    marks: tuple[Mark, ...]
    absent: tuple[Gap, ...]
    items: frozenset[str]


def _identify(mark: Mark) -> tuple[object, ...]:
    return _fold(mark.item, mark.criterion)


def _fold(item: str, criterion: str | None) -> tuple[str, str]:
    return fold_name(item), fold_name(criterion or "")


Key = Callable[[Mark], tuple[object, ...]]

# The same score first, then what is most like it.
_LIKENESSES: tuple[Key, ...] = (
    lambda mark: (*_identify(mark), mark.attempt, mark.rater, mark.date, mark.value, mark.source, mark.aside),
    lambda mark: (*_identify(mark), mark.attempt, mark.rater, mark.date, mark.value),
    lambda mark: (*_identify(mark), mark.attempt, mark.rater, mark.date),
    lambda mark: (*_identify(mark), mark.attempt, mark.rater),
    lambda mark: (*_identify(mark), mark.attempt),
    _identify,
)


def collect_evidence(pieces: Sequence[Piece], gaps: Sequence[Gap], items: Sequence[str]) -> Evidence:
    """Return the evidence of one learner and sub-competency, from its pieces and gaps."""
    set_aside = [gap for gap in gaps if gap.state in set(SetAside)]
    marks = (*map(_read_piece, pieces), *map(_read_gap, set_aside))
    absent = tuple(gap for gap in gaps if gap.state not in set(SetAside))
    return Evidence(marks, absent, frozenset(map(fold_name, items)))


def compare_evidence(before: Evidence, after: Evidence) -> Iterator[Reason]:
    """Yield what was added, removed, changed, set aside or counted, each with its cells."""
    pairs, gone, new = _pair(before.marks, after.marks)
    for old, mark in pairs:
        yield from _compare_marks(old, mark)
    for old in gone:
        if old.aside is None:
            yield _tell_removed(old, after)
    for mark in new:
        if mark.aside is None:
            yield _tell_added(mark, before)


def _pair(
    before: Sequence[Mark], after: Sequence[Mark]
) -> tuple[list[tuple[Mark, Mark]], list[Mark], list[Mark]]:
    """Return which score became which, and what is left over on either side."""
    pairs: list[tuple[Mark, Mark]] = []
    old, new = list(before), list(after)
    for likeness in _LIKENESSES:
        waiting: dict[tuple[object, ...], list[Mark]] = {}
        for mark in old:
            waiting.setdefault(likeness(mark), []).append(mark)
        unpaired = []
        for mark in new:
            like = waiting.get(likeness(mark))
            if like:
                pairs.append((like.pop(0), mark))
            else:
                unpaired.append(mark)
        old, new = [mark for like in waiting.values() for mark in like], unpaired
    return pairs, old, new


def _compare_marks(before: Mark, after: Mark) -> Iterator[Reason]:
    if before.aside is not None and after.aside is not None:
        return
    name, places = after.name, (before.place, after.place, after.item)
    if before.value != after.value:
        text = f"{name}: {before.value} → {after.value}{_tell_state(before, after)}"
        yield Reason(ReasonKind.EVIDENCE_CHANGED, text, *places)
    elif before.aside is not None:
        text = f"{name}: {after.value} counts; before: {before.aside}"
        yield Reason(ReasonKind.COUNTED, text, *places)
    elif after.aside is not None:
        text = f"{name}: {after.value} is set aside: {after.aside}"
        yield Reason(ReasonKind.SET_ASIDE, text, *places)
    elif details := _list_details(before, after):
        yield Reason(ReasonKind.EVIDENCE_CHANGED, f"{name}: {', '.join(details)}", *places)
    elif before.points is not None and after.points is not None and before.points != after.points:
        points = f"{write_number(before.points)} → {write_number(after.points)} points"
        yield Reason(ReasonKind.CONVERSION, f"{name}: {after.value} becomes {points}", *places)


def _tell_state(before: Mark, after: Mark) -> str:
    if before.aside is not None:
        return f", which counts; before: {before.aside}"
    return "" if after.aside is None else f", set aside: {after.aside}"


def _list_details(before: Mark, after: Mark) -> list[str]:
    pairs = (
        ("date", before.date, after.date),
        ("rater", before.rater, after.rater),
        ("attempt", before.attempt, after.attempt),
        ("source", before.source, after.source),
    )
    return [f"{name} {old or NONE} → {new or NONE}" for name, old, new in pairs if old != new]


def _tell_removed(mark: Mark, after: Evidence) -> Reason:
    place, item = mark.place, mark.item
    if fold_name(item) not in after.items:
        text = f"{mark.name}: {mark.value}, which the rubric does not count any more"
        return Reason(ReasonKind.EVIDENCE_REMOVED, text, place, None, item)
    gap = _find_gap(mark, after)
    if gap is None or gap.column is None:
        return Reason(ReasonKind.EVIDENCE_REMOVED, f"{mark.name}: {mark.value} is gone", place, None, item)
    text = f"{mark.name}: {mark.value} → {gap.state}"
    return Reason(ReasonKind.EVIDENCE_REMOVED, text, place, _find_place(gap), item)


def _tell_added(mark: Mark, before: Evidence) -> Reason:
    place, item = mark.place, mark.item
    if fold_name(item) not in before.items:
        text = f"{mark.name}: {mark.value}, which the rubric counts now"
        return Reason(ReasonKind.EVIDENCE_ADDED, text, None, place, item)
    gap = _find_gap(mark, before)
    if gap is None or gap.column is None:
        return Reason(ReasonKind.EVIDENCE_ADDED, f"{mark.name}: {mark.value} is new", None, place, item)
    text = f"{mark.name}: {gap.state} → {mark.value}"
    return Reason(ReasonKind.EVIDENCE_ADDED, text, _find_place(gap), place, item)


def _find_gap(mark: Mark, other: Evidence) -> Gap | None:
    """Return what stands on the other side where the score does on this one."""
    key = _identify(mark)
    return next((gap for gap in other.absent if _fold(gap.item, gap.criterion) == key), None)


def _read_piece(piece: Piece) -> Mark:
    if piece.value is None:
        value = piece.word or ""
    else:
        value = write_number(piece.value)
        value += "" if piece.possible is None else f" of {write_number(piece.possible)}"
    return Mark(
        piece.item,
        piece.criterion,
        value,
        piece.date,
        piece.rater,
        piece.attempt,
        piece.source,
        piece.points,
        None,
        Place(piece.file, piece.row, piece.column),
    )


def _read_gap(gap: Gap) -> Mark:
    # Written as in the file, `3.0 of 4`; a piece has the numbers themselves.
    parts = (gap.value or "").split(" of ")
    value = " of ".join(write_number(Decimal(part)) if _NUMBER.fullmatch(part) else part for part in parts)
    return Mark(
        gap.item,
        gap.criterion,
        value,
        gap.date,
        gap.rater,
        gap.attempt,
        None,
        None,
        gap.state,
        _find_place(gap) or Place(""),
    )


def _find_place(gap: Gap) -> Place | None:
    return None if gap.file is None else Place(gap.file, gap.row, gap.column)
