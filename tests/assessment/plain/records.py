"""A rubric and the rows of a long table, as their user wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Document = Mapping[str, Any]
"""What the YAML of a rubric holds: mappings, lists, text and numbers."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a long table, every cell as text."""

    learner: str
    item: str
    score: str = ""
    possible: str = ""
    date: str = ""
    rater: str = ""
    source: str = ""
    criterion: str = ""
    attempt: str = ""
    late: str = ""


@dataclass(frozen=True, slots=True)
class Level:
    id: str
    title: str
    points: Fraction


@dataclass(frozen=True, slots=True)
class Evidence:
    """A line of the list of evidence; ``cuts`` from level id to a share, ``grades`` from word to level id."""

    item: str
    criterion: str | None
    source: str | None
    weight: Fraction
    cuts: Mapping[str, Fraction]
    grades: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """A sub-competency: what it takes, and ``decide`` with everything that was left out filled in."""

    id: str
    evidence: tuple[Evidence, ...]
    by: str
    latest: Fraction
    n: int
    at_least: Mapping[str, int]
    attempts: str
    within: str | None
    late: str
    late_at_most: str | None


@dataclass(frozen=True, slots=True)
class Rubric:
    """``award`` is kept in the form the user wrote it in."""

    id: str
    levels: tuple[Level, ...]
    shown_at: str
    precision: int
    parts: tuple[Part, ...]
    award: Any
    canvas: bool

    def points(self, level_id: str) -> Fraction:
        return next(level.points for level in self.levels if level.id == level_id)


def read_document(document: Document) -> Rubric:
    """Return the rubric with the values that docs/deciding.md gives for what is left out."""
    return Rubric(
        id=document["id"],
        levels=tuple(
            Level(level["id"], level["title"], Fraction(level["points"])) for level in document["levels"]
        ),
        shown_at=document["shown_at"],
        precision=document.get("precision", 2),
        parts=tuple(_read_part(part) for part in document["subcompetencies"]),
        award=document.get("award", "all"),
        canvas=document.get("compatibility") == "canvas",
    )


def _read_part(part: Document) -> Part:
    decide = part.get("decide", {"by": "highest"})
    needed = decide.get("at_least", 1)
    late = decide.get("late", "count")
    return Part(
        id=part["id"],
        evidence=tuple(_read_evidence(line) for line in part["evidence"]),
        by=decide["by"],
        latest=_read_percent(decide.get("latest", "65%")),
        n=decide.get("n", 1),
        at_least=needed if isinstance(needed, Mapping) else {"pieces": needed},
        attempts=decide.get("attempts", "all"),
        within=decide.get("within"),
        late=late if isinstance(late, str) else "at-most",
        late_at_most=None if isinstance(late, str) else late["at_most"],
    )


def _read_evidence(line: Document) -> Evidence:
    return Evidence(
        item=line["item"],
        criterion=line.get("criterion"),
        source=line.get("source"),
        weight=Fraction(line.get("weight", 1)),
        cuts={level: _read_percent(cut) for level, cut in line.get("cuts", {}).items()},
        grades=line.get("grades", {}),
    )


def _read_percent(text: str) -> Fraction:
    return Fraction(text.removesuffix("%")) / 100
