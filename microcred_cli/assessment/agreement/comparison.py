"""Doubly marked pieces on the levels of their rubrics."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from microcred_cli.assessment.agreement.marks import DoubleMarking
from microcred_cli.assessment.matching import Cell
from microcred_cli.model.agreement import Flip, Mark, MarkedPiece
from microcred_cli.model.decision import Decision
from microcred_cli.model.place import Place
from microcred_cli.model.results import DecisionRow, Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.names import fold_name

Points = Mapping[tuple[Place, str, str], Piece]
"""By place, rubric and sub-competency: what a mark became."""


def compare_marks(
    rubrics: Sequence[Rubric], markings: Sequence[DoubleMarking], pieces: Sequence[Piece]
) -> tuple[MarkedPiece, ...]:
    """Return the doubly marked pieces of every sub-competency, with their marks as levels.

    ``pieces``: what became of each mark by itself (see ``isolate_marks``). A mark that is no evidence for the
    sub-competency is left out, and so is a piece that has not two marks any more.
    """
    points = {
        (Place(piece.file, piece.row, piece.column), piece.rubric, piece.subcompetency): piece
        for piece in pieces
    }
    compared = (
        _compare_piece(marking, points, rubric, part.id)
        for rubric in rubrics
        for part in rubric.subcompetencies
        for marking in markings
    )
    return tuple(piece for piece in compared if piece is not None)


def _compare_piece(
    marking: DoubleMarking, points: Points, rubric: Rubric, subcompetency: str
) -> MarkedPiece | None:
    def find(cell: Cell | None) -> Piece | None:
        return None if cell is None else points.get((cell.place, rubric.id, subcompetency))

    found = [piece for cell in marking.marks if (piece := find(cell)) is not None]
    if len(found) < 2:  # noqa: PLR2004 - one mark agrees with nothing
        return None
    agreed = find(marking.agreed)
    return MarkedPiece(
        marking.marks[0].score.learner,
        rubric.id,
        subcompetency,
        found[0].item,
        found[0].criterion,
        found[0].attempt,
        tuple(_read_mark(piece, rubric) for piece in found),
        None if agreed is None else _read_mark(agreed, rubric),
    )


def _read_mark(piece: Piece, rubric: Rubric) -> Mark:
    # That work was late is no part of what a rater thinks of it.
    points = piece.points if piece.uncut is None else piece.uncut
    place = Place(piece.file, piece.row, piece.column)
    return Mark(piece.rater or "", rank_points(points, rubric), points, piece.date, place)


def rank_points(points: Decimal, rubric: Rubric) -> int:
    """Return how many levels are reached: 0 below the lowest. Points are rounded as those of a result are."""
    rounded = points.quantize(Decimal(1).scaleb(-rubric.precision), ROUND_HALF_UP)
    return sum(level.points <= rounded for level in rubric.levels)


def name_raters(pieces: Sequence[MarkedPiece]) -> tuple[str, ...]:
    """Return the raters of the marks, each once, sorted; of several spellings the first in the alphabet."""
    names: dict[str, str] = {}
    for mark in (mark for piece in pieces for mark in piece.marks):
        folded = fold_name(mark.rater)
        names[folded] = min(mark.rater, names.get(folded, mark.rater))
    return tuple(name for _, name in sorted(names.items()))


def find_flips(
    pieces: Sequence[MarkedPiece], first: Sequence[DecisionRow], second: Sequence[DecisionRow]
) -> tuple[int, int, tuple[Flip, ...]]:
    """Return how many decisions rest on a doubly marked piece, how many of them lack evidence, and the flips.

    ``first`` and ``second``: the decisions when only the first, or only the second mark counts, in one order.
    A decision lacks evidence when it does by either mark.
    """
    resting = {(piece.learner, piece.rubric, piece.subcompetency) for piece in pieces}
    both = [
        Flip(one.learner, one.rubric, one.subcompetency, one.decision, other.decision)
        for one, other in zip(first, second, strict=True)
        if (one.learner, one.rubric, one.subcompetency) in resting
    ]
    undecided = sum(each.first is each.second is Decision.INSUFFICIENT_EVIDENCE for each in both)
    return len(both), undecided, tuple(each for each in both if each.first is not each.second)
