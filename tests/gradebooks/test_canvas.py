"""The Canvas gradebook export."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import canvas
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import TITLES, Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import canvas as writer
from tests.shared import find_shared

HEADING = "Student,ID,SIS User ID,SIS Login ID,Section,Essay (1),Talk (2),Current Score"
POSSIBLE = "    Points Possible,,,,,10.00,4.00,(read only)"


def read(*rows: str, heading: str = HEADING, settings: GradebookSettings | None = None) -> Gradebook:
    text = "\n".join([heading, POSSIBLE, *rows]) + "\n"
    return read_gradebook("g.csv", text.encode(), settings or GradebookSettings())


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("gradebook_traps_en.csv", "point"),
        ("gradebook_traps_sv_comma_sep_decimal_comma_bom.csv", "comma"),
    ],
)
def test_the_traps_read_alike_in_two_locales(name: str, mark: str) -> None:
    data = find_shared("gradebooks", "synthetic", "canvas", name).read_bytes()
    gradebook = read_gradebook(name, data, GradebookSettings())
    assert gradebook.problems == ()
    assert gradebook.facts["decimal mark"] == mark
    assert gradebook.facts["left out"] == "1 test student"
    assert [learner.key for learner in gradebook.learners] == ["11", "12", "13", "14", "15"]
    assert gradebook.learners[2].name == "=cmd|calc"
    assert [item.name for item in gradebook.items] == ["Essay 1", "Team Project", "Oral Exam", "Reflection"]
    assert {item.possible for item in gradebook.items} == {Decimal(4)}
    states = Counter(score.state for score in gradebook.scores)
    assert states == {
        CellState.SCORE: 12,
        CellState.NOT_ASSIGNED: 6,
        CellState.EXCUSED: 1,
        CellState.MISSING: 1,
    }
    first = {score.item: score.value for score in gradebook.scores if score.learner == "11"}
    assert first["Essay 1 (101)"] == Decimal("3.5")
    assert first["Reflection (104)"] == Decimal(0)


def test_a_real_export_with_a_row_of_manual_postings() -> None:
    data = find_shared("gradebooks", "real", "canvas", "joyofcoding_canvas.csv").read_bytes()
    gradebook = read_gradebook("canvas.csv", data, GradebookSettings())
    assert gradebook.problems == ()
    assert (len(gradebook.learners), len(gradebook.items)) == (2, 23)
    assert gradebook.items[16].name == "Quiz 2: Java Language and OOP"
    assert [item.possible for item in gradebook.items][-3:] == [Decimal(3), Decimal("3.5"), Decimal(8)]


def test_two_learners_of_one_name_stay_two() -> None:
    gradebook = read('"Smith, Jan",14,,a,S,1.00,1.00,', '"Smith, Jan",15,,b,S,2.00,2.00,')
    assert [(learner.key, learner.name) for learner in gradebook.learners] == [
        ("14", "Smith, Jan"),
        ("15", "Smith, Jan"),
    ]


def test_the_same_learner_twice_is_refused() -> None:
    gradebook = read('"A, B",14,,a,S,1.00,1.00,', '"C, D",14,,b,S,2.00,2.00,')
    assert describe(gradebook) == [(4, 2, "the same learner stands in row 3 already")]


def test_a_row_without_id_is_refused() -> None:
    assert describe(read('"A, B",,,a,S,1.00,1.00,')) == [(3, 2, "this row has no learner")]


def test_a_test_student_with_an_sis_id_is_a_person() -> None:
    gradebook = read('"Student, Test",99,real,a,S,1.00,1.00,', '"Student, Test",98,,hash,S,1.00,1.00,')
    assert [learner.key for learner in gradebook.learners] == ["99"]


def test_the_settings_choose_another_key() -> None:
    gradebook = read('"A, B",14,S-1,a,S,1.00,1.00,', settings=GradebookSettings(learner=("SIS User ID",)))
    assert [learner.key for learner in gradebook.learners] == ["S-1"]
    unknown = read('"A, B",14,S-1,a,S,1.00,1.00,', settings=GradebookSettings(learner=("Matrikel",)))
    assert describe(unknown)[0] == (1, None, "there is no column “Matrikel” to tell learners apart by")


def test_names_may_stand_in_two_columns() -> None:
    heading = "LastName,FirstName,ID,SIS Login ID,Section,Essay (1),Talk (2),Current Score"
    gradebook = read("Müller,Zoë,14,a,S,1.00,1.00,", heading=heading)
    assert gradebook.learners[0].name == "Müller, Zoë"


def test_totals_are_no_items_even_when_a_grading_period_is_a_number() -> None:
    heading = HEADING.replace("Current Score", "Final Score (2026)")
    assert [item.name for item in read('"A, B",1,,a,S,1.00,1.00,90.00', heading=heading).items] == [
        "Essay",
        "Talk",
    ]


def test_only_the_items_asked_for_are_read_strictly() -> None:
    row = '"A, B",14,,a,S,rubbish,3.00,'
    settings = GradebookSettings(only=frozenset({"talk"}))
    gradebook = read(row, settings=settings)
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == ["Talk (2)"]
    assert describe(read(row)) == [(3, 6, "this is not a score")]


def test_one_item_twice_is_refused() -> None:
    heading = HEADING.replace("Talk (2)", "essay (1)")
    assert describe(read('"A, B",14,,a,S,1.00,3.00,', heading=heading)) == [
        (1, 7, "the heading stands over column F already")
    ]


def test_a_number_that_could_be_read_two_ways_is_asked_for() -> None:
    heading, possible = "Student,ID,Section,Essay (1)", "    Points Possible,,,2000"
    text = f'{heading}\n{possible}\n"A, B",14,S,"1,234"\n'.encode()
    asked = read_gradebook("g.csv", text, GradebookSettings())
    assert "cannot be told" in describe(asked)[0][2]
    for mark, value in ((".", "1234"), (",", "1.234")):
        told = read_gradebook("g.csv", text, GradebookSettings(decimal=mark))
        assert told.problems == ()
        assert told.scores[0].value == Decimal(value)


def test_a_file_that_mixes_decimal_marks_is_refused() -> None:
    assert describe(read('"A, B",14,,a,S,1.00,"3,50",')) == [
        (3, 7, "this is not a score: the decimal mark of this file is the point")
    ]


def test_an_export_without_assignments_says_so() -> None:
    text = "Student,ID,Section,Current Score\n    Points Possible,,,(read only)\nA,1,S,3\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert describe(gradebook) == [(1, None, "no column is an assignment")]


def test_points_possible_that_are_no_number_are_refused() -> None:
    text = 'Student,ID,Section,Essay (1)\n    Points Possible,,,many\n"A, B",14,S,3.00\n'
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert describe(gradebook) == [(2, 4, "this is not a number of points possible")]


def test_the_older_word_for_postings_by_hand() -> None:
    text = f"{HEADING}\n,,,,,Muted,,\n{POSSIBLE}\nA,14,,a,S,1.00,3.00,\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert gradebook.problems == ()
    assert [score.value for score in gradebook.scores] == [Decimal(1), Decimal(3)]


def test_a_row_of_postings_may_be_longer_than_the_heading() -> None:
    text = f"{HEADING}\n,,,,,Manual Posting,,,,,,\n{POSSIBLE}\nA,14,,a,S,1.00,3.00,\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert gradebook.problems == ()
    assert len(gradebook.scores) == 2


def test_a_learner_above_the_points_possible_is_not_passed_over() -> None:
    text = f"{HEADING}\nAda,13,,a,S,1.00,1.00,\n{POSSIBLE}\nBo,14,,a,S,1.00,3.00,\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert describe(gradebook) == [(2, 2, "a learner stands above the points possible")]
    assert "Ada" not in str(gradebook.problems)


def test_points_possible_of_another_length_are_refused() -> None:
    text = f"{HEADING}\n{POSSIBLE},\nA,14,,a,S,1.00,3.00,\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert describe(gradebook) == [(2, None, "the row has 9 cells, the heading 8")]


@pytest.mark.parametrize(("total", "cell"), [("1.234,50", "1.50"), ("1,234.50", '"1,50"')])
def test_totals_do_not_decide_the_decimal_mark(total: str, cell: str) -> None:
    possible = POSSIBLE if cell == "1.50" else POSSIBLE.replace("10.00,4.00", '"10,00","4,00"')
    text = f'{HEADING}\n{possible}\nA,14,,a,S,{cell},,"{total}"\n'
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert gradebook.problems == ()
    assert gradebook.scores[0].value == Decimal("1.5")


def test_semicolons_and_decimal_commas() -> None:
    heading, possible = (row.replace(",", ";").replace(".00", ",00") for row in (HEADING, POSSIBLE))
    text = f"{heading}\n{possible}\nMüller, Zoë;14;;a;S;3,50;EX;1.234,50\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert gradebook.problems == ()
    assert gradebook.facts["delimiter"] == "semicolon"
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal("3.5")),
        (CellState.EXCUSED, None),
    ]
    assert gradebook.learners[0].name == "Müller, Zoë"


@pytest.mark.parametrize(
    "total",
    [
        "Essays Current Points",
        "Essays Unposted Final Score",
        "Final Score",
        "Current Grade",
        "Override Grade",
    ],
)
def test_totals_of_a_grading_period_are_no_items(total: str) -> None:
    heading = HEADING.replace("Current Score", f"{total} (2026)")
    assert len(read('"A, B",1,,a,S,1.00,1.00,B', heading=heading).items) == 2


def test_an_override_that_canvas_takes_back_is_no_item() -> None:
    heading = HEADING.replace("Current Score", "Override Score (2026)")
    text = f"{heading}\n{POSSIBLE.replace('(read only)', '')}\nA,1,,a,S,1.00,1.00,87.5\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert (gradebook.problems, len(gradebook.items)) == ((), 2)


def test_the_test_student_is_told_in_two_columns_of_names_too() -> None:
    heading = HEADING.replace("Student", "LastName,FirstName")
    possible = POSSIBLE.replace("Possible", "Possible,")
    text = f"{heading}\n{possible}\nKim,Ada,1,,a,S,1.00,1.00,\nStudent,Test,9,,0a1b,S,1.00,1.00,\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert [learner.name for learner in gradebook.learners] == ["Kim, Ada"]
    assert gradebook.facts["left out"] == "1 test student"


def test_a_guarded_name_is_the_name() -> None:
    guarded = '"=""=1+1, Ada"""'
    assert read(f"{guarded},14,,a,S,1.00,1.00,").learners[0].name == "=1+1, Ada"


