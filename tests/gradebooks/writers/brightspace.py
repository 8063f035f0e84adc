"""A course as D2L Brightspace exports its grades."""

import csv
import io
from decimal import Decimal

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})


def write(course: Course) -> bytes:
    heading = ["OrgDefinedId", "Username", "Last Name", "First Name", "Email"]
    for task in course.tasks:
        traits = f"Numeric MaxPoints:{task.possible} Weight:8.3333 Category:Home work CategoryWeight:60"
        heading += [f"{task.name} Points Grade <{traits}>", f"{task.name} Scheme Symbol"]
    heading += ["Home work Subtotal Numerator", "Home work Subtotal Denominator"]
    heading += ["Calculated Final Grade Numerator", "Calculated Final Grade Denominator"]
    heading += ["Adjusted Final Grade Numerator", "Adjusted Final Grade Denominator", "End-of-Line Indicator"]
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    for number, person in enumerate(course.people):
        row = [f"#{person.number}", f"#{person.username}", person.last, person.first, person.email]
        for column in range(len(course.tasks)):
            content = course.cells[number, column]
            row += [f"{content.normalize():f}", "B+"] if isinstance(content, Decimal) else ["", ""]
        writer.writerow([*row, "7.5", "8", "52.5", "60", "", "", "#"])
    return text.getvalue().encode()


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: person.number for person in course.people}
