"""The download of Blackboard's grade centre."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.gradebooks import blackboard
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import TITLES, Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import blackboard as writer
from tests.shared import find_shared

PERSONAL = '"Last Name","First Name","Username","Student ID","Last Access","Availability"'
ROW = '"Müller","Zoë","zoe.m","0001234","2026-11-01 20:20:47","Yes"'


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.xls", data)
    reason = blackboard.recognise(sheet)
    assert reason is not None
    return blackboard.read(sheet, settings or GradebookSettings(), reason)


def read(text: str, settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes(text.encode("utf-8-sig"), settings)


def read_column(heading: str, *cells: str) -> Gradebook:
    """Read a download of one item; its learners are told apart by numbers."""
    rows = [f'"Müller","Zoë","z{number}","","","Yes","{cell}"' for number, cell in enumerate(cells)]
    return read("\r\n".join([f'{PERSONAL},"{heading}"', *rows, ""]))


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_the_sample_in_utf_16_is_read() -> None:
    name = "gc_COURSE_fullgc_2026-11-23.xls"
    gradebook = read_bytes(find_shared("gradebooks", "synthetic", "blackboard", name).read_bytes())
    assert gradebook.problems == ()
    assert (gradebook.facts["encoding"], gradebook.facts["delimiter"]) == ("UTF-16", "tab")
    assert [(each.key, each.name) for each in gradebook.learners] == [
        ("zoe.m", "Müller, Zoë"),
        ("sob", "O'Brien, Seán"),
        ("jan1", "Smith, Jan"),
    ]
    assert [(item.name, item.possible) for item in gradebook.items] == [
        ("Essay 1", Decimal(4)),
        ("Teamwork", Decimal(4)),
        ("Oral", Decimal(1)),
    ]
    assert [(score.state, score.value, score.label) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal("3.5"), None),
        (CellState.UNGRADED, None, None),
        (CellState.SCORE, None, "Complete"),
        (CellState.SCORE, Decimal(0), None),
        (CellState.UNGRADED, None, None),
        (CellState.MISSING, None, None),
        (CellState.MISSING, None, None),
        (CellState.MISSING, None, None),
        (CellState.MISSING, None, None),
    ]


def test_a_real_file_of_the_older_kind_is_read() -> None:
    path = find_shared("gradebooks", "real", "blackboard", "nbeaver_01.tsv")
    gradebook = read_bytes(path.read_bytes())
    assert gradebook.problems == ()
    assert [(item.name, item.possible) for item in gradebook.items] == [("Quiz 3", Decimal(10))]
    assert [score.value for score in gradebook.scores] == [5, 6, 0, 3, 4]


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and "blackboard" not in path.parts:
            assert blackboard.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


def test_every_blackboard_case_of_the_published_list() -> None:
    cases = json.loads(find_shared("vectors", "cell_states.json").read_text(encoding="utf-8"))["cases"]
    own = [case for case in cases if case["system"] == "blackboard"]
    assert len(own) == 2
    for case in own:
        (score,) = read_column("Essay [Total Pts: 100 Score] |1", case["cell"]).scores
        assert (score.state, score.value) == (case["state"], case.get("value")), case


@pytest.mark.parametrize(
    ("heading", "name", "possible"),
    [
        ("Quiz 1 [Total Pts: 10 Score] |1281892", "Quiz 1", "10"),
        ("Quiz 1 [Total Pts: 7.5 Score] |1281892", "Quiz 1", "7.5"),
        ("Quiz 1 [Total Pts: 10 Score]", "Quiz 1", "10"),
        ("Quiz 1 [Total Pts: 10] |664617", "Quiz 1", "10"),
        ("Quiz 1 [Total Pts: 10]", "Quiz 1", "10"),
        ("Exam [Total Pts: 1,200 Score] |7", "Exam", "1200"),
        ("Homework #3 [EXTRA CREDIT] [Total Pts: 4 Score] |3229305", "Homework #3 [EXTRA CREDIT]", "4"),
        ("A [Total Pts: 3] [Total Pts: 4 Score] |3", "A [Total Pts: 3]", "4"),
        ("Lab 2: up to 9 |x| [Total Pts: 4 Score] |3", "Lab 2: up to 9 |x|", "4"),
    ],
)
def test_titles_and_points_are_in_the_headings(heading: str, name: str, possible: str) -> None:
    gradebook = read_column(heading, "2")
    assert gradebook.problems == ()
    (item,) = gradebook.items
    assert (item.name, item.heading, item.possible) == (name, heading, Decimal(possible))


@pytest.mark.parametrize(
    "heading",
    [
        "Total [Total Pts: up to 1,499 Score] |1281889",
        "Weighted Total [Total Pts: up to 0 Percentage] |1281890",
        "Overall Grade [Total Pts: up to 501 Letter] |6686369",
        "Total [Total Pts: up to 100]",
    ],
)
def test_totals_are_left_out(heading: str) -> None:
    gradebook = read(f'{PERSONAL},"{heading}","Essay [Total Pts: 4 Score] |1"\r\n{ROW},"1,300.50","3"\r\n')
    assert gradebook.problems == ()
    assert [item.name for item in gradebook.items] == ["Essay"]


@pytest.mark.parametrize(
    ("kind", "cell", "value", "label"),
    [
        ("Score", "3.50", "3.5", None),
        ("Score", "0", "0", None),
        ("Score", "-1.00", "-1", None),
        ("Score", "1,050.25", "1050.25", None),
        ("Percentage", "87.5", "87.5", None),
        ("Percentage", "87.5%", "87.5", None),
        ("Letter", "B+", None, "B+"),
        ("Letter", "Merit", None, "Merit"),
        ("Honours scheme", "High pass", None, "High pass"),
        ("Text", "Proficient", None, "Proficient"),
        ("Complete/Incomplete", "Complete", None, "Complete"),
        ("Complete/Incomplete", "Incomplete", None, "Incomplete"),
    ],
)
def test_scores_of_each_kind(kind: str, cell: str, value: str | None, label: str | None) -> None:
    gradebook = read_column(f"Essay [Total Pts: 40 {kind}] |1", cell)
    assert gradebook.problems == ()
    (score,) = gradebook.scores
    assert (score.state, score.value, score.label) == (
        CellState.SCORE,
        None if value is None else Decimal(value),
        label,
    )


def test_a_percentage_is_of_a_hundred_whatever_the_item_is_worth() -> None:
    (score,) = read_column("Participation [Total Pts: 50 Percentage] |1", "90.00").scores
    assert (score.value, score.possible) == (Decimal(90), Decimal(100))


def test_a_number_among_words_counts_as_level_points_only_without_points_possible() -> None:
    (score,) = read_column("Level [Total Pts: 0 Text] |1", "3").scores
    assert (score.value, score.possible) == (Decimal(3), None)
    refused = read_column("Level [Total Pts: 100 Text] |1", "3")
    assert describe(refused) == [(2, 7, "this is not a score: this column is one of words")]


def test_words_show_no_decimal_mark() -> None:
    headings = '"Note [Total Pts: 0 Text] |1","Essay [Total Pts: 10 Score] |2"'
    gradebook = read(f'{PERSONAL},{headings}\r\n{ROW},"2,5","7.5"\r\n')
    assert describe(gradebook) == [(2, 7, "this is not a score: the decimal mark of this file is the point")]


@pytest.mark.parametrize("kind", ["Score", "Percentage", "Letter", "Text", "Complete/Incomplete", ""])
@pytest.mark.parametrize(
    "cell", ["Needs Grading", "Needs Grading(99.00)", "In Progress", "In Progress(5.00)", "In Progress (B+)"]
)
def test_what_is_not_graded_yet_is_ungraded_in_every_kind(kind: str, cell: str) -> None:
    heading = f"Essay [Total Pts: 100 {kind}] |1".replace(" ]", "]")
    gradebook = read_column(heading, cell, "")
    assert gradebook.problems == ()
    assert [(score.state, score.value, score.label) for score in gradebook.scores] == [
        (CellState.UNGRADED, None, None),
        (CellState.MISSING, None, None),
    ]


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("Score", "Complete"),
        ("Score", "needs grading"),
        ("Score", "Needs Grading(99.00"),
        ("Score", "NaN"),
        ("Score", "3,50"),
        ("Score", " 3"),
        ("Score", "87.5%"),
        ("Score", "B+"),
        ("Percentage", "B+"),
        ("Letter", "85.00"),
        ("Complete/Incomplete", "complete"),
        ("Complete/Incomplete", "Done"),
        ("Complete/Incomplete", "1"),
    ],
)
def test_what_blackboard_never_writes_is_refused_with_its_place(kind: str, cell: str) -> None:
    heading = f"Essay [Total Pts: 7.5 {kind}] |1"
    gradebook = read_column(heading, "", cell)
    assert [score.state for score in gradebook.scores] == [CellState.MISSING]
    (problem,) = gradebook.problems
    assert (problem.place.row, problem.place.column, problem.place.heading) == (3, 7, heading)
    assert problem.content == cell


def test_no_problem_tells_a_name() -> None:
    text = f'{PERSONAL},"Essay [Total Pts: 4 Score] |1"\r\n{ROW},"x"\r\n{ROW},"1"\r\n"Müller","1"\r\n'
    problems = read(text.replace("zoe.m", "Zoë")).problems
    assert len(problems) == 3
    for problem in problems:
        text = f"{problem.message} {problem.help} {problem.place}"
        assert "Müller" not in text
        assert "Zoë" not in text


@pytest.mark.parametrize("settings", [GradebookSettings(), GradebookSettings(learner=("Student ID",))])
def test_preview_users_are_left_out_and_counted(settings: GradebookSettings) -> None:
    rows = [ROW, ROW.replace("zoe.m", "kim_previewuser"), ROW.replace("zoe.m", "Lee_PreviewUser")]
    lines = [f'{PERSONAL},"Essay [Total Pts: 4 Score] |1"', *(f'{row},"1"' for row in rows), ""]
    gradebook = read("\r\n".join(lines), settings)
    assert gradebook.problems == ()
    assert [learner.row for learner in gradebook.learners] == [2]
    assert [score.row for score in gradebook.scores] == [2]
    assert gradebook.facts["left out"] == "2 preview users"


def test_a_learner_is_no_preview_user_by_name() -> None:
    row = ROW.replace("zoe.m", "previewuser").replace("Zoë", "kim_previewuser")
    gradebook = read(f'{PERSONAL},"Essay [Total Pts: 4 Score] |1"\r\n{row},"1"\r\n')
    assert [learner.key for learner in gradebook.learners] == ["previewuser"]
    assert "left out" not in gradebook.facts


def test_two_learners_of_one_name_stay_two() -> None:
    learners = read_column("Essay [Total Pts: 4 Score] |1", "1", "2").learners
    assert [(learner.key, learner.name) for learner in learners] == [
        ("z0", "Müller, Zoë"),
        ("z1", "Müller, Zoë"),
    ]


def test_leading_zeros_of_a_chosen_key_stay() -> None:
    text = f'{PERSONAL},"Essay [Total Pts: 4 Score] |1"\r\n{ROW},"1"\r\n'
    assert read(text, GradebookSettings(learner=("Student ID",))).learners[0].key == "0001234"


def test_names_never_stand_in_for_a_missing_username() -> None:
    gradebook = read('"Last Name","First Name","Essay [Total Pts: 4 Score] |1"\r\n"Müller","Zoë","3"\r\n')
    assert describe(gradebook) == [(1, None, "there is no column “Username” to tell learners apart by")]
    assert (gradebook.learners, gradebook.scores) == ((), ())


def test_only_the_items_asked_for_are_read_strictly() -> None:
    headings = '"Essay [Total Pts: many Score] |1","Talk [Total Pts: 4 Score] |2"'
    text = f'{PERSONAL},{headings}\r\n{ROW},"x","3"\r\n'
    gradebook = read(text, GradebookSettings(only=frozenset({"talk"})))
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == ["Talk [Total Pts: 4 Score] |2"]
    assert describe(read(text)) == [
        (1, 7, "this is not a number of points possible"),
        (2, 7, "this is not a score"),
    ]


def test_only_totals_are_no_items() -> None:
    gradebook = read_column("Total [Total Pts: up to 10 Score] |1", "3")
    assert describe(gradebook) == [(1, None, "no column is an item")]


def test_one_item_twice_is_refused() -> None:
    heading = '"Essay [Total Pts: 4 Score] |1"'
    gradebook = read(f'{PERSONAL},{heading},{heading}\r\n{ROW},"1","2"\r\n')
    assert describe(gradebook) == [(1, 8, "the heading stands over column G already")]


def test_a_file_cut_in_the_middle_of_a_character_is_refused() -> None:
    data = f'{PERSONAL},"Essay [Total Pts: 4 Score] |1"\r\n{ROW},"1"\r\n'.encode("utf-16")[:-1]
    assert [problem.message for problem in read_sheet("g.xls", data).problems] == [
        "the file ends in the middle of a character: it was cut off"
    ]


BRACKETED = st.builds("{} [{}]".format, TITLES, TITLES)


@given(draw_courses(writer.STATES, TITLES | BRACKETED))
@pytest.mark.parametrize("write", [writer.write, writer.write_csv])
def test_what_blackboard_writes_reads_back(write: Callable[[Course], bytes], course: Course) -> None:
    gradebook = read_bytes(write(course))
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(course, writer.list_keys(course))
