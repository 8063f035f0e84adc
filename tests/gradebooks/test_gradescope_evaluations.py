"""The evaluations of a Gradescope assignment."""

import io
import string
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.gradebooks import gradescope_evaluations
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.archive_reader import read_archive, read_sheets
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.other_exports import list_samples
from tests.gradebooks.writers import gradescope_evaluations as writer
from tests.shared import find_shared

BEFORE = (
    "Assignment Submission ID,Question Submission ID,First Name,Last Name,SID,Email,Sections,Score,"
    "Submission Time"
)
HEADING = f'{BEFORE},Clear,"Evidence,\ncited",Adjustment,Comments,Grader,Tags'
TITLES = st.text(string.ascii_letters + string.digits + " äÉ", min_size=1, max_size=12).filter(
    lambda title: " ".join(title.split()) == title and any(each.isalpha() for each in title)
)


def pack(files: dict[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return data.getvalue()


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    archive = read_archive("evaluations.zip", data)
    assert archive.problems == ()
    sheets = read_sheets(archive)
    reason = gradescope_evaluations.recognise(sheets)
    assert reason is not None
    return gradescope_evaluations.read(archive.file, sheets, settings or GradebookSettings(), reason)


def make_row(score: str = "3.0", *, sid: str = "007", time: str = "1970-01-01 00:00:00 -0600") -> str:
    return f'128,900,Zoë,Müller,{sid},z@x.org,A,{score},{time},true,false,-1.0,"so, so",Kim,'


def read(*rows: str, heading: str = HEADING, settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes(pack({"evaluations/1_Clear_thesis.csv": "\n".join([heading, *rows, ""])}), settings)


def describe(gradebook: Gradebook) -> list[tuple[str, str]]:
    return [(str(each.place), each.message) for each in gradebook.problems]


@given(draw_courses(writer.STATES, TITLES))
def test_what_was_written_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    # The points possible are not in this export.
    plain = replace(course, tasks=tuple(replace(task, possible=Decimal(1)) for task in course.tasks))
    assert list_contents(gradebook) == list_expected(plain, writer.list_keys(course))
    assert {item.possible for item in gradebook.items} == {None}


def test_a_row_in_full() -> None:
    gradebook = read(make_row())
    assert gradebook.problems == ()
    (score,) = gradebook.scores
    assert (score.learner, score.item, score.value) == ("007", "1_Clear_thesis", Decimal(3))
    assert (score.rater, score.at, score.date) == ("Kim", 21600, "1970-01-01 00:00:00 -0600")
    assert (score.row, score.column) == (2, 8)
    assert [item.name for item in gradebook.items] == ["Clear thesis"]
    assert gradebook.file == "evaluations.zip"


def test_a_learner_stands_in_several_questions() -> None:
    text = f"{HEADING}\n{make_row()}\n"
    gradebook = read_bytes(pack({"1_A.csv": text, "2.1_B.csv": text, "C.csv": text}))
    assert gradebook.problems == ()
    assert len(gradebook.learners) == 1
    assert [item.name for item in gradebook.items] == ["A", "B", "C"]
    assert len(gradebook.scores) == 3


def test_work_without_a_score_is_ungraded_and_zero_is_a_score() -> None:
    gradebook = read(make_row(""), make_row("0.0", sid="008"))
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.UNGRADED, None),
        (CellState.SCORE, Decimal(0)),
    ]


def test_items_of_a_rubric_may_be_named_like_columns() -> None:
    heading = HEADING.replace("Clear", "Score").replace('"Evidence,\ncited"', "Grader")
    (score,) = read(make_row(), heading=heading).scores
    assert (score.value, score.rater) == (Decimal(3), "Kim")


def test_what_stands_behind_a_blank_row_is_no_learner() -> None:
    gradebook = read(make_row(), "", "Point Values,,,,,,,,,1.0,-1.0", "Rubric Type,positive")
    assert gradebook.problems == ()
    assert len(gradebook.learners) == 1


@pytest.mark.parametrize(
    "row",
    [
        make_row(sid="008"),
        "128",
        ",900",
        ",,Zoë,Müller,008",
        make_row(sid="").replace("128,900", ","),
    ],
)
def test_a_learner_below_the_footer_is_a_problem(row: str) -> None:
    footer = "Point Values,,,,,,,,,1.0,-1.0"
    gradebook = read(make_row(), "", footer, row, "Rubric Type,positive")
    assert describe(gradebook) == [
        ("evaluations.zip/1_Clear_thesis.csv, row 5", "this row stands below the footer")
    ]
    assert gradebook.problems[0].help == "download the evaluations again"
    assert [learner.key for learner in gradebook.learners] == ["007"]


def test_a_learner_without_submission_behind_a_blank_row_is_not_dropped() -> None:
    gradebook = read(make_row(), "", make_row(sid="008").replace(",900,", ",,"), make_row(sid="009"))
    assert [each.place.row for each in gradebook.problems] == [4, 5]


def test_a_learner_behind_a_blank_row_is_one() -> None:
    gradebook = read(make_row(), "", make_row(sid="008"))
    assert [learner.key for learner in gradebook.learners] == ["007", "008"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([make_row("A")], ("row 2, column H (Score)", "this is not a score")),
        ([make_row(time="noon")], ("row 2, column I (Submission Time)", "this is not a date")),
        ([make_row(sid=""), make_row()], ("row 2, column E (SID)", "this row has no learner")),
        (
            [make_row(), make_row("4.0")],
            ("row 3, column H (Score)", "row 2 gives the same score of the same learner already"),
        ),
        (["1,2"], ("row 2", "the row has 2 cells, the heading 15")),
    ],
)
def test_refused_rows_name_the_file_in_the_archive(rows: list[str], expected: tuple[str, str]) -> None:
    gradebook = read(*rows)
    place, message = expected
    assert describe(gradebook) == [(f"evaluations.zip/1_Clear_thesis.csv, {place}", message)]
    whose = None if message.startswith(("this row has no", "the row has 2")) else "007"
    assert [each.learner for each in gradebook.problems] == [whose]
    assert all("Müller" not in f"{each.message}{each.place}{each.help}" for each in gradebook.problems)


