"""The PrairieLearn gradebook."""

from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import prairielearn
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import TITLES, Course, draw_courses, list_contents, list_expected
from tests.gradebooks.other_exports import list_samples
from tests.gradebooks.rounding import round_shares
from tests.gradebooks.writers import prairielearn as writer
from tests.shared import find_shared

HEADING = "UID,Name,UIN,Role,Enrollment,Labels,E1,HW1"
# Labels that are other columns of this system's downloads.
NO_LABELS = {
    "uid",
    "name",
    "uin",
    "role",
    "labels",
    "enrollment",
    "username",
    "usernames",
    "qid",
    "assessment",
}


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("gradebook.csv", data)
    reason = prairielearn.recognise(sheet)
    assert reason is not None
    return prairielearn.read(sheet, settings or GradebookSettings(), reason)


def read(*rows: str, heading: str = HEADING, settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes("\n".join([heading, *rows, ""]).encode(), settings)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


@given(draw_courses(writer.STATES, TITLES.filter(lambda title: title.casefold() not in NO_LABELS)))
def test_what_was_written_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    expected = list_expected(course, writer.list_keys(course))
    assert round_shares(list_contents(gradebook)) == round_shares(expected)
    assert gradebook.facts["left out"] == "1 non-student"


def test_scores_are_percent_and_may_exceed_100() -> None:
    gradebook = read("z@x.org,Zoë,1,Student,joined,,87.5,120", "j@x.org,Jan,2,Student,joined,,0,")
    assert gradebook.problems == ()
    assert [(score.state, score.value, score.possible) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal("87.5"), Decimal(100)),
        (CellState.SCORE, Decimal(120), Decimal(100)),
        (CellState.SCORE, Decimal(0), Decimal(100)),
        (CellState.MISSING, None, Decimal(100)),
    ]


def test_whoever_is_no_student_is_left_out_and_counted() -> None:
    rows = ["z@x.org,Zoë,1,Student,joined,,1,1", "t@x.org,Tee,,Staff,,,100,100", "n@x.org,No,,None,,,1,1"]
    gradebook = read(*rows)
    assert [learner.key for learner in gradebook.learners] == ["z@x.org"]
    assert gradebook.facts["left out"] == "2 non-students"


def test_older_exports_have_fewer_columns() -> None:
    gradebook = read("z@x.org,650001234,50", heading="UID,UIN,HW1")
    assert [item.name for item in gradebook.items] == ["HW1"]
    assert [score.value for score in gradebook.scores] == [Decimal(50)]


def test_a_fraction_of_three_decimals_is_no_thousands() -> None:
    settings = GradebookSettings(usual_decimal=",")
    gradebook = read("z@x.org,Zoë,1,Student,joined,,87.125,", settings=settings)
    assert gradebook.problems == ()
    assert gradebook.scores[0].value == Decimal("87.125")


def test_a_spreadsheet_may_have_saved_it_with_its_own_mark() -> None:
    rows = ["z@x.org;Zoë;1;Student;joined;;66,6666666666667;1,125"]
    gradebook = read(*rows, heading=HEADING.replace(",", ";"))
    assert gradebook.problems == ()
    assert [score.value for score in gradebook.scores] == [Decimal("1.125"), Decimal("66.666666667")][::-1]


def test_the_settings_choose_another_key() -> None:
    gradebook = read("z@x.org,Zoë,007,Student,joined,,1,1", settings=GradebookSettings(learner=("UIN",)))
    assert [learner.key for learner in gradebook.learners] == ["007"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("z@x.org,Zoë,1,Student,joined,,87.5%,1", (2, 7, "this is not a score")),
        ("z@x.org,Zoë,1,Student,joined,,n/a,1", (2, 7, "this is not a score")),
        (",Zoë,1,Student,joined,,1,1", (2, 1, "this row has no learner")),
    ],
)
def test_refused_cells(row: str, expected: tuple[int, int, str]) -> None:
    gradebook = read(row)
    assert describe(gradebook) == [expected]
    assert all("Zoë" not in f"{each.message}{each.place}{each.help}" for each in gradebook.problems)


@pytest.mark.parametrize(
    "heading",
    [
        "UID,UIN,Username,Name,Role,HW1",
        "UID,UIN,Username,Name,Role,Assessment,Question,Question points,Max points",
        "uid,uin,qid,old_score_perc,submission_id",
    ],
)
def test_downloads_of_one_assessment_are_not_taken_for_it(heading: str) -> None:
    assert prairielearn.recognise(read_sheet("g.csv", heading.encode())) is None


def test_the_shared_sample() -> None:
    path = find_shared("gradebooks", "synthetic", "prairielearn", "gradebook.csv")
    gradebook = read_bytes(path.read_bytes())
    assert gradebook.problems == ()
    assert list_contents(gradebook) == {
        ("zoe@example.com", "E1"): (CellState.SCORE, Decimal("0.875")),
        ("zoe@example.com", "HW1"): (CellState.MISSING, None),
    }
    assert gradebook.facts["left out"] == "1 non-student"


def test_no_other_export_is_taken_for_this_one() -> None:
    assert not any(prairielearn.recognise(sheet) for sheet in list_samples("prairielearn")["others"])
