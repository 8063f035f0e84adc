"""The Open edX grade report."""

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import openedx
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import TITLES, Course, draw_courses, list_contents, list_expected
from tests.gradebooks.other_exports import list_samples
from tests.gradebooks.rounding import round_shares
from tests.gradebooks.writers import openedx as writer
from tests.shared import find_shared

GRADES = "Homework 1: Essay,Homework 2: Talk,Homework (Avg),Midterm Exam"
HEADING = f"Student ID,Email,Username,Grade,{GRADES},Cohort Name,Enrollment Track,Certificate Eligible"

# Types that would be named like the columns behind the grades.
NO_TYPES = {"cohort name", "team name", "enrollment track", "verification status", "enrollment status"}


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("report.csv", data)
    reason = openedx.recognise(sheet)
    assert reason is not None
    return openedx.read(sheet, settings or GradebookSettings(), reason)


def read(*grades: str, heading: str = HEADING, settings: GradebookSettings | None = None) -> Gradebook:
    rows = [f"{n},{n}@x.org,user{n},0.5,{each},A,audit,N" for n, each in enumerate(grades, start=7)]
    return read_bytes("\n".join([heading, *rows, ""]).encode(), settings)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


@given(draw_courses(writer.STATES, TITLES.filter(lambda title: title.casefold() not in NO_TYPES)))
def test_what_was_written_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    expected = list_expected(course, writer.list_keys(course))
    assert round_shares(list_contents(gradebook)) == round_shares(expected)


def test_subsections_are_items_and_averages_of_several_are_not() -> None:
    gradebook = read("1.0,0.5,0.75,0.25")
    assert gradebook.problems == ()
    assert [(item.name, item.heading, item.possible) for item in gradebook.items] == [
        ("Essay", "Homework 1: Essay", Decimal(1)),
        ("Talk", "Homework 2: Talk", Decimal(1)),
        ("Midterm Exam", "Midterm Exam", Decimal(1)),
    ]
    assert [score.value for score in gradebook.scores] == [Decimal(1), Decimal("0.5"), Decimal("0.25")]


def test_an_average_that_stands_alone_is_the_score_of_its_type() -> None:
    heading = HEADING.replace("Midterm Exam", "Final (Avg)")
    assert [item.name for item in read("1.0,1.0,1.0,1.0", heading=heading).items] == [
        "Essay",
        "Talk",
        "Final",
    ]


def test_a_type_may_be_named_like_a_subsection() -> None:
    heading = HEADING.replace("Homework", "Week 1: Lab")
    assert [item.name for item in read("1.0,1.0,1.0,1.0", heading=heading).items][:2] == ["Essay", "Talk"]


def test_the_states_stay_apart() -> None:
    gradebook = read("Not Attempted,Not Available,0.0,0.0")
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.MISSING, None),
        (CellState.NOT_ASSIGNED, None),
        (CellState.SCORE, Decimal(0)),
    ]


def test_long_fractions_are_rounded_to_the_decimals_that_count() -> None:
    values = [score.value for score in read("0.444444444444,0.6666666666666666,0.5,0.99999999995").scores]
    assert values == [Decimal("0.444444444"), Decimal("0.666666667"), Decimal(1)]


@pytest.mark.parametrize("cell", ["N/A", "not attempted", "1e-05", "87%"])
def test_what_the_system_never_writes_is_refused_with_its_place(cell: str) -> None:
    (problem,) = read(f"1.0,{cell},0.5,0.5").problems
    assert (problem.place.row, problem.place.column, problem.place.heading) == (2, 6, "Homework 2: Talk")
    assert problem.message.startswith("this is not a score")
    assert cell not in problem.message
    assert problem.content == cell


def test_learners_are_told_apart_by_the_number_of_their_account() -> None:
    gradebook = read("1.0,1.0,1.0,1.0")
    (learner,) = gradebook.learners
    assert (learner.key, learner.name, learner.email) == ("7", None, "7@x.org")
    chosen = read("1.0,1.0,1.0,1.0", settings=GradebookSettings(learner=("Username",)))
    assert [learner.key for learner in chosen.learners] == ["user7"]


def test_the_same_learner_twice_is_refused() -> None:
    row = "7,a@x.org,u,0,1.0,1.0,1.0,1.0,A,audit,N"
    assert describe(read_bytes(f"{HEADING}\n{row}\n{row}\n".encode())) == [
        (3, 1, "the same learner stands in row 2 already")
    ]


def test_names_stand_before_the_grade_where_a_site_shows_them() -> None:
    heading = HEADING.replace("Username,", "Username,Last Name,First Name,")
    row = "7,a@x.org,u,Müller,Zoë,0,rubbish,1.0,1.0,1.0,A,audit,N"
    gradebook = read_bytes(f"{heading}\n{row}\n".encode())
    assert gradebook.learners[0].name == "Zoë Müller"
    assert describe(gradebook) == [(2, 7, "this is not a score")]
    assert all("Müller" not in f"{each.message}{each.place}{each.help}" for each in gradebook.problems)


def test_the_shared_sample() -> None:
    path = find_shared("gradebooks", "real", "openedx", "grade_report_fixture.csv")
    gradebook = read_bytes(path.read_bytes())
    assert gradebook.problems == ()
    assert [learner.key for learner in gradebook.learners] == ["9", "17", "11", "303", "114"]
    assert [item.name for item in gradebook.items][::8] == ["Lesson 2 Assignments", "Lesson 10 Assignment"]
    states = Counter(score.state for score in gradebook.scores)
    assert states == {CellState.SCORE: 14, CellState.MISSING: 31}


def test_no_other_export_is_taken_for_this_one() -> None:
    assert not any(openedx.recognise(sheet) for sheet in list_samples("openedx")["others"])


def test_names_may_hold_numbers_and_of_two_types_the_last_counts() -> None:
    grades = "A 1: 2: x,A 2: C 1: y,A (Avg),A 2: C (Avg)"
    row = "7,a@x.org,u,0,1.0,1.0,1.0,1.0,A,audit,N"
    gradebook = read_bytes(f"{HEADING.replace(GRADES, grades)}\n{row}\n".encode())
    assert [item.name for item in gradebook.items] == ["2: x", "y", "C (Avg)"]


def test_as_many_types_as_a_sheet_has_columns() -> None:
    count = 4_900
    headings = [
        text for each in range(count) for text in (f"Type {each} 1: Essay {each}", f"Type {each} (Avg)")
    ]
    heading = HEADING.replace(GRADES, ",".join(headings))
    gradebook = read_bytes(f"{heading}\n7,a@x.org,u,0,{'1.0,' * 2 * count}A,audit,N\n".encode())
    assert [item.name for item in gradebook.items] == [f"Essay {each}" for each in range(count)]
