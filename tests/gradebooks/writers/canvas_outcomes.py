"""A course as the Canvas report Outcome Results gives it: the tasks are outcomes, each assessed once."""

import csv
import io

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})
HEADING = [
    "student name",
    "student id",
    "student sis id",
    "assessment title",
    "assessment id",
    "assessment type",
    "submission date",
    "submission score",
    "learning outcome name",
    "learning outcome id",
    "attempt",
    "outcome score",
    "assessment question",
    "assessment question id",
    "course name",
    "course id",
    "course sis id",
    "section name",
    "section id",
    "section sis id",
    "assignment url",
    "learning outcome friendly name",
    "learning outcome points possible",
    "learning outcome mastery score",
    "learning outcome mastered",
    "learning outcome rating",
    "learning outcome rating points",
    "learning outcome group title",
    "learning outcome group id",
    "account id",
    "account name",
    "enrollment state",
]


def write_rows(*rows: dict[str, str]) -> bytes:
    """Write rows of a few columns; the others are blank."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, HEADING, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def write(course: Course) -> bytes:
    """Write a row for each of the sections of a learner; people have one or two."""
    rows = []
    for (person, task), content in course.cells.items():
        each, outcome = course.people[person], course.tasks[task]
        row = {
            "student name": f"{each.last}, {each.first}",
            "student id": str(int(each.number)),
            "student sis id": each.number,
            "assessment title": "Portfolio",
            "assessment id": "102",
            "assessment type": "assignment",
            "learning outcome name": outcome.name,
            "learning outcome id": str(500 + task),
            "course id": "7",
        }
        if not isinstance(content, CellState):
            row["submission date"] = "2026-10-01T10:00:00+02:00"
            row["attempt"] = "1"
            row["outcome score"] = str(float(content))
            row["learning outcome points possible"] = str(float(outcome.possible))
            row["learning outcome mastered"] = "1"
            row["learning outcome rating"] = "Mastery"
        rows += [{**row, "section id": str(section)} for section in range(1 + person % 2)]
    return write_rows(*rows)


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: str(int(person.number)) for person in course.people}