def test_a_learner_in_several_sections_stands_once() -> None:
    gradebook = read('"A, B",14,,a,"A, B, and C",1.00,1.00,')
    assert (len(gradebook.learners), gradebook.problems) == (1, ())


def read_custom(custom: str, cells: list[str], above: str = "") -> Gradebook:
    rows = [f'"A, {each}",{number},S,{each},1.00' for number, each in enumerate(cells)]
    text = "\n".join([f"Student,ID,Section,{custom},Essay (1)", above, "    Points Possible,,,,4.00", *rows])
    return read_gradebook("g.csv", text.encode(), GradebookSettings())


def test_a_column_of_the_teachers_may_look_like_an_assignment() -> None:
    gradebook = read_custom("Room (12)", ["12 B", "", "3"])
    assert [item.name for item in gradebook.items] == ["Essay"]
    assert gradebook.problems == ()


def test_an_assignment_without_points_is_no_column_of_the_teachers() -> None:
    gradebook = read_custom("Draft (12)", ["3.00", "EX", ""])
    assert [(item.name, item.possible) for item in gradebook.items] == [
        ("Draft", None),
        ("Essay", Decimal(4)),
    ]
    posted = read_custom("Draft (12)", ["rubbish"], above=",,,Manual Posting,")
    assert describe(posted) == [(4, 4, "this is not a score")]


