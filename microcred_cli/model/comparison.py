"""What differs between two assessments, and why."""

from dataclasses import dataclass, field
from enum import StrEnum

from microcred_cli.model.place import Place
from microcred_cli.model.results import AwardRow, DecisionRow


class ChangeKind(StrEnum):
    """The most that has changed of a decision: itself, else its level, else only its score."""

    DECISION = "decision"
    LEVEL = "level"
    SCORE = "score"


class ReasonKind(StrEnum):
    """What a change comes from."""

    EVIDENCE_ADDED = "evidence added"
    EVIDENCE_REMOVED = "evidence removed"
    EVIDENCE_CHANGED = "evidence changed"
    SET_ASIDE = "set aside"
    COUNTED = "counted"
    CONVERSION = "conversion"
    RUBRIC = "rubric"
    OVERRIDE = "override"
    DAY = "day"
    DECISION = "decision"
    BADGE = "badge"
    TOOL = "tool"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason in words, and the cells it speaks of, before and after.

    ``item`` is the evidence item, where it is about one.
    """

    kind: ReasonKind
    text: str
    before: Place | None = None
    after: Place | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class DecisionChange:
    """One learner, one sub-competency: the decision before and after."""

    kind: ChangeKind
    before: DecisionRow
    after: DecisionRow
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class OverruledChange:
    """One learner, one sub-competency: a person's decision stands, and the method's beneath it changes.

    ``standing`` is the person's decision now; ``before`` and ``after`` are what the method says. The first
    reason is what the person decided.
    """

    standing: DecisionRow
    before: DecisionRow
    after: DecisionRow
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class AwardChange:
    """One learner, one rubric: the award before and after."""

    before: AwardRow
    after: AwardRow
    reasons: tuple[Reason, ...] = ()


class Aspect(StrEnum):
    """What of a rubric a change is about, as far as decisions and awards depend on it."""

    LEVELS = "levels"
    THRESHOLD = "threshold"
    PRECISION = "precision"
    METHOD = "method"
    NEEDS = "needs"
    POLICY = "policy"
    CONVERSION = "conversion"
    WEIGHT = "weight"
    ITEMS = "items"
    ORDER = "order"
    AWARD = "award"


@dataclass(frozen=True, slots=True)
class RuleChange:
    """A change in a rubric, in words; of one sub-competency and evidence item, or (None) of all."""

    aspect: Aspect
    text: str
    subcompetency: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class RubricChange:
    """A rubric that both sides have: its versions, and what differs that can change a decision or award."""

    id: str
    title: str
    before: str
    after: str
    rules: tuple[RuleChange, ...] = ()


@dataclass(frozen=True, slots=True)
class OneSided:
    """What only one of the two has: keys of learners, ids of rubrics, and rubric with sub-competency.

    ``left_out`` are the keys of learners whom this one left out, whatever the other one did.
    """

    learners: tuple[str, ...] = ()
    rubrics: tuple[str, ...] = ()
    subcompetencies: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of the decisions and awards that both sides have.

    ``decisions`` and ``awards`` count what was compared. ``changes`` begin with changes of decisions, then
    come those of levels, then of scores. ``overruled`` are changes that a person's decision hides.
    """

    learners: int
    decisions: int
    awards: int
    changes: tuple[DecisionChange, ...]
    award_changes: tuple[AwardChange, ...]
    rubrics: tuple[RubricChange, ...]
    overruled: tuple[OverruledChange, ...] = ()
    only_before: OneSided = field(default_factory=OneSided)
    only_after: OneSided = field(default_factory=OneSided)

    @property
    def has_consequences(self) -> bool:
        """Whether a decision or an award changes."""
        decided = any(change.kind is ChangeKind.DECISION for change in self.changes)
        return decided or bool(self.award_changes)
