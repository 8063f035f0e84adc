"""The rubric report of Moodle's advanced grading."""

from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import moodle_rubric
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.dates import parse_date
from tests.gradebooks.courses import Course, draw_courses
from tests.gradebooks.writers import moodle_rubric as writer
from tests.shared import find_shared

SUMMARY = "Overall feedback,Grade,Graded by,Time graded"
END = "ok,100.00,kim,2022-02-01"


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", data)
    reason = moodle_rubric.recognise(sheet)
    assert reason is not None
    return moodle_rubric.read(sheet, settings or GradebookSettings(), reason)


def write(
    *rows: str, fields: str = "Username", criteria: str = "Clarity,,,Style,,", method: str = "rubric"
) -> bytes:
    blanks = "," * fields.count(",")
    parts = ",".join(["Score,Definition,Feedback"] * criteria.count(",,"))
    lines = [
        "Course:C",
        "Assignment:Essay: draft",
        f"Grade method:{method}",
        "My rubric",
        "",
        f"Student{blanks},{criteria},Grade summary,,,",
        f"{fields},{parts},{SUMMARY}",
        *rows,
    ]
    return ("\n".join(lines) + "\n").encode()


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_scores_by_criterion_with_rater_and_date() -> None:
    data = find_shared("gradebooks", "synthetic", "moodle", "advancedgrading_rubric.csv").read_bytes()
    gradebook = read_bytes(data)
    assert gradebook.problems == ()
    assert [(item.name, item.possible) for item in gradebook.items] == [("Rubric assignment", None)]
    assert [(score.learner, score.criterion, score.value) for score in gradebook.scores] == [
        ("s2", "Criteria1", Decimal(1)),
        ("s2", "Criteria2", Decimal(2)),
        ("s4", "Criteria1", Decimal(2)),
        ("s4", "Criteria2", Decimal(2)),
    ]
    assert {(score.learner, score.rater, score.date, score.at) for score in gradebook.scores} == {
        ("s2", "admin", "2022-02-01T20:31Z", parse_date("2022-02-01 20:31")),
        ("s4", "admin", "2022-02-09T22:18Z", parse_date("2022-02-09 22:18")),
    }


def test_no_other_export_is_taken_for_it() -> None:
    for path in find_shared("gradebooks").rglob("*"):
        if path.suffix in {".csv", ".tsv", ".xls"} and path.name != "advancedgrading_rubric.csv":
            assert moodle_rubric.recognise(read_sheet(path.name, path.read_bytes())) is None, path


@given(draw_courses(writer.STATES))
def test_what_the_report_says_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    assert [item.name for item in gradebook.items] == [writer.ASSIGNMENT]
    keys = writer.list_keys(course)
    assert {(score.learner, score.criterion): (score.state, score.value) for score in gradebook.scores} == {
        (keys[course.people[person].number], course.tasks[task].name): (
            (CellState.SCORE, content) if isinstance(content, Decimal) else (content, None)
        )
        for (person, task), content in course.cells.items()
    }
    assert {score.at for score in gradebook.scores} == {parse_date("2022-02-01T20:31")}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1 Feb 2022 12:05 am", "2022-02-01 00:05"),
        ("01 February 2022, 12:05 PM", "2022-02-01 12:05"),
        ('"Tuesday, 1 February 2022, 8:31\u202fPM"', "2022-02-01 20:31"),
        ("3 Sept 2022 8:31 am", "2022-09-03 08:31"),
        ("2022-02-01 20:31", "2022-02-01 20:31"),
        ("2022-02-01", "2022-02-01"),
    ],
)
def test_times_that_are_read(written: str, meant: str) -> None:
    row = f"s1,3,ok,,2,ok,,fine,100.00,kim,{written}".replace(written, f'"{written.strip(chr(34))}"')
    gradebook = read_bytes(write(row))
    assert gradebook.problems == ()
    assert {score.at for score in gradebook.scores} == {parse_date(meant)}


