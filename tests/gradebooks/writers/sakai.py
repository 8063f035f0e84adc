"""A course as Sakai exports it, with the comma, or where the decimal mark is the comma with the semicolon."""

from decimal import Decimal

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})
_TO_COMMAS = str.maketrans(",.", ".,")


def write(course: Course) -> bytes:
    return _write(course, commas=False)


def write_with_commas(course: Course) -> bytes:
    return _write(course, commas=True)


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: person.username for person in course.people}


def _write(course: Course, *, commas: bool) -> bytes:
    rows = [["Student ID", "Student Name"]]
    for task in course.tasks:
        rows[0] += [f"{task.name} [{_write_number(task.possible, commas=commas)}]", f"* {task.name}"]
    rows[0].append("# Course Grade")
    for number, person in enumerate(course.people):
        row = [person.username, f"{person.last}, {person.first}"]
        for column in range(len(course.tasks)):
            content = course.cells[number, column]
            row.append(_write_number(content, commas=commas) if isinstance(content, Decimal) else "")
            row.append('He said "good", and more;\nsee 3.5')
        rows.append([*row, "B+"])
    delimiter = ";" if commas else ","
    return "".join(f"{delimiter.join(map(_quote, row))}\r\n" for row in rows).encode("utf-8-sig")


def _write_number(number: Decimal, *, commas: bool) -> str:
    text = f"{number:,.2f}".rstrip("0").rstrip(".")
    return text.translate(_TO_COMMAS) if commas else text


def _quote(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"'
