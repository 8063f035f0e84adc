"""A course as Moodle exports its grades as text, with whatever display types are ticked."""

from collections.abc import Iterable
from decimal import Decimal

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Content, Course, Task

STATES = frozenset({CellState.MISSING})
DELIMITERS = (",", ";", "\t", ":")
_EVERY = ("Real", "Percentage", "Letter", "Feedback")
_PROFILE = ("First name", "Last name", "ID number", "Email address", "Suspended")


def write(course: Course, delimiter: str = ",", displays: Iterable[str] = _EVERY) -> bytes:
    shown = tuple(displays)
    items = [f"Assignment: {task.name} ({display})" for task in course.tasks for display in shown]
    rows = [[*_PROFILE, *items, f"Course total ({shown[0]})", "Last downloaded from this course"]]
    for number, person in enumerate(course.people):
        cells = [
            _write_cell(course.cells[number, at], task, display)
            for at, task in enumerate(course.tasks)
            for display in shown
        ]
        rows.append(
            [person.first, person.last, person.number, person.email, "", *cells, "7.00", "1763900000"]
        )
    return "".join(delimiter.join(_quote(cell, delimiter) for cell in row) + "\n" for row in rows).encode()


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: person.number for person in course.people}


def round_share(share: Decimal) -> Decimal:
    """Return a share as it stands in an export with five decimals, the most that Moodle offers."""
    return round(share * 100, 5) / 100


def _write_cell(content: Content, task: Task, display: str) -> str:
    if display == "Feedback":
        return "5" if isinstance(content, Decimal) else ""
    if not isinstance(content, Decimal):
        return "-"
    if display == "Letter":
        return "A" if 2 * content > task.possible else "F"
    if display == "Percentage":
        return f"{round_share(content / task.possible) * 100:.5f} %"
    return f"{content:.5f}"


def _quote(cell: str, delimiter: str) -> str:
    """Quote what PHP's fputcsv quotes."""
    if not any(character in cell for character in f'{delimiter}" \t\r\n\\'):
        return cell
    return '"' + cell.replace('"', '""') + '"'
