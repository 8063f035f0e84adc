"""Marks counted by level, which is all that most statistics need of them."""

from collections import Counter
from collections.abc import Sequence

Units = Sequence[Sequence[int]]
"""The levels that each piece was marked at, in any order; a missing mark is left out."""

Tally = tuple[int, ...]
"""How many marks of one piece are at each level."""


def tally_units(units: Units, categories: int) -> Counter[Tally]:
    """Return how often each tally occurs; pieces without a mark are left out."""
    return Counter(tuple(map(unit.count, range(categories))) for unit in units if unit)
