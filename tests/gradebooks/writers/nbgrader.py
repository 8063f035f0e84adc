"""The grades of nbgrader, which quotes nothing."""

from microcred_cli.model.gradebook import CellState
from tests.gradebooks.courses import Course

STATES = frozenset({CellState.MISSING})
_HEADING = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,"
    "raw_score,late_submission_penalty,score,max_score"
)


def write(course: Course) -> bytes:
    """Return the export. A learner without a submission has a score of 0.0 and no timestamp."""
    lines = [_HEADING]
    for task, each in enumerate(course.tasks):
        for number, person in enumerate(course.people):
            content = course.cells[number, task]
            missing = isinstance(content, CellState)
            score = 0.0 if missing else float(content)
            timestamp = "" if missing else "2026-10-01 16:00:00.100000"
            names = [name.replace(",", "").replace('"', "") for name in (person.last, person.first)]
            row = [each.name, "2026-10-01 17:00:00", timestamp, person.username, *names, ""]
            lines.append(",".join([*row, str(score), "0.0", str(score), str(float(each.possible))]))
    return "\n".join([*lines, ""]).encode()


def list_keys(course: Course) -> dict[str, str]:
    """Return the learner's key by the person's number."""
    return {person.number: person.username for person in course.people}
