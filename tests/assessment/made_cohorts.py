"""Cohorts drawn by hypothesis: rubrics as the YAML and gradebooks as the long table a user would write.

A row of the table is drawn as two whole numbers, one for what (item and cell) and one for under which
circumstances (date, attempt, rater, source, late), so that thousands of rows stay cheap to draw and shrink
to the first of everything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.assessment.plain.learners import Learner
from tests.assessment.plain.records import Document, Row, Rubric, read_document
from tests.assessment.plain.scores import fold, read_moment, subtract_duration

METHODS = (
    "highest",
    "latest",
    "average",
    "weighted-average",
    "decaying-average",
    "n-mastery",
    "most-common",
    "mean-of-highest",
    "drop-lowest",
    "median",
    "power-law",
)
SOURCES = ("instructor", "learner", "employer")
NO_SCORES = ("", "EX", "N/A", "ungraded", "missing")
LEVELS = (
    ("beginning", "Beginning work"),
    ("developing", "Developing"),
    ("proficient", "Proficient"),
    ("exemplary", "Exemplary"),
    ("beyond", "Beyond"),
)
WITHIN = ("30 days", "3 weeks", "1 month", "6 months", "1 year", "2 years")
ITEMS = ("Team charter", "Sprint review", "Essay", "Quiz 1")
CRITERIA = ("Clear writing", "Use of sources")
PARTS = ("listens", "gives-feedback", "shared-goals", "resolves-conflict", "keeps-promises")
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
    """Rubrics and a gradebook; ``learners`` is everyone for the plain evaluator, which has begun to decide them.

    What of it a failure shows is left to ``describe``: it is long.
    """

    documents: tuple[Document, ...] = field(repr=False)
    rows: tuple[Row, ...] = field(repr=False)
    as_of: date
    learners: Mapping[str, Learner] = field(repr=False)

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


class _Writer(yaml.SafeDumper):
    """Writes decimals as numbers, and what is used twice out twice: rubrics have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature of PyYAML
        return True


_Writer.add_representer(
    Decimal, lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")
)


def write_document(document: Document) -> bytes:
    return yaml.dump(dict(document), Dumper=_Writer, sort_keys=False, allow_unicode=True).encode()


# --- what a cohort's items are like, the same for all of its rubrics ---


@dataclass(frozen=True, slots=True)
class Trait:
    """An item: its criteria, the points possible of its rows (none: level points), its own words for grades."""

    item: str
    criteria: tuple[str, ...]
    possible: tuple[str, ...]
    words: tuple[str, ...]


def draw_traits() -> st.SearchStrategy[list[Trait]]:
    return st.tuples(
        *(
            st.builds(
                Trait,
                st.just(item),
                st.sampled_from([(), (), (), CRITERIA]),
                st.sampled_from([(), ("4",), ("10",), ("3",), ("100",), ("7", "12.5")]),
                st.sampled_from([(), (), ("A", "B+", "Pass"), ("Proficient", "A")]),
            )
            for item in ITEMS
        )
    ).map(list)


# --- rubrics ---


@st.composite
def draw_levels(draw: st.DrawFn) -> list[dict[str, Any]]:
    first = draw(st.sampled_from(["1", "0", "0.5", "2"]))
    steps = draw(
        st.lists(st.sampled_from(["1", "0.5", "1.5", "2.5", "0.75", "3", "10"]), min_size=2, max_size=4)
    )
    points = [Decimal(first)]
    for step in steps:
        points.append(points[-1] + Decimal(step))
    return [
        {"id": name, "title": title, "points": _shorten(at)}
        for (name, title), at in zip(LEVELS, points, strict=False)
    ]


