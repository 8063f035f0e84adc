"""What the project file says of linting, and how it goes together with the command line."""

import pytest

from tests.cli.program import Program
from tests.linting.samples import PROJECT, edit_rubric

CLEAN = edit_rubric("  image: teamwork.svg\n", "")
WARNED = CLEAN.replace("shown_at: proficient", "shown_at: beginning")


def set_up(program: Program, lint: str) -> None:
    program.write("microcred.yaml", f"{PROJECT}lint: {lint}\n")
    program.write("rubrics/a.yaml", WARNED)
    program.write("rubrics/drafts/b.yaml", WARNED.replace("id: teamwork", "id: draft"))


def test_a_rule_can_be_ignored(program: Program) -> None:
    set_up(program, "{ignore: [shown-at-lowest]}")
    assert "shown-at-lowest" not in program("lint").stdout


def test_only_some_rules_can_be_selected(program: Program) -> None:
    set_up(program, "{select: [MC2]}")
    assert program("lint").stdout == "Nothing found in 3 files.\n"
    assert "shown-at-lowest" in program("lint", "--select", "MC305").stdout


def test_rules_can_be_left_out_by_path(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    set_up(program, '{per_path: {"rubrics/drafts/*": [MC3]}}')
    shown = program("lint", "--select", "MC3", "--format", "concise").stdout
    assert [line.split(":")[0] for line in shown.splitlines()] == ["rubrics/a.yaml"]
    (program.folder / "rubrics" / "x").mkdir()
    inside = Program(program.folder / "rubrics" / "x", monkeypatch)
    shown = inside("lint", "../..", "--select", "MC3", "--format", "concise").stdout
    assert [line.split(":")[0] for line in shown.splitlines()] == ["../../rubrics/a.yaml"]


def test_the_fail_level_can_be_set(program: Program) -> None:
    set_up(program, "{fail_level: warning}")
    assert program("lint").status == 1
    assert program("lint", "--fail-level", "error").status == 0
    assert program("lint", "--exit-zero").status == 0


def test_what_the_command_line_ignores_comes_on_top(program: Program) -> None:
    set_up(program, "{ignore: [MC9], fail_level: warning}")
    assert program("lint", "--ignore", "MC3").status == 0


def test_a_mistake_in_the_settings_is_a_finding(program: Program) -> None:
    set_up(program, "{ignore: [shown-at-lowst]}")
    run = program("lint")
    assert run.status == 1
    assert "error[MC119] unknown-rule: there is no rule `shown-at-lowst`" in run.stdout
    assert "shown-at-lowest" in run.stdout


def test_each_file_is_linted_as_its_own_project_says(program: Program) -> None:
    program.write(
        "one/microcred.yaml", f"{PROJECT}lint: {{ignore: [shown-at-lowest], fail_level: warning}}\n"
    )
    program.write("one/rubrics/a.yaml", WARNED)
    program.write("two/microcred.yaml", PROJECT)
    program.write("two/rubrics/a.yaml", WARNED.replace("id: teamwork", "id: two"))
    run = program("lint", "one", "two", "--format", "concise")
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["two/rubrics/a.yaml"]
    assert run.status == 0
    program.write("one/microcred.yaml", f"{PROJECT}lint: {{fail_level: warning}}\n")
    assert program("lint", "one", "two").status == 1
    assert program("lint", "two").status == 0


def test_settings_that_cannot_be_read_are_spoken_of(program: Program) -> None:
    set_up(program, "{ignore: 5}")
    run = program("lint", "rubrics/a.yaml")
    assert run.stderr == "microcred.yaml has errors, so what it says of linting is passed over\n"
    assert "shown-at-lowest" in run.stdout
    assert program("lint").stderr == ""
