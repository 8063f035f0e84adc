"""The evaluations of a Gradescope assignment: an archive with a file a task."""

import csv
import io
import zipfile

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.UNGRADED})
_BEFORE = ("First Name", "Last Name", "SID", "Email", "Sections", "Score", "Submission Time")
_AFTER = ("Adjustment", "Comments", "Grader", "Tags")


def write(course: Course) -> bytes:
    """Return the archive."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for task, each in enumerate(course.tasks):
            name = each.name.replace(" ", "_")
            archive.writestr(f"evaluations/{task + 1}_{name}.csv", _write_question(course, task))
    return data.getvalue()


def _write_question(course: Course, task: int) -> str:
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rubric = ["Right", "Right", "Score", 'Nearly,\n"so"']
    rows.writerow(["Assignment Submission ID", "Question Submission ID", *_BEFORE, *rubric, *_AFTER])
    for number, person in enumerate(course.people):
        content = course.cells[number, task]
        score, grader = ("", "") if isinstance(content, CellState) else (content, "Kim")
        about = [person.first, person.last, person.number, person.email, "A"]
        handed_in = [score, "2026-10-01 13:16:26 -0600", "true", "false", "false", "true"]
        rows.writerow([100 + number, 900 + number, *about, *handed_in, "-1.0", "so, so", grader, ""])
    rows.writerow([])
    rows.writerow(["Point Values", *[""] * 8, "1.0", "0.0", "-1.0", "0.5"])
    rows.writerow(["Rubric Type", "positive"])
    return text.getvalue()


def list_keys(course: Course) -> dict[str, str]:
    """Return the learner's key by the person's number."""
    return {person.number: person.number for person in course.people}
