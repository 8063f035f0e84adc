"""What a rubric says on every learner's page, worked out once for all learners."""

from collections.abc import Mapping
from dataclasses import dataclass

from microcred_cli.model.award_words import describe_rule
from microcred_cli.model.decision_words import describe_threshold
from microcred_cli.model.method_words import describe_method
from microcred_cli.model.rubric import Criterion, Level, Rubric, SubCompetency
from microcred_cli.reports.charts import Context
from microcred_cli.reports.palette import Shade, shade_levels

Standing = tuple[str, str | None]
"""A sub-competency's id and the id of the level reached in it; None: below the lowest; OPEN: undecided."""
OPEN = ""


@dataclass(frozen=True, slots=True)
class RubricSheet:
    """A rubric ready for pages.

    ``shades`` and ``titles`` are those of the levels, ``methods`` the methods in words. ``standings`` holds
    what describe_standings says and ``grid`` what draw_grid says, as finished pieces of a page.
    """

    rubric: Rubric
    heading: Context
    shades: dict[str, Shade]
    titles: dict[str, str]
    methods: dict[str, str]
    standings: Mapping[Standing, str]
    grid: str


def prepare_rubric(number: int, rubric: Rubric, standings: Mapping[Standing, str], grid: str) -> RubricSheet:
    """Return the sheet of the n-th rubric."""
    return RubricSheet(
        rubric=rubric,
        heading={
            "id": f"r{number}",
            "title": rubric.title,
            "version": rubric.version,
            "language": rubric.language,
            "summary": rubric.summary,
            "rule": describe_rule(rubric, rubric.award),
            "threshold": describe_threshold(rubric),
        },
        shades=shade_levels(rubric),
        titles={level.id: level.title for level in rubric.levels},
        methods={part.id: describe_method(rubric, part.decide) for part in rubric.subcompetencies},
        standings=standings,
        grid=grid,
    )


def describe_standings(rubric: Rubric) -> dict[Standing, Context]:
    """Return what each level reached means: the ladder of levels, and each criterion's descriptors."""
    standings: dict[Standing, Context] = {}
    for part in rubric.subcompetencies:
        for reached in range(-1, len(rubric.levels)):
            level = rubric.levels[reached].id if reached >= 0 else None
            standings[part.id, level] = {
                "ladder": _describe_ladder(rubric, reached),
                "criteria": _describe_criteria(rubric, part, reached),
            }
        # Who has not been assessed wants to know what is asked for, not what the lowest level looks like.
        asked = rubric.level(rubric.shown_at)
        standings[part.id, OPEN] = {
            "ladder": _describe_ladder(rubric, -1),
            "criteria": [
                {"title": each.title, "reached": None, "next": None, "asked": _describe_level(each, asked)}
                for each in part.criteria
            ],
        }
    return standings


def _describe_ladder(rubric: Rubric, reached: int) -> list[Context]:
    return [
        {
            "title": level.title,
            "reached": index == reached,
            "below": index < reached,
            "threshold": level.id == rubric.shown_at,
        }
        for index, level in enumerate(rubric.levels)
    ]


def _describe_criteria(rubric: Rubric, subcompetency: SubCompetency, reached: int) -> list[Context]:
    levels = rubric.levels
    this = levels[reached] if reached >= 0 else None
    following = levels[reached + 1] if reached + 1 < len(levels) else None
    return [
        {
            "title": criterion.title,
            "reached": _describe_level(criterion, this),
            "next": _describe_level(criterion, following),
            "asked": None,
        }
        for criterion in subcompetency.criteria
    ]


def _describe_level(criterion: Criterion, level: Level | None) -> Context | None:
    if level is None:
        return None
    text = criterion.descriptors.get(level.id, "The rubric does not describe this level.")
    return {"level": level.title, "text": text}
