"""The Sakai gradebook export."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import sakai
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import sakai as writer
from tests.shared import find_shared

HEADING = '"Student ID","Student Name","Essay [10]","* Essay","Talk [4]","* Talk","# Course Grade"'


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", data)
    reason = sakai.recognise(sheet)
    assert reason is not None
    return sakai.read(sheet, settings or GradebookSettings(), reason)


def read(*rows: str, heading: str = HEADING, settings: GradebookSettings | None = None) -> Gradebook:
    return read_bytes("\r\n".join([heading, *rows, ""]).encode("utf-8-sig"), settings)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_the_sample_is_read() -> None:
    data = find_shared("gradebooks", "synthetic", "sakai", "gradebook_export_comma.csv").read_bytes()
    gradebook = read_bytes(data)
    assert gradebook.problems == ()
    assert [(each.key, each.name) for each in gradebook.learners] == [
        ("zm1", "Müller, Zoë"),
        ("so2", "O'Brien, Seán"),
    ]
    assert [(item.name, item.possible) for item in gradebook.items] == [
        ("Essay 1", Decimal(4)),
        ("Teamwork", Decimal(4)),
    ]
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal("3.5")),
        (CellState.MISSING, None),
        (CellState.SCORE, Decimal(0)),
        (CellState.SCORE, Decimal(4)),
    ]


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and "sakai" not in path.parts:
            assert sakai.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


@pytest.mark.parametrize(
    "heading",
    [
        "Student ID,Email,Username,Grade,Homework 1: Loops [2]",
        "Student ID,Student Name,Essay",
        "Student Name,Student ID,Essay [4]",
        "learner,Essay [4]",
    ],
)
def test_tables_that_only_look_alike_are_none(heading: str) -> None:
    assert sakai.recognise(read_sheet("g.csv", f"{heading}\na,b,1\n".encode())) is None


@pytest.mark.parametrize(
    "heading",
    ['"Student ID","Essay [4]"', '"Student ID","# Section","Essay [4]"', '"STUDENT ID","Essay [4]"'],
)
def test_an_export_with_chosen_columns_is_one(heading: str) -> None:
    assert sakai.recognise(read_sheet("g.csv", heading.encode())) is not None


def test_comments_and_columns_to_pass_over_are_no_items() -> None:
    heading = HEADING.replace("# Course Grade", "# Quiz [3]").replace("* Talk", "* Talk [4]")
    gradebook = read('"a","B, C","7","9","1","late","3"', heading=heading)
    assert [item.heading for item in gradebook.items] == ["Essay [10]", "Talk [4]"]
    assert [score.value for score in gradebook.scores] == [Decimal(7), Decimal(1)]


def test_a_semicolon_tells_the_decimal_comma() -> None:
    heading = '"Student ID";"Student Name";"Essay [7,5]";"Exam [1.200]"'
    gradebook = read('"a";"B, C";"3,25";"1.100"', heading=heading)
    assert gradebook.problems == ()
    assert gradebook.facts["decimal mark"] == "comma"
    assert [(score.value, score.possible) for score in gradebook.scores] == [
        (Decimal("3.25"), Decimal("7.5")),
        (Decimal(1100), Decimal(1200)),
    ]
    whole = read('"a";"B, C";"1.100"', heading='"Student ID";"Student Name";"Exam [1.200]"')
    assert (whole.problems, whole.scores[0].value) == ((), Decimal(1100))


def test_a_decimal_that_the_user_names_wins() -> None:
    heading = '"Student ID";"Student Name";"Exam [4]"'
    told = read('"a";"B, C";"1.500"', heading=heading, settings=GradebookSettings(decimal="."))
    assert told.scores[0].value == Decimal("1.5")


def test_a_letter_is_a_score_without_a_number() -> None:
    score = read('"a","B, C","B+","","1","",""').scores[0]
    assert (score.state, score.value, score.label) == (CellState.SCORE, None, "B+")


@pytest.mark.parametrize("cell", ["EX", "-", "3,5", " 3", "1e3", "n/a", "Complete"])
def test_what_sakai_never_writes_is_refused_with_its_place(cell: str) -> None:
    gradebook = read(f'"zoe","Müller, Zoë","1.5","","{cell}","",""')
    (problem,) = gradebook.problems
    assert (problem.place.row, problem.place.column, problem.place.heading) == (2, 5, "Talk [4]")
    assert problem.content == cell
    assert [score.item for score in gradebook.scores] == ["Essay [10]"]


def test_no_problem_tells_a_name() -> None:
    rows = ['"zoe","Müller, Zoë","x","","y","",""', '"zoe","Müller, Zoë","1","","1","",""', '"","Müller","1"']
    problems = read(*rows).problems
    assert len(problems) == 4
    for problem in problems:
        text = f"{problem.message} {problem.help} {problem.place}"
        assert "Müller" not in text
        assert "zoe" not in text


def test_the_same_learner_twice_is_refused() -> None:
    row = '"a","B, C","1","","1","",""'
    assert describe(read(row, row)) == [(3, 1, "the same learner stands in row 2 already")]


def test_the_settings_choose_another_key() -> None:
    heading = '"Student ID","Student Name","# Student Number","Essay [4]"'
    row = '"a","B, C","000123","1"'
    settings = GradebookSettings(learner=("# Student Number",))
    assert read(row, heading=heading, settings=settings).learners[0].key == "000123"
    unknown = read(row, heading=heading, settings=GradebookSettings(learner=("Matrikel",)))
    assert describe(unknown) == [(1, None, "there is no column “Matrikel” to tell learners apart by")]


def test_only_the_items_asked_for_are_read_strictly() -> None:
    gradebook = read('"a","B, C","x","","1","",""', settings=GradebookSettings(only=frozenset({"talk"})))
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == ["Talk [4]"]


def test_points_possible_that_are_no_number_are_refused() -> None:
    gradebook = read('"a","B, C","1.5"', heading='"Student ID","Student Name","Essay [1,2,3]"')
    assert describe(gradebook) == [(1, 3, "this is not a number of points possible")]


@given(draw_courses(writer.STATES))
@pytest.mark.parametrize("write", [writer.write, writer.write_with_commas])
def test_what_sakai_writes_reads_back(write: Callable[[Course], bytes], course: Course) -> None:
    gradebook = read_bytes(write(course))
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(course, writer.list_keys(course))
