"""The rubric assessments of a Canvas assignment."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import canvas_rubric
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import canvas_rubric as writer
from tests.shared import find_shared

FULL = "Clear - Rating,Clear - Points,Clear - Comments"


def recognise(text: str) -> str | None:
    return canvas_rubric.recognise(read_sheet("g.csv", text.encode()))


def read(columns: str, *rows: str, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", "\n".join([f"Student Id,Student Name,{columns}", *rows, ""]).encode())
    reason = canvas_rubric.recognise(sheet)
    assert reason is not None
    return canvas_rubric.read(sheet, settings or GradebookSettings(), reason)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_the_sample_is_read() -> None:
    path = find_shared("gradebooks", "synthetic", "canvas", "rubric_assessments.csv")
    sheet = read_sheet("g.csv", path.read_bytes())
    gradebook = canvas_rubric.read(sheet, GradebookSettings(), canvas_rubric.recognise(sheet) or "")
    assert gradebook.problems == ()
    assert [(learner.key, learner.name) for learner in gradebook.learners] == [
        ("11", "Zoë Müller"),
        ("12", "Seán O'Brien"),
    ]
    assert [(item.name, item.heading) for item in gradebook.items] == [
        ("Clarity", "Clarity - Points"),
        ("Self - other awareness", "Self - other awareness - Points"),
    ]
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal(3)),
        (CellState.SCORE, Decimal(2)),
        (CellState.MISSING, None),
        (CellState.MISSING, None),
    ]


def test_points_are_level_points_and_a_person_is_told() -> None:
    gradebook = read(FULL, "11,Ada,Good,3.0,")
    assert gradebook.scores[0].possible is None
    assert gradebook.facts["scores"].startswith("points, taken as level points, or ratings")
    alone = read("Clear - Points,Clear - Comments", "11,Ada,3.0,")
    assert alone.facts["scores"] == "points, taken as level points"


def test_hidden_points_leave_the_words_of_the_ratings() -> None:
    gradebook = read("Clear - Rating,Clear - Comments", "11,Ada,4 - Exceeds,x", "12,Bo,3,", "13,Cy,,")
    assert gradebook.problems == ()
    assert gradebook.items[0].heading == "Clear - Rating"
    assert [(score.state, score.value, score.label) for score in gradebook.scores] == [
        (CellState.SCORE, None, "4 - Exceeds"),
        (CellState.SCORE, None, "3"),
        (CellState.MISSING, None, None),
    ]
    assert gradebook.facts["scores"] == "ratings in words"


def test_free_comments_have_points_without_ratings() -> None:
    gradebook = read("Clear - Points,Clear - Comments", '11,Ada,0.0,"see 3,5"')
    assert gradebook.problems == ()
    assert [(score.state, score.value) for score in gradebook.scores] == [(CellState.SCORE, Decimal(0))]


def test_comments_alone_are_no_evidence() -> None:
    assert describe(read("Clear - Comments", "11,Ada,Good")) == [
        (1, None, "no criterion has points or a rating")
    ]


def test_a_score_has_its_rating_beside_its_points() -> None:
    gradebook = read(FULL, "11,Ada,Good,3.0,", "12,Bo,Good,,", "13,Cy,,2,", "14,Di,,,")
    assert gradebook.problems == ()
    assert [(score.state, score.value, score.label) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal(3), "Good"),
        (CellState.SCORE, None, "Good"),
        (CellState.SCORE, Decimal(2), None),
        (CellState.MISSING, None, None),
    ]


def test_a_row_may_say_how_many_points_are_possible() -> None:
    gradebook = read(FULL, "11,Ada,Good,3.0,", "Points Possible,,,4.0,")
    assert [learner.key for learner in gradebook.learners] == ["11"]
    assert [gradebook.items[0].possible, gradebook.scores[0].possible] == [Decimal(4), Decimal(4)]
    refused = read(FULL, "11,Ada,Good,3.0,", "points possible,,,four,")
    assert [(each.place.row, each.place.column) for each in refused.problems] == [(3, 4)]
    twice = read(FULL, "points possible,,,4.0,", "points possible,,,5.0,")
    assert describe(twice) == [(3, None, "a second row of points possible")]


def test_a_criterion_may_end_like_a_column() -> None:
    gradebook = read("Bonus - Points - Rating,Bonus - Points - Points,Bonus - Points - Comments", "1,A,x,2,")
    assert [item.name for item in gradebook.items] == ["Bonus - Points"]


def test_two_criteria_of_one_name_are_refused() -> None:
    assert describe(read(f"{FULL},{FULL}", "11,Ada,Good,3,,Good,2,")) == [
        (1, 7, "the heading stands over column D already")
    ]


@pytest.mark.parametrize("cell", ["EX", "Good", "1e5", "3.0 "])
def test_what_canvas_never_writes_is_refused_with_its_place(cell: str) -> None:
    (problem,) = read(FULL, f"11,Ada,Good,{cell},").problems
    assert (problem.place.row, problem.place.column, problem.content) == (2, 4, cell)
    assert cell not in problem.message
    assert "Ada" not in problem.message


def test_the_settings_choose_another_key() -> None:
    by_name = read(FULL, "11,Ada,Good,3,", settings=GradebookSettings(learner=("Student Name",)))
    assert by_name.learners[0].key == "Ada"
    unknown = read(FULL, "11,Ada,Good,3,", settings=GradebookSettings(learner=("SIS",)))
    assert describe(unknown) == [(1, None, "there is no column “SIS” to tell learners apart by")]


@pytest.mark.parametrize(
    "text",
    [
        "Student Id,Student Name\n1,A\n",
        "Student Id,Student Name,Clear - Points,Essay\n1,A,3,2\n",
        "Student Id,Student Name, - Points\n1,A,3\n",
        "Student ID,Student Name,Essay [4],* Essay\n1,A,3,x\n",
        "",
    ],
)
def test_other_tables_are_not_taken_for_one(text: str) -> None:
    assert recognise(text) is None


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and path.name != "rubric_assessments.csv":
            assert canvas_rubric.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


@given(course=draw_courses(writer.STATES))
def test_what_canvas_writes_is_read_back(course: Course) -> None:
    in_points = replace(course, tasks=tuple(replace(task, possible=Decimal(1)) for task in course.tasks))
    sheet = read_sheet("g.csv", writer.write(course))
    gradebook = canvas_rubric.read(sheet, GradebookSettings(), canvas_rubric.recognise(sheet) or "")
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(in_points, writer.list_keys(course))
