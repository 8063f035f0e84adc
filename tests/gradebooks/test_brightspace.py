"""The grades export of Brightspace."""

from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import brightspace
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import brightspace as writer
from tests.shared import find_shared

PERSONAL = "OrgDefinedId,Username,Last Name,First Name,Email"
ROW = "#00123,#zoe.m,Müller,Zoë,zoe@example.org"
POINTS = "Essay Points Grade <Numeric MaxPoints:7.5 Weight:50 Category:Skills CategoryWeight:60>"


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", data)
    reason = brightspace.recognise(sheet)
    assert reason is not None
    return brightspace.read(sheet, settings or GradebookSettings(), reason)


def read(headings: str, *rows: str, settings: GradebookSettings | None = None) -> Gradebook:
    text = "\r\n".join([f"{headings},End-of-Line Indicator", *rows, ""])
    return read_bytes(text.encode(), settings)


def read_column(heading: str, *cells: str) -> Gradebook:
    """Read an export of one item; its learners are told apart by numbers."""
    rows = [f'#{number},#z{number},Müller,Zoë,,"{cell}",#' for number, cell in enumerate(cells)]
    return read(f"{PERSONAL},{heading}", *rows)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_the_sample_is_read() -> None:
    data = find_shared("gradebooks", "synthetic", "brightspace", "grades_full.csv").read_bytes()
    gradebook = read_bytes(data)
    assert gradebook.problems == ()
    assert gradebook.facts["ends of rows"] == "marked"
    assert [(each.key, each.name, each.email) for each in gradebook.learners] == [
        ("00400123", "Müller, Zoë", "zoe@example.com"),
        ("00400124", "O'Brien, Seán", "sob@example.com"),
    ]
    assert [(item.name, item.possible) for item in gradebook.items] == [
        ("Essay 1", Decimal(4)),
        ("Teamwork", Decimal(4)),
    ]
    assert [(score.state, score.value, score.label) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal("3.5"), None),
        (CellState.MISSING, None, None),
        (CellState.MISSING, None, None),
        (CellState.SCORE, Decimal(2), None),
    ]


def test_the_example_of_a_documentation_is_read() -> None:
    path = find_shared("gradebooks", "real", "brightspace", "grades_export_doc_example.csv")
    gradebook = read_bytes(path.read_bytes())
    assert gradebook.problems == ()
    assert [(item.name, item.possible) for item in gradebook.items] == [("Homework 1", Decimal(100))]
    assert [score.value for score in gradebook.scores] == [Decimal(95), Decimal("88.5"), None]


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and "brightspace" not in path.parts:
            assert brightspace.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


@pytest.mark.parametrize(
    "heading", ["Username,Essay", "Last Name,End-of-Line Indicator", "Username,Essay Points Grade", "learner"]
)
def test_tables_that_only_look_alike_are_none(heading: str) -> None:
    assert brightspace.recognise(read_sheet("g.csv", heading.encode())) is None


@pytest.mark.parametrize(
    ("heading", "name", "possible"),
    [
        ("Essay Points Grade <Numeric MaxPoints:13>", "Essay", "13"),
        ("Essay Points Grade <Numeric MaxPoints:6 Category:Homework>", "Essay", "6"),
        (
            "Essay Points Grade <Numeric MaxPoints:6 Category:a > b MaxPoints:9 CategoryWeight:1>",
            "Essay",
            "6",
        ),
        ("Essay <2> Points Grade <Numeric MaxPoints:7.5 Weight:8.33>", "Essay <2>", "7.5"),
        ("Pass it Points Grade <Pass/Fail MaxPoints:1 Weight:10>", "Pass it", "1"),
        ("Points Grade Points Grade <Numeric MaxPoints:3>", "Points Grade", "3"),
        ("Essay Points Grade", "Essay", None),
    ],
)
def test_titles_and_points_are_in_the_headings(heading: str, name: str, possible: str | None) -> None:
    gradebook = read_column(heading, "1")
    assert gradebook.problems == ()
    (item,) = gradebook.items
    assert (item.name, item.heading) == (name, heading)
    assert item.possible == (None if possible is None else Decimal(possible))


