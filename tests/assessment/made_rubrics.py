"""Rubrics drawn by hypothesis, as the YAML a user would write."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import yaml
from hypothesis import strategies as st

from tests.assessment.plain.records import Document

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


@dataclass(frozen=True, slots=True)
class Trait:
    """An item: its criteria, its points possible (none: level points), its own words for grades."""

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
    named: list[str] = []
    if trait.criteria:
        named = draw(st.lists(st.sampled_from(trait.criteria), unique=True, max_size=2))
    lines = []
    for criterion in named or [""]:
        line: dict[str, Any] = {"item": trait.item}
        if criterion:
            line["criterion"] = criterion
        if draw(st.booleans()) and trait.possible:
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
    if by in {"n-mastery", "mean-of-highest"} or (by == "drop-lowest" and draw(st.booleans())):
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
    held = st.builds(lambda rubric: {"held": rubric}, st.sampled_from(badges))
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
        held,
        st.builds(lambda badge, part: {"all": [badge, part]}, held, st.sampled_from(parts)),
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
    if draw(st.integers(0, 5)) == 5:
        document["compatibility"] = "canvas"
    return document


def make_document(
    decides: Sequence[Document],
    evidence: Sequence[Document],
    *,
    points: Sequence[int | Decimal] = (1, 2, 3, 4),
    shown: int = 2,
    **more: Any,
) -> Document:
    """Return a rubric that decides the same evidence in several ways, a sub-competency each (p0, p1)."""
    return {
        "format": "microcred/1",
        "id": "r",
        "version": "1.0.0",
        "title": "R",
        "levels": [
            {"id": name, "title": title, "points": at}
            for (name, title), at in zip(LEVELS, points, strict=False)
        ],
        "shown_at": LEVELS[shown][0],
        "subcompetencies": [
            {
                "id": f"p{number}",
                "title": "Part",
                "criteria": [{"id": "c", "title": "C"}],
                "evidence": list(evidence),
                "decide": decide,
            }
            for number, decide in enumerate(decides)
        ],
        **more,
    }


class _Writer(yaml.SafeDumper):
    """Writes decimals as numbers, and what is used twice out twice: rubrics have no aliases."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the signature of PyYAML
        return True


_Writer.add_representer(
    Decimal, lambda writer, value: writer.represent_scalar("tag:yaml.org,2002:float", f"{value:f}")
)


def write_document(document: Document) -> bytes:
    return yaml.dump(dict(document), Dumper=_Writer, sort_keys=False, allow_unicode=True).encode()
