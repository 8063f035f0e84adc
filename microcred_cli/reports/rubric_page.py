"""A rubric as a page to print and hand around."""

from collections.abc import Iterator

from microcred_cli.model.award_words import describe_rule
from microcred_cli.model.decision_words import describe_threshold
from microcred_cli.model.evidence_words import describe_evidence
from microcred_cli.model.method_words import describe_method
from microcred_cli.model.number_words import write_number
from microcred_cli.model.rubric import BadgeDetails, Rubric, SubCompetency
from microcred_cli.reports.charts import Context
from microcred_cli.reports.palette import shade_levels

_EUROPEAN = {
    "workload": "Workload",
    "level": "Level",
    "assessment": "Assessment",
    "participation": "Participation",
    "prerequisites": "Prerequisites",
    "supervision": "Supervision",
    "quality_assurance": "Quality assurance",
    "stackability": "Stackability",
}


def describe_page(rubric: Rubric, tool_version: str, style: str) -> Context:
    """Return the page's context; ``style`` is the finished style sheet.

    Where every sub-competency has one criterion, they stand in one table, else in one each.
    """
    is_single = all(len(part.criteria) == 1 for part in rubric.subcompetencies)
    return {
        "language": rubric.language,
        "title": rubric.title,
        "summary": rubric.summary,
        "id": rubric.id,
        "version": rubric.version,
        "rule": describe_rule(rubric, rubric.award),
        "threshold": describe_threshold(rubric),
        "levels": _list_levels(rubric),
        "single": is_single,
        "table": [row for part in rubric.subcompetencies for row in _list_rows(rubric, part, is_single=True)],
        "parts": [
            _describe_part(rubric, number, part)
            for number, part in enumerate(rubric.subcompetencies, start=1)
        ],
        "badge": None if rubric.badge is None else _describe_badge(rubric.badge),
        "tool_version": tool_version,
        "style": style,
    }


def _list_levels(rubric: Rubric) -> list[Context]:
    shades = shade_levels(rubric)
    ids = [level.id for level in rubric.levels]
    return [
        {
            "title": level.title,
            "points": write_number(level.points),
            "unit": "point" if level.points == 1 else "points",
            "shade": shades[level.id].name,
            "threshold": level.id == rubric.shown_at,
            "shown": place >= ids.index(rubric.shown_at),
        }
        for place, level in enumerate(rubric.levels)
    ]


def _describe_part(rubric: Rubric, number: int, part: SubCompetency) -> Context:
    return {
        "id": f"part-{number}",
        "title": part.title,
        "rows": _list_rows(rubric, part, is_single=False),
        "evidence": [describe_evidence(rubric, item) for item in part.evidence],
        "method": describe_method(rubric, part.decide),
    }


def _list_rows(rubric: Rubric, part: SubCompetency, *, is_single: bool) -> list[Context]:
    """Return a row for each criterion; the only one of a sub-competency stands below its title."""
    return [
        {
            "title": part.title if is_single else criterion.title,
            "below": criterion.title if is_single and criterion.title != part.title else None,
            "cells": [
                {
                    "level": level.title,
                    "shown": level.id == rubric.shown_at,
                    "text": criterion.descriptors.get(level.id),
                }
                for level in rubric.levels
            ],
        }
        for criterion in part.criteria
    ]


def _describe_badge(badge: BadgeDetails) -> Context:
    return {
        "name": badge.name,
        "description": badge.description,
        "facts": [{"label": label, "value": value} for label, value in _list_facts(badge)],
        "skills": [
            {"framework": each.framework, "name": each.name, "code": each.code, "url": each.url}
            for each in badge.alignment
        ],
    }


def _list_facts(badge: BadgeDetails) -> Iterator[tuple[str, str]]:
    if badge.expires_after is not None:
        yield "Valid for", badge.expires_after
    if badge.european is not None:
        if badge.european.countries:
            yield "Country", ", ".join(badge.european.countries)
        for key, label in _EUROPEAN.items():
            value = getattr(badge.european, key)
            if value is not None:
                yield label, value
    if badge.tags:
        yield "Tags", ", ".join(badge.tags)
