"""Where findings go, and what the exit status says of them."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.linting.samples import edit_rubric

CLEAN = edit_rubric("  image: teamwork.svg\n", "")
MISTAKEN = CLEAN.replace("shown_at: proficient", "shown_at: profficient")


def test_exit_zero(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    run = program("lint", "a.yaml", "--exit-zero")
    assert run.status == 0
    assert "unknown-level" in run.stdout
    assert program("lint", "missing.yaml", "--exit-zero").status == 3


def test_formats_for_machines_can_be_parsed(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    sarif = json.loads(program("lint", "a.yaml", "--format", "sarif").stdout)
    assert [each["ruleId"] for each in sarif["runs"][0]["results"]] == ["MC201"]
    gitlab = json.loads(program("lint", "a.yaml", "--format", "gitlab").stdout)
    assert [each["check_name"] for each in gitlab] == ["MC201"]
    junit = ET.fromstring(program("lint", "a.yaml", "--format", "junit").stdout)  # noqa: S314 - our own
    assert junit.find(".//failure") is not None


def test_statistics(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    program.write("b.yaml", MISTAKEN.replace("id: teamwork", "id: b"))
    run = program("lint", "a.yaml", "b.yaml", "--statistics")
    assert run.stdout.split()[:3] == ["2", "MC201", "unknown-level"]
    assert run.status == 1
    assert json.loads(program("lint", "a.yaml", "--statistics", "--format", "json").stdout)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return the page of a job in GitHub Actions, which something else has written to."""
    path = tmp_path / "summary.md"
    path.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(path))
    return path


def test_in_github_actions_annotations_and_a_summary(program: Program, page: Path) -> None:
    program.write("a.yaml", MISTAKEN)
    run = program("lint", "a.yaml")
    assert run.stdout.startswith("::error file=a.yaml,line=9,")
    text = page.read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert "unknown-level" in text


def test_a_format_that_is_named_is_kept_in_github_actions(program: Program, page: Path) -> None:
    program.write("a.yaml", MISTAKEN)
    assert program("lint", "a.yaml", "--format", "text").stdout.startswith("a.yaml:9:11: error")
    assert program("lint", "a.yaml", "--output-file", "x").stdout == ""
    assert (program.folder / "x").read_text(encoding="utf-8").startswith("a.yaml:9:11: error")
    assert page.read_text(encoding="utf-8") == "before\n"


def test_a_summary_that_cannot_be_written_changes_nothing(
    program: Program, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page / "no" / "such"))
    program.write("a.yaml", MISTAKEN)
    assert program("lint", "a.yaml").status == 1


def test_the_schema_of_findings_takes_them(program: Program) -> None:
    import jsonschema  # noqa: PLC0415 - only here

    program.write("a.yaml", MISTAKEN)
    schema = json.loads(program("schema", "findings").stdout)
    jsonschema.Draft7Validator(schema).validate(
        json.loads(program("lint", "a.yaml", "--format", "json").stdout)
    )


def test_what_went_into_a_file_is_told(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    run = program("lint", "a.yaml", "--format", "sarif", "--output-file", "f.sarif")
    assert (run.stdout, run.stderr) == ("", "Found 1 error in 1 file. See f.sarif.\n")
    assert program("lint", "a.yaml", "--output-file", "f.txt", "--quiet").output == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--statistics", "--format", "concise"), "text and json"),
        (("--stdin-filename", "b.yaml"), "add -"),
    ],
)
def test_options_that_do_not_go_together(program: Program, options: tuple[str, ...], said: str) -> None:
    program.write("a.yaml", CLEAN)
    run = program("lint", "a.yaml", *options)
    assert run.status == 2
    assert said in run.stderr


def test_findings_never_replace_a_rubric(program: Program) -> None:
    program.write("a.yaml", MISTAKEN)
    run = program("lint", "--output-file", "a.yaml", "a.yaml")
    assert run.status == 2
    assert (program.folder / "a.yaml").read_text(encoding="utf-8") == MISTAKEN


def test_a_link_to_itself_is_no_file(program: Program) -> None:
    (program.folder / "a.yaml").symlink_to("a.yaml")
    run = program("lint", "a.yaml")
    assert run.status == 3
    assert "no file or folder a.yaml" in run.stderr
