"""A course as Blackboard Learn downloads it: tab text in UTF-16, or CSV in UTF-8 with a byte order mark."""

from decimal import Decimal

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Content, Course

STATES = frozenset({CellState.MISSING, CellState.UNGRADED})
_UNGRADED = ("Needs Grading", "Needs Grading(3.00)", "In Progress", "In Progress(0.50)")


def write(course: Course) -> bytes:
    return _write(course, "\t").encode("utf-16")


def write_csv(course: Course) -> bytes:
    return _write(course, ",").encode("utf-8-sig")


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: person.username for person in course.people}


def _write(course: Course, delimiter: str) -> str:
    titles = [
        f"{task.name} [Total Pts: {task.possible:,} Score] |{1281892 + number}"
        for number, task in enumerate(course.tasks)
    ]
    heading = ["Last Name", "First Name", "Username", "Student ID", "Last Access", "Availability", *titles]
    rows = [[*heading, "Total [Total Pts: up to 1,499 Score] |1281889"]]
    for number, person in enumerate(course.people):
        cells = [_write_cell(course.cells[number, task], number + task) for task in range(len(course.tasks))]
        names = [person.last, person.first, person.username, person.number, "2026-11-01 20:20:47", "Yes"]
        rows.append([*names, *cells, "1,234.50"])
    return "".join(f"{delimiter.join(map(_quote, row))}\r\n" for row in rows)


def _write_cell(content: Content, number: int) -> str:
    if isinstance(content, Decimal):
        return f"{content:,.2f}" if content else "0"
    return _UNGRADED[number % len(_UNGRADED)] if content is CellState.UNGRADED else ""


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
