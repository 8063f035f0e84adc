"""How far raters agree on evidence that more than one of them marked."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from microcred_cli.model.decision import Decision
from microcred_cli.model.place import Place
from microcred_cli.model.rubric import Rubric, SubCompetency


class Unmeasured(StrEnum):
    """Why there is no figure."""

    TOO_FEW = "too few pieces"
    ONE_LEVEL = "one level only"
    DIFFERENT_SCALES = "different scales"


@dataclass(frozen=True, slots=True)
class Interval:
    """A 95 % confidence interval."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and its interval; None where nothing tells how far the figure could vary."""

    value: float
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The figures of a group of doubly marked pieces.

    ``percent`` and ``adjacent`` are shares from 0 to 1: of equal marks, and of marks at most one level apart.
    """

    pieces: int
    percent: Estimate | Unmeasured
    adjacent: Estimate | Unmeasured
    kappa: Estimate | Unmeasured
    fleiss: Estimate | Unmeasured
    ac2: Estimate | Unmeasured
    alpha: Estimate | Unmeasured


@dataclass(frozen=True, slots=True)
class Mark:
    """A rater's mark: its points, and its level counted from 1, the lowest; 0 is below it."""

    rater: str
    rank: int
    points: Decimal
    date: str | None
    place: Place


@dataclass(frozen=True, slots=True)
class MarkedPiece:
    """A piece of evidence for one sub-competency with the marks of two or more raters, first mark first.

    ``agreed`` is what moderation came to; it is none of the marks.
    """

    learner: str
    rubric: str
    subcompetency: str
    item: str
    criterion: str | None
    attempt: int | None
    marks: tuple[Mark, ...]
    agreed: Mark | None = None

    @property
    def distance(self) -> int:
        """How many levels the highest mark is above the lowest."""
        ranks = [mark.rank for mark in self.marks]
        return max(ranks) - min(ranks)

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the marks stand: the same for a piece that counts toward several sub-competencies."""
        return tuple(mark.place for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Flip:
    """A decision that depends on whose mark counts."""

    learner: str
    rubric: str
    subcompetency: str
    first: Decision
    second: Decision


@dataclass(frozen=True, slots=True)
class RubricAgreement:
    """The figures of a rubric and of each of its sub-competencies."""

    rubric: Rubric
    agreement: Agreement
    parts: tuple[tuple[SubCompetency, Agreement], ...]


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """Everything that was measured.

    ``columns`` are the two raters that Cohen's kappa compares; None when there are more, and it compares
    first and second marks. ``decisions`` counts those that rest on a doubly marked piece, ``undecided`` those
    of them for which there is too little evidence by either mark alone.
    """

    raters: tuple[str, ...]
    columns: tuple[str, str] | None
    pieces: tuple[MarkedPiece, ...]
    over_all: Agreement
    rubrics: tuple[RubricAgreement, ...]
    decisions: int
    undecided: int
    flips: tuple[Flip, ...]

    @property
    def disagreements(self) -> tuple[MarkedPiece, ...]:
        """The pieces for moderation: with marks two or more levels apart."""
        return tuple(piece for piece in self.pieces if piece.distance > 1)

    @property
    def open_disagreements(self) -> tuple[MarkedPiece, ...]:
        """Those of them that have no agreed mark yet."""
        return tuple(piece for piece in self.disagreements if piece.agreed is None)
