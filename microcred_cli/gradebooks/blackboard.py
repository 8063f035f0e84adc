"""The full grade centre as Blackboard Learn downloads it: tab text in UTF-16 (named ``.xls``) or CSV.

A heading, then learners. Items stand as ``Title [Total Pts: 10 Score] |1281892``, in older files without the
kind or the id; a title may itself hold brackets. ``up to`` before the points marks a total. Cells: blank (no
grade; exempt looks alike), ``Needs Grading`` and ``In Progress``, with or without a provisional grade, and
what the kind of the item shows: points, a percentage, a letter or other word, ``Complete``. The account with
which a teacher looks at the course as a learner does has a row too; its username ends in ``_previewuser``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

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
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Blackboard grade centre"
_ITEM = re.compile(
    r"(?P<title>.*\S) ?"
    r"\[Total Pts: (?P<total>up to )?(?P<points>[^\s\[\]]{1,20})(?: (?P<kind>[^\[\]]{1,60}))?\]"
    r"(?: ?\|[0-9]{1,20})?",
    re.DOTALL,
)
_UNGRADED = re.compile(r"(?:Needs Grading|In Progress)(?: ?\([^()]{1,40}\))?")
_PREVIEW = "_previewuser"
_DONE = frozenset({"Complete", "Incomplete"})
_HUNDRED = Decimal(100)

_POINTS = CellGrammar(ungraded=_UNGRADED)
_SHARES = CellGrammar(ungraded=_UNGRADED, percent=True)
_COMPLETION = CellGrammar(ungraded=_UNGRADED, labels=_DONE, numbers=False)
_WORDS = CellGrammar(ungraded=_UNGRADED, texts=True, numbers=False)
# Without points possible a number is one of level points; with them it could mean either.
_WORDS_OR_LEVELS = CellGrammar(ungraded=_UNGRADED, texts=True)
# What an older file shows it does not say.
_ANY_KIND = CellGrammar(ungraded=_UNGRADED, letters=True, labels=_DONE)
_NUMBERS = {"score": _POINTS, "percentage": _SHARES, "": _ANY_KIND}


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a download of the grade centre, or None when it is none."""
    heading = sheet.rows[0].cells if sheet.rows else []
    if any(_ITEM.fullmatch(cell.strip()) for cell in heading):
        return "there are headings such as “Title [Total Pts: 10 Score]”"
    return None


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the download says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    key_column, missing = find_key_column(table, ["Username"], settings)
    problems = [*table.problems, *missing]
    if key_column is None:
        return Gradebook(table.file, SYSTEM, reason, problems=tuple(problems), facts=table.facts)
    headings = _find_items(table)
    if not headings:
        example = "Blackboard writes the heading of an item as “Title [Total Pts: 10 Score] |1281892”"
        problems.append(Problem("no column is an item", table.place(table.heading_row), example))
    problems += check_headings(table, [*range(min(headings, default=0)), *headings])
    wanted = [column for column in headings if is_wanted(_name_item(table, headings, column), settings)]
    points = {column: match["points"] for column, match in headings.items()}
    numbers = [column for column in wanted if _name_kind(headings[column]) in _NUMBERS]
    # Where nothing shows the mark it is the point, because these headings are in English.
    english = replace(settings, usual_decimal=DecimalMark.POINT)
    mark, undecided = find_column_mark(table, numbers, english, points)
    problems += undecided
    columns = []
    for column in headings:
        scores, refused = _read_heading(table, headings, column, mark)
        columns.append(scores)
        if refused is not None and column in wanted:
            problems.append(refused)
    named = [find_column(table, name) for name in ("Last Name", "First Name")]
    names = [column for column in named if column is not None]
    username = find_column(table, "Username")
    layout = WideLayout(
        SYSTEM,
        reason,
        key_column,
        columns,
        lambda row: None if _is_preview(row, username) else _read_learner(row, key_column, names),
        left_out="preview user",
        facts=describe_reading(table, mark, key_column),
    )
    return read_wide(table, layout, settings, problems)


def _find_items(table: HeadedTable) -> dict[int, re.Match[str]]:
    """Return the headings of items by column; totals are no evidence."""
    matches = {column: _ITEM.fullmatch(heading.strip()) for column, heading in enumerate(table.heading)}
    return {
        column: match for column, match in matches.items() if match is not None and match["total"] is None
    }


def _name_kind(match: re.Match[str]) -> str:
    return (match["kind"] or "").casefold()


def _name_item(table: HeadedTable, headings: Mapping[int, re.Match[str]], column: int) -> Item:
    return Item(headings[column]["title"], table.heading[column], None, column + 1)


def _read_heading(
    table: HeadedTable, headings: Mapping[int, re.Match[str]], column: int, mark: DecimalMark
) -> tuple[ScoreColumn, Problem | None]:
    """Return how the column is to be read, and what is wrong with the points in its heading."""
    match = headings[column]
    kind = _name_kind(match)
    place = table.place(table.heading_row, column)
    points, refused = read_possible(match["points"], place, mark)
    if kind == "percentage":  # its cells are shares of a hundred, whatever the item is worth
        points = _HUNDRED
    if kind in _NUMBERS:
        grammar = _NUMBERS[kind]
    elif kind == "complete/incomplete":
        grammar = _COMPLETION
    else:  # letters, texts, and schemas that a teacher has named
        grammar = _WORDS if points else _WORDS_OR_LEVELS
        points = points or None
    item = Item(match["title"], table.heading[column], points, column + 1)
    return ScoreColumn(column, item, CellReader(grammar, mark)), refused


def _is_preview(row: SheetRow, username: int | None) -> bool:
    return username is not None and row.cells[username].strip().casefold().endswith(_PREVIEW)


def _read_learner(row: SheetRow, key_column: int, names: Sequence[int]) -> Learner:
    name = ", ".join(row.cells[column].strip() for column in names)
    return Learner(row.cells[key_column].strip(), name.strip(", ") or None, None, row.number)