def test_points_win_over_the_symbol_beside_them() -> None:
    gradebook = read(f"{PERSONAL},essay Scheme Symbol,{POINTS}", f"{ROW},B+,6.5,#")
    assert gradebook.problems == ()
    assert [(score.item, score.value) for score in gradebook.scores] == [(POINTS, Decimal("6.5"))]


def test_symbols_alone_are_words() -> None:
    gradebook = read_column("Essay Scheme Symbol", "B+", "Very Good", "3", "")
    assert gradebook.problems == ()
    assert [(score.state, score.value, score.label, score.possible) for score in gradebook.scores] == [
        (CellState.SCORE, None, "B+", None),
        (CellState.SCORE, None, "Very Good", None),
        (CellState.SCORE, Decimal(3), None, None),
        (CellState.MISSING, None, None, None),
    ]


def test_symbols_alone_may_be_percentages() -> None:
    gradebook = read_column("Essay Grade Symbol", "87.5 %", "", "0 %")
    assert gradebook.problems == ()
    assert [(score.value, score.possible) for score in gradebook.scores] == [
        (Decimal("87.5"), Decimal(100)),
        (None, Decimal(100)),
        (Decimal(0), Decimal(100)),
    ]


def test_text_items_are_words_and_show_no_decimal_mark() -> None:
    whole = "Talk Points Grade <Numeric MaxPoints:1,200>"
    headings = f'{PERSONAL},Level Text Grade <Text>,"{whole}"'
    gradebook = read(headings, f'{ROW},Perfect Attendance!,"1,100",#', '#2,#b,B,B,,"2,5","1,100",#')
    assert gradebook.scores[0].label == "Perfect Attendance!"
    undecided = "whether the mark in this number divides thousands or decimals cannot be told"
    assert describe(gradebook)[0] == (1, 7, undecided)


def test_a_percentage_with_another_mark_is_refused_as_such() -> None:
    gradebook = read_column("Essay Scheme Symbol", "87.5 %", "87,5 %")
    assert describe(gradebook) == [(3, 6, "this is not a score: the decimal mark of this file is the point")]


@pytest.mark.parametrize(
    "heading",
    [
        "Skills Subtotal Numerator",
        "Skills Subtotal Denominator",
        "Skills Subtotal Scheme Symbol",
        "Calculated Final Grade Numerator",
        "Calculated Final Grade Scheme Symbol",
        "Adjusted Final Grade Denominator",
        "Adjusted Final Grade Scheme Symbol",
        "Feedback",
    ],
)
def test_subtotals_and_final_grades_are_left_out(heading: str) -> None:
    gradebook = read(f"{PERSONAL},{POINTS},{heading}", f'{ROW},6.5,"1,300.5 %",#')
    assert gradebook.problems == ()
    assert [item.name for item in gradebook.items] == ["Essay"]


@pytest.mark.parametrize("end", ["", "6.5", "##"])
def test_a_row_without_its_end_is_refused(end: str) -> None:
    gradebook = read(f"{PERSONAL},{POINTS}", f"{ROW},6.5,{end}", "#2,#b,B,B,,7,#")
    assert describe(gradebook) == [(2, 7, "the row does not end with “#”: it was cut off or changed")]
    assert [score.learner for score in gradebook.scores] == ["2"]


def test_a_row_that_was_cut_off_is_refused() -> None:
    gradebook = read(f"{PERSONAL},{POINTS}", "#2,#b,B,B,,7,#", f"{ROW},6")
    assert describe(gradebook) == [(3, None, "the row has 6 cells, the heading 7")]
    assert [score.learner for score in gradebook.scores] == ["2"]


