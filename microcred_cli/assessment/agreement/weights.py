"""How much of an agreement two levels are."""

from collections.abc import Sequence
from enum import StrEnum

Weights = Sequence[Sequence[float]]
"""By two levels: 1 for equal ones, 0 for those at both ends of the scale."""


class Weighting(StrEnum):
    """How agreement falls with the distance of two levels."""

    IDENTITY = "identity"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


def weigh_levels(weighting: Weighting, categories: int) -> Weights:
    """Return the weights of a scale (Gwet, Handbook of Inter-Rater Reliability, 4th ed. 2014, chapter 3)."""
    span = max(categories - 1, 1)

    def weigh(first: int, second: int) -> float:
        distance = abs(first - second) / span
        match weighting:
            case Weighting.IDENTITY:
                return float(first == second)
            case Weighting.LINEAR:
                return 1 - distance
            case Weighting.QUADRATIC:
                return 1 - distance**2

    return [[weigh(first, second) for second in range(categories)] for first in range(categories)]
