"""A rubric, as every command sees it once its file has been read."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from microcred_cli.model.award import AwardRule
from microcred_cli.model.method import SPECIFICATIONS, Method

SOURCES = ("instructor", "learner", "employer")
"""Who may give evidence."""

_NOTHING: Mapping[str, Any] = {}


class Level(NamedTuple):
    """A performance level and the points it stands for."""

    id: str
    title: str
    points: Decimal


class Criterion(NamedTuple):
    """Something to look at, with what each level (by id) looks like."""

    id: str
    title: str
    descriptors: Mapping[str, str] = _NOTHING


class EvidenceItem(NamedTuple):
    """An assignment whose scores count.

    ``cuts`` maps level ids to the least share of the points possible, in percent; ``grades`` words of the
    gradebook to level ids. ``criterion`` is the criterion's text in the export, ``source`` who must have
    given the score.
    """

    item: str
    criterion: str | None = None
    cuts: Mapping[str, Decimal] = _NOTHING
    source: str | None = None
    weight: Decimal | None = None
    grades: Mapping[str, str] = _NOTHING


class Needs(NamedTuple):
    """The evidence a decision needs: scores, different items, different named raters, scores by source."""

    pieces: int = 1
    items: int = 1
    raters: int = 0
    sources: Mapping[str, int] = _NOTHING


class Attempts(StrEnum):
    """Which attempts at an item count."""

    ALL = "all"
    LATEST = "latest"
    BEST = "best"


class Late(StrEnum):
    """Whether late work counts."""

    COUNT = "count"
    LEAVE_OUT = "leave-out"


class Lateness(NamedTuple):
    """What late work is worth: all, nothing, or at most the points of a level (by id)."""

    policy: Late = Late.COUNT
    at_most: str | None = None


class Compatibility(StrEnum):
    """Another system whose decisions a rubric's are to equal."""

    CANVAS = "canvas"


class MethodChoice(NamedTuple):
    """The method of a sub-competency with its parameters, and which scores it takes.

    ``latest`` is in percent; ``within`` a duration as written, such as ``2 years``.
    """

    by: Method = Method.HIGHEST
    latest: Decimal | None = None
    n: int | None = None
    at_least: Needs = Needs()
    within: str | None = None
    late: Lateness = Lateness()
    attempts: Attempts = Attempts.ALL

    @property
    def fewest(self) -> int:
        """With fewer scores than these nothing is decided."""
        specification = SPECIFICATIONS[self.by]
        by_n = 1 if specification.beyond_n is None else (self.n or 0) + specification.beyond_n
        return max(self.at_least.pieces, self.at_least.items, specification.fewest, by_n)


class SubCompetency(NamedTuple):
    """A part of the competency that is decided on its own."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]
    evidence: tuple[EvidenceItem, ...]
    decide: MethodChoice = MethodChoice()


class Alignment(NamedTuple):
    """A skill of a public framework that the badge speaks of."""

    framework: str
    name: str
    url: str
    code: str | None = None


class EuropeanElements(NamedTuple):
    """What the European approach to micro-credentials wants told beside the rubric (2022/C 243/02, Annex I).

    ``countries`` and regions are codes of ISO 3166; ``workload`` is as written, such as ``1 ECTS``, and so is
    ``level``, such as ``EQF 5``.
    """

    countries: tuple[str, ...] = ()
    workload: str | None = None
    level: str | None = None
    assessment: str | None = None
    participation: str | None = None
    quality_assurance: str | None = None
    prerequisites: str | None = None
    supervision: str | None = None
    stackability: str | None = None


class BadgeDetails(NamedTuple):
    """What the badge says beside the rubric; ``expires_after`` as written, such as ``3 years``."""

    name: str
    description: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    alignment: tuple[Alignment, ...] = ()
    expires_after: str | None = None
    european: EuropeanElements | None = None


class Rubric(NamedTuple):
    """A rubric: levels from lowest to highest, sub-competencies, and the rule of the award."""

    id: str
    version: str
    title: str
    levels: tuple[Level, ...]
    shown_at: str
    subcompetencies: tuple[SubCompetency, ...]
    award: AwardRule
    summary: str | None = None
    language: str = "en"
    precision: int = 2
    badge: BadgeDetails | None = None
    compatibility: Compatibility | None = None

    def level(self, level_id: str) -> Level:
        """Return the level of that id; KeyError when there is none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    def subcompetency(self, subcompetency_id: str) -> SubCompetency:
        """Return the sub-competency of that id; KeyError when there is none."""
        for subcompetency in self.subcompetencies:
            if subcompetency.id == subcompetency_id:
                return subcompetency
        raise KeyError(subcompetency_id)
