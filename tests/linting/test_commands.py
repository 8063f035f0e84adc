"""`microcred lint`, `rule` and `schema` as a user runs them."""

import json
from pathlib import Path

import jsonschema
import pytest

from tests.cli.program import Program
from tests.linting.samples import PROJECT, RUBRIC, edit_rubric
from tests.shared import ROOT

CLEAN = edit_rubric("  image: teamwork.svg\n", "")
MISTAKEN = CLEAN.replace("shown_at: proficient", "shown_at: profficient")
WARNED = CLEAN.replace("shown_at: proficient", "shown_at: beginning")


def test_a_clean_file(program: Program) -> None:
    program.write("a.yaml", CLEAN)
    run = program("lint", "a.yaml")
    assert (run.stdout, run.stderr, run.status) == ("Nothing found in 1 file.\n", "", 0)
    assert program("lint", "a.yaml", "--quiet").output == ""


def test_a_mistake_has_a_place_and_status_1(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    run = program("lint", "a.yaml")
    assert run.stdout.startswith("a.yaml:9:11: error[MC201] unknown-level")
    assert run.status == 1
    assert run.stderr == ""


@pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("info", 1)])
def test_warnings_fail_only_when_asked_to(program: Program, level: str, status: int) -> None:
    program.write("a.yaml", WARNED)
    run = program("lint", "a.yaml", "--fail-level", level)
    assert run.status == status
    assert "warning[MC305]" in run.stdout


def test_selecting(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    assert program("lint", "a.yaml", "--ignore", "MC201").status == 0
    assert program("lint", "a.yaml", "--select", "MC1,MC9").status == 0
    run = program("lint", "a.yaml", "--select", "unknown-levle")
    assert run.status == 2
    assert "did you mean `unknown-level`?" in run.stderr


@pytest.mark.parametrize(
    ("format_", "start"),
    [("text", "a.yaml:9:11:"), ("concise", "a.yaml:9:11:"), ("json", "{"), ("github", "::error file=a.yaml")],
)
def test_formats(program: Program, format_: str, start: str) -> None:
    program.write("a.yaml", MISTAKEN)
    run = program("lint", "a.yaml", "--format", format_)
    assert run.stdout.startswith(start)
    assert run.status == 1
    written = program("lint", "a.yaml", "--format", format_, "--output-file", "report.txt")
    assert (written.stdout, written.status) == ("", 1)
    assert (program.folder / "report.txt").read_text(encoding="utf-8") == run.stdout


def test_concise_says_nothing_of_a_clean_file(program: Program) -> None:
    program.write("a.yaml", CLEAN)
    assert program("lint", "a.yaml", "--format", "concise").output == ""
    run = program("lint", "a.yaml", "--format", "concise", "--output-file", "x")
    assert (run.stdout, run.stderr) == ("", "Nothing found in 1 file. See x.\n")
    assert (program.folder / "x").read_bytes() == b""


def test_an_output_file_that_cannot_be_written(program: Program) -> None:
    program.write("a.yaml", CLEAN)
    run = program("lint", "a.yaml", "--output-file", "no/such/folder")
    assert run.status == 5
    assert "no/such/folder cannot be written" in run.stderr


def test_folders_and_files_each_once(program: Program) -> None:
    program.write("r/a.yaml", CLEAN)
    program.write("r/b.yml", CLEAN.replace("id: teamwork", "id: other"))
    program.write("r/.hidden/c.yaml", MISTAKEN)
    program.write("r/notes.txt", "none of ours")
    run = program("lint", "r", "r/a.yaml", "./r/b.yml")
    assert run.stdout == "Nothing found in 2 files.\n"


def test_a_file_of_any_name(program: Program) -> None:
    program.write("notes.txt", "none of ours")
    assert program("lint", "notes.txt").status == 1


def test_the_image_is_looked_for_beside_the_rubric(program: Program) -> None:
    program.write("r/a.yaml", RUBRIC)
    assert "missing-image" in program("lint", "r").stdout
    program.write("r/teamwork.svg", '<svg xmlns="http://www.w3.org/2000/svg"></svg>')
    assert program("lint", "r").status == 0
    program.write("r/a.yaml", RUBRIC.replace("teamwork.svg", "x" * 5000))
    assert "missing-image" in program("lint", "r").stdout


def test_two_files_that_contradict_each_other(program: Program) -> None:
    program.write("r/a.yaml", CLEAN)
    program.write("r/b.yaml", CLEAN.replace("title: Listens", "title: Listening"))
    run = program("lint", "r", "--format", "concise")
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["r/a.yaml", "r/b.yaml"]
    assert run.stdout.count("error[MC209]") == 2
    assert run.status == 1


def test_standard_input(program: Program) -> None:
    run = program("lint", "-", stdin=MISTAKEN)
    assert run.stdout.startswith("<stdin>:9:11: error[MC201]")
    run = program("lint", "-", "--stdin-filename", "r/draft.yaml", stdin=MISTAKEN)
    assert run.stdout.startswith("r/draft.yaml:9:11:")
    run = program("lint", "-", "--stdin-filename", "microcred.yaml", stdin=PROJECT)
    assert run.status == 0


def test_without_a_path_the_project_is_linted(program: Program) -> None:
    program.write("microcred.yaml", PROJECT.replace("rubrics: [rubrics]", "rubrics: [r/a.yaml]"))
    program.write("r/a.yaml", CLEAN)
    program.write("rubrics/b.yaml", MISTAKEN)
    assert program("lint").stdout == "Nothing found in 2 files.\n"


def test_without_a_path_a_broken_project_file_hides_no_rubrics(program: Program) -> None:
    program.write("microcred.yaml", "format: nothing\n")
    program.write("rubrics/b.yaml", MISTAKEN)
    run = program("lint")
    assert "microcred.yaml:1:9: error[MC111]" in run.stdout
    assert "rubrics/b.yaml:9:11: error[MC201]" in run.stdout


def test_without_a_path_and_rubrics_the_project_file_alone(program: Program) -> None:
    program.write("microcred.yaml", PROJECT)
    run = program("lint", "--format", "concise")
    assert run.status == 0
    assert [line.split(" ")[:3] for line in run.stdout.splitlines()] == [
        ["microcred.yaml:6:11:", "warning[MC214]", "missing-rubrics:"]
    ]


def test_without_a_path_the_rubrics_folder(program: Program) -> None:
    program.write("rubrics/a.yaml", CLEAN)
    assert program("lint").stdout == "Nothing found in 1 file.\n"


def test_nothing_to_lint(program: Program) -> None:
    assert program("lint").status == 2
    (program.folder / "empty").mkdir()
    assert program("lint", "empty").status == 3
    run = program("lint", "missing.yaml")
    assert run.status == 3
    assert "missing.yaml" in run.stderr


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (b"a: [" * 5, "not-yaml"),
        (b"a: &a [x]\nb: [*a, *a]\n", "alias"),
        (b"<<: {a: 1}\n", "merge-key"),
        (b"[" * 600 + b"]" * 600, "too-deep"),
        (b"a: \x00", "control-character"),
        (b"\xff\xfe", "not-utf8"),
        (b"a:\n\t- b\n", "tab-indentation"),
        (b"a: b: c", "not-yaml"),
        (b"a" * 1_500_000, "too-large"),
        (b"", "empty-value"),
        (b"\xef\xbb\xbf" + b"id: \xff", "not-utf8"),
    ],
)
def test_hostile_files_end_with_a_finding(program: Program, data: bytes, slug: str) -> None:
    program.write("a.yaml", data)
    run = program("lint", "a.yaml")
    assert run.status == 1
    assert run.stdout.startswith("a.yaml:1:") or run.stdout.startswith("a.yaml:2:")
    assert slug in run.stdout


