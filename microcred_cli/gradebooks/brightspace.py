"""The grades export of D2L Brightspace.

A heading, then learners, whose ``OrgDefinedId`` and ``Username`` begin with ``#``. Items stand as ``Title
Points Grade <Numeric MaxPoints:13 Weight:10 Category:… CategoryWeight:15>`` (numeric and pass/fail items),
``Title Text Grade <Text>``, and ``Title Scheme Symbol``, which says the points again in the words of a grade
scheme. Subtotals and final grades are no evidence. A blank cell is no grade; exempt looks alike. The column
``End-of-Line Indicator`` holds ``#`` in every row that was not cut.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Brightspace grades export"
_KEYS = ("OrgDefinedId", "Username")
_ROW_END = "End-of-Line Indicator"
_GRADE = re.compile(r"(?P<title>.*\S) (?P<kind>Points|Text) Grade(?: <(?P<traits>.{1,1000})>)?", re.DOTALL)
_SYMBOL = re.compile(r"(?P<title>.*\S) (?:Scheme|Grade) Symbol", re.DOTALL)
_FINAL = re.compile(r"Calculated Final Grade|Adjusted Final Grade|.* Subtotal", re.DOTALL)
_POINTS_POSSIBLE = re.compile(r"(?:.*? )?MaxPoints:(\S+)(?: .*)?", re.DOTALL)
_HUNDRED = "100"

_POINTS = CellGrammar()
_WORDS = CellGrammar(texts=True)
_SHARES = CellGrammar(texts=True, percent=True)


@dataclass(frozen=True, slots=True)
class _Heading:
    """An item's title, what its cells may say, and its points possible as they are written.

    Where ``free``, teachers write what they like, and no cell shows the decimal mark.
    """

    title: str
    grammar: CellGrammar
    points: str = ""
    free: bool = False


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a grades export, or None when it is none."""
    heading = sheet.fold_heading()
    key = next((name for name in _KEYS if fold_name(name) in heading), None)
    if key is None:
        return None
    if fold_name(_ROW_END) in heading:
        return f"there are columns “{key}” and “{_ROW_END}”"
    if any((match := _GRADE.fullmatch(cell.strip())) and match["traits"] for cell in sheet.rows[0].cells):
        return f"there is a column “{key}”, and headings such as “Title Points Grade <…>”"
    return None


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table, problems = _leave_out_cut_rows(frame_table(sheet))
    key_column, missing = find_key_column(table, _choose_keys(table), settings)
    problems += missing
    key_column = key_column or 0  # one of the two is there, else nobody takes the table for an export
    headings = _find_items(table)
    if not headings:
        example = "Brightspace writes the heading of an item as “Title Points Grade <Numeric MaxPoints:10>”"
        problems.append(Problem("no column is an item", table.place(table.heading_row), example))
    problems += check_headings(table, [*range(min(headings, default=0)), *headings])
    wanted = [column for column in headings if is_wanted(_name_item(table, headings, column), settings)]
    points = {column: heading.points for column, heading in headings.items()}
    numbers = [column for column in wanted if not headings[column].free]
    mark, undecided = find_column_mark(table, numbers, settings, points)
    problems += undecided
    columns = []
    for column in headings:
        scores, refused = _read_heading(table, headings, column, mark)
        columns.append(scores)
        if refused is not None and column in wanted:
            problems.append(refused)
    personal = [find_column(table, name) for name in ("Last Name", "First Name", "Email")]
    layout = WideLayout(
        SYSTEM,
        reason,
        key_column,
        columns,
        lambda row: _read_learner(row, key_column, personal),
        facts=describe_reading(table, mark, key_column),
    )
    return read_wide(table, layout, settings, problems)


def _leave_out_cut_rows(table: HeadedTable) -> tuple[HeadedTable, list[Problem]]:
    """Return the table without the rows that do not end as they should, and a problem for each."""
    problems = list(table.problems)
    column = find_column(table, _ROW_END)
    if column is None:
        return replace(table, facts={**table.facts, "ends of rows": "not marked"}), problems
    whole = []
    for row in table.rows:
        if row.cells[column].strip() == "#":
            whole.append(row)
            continue
        message = "the row does not end with “#”: it was cut off or changed"
        problems.append(Problem(message, table.place(row.number, column), "export the grades again"))
    return replace(table, rows=whole, facts={**table.facts, "ends of rows": "marked"}), problems


def _choose_keys(table: HeadedTable) -> Sequence[str]:
    """Return the key columns that anything stands in: not every organisation gives its learners ids."""
    columns = {name: find_column(table, name) for name in _KEYS}
    filled = [
        name
        for name, column in columns.items()
        if column is not None and any(row.cells[column].strip("# ") for row in table.rows)
    ]
    return filled or _KEYS


def _find_items(table: HeadedTable) -> dict[int, _Heading]:
    """Return the headings of items by column; a symbol only where there are no points beside it."""
    headings: dict[int, _Heading] = {}
    for column, heading in enumerate(table.heading):
        match = _GRADE.fullmatch(heading.strip())
        if match is None:
            continue
        if match["kind"] == "Text":
            headings[column] = _Heading(match["title"], _WORDS, free=True)
            continue
        possible = _POINTS_POSSIBLE.fullmatch(match["traits"] or "")
        headings[column] = _Heading(match["title"], _POINTS, possible[1] if possible is not None else "")
    graded = {fold_name(heading.title) for heading in headings.values()}
    for column, heading in enumerate(table.heading):
        match = _SYMBOL.fullmatch(heading.strip())
        if match is None or _FINAL.fullmatch(match["title"]) or fold_name(match["title"]) in graded:
            continue
        shares = any(row.cells[column].endswith("%") for row in table.rows)
        grammar, points = (_SHARES, _HUNDRED) if shares else (_WORDS, "")
        headings[column] = _Heading(match["title"], grammar, points)
    return headings


def _name_item(table: HeadedTable, headings: Mapping[int, _Heading], column: int) -> Item:
    return Item(headings[column].title, table.heading[column], None, column + 1)


def _read_heading(
    table: HeadedTable, headings: Mapping[int, _Heading], column: int, mark: DecimalMark
) -> tuple[ScoreColumn, Problem | None]:
    """Return how the column is to be read, and what is wrong with the points in its heading."""
    heading = headings[column]
    possible, refused = read_possible(heading.points, table.place(table.heading_row, column), mark)
    item = replace(_name_item(table, headings, column), possible=possible)
    return ScoreColumn(column, item, CellReader(heading.grammar, mark)), refused


def _read_learner(row: SheetRow, key_column: int, personal: Sequence[int | None]) -> Learner:
    last, first, email = (row.cells[column].strip() if column is not None else "" for column in personal)
    name = f"{last}, {first}".strip(", ")
    return Learner(row.cells[key_column].strip().removeprefix("#"), name or None, email or None, row.number)
