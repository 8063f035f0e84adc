"""Which scores of a learner count for a sub-competency, and the order they came in."""

import calendar
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cache
from itertools import pairwise

from tests.assessment.plain.points import NINE, convert_cell, is_score, round_half_away
from tests.assessment.plain.records import Part, Row, Rubric

AGREED = "agreed"
OLDEST = -(10**12)
"""Before every date, in seconds since 1970: the undated."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A score on its way to counting; ``place`` is that of its line in the list of evidence."""

    row: Row
    place: int
    weight: Fraction
    points: Fraction
    source: str
    attempt: int
    at: int

    @property
    def item(self) -> str:
        return fold(self.row.item)

    @property
    def criterion(self) -> str:
        return fold(self.row.criterion)

    @property
    def rater(self) -> str:
        return fold(self.row.rater)

    @property
    def order(self) -> tuple[int, int, int]:
        """By date, then by the list of evidence, then by attempt."""
        return self.at, self.place, self.attempt


@dataclass(frozen=True, slots=True)
class Chosen:
    """The marks that count, oldest first, and those set aside with the reason.

    Of the two ``tied`` one has replaced the other, and nothing says which should have.
    """

    marks: tuple[Mark, ...]
    aside: tuple[tuple[Mark, str], ...]
    tied: tuple[Mark, Mark] | None = None


@cache
def fold(name: str) -> str:
    return " ".join(name.split()).casefold()


def read_moment(text: str) -> int:
    """Return seconds since 1970; a date alone is its midnight, without a zone it is in UTC."""
    if not text:
        return OLDEST
    moment = datetime.fromisoformat(text)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())


def choose_scores(rubric: Rubric, part: Part, rows: Iterable[Row], as_of: date) -> Chosen:
    """Take one learner's rows through the six rules of "Which scores count", in their order."""
    marks, aside = _match_rows(rubric, part, rows)
    rules: list[tuple[str, Callable[[Sequence[Mark]], list[Mark]]]]
    if rubric.canvas:
        rules = [("replaced", _keep_newest_for_canvas)]
    else:
        rules = [("agreed mark stands", _let_agreed_stand), ("replaced", _keep_newest)]
    if part.within is not None:
        earliest = subtract_duration(as_of, part.within)
        rules.append(("no date", lambda left: [mark for mark in left if mark.at != OLDEST]))
        rules.append(("too old", lambda left: [mark for mark in left if _day(mark) >= earliest]))
    if part.late == "leave-out":
        rules.append(("late", lambda left: [mark for mark in left if not _is_late(mark)]))
    if not rubric.canvas:
        most = None if part.late_at_most is None else rubric.points(part.late_at_most)
        rules.append(("other attempt", lambda left: _choose_attempts(left, part.attempts, most)))
    tied = None
    for reason, keep in rules:
        if reason == "replaced":
            tied = _find_tied(marks, canvas=rubric.canvas)
        kept = keep(marks)
        aside += [(mark, reason) for mark in marks if mark not in kept]
        marks = kept
    if part.late_at_most is not None:
        most = rubric.points(part.late_at_most)
        marks = [replace(mark, points=min(mark.points, most)) if _is_late(mark) else mark for mark in marks]
    return Chosen(tuple(sorted(marks, key=lambda mark: mark.order)), tuple(aside), tied)


def _match_rows(rubric: Rubric, part: Part, rows: Iterable[Row]) -> tuple[list[Mark], list[tuple[Mark, str]]]:
    """Return the scores that are evidence for the part, and those of another source."""
    marks, aside = [], []
    for row in rows:
        for place, line in enumerate(part.evidence):
            if fold(line.item) != fold(row.item) or not is_score(row):
                continue
            if fold(line.criterion or "") != fold(row.criterion):
                continue
            source = row.source.casefold() or line.source or ""
            points = convert_cell(row, line, rubric)
            attempt = int(row.attempt) if row.attempt else -1
            mark = Mark(row, place, line.weight, points, source, attempt, read_moment(row.date))
            if line.source is not None and source != line.source:
                aside.append((mark, "other source"))
            else:
                marks.append(mark)
    return marks, aside


def _group(marks: Sequence[Mark], key: Callable[[Mark], Hashable]) -> list[list[Mark]]:
    groups: dict[Hashable, list[Mark]] = {}
    for mark in marks:
        groups.setdefault(key(mark), []).append(mark)
    return list(groups.values())


def weigh(mark: Mark) -> tuple[Fraction, bool]:
    """Return what it is of a score that a decision can depend on, beside when it was given."""
    return mark.points, _is_late(mark)


def name_marking(mark: Mark) -> Hashable:
    """Return what several raters mark at once: a criterion of an attempt, for a source."""
    return mark.item, mark.criterion, mark.attempt, mark.source


def _let_agreed_stand(marks: Sequence[Mark]) -> list[Mark]:
    kept = []
    for group in _group(marks, name_marking):
        agreed = [mark for mark in group if mark.rater == AGREED]
        kept += agreed or group
    return kept


def _name_score(mark: Mark) -> Hashable:
    return mark.item, mark.criterion, mark.attempt, mark.rater, mark.source


def _name_canvas_score(mark: Mark) -> Hashable:
    return mark.item, mark.criterion, mark.source


def _keep_newest(marks: Sequence[Mark]) -> list[Mark]:
    return [max(group, key=lambda mark: mark.order) for group in _group(marks, _name_score)]


def _keep_newest_for_canvas(marks: Sequence[Mark]) -> list[Mark]:
    return [max(group, key=lambda mark: mark.order) for group in _group(marks, _name_canvas_score)]


def _find_tied(marks: Sequence[Mark], *, canvas: bool) -> tuple[Mark, Mark] | None:
    """Return two scores of which one replaces the other though both are the newest; unlike ones first."""
    pairs = [
        pair
        for group in _group(marks, _name_canvas_score if canvas else _name_score)
        for pair in pairwise(mark for mark in group if mark.order == max(each.order for each in group))
    ]
    return min(pairs, key=lambda pair: weigh(pair[0]) == weigh(pair[1]), default=None)


def _choose_attempts(marks: Sequence[Mark], policy: str, late_most: Fraction | None) -> list[Mark]:
    if policy == "all":
        return list(marks)
    kept: list[Mark] = []
    for work in _group(marks, lambda mark: (mark.item, mark.criterion, mark.source)):
        attempts = {group[0].attempt: group for group in _group(work, lambda mark: mark.attempt)}
        best = max(attempts, key=lambda number: (_mean(attempts[number], late_most), number))
        kept += attempts[max(attempts) if policy == "latest" else best]
    return kept


def _mean(marks: Sequence[Mark], late_most: Fraction | None) -> Fraction:
    """Return the mean of what the marks are worth, to nine decimals; late ones at most so much."""
    worth = (
        min(mark.points, late_most) if late_most is not None and _is_late(mark) else mark.points
        for mark in marks
    )
    return round_half_away(sum(worth, Fraction(0)) / len(marks), NINE)


def _is_late(mark: Mark) -> bool:
    return mark.row.late == "yes"


def _day(mark: Mark) -> date:
    return datetime.fromtimestamp(mark.at, UTC).date()


def subtract_duration(day: date, duration: str) -> date:
    """Go back by the calendar; a day that the month does not have is its last."""
    count, unit = duration.split(" ")
    number = int(count)
    match unit.removesuffix("s"):
        case "day":
            return day - timedelta(days=number)
        case "week":
            return day - timedelta(days=7 * number)
        case "year":
            number *= 12
    months = day.year * 12 + day.month - 1 - number
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
