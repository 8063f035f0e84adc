"""The Open edX grade report: the tasks are subsections of one type, or a type where there is only one."""

import csv
import io

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Content, Course, Task

STATES = frozenset({CellState.MISSING, CellState.NOT_ASSIGNED})
_WORDS = {CellState.MISSING: "Not Attempted", CellState.NOT_ASSIGNED: "Not Available"}
_TAIL = ("Cohort Name", "Experiment Group (A: B)", "Team Name", "Enrollment Track", "Verification Status")


def write(course: Course) -> bytes:
    """Return the report; scores are fractions of 1, printed as binary fractions."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    names = [task.name for task in course.tasks]
    single = len(names) == 1
    items = names if single else [f"Lab 2: Home {n}: {name}" for n, name in enumerate(names, start=1)]
    average = [] if single else ["Lab 2: Home (Avg)"]
    rows.writerow(["Student ID", "Email", "Username", "Grade", *items, *average, *_TAIL])
    for number, person in enumerate(course.people):
        cells = [_write_cell(course.cells[number, task], each) for task, each in enumerate(course.tasks)]
        about = [person.number, person.email, person.username, "0.5"]
        rows.writerow([*about, *cells, *["0.25"] * len(average), "", "", "", "audit", "N/A"])
    return text.getvalue().encode()


def _write_cell(content: Content, task: Task) -> str:
    if isinstance(content, CellState):
        return _WORDS[content]
    return f"{float(content / task.possible):.15f}"


def list_keys(course: Course) -> dict[str, str]:
    """Return the learner's key by the person's number."""
    return {person.number: person.number for person in course.people}
