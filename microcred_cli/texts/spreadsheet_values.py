"""What a spreadsheet stores, as the text that a person sees in the cell.

A number is a number and a format; 0.875 may be shown as 87.5% and 45000 as a day.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum, auto

from microcred_cli.model.refusal import Refusal

ERRORS = frozenset({
    "#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
})  # fmt: skip
AN_ERROR = "an error in place of a value"
ERROR_HELP = "correct the formula, or clear the cell"
NO_VALUE = "a formula whose value was never worked out"
NO_VALUE_HELP = "open the file in the spreadsheet program and save it again"
TRUE, FALSE = "TRUE", "FALSE"

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?", re.ASCII)
_NUMBER_LENGTH = 400
# A spreadsheet keeps no more digits than these, and shows no more.
_DIGITS = 15
# The finest that a decision is made of, and what the grammar for numbers takes.
_FINEST = Decimal("0.000000001")
# Quoted text, an escaped character, a space as wide as a character, a fill character, a colour or condition.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]', re.DOTALL)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL_PERCENT = re.compile(r'"[^"]*%[^"]*"|\\%')
_PADDED = re.compile(r"0{2,}")
_AM_PM = re.compile(r"am/pm|a/p", re.IGNORECASE)
_LONGEST_FORMAT = 1_000
_BUILTIN_ELAPSED = 46
_SECONDS = 86_400
_LAST_DAY = 2_958_465
# 1900 is a leap year in spreadsheets: there is a day 60, 29 February, and those before it are one off.
_FALSE_LEAP_DAY = 60
_EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheets know no zones
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above


class Shown(Enum):
    """As what a format shows a number."""

    NUMBER = auto()
    PERCENT = auto()
    PERCENT_SIGN = auto()
    PADDED = auto()
    DATE = auto()
    TIME = auto()
    ELAPSED = auto()


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """As what a number is shown, and how many digits it is filled up to with zeros."""

    shown: Shown = Shown.NUMBER
    digits: int = 0


def read_format(code: str) -> NumberFormat:  # noqa: PLR0911 - one a kind
    """Return what a format code such as ``0.0%`` or ``yyyy-mm-dd`` shows; what is not known is a number."""
    if len(code) > _LONGEST_FORMAT or code.casefold() == "general":
        return NumberFormat()
    plain = _AM_PM.sub("h", _LITERAL.sub("", code)).lower()
    if "%" in plain:
        return NumberFormat(Shown.PERCENT)
    if _ELAPSED.search(code) is not None:
        return NumberFormat(Shown.ELAPSED)
    if re.search("[hs]", plain) is not None and re.search("[yd]", plain) is None:
        return NumberFormat(Shown.TIME)
    if re.search("[ymd]", plain) is not None:
        return NumberFormat(Shown.DATE)
    if _LITERAL_PERCENT.search(code):
        return NumberFormat(Shown.PERCENT_SIGN)
    if _PADDED.fullmatch(code):
        return NumberFormat(Shown.PADDED, len(code))
    return NumberFormat()


def find_builtin_format(number: int) -> NumberFormat:
    """Return what a format shows that XLSX knows by number alone (ECMA-376, 18.8.30)."""
    if number in {9, 10}:
        return NumberFormat(Shown.PERCENT)
    if number == _BUILTIN_ELAPSED:
        return NumberFormat(Shown.ELAPSED)
    if number in {18, 19, 20, 21, 32, 33, 34, 35, 45, 47, 55, 56}:
        return NumberFormat(Shown.TIME)
    if number in {14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 55), 57, 58}:
        return NumberFormat(Shown.DATE)
    return NumberFormat()


def write_value(  # noqa: PLR0911 - one a kind
    stored: str, shown: NumberFormat, *, since_1904: bool = False
) -> str | Refusal:
    """Return a stored number as it is shown: ``3.5``, ``87.5%``, ``00123``, ``2026-03-01``, ``10:30:00``."""
    number = parse_stored(stored)
    if isinstance(number, Refusal):
        return number
    match shown.shown:
        case Shown.PERCENT:
            return f"{write_number(number * 100)}%"
        case Shown.PERCENT_SIGN:
            return f"{write_number(number)}%"
        case Shown.PADDED if number == number.to_integral_value() and number >= 0:
            return write_number(number).zfill(shown.digits)
        case Shown.ELAPSED:
            return _write_time(number)
        case Shown.TIME if 0 <= number < 1:
            return _write_time(number)
        case Shown.DATE | Shown.TIME:
            # Of a moment that is shown without its day, the day is there all the same.
            return _write_date(number, since_1904=since_1904)
        case _:
            return write_number(number)


def parse_stored(stored: str) -> Decimal | Refusal:
    """Return a stored number to the 15 digits that spreadsheets show of it."""
    if len(stored) > _NUMBER_LENGTH or _NUMBER.fullmatch(stored) is None:
        return Refusal("the file is damaged: the value of the cell is no number")
    value = float(stored)
    if abs(value) >= 10**_DIGITS:
        return Refusal(f"a number of more than {_DIGITS} digits, of which the spreadsheet has lost the last")
    return Decimal(format(value, f".{_DIGITS}g"))


def write_number(number: Decimal) -> str:
    """Return a number in full, never with an exponent, to nine decimals at most."""
    text = format(number.quantize(_FINEST), "f").rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _write_date(number: Decimal, *, since_1904: bool) -> str | Refusal:
    first = 0 if since_1904 else 1
    if not first <= number < _LAST_DAY + 1 or (not since_1904 and int(number) == _FALSE_LEAP_DAY):
        # A time of day in the format of a date, as 1900-01-00 10:30.
        return _write_time(number) if 0 < number < 1 else _refuse_date()
    epoch = _EPOCH_1904 if since_1904 else _EPOCH_1900
    if not since_1904 and number < _FALSE_LEAP_DAY:
        number += 1
    moment = epoch + timedelta(seconds=int((number * _SECONDS).to_integral_value()))
    return moment.date().isoformat() if number == int(number) else moment.isoformat()


def _write_time(number: Decimal) -> str | Refusal:
    if number < 0 or number > _LAST_DAY:
        return _refuse_date()
    seconds = int((number * _SECONDS).to_integral_value())
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _refuse_date() -> Refusal:
    return Refusal("a number in the format of a date that is none")
