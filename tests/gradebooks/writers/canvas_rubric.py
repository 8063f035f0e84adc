"""A course as Canvas exports the rubric assessments of an assignment: the tasks are criteria.

Points are level points there, so the points possible are left out.
"""

import csv
import io

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})


def write(course: Course) -> bytes:
    rows = [["Student Id", "Student Name"]]
    for task in course.tasks:
        rows[0] += [f"{task.name} - {kind}" for kind in ("Rating", "Points", "Comments")]
    for person, each in enumerate(course.people):
        row = [str(int(each.number)), f"{each.first} {each.last}"]
        for number in range(len(course.tasks)):
            content = course.cells[person, number]
            scored = not isinstance(content, CellState)
            row += ["4 - Exceeds", str(float(content)), 'good, "clear"\n3.5'] if scored else ["", "", ""]
        rows.append(row)
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: str(int(person.number)) for person in course.people}