def test_columns_of_the_teachers_may_share_a_title() -> None:
    heading = "Student,ID,Section,Notes,Notes,ID,Essay (1)"
    text = f"{heading}\n    Points Possible,,,,,,4.00\nA,14,S,x,y,z,3.00\n"
    gradebook = read_gradebook("g.csv", text.encode(), GradebookSettings())
    assert gradebook.problems == ()
    assert gradebook.learners[0].key == "14"
    by_notes = read_gradebook("g.csv", text.encode(), GradebookSettings(learner=("Notes",)))
    assert describe(by_notes) == [(1, 5, "the heading stands over column D already")]


def test_assignments_of_one_title_are_told_apart_by_their_ids() -> None:
    heading = HEADING.replace("Talk (2)", "Essay (2)")
    gradebook = read("A,14,,a,S,1.00,3.00,", heading=heading)
    assert gradebook.problems == ()
    assert [(item.name, item.heading) for item in gradebook.items] == [
        ("Essay", "Essay (1)"),
        ("Essay", "Essay (2)"),
    ]
    only = read(
        "A,14,,a,S,1.00,3.00,", heading=heading, settings=GradebookSettings(only=frozenset({"essay (2)"}))
    )
    assert [score.value for score in only.scores] == [Decimal(3)]


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and not ("canvas" in path.parts and has_points_possible(path.read_bytes())):
            assert canvas.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


def has_points_possible(data: bytes) -> bool:
    return b"    Points Possible" in data


# Unquoted, more of either mark than the heading has columns would look like the delimiter.
TITLES_IN_HEADINGS = TITLES.filter(lambda title: max(map(title.count, ",;")) < 2)


@pytest.mark.parametrize(
    "write",
    [writer.write, writer.write_with_commas, writer.write_with_semicolons],
    ids=lambda each: each.__name__,
)
@given(course=draw_courses(writer.STATES, TITLES_IN_HEADINGS))
def test_what_canvas_writes_is_read_back(write: Callable[[Course], bytes], course: Course) -> None:
    gradebook = read_gradebook("g.csv", write(course), GradebookSettings())
    assert gradebook.problems == ()
    assert list_contents(gradebook) == list_expected(course, writer.list_keys(course))
    by_sis = read_gradebook("g.csv", write(course), GradebookSettings(learner=("SIS User ID",)))
    # The test student has no SIS id, and is left out before that could matter.
    assert [learner.key for learner in by_sis.learners] == [person.number for person in course.people]
