"""The figures of a group of doubly marked pieces."""

from collections.abc import Sequence

from microcred_cli.assessment.agreement.cohen import measure_kappa
from microcred_cli.assessment.agreement.gwet import measure_ac, measure_fleiss
from microcred_cli.assessment.agreement.intervals import MINIMUM_PIECES
from microcred_cli.assessment.agreement.krippendorff import Metric, measure_alpha
from microcred_cli.assessment.agreement.percent import measure_share
from microcred_cli.assessment.agreement.weights import Weighting, weigh_levels
from microcred_cli.model.agreement import (
    Agreement,
    Estimate,
    MarkedPiece,
    RubricAgreement,
    Unmeasured,
)
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.names import fold_name

Columns = tuple[str, str] | None


def summarise_rubric(
    rubric: Rubric, pieces: Sequence[MarkedPiece], columns: Columns = None
) -> RubricAgreement:
    """Return the figures of a rubric and its sub-competencies, from the pieces of any rubrics."""
    own = [piece for piece in pieces if piece.rubric == rubric.id]
    parts = tuple(
        (
            part,
            summarise_agreement(
                [piece for piece in own if piece.subcompetency == part.id], _count_levels(rubric), columns
            ),
        )
        for part in rubric.subcompetencies
    )
    return RubricAgreement(rubric, summarise_agreement(own, _count_levels(rubric), columns), parts)


def summarise_over_all(
    rubrics: Sequence[Rubric], pieces: Sequence[MarkedPiece], columns: Columns = None
) -> Agreement:
    """Return the figures of all rubrics together; no coefficient where their scales differ in length."""
    used = {piece.rubric for piece in pieces}
    categories = {_count_levels(rubric) for rubric in rubrics if rubric.id in used}
    return summarise_agreement(pieces, categories.pop() if len(categories) == 1 else None, columns)


def _count_levels(rubric: Rubric) -> int:
    """Return the number of categories: the levels, and below the lowest."""
    return len(rubric.levels) + 1


def summarise_agreement(
    pieces: Sequence[MarkedPiece], categories: int | None, columns: Columns = None
) -> Agreement:
    """Return the figures of the pieces; one that counts toward several sub-competencies is taken once.

    ``categories``: how many there are on the scale; None: the scales differ. Cohen's kappa compares the
    raters ``columns``, or else first and second marks.
    """
    pieces = list({piece.places: piece for piece in reversed(pieces)}.values())[::-1]
    units = [[mark.rank for mark in piece.marks] for piece in pieces]
    percent, adjacent = (measure_share(units, within=within) or Unmeasured.TOO_FEW for within in (0, 1))
    if len(pieces) < MINIMUM_PIECES or categories is None:
        reason = Unmeasured.DIFFERENT_SCALES if categories is None else Unmeasured.TOO_FEW
        return Agreement(len(pieces), percent, adjacent, reason, reason, reason, reason)
    weights = weigh_levels(Weighting.QUADRATIC, categories)
    coefficients = (
        measure_kappa([_pair_marks(piece, columns) for piece in pieces], weights),
        measure_fleiss(units, weights),
        measure_ac(units, weights),
        measure_alpha(units, categories, Metric.ORDINAL),
    )
    return Agreement(len(pieces), percent, adjacent, *map(_explain_absence, coefficients))


def _explain_absence(estimate: Estimate | None) -> Estimate | Unmeasured:
    return Unmeasured.ONE_LEVEL if estimate is None else estimate


def _pair_marks(piece: MarkedPiece, columns: Columns) -> tuple[int, int]:
    first, second, *_ = piece.marks
    if columns is not None and fold_name(first.rater) != fold_name(columns[0]):
        first, second = second, first
    return first.rank, second.rank
