"""The Canvas reports Outcome Results and Student Competency."""

from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import canvas_outcomes
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import EvidenceItem, MethodChoice
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.workflows.decide_cohort import Outcome, decide_cohort
from tests.assessment.cohorts import locate, make_rubric
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import canvas_outcomes as writer
from tests.shared import find_shared

ROW = {
    "student name": "Ada",
    "student id": "11",
    "assessment title": "Essay",
    "assessment id": "102",
    "assessment type": "assignment",
    "learning outcome name": "Teamwork",
    "learning outcome id": "501",
    "course id": "7",
    "section id": "1",
    "attempt": "1",
    "outcome score": "3.0",
    "learning outcome points possible": "4.0",
    "learning outcome mastered": "1",
    "learning outcome rating": "Mastery",
}
UNASSESSED = {
    "attempt": "",
    "outcome score": "",
    "learning outcome points possible": "",
    "learning outcome mastered": "",
    "learning outcome rating": "",
}
HIDDEN = {"outcome score": "", "learning outcome points possible": ""}
SCORE = writer.HEADING.index("outcome score") + 1


def vary(**changes: str) -> dict[str, str]:
    """Return the row with other cells; a name here has its spaces as underscores."""
    return {**ROW, **{name.replace("_", " "): value for name, value in changes.items()}}


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", data)
    reason = canvas_outcomes.recognise(sheet)
    assert reason is not None
    return canvas_outcomes.read(sheet, settings or GradebookSettings(), reason)


def read(*rows: dict[str, str], settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes(writer.write_rows(*rows), settings)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def decide(gradebook: Gradebook, *items: str, by: Method = Method.AVERAGE) -> Outcome:
    rubric = make_rubric(MethodChoice(by), [EvidenceItem(item) for item in items], top=4)
    return decide_cohort([rubric], [gradebook], locate)


def test_the_sample_is_read_and_its_sections_collapse() -> None:
    path = find_shared("gradebooks", "synthetic", "canvas", "outcome_results_report.csv")
    gradebook = read_bytes(path.read_bytes())
    assert gradebook.problems == ()
    assert [learner.key for learner in gradebook.learners] == ["11", "12"]
    assert [(item.name, item.heading) for item in gradebook.items] == [
        ("Teamwork", "Teamwork > Team Project")
    ]
    assert [(score.state, score.value, score.possible, score.attempt) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal(3), Decimal(4), 1),
        (CellState.MISSING, None, None, None),
    ]
    assert gradebook.scores[0].date == "2026-10-01T10:00:00Z"
    assert gradebook.facts["left out"] == "1 repeated row (one for each section of a learner)"


def test_student_competency_speaks_of_assignments() -> None:
    text = writer.write_rows(ROW).replace(b"assessment title", b"assignment title")
    gradebook = read_bytes(text.replace(b"assessment id", b"assignment id"))
    assert gradebook.problems == ()
    assert gradebook.items[0].heading == "Teamwork > Essay"


def test_rows_for_other_sections_logins_and_states_are_one_score() -> None:
    gradebook = read(
        ROW, vary(section_id="2"), vary(student_sis_id="S-2"), vary(enrollment_state="completed")
    )
    assert (gradebook.problems, len(gradebook.scores)) == ((), 1)
    assert gradebook.facts["left out"].startswith("3 repeated rows")


def test_a_row_that_contradicts_another_is_refused() -> None:
    gradebook = read(ROW, vary(section_id="2", outcome_score="2.0"))
    assert describe(gradebook) == [(3, SCORE, "row 2 gives another score of the same assessment and attempt")]
    assert "Ada" not in str(gradebook.problems)


def test_attempts_are_scores_of_one_item() -> None:
    gradebook = read(ROW, vary(attempt="2", outcome_score="4.0"))
    assert gradebook.problems == ()
    assert [(score.item, score.attempt) for score in gradebook.scores] == [
        ("Teamwork > Essay", 1),
        ("Teamwork > Essay", 2),
    ]
    assert decide(gradebook, "Teamwork").decisions[0].pieces == 2


