"""Cohorts drawn by hypothesis: rubrics, and a gradebook as the long table a user would write.

A row of the table is drawn as two whole numbers, one for what (item and cell) and one for under which
circumstances (date, attempt, rater, source, late), so that thousands of rows stay cheap to draw and shrink
to the first of everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from tests.assessment.made_rubrics import (
    ITEMS,
    LEVELS,
    SOURCES,
    Trait,
    draw_document,
    draw_traits,
    write_document,
)
from tests.assessment.plain.learners import Learner
from tests.assessment.plain.records import Document, Row, read_document
from tests.assessment.plain.scores import fold, read_moment, subtract_duration

NO_SCORES = ("", "EX", "N/A", "ungraded", "missing")
FILLER = "nobody"
"""A learner without a score who has a row for every item, so that no item is missing from the gradebook."""
OUTSIDE = "first-aid"
"""A rubric that is not in the assessment; its badge is held or not."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place a row can be for: an item, a criterion or none, the points possible, the cells there may be."""

    item: str
    criterion: str
    possible: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cohort:
    """Rubrics and a gradebook, and ``learners``: everyone for the plain evaluator, which has begun to decide.

    What of it a failure shows is left to ``describe``: it is long.
    """

    documents: tuple[Document, ...] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    as_of: date
    learners: Mapping[str, Learner] = field(repr=False)

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: object) -> None:
        """Be short where hypothesis prints what failed."""
        printer.text(repr(self))

    def describe(self, name: str) -> str:
        """Return what one learner's decisions rest on, as the user wrote it."""
        learner = self.learners[name]
        rubrics = [data.decode() for data in self.write_rubrics()]
        return "\n".join([*rubrics, f"held: {sorted(learner.held)}", write_rows(learner.rows)])

    def write_rubrics(self) -> list[bytes]:
        return [write_document(document) for document in self.documents]

    def write_table(self) -> bytes:
        return write_rows(self.rows).encode()


def write_rows(rows: Sequence[Row]) -> str:
    """Return the long table; no cell drawn here needs quotes."""
    names = [each.name for each in fields(Row)]
    lines = [",".join(getattr(row, name) for name in names) for row in rows]
    return "\n".join([",".join(names), *lines, ""])


@st.composite
def draw_slots(draw: st.DrawFn, traits: Sequence[Trait], documents: Sequence[Document]) -> list[Slot]:
    """Draw for every place of a row the few cells that its rows have, so that equal ones happen."""
    slots = []
    points = sorted({Decimal(level["points"]) for document in documents for level in document["levels"]})
    top = min(Decimal(document["levels"][-1]["points"]) for document in documents)
    common = min(len(document["levels"]) for document in documents)
    words = [word for pair in LEVELS[:common] for word in (pair[0], pair[1].upper())]
    for trait in traits:
        for possible in trait.possible or ("",):
            bound = Decimal(possible) * 6 / 5 if possible else top
            known = [at for at in points if at <= top]
            if possible:
                cuts = [Decimal(cut) / 100 for cut in ("50", "66.6667", "70", "25")]
                known = [Decimal(possible) * share for share in (*cuts, Decimal("0.75"), Decimal(1))]
            near = [at + shift for at in known for shift in NEAR]
            cell = st.one_of(
                st.sampled_from([_write(at) for at in (*known, *near) if -1 <= at <= bound]),
                st.integers(0, int(bound * 2)).map(lambda half: _write(Decimal(half) / 2)),
                st.decimals(0, bound, places=2, allow_nan=False).map(_write),
                st.sampled_from([*trait.words, *words]),
            )
            cells = draw(st.lists(cell, min_size=3, max_size=7))
            slots += [
                Slot(trait.item, criterion, possible, (*cells, draw(st.sampled_from(NO_SCORES))))
                for criterion in (*trait.criteria, "")
            ]
    return slots


NEAR = tuple(map(Decimal, ("-0.5", "-0.005", "-0.0049", "-0.000000001", "0.005", "0.5")))


def _write(value: Decimal) -> str:
    return f"{round(value, 9).normalize():f}"


def list_dates(as_of: date, within: Sequence[str]) -> list[str]:
    """Return dates to write, few, so that equal ones happen: none, and around the ends of the durations."""
    dates = [
        "",
        as_of.isoformat(),
        f"{as_of - timedelta(days=9)}T10:00Z",
        f"{as_of - timedelta(days=9)}T12:00+02:00",
    ]
    for duration in within:
        end = subtract_duration(as_of, duration)
        dates += [end.isoformat(), f"{end - timedelta(days=1)}T23:59:59Z"]
    return dates