@pytest.mark.parametrize(
    "written",
    [
        "1 févr. 2022 20:31",
        "1 Feb 2022 20:31",
        "1 Feb 2022 13:31 pm",
        "30 Feb 2022 8:31 pm",
        "1/2/2022",
        "soon",
    ],
)
def test_times_that_are_refused_with_their_place(written: str) -> None:
    gradebook = read_bytes(write(f"s1,3,ok,,2,ok,,fine,100.00,kim,{written}"))
    assert describe(gradebook) == [(8, 11, "this is not a date that microcred reads")]
    assert gradebook.problems[0].content == written
    unasked = read_bytes(
        write(f"s1,3,ok,,2,ok,,fine,100.00,kim,{written}"), GradebookSettings(only=frozenset({"other"}))
    )
    assert (unasked.problems, unasked.scores) == ((), ())


def test_a_report_in_another_language_is_told_by_its_layout() -> None:
    data = (
        "Kurs:K\nAufgabe:Bericht\nBewertungsmethode:rubric\nRaster\n"
        "Teilnehmer,Klarheit,,,Zusammenfassung,,,\n"
        "Username,Punkte,Definition,Feedback,Gesamtfeedback,Bewertung,Bewertet von,Zeit\n"
        "s1,3,gut,,,100.00,kim,2022-02-01\n"
    )
    gradebook = read_bytes(data.encode())
    assert gradebook.problems == ()
    assert [(score.item, score.criterion, score.value) for score in gradebook.scores] == [
        ("Bericht", "Klarheit", Decimal(3))
    ]


def test_a_criterion_without_a_score_is_missing_and_zero_is_a_score() -> None:
    gradebook = read_bytes(write(f"s1,,,,0,poor,,{END}"))
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.MISSING, None),
        (CellState.SCORE, Decimal(0)),
    ]


def test_refused_scores_have_their_place_and_no_name() -> None:
    gradebook = read_bytes(write(f"ada,good,,,2,ok,,{END}"))
    (problem,) = gradebook.problems
    assert (problem.place.row, problem.place.column, problem.place.heading) == (8, 2, "Clarity")
    assert "ada" not in f"{problem.message} {problem.help} {problem.place}"


def test_a_criterion_twice_and_a_learner_twice_are_refused() -> None:
    twice = read_bytes(write(f"s1,3,,,2,,,{END}", criteria="Clarity,,,clarity,,"))
    assert describe(twice) == [(7, 5, "the criterion stands over column B already")]
    again = read_bytes(write(f"s1,3,,,2,,,{END}", f"s1,3,,,2,,,{END}"))
    assert describe(again) == [(9, 1, "the same learner stands in row 8 already")]


@pytest.mark.parametrize(
    ("fields", "learners", "keys"),
    [
        ("Username,Idnumber", ("s1,007", "s2,008"), ["007", "008"]),
        ("Username,Email", ("s1,a@b.org", "s2,c@b.org"), ["a@b.org", "c@b.org"]),
        ("Username,Idnumber", ("s1,007", "s2,"), ["s1", "s2"]),
    ],
)
def test_learners_are_told_apart_by_the_best_field(
    fields: str, learners: tuple[str, str], keys: list[str]
) -> None:
    gradebook = read_bytes(write(*(f"{each},3,,,2,,,{END}" for each in learners), fields=fields))
    assert gradebook.problems == ()
    assert [learner.key for learner in gradebook.learners] == keys


def test_names_alone_tell_nobody_apart() -> None:
    gradebook = read_bytes(write(f"Ada,Byron,3,,,2,,,{END}", fields="Firstname,Lastname"))
    assert len(gradebook.problems) == 1
    assert gradebook.scores == ()


def test_hidden_names_are_no_learners() -> None:
    row = f"Participant 17,Participant 17,3,,,2,,,{END}"
    gradebook = read_bytes(write(row, fields="Username,Email"))
    assert describe(gradebook) == [(7, None, "the learners' names are hidden in this report")]
    assert (gradebook.learners, gradebook.scores) == ((), ())


@pytest.mark.parametrize("method", ["guide", "btec"])
def test_other_grade_methods_are_no_rubrics(method: str) -> None:
    assert moodle_rubric.recognise(read_sheet("g.csv", write(f"s1,3,,,2,,,{END}", method=method))) is None


def test_a_rubric_of_ranges_reads_alike() -> None:
    gradebook = read_bytes(write(f"s1,3.5,,,2,,,{END}", method="rubric_ranges"))
    assert gradebook.scores[0].value == Decimal("3.5")
