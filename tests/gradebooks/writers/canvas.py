"""A course as the Canvas gradebook exports it, with the comma, or with decimal commas and semicolons."""

import csv
import io
from decimal import Decimal

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Content, Course

STATES = frozenset({CellState.MISSING, CellState.EXCUSED, CellState.NOT_ASSIGNED})
_WORDS = {CellState.MISSING: "", CellState.EXCUSED: "EX", CellState.NOT_ASSIGNED: "N/A"}
_TOTALS = ["Current Points", "Final Points", "Current Score", "Final Score"]


def write(course: Course) -> bytes:
    return _write(course, ",", commas=False)


def write_with_commas(course: Course) -> bytes:
    """Write it as an account in Swedish does: decimal commas, which does not change the delimiter."""
    return b"\xef\xbb\xbf" + _write(course, ",", commas=True)


def write_with_semicolons(course: Course) -> bytes:
    return _write(course, ";", commas=True)


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: str(int(person.number)) for person in course.people}


def _write(course: Course, delimiter: str, *, commas: bool) -> bytes:
    read_only = "(läs endast)" if commas else "(read only)"
    count = len(course.tasks)
    heading = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Notes", "Room (12)"]
    titles = [f"{task.name} ({100 + number})" for number, task in enumerate(course.tasks)]
    rows = [
        [*heading, *titles, *(f"{total} (2026)" for total in _TOTALS), "Override Score (2026)"],
        [""] * 7 + ["Manual Posting"] + [""] * (count + 8),  # longer than the heading, as some are
        ["    Points Possible"]
        + [""] * 6
        + [_write_content(task.possible, commas=commas) for task in course.tasks]
        + [read_only] * 4
        + [""],
    ]
    for person, each in enumerate(course.people):
        about = [f"{each.last}, {each.first}", str(int(each.number)), each.number, each.username, "A and B"]
        cells = [_write_content(course.cells[person, task], commas=commas) for task in range(count)]
        totals = ["1.234,50" if commas else "1,234.50", "0", "7,5" if commas else "7.5", ""]
        rows.append([*about, "late joiner", "B 12", *cells, *totals, "87.5"])
    test = ["Student, Test", "1000000", "", "0a1b2c", "A", "", ""]
    rows.append([*test, *[""] * (count + 5)])
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode()


def _write_content(content: Content, *, commas: bool) -> str:
    if isinstance(content, CellState):
        return _WORDS[content]
    text = f"{Decimal(content):.2f}"
    return text.replace(".", ",") if commas else text
