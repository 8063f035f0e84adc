"""What `microcred inspect` says of an export beside its items: rows, odd scores, how to name an item."""

import json

import pytest

from tests.cli.program import Program

BRACKETS = "the number in brackets may be left out"
NARROW = "narrow terminal: COLUMNS="
# The first learner has every state that Canvas writes.
CANVAS = """\
Student,ID,Section,Essay (7),Talk (8),Team charter and sprint review (9),Quiz (10)
    Points Possible,,,4,4,4,4
"A, B",1,S,3,EX,N/A,
"""


def test_only_headings_with_numbers_in_brackets_have_something_to_leave_out(project: Program) -> None:
    assert BRACKETS in project("inspect", "gradebook.csv").stderr
    project.write("g.csv", "learner,Essay (2),Talk\ns,1,2\n")
    run = project("inspect", "g.csv")
    assert "name these items in a rubric" in run.stderr
    assert BRACKETS not in run.stderr


def test_the_rows_that_were_read(program: Program) -> None:
    program.write("g.csv", "learner,Essay\ns,1\nt,2\n")
    assert "rows: 1 to 3" in program("inspect", "g.csv").stdout


def test_odd_scores_are_counted_by_item(program: Program) -> None:
    program.write("g.csv", "learner,Essay,Talk,Quiz\npoints possible,4,4,\ns,5,-1,9\nt,4.5,0,4\nu,4,,0\n")
    run = program("inspect", "g.csv", "--format", "json")
    items = json.loads(run.stdout)["gradebooks"][0]["items"]
    assert [(item["above_possible"], item["below_zero"]) for item in items] == [(2, 0), (0, 1), (0, 0)]
    run = program("inspect", "g.csv")
    assert run.status == 0
    rows = [line.split() for line in run.stdout.splitlines()]
    assert next(row for row in rows if row[:1] == ["Essay"])[-2:] == ["2", "0"]
    assert next(row for row in rows if row[:1] == ["Talk"])[-2:] == ["0", "1"]
    assert "zero" in run.stdout
    program.write("g.csv", "learner,Essay\ns,3\n")
    assert "zero" not in program("inspect", "g.csv").stdout


def test_a_number_that_tells_two_items_apart_may_not_be_left_out(program: Program) -> None:
    program.write("g.csv", CANVAS)
    assert BRACKETS in program("inspect", "g.csv").stderr
    program.write("g.csv", CANVAS.replace("Talk (8)", "ESSAY (8)"))
    run = program("inspect", "g.csv")
    assert "name these items in a rubric" in run.stderr
    assert BRACKETS not in run.stderr


def test_a_narrow_table_says_how_to_see_every_state(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write("g.csv", CANVAS)
    monkeypatch.setenv("COLUMNS", "80")
    run = program("inspect", "g.csv")
    assert "excused" not in run.stdout
    assert f"{NARROW}160 or --format json shows every state" in run.stderr
    assert NARROW not in program("inspect", "g.csv", "--quiet").stderr
    monkeypatch.setenv("COLUMNS", "160")
    run = program("inspect", "g.csv")
    assert "excused" in run.stdout
    assert NARROW not in run.stderr


def test_the_width_that_a_narrow_table_names_is_enough(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write("g.csv", CANVAS.replace("Quiz", " ".join(["Quiz"] * 40)))
    monkeypatch.setenv("COLUMNS", "160")
    width = program("inspect", "g.csv").stderr.partition(NARROW)[2].partition(" ")[0]
    assert int(width) > 160
    for columns, narrow in ((int(width), False), (int(width) - 1, True)):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert (NARROW in program("inspect", "g.csv").stderr) == narrow


def test_the_criteria_of_an_item_are_listed(program: Program) -> None:
    rows = ["Essay,Clarity,3", "Essay,Use of sources,2", "Essay,clarity,1", "Talk,,4"]
    lines = [f"s{number},{row}" for number, row in enumerate(rows)]
    program.write("g.csv", "\n".join(["learner,item,criterion,score", *lines, ""]))
    told = [line for line in program("inspect", "g.csv").stdout.splitlines() if "by criterion" in line]
    assert told == ["Essay has scores by criterion: Clarity, Use of sources"]
    (gradebook,) = json.loads(program("inspect", "g.csv", "--format", "json").stdout)["gradebooks"]
    assert [item["criteria"] for item in gradebook["items"]] == [["Clarity", "Use of sources"], []]


def test_what_becomes_of_the_problems_is_said_last(program: Program) -> None:
    program.write("g.csv", "learner,Essay\ns,3x\n")
    program.write("h.csv", "learner,Essay\ns,3x\n")
    told = "until mended (a wrong score only if a rubric uses its item)"
    assert f"1 problem; assess refuses this file {told}" in program("inspect", "g.csv").stderr
    run = program("inspect", "g.csv", "h.csv")
    assert f"2 problems in 2 files; assess refuses these files {told}" in run.stderr