def test_all_rules_are_listed(program: Program) -> None:
    rules = ROOT / "microcred_cli" / "linting" / "rules"
    count = sum(path.name != "__init__.py" for path in rules.glob("*.py"))
    lines = program("rule").stdout.splitlines()
    assert len(lines) == count
    assert lines[0].split()[:3] == ["MC001", "not-utf8", "error"]
    listed = json.loads(program("rule", "--format", "json").stdout)
    assert listed["format"] == "microcred-rules/1"
    assert len(listed["rules"]) == count


@pytest.mark.parametrize("name", ["MC302", "mc302", "cuts-not-ascending"])
def test_a_rule_is_explained(program: Program, name: str) -> None:
    run = program("rule", name)
    assert run.stdout.startswith("MC302 cuts-not-ascending (error, cannot be suppressed)\n\nThe cuts of an")
    assert "## A good example" in run.stdout
    described = json.loads(program("rule", name, "--format", "json").stdout)["rules"][0]
    assert described["slug"] == "cuts-not-ascending"
    assert "## What it is" in described["documentation"]
    assert "can be suppressed" in program("rule", "shown-at-lowest").stdout


def test_an_unknown_rule(program: Program) -> None:
    run = program("rule", "cuts-not-ascnding")
    assert run.status == 2
    assert "did you mean `cuts-not-ascending`?" in run.stderr


@pytest.mark.parametrize("subject", ["rubric", "project"])
def test_schemas(program: Program, subject: str) -> None:
    run = program("schema", subject)
    assert run.status == 0
    jsonschema.Draft7Validator.check_schema(json.loads(run.stdout))
    assert program("schema", "nonsense").status == 2


@pytest.mark.parametrize("command", ["lint", "rule", "schema"])
def test_help_has_examples(program: Program, command: str) -> None:
    assert f"microcred {command}" in program(command, "--help").stdout


def test_the_library_is_clean(program: Program) -> None:
    library = Path(__file__).parents[2] / "rubrics"
    assert program("lint", str(library)).status == 0
