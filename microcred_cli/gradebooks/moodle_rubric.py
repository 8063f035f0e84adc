"""The rubric report of Moodle's plug-in report_advancedgrading: an assignment's scores by criterion.

Layout from its templates: lines ``Course:…``, ``Assignment:…``, ``Grade method:rubric`` and the rubric's
name; a heading with the criteria, each over three columns, and below it a heading ``Score``, ``Definition``,
``Feedback`` for each; then the learners whose submission was marked. The last four columns are ``Overall
feedback``, ``Grade``, ``Graded by`` and ``Time graded``. Words may be translated, so the layout is told by
how it is built; the fields of the profile are not translated.

The points possible of a criterion are not in the report, so a score is in level points. The grade is what
Moodle makes of the scores, and is no score of its own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.moodle_profile import find_profile
from microcred_cli.gradebooks.wide import (
    RowNotes,
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_column_mark,
    is_wanted,
    read_wide,
)
from microcred_cli.model.gradebook import Gradebook, Item
from microcred_cli.model.place import name_column
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.headed_table import HeadedTable, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Moodle rubric report"
_METHOD = re.compile(r"[^:]+:\s*rubric(?:_ranges)?")
_FIRST_ROWS = 6
_CRITERION_WIDTH = 3
_SUMMARY_WIDTH = 4
_TIME = re.compile(
    r"(?:[A-Za-z]{3,9},? )?(?P<day>[0-9]{1,2}) (?P<month>[A-Za-z]{3,9}),? (?P<year>[0-9]{4}),? "
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})\s?(?P<half>[AaPp])[Mm]"
)
_MONTHS = (
    ("jan", "january"),
    ("feb", "february"),
    ("mar", "march"),
    ("apr", "april"),
    ("may",),
    ("jun", "june"),
    ("jul", "july"),
    ("aug", "august"),
    ("sep", "sept", "september"),
    ("oct", "october"),
    ("nov", "november"),
    ("dec", "december"),
)
_MONTH_NUMBERS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NOON = 12
# Blind marking shows “Participant 17” in every field; names of users have no spaces.
_HIDDEN = re.compile(r"\S.* [0-9]+")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where the parts of a report stand: indexes of rows and, for each criterion, of its first column."""

    assignment: str
    heading: int
    criteria: tuple[tuple[str, int], ...]
    summary: int


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a rubric report, or None when it is none."""
    layout = _find_layout(sheet)
    if layout is None:
        return None
    count = len(layout.criteria)
    noun = "criterion" if count == 1 else "criteria"
    return f"it says that its grade method is a rubric, and has {count} {noun} over three columns each"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the report says, with a problem for every cell that could not be read."""
    layout = _find_layout(sheet)
    if layout is None:
        return Gradebook(sheet.file, SYSTEM, reason, problems=sheet.problems)
    table = _frame(sheet, layout)
    item = Item(layout.assignment, layout.assignment)
    fields = range(layout.criteria[0][1])
    profile, unkeyed = find_profile(table, fields, settings, ("username",))
    problems = [*table.problems, *unkeyed, *_check_criteria(table, layout)]
    columns = [column for _, column in layout.criteria] if is_wanted(item, settings) else []
    mark, undecided = find_column_mark(table, columns, settings)
    problems += undecided
    if _are_hidden(table, fields):
        message = "the learners' names are hidden in this report"
        advice = "reveal the students' identities in Moodle and export again"
        problems.append(Problem(message, table.place(table.heading_row), advice))
    elif profile.key is not None:
        reader = CellReader(CellGrammar(), mark)
        wide = WideLayout(
            SYSTEM,
            reason,
            profile.key,
            [ScoreColumn(column, item, reader, name) for name, column in layout.criteria],
            profile.read_learner,
            read_notes=(lambda row: _read_notes(table, row, layout)) if columns else None,
            facts=describe_reading(table, mark, profile.key),
        )
        return read_wide(table, wide, settings, problems)
    return Gradebook(table.file, SYSTEM, reason, items=(item,), problems=tuple(problems), facts=table.facts)