TWO = (ROW, vary(assessment_title="Talk", assessment_id="103", outcome_score="2.0"))


@pytest.mark.parametrize("date", ["", "2026-10-01T10:00:00Z"])
def test_two_assessments_of_one_outcome_both_count(date: str) -> None:
    gradebook = read(*(row | {"submission date": date} for row in TWO))
    outcome = decide(gradebook, "Teamwork > Essay", "Teamwork > Talk")
    assert outcome.problems == ()
    assert (outcome.decisions[0].score, outcome.decisions[0].pieces) == (Decimal("2.50"), 2)
    assert outcome.gaps == ()


def test_without_dates_the_rubric_orders_assessments() -> None:
    gradebook = read(*TWO)
    assert decide(gradebook, "Teamwork > Essay", "Teamwork > Talk", by=Method.LATEST).decisions[0].score == 2
    assert decide(gradebook, "Teamwork > Talk", "Teamwork > Essay", by=Method.LATEST).decisions[0].score == 3


def test_the_outcome_alone_names_its_only_assessment_and_is_asked_about_with_two() -> None:
    assert decide(read(ROW), "Teamwork").decisions[0].score == 3
    (problem,) = decide(read(*TWO), "Teamwork").problems
    assert "several items “Teamwork”" in problem.message
    assert problem.help == "name one of them: `Teamwork > Essay` or `Teamwork > Talk`"


def test_questions_of_a_quiz_are_evidence_of_their_own() -> None:
    quiz = vary(assessment_title="Quiz", assessment_type="quiz")
    rows = [
        {**quiz, "assessment question": f"Q{number}", "assessment question id": f"88{number}", "attempt": "1"}
        for number in (1, 2)
    ]
    rows[1]["outcome score"] = "2.0"
    gradebook = read(*rows)
    assert gradebook.problems == ()
    outcome = decide(gradebook, "Teamwork > Quiz > Q1", "Teamwork > Quiz > Q2")
    assert (outcome.decisions[0].score, outcome.decisions[0].pieces) == (Decimal("2.50"), 2)


def test_one_title_twice_in_a_course_is_told_apart_by_ids() -> None:
    gradebook = read(ROW, vary(assessment_id="103", outcome_score="2.0"))
    assert gradebook.problems == ()
    headings = [
        "Teamwork > Essay (outcome 501, assignment 102)",
        "Teamwork > Essay (outcome 501, assignment 103)",
    ]
    assert [item.heading for item in gradebook.items] == headings
    assert decide(gradebook, *headings).decisions[0].pieces == 2


def test_questions_of_one_name_are_told_apart_by_ids() -> None:
    rows = [vary(assessment_question="Question", assessment_question_id=each) for each in ("1", "2")]
    assert [item.heading for item in read(*rows).items] == [
        "Teamwork > Essay > Question (outcome 501, assignment 102, question 1)",
        "Teamwork > Essay > Question (outcome 501, assignment 102, question 2)",
    ]


def test_one_title_in_two_courses_is_one_item() -> None:
    gradebook = read(ROW, vary(student_id="12", student_name="Bo", assessment_id="207", course_id="8"))
    assert gradebook.problems == ()
    assert [item.heading for item in gradebook.items] == ["Teamwork > Essay"]
    assert {score.learner for score in gradebook.scores} == {"11", "12"}


@pytest.mark.parametrize("attempt", ["1", "2"])
def test_a_learner_with_one_title_in_two_courses_is_a_problem(attempt: str) -> None:
    other = vary(assessment_id="207", course_id="8", outcome_score="4.0", attempt=attempt)
    assert describe(read(ROW, other)) == [
        (3, SCORE, "row 2 has a score of the same learner and outcome in another course")
    ]
    unassessed = {**other, **UNASSESSED}
    assert read(ROW, unassessed).problems == ()


def test_a_blank_score_is_missing_and_zero_is_a_score() -> None:
    gradebook = read(vary(outcome_score="0.0"), {**vary(student_id="12", student_name="Bo"), **UNASSESSED})
    assert gradebook.problems == ()
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal(0)),
        (CellState.MISSING, None),
    ]


