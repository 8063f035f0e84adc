"""A course as the Canvas Learning Mastery Gradebook exports it, in English or translated.

The tasks are outcomes; a result is in level points, so the points possible are left out.
"""

import csv
import io

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})
ENGLISH = ("Student name", "Student ID", "Student SIS ID", "{} result", "{} mastery points")
SWEDISH = ("Studentens namn", "Student-ID", "Studentens SIS-ID", "{} resultat", "{} behärskningspoäng")
SPANISH = ("Nombre", "ID", "ID de SIS", "Resultado de {}", "Puntos de dominio de {}")
JAPANESE = ("受講生の名前", "受講生 ID", "受講生の SIS ID", "{}の結果", "{}の習得ポイント")


def write(course: Course, words: tuple[str, str, str, str, str] = ENGLISH, group: str = "Skills > ") -> bytes:
    """Write the course with the headings of a language and the group before every outcome."""
    *about, result, mastery = words
    rows = [about]
    for task in course.tasks:
        rows[0] += [result.format(group + task.name), mastery.format(group + task.name)]
    for person, each in enumerate(course.people):
        row = [f"{each.first} {each.last}", str(int(each.number)), each.number]
        for number in range(len(course.tasks)):
            content = course.cells[person, number]
            row += ["" if isinstance(content, CellState) else str(float(content)), "3"]
        rows.append(row)
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode()


def list_keys(course: Course) -> dict[str, str]:
    return {person.number: str(int(person.number)) for person in course.people}
