"""What the rows of both exports of Gradescope say of a submission: whose it is, and when it came."""

from collections.abc import Sequence
from dataclasses import dataclass

from microcred_cli.gradebooks.wide import find_key_column
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.headed_table import HeadedTable, find_column
from microcred_cli.texts.sheet import SheetRow


def choose_key(tables: Sequence[HeadedTable]) -> tuple[str, str]:
    """Return the names of the key columns, the better first: SID, unless no learner has one."""
    for table in tables:
        column = find_column(table, "SID")
        if column is not None and any(row.cells[column].strip() for row in table.rows):
            return ("SID", "Email")
    return ("Email", "SID")


@dataclass(frozen=True, slots=True)
class SubmissionColumns:
    """Where a table says it, counted from 0."""

    table: HeadedTable
    key: int
    names: tuple[int, ...]
    email: int | None
    time: int | None

    def read_learner(self, row: SheetRow) -> Learner:
        """Return the learner of a row; the key is blank where the row has none."""
        name = " ".join(row.cells[column].strip() for column in self.names).strip()
        email = row.cells[self.email].strip() if self.email is not None else ""
        return Learner(row.cells[self.key].strip(), name or None, email or None, row.number)

    def read_time(self, row: SheetRow) -> tuple[int | None, str | None, list[Problem]]:
        """Return when the submission came, in seconds since 1970 and as written, and what is wrong."""
        text = row.cells[self.time].strip() if self.time is not None else ""
        if not text:
            return None, None, []
        at = parse_date(text)
        if at is not None:
            return at, text, []
        advice = "Gradescope writes it as 2026-03-01 10:30:00 -0600"
        place = self.table.place(row.number, self.time)
        return None, None, [Problem("this is not a date", place, advice, content=text)]


def find_columns(
    table: HeadedTable, key_names: Sequence[str], settings: GradebookSettings
) -> tuple[SubmissionColumns | None, list[Problem]]:
    """Return where the table says whose and when; None and a problem when nothing tells learners apart."""
    key, problems = find_key_column(table, key_names, settings)
    if key is None:
        return None, problems
    divided = [find_column(table, name) for name in ("First Name", "Last Name")]
    names = tuple(column for column in divided if column is not None)
    whole = find_column(table, "Name")
    if not names and whole is not None:
        names = (whole,)
    columns = SubmissionColumns(
        table, key, names, find_column(table, "Email"), find_column(table, "Submission Time")
    )
    return columns, problems
