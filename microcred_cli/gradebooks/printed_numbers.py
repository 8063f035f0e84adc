"""Numbers as programs print them, whatever the language of the user: ``0.6666666666666667``.

They have a decimal point, and at times more decimals than count.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from microcred_cli.gradebooks.wide import find_column_mark
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import SheetRow

# A binary fraction has at most 17 digits that count; zeros may stand before them.
_LONG = re.compile(r"(-?[0-9]{1,7})([.,])([0-9]{10,25})", re.ASCII)
_LAST_DECIMAL = Decimal("1e-9")


def shorten_numbers(table: HeadedTable, columns: Iterable[int]) -> HeadedTable:
    """Return the table with the numbers of these columns rounded to the nine decimals that points have."""
    chosen = list(columns)
    rows = []
    for row in table.rows:
        shortened = {column: _shorten(row.cells[column]) for column in chosen}
        if any(text != row.cells[column] for column, text in shortened.items()):
            cells = [shortened.get(column, text) for column, text in enumerate(row.cells)]
            rows.append(SheetRow(row.number, cells))
        else:
            rows.append(row)
    return replace(table, rows=rows)


def _shorten(text: str) -> str:
    match = _LONG.fullmatch(text)
    if match is None:
        return text
    rounded = Decimal(f"{match[1]}.{match[3]}").quantize(_LAST_DECIMAL, ROUND_HALF_UP)
    return f"{rounded:f}".replace(".", match[2])


def choose_usual_mark(tables: Iterable[HeadedTable], settings: GradebookSettings) -> GradebookSettings:
    """Return the settings, with the point as the mark to take where no cell of the tables shows one.

    Only as long as the delimiter is the program's too: with another one a spreadsheet has saved the file
    again, and may have written its own mark.
    """
    if all(table.facts.get("delimiter") == "comma" for table in tables):
        return replace(settings, usual_decimal=DecimalMark.POINT.value)
    return settings


def find_printed_mark(
    table: HeadedTable, columns: Iterable[int], settings: GradebookSettings
) -> tuple[DecimalMark, list[Problem]]:
    """Return the decimal mark of the cells of these columns, and a problem where it cannot be told."""
    return find_column_mark(table, columns, choose_usual_mark([table], settings))
