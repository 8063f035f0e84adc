"""Gradebooks of several systems in one run, joined by columns that are named differently."""

import json

import pytest

from tests.cli.program import Program, Run, read_table

PROJECT = """\
format: microcred-project/1
issuer: {name: Example College}
rubrics: [r.yaml]
"""
BOTH = "gradebook: {learner: [SIS User ID, SID]}\n"
RUBRIC = """\
format: microcred/1
id: writing
version: 1.0.0
title: Writing
levels:
  - {id: low, title: Low, points: 1}
  - {id: high, title: High, points: 2}
shown_at: high
subcompetencies:
  - id: drafts
    title: Drafts
    criteria: [{id: c, title: C, descriptors: {low: l., high: h.}}]
    evidence: [{item: Essay}, {item: Clarity}]
    decide: {by: average}
award: all
"""
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (1)
    Points Possible,,,,,10.00
"Canary, Ann",14,007,ann,A,10.00
"Canary, Bob",15,008,bob,A,2.00
"""
GRADESCOPE = """\
First Name,Last Name,SID,Email,Total Score,Max Points,Status,Submission Time,Lateness (H:M:S),\
1: Clarity (4.0 pts)
Ann,Canary,007,ann@x.org,4.0,4.0,Graded,2026-03-01 10:30:00 -0600,00:00:00,4.0
Bob,Canary,008,bob@x.org,1.0,4.0,Graded,2026-03-01 10:30:00 -0600,00:00:00,1.0
"""
ADVICE = "`gradebook: {learner: …}` in the project file names other columns"
LONG = "learner,item,score,possible\nzed,Essay,9,10\n"


@pytest.fixture
def course(program: Program) -> Program:
    program.write("microcred.yaml", PROJECT + BOTH)
    program.write("r.yaml", RUBRIC)
    program.write("gradebook.csv", CANVAS)
    program.write("scores.csv", GRADESCOPE)
    program.write("long.csv", LONG)
    return program


def assess(course: Program, *arguments: str) -> Run:
    run = course("assess", *arguments, "--no-reports")
    assert run.status == 0, run.output
    return run


def list_unjoined(run: Run) -> list[str]:
    return [line for line in run.stderr.splitlines() if line.startswith("no learner of")]


def test_a_list_of_columns_joins_files_that_name_them_differently(course: Program) -> None:
    run = assess(course, "gradebook.csv", "scores.csv")
    rows = read_table(course.folder / "out/decisions.csv")
    assert [(row["learner"], row["decision"], row["pieces"]) for row in rows] == [
        ("007", "shown", "2"),
        ("008", "not-yet", "2"),
    ]
    assert list_unjoined(run) == []


@pytest.mark.parametrize("learner", ["[SIS User ID, SID]", r'["SIS\nUser  ID", "sid"]'])
def test_an_audit_joins_as_the_assessment_did(course: Program, learner: str) -> None:
    course.write("microcred.yaml", f"{PROJECT}gradebook: {{learner: {learner}}}\n")
    assess(course, "gradebook.csv", "scores.csv")
    # The project may have changed since: what counts is what was noted then.
    course.write("microcred.yaml", PROJECT)
    run = course("audit")
    assert run.status == 0, run.output
    assert "Everything follows from the evidence." in run.stdout


def test_one_name_is_noted_as_it_always_was(course: Program) -> None:
    course.write("microcred.yaml", PROJECT + "gradebook: {learner: SIS User ID}\n")
    course.write("more.csv", LONG.replace("Essay", "Clarity"))
    assess(course, "gradebook.csv", "more.csv")
    options = json.loads((course.folder / "out/assessment.json").read_bytes())["options"]
    assert options["learner"] == "SIS User ID"


def test_a_file_with_none_of_the_columns_is_a_problem(course: Program) -> None:
    course.write("microcred.yaml", PROJECT + "gradebook: {learner: [SIS User ID, Matrikel]}\n")
    run = course("assess", "gradebook.csv", "scores.csv", "--no-reports")
    assert run.status == 1
    assert "there is no column “SIS User ID” or “Matrikel” to tell learners apart by" in run.stderr
    assert "add this file's column to the list under gradebook, learner in the project file" in run.stderr
    assert "scores.csv" in run.stderr
    assert "gradebook.csv" not in run.stderr


def test_two_files_without_a_learner_in_common_are_told(course: Program) -> None:
    course.write("microcred.yaml", PROJECT)
    run = assess(course, "gradebook.csv", "scores.csv")
    assert list_unjoined(run) == [
        f"no learner of scores.csv is in gradebook.csv: they are joined by “SID” and “ID”; {ADVICE}"
    ]
    assert "Canary" not in run.stderr
    assert assess(course, "gradebook.csv", "scores.csv", "--quiet").stderr == ""


def test_of_three_the_one_that_shares_nobody_is_told(course: Program) -> None:
    run = assess(course, "gradebook.csv", "long.csv", "scores.csv")
    columns = "“learner” and “SIS User ID” and “SID”"
    assert list_unjoined(run) == [
        f"no learner of long.csv is in any other gradebook: they are joined by {columns}; {ADVICE}"
    ]
    assert "zed" not in run.stderr


def test_tables_that_go_by_learner_are_not_told_to_name_other_columns(course: Program) -> None:
    course.write("more.csv", LONG.replace("zed", "yan").replace("Essay", "Clarity"))
    assert list_unjoined(assess(course, "long.csv", "more.csv")) == [
        "no learner of more.csv is in long.csv: they are joined by “learner”"
    ]
    course.write("more.csv", LONG.replace("Essay", "Clarity"))
    assert list_unjoined(assess(course, "long.csv", "more.csv")) == []


@pytest.mark.parametrize(
    ("learner", "told"),
    [
        ("[]", "the list is empty"),
        ("[SID, 5]", "expected text, found the number `5`"),
        ("{SID: x}", "expected a heading or a list of headings, found a mapping"),
    ],
)
def test_lint_refuses_what_is_neither_a_name_nor_names(course: Program, learner: str, told: str) -> None:
    assert course("lint").status == 0
    course.write("microcred.yaml", f"{PROJECT}gradebook: {{learner: {learner}}}\n")
    run = course("lint")
    assert run.status == 1
    assert told in run.output


MOODLE = '"ID number","Email address","Assignment: {} (Percentage)","Last downloaded from this course"\n'


def test_exports_of_one_system_told_apart_by_two_columns_are_not_joined(course: Program) -> None:
    course.write("microcred.yaml", PROJECT)
    whole = "101,ada@x.org,100.00 %,1700000000\n102,alan@x.org,100.00 %,1700000000\n"
    course.write("a.csv", MOODLE.format("Essay") + whole)
    course.write("b.csv", MOODLE.format("Clarity") + whole.replace("102,", ","))
    run = course("assess", "a.csv", "b.csv")
    assert run.status == 1
    assert "b.csv: learners are told apart by “Email address” here, and by “ID number” in a.csv" in run.stderr
    assert "x.org" not in run.stderr
    assert "out/decisions.csv" not in course.list()


def test_one_key_with_two_e_mails_is_two_people(course: Program) -> None:
    course.write("a.csv", "learner,email,item,score\n101,ada@x.org,Essay,2\n")
    course.write("b.csv", "learner,email,item,score\n101,bob@y.org,Clarity,2\n")
    run = course("assess", "a.csv", "b.csv")
    assert run.status == 1
    assert "b.csv, row 2: this learner has another e-mail in a.csv, row 2" in run.stderr
    course.write("b.csv", "learner,email,item,score\n101,Ada@X.org,Clarity,2\n")
    assert course("assess", "a.csv", "b.csv").status == 0
