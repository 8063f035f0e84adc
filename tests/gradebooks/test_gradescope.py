"""The scores of a Gradescope assignment."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import gradescope
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.other_exports import list_samples
from tests.gradebooks.writers import gradescope as writer
from tests.shared import find_shared

HEADING = (
    "First Name,Last Name,SID,Email,Total Score,Max Points,Status,Submission Time,Lateness (H:M:S),"
    "1: Clarity (4.0 pts),1.2 (1 pt)"
)


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("scores.csv", data)
    reason = gradescope.recognise(sheet)
    assert reason is not None
    return gradescope.read(sheet, settings or GradebookSettings(), reason)


def read(*rows: str, heading: str = HEADING, settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes("\n".join([heading, *rows, ""]).encode(), settings)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def make_row(
    status: str = "Graded",
    total: str = "4.5",
    lateness: str = "00:00:00",
    *,
    time: str = "2026-10-01 13:16:26 -0600",
    possible: str = "5.0",
    scores: str = "3.5,1.0",
) -> str:
    return f"Zoë,Müller,007,z@example.org,{total},{possible},{status},{time},{lateness},{scores}"


def level_rows(course: Course) -> Course:
    """Return the course with rows that are ungraded as a whole, as this layout has them."""
    ungraded = {person for (person, _), content in course.cells.items() if content is CellState.UNGRADED}
    cells = {
        place: CellState.UNGRADED if place[0] in ungraded else content
        for place, content in course.cells.items()
    }
    return replace(course, cells=cells)


@given(draw_courses(writer.STATES).map(level_rows))
def test_what_was_written_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    contents = list_contents(gradebook)
    questions = {key: content for key, content in contents.items() if key[1] != "Total Score"}
    assert questions == list_expected(course, writer.list_keys(course))
    assert len(contents) == len(questions) + len(course.people)


def test_questions_and_the_total_are_items_with_their_points() -> None:
    gradebook = read(make_row())
    assert gradebook.problems == ()
    assert [(item.name, item.heading, item.possible) for item in gradebook.items] == [
        ("Total Score", "Total Score", Decimal(5)),
        ("Clarity", "1: Clarity (4.0 pts)", Decimal(4)),
        ("1.2", "1.2 (1 pt)", Decimal(1)),
    ]
    assert [(score.value, score.possible) for score in gradebook.scores] == [
        (Decimal("4.5"), Decimal(5)),
        (Decimal("3.5"), Decimal(4)),
        (Decimal(1), Decimal(1)),
    ]
    (learner,) = gradebook.learners
    assert (learner.key, learner.name, learner.email) == ("007", "Zoë Müller", "z@example.org")


def test_an_ungraded_row_has_numbers_and_no_score() -> None:
    gradebook = read(make_row("Ungraded", scores="3.5,"))
    assert gradebook.problems == ()
    assert {score.state for score in gradebook.scores} == {CellState.UNGRADED}
    assert {score.value for score in gradebook.scores} == {None}


def test_a_missing_row_may_end_early_and_is_no_zero() -> None:
    gradebook = read("Jan,Smith,9,j@example.org,,5.0,Missing", "Ada,Hall,8,a@example.org,0.0,5.0,Missing,,,,")
    assert gradebook.problems == ()
    assert {(score.state, score.late, score.at) for score in gradebook.scores} == {
        (CellState.MISSING, None, None)
    }


def test_any_other_row_that_ends_early_is_refused() -> None:
    assert describe(read("Jan,Smith,9,j@example.org,4.0,5.0,Graded")) == [
        (2, None, "the row has 7 cells, the heading 11")
    ]


def test_a_missing_row_with_a_score_is_refused() -> None:
    gradebook = read(make_row("Missing", scores="2.0,0.0"))
    message = "a score in a row that says that nothing was handed in"
    assert describe(gradebook) == [(2, 5, message), (2, 10, message)]


def test_a_zero_of_a_graded_row_is_a_score() -> None:
    assert [score.value for score in read(make_row(total="0.0", scores="0.0,0.0")).scores] == [Decimal(0)] * 3


@pytest.mark.parametrize(
    ("lateness", "late"),
    [("00:00:00", False), ("00:00:01", True), ("13:29:30", True), ("100:00:00", True), ("", None)],
)
def test_lateness(lateness: str, late: bool | None) -> None:  # noqa: FBT001
    gradebook = read(make_row(lateness=lateness))
    assert gradebook.problems == ()
    assert {score.late for score in gradebook.scores} == {late}


def test_the_submission_time_is_the_date() -> None:
    scores = read(make_row(time="1970-01-01 00:00:00 -0600")).scores
    assert {(score.at, score.date) for score in scores} == {(21600, "1970-01-01 00:00:00 -0600")}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (make_row("Submitted"), (2, 7, "this row does not say whether it is graded")),
        (make_row(""), (2, 7, "this row does not say whether it is graded")),
        (make_row(time="1 October"), (2, 8, "this is not a date")),
        (make_row(lateness="a bit"), (2, 9, "this does not say how late the work was")),
        (make_row(possible=""), (2, 6, "this row has no points possible")),
        (make_row(possible="many"), (2, 6, "this is not a number of points possible")),
        (make_row(scores="A,1.0"), (2, 10, "this is not a score")),
        (make_row().replace("007", " "), (2, 3, "this row has no learner")),
    ],
)
def test_refused_rows(row: str, expected: tuple[int, int, str]) -> None:
    settings = GradebookSettings()
    # A second row, so that the column SID is not blank as a whole.
    gradebook = read(row, "A,B,8,a@example.org,1.0,5.0,Graded,,,1.0,0.0", settings=settings)
    assert describe(gradebook) == [expected]
    assert [each.learner for each in gradebook.problems] == ["007" if "007" in row else None]
    assert all("Müller" not in f"{each.message}{each.place}{each.help}" for each in gradebook.problems)


def test_without_any_sid_the_email_is_the_key() -> None:
    gradebook = read(make_row().replace("007", ""))
    assert [learner.key for learner in gradebook.learners] == ["z@example.org"]
    assert gradebook.facts["learners told apart by"] == "Email"
    chosen = read(make_row(), settings=GradebookSettings(learner=("Email",)))
    assert [learner.key for learner in chosen.learners] == ["z@example.org"]


def test_columns_in_another_order_with_whole_names_and_without_headings() -> None:
    heading = "1: Clarity (4.0 pts),,Status,Lateness (H:M:S),Max Points,SID,Name,Total Score,"
    gradebook = read("3.0,note,Graded,00:10:00,4.0,007,Zoë Müller,3.0,", heading=heading)
    assert gradebook.problems == ()
    assert gradebook.learners[0].name == "Zoë Müller"
    assert {score.value for score in gradebook.scores} == {Decimal(3)}


def test_versions_of_an_assignment_may_be_worth_different_points() -> None:
    rows = [make_row(), make_row(possible="9.0").replace("007", "008")]
    totals = [score.possible for score in read(*rows).scores if score.item == "Total Score"]
    assert totals == [Decimal(5), Decimal(9)]


def test_only_the_items_asked_for_are_read_strictly() -> None:
    settings = GradebookSettings(only=frozenset({"clarity"}))
    gradebook = read(make_row(total="lots", possible="many", scores="3.0,much"), settings=settings)
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == ["1: Clarity (4.0 pts)"]


def test_a_table_without_sid_and_email_is_refused() -> None:
    heading = "Name,Total Score,Max Points,Status,Lateness (H:M:S)"
    assert describe(read("Zoë,1.0,4.0,Graded,", heading=heading)) == [
        (1, None, "there is no column “Email” to tell learners apart by")
    ]


def test_the_shared_samples() -> None:
    folder = find_shared("gradebooks")
    scores = read_bytes((folder / "synthetic/gradescope/scores.csv").read_bytes())
    assert scores.problems == ()
    assert [learner.key for learner in scores.learners] == ["0001234", "0005678", "0009999"]
    states = [score.state for score in scores.scores]
    assert states == [CellState.SCORE] * 3 + [CellState.UNGRADED] * 3 + [CellState.MISSING] * 3
    ragged = read_bytes((folder / "real/gradescope/scores_fixture_ragged.csv").read_bytes())
    assert ragged.problems == ()
    assert [(score.state, score.late) for score in ragged.scores] == [
        (CellState.SCORE, True),
        (CellState.SCORE, False),
        (CellState.UNGRADED, True),
        (CellState.MISSING, None),
    ]


def test_no_other_export_is_taken_for_this_one() -> None:
    assert not any(gradescope.recognise(sheet) for sheet in list_samples("gradescope")["others"])
