"""What the deciding query yields: decisions, awards, the pieces of evidence they rest on, and gaps."""

from dataclasses import dataclass
from decimal import Decimal

from microcred_cli.model.decision import Decision


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One learner, one sub-competency: the decision and the numbers it was read from.

    ``score`` is in level points, already rounded; ``level`` is the id of the level it reaches. Both
    are None while there is too little evidence; ``level`` also below the lowest level's points.
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
    decided_by: str = "method"
    reason: str = ""


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
class Piece:
    """One score that counted: what it was, what it became, and the cell it came from.

    ``nth`` is its place in the order of the scores, 1 the oldest; ``value`` as it stood in the file;
    ``points`` the same in level points, to nine decimals; ``weight`` None where the rubric gives none.
    """

    learner: str
    rubric: str
    subcompetency: str
    nth: int
    item: str
    criterion: str | None
    value: Decimal
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


OTHER_SOURCE = "other source"


@dataclass(frozen=True, slots=True)
class Gap:
    """An evidence item that gave a learner no score, and what its cell says instead.

    ``state`` is one of the cell states other than score, or ``other source`` where there is a score but not
    from whom the rubric asks; the place is None when there is no cell.
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
