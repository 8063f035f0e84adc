"""The share of marks that are equal, or at most some levels apart."""

from collections.abc import Sequence
from itertools import combinations

from microcred_cli.assessment.agreement.intervals import enclose_share
from microcred_cli.assessment.agreement.tallies import Units
from microcred_cli.model.agreement import Estimate


def measure_share(units: Units, *, within: int = 0) -> Estimate | None:
    """Return the share of pairs of marks at most ``within`` levels apart, a piece counting once.

    A piece with more than two marks counts by the share of its pairs. None without a piece of two marks.
    """
    shares = [_measure_piece(unit, within) for unit in units if len(unit) > 1]
    if not shares:
        return None
    share = sum(shares) / len(shares)
    return Estimate(share, enclose_share(share, len(shares)))


def _measure_piece(unit: Sequence[int], within: int) -> float:
    pairs = list(combinations(unit, 2))
    return sum(abs(first - second) <= within for first, second in pairs) / len(pairs)
