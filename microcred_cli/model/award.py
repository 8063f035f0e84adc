"""The rule by which decisions become an award, and its three-valued evaluation.

A part of a rule is met, cannot be met any more, or is still open. What is open keeps the award
``incomplete`` only while it could still change the outcome (Kleene's strong three-valued logic,
S. C. Kleene, Introduction to Metamathematics, 1952, section 64).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from microcred_cli.model.decision import Decision


class Award(StrEnum):
    """Whether a learner has earned the badge of a rubric."""

    EARNED = "earned"
    NOT_YET = "not-yet"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Shown:
    """Met when the named sub-competency is shown."""

    subcompetency: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Met when at least ``count`` of ``parts`` are met. All and any are its two ends."""

    count: int
    parts: "tuple[AwardRule, ...]"


AwardRule = Shown | AtLeast


def name_missing(rule: AwardRule, decisions: Mapping[str, Decision]) -> Iterator[str]:
    """Yield what could still be shown to meet the rule: nothing of a part that is met already."""
    if decide_award(rule, decisions) is Award.EARNED:
        return
    if isinstance(rule, Shown):
        yield rule.subcompetency
    else:
        for part in rule.parts:
            yield from name_missing(part, decisions)


def decide_award(rule: AwardRule, decisions: Mapping[str, Decision]) -> Award:
    """Return what the decisions (by sub-competency id) come to under the rule.

    A sub-competency without a decision counts as not assessed.
    """
    if isinstance(rule, Shown):
        match decisions.get(rule.subcompetency, Decision.NOT_ASSESSED):
            case Decision.SHOWN:
                return Award.EARNED
            case Decision.NOT_YET:
                return Award.NOT_YET
            case _:
                return Award.INCOMPLETE
    parts = [decide_award(part, decisions) for part in rule.parts]
    if parts.count(Award.EARNED) >= rule.count:
        return Award.EARNED
    if len(parts) - parts.count(Award.NOT_YET) < rule.count:
        return Award.NOT_YET
    return Award.INCOMPLETE
