"""A course as Moodle's rubric report shows one assignment of it: each task is a criterion."""

import csv
import io
from decimal import Decimal

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})
ASSIGNMENT = "Portfolio: part 2"
TIME = "1 Feb 2022 8:31 pm"
_FIELDS = ("Username", "Firstname", "Lastname", "Email", "Idnumber", "Groups")


def write(course: Course) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n")
    lines = ["Course:Advanced Grading", f"Assignment:{ASSIGNMENT}", "Grade method:rubric", "Rubric", ""]
    writer.writerows([line] for line in lines)
    blanks = [""] * (len(_FIELDS) - 1)
    criteria = [cell for task in course.tasks for cell in (task.name, "", "")]
    writer.writerow(["Student", *blanks, *criteria, "Grade summary", "", "", ""])
    parts = ["Score", "Definition", "Feedback"] * len(course.tasks)
    writer.writerow([*_FIELDS, *parts, "Overall feedback", "Grade", "Graded by", "Time graded"])
    for number, person in enumerate(course.people):
        cells: list[str] = []
        for task in range(len(course.tasks)):
            content = course.cells[number, task]
            cells += [f"{content:.5f}", "Good", ""] if isinstance(content, Decimal) else ["", "", ""]
        profile = [person.username, person.first, person.last, person.email, person.number, "A B"]
        writer.writerow([*profile, *cells, "Well, done", "100.00", "admin", TIME])
    return stream.getvalue().encode()


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: person.number for person in course.people}
