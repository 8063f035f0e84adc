"""Cohen's kappa, weighted: two raters, each with a habit of their own."""

from collections import Counter
from collections.abc import Sequence
from math import sqrt

from microcred_cli.assessment.agreement.intervals import enclose
from microcred_cli.assessment.agreement.weights import Weights
from microcred_cli.model.agreement import Estimate


def measure_kappa(pairs: Sequence[tuple[int, int]], weights: Weights) -> Estimate | None:
    """Return Cohen's weighted kappa of pairs of levels (Cohen, Psychological Bulletin 70, 1968).

    The interval is that of Fleiss, Cohen and Everitt (Psychological Bulletin 72, 1969). None when both raters
    used one and the same level only: chance then explains every agreement.
    """
    pieces = len(pairs)
    levels = range(len(weights))
    if pieces == 0:
        return None
    joint = {cell: count / pieces for cell, count in Counter(pairs).items()}
    first = [sum(joint.get((row, column), 0.0) for column in levels) for row in levels]
    second = [sum(joint.get((row, column), 0.0) for row in levels) for column in levels]
    # How far a mark of one rater agrees with a random one of the other; on average, that is chance.
    by_first = [sum(weights[row][column] * second[column] for column in levels) for row in levels]
    by_second = [sum(weights[row][column] * first[row] for row in levels) for column in levels]
    observed = sum(weights[row][column] * share for (row, column), share in joint.items())
    chance = sum(share * worth for share, worth in zip(first, by_first, strict=True))
    if _is_whole(chance):
        return None
    # Rounding must not carry it beyond what it can be.
    kappa = max((observed - chance) / (1 - chance), -1.0)
    # Their variance is the published difference of two squares, which would leave little but rounding.
    mean = kappa - chance * (1 - kappa)
    squares = sum(
        share * (weights[row][column] - (by_first[row] + by_second[column]) * (1 - kappa) - mean) ** 2
        for (row, column), share in joint.items()
    )
    error = sqrt(squares / pieces) / (1 - chance)
    return Estimate(kappa, enclose(kappa, error, pieces, normal=True))


def _is_whole(chance: float) -> bool:
    return chance > 1 - 1e-12
