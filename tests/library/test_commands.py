"""`microcred rubrics` and `init --rubric`, as somebody who looks for a rubric meets them."""

import json

import pytest

from microcred_cli.workflows.browse_rubrics import list_rubrics
from tests.cli.program import Program

NAMES = [each.name for each in list_rubrics()]


def test_the_list_has_every_rubric_below_its_set(program: Program) -> None:
    run = program("rubrics")
    assert run.status == 0
    lines = run.stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("  ")] == NAMES
    assert [line for line in lines if line and not line.startswith(" ")] == [
        "Soft skills", "Resilience", "21st century", "Honors engagement",
    ]  # fmt: skip
    assert "microcred rubrics NAME --copy" in run.stderr
    assert program("rubrics", "--quiet").stderr == ""


def test_one_is_shown_as_people_read_it(program: Program) -> None:
    run = program("rubrics", "Teamwork")
    assert run.stdout.startswith("Teamwork 1.0.0\n")
    assert "\nListens\n  Takes in what others say\n    Beginning: " in run.stdout
    assert "\n  * Proficient: " in run.stdout
    assert "Evidence: Meeting minutes, Peer review 1, Peer review 2" in run.stdout
    assert "Decided by average: the mean of all scores; at least 2 scores" in run.stdout
    assert "The badge asks for Works toward shared goals; and at least 2 of Listens," in run.stdout
    assert "--copy" in run.stderr


def test_a_rule_by_source_is_said_in_short(program: Program) -> None:
    asked = program("rubrics", "21st-century-pathway").stdout.splitlines()[-1]
    assert asked == (
        "The badge asks for every sub-competency (by learner); and at least 3 of the 10 sub-competencies "
        "(by instructor); and at least 3 of the 10 sub-competencies (by employer)."
    )


def test_a_name_that_is_none(program: Program) -> None:
    run = program("rubrics", "team-work")
    assert run.status == 2
    assert "the library has no rubric `team-work`" in run.stderr
    assert "did you mean `teamwork`?" in run.stderr


def test_copied_into_a_project_it_lints_and_decides_its_sample(project: Program) -> None:
    run = project("rubrics", "empathy", "--copy", "--sample")
    assert run.stdout == "Copied\n  rubrics/empathy.yaml\n  rubrics/empathy.svg\n  rubrics/empathy.csv\n"
    assert "microcred assess rubrics/empathy.csv --rubric rubrics/empathy.yaml" in run.stderr
    assert project("lint").stdout == "Nothing found in 3 files.\n"
    assessed = project("assess", "rubrics/empathy.csv", "--rubric", "rubrics/empathy.yaml", "--no-reports")
    assert assessed.status == 0, assessed.output
    again = project("rubrics", "empathy", "--copy")
    assert again.status == 5
    assert "exists already" in again.stderr


def test_copied_to_a_folder(program: Program) -> None:
    assert program("rubrics", "empathy", "--copy", "--to", "mine").status == 0
    assert {path.name for path in (program.folder / "mine").iterdir()} == {"empathy.yaml", "empathy.svg"}


@pytest.mark.parametrize(
    "options", [("--copy",), ("empathy", "--sample"), ("empathy", "--to", "x"), ("--sample",)]
)
def test_options_that_do_not_go_together(program: Program, options: tuple[str, ...]) -> None:
    assert program("rubrics", *options).status == 2
    assert not list(program.folder.iterdir())


def test_for_programs(program: Program) -> None:
    listed = json.loads(program("rubrics", "--format", "json").stdout)
    assert listed["format"] == "microcred-rubrics/1"
    assert [each["name"] for each in listed["rubrics"]] == NAMES
    (shown,) = json.loads(program("rubrics", "empathy", "--format", "json").stdout)["rubrics"]
    assert shown["text"].startswith("# yaml-language-server")
    assert shown["subcompetencies"][0] == "Notices feelings"


def test_a_project_that_begins_with_one(program: Program) -> None:
    run = program("init", "course", "--name", "Example College", "--rubric", "resilience")
    assert run.status == 0
    assert "rubrics/resilience.yaml" in run.stdout
    assert (program.folder / "course" / "rubrics" / "resilience.svg").exists()
    assert not (program.folder / "course" / "rubrics" / "teamwork.yaml").exists()
    text = (program.folder / "course" / "gradebook.csv").read_text(encoding="utf-8")
    assert text.startswith("learner,")


def test_a_project_that_is_to_begin_with_none(program: Program) -> None:
    run = program("init", "course", "--rubric", "resiliance")
    assert run.status == 2
    assert "did you mean `resilience`?" in run.stderr
    assert not (program.folder / "course").exists()
