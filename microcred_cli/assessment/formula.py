"""What a method's file holds: the SQL by which the scores of one sub-competency become one."""

from dataclasses import dataclass
from enum import StrEnum


class Window(StrEnum):
    """What a formula may ask to be told of each piece ``p`` beside its points and weight.

    ``back``: 1 the newest; ``high``: 1 the greatest; ``size``: how many pieces there are; ``stood``: the
    points of the level it is at, null below the lowest, with ``times``, how many pieces are at that level,
    and ``newest``, the ``back`` of the newest of them.
    """

    BACK = "back"
    HIGH = "high"
    SIZE = "size"
    STOOD = "stood"


@dataclass(frozen=True, slots=True)
class Formula:
    """The SQL of a method.

    ``counts``, for each piece ``p`` of a goal ``g``: the factor with which it goes into the result, 0 where
    it is left out; None where the method has no such factors. ``values``: named aggregates over the pieces,
    the steps of the calculation. ``result``: an expression over the aggregates (``s.value_1`` …),
    ``s.pieces`` and the goal ``g``; null means too little evidence.

    Of a goal there are ``latest`` in percent, ``n``, ``shown_points`` and ``top``.
    """

    values: tuple[tuple[str, str], ...]
    result: str = "s.value_1"
    counts: str | None = None
    windows: frozenset[Window] = frozenset()


KEPT_TOTAL = ("total", "cast(sum(case when p.counts = 1 then p.points end) as double)")
KEPT_COUNT = ("scores kept", "cast(count(case when p.counts = 1 then 1 end) as double)")
"""The steps of a method whose result is the mean of the scores it keeps: those whose factor is 1."""
