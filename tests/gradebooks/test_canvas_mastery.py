"""The Canvas Learning Mastery Gradebook."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given

from microcred_cli.gradebooks import canvas_mastery
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import canvas_mastery as writer
from tests.shared import find_shared

HEADING = (
    "Student name,Student ID,Student SIS ID,Skills > Teamwork result,Skills > Teamwork mastery points,"
    "Listening result,Listening mastery points"
)


def recognise(text: str) -> str | None:
    return canvas_mastery.recognise(read_sheet("g.csv", text.encode()))


def read(text: str, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", text.encode())
    reason = canvas_mastery.recognise(sheet)
    assert reason is not None
    return canvas_mastery.read(sheet, settings or GradebookSettings(), reason)


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def test_the_sample_is_read() -> None:
    path = find_shared("gradebooks", "synthetic", "canvas", "learning_mastery_rollups.csv")
    gradebook = read(path.read_text(encoding="utf-8"))
    assert gradebook.problems == ()
    assert [(learner.key, learner.name) for learner in gradebook.learners] == [
        ("11", "Zoë Müller"),
        ("12", "Seán O'Brien"),
    ]
    assert [(item.name, item.possible) for item in gradebook.items] == [
        ("Teamwork", None),
        ("Communication", None),
    ]
    assert [(score.state, score.value) for score in gradebook.scores] == [
        (CellState.SCORE, Decimal("3.53")),
        (CellState.MISSING, None),
        (CellState.SCORE, Decimal("2.65")),
        (CellState.SCORE, Decimal(4)),
    ]
    assert {(score.at, score.possible) for score in gradebook.scores} == {(None, None)}


def test_a_person_is_told_that_the_results_are_ready_made() -> None:
    facts = read(f"{HEADING}\nAda,11,S-1,3.5,3,,3\n").facts
    assert facts["results"] == "ready-made by Canvas: without dates or the scores behind them"
    assert facts["learners told apart by"] == "Student ID"


def test_an_item_is_named_without_its_groups_and_found_by_its_heading() -> None:
    heading = "Student name,Student ID,A > B > Listens result,A > B > Listens mastery points"
    (item,) = read(f"{heading}\nAda,11,2,3\n").items
    assert (item.name, item.heading, item.column) == ("Listens", "A > B > Listens result", 3)


def test_one_name_in_two_groups_is_two_items() -> None:
    heading = (
        "Student name,Student ID,A > Listens result,A > Listens mastery points,"
        "B > Listens result,B > Listens mastery points"
    )
    gradebook = read(f"{heading}\nAda,11,2,3,4,3\n")
    assert gradebook.problems == ()
    assert [score.item for score in gradebook.scores] == ["A > Listens result", "B > Listens result"]


@pytest.mark.parametrize(
    "words", [writer.SWEDISH, writer.SPANISH, writer.JAPANESE], ids=["swedish", "spanish", "japanese"]
)
@given(course=draw_courses(writer.STATES))
def test_a_translated_file_is_told_by_its_structure(
    words: tuple[str, str, str, str, str], course: Course
) -> None:
    check_reading(course, writer.write(course, words).decode(), words[1])


@given(course=draw_courses(writer.STATES))
def test_what_canvas_writes_is_read_back(course: Course) -> None:
    check_reading(course, writer.write(course).decode(), "Student ID")


def check_reading(course: Course, text: str, key: str) -> None:
    in_points = replace(course, tasks=tuple(replace(task, possible=Decimal(1)) for task in course.tasks))
    gradebook = read(text)
    assert gradebook.problems == ()
    assert gradebook.facts["learners told apart by"] == key
    contents = list_contents(gradebook)
    if "の" in text:  # the word between name and ending is in both headings
        contents = {(learner, item.removesuffix("の")): each for (learner, item), each in contents.items()}
    assert contents == list_expected(in_points, writer.list_keys(course))


def test_a_translated_file_without_groups_needs_two_learners() -> None:
    heading = "Namn,ID,SIS-ID,Lyssna resultat,Lyssna behärskningspoäng"
    assert recognise(f"{heading}\nAda,11,,2.5,3\n") is None
    (item,) = read(f"{heading}\nAda,11,,2.5,3\nBo,12,,,3\n").items
    assert item.name == "Lyssna"


@pytest.mark.parametrize(
    "text",
    [
        "Namn,ID,SIS-ID,A > B resultat,A > B poäng\nAda,11,,2,3\nBo,12,,2,4\n",
        "Namn,ID,SIS-ID,A > B resultat,A > C poäng\nAda,11,,2,3\nBo,12,,2,3\n",
        "Namn,ID,SIS-ID,A > B resultat,A > B poäng\nAda,x1,,2,3\nBo,12,,2,3\n",
        "Namn,ID,SIS-ID,A > B 1,A > B 2\nAda,11,,2,3\nBo,12,,2,3\n",
        "learner,ID,A > B draft,A > B final\nAda,11,2,3\nBo,12,2,3\n",
        "Name,ID,E1,HW1,E2,HW2\nAda,11,2,3,1,3\nBo,12,2,3,2,3\n",
        "Namn,ID,SIS-ID,A > B resultat,A > B poäng\nAda\n",
        "Namn,ID,SIS-ID\nAda,11,\n",
        "",
    ],
)
def test_other_tables_are_not_taken_for_a_translated_file(text: str) -> None:
    assert recognise(text) is None


def test_no_export_of_another_system_is_taken_for_one() -> None:
    for path in find_shared("gradebooks").rglob("*.*"):
        if path.is_file() and path.name != "learning_mastery_rollups.csv":
            assert canvas_mastery.recognise(read_sheet("g.csv", path.read_bytes())) is None, path.name


@pytest.mark.parametrize("cell", ["EX", "N/A", "Proficient", "1e5", " 3"])
def test_what_canvas_never_writes_is_refused_with_its_place(cell: str) -> None:
    gradebook = read(f"{HEADING}\nAda,11,S-1,{cell},3,2.0,3\n")
    (problem,) = gradebook.problems
    assert (problem.place.row, problem.place.column, problem.content) == (2, 4, cell)
    assert cell not in problem.message
    assert "Ada" not in problem.message
    assert [score.value for score in gradebook.scores] == [Decimal(2)]


def test_only_the_outcomes_asked_for_are_read() -> None:
    row = f"{HEADING}\nAda,11,S-1,rubbish,3,2.0,3\n"
    gradebook = read(row, GradebookSettings(only=frozenset({"listening"})))
    assert gradebook.problems == ()
    assert [score.value for score in gradebook.scores] == [Decimal(2)]


def test_the_settings_choose_another_key() -> None:
    text = f"{HEADING}\nAda,11,0007,3.5,3,,3\n"
    assert read(text, GradebookSettings(learner=("Student SIS ID",))).learners[0].key == "0007"
    assert read(text, GradebookSettings(learner=("Student name",))).learners[0].key == "Ada"
    assert describe(read(text, GradebookSettings(learner=("Matrikel",)))) == [
        (1, None, "there is no column “Matrikel” to tell learners apart by")
    ]


def test_a_learner_twice_and_an_outcome_twice_are_refused() -> None:
    row = "Ada,11,S-1,3.5,3,,3"
    assert describe(read(f"{HEADING}\n{row}\n{row}\n")) == [
        (3, 2, "the same learner stands in row 2 already")
    ]
    heading = HEADING.replace("Listening", "Skills > Teamwork")
    assert describe(read(f"{heading}\n{row}\n")) == [(1, 6, "the heading stands over column D already")]


def test_semicolons_divide_a_file_whose_numbers_have_points() -> None:
    text = f"{HEADING}\nAda,11,S-1,3.53,3,,3\n".replace(",", ";")
    gradebook = read(text, GradebookSettings(usual_decimal=","))
    assert gradebook.scores[0].value == Decimal("3.53")


@pytest.mark.parametrize(
    ("result", "mastery"),
    [("Lyssna resultat", "Lyssna referenspoäng"), ("Risultato Lyssna", "Punteggio richiesto Lyssna")],
)
def test_letters_that_translated_words_share_are_no_part_of_the_name(result: str, mastery: str) -> None:
    (item,) = read(f"Namn,ID,SIS-ID,{result},{mastery}\nAda,11,,2.5,3\nBo,12,,,3\n").items
    assert item.name == "Lyssna"


def test_the_words_of_a_translated_file_are_those_of_headings_short_enough_to_compare() -> None:
    rows = "Ada,11,,2.5,3,2,3\nBo,12,,,3,1,3\n"
    long, short = "Lång " * 20_000 + "titel", "Lyssna"
    heading = ",".join(f"{name} resultat,{name} poäng" for name in (long, short))
    assert [item.name for item in read(f"Namn,ID,SIS-ID,{heading}\n{rows}").items] == [long, short]
    heading = ",".join(f"{name} resultat,{name} poäng" for name in (long, long[5:]))
    assert recognise(f"Namn,ID,SIS-ID,{heading}\n{rows}") is None