ATTEMPTS = ("", "1", "2", "3")
RATERS = ("", "Kim", "Lee", "", "Kim", "agreed")
LATE = ("", "yes", "no")
DAYS = [date(2026, 11, 26), date(2026, 3, 1), date(2028, 2, 29), date(2026, 3, 31)]


@st.composite
def draw_cohorts(draw: st.DrawFn, *, learners: tuple[int, int], ordered: bool = True) -> Cohort:
    """Draw one to three rubrics and a gradebook.

    With ``ordered``, a row is left out when nothing orders it and another though a decision needs it.
    """
    traits = draw(draw_traits())[: draw(st.integers(1, len(ITEMS)))]
    documents: list[Document] = []
    for number in range(draw(st.integers(1, 3))):
        badges = [*(document["id"] for document in documents), OUTSIDE]
        documents.append(draw(draw_document(number, traits, badges)))
    slots = draw(draw_slots(traits, documents))
    as_of = draw(st.sampled_from(DAYS))
    dates = list_dates(as_of, list_durations(documents))
    what = st.integers(0, len(slots) * max(len(slot.cells) for slot in slots) - 1)
    how = st.integers(0, len(dates) * len(ATTEMPTS) * len(RATERS) * (len(SOURCES) + 1) * len(LATE) - 1)
    drawn = draw(
        st.lists(
            st.lists(st.tuples(what, how), min_size=4, max_size=16),
            min_size=learners[0],
            max_size=learners[1],
        )
    )
    badge = st.sampled_from([OUTSIDE, *(document["id"] for document in documents)])
    held = draw(st.sets(st.tuples(st.integers(0, len(drawn) - 1).map(name_learner), badge), max_size=9))
    rubrics = [read_document(document) for document in documents]
    fillers = list(dict.fromkeys(Row(FILLER, slot.item, "EX", criterion=slot.criterion) for slot in slots))
    everyone = {FILLER: Learner(rubrics, fillers, as_of)}
    for number, numbers in enumerate(drawn):
        name = name_learner(number)
        rows = [Row(name, traits[0].item), *(make_row(name, slots, dates, *pair) for pair in numbers)]
        badges_held = frozenset(rubric for who, rubric in held if who == name)
        learner = Learner(rubrics, drop_repeated(rows), as_of, badges_held)
        everyone[name] = leave_out_unordered(learner) if ordered else learner
    table = [row for learner in everyone.values() for row in learner.rows]
    if draw(st.booleans()):
        documents.reverse()
        table.reverse()
    return Cohort(tuple(documents), tuple(table), as_of, everyone)


def name_learner(number: int) -> str:
    return f"s{number:03}"


def list_durations(documents: Sequence[Document]) -> list[str]:
    """Return the durations that the rubrics name, two at most, so that dates stay few."""
    decisions = (part.get("decide", {}) for document in documents for part in document["subcompetencies"])
    return sorted({decide["within"] for decide in decisions if "within" in decide})[:2]


def make_row(learner: str, slots: Sequence[Slot], dates: Sequence[str], what: int, how: int) -> Row:
    """Return the row that two numbers stand for."""
    what, slot_number = divmod(what, len(slots))
    slot = slots[slot_number]
    how, date_number = divmod(how, len(dates))
    how, attempt = divmod(how, len(ATTEMPTS))
    how, rater = divmod(how, len(RATERS))
    late, source = divmod(how, len(SOURCES) + 1)
    return Row(
        learner,
        slot.item.lower() if how % 7 == 6 else slot.item,
        slot.cells[what % len(slot.cells)],
        slot.possible,
        dates[date_number],
        RATERS[rater],
        ("", *SOURCES)[source],
        slot.criterion,
        ATTEMPTS[attempt],
        LATE[late],
    )


def drop_repeated(rows: Sequence[Row]) -> list[Row]:
    """Leave out what would be the same score of the same learner twice, also once its source is filled in."""
    kept: list[Row] = []
    for row in rows:
        twin = any(
            identify(row) == identify(other)
            and (row.source == other.source or not row.source or not other.source)
            for other in kept
        )
        if not twin:
            kept.append(row)
    return kept


def identify(row: Row) -> tuple[object, ...]:
    return fold(row.item), row.criterion, row.rater, read_moment(row.date), row.attempt


def leave_out_unordered(learner: Learner) -> Learner:
    """Leave out rows until everything that needs an order has one."""
    while (pair := next(chain(learner.list_unordered(), learner.list_arbitrary()), None)) is not None:
        rows = [row for row in learner.rows if row != pair[1]]
        learner = Learner(learner.rubrics, rows, learner.as_of, learner.held)
    return learner
