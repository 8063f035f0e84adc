"""The Sakai gradebook export.

Layout from ``ExportPanel.java`` of sakaiproject/sakai: a heading, then learners; every cell quoted. The
delimiter is the comma, and the semicolon where the decimal mark is not the point. ``Student ID``, ``Student
Name``, items as ``Title [points]``, comments on them as ``* Title``; a column whose heading begins with ``#``
is to be passed over. A title has neither brackets nor one of these signs in front.
"""

import re
from dataclasses import replace

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_column_mark,
    find_key_column,
    is_wanted,
    read_possible,
    read_wide,
)
from microcred_cli.model.gradebook import Gradebook, Item, Learner
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Sakai gradebook export"
_KEY = "Student ID"
_NAME = "Student Name"
_PASSED_OVER = ("*", "#")
_ITEM = re.compile(r"(?P<title>.*\S) \[(?P<points>[0-9.,\u00a0\u202f ]{1,20})\]", re.DOTALL)
# Sakai grades by letters where the gradebook is set so.
_GRAMMAR = CellGrammar(letters=True)


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a Sakai gradebook export, or None when it is none."""
    heading = sheet.rows[0].cells if sheet.rows else []
    if not heading or fold_name(heading[0]) != fold_name(_KEY):
        return None
    follows = heading[1:2]
    led = any(fold_name(cell) == fold_name(_NAME) or cell.startswith("# ") for cell in follows)
    if not (led or any(_match_item(cell) for cell in follows)) or not any(map(_match_item, heading)):
        return None
    return f"the first column is “{_KEY}”, and there are headings such as “Title [10]”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    key_column, missing = find_key_column(table, [_KEY], settings)
    problems = [*table.problems, *missing]
    matches = {column: _match_item(heading) for column, heading in enumerate(table.heading)}
    headings = {column: match for column, match in matches.items() if match is not None}
    problems += check_headings(table, [*range(min(headings, default=0)), *headings])
    items = {
        column: Item(match["title"], table.heading[column], None, column + 1)
        for column, match in headings.items()
    }
    wanted = [column for column, item in items.items() if is_wanted(item, settings)]
    points = {column: match["points"] for column, match in headings.items()}
    usual = DecimalMark.COMMA if table.facts.get("delimiter") == "semicolon" else DecimalMark.POINT
    mark, undecided = find_column_mark(table, wanted, replace(settings, usual_decimal=usual), points)
    problems += undecided
    reader = CellReader(_GRAMMAR, mark)
    for column, text in points.items():
        possible, refused = read_possible(text, table.place(table.heading_row, column), mark)
        items[column] = replace(items[column], possible=possible)
        if refused is not None and column in wanted:
            problems.append(refused)
    name_column = find_column(table, _NAME)
    key_column = key_column or 0
    layout = WideLayout(
        SYSTEM,
        reason,
        key_column,
        [ScoreColumn(column, item, reader) for column, item in items.items()],
        lambda row: _read_learner(row, key_column, name_column),
        facts=describe_reading(table, mark, key_column),
    )
    return read_wide(table, layout, settings, problems)


def _match_item(heading: str) -> re.Match[str] | None:
    return None if heading.startswith(_PASSED_OVER) else _ITEM.fullmatch(heading)


def _read_learner(row: SheetRow, key_column: int, name_column: int | None) -> Learner:
    name = row.cells[name_column].strip(", ") if name_column is not None else ""
    return Learner(row.cells[key_column].strip(), name or None, None, row.number)
