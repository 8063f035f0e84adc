"""What a batch would make public, field by field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from microcred_cli.workflows.plan_badges import Plan, PlannedBadge


@dataclass(frozen=True, slots=True)
class PublicField:
    """A place in the badges of a rubric, what the first of them says there, and whether all say the same."""

    place: str
    value: str
    same: bool


def list_fields(plan: Plan) -> dict[str, tuple[PublicField, ...]]:
    """Return by rubric id every field of its badges; fields that only some of them have come last."""
    rubrics: dict[str, list[PlannedBadge]] = {}
    for badge in plan.badges:
        rubrics.setdefault(badge.record.rubric, []).append(badge)
    return {rubric: _compare(badges) for rubric, badges in rubrics.items()}


def _compare(badges: list[PlannedBadge]) -> tuple[PublicField, ...]:
    documents = [dict(_flatten(badge.document, "")) for badge in badges]
    places = dict.fromkeys(place for document in documents for place in document)
    fields = []
    for place in places:
        values = [document.get(place) for document in documents]
        first = next(value for value in values if value is not None)
        fields.append(PublicField(place, first, all(value == first for value in values)))
    return tuple(fields)


def _flatten(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _flatten(each, f"{place}.{key}" if place else key)
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _flatten(each, f"{place}[{index}]")
    else:
        yield place, str(value)
