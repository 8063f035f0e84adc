"""A rubric, as every command sees it once its file has been read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from microcred_cli.model.award import AwardRule
from microcred_cli.model.method import Method

SOURCES = ("instructor", "learner", "employer")
"""Who may give evidence."""


@dataclass(frozen=True, slots=True)
class Level:
    """A performance level and the points it stands for."""

    id: str
    title: str
    points: Decimal


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something to look at, with what each level (by id) looks like."""

    id: str
    title: str
    descriptors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceItem:
    """An assignment whose scores count.

    ``cuts`` maps level ids to the least share of the points possible, in percent. ``criterion`` is
    the criterion's text in the export, ``source`` who must have given the score.
    """

    item: str
    criterion: str | None = None
    cuts: Mapping[str, Decimal] = field(default_factory=dict)
    source: str | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class MethodChoice:
    """The method of a sub-competency with its parameters; ``latest`` in percent."""

    by: Method = Method.HIGHEST
    latest: Decimal | None = None
    n: int | None = None
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class SubCompetency:
    """A part of the competency that is decided on its own."""

    id: str
    title: str
    criteria: tuple[Criterion, ...]
    evidence: tuple[EvidenceItem, ...]
    decide: MethodChoice = field(default_factory=MethodChoice)


@dataclass(frozen=True, slots=True)
class Alignment:
    """A skill of a public framework that the badge speaks of."""

    framework: str
    name: str
    url: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class BadgeDetails:
    """What the badge says beside the rubric; ``expires_after`` as written, such as ``3 years``."""

    name: str
    description: str | None = None
    image: str | None = None
    tags: tuple[str, ...] = ()
    alignment: tuple[Alignment, ...] = ()
    expires_after: str | None = None


@dataclass(frozen=True, slots=True)
class Rubric:
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
