"""What the deciding query yields: decisions, awards, the pieces of evidence they rest on, and gaps."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from microcred_cli.model.decision import Decision

BY_METHOD = "method"


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One learner, one sub-competency: the decision and the numbers it was read from.

    ``score`` is in level points, already rounded; ``level`` is the id of the level it reaches. Both
    are None while there is too little evidence; ``level`` also below the lowest level's points.
    ``decided_by`` is ``method``, or the person who overruled it.
    """

    learner: str
    rubric: str
    version: str
    subcompetency: str
    decision: Decision
    level: str | None
    score: Decimal | None
    pieces: int
    method: str
    decided_by: str = BY_METHOD
    reason: str = ""

    @property
    def counts_for_every_source(self) -> bool:
        """Whether an award that asks for one source goes by this decision instead of that source's scores.

        Who says that it is not shown means every source; who says that it is does not stand in for an
        employer, say, who has not seen it.
        """
        return self.decided_by != BY_METHOD and self.decision is not Decision.SHOWN


@dataclass(frozen=True, slots=True)
class AwardRow:
    """One learner, one rubric: the award, what was shown and what is missing of it."""

    learner: str
    rubric: str
    version: str
    award: str
    shown: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SourceDecision:
    """What a sub-competency would be, decided by the scores of one source alone; an award asked for it."""

    learner: str
    rubric: str
    subcompetency: str
    source: str
    decision: Decision
    level: str | None
    score: Decimal | None
    pieces: int


@dataclass(frozen=True, slots=True)
class Step:
    """A value on the way from the scores to the result, by name, as the deciding query worked it out."""

    learner: str
    rubric: str
    subcompetency: str
    step: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Piece:
    """One score that counted: what it was, what it became, and the cell it came from.

    ``nth`` is its place in the order of the scores, 1 the oldest; ``value`` as it stood in the file, or
    ``word`` where it was in words; ``points`` the same in level points, to nine decimals; ``weight`` None
    where the rubric gives none. ``factor`` is what the method multiplies the points by (0: the score is left
    out), None where it has no such factors. ``uncut``: the points before late work was cut to a level.
    """

    learner: str
    rubric: str
    subcompetency: str
    nth: int
    item: str
    criterion: str | None
    value: Decimal | None
    possible: Decimal | None
    conversion: str
    points: Decimal
    date: str | None
    rater: str | None
    source: str | None
    attempt: int | None
    file: str
    row: int
    column: int
    weight: Decimal | None = None
    word: str | None = None
    factor: Decimal | None = None
    uncut: Decimal | None = None


class SetAside(StrEnum):
    """Why a score does not count."""

    OTHER_SOURCE = "other source"
    AGREED = "agreed mark stands"
    REPLACED = "replaced"
    OTHER_ATTEMPT = "other attempt"
    TOO_OLD = "too old"
    NO_DATE = "no date"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Gap:
    """A score that does not count, or an evidence item without a score, and why.

    ``state`` is a SetAside, or one of the cell states other than score; ``value`` what the score was, a
    number or a word. The place is None when there is no cell.
    """

    learner: str
    rubric: str
    subcompetency: str
    item: str
    criterion: str | None
    state: str
    file: str | None = None
    row: int | None = None
    column: int | None = None
    value: str | None = None
    date: str | None = None
    rater: str | None = None
    attempt: int | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A problem for which nothing was decided about a learner, and where it stands."""

    learner: str
    file: str
    row: int | None
    column: int | None
    message: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge that a learner held when it was decided, by the id of its rubric; some award asks for it."""

    learner: str
    rubric: str
