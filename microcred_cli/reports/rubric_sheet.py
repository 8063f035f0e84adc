"""What a rubric says on every learner's page, worked out once for all learners."""

from dataclasses import dataclass

from microcred_cli.model.rubric import Criterion, Level, Rubric, SubCompetency
from microcred_cli.reports.charts import Context
from microcred_cli.reports.palette import Shade, shade_levels
from microcred_cli.reports.wording import describe_method, describe_rule, describe_threshold


@dataclass(frozen=True, slots=True)
class Standing:
    """What a level reached means: each criterion's descriptors, and the ladder of levels."""

    criteria: list[Context]
    ladder: list[Context]


@dataclass(frozen=True, slots=True)
class RubricSheet:
    """A rubric ready for pages.

    ``standings`` holds, for each sub-competency's id and level's id (None: no level), what to print;
    ``methods`` the methods in words.
    """

    rubric: Rubric
    anchor: str
    shades: dict[str, Shade]
    titles: dict[str, str]
    methods: dict[str, str]
    standings: dict[tuple[str, str | None], Standing]
    heading: Context


def prepare_rubric(number: int, rubric: Rubric) -> RubricSheet:
    """Return the sheet of the n-th rubric."""
    reachable: list[int] = [*range(-1, len(rubric.levels))]
    return RubricSheet(
        rubric=rubric,
        anchor=f"r{number}",
        shades=shade_levels(rubric),
        titles={level.id: level.title for level in rubric.levels},
        methods={part.id: describe_method(part.decide) for part in rubric.subcompetencies},
        standings={
            (part.id, rubric.levels[index].id if index >= 0 else None): _describe_standing(rubric, part, index)
            for part in rubric.subcompetencies
            for index in reachable
        },
        heading={
            "id": f"r{number}",
            "title": rubric.title,
            "version": rubric.version,
            "language": rubric.language,
            "summary": rubric.summary,
            "rule": describe_rule(rubric, rubric.award),
            "threshold": describe_threshold(rubric),
        },
    )


def _describe_standing(rubric: Rubric, subcompetency: SubCompetency, reached: int) -> Standing:
    levels = rubric.levels
    this = levels[reached] if reached >= 0 else None
    following = levels[reached + 1] if reached + 1 < len(levels) else None
    criteria: list[Context] = [
        {
            "title": criterion.title,
            "reached": _describe_level(criterion, this),
            "next": _describe_level(criterion, following),
        }
        for criterion in subcompetency.criteria
    ]
    ladder: list[Context] = [
        {
            "title": level.title,
            "reached": index == reached,
            "below": index < reached,
            "threshold": level.id == rubric.shown_at,
        }
        for index, level in enumerate(levels)
    ]
    return Standing(criteria, ladder)


def _describe_level(criterion: Criterion, level: Level | None) -> Context | None:
    if level is None:
        return None
    text = criterion.descriptors.get(level.id, "The rubric does not describe this level.")
    return {"level": level.title, "text": text}
