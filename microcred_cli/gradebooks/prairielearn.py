"""The PrairieLearn gradebook (Gradebook, Download CSV).

``UID,Name,UIN,Role,Enrollment,Labels``, of which older exports have only some, then a column an assessment,
named by its label. Scores are in percent, above 100 with a bonus. Staff stand among the learners.
"""

from microcred_cli.gradebooks.cells import CellGrammar, CellReader
from microcred_cli.gradebooks.headings import check_headings
from microcred_cli.gradebooks.printed_numbers import find_printed_mark, shorten_numbers
from microcred_cli.gradebooks.wide import (
    ScoreColumn,
    WideLayout,
    describe_reading,
    find_key_column,
    is_wanted,
    read_wide,
)
from microcred_cli.model.gradebook import Gradebook, Item, Learner
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.headed_table import find_column, frame_table
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

SYSTEM = "PrairieLearn gradebook"
GRAMMAR = CellGrammar()
_ABOUT_LEARNERS = frozenset({"uid", "name", "uin", "role", "enrollment", "labels"})
# Downloads of a single assessment begin alike. Of those with a row a learner, some give points and others
# percent, and nothing in the file tells which; the others have a row a question or a submission.
_OTHER_DOWNLOADS = frozenset({"username", "usernames", "assessment", "qid"})
_POSSIBLE = parse_number("100")
_STUDENT = "Student"


def recognise(sheet: Sheet) -> str | None:
    """Return why the table is a PrairieLearn gradebook, or None when it is none."""
    heading = sheet.fold_heading()
    if heading[:1] != ["uid"] or "uin" not in heading or not _OTHER_DOWNLOADS.isdisjoint(heading):
        return None
    return "the first column is “UID”, and there is a column “UIN”"


def read(sheet: Sheet, settings: GradebookSettings, reason: str) -> Gradebook:
    """Return what the export says, with a problem for every cell that could not be read."""
    table = frame_table(sheet)
    key_column, problems = find_key_column(table, ["UID"], settings)
    items = {
        column: Item(heading.strip(), heading, _POSSIBLE, column + 1)
        for column, heading in enumerate(table.heading)
        if heading.strip() and fold_name(heading) not in _ABOUT_LEARNERS
    }
    problems += [*table.problems, *check_headings(table, range(len(table.heading)))]
    table = shorten_numbers(table, items)
    wanted = [column for column, item in items.items() if is_wanted(item, settings)]
    mark, undecided = find_printed_mark(table, wanted, settings)
    reader = CellReader(GRAMMAR, mark)
    key = key_column or 0
    name, role = (find_column(table, heading) for heading in ("Name", "Role"))
    layout = WideLayout(
        SYSTEM,
        reason,
        key,
        [ScoreColumn(column, item, reader) for column, item in items.items()],
        lambda row: _read_learner(row, key, name, role),
        "non-student",
        facts=describe_reading(table, mark, key),
    )
    return read_wide(table, layout, settings, [*problems, *undecided])


def _read_learner(row: SheetRow, key: int, name: int | None, role: int | None) -> Learner | None:
    if role is not None and row.cells[role] != _STUDENT:
        return None
    written = row.cells[name].strip() if name is not None else ""
    return Learner(row.cells[key].strip(), written or None, None, row.number)
