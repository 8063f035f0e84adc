"""The scores of a Gradescope assignment whose questions are the tasks.

A row is ungraded as a whole; its cells have numbers all the same.
"""

import csv
import io

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING, CellState.UNGRADED})
_ABOUT = ("Total Score", "Max Points", "Status", "Submission ID", "Submission Time", "Lateness (H:M:S)")


def write(course: Course) -> bytes:
    """Return the export."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    questions = [f"{n}: {task.name} ({task.possible} pts)" for n, task in enumerate(course.tasks, start=1)]
    rows.writerow(["First Name", "Last Name", "SID", "Email", "", *_ABOUT, *questions])
    most = sum(task.possible for task in course.tasks)
    for number, person in enumerate(course.people):
        contents = [course.cells[number, task] for task in range(len(course.tasks))]
        about = [person.first, person.last, person.number, person.email, ""]
        if all(content is CellState.MISSING for content in contents):
            rows.writerow([*about, "", most, "Missing"])
            continue
        ungraded = CellState.UNGRADED in contents
        cells = [
            "1.0" if ungraded else "" if isinstance(content, CellState) else content for content in contents
        ]
        status = "Ungraded" if ungraded else "Graded"
        handed_in = [number + 1, "2026-10-01 13:16:26 -0600", "00:00:00"]
        rows.writerow([*about, "2.5", most, status, *handed_in, *cells])
    return text.getvalue().encode()


def list_keys(course: Course) -> dict[str, str]:
    """Return the learner's key by the person's number."""
    return {person.number: person.number for person in course.people}
