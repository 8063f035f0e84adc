"""The one grammar for numbers in tables.

ASCII digits only: ``NaN``, ``1e5``, ``1_000``, Arabic digits and ``  5`` are not numbers, whatever
Python's own conversions think.
"""

import re
from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum


class DecimalMark(StrEnum):
    """The character between whole part and fraction."""

    POINT = "."
    COMMA = ","


PLAIN = r"-?[0-9]{1,7}(?:\.[0-9]{1,9})?"
"""The pattern of a number that nothing divides into thousands, its mark the point."""
_PLAIN = re.compile(PLAIN, re.ASCII)
_POINT = re.compile(r"-?(?:[0-9]{1,7}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,9})?", re.ASCII)
# Thousands in comma locales are set apart by a point, a space or a no-break space.
_COMMA = re.compile(
    "-?(?:[0-9]{1,7}|[1-9][0-9]{0,2}(?:([.  \u00a0\u202f])[0-9]{3}(?:\\1[0-9]{3})?))(?:,[0-9]{1,9})?",
    re.ASCII,
)


def parse_number(text: str, mark: DecimalMark = DecimalMark.POINT) -> Decimal | None:
    """Return the number a cell holds, or None when it holds none.

    At most seven digits before the mark and nine after it; thousands may be grouped in threes.
    """
    if _PLAIN.fullmatch(text) is not None and (mark is DecimalMark.POINT or "." not in text):
        return Decimal(text)
    if mark is DecimalMark.POINT:
        return Decimal(text.replace(",", "")) if _POINT.fullmatch(text) is not None else None
    match = _COMMA.fullmatch(text)
    if match is None:
        return None
    whole = text if match[1] is None else text.replace(match[1], "")
    return Decimal(whole.replace(",", "."))


def find_decimal_marks(cells: Iterable[str]) -> dict[DecimalMark, int]:
    """Return how the cells of one file write their fractions, with the index of the first witness.

    A cell that reads the same either way (``12``) or differently but validly both ways (``1,234``) is
    no witness. None found: nothing but whole numbers, or nothing that decides; two: the file
    contradicts itself.
    """
    witnesses: dict[DecimalMark, int] = {}
    for index, cell in enumerate(cells):
        if "." not in cell and "," not in cell:
            continue
        as_point = parse_number(cell, DecimalMark.POINT)
        as_comma = parse_number(cell, DecimalMark.COMMA)
        if as_point is not None and as_comma is None:
            witnesses.setdefault(DecimalMark.POINT, index)
        elif as_comma is not None and as_point is None:
            witnesses.setdefault(DecimalMark.COMMA, index)
    return witnesses