def _find_layout(sheet: Sheet) -> _Layout | None:
    rows = [row.cells for row in sheet.rows[:_FIRST_ROWS]]
    method = next((at for at, cells in enumerate(rows) if _METHOD.fullmatch(cells[0].strip())), 0)
    if not method:
        return None
    assignment = rows[method - 1][0].partition(":")[2].strip()
    for at in range(method + 1, len(rows) - 1):
        starts = [column for column, cell in enumerate(rows[at]) if cell.strip()]
        criteria, summary = starts[1:-1], starts[-1]
        if assignment and criteria and _fit([*criteria, summary], rows[at + 1]):
            named = tuple((rows[at][column].strip(), column) for column in criteria)
            return _Layout(assignment, at + 1, named, summary)
    return None


def _fit(starts: Sequence[int], heading: Sequence[str]) -> bool:
    """Return whether each criterion has the same three headings below it, and the summary four."""
    parts = {tuple(map(fold_name, heading[start : start + _CRITERION_WIDTH])) for start in starts[:-1]}
    widths = {end - start for start, end in pairwise(starts)}
    ended = len([cell for cell in heading[starts[-1] :] if cell.strip()]) == _SUMMARY_WIDTH
    return widths == {_CRITERION_WIDTH} and len(parts) == 1 and ended


def _frame(sheet: Sheet, layout: _Layout) -> HeadedTable:
    """Return the table under its lower heading, in which the criteria stand for the word “Score”."""
    table = frame_table(sheet, layout.heading)
    heading = list(table.heading)
    for name, column in layout.criteria:
        heading[column] = name
    return replace(table, heading=heading)


def _check_criteria(table: HeadedTable, layout: _Layout) -> list[Problem]:
    problems = []
    seen: dict[str, int] = {}
    for name, column in layout.criteria:
        first = seen.setdefault(fold_name(name), column)
        if first != column:
            message = f"the criterion stands over column {name_column(first + 1)} already"
            place = table.place(table.heading_row, column)
            problems.append(Problem(message, place, "rename or delete one of the two"))
    return problems


def _are_hidden(table: HeadedTable, fields: Sequence[int]) -> bool:
    """Return whether all fields of all learners say the same, and that is no name."""
    said = [
        {row.cells[column].strip() for column in fields if fold_name(table.heading[column]) != "groups"}
        for row in table.rows
    ]
    return bool(said) and all(len(each) == 1 and _HIDDEN.fullmatch(next(iter(each))) for each in said)


def _read_notes(table: HeadedTable, row: SheetRow, layout: _Layout) -> tuple[RowNotes, list[Problem]]:
    rater, date = (cell.strip() for cell in row.cells[layout.summary + 2 : layout.summary + _SUMMARY_WIDTH])
    at = _parse_time(date)
    problems = []
    if date and at is None:
        message = "this is not a date that microcred reads"
        advice = "export with Moodle in English, or write it as 1 Feb 2022 8:31 pm or 2022-02-01 20:31"
        place = table.place(row.number, layout.summary + _SUMMARY_WIDTH - 1)
        problems.append(Problem(message, place, advice, content=date))
    if at is not None and parse_date(date) is None:
        # What is stored is read again, by what knows nothing of Moodle.
        date = datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%MZ")
    return RowNotes(at, date or None, rater or None), problems


def _parse_time(text: str) -> int | None:
    """Return seconds since 1970 of a time as Moodle writes it in English, or of an ISO date; else None.

    The report does not say in which zone its times are, so they are taken as UTC, like all without one.
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return parse_date(text)
    month, hour = _MONTH_NUMBERS.get(match["month"].casefold()), int(match["hour"])
    if month is None or not 1 <= hour <= _NOON:
        return None
    hour = hour % _NOON + (_NOON if match["half"] in "Pp" else 0)
    try:
        moment = datetime(
            int(match["year"]), month, int(match["day"]), hour, int(match["minute"]), tzinfo=UTC
        )
    except ValueError:
        return None
    return int(moment.timestamp())
