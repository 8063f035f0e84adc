"""What `microcred inspect` says of an export beside its items: rows, odd scores, how to name an item."""

import json

from tests.cli.program import Program

BRACKETS = "the number in brackets may be left out"


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
