"""The Open edX grade report (Instructor, Data Download, Generate Grade Report).

Layout from ``lms/djangoapps/instructor_task/tasks_helper/grades.py`` of openedx/edx-platform:
``Student ID,Email,Username``, names where the site shows them, ``Grade``, then for each assignment type
either its subsections, ``Type 1: Name``, and their average, ``Type (Avg)``, or one column ``Type`` when it
has only one subsection; then cohort, team, track and certificate. Scores are fractions of 1.
"""

import re
from collections.abc import Collection, Iterator

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_key_column,
    is_wanted,
    read_wide,
)
from microcred_cli.model.gradebook import CellState, Gradebook, Item, Learner
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import HeadedTable, find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "Open edX grade report"
GRAMMAR = CellGrammar({"Not Attempted": CellState.MISSING, "Not Available": CellState.NOT_ASSIGNED})
_NEEDED = frozenset({"student id", "email", "username", "grade", "enrollment track"})
_BEHIND_GRADES = frozenset(
    {
        "cohort name",
        "team name",
        "enrollment track",
        "verification status",
        "certificate eligible",
        "certificate delivered",
        "certificate type",
        "enrollment status",
    }
)
_EXPERIMENT = "experiment group ("
_AVERAGE = " (Avg)"
_POSSIBLE = parse_number("1")
# A type may hold such a number itself, so every place is looked at.
_NUMBER = re.compile(r"(?= ([0-9]+): )")


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is an Open edX grade report, or None when it is none."""
    if not set(sheet.fold_heading()) >= _NEEDED:
        return None
    return "there are the columns “Student ID”, “Username”, “Grade” and “Enrollment Track”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the report says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    # A site's number of a learner never changes; a user name can.
    key_column, problems = find_key_column(table, ["Student ID"], settings)
    key = key_column or 0
    items = {
        column: Item(name, table.heading[column], _POSSIBLE, column + 1)
        for column, name in _name_items(table).items()
    }
    problems += [*table.problems, *check_headings(table, items)]
    table = shorten_numbers(table, items)
    wanted = [column for column, item in items.items() if is_wanted(item, settings)]
    mark, undecided = find_printed_mark(table, wanted, settings)
    reader = CellReader(GRAMMAR, mark)
    personal = _find_personal(table)
    layout = WideLayout(
        SYSTEM,
        reason,
        key,
        [ScoreColumn(column, item, reader) for column, item in items.items()],
        lambda row: _read_learner(row, key, *personal),
        facts=describe_reading(table, mark, key),
    )
    return read_wide(table, layout, settings, [*problems, *undecided])


def _name_items(table: HeadedTable) -> dict[int, str]:
    """Return the columns that are a subsection, and its name as the course shows it.

    The averages of several subsections are left out; where an average stands alone, it is the one score.
    """
    first = (find_column(table, "Grade") or 0) + 1
    headings = dict(enumerate(table.heading))
    for column in range(len(table.heading)):
        folded = fold_name(table.heading[column])
        if column < first or not folded:
            del headings[column]
        elif folded in _BEHIND_GRADES or folded.startswith(_EXPERIMENT):
            headings = {each: heading for each, heading in headings.items() if each < column}
            break
    averages = [heading for heading in headings.values() if heading.endswith(_AVERAGE)]
    types = {heading.removesuffix(_AVERAGE): order for order, heading in enumerate(averages)}
    lengths = {len(kind) for kind in types}
    named: dict[int, str] = {}
    divided: set[str] = set()
    for column, heading in headings.items():
        if kinds := dict(_divide_heading(heading, types, lengths)):
            named[column] = kinds[max(kinds, key=types.__getitem__)]
            divided.update(kinds)
    for column, heading in headings.items():
        kind = heading.removesuffix(_AVERAGE)
        if column not in named and not (heading.endswith(_AVERAGE) and kind in divided):
            named[column] = kind
    return dict(sorted(named.items()))


def _divide_heading(
    heading: str, types: Collection[str], lengths: Collection[int]
) -> Iterator[tuple[str, str]]:
    """Yield each type (of these lengths) the heading may be of, and what its subsection is then called."""
    for match in _NUMBER.finditer(heading):
        if match.start() in lengths and (kind := heading[: match.start()]) in types:
            yield kind, heading[match.end(1) + len(": ") :]


def _find_personal(table: HeadedTable) -> tuple[list[int], int | None]:
    whole = find_column(table, "Name")
    divided = [find_column(table, name) for name in ("First Name", "Last Name")]
    names = [column for column in ([whole] if whole is not None else divided) if column is not None]
    return names, find_column(table, "Email")


def _read_learner(row: SheetRow, key: int, names: list[int], email: int | None) -> Learner:
    name = " ".join(row.cells[column].strip() for column in names).strip()
    address = row.cells[email].strip() if email is not None else ""
    return Learner(row.cells[key].strip(), name or None, address or None, row.number)
