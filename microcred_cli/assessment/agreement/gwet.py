"""Gwet's AC1 and AC2, and Fleiss' kappa in Gwet's generalisation: any number of raters, marks may be missing.

Both correct the same agreement, by another idea of chance (Gwet, Handbook of Inter-Rater Reliability, 4th
edition, 2014, chapters 2 to 5). AC1 is AC2 with identity weights.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from microcred_cli.assessment.agreement.intervals import enclose
from microcred_cli.assessment.agreement.tallies import Tally, Units, tally_units
from microcred_cli.assessment.agreement.weights import Weights
from microcred_cli.model.agreement import Estimate


@dataclass(frozen=True, slots=True)
class _Observed:
    """What is common to the coefficients: by tally how often it occurs and how far its marks agree.

    ``shares`` are the shares of the levels, each piece counting once; ``factor`` is 1 unless some pieces have
    one mark only, which tell of shares but not of agreement.
    """

    tallies: Counter[Tally]
    agreements: dict[Tally, float | None]
    agreement: float
    shares: Sequence[float]
    pieces: int
    factor: float


def measure_ac(units: Units, weights: Weights) -> Estimate | None:
    """Return Gwet's AC2, whose chance agreement is highest where all levels are used alike.

    The interval is by Gwet's linearised variance. None without a piece of two marks, or on a scale of one
    level.
    """
    categories = len(weights)
    observed = _observe(units, weights)
    if observed is None or categories == 1:
        return None
    scale = sum(map(sum, weights)) / (categories * (categories - 1))
    others = [scale * (1 - share) for share in observed.shares]
    return _correct(observed, others)


def measure_fleiss(units: Units, weights: Weights) -> Estimate | None:
    """Return Fleiss' kappa, whose chance agreement is that of two marks drawn from all marks.

    None without a piece of two marks, and when all marks are at one level: chance then explains everything.
    """
    observed = _observe(units, weights)
    if observed is None:
        return None
    others = [
        sum(weight * share for weight, share in zip(row, observed.shares, strict=True)) for row in weights
    ]
    return _correct(observed, others)


def _observe(units: Units, weights: Weights) -> _Observed | None:
    tallies = tally_units(units, len(weights))
    agreements = {tally: _measure_tally(tally, weights) for tally in tallies}
    judged = [(value, tallies[tally]) for tally, value in agreements.items() if value is not None]
    pieces = tallies.total()
    paired = sum(count for _, count in judged)
    if paired == 0:
        return None
    agreement = sum(value * count for value, count in judged) / paired
    shares = [
        sum(count * tally[level] / sum(tally) for tally, count in tallies.items()) / pieces
        for level in range(len(weights))
    ]
    return _Observed(tallies, agreements, agreement, shares, pieces, pieces / paired)


def _measure_tally(tally: Tally, weights: Weights) -> float | None:
    """Return how far the marks of a piece agree: the mean weight of its pairs; None without a pair."""
    marks = sum(tally)
    if marks == 1:
        return None
    pairs = sum(
        count * (sum(weight * other for weight, other in zip(row, tally, strict=True)) - 1)
        for count, row in zip(tally, weights, strict=True)
    )
    return pairs / (marks * (marks - 1))


def _correct(observed: _Observed, others: Sequence[float]) -> Estimate | None:
    """Correct the agreement for chance; ``others`` is, by level, how far a mark agrees with a random one.

    In the terms of Gwet's variance: a piece adds its own coefficient, less twice what it adds to chance.
    """
    chance = _weigh(observed.shares, others)
    if chance > 1 - 1e-12:
        return None
    value = (observed.agreement - chance) / (1 - chance)
    squares = 0.0
    for tally, count in observed.tallies.items():
        agreement = observed.agreements[tally]
        own = 0.0 if agreement is None else observed.factor * (agreement - chance) / (1 - chance)
        by_chance = _weigh([level / sum(tally) for level in tally], others)
        term = own - 2 * (1 - value) * (by_chance - chance) / (1 - chance)
        squares += count * (term - value) ** 2
    pieces = observed.pieces
    error = sqrt(squares / (pieces * (pieces - 1))) if pieces > 1 else 0.0
    return Estimate(value, enclose(value, error, pieces))


def _weigh(shares: Sequence[float], values: Sequence[float]) -> float:
    return sum(share * value for share, value in zip(shares, values, strict=True))
