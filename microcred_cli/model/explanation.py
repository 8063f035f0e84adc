"""Everything that is known of a decision and of an award, side by side, as it was stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from microcred_cli.model.award import Leaf
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.override import Overruled, restore_method
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece, SourceDecision
from microcred_cli.model.rubric import EvidenceItem, Level, MethodChoice, Rubric, SubCompetency


class Order(StrEnum):
    """What put scores into their order.

    ``SOME_DATES``: some have a date, the others stand before them; ``DATES_AND_LIST``: where dates are
    equal, the rubric's list of evidence; ``LIST``: nothing but that list.
    """

    SINGLE = "one score"
    DATES = "dates"
    SOME_DATES = "dates, undated first"
    DATES_AND_LIST = "dates, then the list of evidence"
    ATTEMPTS = "attempts"
    LIST = "the list of evidence"


@dataclass(frozen=True, slots=True)
class CountedScore:
    """A score that counted and the evidence item of the rubric that it is for."""

    piece: Piece
    evidence: EvidenceItem


@dataclass(frozen=True, slots=True)
class Enough:
    """How many further scores, and at which level, would make a sub-competency shown.

    ``level`` None: not so many, at any level. ``sources``: who would have to give the first of them.
    """

    more: int
    level: Level | None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision with all it rests on.

    ``order`` is that of all scores, ``newest_by`` what tells the last of them from the one before. ``steps``
    are the values of the deciding query by name; ``as_of`` the day from which ``within`` counts back.
    ``enough`` is None where nothing was supposed.
    """

    rubric: Rubric
    subcompetency: SubCompetency
    decision: DecisionRow
    scores: tuple[CountedScore, ...] = ()
    set_aside: tuple[Gap, ...] = ()
    absent: tuple[Gap, ...] = ()
    steps: Mapping[str, Decimal] = field(default_factory=dict)
    order: Order = Order.SINGLE
    newest_by: Order = Order.SINGLE
    by_source: tuple[SourceDecision, ...] = ()
    overruled: Overruled | None = None
    as_of: str | None = None
    enough: Enough | None = None

    @property
    def choice(self) -> MethodChoice:
        """The method with its parameters and policies."""
        return self.subcompetency.decide

    @property
    def by_method(self) -> DecisionRow:
        """The decision as the method says it, also where a person decided otherwise."""
        return restore_method(self.decision, self.overruled)


@dataclass(frozen=True, slots=True)
class AwardPart:
    """A sub-competency or badge that an award asks for, and what the learner has come to in it.

    ``decision`` is a Decision, or ``held`` or ``not held`` of a badge; ``by_source`` is there where the
    award looks at one source alone. ``missing``: the award lacks it.
    """

    leaf: Leaf
    decision: str
    met: bool
    missing: bool
    by_source: SourceDecision | None = None


@dataclass(frozen=True, slots=True)
class AwardExplanation:
    """A learner's award under one rubric, its parts, and the decisions, in the order of the rubric."""

    rubric: Rubric
    award: AwardRow
    parts: tuple[AwardPart, ...]
    decisions: tuple[Explanation, ...]


@dataclass(frozen=True, slots=True)
class LearnerExplanation:
    """A learner and, for each rubric, the award and the decisions."""

    learner: Learner
    awards: tuple[AwardExplanation, ...]
