"""The PrairieLearn gradebook, whose assessments are the tasks."""

import csv
import io

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})


def write(course: Course) -> bytes:
    """Return the export; scores are in percent, printed as binary fractions."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    labels = [task.name for task in course.tasks]
    rows.writerow(["UID", "Name", "UIN", "Role", "Enrollment", "Labels", *labels])
    rows.writerow(["ta@example.org", "Tee Aye", "", "Staff", "", "", *["100"] * len(labels)])
    for number, person in enumerate(course.people):
        cells = []
        for task, each in enumerate(course.tasks):
            content = course.cells[number, task]
            if isinstance(content, CellState):
                cells.append("")
            else:
                cells.append(f"{float(content / each.possible * 100):.15g}")
        about = [person.email, f"{person.first} {person.last}", person.number, "Student", "joined", ""]
        rows.writerow([*about, *cells])
    return text.getvalue().encode()


def list_keys(course: Course) -> dict[str, str]:
    """Return the learner's key by the person's number."""
    return {person.number: person.email for person in course.people}