def _shorten(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


@st.composite
def draw_evidence(draw: st.DrawFn, trait: Trait, levels: Sequence[str], by: str) -> list[dict[str, Any]]:
    """Draw the lines for one item: one for all its criteria, or one a criterion named."""
    named = draw(st.lists(st.sampled_from(trait.criteria), unique=True, max_size=2)) if trait.criteria else []
    lines = []
    for criterion in named or [None]:
        line: dict[str, Any] = {"item": trait.item}
        if criterion is not None:
            line["criterion"] = criterion
        if trait.possible and draw(st.booleans()):
            chosen = sorted(draw(st.sets(st.integers(0, len(levels) - 1), min_size=1)))
            cuts = sorted(draw(st.sets(CUTS, min_size=len(chosen), max_size=len(chosen))))
            line["cuts"] = {levels[at]: f"{cut}%" for at, cut in zip(chosen, cuts, strict=True)}
        if trait.words:
            line["grades"] = {word: draw(st.sampled_from(levels)) for word in trait.words}
        if draw(st.integers(0, 7)) == 7:
            line["source"] = draw(st.sampled_from(SOURCES))
        if by == "average" and draw(st.booleans()):
            line["weight"] = draw(st.sampled_from([2, 3, Decimal("0.5"), Decimal("0.001"), 7]))
        lines.append(line)
    return lines


CUTS = st.sampled_from(
    [Decimal(cut) for cut in ("50", "25", "33.3333", "66.6667", "70", "85.5", "90", "100")]
)


@st.composite
def draw_decide(draw: st.DrawFn, levels: Sequence[str]) -> dict[str, Any]:
    by = draw(st.sampled_from(METHODS))
    decide: dict[str, Any] = {"by": by}
    if by == "n-mastery" or by == "mean-of-highest":  # noqa: PLR1714 - the two that must be told n
        decide["n"] = draw(SMALL_N)
    elif by == "drop-lowest" and draw(st.booleans()):
        decide["n"] = draw(SMALL_N)
    elif by in {"weighted-average", "decaying-average"} and draw(st.booleans()):
        least = 1 if by == "weighted-average" else 50
        decide["latest"] = f"{draw(st.integers(least, 99))}%"
    needed = draw(st.integers(0, 6))
    if needed == 1:
        decide["at_least"] = draw(st.integers(1, 3))
    elif needed in {2, 3}:
        names = st.sampled_from(["raters", "pieces", "items", "raters", *SOURCES])
        decide["at_least"] = draw(st.dictionaries(names, st.integers(1, 2), min_size=1, max_size=3))
    if draw(st.booleans()):
        decide["attempts"] = draw(st.sampled_from(["latest", "best", "all"]))
    if draw(st.integers(0, 5)) == 5:
        decide["within"] = draw(st.sampled_from(WITHIN))
    late = draw(st.integers(0, 4))
    if late > 1:
        decide["late"] = draw(
            st.sampled_from(["leave-out", "count", {"at_most": draw(st.sampled_from(levels))}])
        )
    return decide


SMALL_N = st.one_of(st.integers(1, 3), st.integers(1, 10))


def draw_rule(parts: Sequence[str], badges: Sequence[str], depth: int) -> st.SearchStrategy[Any]:
    """Draw an award rule as users write it, rules in it ``depth`` deep."""
    leaf: st.SearchStrategy[Any] = st.sampled_from(parts)
    if depth:
        leaf = st.one_of(leaf, leaf, draw_rule(parts, badges, depth - 1))
    several = st.lists(leaf, min_size=1, max_size=3)
    source = st.fixed_dictionaries({}, optional={"source": st.sampled_from(SOURCES)})
    points = st.dictionaries(st.sampled_from(parts), st.sampled_from([4, 1, 0, 3]), min_size=1, max_size=4)
    rules = [
        st.builds(lambda named, more: {"all": named, **more}, several, source),
        st.builds(lambda named, more: {"any": named, **more}, several, source),
        st.builds(
            lambda named, count, more: {"at_least": min(count, len(named)), "of": named, **more},
            several,
            st.integers(1, 3),
            source,
        ),
        st.builds(
            lambda count, more: {"at_least": min(count, len(parts)), **more}, st.integers(1, 5), source
        ),
        st.builds(
            lambda of, least, required: {
                "points": max(1, min(least, sum(of.values()))),
                "of": of,
                **({"required": required} if required else {}),
            },
            points,
            st.integers(1, 9),
            st.lists(st.sampled_from(parts), unique=True, max_size=2),
        ),
        st.builds(lambda rubric: {"held": rubric}, st.sampled_from(badges)),
    ]
    return st.one_of(rules)


@st.composite
def draw_document(draw: st.DrawFn, number: int, traits: Sequence[Trait], badges: Sequence[str]) -> Document:
    levels = draw(draw_levels())
    ids = [level["id"] for level in levels]
    document: dict[str, Any] = {
        "format": "microcred/1",
        "id": f"rubric-{number}",
        "version": "1.0.0",
        "title": f"Rubric {number}",
        "levels": levels,
        "shown_at": draw(st.sampled_from([*ids[1:], ids[1], ids[1]])),
    }
    if draw(st.booleans()):
        document["precision"] = draw(st.integers(0, 4))
    document["subcompetencies"] = []
    for name in PARTS[: draw(st.integers(1, len(PARTS)))]:
        decide = draw(draw_decide(ids))
        used = draw(st.lists(st.sampled_from(traits), unique=True, min_size=1, max_size=4))
        part = {
            "id": name,
            "title": name.title(),
            "criteria": [{"id": "c", "title": "C"}],
            "evidence": [line for trait in used for line in draw(draw_evidence(trait, ids, decide["by"]))],
            "decide": decide,
        }
        if decide == {"by": "highest"}:
            del part["decide"]
        document["subcompetencies"].append(part)
    named = [part["id"] for part in document["subcompetencies"]]
    award = draw(st.one_of(st.sampled_from(["all", "any", None]), *[draw_rule(named, badges, 2)] * 4))
    if award is not None:
        document["award"] = award
    if draw(st.integers(0, 7)) == 7:
        document["compatibility"] = "canvas"
    return document


# --- gradebooks ---


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
                st.sampled_from([_write(at) for at in (*known, *near) if 0 <= at <= bound]),
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
        badges = [OUTSIDE, *(document["id"] for document in documents)]
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
    badges = st.sampled_from([OUTSIDE, *(document["id"] for document in documents)])
    held = draw(st.sets(st.tuples(st.integers(0, len(drawn) - 1).map(name_learner), badges), max_size=9))
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
