"""Which system a file comes from, for all systems at once."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred_cli.gradebooks.detect import load_systems, read_gradebook
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import CellState
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import EvidenceItem, MethodChoice
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.workflows.decide_cohort import decide_cohort
from tests.assessment.cohorts import locate, make_rubric
from tests.gradebooks.courses import Course, Person, Task, draw_courses
from tests.gradebooks.writers import (
    blackboard,
    brightspace,
    canvas,
    canvas_mastery,
    canvas_outcomes,
    canvas_rubric,
    gradescope,
    gradescope_evaluations,
    moodle,
    moodle_rubric,
    nbgrader,
    openedx,
    prairielearn,
    sakai,
)
from tests.shared import find_shared
from tests.texts.spreadsheets import pack_xlsx, write_ods, write_xlsx, write_xlsx_sheets

Write = Callable[[Course], bytes]

# system, learners, items, and how many cells there are of each state.
SAMPLES: dict[str, tuple[str, int, int, dict[str, int]]] = {
    "real/blackboard/nbeaver_01.tsv": ("Blackboard grade centre", 5, 1, {"score": 5}),
    "real/brightspace/grades_export_doc_example.csv": (
        "Brightspace grades export",
        3,
        1,
        {"score": 2, "missing": 1},
    ),
    "real/canvas/joyofcoding_canvas.csv": (
        "Canvas gradebook export",
        2,
        23,
        {"score": 9, "missing": 33, "not assigned": 4},
    ),
    "real/gradescope/scores_fixture_ragged.csv": (
        "Gradescope scores",
        4,
        1,
        {"score": 2, "ungraded": 1, "missing": 1},
    ),
    "real/moodle/gradeimport_phpunit_csvtext.csv": ("Moodle grade export", 2, 1, {"score": 2}),
    "real/nbgrader/grades.csv": ("nbgrader grades", 2, 1, {"score": 2}),
    "real/openedx/grade_report_fixture.csv": ("Open edX grade report", 5, 9, {"missing": 31, "score": 14}),
    "synthetic/blackboard/gc_COURSE_fullgc_2026-11-23.xls": (
        "Blackboard grade centre",
        3,
        3,
        {"score": 3, "ungraded": 2, "missing": 4},
    ),
    "synthetic/brightspace/grades_full.csv": ("Brightspace grades export", 2, 2, {"score": 2, "missing": 2}),
    "synthetic/canvas/gradebook_traps_en.csv": (
        "Canvas gradebook export",
        5,
        4,
        {"score": 12, "excused": 1, "not assigned": 6, "missing": 1},
    ),
    "synthetic/canvas/gradebook_traps_sv_comma_sep_decimal_comma_bom.csv": (
        "Canvas gradebook export",
        5,
        4,
        {"score": 12, "excused": 1, "not assigned": 6, "missing": 1},
    ),
    "synthetic/canvas/learning_mastery_rollups.csv": (
        "Canvas Learning Mastery Gradebook",
        2,
        2,
        {"score": 3, "missing": 1},
    ),
    "synthetic/canvas/outcome_results_report.csv": (
        "Canvas outcome results",
        2,
        1,
        {"score": 1, "missing": 1},
    ),
    "synthetic/canvas/rubric_assessments.csv": (
        "Canvas rubric assessments",
        2,
        2,
        {"score": 2, "missing": 2},
    ),
    "synthetic/gradescope/evaluations.zip": ("Gradescope evaluations", 2, 1, {"score": 2}),
    "synthetic/gradescope/evaluations/1_Clarity.csv": ("Gradescope evaluations", 2, 1, {"score": 2}),
    "synthetic/gradescope/scores.csv": (
        "Gradescope scores",
        3,
        3,
        {"score": 3, "ungraded": 3, "missing": 3},
    ),
    "synthetic/moodle/advancedgrading_rubric.csv": ("Moodle rubric report", 2, 1, {"score": 4}),
    "synthetic/moodle/grades.xlsx": ("Moodle grade export", 2, 2, {"score": 3, "missing": 1}),
    "synthetic/moodle/grades_real_percent_letter.csv": (
        "Moodle grade export",
        2,
        2,
        {"score": 3, "missing": 1},
    ),
    "synthetic/nbgrader/grades.csv": ("nbgrader grades", 2, 1, {"score": 1, "missing": 1}),
    "synthetic/prairielearn/gradebook.csv": ("PrairieLearn gradebook", 1, 2, {"score": 1, "missing": 1}),
    "synthetic/sakai/gradebook_export_comma.csv": (
        "Sakai gradebook export",
        2,
        2,
        {"score": 3, "missing": 1},
    ),
}
# What is no gradebook, a layout Canvas gave up, and one written down from memory.
NO_EXPORTS = {
    "real/canvas/canvaslms_default_gradebook.csv",
    "real/canvas/canvaslms_outcomes_import_test_outcomes_1.csv",
    "real/moodle/lpimportcsv_example_EXCERPT.csv",
    "synthetic/canvas/outcomes_import.csv",
    "synthetic/canvas/rubric_import.csv",
    "synthetic/google_classroom/grades_FROM_MEMORY.csv",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_read_without_a_problem(name: str) -> None:
    path = find_shared("gradebooks").joinpath(name)
    gradebook = read_gradebook(path.name, path.read_bytes(), GradebookSettings())
    assert gradebook.problems == ()
    states = Counter(str(score.state) for score in gradebook.scores)
    found = gradebook.system, len(gradebook.learners), len(gradebook.items), dict(states)
    assert found == SAMPLES[name]
    assert gradebook.reason


def test_no_sample_is_forgotten_and_what_is_no_export_is_not_read() -> None:
    folder = find_shared("gradebooks")
    files = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".md"
    }
    assert files == SAMPLES.keys() | NO_EXPORTS
    for name in NO_EXPORTS:
        gradebook = read_gradebook("g.csv", folder.joinpath(name).read_bytes(), GradebookSettings())
        assert (gradebook.system, len(gradebook.problems)) == ("unknown", 1), name


WRITERS: dict[str, tuple[Write, frozenset[CellState]]] = {
    "Blackboard grade centre": (blackboard.write, blackboard.STATES),
    "Brightspace grades export": (brightspace.write, brightspace.STATES),
    "Canvas gradebook export": (canvas.write, canvas.STATES),
    "Canvas Learning Mastery Gradebook": (canvas_mastery.write, canvas_mastery.STATES),
    "Canvas outcome results": (canvas_outcomes.write, canvas_outcomes.STATES),
    "Canvas rubric assessments": (canvas_rubric.write, canvas_rubric.STATES),
    "Gradescope scores": (gradescope.write, gradescope.STATES),
    "Moodle grade export": (moodle.write, moodle.STATES),
    "Moodle rubric report": (moodle_rubric.write, moodle_rubric.STATES),
    "nbgrader grades": (nbgrader.write, nbgrader.STATES),
    "Open edX grade report": (openedx.write, openedx.STATES),
    "PrairieLearn gradebook": (prairielearn.write, prairielearn.STATES),
    "Sakai gradebook export": (sakai.write, sakai.STATES),
}
PLAIN_TITLES = st.text("abcdefgh", min_size=3, max_size=9)


@settings(max_examples=20)
@given(st.data())
@pytest.mark.parametrize("system", WRITERS)
def test_an_export_is_recognised_by_its_own_system_alone(system: str, data: st.DataObject) -> None:
    write, states = WRITERS[system]
    sheet = read_sheet("g.csv", write(data.draw(draw_courses(states, PLAIN_TITLES))))
    assert [each.SYSTEM for each in load_systems() if each.recognise(sheet) is not None] == [system]


CLASS = Course(
    (
        Person("000011", "Zoë", "Müller"),
        Person("000012", "Seán", "O'Brien"),
        Person("000013", "Jan", "Smith"),
        Person("000014", "Jan", "Smith"),
    ),
    (Task("Essay", Decimal(4)), Task("Talk", Decimal(10)), Task("Team project", Decimal(100))),
    {
        (0, 0): Decimal("3.5"),
        (0, 1): Decimal("7.25"),
        (0, 2): Decimal(90),
        (1, 0): Decimal(0),
        (1, 1): CellState.MISSING,
        (1, 2): Decimal("74.5"),
        (2, 0): CellState.MISSING,
        (2, 1): CellState.MISSING,
        (2, 2): CellState.MISSING,
        (3, 0): Decimal("2.25"),
        (3, 1): Decimal(10),
        (3, 2): Decimal("66.65"),
    },
)
EXPECTED = [  # the mean of three shares of 4 levels, worked out by hand; shown from 3.00
    (Decimal("3.33"), Decision.SHOWN),
    (Decimal("1.49"), Decision.NOT_YET),
    (None, Decision.NOT_ASSESSED),
    (Decimal("2.97"), Decision.NOT_YET),
]
EXPORTS: dict[str, tuple[Write, dict[str, str]]] = {
    "Canvas": (canvas.write, canvas.list_keys(CLASS)),
    "Canvas with decimal commas": (canvas.write_with_commas, canvas.list_keys(CLASS)),
    "Moodle": (moodle.write, moodle.list_keys(CLASS)),
    "Blackboard": (blackboard.write, blackboard.list_keys(CLASS)),
    "Brightspace": (brightspace.write, brightspace.list_keys(CLASS)),
    "Sakai": (sakai.write, sakai.list_keys(CLASS)),
    "Sakai with decimal commas": (sakai.write_with_commas, sakai.list_keys(CLASS)),
    "Gradescope": (gradescope.write, gradescope.list_keys(CLASS)),
    "PrairieLearn": (prairielearn.write, prairielearn.list_keys(CLASS)),
    "Open edX": (openedx.write, openedx.list_keys(CLASS)),
    "nbgrader": (nbgrader.write, nbgrader.list_keys(CLASS)),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_same_class_gets_the_same_decisions_whatever_its_system(name: str) -> None:
    write, keys = EXPORTS[name]
    gradebook = read_gradebook("g", write(CLASS), GradebookSettings())
    assert gradebook.problems == ()
    names = {item.heading for item in gradebook.items}, {item.name for item in gradebook.items}
    items = []
    for task in CLASS.tasks:
        (named,) = [each for each in names[1] if each == task.name or each.endswith(f": {task.name}")]
        items.append(EvidenceItem(named))
    rubric = make_rubric(MethodChoice(Method.AVERAGE), items, top=4)
    outcome = decide_cohort([rubric], [gradebook], locate)
    assert outcome.problems == ()
    rows = {row.learner: (row.score, row.decision) for row in outcome.decisions}
    assert [rows[keys[person.number]] for person in CLASS.people] == EXPECTED


@pytest.mark.parametrize("write", [write_xlsx, write_ods], ids=["XLSX", "ODS"])
def test_a_spreadsheet_says_what_the_same_table_says_as_csv(write: Callable[..., bytes]) -> None:
    rows = [
        ["learner", "Essay", "Talk"],
        ["points possible", "4", "10"],
        ["007", "3.5", ""],
        ["b", "EX", "0"],
    ]
    text = "\n".join(",".join(row) for row in rows) + "\n"
    books = [read_gradebook("g", data, GradebookSettings()) for data in (text.encode(), write(rows))]
    assert books[0].problems == ()
    facts = [replace(book, facts={}) for book in books]
    assert facts[0] == facts[1]


TERM = [["learner", "item", "score"], ["1", "Essay", "4"]]


def test_a_sheet_beside_the_gradebook_is_told_and_its_problems_count() -> None:
    beside = write_xlsx_sheets({"Term 1": TERM, "Notes": [["ask", "Kim"], ["about", "this"]]})
    gradebook = read_gradebook("g.xlsx", beside, GradebookSettings())
    assert (gradebook.problems, gradebook.facts["passed over"]) == ((), "1 other sheet")
    broken = '<row r="1"><c r="A1"><f>B1</f></c></row>'
    whole = '<row r="1"><c r="A1" t="inlineStr"><is><t>learner</t></is></c>'
    whole += '<c r="B1" t="inlineStr"><is><t>Essay</t></is></c></row>'
    whole += '<row r="2"><c r="A2"><v>1</v></c><c r="B2"><v>4</v></c></row>'
    gradebook = read_gradebook("g.xlsx", pack_xlsx({"A": whole, "B": broken}), GradebookSettings())
    assert len(gradebook.learners) == 1
    assert len(gradebook.problems) == 1


def test_two_sheets_that_are_gradebooks_are_not_chosen_from() -> None:
    data = write_xlsx_sheets({"Term 1": TERM, "Term 2": TERM})
    (problem,) = read_gradebook("g.xlsx", data, GradebookSettings()).problems
    assert problem.message == "2 sheets of this file are gradebooks"


def test_evaluations_are_told_from_other_archives() -> None:
    course = Course(CLASS.people[:1], CLASS.tasks[:1], {(0, 0): Decimal(3)})
    data = gradescope_evaluations.write(course)
    assert read_gradebook("e.zip", data, GradebookSettings()).system == "Gradescope evaluations"
