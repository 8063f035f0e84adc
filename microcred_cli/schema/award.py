"""The structure of an award rule."""

from functools import lru_cache
from typing import Any

from microcred_cli.model.award import AtLeast, AwardRule, Held, Points, Shown
from microcred_cli.model.rubric import SOURCES
from microcred_cli.schema.forms import AWARD_POINTS, COUNT, PART_POINTS, SLUG, SUBCOMPETENCY_ID
from microcred_cli.schema.shapes import ByKey, ByKind, Field, ListOf, MapOf, Record, Reference
from microcred_cli.schema.values import Choice

AWARD_PART = ByKind(
    "a sub-competency or a rule", SUBCOMPETENCY_ID, Reference("award-rule", lambda: AWARD_RULE)
)
AWARD_PARTS = ListOf(AWARD_PART, "a list of sub-competencies and rules")
_SOURCE = Field(
    "source",
    Choice(SOURCES, "unknown-source", "source"),
    "Only what is shown by the scores of this source alone.",
)
_NOUN = "the award rule"
AWARD_RULE: ByKey = ByKey(
    _NOUN,
    {
        "all": Record(_NOUN, (Field("all", AWARD_PARTS, "Every one of these.", required=True), _SOURCE)),
        "any": Record(_NOUN, (Field("any", AWARD_PARTS, "One of these is enough.", required=True), _SOURCE)),
        "at_least": Record(
            _NOUN,
            (
                Field("at_least", COUNT, "How many of them are needed.", required=True),
                Field("of", AWARD_PARTS, "Of these; without it, of all sub-competencies."),
                _SOURCE,
            ),
        ),
        "points": Record(
            _NOUN,
            (
                Field("points", AWARD_POINTS, "How many points are needed.", required=True),
                Field(
                    "of",
                    MapOf(
                        SUBCOMPETENCY_ID, PART_POINTS, "a mapping from sub-competency to points", "listens"
                    ),
                    "What each sub-competency gives when it is shown.",
                    required=True,
                ),
                Field(
                    "required",
                    ListOf(SUBCOMPETENCY_ID, "a list of sub-competencies"),
                    "These must be shown as well.",
                ),
            ),
        ),
        "held": Record(_NOUN, (Field("held", SLUG, "The rubric whose badge is needed.", required=True),)),
    },
)
AWARD = ByKind(
    "`all`, `any` or a rule",
    Choice(("all", "any"), "unknown-award-rule", "award rule"),
    Reference("award-rule", lambda: AWARD_RULE),
)


def make_award(rule: Any, every: tuple[str, ...], source: str | None = None) -> AwardRule:
    """Turn the forms of a rule into those the logic knows; a source holds for what is inside."""
    if isinstance(rule, str):
        return AtLeast(len(every) if rule == "all" else 1, _show_every(every, None))
    if "held" in rule:
        return Held(rule["held"])
    source = rule.get("source", source)
    if "points" in rule:
        weighted = tuple((Shown(name, source), points) for name, points in rule["of"].items())
        required = tuple(Shown(name, source) for name in rule.get("required", ()))
        return Points(rule["points"], weighted, required)
    named: tuple[Any, ...] | None = next((rule[key] for key in ("all", "any", "of") if key in rule), None)
    if named is None:
        return AtLeast(rule["at_least"], _show_every(every, source))
    parts = tuple(
        Shown(part, source) if isinstance(part, str) else make_award(part, every, source) for part in named
    )
    return AtLeast(len(parts) if "all" in rule else rule.get("at_least", 1), parts)


@lru_cache(maxsize=8)
def _show_every(every: tuple[str, ...], source: str | None) -> tuple[Shown, ...]:
    """Return one list for all rules that mean everything: a hostile file may hold thousands of them."""
    return tuple(Shown(name, source) for name in every)
