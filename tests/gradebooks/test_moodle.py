"""The Moodle grade export."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.gradebooks import moodle
from microcred_cli.model.gradebook import CellState, Gradebook
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from tests.gradebooks.courses import TITLES, Course, draw_courses, list_contents, list_expected
from tests.gradebooks.writers import moodle as writer
from tests.shared import find_shared

PROFILE = "First name,Last name,ID number,Email address"
END = "Last downloaded from this course"
ADA = "Ada,Byron,007,ada@example.org"
BEN = "Ben,Okri,008,ben@example.org"


def read_bytes(data: bytes, settings: GradebookSettings | None = None) -> Gradebook:
    sheet = read_sheet("g.csv", data)
    reason = moodle.recognise(sheet)
    assert reason is not None
    return moodle.read(sheet, settings or GradebookSettings(), reason)


def read(
    columns: str, *rows: str, profile: str = PROFILE, settings: GradebookSettings | None = None
) -> Gradebook:
    lines = [f"{profile},{columns},{END}", *(f"{row},1763900000" for row in rows)]
    return read_bytes("\n".join(lines).encode(), settings)


def ask(*names: str) -> GradebookSettings:
    return GradebookSettings(only=frozenset(name.casefold() for name in names))


def describe(gradebook: Gradebook) -> list[tuple[int | None, int | None, str]]:
    return [(each.place.row, each.place.column, each.message) for each in gradebook.problems]


def list_scores(
    gradebook: Gradebook,
) -> list[tuple[str, CellState, Decimal | None, str | None, Decimal | None]]:
    return [(each.learner, each.state, each.value, each.label, each.possible) for each in gradebook.scores]


def test_display_types_side_by_side_and_words_of_a_scale() -> None:
    data = find_shared("gradebooks", "synthetic", "moodle", "grades_real_percent_letter.csv").read_bytes()
    gradebook = read_bytes(data)
    assert gradebook.problems == ()
    assert [(item.name, item.heading) for item in gradebook.items] == [
        ("Essay 1", "Assignment: Essay 1 (Percentage)"),
        ("Teamwork", "Assignment: Teamwork (Real)"),
    ]
    assert [(learner.key, learner.name) for learner in gradebook.learners] == [
        ("00012", "Zoë Müller"),
        ("00013", "Seán O'Brien"),
    ]
    assert list_scores(gradebook) == [
        ("00012", CellState.SCORE, Decimal("87.5"), None, Decimal(100)),
        ("00012", CellState.SCORE, None, "Competent", None),
        ("00013", CellState.MISSING, None, None, Decimal(100)),
        ("00013", CellState.SCORE, None, "Not yet competent", None),
    ]


def test_the_older_layout() -> None:
    data = find_shared("gradebooks", "real", "moodle", "gradeimport_phpunit_csvtext.csv").read_bytes()
    gradebook = read_bytes(data)
    assert gradebook.problems == ()
    assert [item.name for item in gradebook.items] == ["Assignment for grape group"]
    assert [(score.learner, score.value) for score in gradebook.scores] == [
        ("student7@example.com", Decimal(56)),
        ("student5@example.com", Decimal(75)),
    ]


def test_no_export_of_another_system_is_taken_for_one_of_moodle() -> None:
    for path in find_shared("gradebooks").rglob("*"):
        if path.suffix in {".csv", ".tsv", ".xls"} and not path.name.startswith(
            ("grades_real", "gradeimport")
        ):
            assert moodle.recognise(read_sheet(path.name, path.read_bytes())) is None, path


@given(
    draw_courses(writer.STATES, st.one_of(TITLES, TITLES.map(lambda title: f"{title} (draft)"))),
    st.sampled_from(writer.DELIMITERS),
)
def test_what_moodle_writes_reads_back(course: Course, delimiter: str) -> None:
    gradebook = read_bytes(writer.write(course, delimiter))
    assert gradebook.problems == ()
    assert list_contents(gradebook) == {
        place: (state, None if share is None else writer.round_share(share))
        for place, (state, share) in list_expected(course, writer.list_keys(course)).items()
    }


@given(draw_courses(writer.STATES))
def test_points_alone_stay_points(course: Course) -> None:
    gradebook = read_bytes(writer.write(course, displays=["Real", "Feedback"]))
    assert gradebook.problems == ()
    assert {item.possible for item in gradebook.items} == {None}
    assert sorted(score.value for score in gradebook.scores if score.value is not None) == sorted(
        content for content in course.cells.values() if isinstance(content, Decimal)
    )


@pytest.mark.parametrize(
    ("cells", "states"),
    [
        ("-", (CellState.MISSING, None, None)),
        ("", (CellState.MISSING, None, None)),
        ("0.00", (CellState.SCORE, Decimal(0), None)),
    ],
)
def test_no_grade_and_nothing_are_no_zero(
    cells: str, states: tuple[CellState, Decimal | None, str | None]
) -> None:
    gradebook = read("Quiz: A (Real)", f"{ADA},{cells}", f"{BEN},3.00")
    assert gradebook.problems == ()
    assert (gradebook.scores[0].state, gradebook.scores[0].value, gradebook.scores[0].label) == states


def test_an_item_of_text_has_no_scores() -> None:
    gradebook = read("Quiz: A (Real),Quiz: A (Percentage)", f"{ADA},,", f"{BEN},,")
    assert gradebook.problems == ()
    assert {score.state for score in gradebook.scores} == {CellState.MISSING}


def test_letters_alone_are_words_even_where_they_are_numbers() -> None:
    gradebook = read("Quiz: A (Letter),Quiz: B (Letter)", f"{ADA},1,B+", f"{BEN},-,A")
    assert [score.label for score in gradebook.scores] == ["1", "B+", None, "A"]


def test_the_words_of_a_scale_may_begin_with_digits() -> None:
    gradebook = read(
        "Quiz: A (Real),Quiz: A (Percentage)", f"{ADA},3 - good,66.67 %", f"{BEN},1 - poor,0.00 %"
    )
    assert [score.label for score in gradebook.scores] == ["3 - good", "1 - poor"]


def test_display_types_are_told_by_their_cells_in_any_language() -> None:
    profile = "Vorname,Nachname,ID-Nummer,E-Mail-Adresse"
    columns = (
        "Aufgabe: Bericht (Punkte),Aufgabe: Bericht (Prozentsatz),Aufgabe: Bericht (Rückmeldung),"
        "Aufgabe: Rolle (Punkte),Aufgabe: Rolle (Prozentsatz),Aufgabe: Rolle (Rückmeldung),"
        "Kurs gesamt (Punkte),Kurs gesamt (Prozentsatz),Zuletzt geladen"
    )
    row = f"{ADA},3.00,75.00 %,gut,erfüllt,100.00 %,,3.00,75.00 %,1763900000"
    text = f"{profile},{columns}\n{row}\n"
    gradebook = read_bytes(text.encode())
    assert gradebook.problems == ()
    assert [item.name for item in gradebook.items] == ["Bericht", "Rolle"]
    assert [(score.value, score.label) for score in gradebook.scores] == [(75, None), (None, "erfüllt")]
    assert gradebook.learners[0].name == "Ada Byron"


@pytest.mark.parametrize("separator", [": ", " : ", "\u00a0: ", "\uff1a"])
def test_module_and_name_are_divided_as_the_language_does(separator: str) -> None:
    gradebook = read(f"Devoir{separator}Plan: partie 2 (Real)", f"{ADA},3.00")
    assert [item.name for item in gradebook.items] == ["Plan: partie 2"]


def test_names_that_end_in_brackets_are_no_display_types_in_the_older_layout() -> None:
    gradebook = read("Quiz: A (draft),Quiz: B,Course total", f"{ADA},3.00,2.00,5.00")
    assert [item.name for item in gradebook.items] == ["A (draft)", "B"]


@pytest.mark.parametrize("feedback", ["Feedback: A", "Retours: A", "Quiz: A (Feedback)", "Quiz: A (Retours)"])
def test_feedback_in_the_older_layouts_is_no_item(feedback: str) -> None:
    gradebook = read(
        f"Quiz: A,{feedback},Quiz: B,Course total", f"{ADA},3.00,,2.00,5.00", f"{BEN},-,fine,-,-"
    )
    assert gradebook.problems == ()
    assert [item.name for item in gradebook.items] == ["A", "B"]


def test_totals_are_left_out_and_what_was_added_by_hand_is_read_when_asked_for() -> None:
    columns, row = "Quiz: A (Real),Oral exam (Real),Course total (Real)", f"{ADA},3.00,2.00,5.00"
    everything = read(columns, row)
    assert [item.name for item in everything.items] == ["A"]
    assert everything.facts["without a module"].startswith("2 columns")
    asked = read(columns, row, settings=ask("oral exam"))
    assert [(score.item, score.value) for score in asked.scores] == [("Oral exam (Real)", Decimal(2))]


@pytest.mark.parametrize(
    ("asked", "value", "label"),
    [
        ("A", Decimal(75), None),
        ("Quiz: A", Decimal(75), None),
        ("Quiz: A (Real)", Decimal(3), None),
        ("Quiz: A (Letter)", None, "B"),
    ],
)
def test_a_rubric_may_name_the_item_with_its_module_or_one_column(
    asked: str, value: Decimal | None, label: str | None
) -> None:
    columns = "Quiz: A (Real),Quiz: A (Percentage),Quiz: A (Letter)"
    gradebook = read(columns, f"{ADA},3.00,75.00 %,B", settings=ask(asked))
    assert gradebook.problems == ()
    ((score_value, score_label),) = [(score.value, score.label) for score in gradebook.scores]
    assert (score_value, score_label) == (value, label)
    assert any(asked in (item.name, item.heading) for item in gradebook.items)


def test_an_item_says_what_was_graded_and_what_else_it_is_called() -> None:
    columns = "Quiz: A (Real),Quiz: A (Percentage),Quiz: A (Feedback),Oral exam (Real)"
    gradebook = read(columns, f"{ADA},3.00,75.00 %,fine,2.00")
    (item,) = gradebook.items
    assert (item.activity, item.names) == ("Quiz: A", ("Quiz: A", "Quiz: A (Real)"))
    assert [each.name for each in gradebook.unread] == ["Oral exam"]
    both = read(columns, f"{ADA},3.00,75.00 %,fine,2.00", settings=ask("A", "Quiz: A (Real)"))
    assert [(each.name, each.activity) for each in both.items] == [
        ("Quiz: A (Real)", "Quiz: A"),
        ("A", "Quiz: A"),
    ]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("75.00", "this is not a score: it has no percent sign"),
        ("%", "this is not a score"),
        ('"75,00 %"', "this is not a score: the decimal mark of this file is the point"),
        ("EX", "this is not a score"),
    ],
)
def test_refused_cells_among_percentages(cell: str, message: str) -> None:
    gradebook = read(
        "Quiz: A (Percentage)", f"{ADA},80.00 %", f"{BEN},{cell}", "Cy,Lee,009,c@example.org,70.00 %"
    )
    assert describe(gradebook) == [(3, 5, message)]
    assert len(gradebook.scores) == 2


def test_a_word_among_points_is_refused() -> None:
    gradebook = read("Quiz: A (Real)", f"{ADA},3.00", f"{BEN},good")
    assert describe(gradebook) == [(3, 5, "this is not a score")]
    assert gradebook.problems[0].content == "good"


def test_the_decimal_mark_is_the_point_unless_another_program_wrote_commas() -> None:
    usual = GradebookSettings(usual_decimal=",")
    assert read("Quiz: A (Real)", f"{ADA},3.500", settings=usual).scores[0].value == Decimal("3.5")
    assert read("Quiz: A (Real)", f'{ADA},"3,50"').scores[0].value == Decimal("3.5")
    (problem,) = read("Quiz: A (Real)", f'{ADA},"3,500"').problems
    assert "cannot be told" in problem.message


def test_two_items_of_one_name_are_refused_only_where_they_are_asked_for() -> None:
    columns, row = "Quiz: A (Real),Quiz: A (Real),Quiz: B (Real)", f"{ADA},3.00,2.00,1.00"
    assert describe(read(columns, row)) == [(1, 6, "the heading stands over column E already")]
    assert read(columns, row, settings=ask("B")).problems == ()


def test_items_of_one_name_in_two_modules_stay_two() -> None:
    gradebook = read("Quiz: A (Real),Forum: A (Real)", f"{ADA},3.00,2.00")
    assert [(item.name, item.heading) for item in gradebook.items] == [
        ("A", "Quiz: A (Real)"),
        ("A", "Forum: A (Real)"),
    ]


@pytest.mark.parametrize(
    ("numbers", "keys"),
    [
        (("007", "008"), ["007", "008"]),
        (("007", ""), ["ada@example.org", "ben@example.org"]),
        (("007", "007"), ["ada@example.org", "ben@example.org"]),
    ],
)
def test_learners_are_told_apart_by_id_number_or_else_by_email(
    numbers: tuple[str, str], keys: list[str]
) -> None:
    gradebook = read(
        "Quiz: A (Real)",
        f"Ada,Byron,{numbers[0]},ada@example.org,3.00",
        f"Ben,Okri,{numbers[1]},ben@example.org,2.00",
    )
    assert gradebook.problems == ()
    assert [learner.key for learner in gradebook.learners] == keys


def test_without_id_numbers_and_emails_the_user_is_asked() -> None:
    profile, row = "First name,Last name,Matriculation", "Ada,Byron,M1,3.00"
    asked = read("Quiz: A (Real)", row, profile=profile)
    assert describe(asked) == [
        (1, None, "there is neither an ID number nor an e-mail address for every learner")
    ]
    assert "gradebook, learner" in (asked.problems[0].help or "")
    assert (asked.learners, asked.scores) == ((), ())
    told = read(
        "Quiz: A (Real)", row, profile=profile, settings=GradebookSettings(learner=("matriculation",))
    )
    assert told.problems == ()
    assert [learner.key for learner in told.learners] == ["M1"]


def test_the_same_learner_twice_is_refused_with_its_place() -> None:
    gradebook = read("Quiz: A (Real)", f"{ADA},3.00", f"{ADA},2.00")
    assert describe(gradebook) == [(3, 3, "the same learner stands in row 2 already")]


def test_a_column_that_the_settings_name_and_is_not_there_is_a_problem() -> None:
    gradebook = read("Quiz: A (Real)", f"{ADA},3.00", settings=GradebookSettings(learner=("Matrikel",)))
    assert describe(gradebook) == [(1, None, "there is no column “Matrikel” to tell learners apart by")]


def test_no_message_holds_what_a_cell_says() -> None:
    gradebook = read("Quiz: A (Real)", f"{ADA},3.00", f"{ADA},2.00", f"{BEN},Ben was ill", profile=PROFILE)
    assert gradebook.problems
    for problem in gradebook.problems:
        said = f"{problem.message} {problem.help} {problem.place}"
        assert not any(word in said for word in ("Ada", "Byron", "ada@", "007", "ill"))


@pytest.mark.parametrize(
    "text",
    [
        "First name,Quiz: A,Phone\nAda,3,0171234567\n",
        "First name,Quiz: A,Phone\nAda,3,1712345670\nBen,2,1512345670\n",
        "First name,Quiz A,Last downloaded from this course\nAda,3,1763900000\n",
        "First name,Quiz: A,Last\nAda,3,17639000000\n",
    ],
)
def test_what_only_looks_a_little_like_it_is_not_taken_for_it(text: str) -> None:
    assert moodle.recognise(read_sheet("g.csv", text.encode())) is None