def test_hidden_points_leave_the_words_of_the_rating() -> None:
    gradebook = read({**ROW, **HIDDEN})
    assert gradebook.problems == ()
    (score,) = gradebook.scores
    assert (score.state, score.value, score.label) == (CellState.SCORE, None, "Mastery")
    assert score.column == writer.HEADING.index("learning outcome rating") + 1


def test_a_result_with_neither_points_nor_rating_is_not_missing() -> None:
    gradebook = read({**ROW, **HIDDEN, "learning outcome rating": ""})
    assert describe(gradebook) == [(2, SCORE, "there is a result, but neither its points nor its rating")]


def test_a_score_without_points_possible_is_refused() -> None:
    column = writer.HEADING.index("learning outcome points possible") + 1
    blank = read(vary(learning_outcome_points_possible=""))
    assert describe(blank) == [(2, column, "there is a score, but no points possible")]
    words = read(vary(learning_outcome_points_possible="many"))
    assert describe(words) == [(2, column, "this is not a number of points possible")]
    data = b"student id,assessment title,learning outcome name,outcome score\n11,Essay,Teamwork,3.0\n"
    assert describe(read_bytes(data)) == [(1, None, "there is no column of points possible")]


def test_a_fraction_that_a_computer_wrote_out_is_kept_to_nine_decimals() -> None:
    long = read(vary(outcome_score="3.3333333333333335", learning_outcome_points_possible="4.0"))
    assert long.problems == ()
    assert long.scores[0].value == Decimal("3.333333333")


def test_numbers_are_never_localised() -> None:
    row = vary(outcome_score="1.125", learning_outcome_points_possible="4")
    assert read(row, settings=GradebookSettings(usual_decimal=",")).scores[0].value == Decimal("1.125")


@pytest.mark.parametrize(
    ("changes", "column", "message"),
    [
        ({"outcome_score": "EX"}, "outcome score", "this is not a score"),
        ({"outcome_score": "1e5"}, "outcome score", "this is not a score: it has an exponent"),
        ({"submission_date": "1 Feb 2026"}, "submission date", "this is not a date"),
        ({"attempt": "two"}, "attempt", "this is not a number of an attempt"),
        ({"student_id": ""}, "student id", "this row has no learner"),
        ({"learning_outcome_name": " "}, "learning outcome name", "this row has no outcome"),
    ],
)
def test_refused_cells_have_their_place(changes: dict[str, str], column: str, message: str) -> None:
    gradebook = read(vary(**changes))
    assert describe(gradebook) == [(2, writer.HEADING.index(column) + 1, message)]
    assert gradebook.scores == ()
    assert "Ada" not in str(gradebook.problems)


def test_only_the_outcomes_asked_for_are_read() -> None:
    bad = vary(learning_outcome_name="Listening", learning_outcome_id="502", outcome_score="rubbish")
    for name in ("teamwork", "teamwork > essay"):
        gradebook = read(ROW, bad, settings=GradebookSettings(only=frozenset({name})))
        assert (gradebook.problems, len(gradebook.scores), len(gradebook.items)) == ((), 1, 2)


def test_the_settings_choose_another_key() -> None:
    row = vary(student_sis_id="0007")
    assert read(row, settings=GradebookSettings(learner=("student sis id",))).learners[0].key == "0007"
    assert describe(read(row, settings=GradebookSettings(learner=("Matrikel",)))) == [
        (1, None, "there is no column “Matrikel” to tell learners apart by")
    ]


def test_a_report_that_found_nothing_says_so() -> None:
    data = writer.write_rows() + b"No outcomes found\n"
    assert describe(read_bytes(data)) == [(2, None, "Canvas found no outcomes for this report")]


def test_a_row_that_was_cut_off_is_a_problem() -> None:
    gradebook = read_bytes(writer.write_rows(ROW) + b"Ada,11\n")
    assert describe(gradebook) == [(3, None, "the row has 2 cells, the heading 32")]


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and path.name != "outcome_results_report.csv":
            assert canvas_outcomes.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


@given(course=draw_courses(writer.STATES))
def test_what_canvas_writes_is_read_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(course, writer.list_keys(course))
