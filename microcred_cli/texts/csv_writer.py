"""CSV that a spreadsheet opens without running anything, and that reads back as it was."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

# What a spreadsheet takes for the start of a formula, full-width forms included (OWASP, CSV injection).
_FORMULA = re.compile("'*[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_GUARDED = re.compile("'+[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")

Value = str | int | Decimal | None


def write_csv(heading: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Return a CSV file in UTF-8; None is a blank cell, numbers are written in full.

    Text that a spreadsheet would run gets an apostrophe before it; read_guarded takes it off again.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows([_write_cell(value) for value in row] for row in rows)
    return stream.getvalue().encode("utf-8")


def _write_cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int):
        return str(value)
    return f"'{value}" if _FORMULA.match(value) is not None else value


def read_guarded(text: str) -> str:
    """Return the text that write_csv was given for a cell."""
    return text[1:] if _GUARDED.match(text) is not None else text
