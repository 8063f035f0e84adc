"""Records to the rows of a CSV table and back: a column a field, under the field's name."""

import re
from collections.abc import Callable, Iterable
from dataclasses import fields
from decimal import Decimal
from typing import Any, TypeVar, get_type_hints

from microcred_cli.model.decision import Decision
from microcred_cli.model.errors import BrokenAssessmentError
from microcred_cli.texts.csv_reader import read_csv
from microcred_cli.texts.csv_writer import Value, read_guarded, write_csv

R = TypeVar("R")
AGAIN = "run `microcred assess` again"
_YES = "yes"
# Wider than what is taken from gradebooks: a sum of many scores may be large.
_NUMBER = re.compile(r"-?[0-9]{1,25}(?:\.[0-9]{1,12})?", re.ASCII)


def name_columns(record: type) -> tuple[str, ...]:
    """Return the heading of the table that holds records of a dataclass."""
    return tuple(field.name for field in fields(record))


def write_records(record: type[R], rows: Iterable[R]) -> bytes:
    """Return the table as CSV, its cells guarded against spreadsheets that run formulas."""
    names = name_columns(record)
    return write_csv(names, (tuple(_write(getattr(row, name)) for name in names) for row in rows))


def _write(value: Any) -> Value:
    if isinstance(value, bool):
        return _YES if value else ""
    if isinstance(value, tuple):
        return ";".join(value)
    written: Value = value
    return written


def read_records(record: type[R], name: str, data: bytes) -> tuple[R, ...]:
    """Return the records of a table that ``write_records`` wrote under that name.

    Raises BrokenAssessmentError when it has other columns, and ValueError for a cell that the program does
    not write.
    """
    readers = _list_readers(record)
    return tuple(
        record(*(read(cell) for read, cell in zip(readers, row, strict=True)))
        for row in read_rows(name, data, name_columns(record))
    )


def read_rows(name: str, data: bytes, columns: tuple[str, ...]) -> list[list[str]]:
    """Return the cells of a table of the program's own. Raises BrokenAssessmentError as read_records does."""
    table = read_csv(name, data, bounded=False)
    if table.problems or tuple(table.heading) != columns:
        raise BrokenAssessmentError(name, AGAIN)
    return [[read_guarded(cell) for cell in row.cells] for row in table.rows]


def _list_readers(record: type) -> tuple[Callable[[str], Any], ...]:
    hints = get_type_hints(record)
    return tuple(_READERS[hints[name]] for name in name_columns(record))


def _read_optional(text: str) -> str | None:
    return text or None


def _read_number(text: str) -> Decimal | None:
    """Read a number by the strict grammar: Decimal alone takes NaN and exponents that never end."""
    return _require_number(text) if text else None


def _require_number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text) is None:
        message = "this is not a number"
        raise ValueError(message)
    return Decimal(text)


def _read_count(text: str) -> int | None:
    return _require_count(text) if text else None


def _require_count(text: str) -> int:
    number = _require_number(text)
    if number < 0 or number != number.to_integral_value():
        message = "this is not a count"
        raise ValueError(message)
    return int(number)


def _read_list(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()


def _read_flag(text: str) -> bool:
    if text not in {"", _YES}:
        message = "this is neither yes nor blank"
        raise ValueError(message)
    return text == _YES


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    str | None: _read_optional,
    Decimal: _require_number,
    Decimal | None: _read_number,
    int: _require_count,
    int | None: _read_count,
    bool: _read_flag,
    tuple[str, ...]: _read_list,
    Decision: Decision,
}