def test_without_any_sid_the_email_is_the_key() -> None:
    assert [learner.key for learner in read(make_row(sid="")).learners] == ["z@x.org"]
    chosen = read(make_row(), settings=GradebookSettings(learner=("Email",)))
    assert [learner.key for learner in chosen.learners] == ["z@x.org"]


def test_only_the_questions_asked_for_are_read_strictly() -> None:
    good, bad = (f"{HEADING}\n{make_row(score)}\n" for score in ("3.0", "rubbish"))
    settings = GradebookSettings(only=frozenset({"a"}))
    gradebook = read_bytes(pack({"1_A.csv": good, "2_B.csv": bad}), settings)
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == ["1_A"]


def test_another_file_in_the_archive_is_a_problem() -> None:
    gradebook = read_bytes(pack({"1_A.csv": f"{HEADING}\n{make_row()}\n", "notes.txt": "hello\n"}))
    assert describe(gradebook) == [("evaluations.zip", "a file of the archive is no evaluation")]


@pytest.mark.parametrize("text", ["id,score\n1,2\n", "", '"cut off'])
def test_the_name_of_a_file_that_is_no_evaluation_is_content(text: str) -> None:
    gradebook = read_bytes(pack({"1_A.csv": f"{HEADING}\n{make_row()}\n", "x/Ada_Lovelace_101.csv": text}))
    (problem,) = gradebook.problems
    assert str(problem.place) == "evaluations.zip"
    assert problem.content == "x/Ada_Lovelace_101.csv"
    assert "Lovelace" not in f"{problem.message}{problem.help}"


def test_two_files_of_one_name_are_a_problem() -> None:
    text = f"{HEADING}\n{make_row()}\n"
    gradebook = read_bytes(pack({"x/1_A.csv": text, "y/1_A.csv": text}))
    assert ("evaluations.zip/y/1_A.csv", "another folder of the archive has a file of this name") in describe(
        gradebook
    )


def test_the_shared_sample() -> None:
    path = find_shared("gradebooks", "synthetic", "gradescope", "evaluations.zip")
    gradebook = read_bytes(path.read_bytes())
    assert gradebook.problems == ()
    assert [(score.learner, score.value, score.rater) for score in gradebook.scores] == [
        ("0001234", Decimal(3), "TA One"),
        ("0005678", Decimal(0), "TA Two"),
    ]
    assert [item.name for item in gradebook.items] == ["Clarity"]


def test_no_other_export_is_taken_for_this_one() -> None:
    others = list_samples("gradescope")["others"]
    assert gradescope_evaluations.recognise(others) is None
    assert gradescope_evaluations.recognise([]) is None
