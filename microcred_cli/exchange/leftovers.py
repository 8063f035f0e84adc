"""What of a rubric another tool has no place for."""

from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import NamedTuple

from microcred_cli.exchange.draft import Loss
from microcred_cli.exchange.drafting import FIRST_VERSION
from microcred_cli.model.award import AtLeast, Shown
from microcred_cli.model.rubric import MethodChoice, Rubric
from microcred_cli.schema.rubric import PRECISION

_USUAL_LANGUAGE = "en"


class Aspect(StrEnum):
    """What another tool may have a place for."""

    SUMMARY = "summary"
    VERSION = "version"
    LANGUAGE = "language"
    POINTS = "points"
    THRESHOLD = "threshold"
    CRITERIA = "criteria"
    DESCRIPTORS = "descriptors"
    EVIDENCE = "evidence"
    METHODS = "methods"
    PRECISION = "precision"
    AWARD = "award"
    BADGE = "badge"


class _Leftover(NamedTuple):
    """Whether a rubric has something of an aspect, and what it is called when it is lost."""

    is_there: Callable[[Rubric], bool]
    message: Callable[[Rubric], str]


_LEFTOVERS = {
    Aspect.SUMMARY: _Leftover(lambda rubric: rubric.summary is not None, lambda _: "the summary"),
    Aspect.VERSION: _Leftover(
        lambda rubric: rubric.version != FIRST_VERSION, lambda rubric: f"the version {rubric.version}"
    ),
    Aspect.LANGUAGE: _Leftover(
        lambda rubric: rubric.language != _USUAL_LANGUAGE, lambda rubric: f"the language {rubric.language}"
    ),
    Aspect.POINTS: _Leftover(
        lambda rubric: [level.points for level in rubric.levels] != list(range(1, len(rubric.levels) + 1)),
        lambda _: "the levels' points: there they count 1, 2, 3 and so on",
    ),
    Aspect.THRESHOLD: _Leftover(
        lambda _: True,
        lambda rubric: f"that a sub-competency is shown from “{rubric.level(rubric.shown_at).title}” up",
    ),
    Aspect.CRITERIA: _Leftover(
        lambda rubric: any(len(part.criteria) > 1 for part in rubric.subcompetencies),
        lambda rubric: f"{_count_crowded(rubric)}: they stand in one description",
    ),
    Aspect.DESCRIPTORS: _Leftover(
        lambda rubric: any(each.descriptors for part in rubric.subcompetencies for each in part.criteria),
        lambda _: "the descriptors: what each criterion looks like at each level",
    ),
    Aspect.EVIDENCE: _Leftover(
        lambda rubric: any(part.evidence for part in rubric.subcompetencies),
        lambda _: "the evidence: which assignments count, and from where each level is reached",
    ),
    Aspect.METHODS: _Leftover(
        lambda rubric: (
            rubric.compatibility is not None
            or any(part.decide != MethodChoice() for part in rubric.subcompetencies)
        ),
        lambda _: "by which method scores become one, and how much evidence is needed",
    ),
    Aspect.PRECISION: _Leftover(
        lambda rubric: rubric.precision != PRECISION,
        lambda rubric: f"the precision of {rubric.precision} decimals",
    ),
    Aspect.AWARD: _Leftover(
        lambda rubric: not wants_all(rubric),
        lambda _: "the award rule: what has to be shown to earn the badge",
    ),
    Aspect.BADGE: _Leftover(
        lambda rubric: rubric.badge is not None, lambda _: "what the badge says beside the rubric"
    ),
}


def list_leftovers(rubric: Rubric, *kept: Aspect) -> Iterator[Loss]:
    """Yield what the rubric has of all aspects but those that the other tool keeps, each once."""
    for aspect, leftover in _LEFTOVERS.items():
        if aspect not in kept and leftover.is_there(rubric):
            yield Loss(leftover.message(rubric))


def cut_title(title: str, longest: int) -> str:
    """Return the title, or as much of it as another tool takes, with an ellipsis."""
    return title if len(title) <= longest else f"{title[: longest - 1].rstrip()}…"


def list_cut_titles(rubric: Rubric, longest: int, system: str) -> Iterator[Loss]:
    """Yield the titles of the rubric and its sub-competencies that are too long for the other tool."""
    for title in (rubric.title, *(part.title for part in rubric.subcompetencies)):
        if len(title) > longest:
            cut = cut_title(title, longest)
            yield Loss(f"the end of the title “{cut}”: {system} takes {longest} characters")


def wants_all(rubric: Rubric) -> bool:
    """Return whether the award is for showing every sub-competency."""
    every = tuple(Shown(part.id) for part in rubric.subcompetencies)
    return rubric.award == AtLeast(len(every), every)


def _count_crowded(rubric: Rubric) -> str:
    crowded = [part for part in rubric.subcompetencies if len(part.criteria) > 1]
    if len(crowded) == 1:
        return f"that “{crowded[0].title}” has {len(crowded[0].criteria)} criteria"
    return f"that {len(crowded)} sub-competencies have several criteria"
