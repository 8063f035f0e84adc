"""How far raters agree, as JSON."""

import json
from dataclasses import asdict
from typing import Any

from microcred_cli.cli.console import print_result
from microcred_cli.model.agreement import Agreement, Estimate, Mark, MarkedPiece, RaterAgreement, Unmeasured
from microcred_cli.model.rubric import Rubric

FORMAT = "microcred-agreement/1"
_DIGITS = 6


def print_agreement_json(agreement: RaterAgreement) -> None:
    """Print the figures, the pieces for moderation and the decisions that would flip, without names.

    Figures have six decimals; one that does not exist is null, and ``unmeasured`` says why.
    """
    rubrics = {each.rubric.id: each.rubric for each in agreement.rubrics}
    document = {
        "format": FORMAT,
        "raters": list(agreement.raters),
        "kappa_compares": ["first", "second"] if agreement.columns is None else list(agreement.columns),
        "weights": "quadratic",
        "alpha_metric": "ordinal",
        "confidence": 0.95,
        "over_all": _write_agreement(agreement.over_all),
        "rubrics": [
            {
                "rubric": each.rubric.id,
                "version": each.rubric.version,
                "agreement": _write_agreement(each.agreement),
                "subcompetencies": [
                    {"subcompetency": part.id, "agreement": _write_agreement(of_part)}
                    for part, of_part in each.parts
                ],
            }
            for each in agreement.rubrics
        ],
        "moderation": [_write_piece(piece, rubrics[piece.rubric]) for piece in agreement.disagreements],
        "decisions": agreement.decisions,
        "undecided_by_either": agreement.undecided,
        "flips": [asdict(flip) for flip in agreement.flips],
    }
    print_result(json.dumps(document, indent=2))


def _write_agreement(agreement: Agreement) -> dict[str, Any]:
    return {
        "pieces": agreement.pieces,
        "percent": _write_estimate(agreement.percent),
        "adjacent": _write_estimate(agreement.adjacent),
        "cohen_kappa": _write_estimate(agreement.kappa),
        "fleiss_kappa": _write_estimate(agreement.fleiss),
        "gwet_ac2": _write_estimate(agreement.ac2),
        "krippendorff_alpha": _write_estimate(agreement.alpha),
    }


def _write_estimate(estimate: Estimate | Unmeasured) -> dict[str, Any]:
    if isinstance(estimate, Unmeasured):
        return {"value": None, "interval": None, "unmeasured": estimate}
    interval = estimate.interval
    return {
        "value": round(estimate.value, _DIGITS),
        "interval": None
        if interval is None
        else [round(interval.low, _DIGITS), round(interval.high, _DIGITS)],
    }


def _write_piece(piece: MarkedPiece, rubric: Rubric) -> dict[str, Any]:
    return {
        "learner": piece.learner,
        "rubric": piece.rubric,
        "subcompetency": piece.subcompetency,
        "item": piece.item,
        "criterion": piece.criterion,
        "attempt": piece.attempt,
        "levels_apart": piece.distance,
        "marks": [_write_mark(mark, rubric) for mark in piece.marks],
        "agreed": None if piece.agreed is None else _write_mark(piece.agreed, rubric),
    }


def _write_mark(mark: Mark, rubric: Rubric) -> dict[str, Any]:
    return {
        "rater": mark.rater,
        "level": rubric.levels[mark.rank - 1].id if mark.rank else None,
        "points": f"{mark.points.normalize():f}",
        "date": mark.date,
        "file": mark.place.file,
        "row": mark.place.row,
        "column": mark.place.column,
    }
