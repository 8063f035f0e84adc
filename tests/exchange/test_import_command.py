"""`microcred import` as a user meets it."""

import json

import pytest

from tests.cli.program import Program
from tests.exchange.test_canvas_rubric import HEAD, RATING, TEAM

ASSESSED = "Student Id,Student Name,Shares - Points,Settles - Points\n1,Ada,4.0,1.0\n2,Ben,1.0,\n"


def test_a_canvas_rubric_is_imported_linted_and_assessed(program: Program) -> None:
    program.write("canvas.csv", TEAM)
    run = program("import", "canvas.csv")
    assert run.status == 0, run.output
    assert run.stdout.startswith("Wrote team.yaml: 2 sub-competencies, from Canvas rubrics\n")
    assert "  look at line 10 (shown_at: full): a guess: the file does not say\n" in run.stdout
    assert "missing-description" in run.stdout
    assert run.stderr == "next: look through team.yaml, then microcred lint team.yaml\n"
    assert program("lint", "team.yaml").status == 0
    program.write("assessed.csv", ASSESSED)
    decided = program("assess", "assessed.csv", "--rubric", "team.yaml", "--no-reports")
    assert decided.status == 0, decided.output
    assert "Team: 2 learners" in decided.stdout


def test_in_a_project_it_goes_to_the_rubrics(project: Program) -> None:
    project.write("canvas.csv", TEAM)
    assert project("import", "canvas.csv").status == 0
    assert (project.folder / "rubrics" / "team.yaml").exists()
    again = project("import", "canvas.csv")
    assert again.status == 5
    assert "rubrics/team.yaml exists already" in again.stderr.replace("\\", "/")


@pytest.mark.parametrize(("target", "path"), [("new/place", "new/place/team.yaml"), ("my.yaml", "my.yaml")])
def test_where_it_is_told_to(program: Program, target: str, path: str) -> None:
    program.write("canvas.csv", TEAM)
    run = program("import", "canvas.csv", "--to", target, "--quiet")
    assert (run.status, run.stderr) == (0, "")
    assert (program.folder / path).exists()


def test_an_absolute_path(program: Program) -> None:
    program.write("canvas.csv", TEAM)
    target = program.folder / "there" / "team.yaml"
    assert program("import", "canvas.csv", "--to", str(target)).status == 0
    assert target.exists()


def test_to_look_at_it_first(program: Program) -> None:
    program.write("canvas.csv", TEAM.replace("false", "true"))
    run = program("import", "canvas.csv", "--to", "-")
    assert run.stdout.startswith("# yaml-language-server:")
    assert "not carried over: canvas.csv, row 2: “Shares” is rated by ranges" in run.stderr
    assert not (program.folder / "team.yaml").exists()


def test_two_rubrics_need_a_folder(program: Program) -> None:
    program.write("canvas.csv", f"{TEAM}Talk,Clear,,false,Yes,,1,No,,0\nTeam!,Clear,,false,Yes,,1,No,,0\n")
    assert program("import", "canvas.csv", "--to", "one.yaml").status == 2
    run = program("import", "canvas.csv")
    assert run.status == 0
    assert {path.name for path in program.folder.glob("*.yaml")} == {"team.yaml", "talk.yaml", "team-2.yaml"}


def test_with_problems_nothing_is_written(program: Program) -> None:
    program.write("canvas.csv", f"{HEAD}{RATING}\nTeam,Shares,,false,Full,,four\n")
    run = program("import", "canvas.csv")
    assert run.status == 1
    assert "the points of this rating are no number" in run.stderr
    assert "nothing was written" in run.stderr
    assert not list(program.folder.glob("*.yaml"))


@pytest.mark.parametrize("data", ["", "hello\n", "learner,item,score\n1,Essay,3\n", "{}", "[1]", "\x00\x01"])
def test_what_is_no_rubric_is_refused(program: Program, data: str) -> None:
    program.write("other.csv", data)
    run = program("import", "other.csv")
    assert run.status == 1, run.output
    assert "other.csv" in run.stderr
    assert not list(program.folder.glob("*.yaml"))


def test_a_missing_file(program: Program) -> None:
    assert program("import", "none.csv").status == 3


def test_for_programs(program: Program) -> None:
    program.write("canvas.csv", TEAM.replace("false", "true"))
    told = json.loads(program("import", "canvas.csv", "--format", "json").stdout)
    assert (told["format"], told["system"]) == ("microcred-import/1", "Canvas rubrics")
    (rubric,) = told["rubrics"]
    assert rubric["path"] == "team.yaml"
    assert rubric["losses"][0]["place"]["row"] == 2
    assert rubric["text"] == (program.folder / "team.yaml").read_text(encoding="utf-8")
    assert {each["slug"] for each in rubric["findings"]} >= {"missing-description"}
    program.write("bad.csv", f"{HEAD}{RATING}\nTeam,Shares,,false,Full,,four\n")
    refused = program("import", "bad.csv", "--format", "json")
    assert refused.status == 1
    assert json.loads(refused.stdout)["problems"][0]["place"]["row"] == 2
