"""The grades of nbgrader."""

import string
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.gradebooks import nbgrader
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.other_exports import list_samples
from tests.gradebooks.writers import nbgrader as writer
from tests.shared import find_shared

HEADING = (
    "assignment,duedate,timestamp,student_id,last_name,first_name,email,"
    "raw_score,late_submission_penalty,score,max_score"
)
# Assignments are folders, and nothing in this layout is quoted.
FOLDERS = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=12)


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("grades.csv", data)
    reason = nbgrader.recognise(sheet)
    assert reason is not None
    return nbgrader.read(sheet, settings or GradebookSettings(), reason)


def read(*rows: str, settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes("\n".join([HEADING, *rows, ""]).encode(), settings)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def make_row(
    timestamp: str = "2026-10-01 16:00:00.1",
    scores: str = "3.5,0.0,3.5,4.0",
    *,
    due: str = "2026-10-01 17:00:00",
    learner: str = "zoe",
) -> str:
    return f"ps1,{due},{timestamp},{learner},Müller,Zoë,z@x.org,{scores}"


@given(draw_courses(writer.STATES, FOLDERS))
def test_what_was_written_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(course, writer.list_keys(course))


def test_a_row_in_full() -> None:
    gradebook = read(make_row())
    assert gradebook.problems == ()
    (score,) = gradebook.scores
    assert (score.learner, score.item, score.value, score.possible) == (
        "zoe",
        "ps1",
        Decimal("3.5"),
        Decimal(4),
    )
    assert (score.date, score.at, score.late) == ("2026-10-01 16:00:00.1", 1790870400, False)
    assert (score.row, score.column) == (2, 10)
    (learner,) = gradebook.learners
    assert (learner.key, learner.name, learner.email) == ("zoe", "Zoë Müller", "z@x.org")
    assert [(item.name, item.possible) for item in gradebook.items] == [("ps1", Decimal(4))]


@pytest.mark.parametrize(
    ("timestamp", "scores", "state", "value"),
    [
        ("", "0.0,0.0,0.0,4.0", CellState.MISSING, None),
        ("2026-10-01 16:00:00", "0.0,0.0,0.0,4.0", CellState.SCORE, Decimal(0)),
        ("2026-10-01 16:00:00", "3.0,3.0,0.0,4.0", CellState.SCORE, Decimal(0)),
        # Handed in without a record of when.
        ("", "3.0,0.0,3.0,4.0", CellState.SCORE, Decimal(3)),
        ("", "3.0,3.0,0.0,4.0", CellState.SCORE, Decimal(0)),
    ],
)
def test_no_submission_is_no_zero(timestamp: str, scores: str, state: CellState, value: Decimal) -> None:
    gradebook = read(make_row(timestamp, scores))
    assert gradebook.problems == ()
    assert [(score.state, score.value) for score in gradebook.scores] == [(state, value)]


@pytest.mark.parametrize(
    ("timestamp", "due", "penalty", "late"),
    [
        ("2026-10-01 17:00:00", "2026-10-01 17:00:00", "0.0", False),
        ("2026-10-01 17:00:01", "2026-10-01 17:00:00", "0.0", True),
        ("2026-10-01 16:00:00", "2026-10-01 17:00:00", "1.0", True),
        ("2026-10-01 16:00:00", "", "0.0", None),
        ("2026-10-01 16:00:00", "", "1.0", True),
        ("", "2026-10-01 17:00:00", "0.0", None),
    ],
)
def test_late_work(timestamp: str, due: str, penalty: str, late: bool | None) -> None:  # noqa: FBT001
    (score,) = read(make_row(timestamp, f"3.0,{penalty},2.0,4.0", due=due)).scores
    assert score.late is late


def test_long_fractions_are_rounded_to_the_decimals_that_count() -> None:
    (score,) = read(make_row(scores="1.3333333333333333,0.0,1.3333333333333333,4.0")).scores
    assert score.value == Decimal("1.333333333")


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (make_row(learner=""), (2, 4, "this row has no learner")),
        (make_row("yesterday"), (2, 3, "this is not a date")),
        (make_row(due="soon"), (2, 2, "this is not a date")),
        (make_row(scores="3.0,0.0,,4.0"), (2, 10, "this is not a score")),
        (make_row(scores="3.0,0.0,A,4.0"), (2, 10, "this is not a score")),
        (make_row(scores="3.0,0.0,3.0,"), (2, 11, "this row has no points possible")),
        (make_row(scores="3.0,0.0,3.0,x"), (2, 11, "this is not a number of points possible")),
        (make_row().replace("ps1", ""), (2, 1, "this row has no assignment")),
        (make_row().replace("Zoë", "Zoë,M."), (2, None, "the row has 12 cells, the heading 11")),
    ],
)
def test_refused_rows(row: str, expected: tuple[int, int | None, str]) -> None:
    gradebook = read(row)
    assert describe(gradebook) == [expected]
    assert gradebook.scores == ()
    # Whose a row is that has no key or a cell too many is not told.
    whose = None if expected[1] in {None, 4} else "zoe"
    assert [each.learner for each in gradebook.problems] == [whose]
    assert all("Müller" not in f"{each.message}{each.place}{each.help}" for each in gradebook.problems)


def test_a_learner_stands_once_in_an_assignment() -> None:
    assert describe(read(make_row(), make_row())) == [
        (3, 10, "row 2 gives the same score of the same learner already")
    ]


def test_the_settings_choose_key_and_items() -> None:
    rows = [make_row(), make_row(scores="x,x,x,x").replace("ps1", "ps2")]
    settings = GradebookSettings(learner=("email",), only=frozenset({"ps1"}))
    gradebook = read(*rows, settings=settings)
    assert gradebook.problems == ()
    assert [(score.learner, score.item) for score in gradebook.scores] == [("z@x.org", "ps1")]
    assert [item.name for item in gradebook.items] == ["ps1", "ps2"]


def test_the_shared_samples() -> None:
    folder = find_shared("gradebooks")
    made = read_bytes((folder / "synthetic/nbgrader/grades.csv").read_bytes())
    assert made.problems == ()
    assert [(score.learner, score.state) for score in made.scores] == [
        ("zoe", CellState.SCORE),
        ("sean", CellState.MISSING),
    ]
    real = read_bytes((folder / "real/nbgrader/grades.csv").read_bytes())
    assert real.problems == ()
    assert [(score.value, score.possible, score.late) for score in real.scores] == [
        (Decimal("1.5"), Decimal(23), None),
        (Decimal(3), Decimal(23), None),
    ]


def test_no_other_export_is_taken_for_this_one() -> None:
    assert not any(nbgrader.recognise(sheet) for sheet in list_samples("nbgrader")["others"])
