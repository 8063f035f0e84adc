"""What a badge is about: a rubric, as the context of ``achievement.json.j2``."""

from microcred_cli.model.rubric import Criterion, Level, Rubric, SubCompetency

Context = dict[str, object]


def name_badge(rubric: Rubric) -> str:
    """Return the name the badge of a rubric bears."""
    return rubric.title if rubric.badge is None else rubric.badge.name


def name_result(achievement: str, subcompetency: str) -> str:
    """Return the id of what an achievement says of a sub-competency."""
    return f"{achievement}#{subcompetency}"


def name_level(achievement: str, subcompetency: str, level: str) -> str:
    """Return the id of a level of a sub-competency."""
    return f"{name_result(achievement, subcompetency)}/{level}"


def describe_achievement(rubric: Rubric, identifier: str, image: str | None) -> Context:
    """Return the context of an achievement: the rubric's levels, criteria and alignment.

    ``identifier`` is a URI without a fragment, the same for all learners; ``image`` a ``data:`` URI. Every
    node gets an id made from it, so that the canonical form has no blank nodes to label.
    """
    badge = rubric.badge
    return {
        "id": identifier,
        "name": name_badge(rubric),
        "description": _describe(rubric),
        "version": rubric.version,
        "language": rubric.language,
        "tags": [] if badge is None else list(badge.tags),
        "image": image,
        "alignment": [
            {
                "id": f"{identifier}#alignment/{number}",
                "name": each.name,
                "url": each.url,
                "code": each.code,
                "framework": each.framework,
            }
            for number, each in enumerate(() if badge is None else badge.alignment, start=1)
        ],
        "subcompetencies": [_describe_part(rubric, part, identifier) for part in rubric.subcompetencies],
    }


def _describe(rubric: Rubric) -> str:
    """Return the description that Open Badges asks for: what the rubric says, or else what it consists of."""
    written = None if rubric.badge is None else rubric.badge.description
    return written or rubric.summary or "; ".join(part.title for part in rubric.subcompetencies)


def _describe_part(rubric: Rubric, part: SubCompetency, identifier: str) -> Context:
    return {
        "id": name_result(identifier, part.id),
        "title": part.title,
        "required": name_level(identifier, part.id, rubric.shown_at),
        "levels": [
            {
                "id": name_level(identifier, part.id, level.id),
                "title": level.title,
                "level": level.id,
                # Array order is not signed: the points say which level is higher.
                "points": f"{level.points.normalize():f}",
                "description": _join_descriptors(part.criteria, level),
            }
            for level in rubric.levels
        ],
    }


def _join_descriptors(criteria: tuple[Criterion, ...], level: Level) -> str:
    """Return what a level looks like: every criterion's descriptor, under its title if there are several."""
    described = [
        (each.title, each.descriptors[level.id]) for each in criteria if level.id in each.descriptors
    ]
    if len(criteria) == 1:
        return "".join(descriptor for _, descriptor in described)
    return "\n".join(f"{title}: {descriptor}" for title, descriptor in described)
