"""The Canvas gradebook export."""

from collections import Counter
from decimal import Decimal

import pytest

from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
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
    gradebook = read('"A, B",14,S-1,a,S,1.00,1.00,', settings=GradebookSettings(learner="SIS User ID"))
    assert [learner.key for learner in gradebook.learners] == ["S-1"]
    unknown = read('"A, B",14,S-1,a,S,1.00,1.00,', settings=GradebookSettings(learner="Matrikel"))
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
