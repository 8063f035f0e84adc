"""95 % confidence intervals."""

from collections.abc import Sequence
from math import sqrt

from microcred_cli.model.agreement import Interval

MINIMUM_PIECES = 10
"""With fewer, a coefficient says nothing, nor does its interval; the formulas here hold from there."""

_Z = 1.959963984540054
"""The 97.5 % quantile of the normal distribution."""

_NONE = 1e-9
"""What rounding leaves of a standard error of zero."""


def enclose_share(share: float, pieces: int) -> Interval:
    """Return the score interval of a share of pieces (Wilson, JASA 22, 1927).

    Where pieces have more than two marks, their shares of equal pairs vary less than yes and no would, so the
    interval is rather too wide than too narrow.
    """
    square = _Z**2 / pieces
    middle = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * sqrt(share * (1 - share) / pieces + square / (4 * pieces))
    # The share of all, or of none, is a bound itself: rounding must not take it out.
    return Interval(max(min(middle - half, share), 0.0), min(max(middle + half, share), 1.0))


def enclose(value: float, error: float, pieces: int, *, normal: bool = False) -> Interval | None:
    """Return the interval around a coefficient, by its standard error; None with an error of zero.

    By Student's t with one degree of freedom fewer than pieces, or by the normal distribution. No coefficient
    leaves -1 to 1.
    """
    if error < _NONE or pieces < MINIMUM_PIECES:
        return None
    half = error * (_Z if normal else find_quantile(pieces - 1))
    return Interval(max(value - half, -1.0), min(value + half, 1.0))


def find_quantile(freedom: int) -> float:
    """Return the 97.5 % quantile of Student's t.

    By the expansion of Abramowitz and Stegun, 26.7.5: less than 0.0001 off from 9 degrees of freedom up.
    """
    terms = (
        _Z,
        (_Z**3 + _Z) / 4,
        (5 * _Z**5 + 16 * _Z**3 + 3 * _Z) / 96,
        (3 * _Z**7 + 19 * _Z**5 + 17 * _Z**3 - 15 * _Z) / 384,
        (79 * _Z**9 + 776 * _Z**7 + 1482 * _Z**5 - 1920 * _Z**3 - 945 * _Z) / 92160,
    )
    return sum(term / float(freedom) ** power for power, term in enumerate(terms))


def measure_jackknife_error(values: Sequence[tuple[float, int]]) -> float:
    """Return the standard error from the values that a statistic has without each of the pieces.

    Each value comes with the number of pieces that leave it (Efron, The Jackknife, 1982, chapter 3).
    """
    pieces = sum(count for _, count in values)
    mean = sum(value * count for value, count in values) / pieces
    squares = sum(count * (value - mean) ** 2 for value, count in values)
    return sqrt((pieces - 1) / pieces * squares)
