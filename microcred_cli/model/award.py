"""The rule by which decisions become an award, and its three-valued evaluation.

A part of a rule is met, cannot be met any more, or is still open. What is open keeps the award
``incomplete`` only while it could still change the outcome (Kleene's strong three-valued logic,
S. C. Kleene, Introduction to Metamathematics, 1952, section 64). A list without parts is never met.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from microcred_cli.model.decision import Decision


class Award(StrEnum):
    """Whether a learner has earned the badge of a rubric."""

    EARNED = "earned"
    NOT_YET = "not-yet"
    INCOMPLETE = "incomplete"


class Shown(NamedTuple):
    """Met when the named sub-competency is shown; with ``source``, by the scores of that source alone."""

    subcompetency: str
    source: str | None = None

    def __str__(self) -> str:
        return self.subcompetency if self.source is None else f"{self.source}:{self.subcompetency}"


class Held(NamedTuple):
    """Met when the learner has the badge of the named rubric."""

    rubric: str

    def __str__(self) -> str:
        return f"{HELD}:{self.rubric}"


class AtLeast(NamedTuple):
    """Met when at least ``needed`` of ``parts`` are met. All and any are its two ends."""

    needed: int
    parts: "tuple[AwardRule, ...]"


class Points(NamedTuple):
    """Met when the parts that are shown give the points, and each of ``required`` is shown.

    The rule of Moodle (``competency_rule_points`` in moodle/moodle).
    """

    points: int
    parts: tuple[tuple[Shown, int], ...]
    required: tuple[Shown, ...] = ()


HELD = "held"
Leaf = Shown | Held
AwardRule = Leaf | AtLeast | Points


_NOTHING: Mapping[Any, Any] = {}


class Standing(NamedTuple):
    """What a learner has come to: decisions by sub-competency, those by one source alone, and badges.

    ``badges`` says by rubric id whether its badge is there, or will be; one that is not named is not held.
    What has no decision counts as not assessed.
    """

    decisions: Mapping[str, Decision]
    by_source: Mapping[tuple[str, str], Decision] = _NOTHING
    badges: Mapping[str, Award] = _NOTHING


def list_leaves(rule: AwardRule) -> Iterator[Leaf]:
    """Yield the sub-competencies and badges that a rule is made of, one as often as it is named."""
    match rule:
        case AtLeast(_, parts):
            for part in parts:
                yield from list_leaves(part)
        case Points(_, weighted, required):
            yield from (part for part, _ in weighted)
            yield from required
        case _:
            yield rule


def name_missing(rule: AwardRule, standing: Standing) -> Iterator[Leaf]:
    """Yield what could still be shown to meet the rule: nothing of a part that is met already."""
    if decide_award(rule, standing) is Award.EARNED:
        return
    match rule:
        case AtLeast(_, parts):
            for part in parts:
                yield from name_missing(part, standing)
        case Points():
            enough = _count_points(rule, standing, hopeful=False) >= rule.points
            named = rule.required if enough else (*(part for part, _ in rule.parts), *rule.required)
            for leaf in dict.fromkeys(named):
                yield from name_missing(leaf, standing)
        case _:
            yield rule


def decide_award(rule: AwardRule, standing: Standing) -> Award:
    """Return what a learner's standing comes to under the rule.

    No rule asks that something be *not* shown, so the two ends decide: what is open counted as not shown,
    and as shown.
    """
    if _is_met(rule, standing, hopeful=False):
        return Award.EARNED
    return Award.INCOMPLETE if _is_met(rule, standing, hopeful=True) else Award.NOT_YET


def _is_met(rule: AwardRule, standing: Standing, *, hopeful: bool) -> bool:
    match rule:
        case AtLeast(needed, parts):
            return sum(_is_met(part, standing, hopeful=hopeful) for part in parts) >= max(needed, 1)
        case Points(points, _, required):
            return _count_points(rule, standing, hopeful=hopeful) >= points and all(
                _is_met(part, standing, hopeful=hopeful) for part in required
            )
        case Held(rubric):
            award = standing.badges.get(rubric, Award.NOT_YET)
            return award is Award.EARNED or (hopeful and award is Award.INCOMPLETE)
        case Shown(name, source):
            decision = (
                standing.decisions.get(name) if source is None else standing.by_source.get((name, source))
            )
            return decision is Decision.SHOWN or (hopeful and decision is not Decision.NOT_YET)


def _count_points(rule: Points, standing: Standing, *, hopeful: bool) -> int:
    return sum(points for part, points in rule.parts if _is_met(part, standing, hopeful=hopeful))