def test_an_export_without_ends_of_rows_says_so() -> None:
    gradebook = read_bytes(f"{PERSONAL},{POINTS}\n{ROW},6.5\n".encode())
    assert gradebook.problems == ()
    assert gradebook.facts["ends of rows"] == "not marked"


@pytest.mark.parametrize(
    ("headings", "row", "key"),
    [
        ("OrgDefinedId,Username", "#00123,#zoe.m", "00123"),
        ("Username,OrgDefinedId", "#zoe.m,#00123", "00123"),
        ("OrgDefinedId,Last Name", "#00123,Müller", "00123"),
        ("Username,Last Name", "#zoe.m,Müller", "zoe.m"),
        ("OrgDefinedId,Username", "#,#zoe.m", "zoe.m"),
        ("OrgDefinedId,Username", "00123,#zoe.m", "00123"),
    ],
)
def test_the_key_is_the_id_else_the_username(headings: str, row: str, key: str) -> None:
    gradebook = read(f"{headings},{POINTS}", f"{row},6.5,#")
    assert gradebook.problems == ()
    assert [learner.key for learner in gradebook.learners] == [key]


def test_a_learner_without_id_among_others_with_one_is_refused() -> None:
    gradebook = read(f"{PERSONAL},{POINTS}", f"{ROW},6.5,#", "#,#b,B,B,,7,#")
    assert describe(gradebook) == [(3, 1, "this row has no learner")]


def test_the_settings_choose_another_key() -> None:
    settings = GradebookSettings(learner=("Email",))
    gradebook = read(f"{PERSONAL},{POINTS}", f"{ROW},6.5,#", settings=settings)
    assert [learner.key for learner in gradebook.learners] == ["zoe@example.org"]


@pytest.mark.parametrize("cell", ["B+", "MISSING", "N/A", "6,5", " 6", "6.5%", "1e1", "#"])
def test_what_brightspace_never_writes_is_refused_with_its_place(cell: str) -> None:
    gradebook = read_column(POINTS, "", cell)
    assert [score.state for score in gradebook.scores] == [CellState.MISSING]
    (problem,) = gradebook.problems
    assert (problem.place.row, problem.place.column, problem.place.heading) == (3, 6, POINTS)
    assert problem.content == cell


def test_no_problem_tells_a_name() -> None:
    rows = [f"{ROW},x,#", f"{ROW},1,#", f"{ROW},1,", f"{ROW},1"]
    problems = read(f"{PERSONAL},{POINTS}", *rows).problems
    assert len(problems) == 4
    for problem in problems:
        text = f"{problem.message} {problem.help} {problem.place}"
        assert not any(name in text for name in ("Müller", "Zoë", "zoe", "00123"))


def test_only_the_items_asked_for_are_read_strictly() -> None:
    headings = f"{PERSONAL},{POINTS},Talk Points Grade <Numeric MaxPoints:many>"
    wanted = GradebookSettings(only=frozenset({"essay"}))
    gradebook = read(headings, f"{ROW},6.5,x,#", settings=wanted)
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == [POINTS]
    assert describe(read(headings, f"{ROW},6.5,x,#")) == [
        (1, 7, "this is not a number of points possible"),
        (2, 7, "this is not a score"),
    ]


def test_an_export_without_items_says_so() -> None:
    gradebook = read(f"{PERSONAL},Calculated Final Grade Numerator", f"{ROW},3,#")
    assert describe(gradebook) == [(1, None, "no column is an item")]


def test_one_item_twice_is_refused() -> None:
    gradebook = read(f"{PERSONAL},{POINTS},{POINTS}", f"{ROW},1,2,#")
    assert describe(gradebook) == [(1, 7, "the heading stands over column F already")]


@given(draw_courses(writer.STATES))
def test_what_brightspace_writes_reads_back(course: Course) -> None:
    gradebook = read_bytes(writer.write(course))
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(course, writer.list_keys(course))
