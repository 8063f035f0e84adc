"""`microcred export`, as a user runs it."""

import json
from importlib.util import find_spec

import pytest

from microcred_cli.model.rubric_format import RubricFormat
from tests.cli.program import Program

NAMES = {
    "xlsx": "teamwork.xlsx",
    "ods": "teamwork.ods",
    "csv": "teamwork.csv",
    "markdown": "teamwork.md",
    "html": "teamwork.html",
    "canvas": "teamwork-canvas.csv",
    "canvas-outcomes": "teamwork-canvas-outcomes.csv",
    "moodle": "teamwork-moodle.csv",
    "case": "teamwork.json",
}
SYSTEMS = {
    "xlsx": "a grid of microcred",
    "ods": "a grid of microcred",
    "csv": "a grid of microcred",
    "canvas": "Canvas rubrics",
    "canvas-outcomes": "Canvas outcomes",
    "moodle": "Moodle competency framework",
    "case": "CASE",
}
RUBRIC = "rubrics/teamwork.yaml"


def test_every_format_has_a_name_here() -> None:
    assert set(NAMES) == set(RubricFormat)


@pytest.mark.parametrize("asked", NAMES)
def test_a_rubric_is_written_under_its_name(project: Program, asked: str) -> None:
    before = project.list()
    run = project("export", RUBRIC, "--format", asked)
    assert run.status == 0
    assert run.stdout.splitlines()[0] == f"Wrote {NAMES[asked]}"
    assert sorted(set(project.list()) - set(before)) == [NAMES[asked]]


@pytest.mark.parametrize("asked", SYSTEMS)
def test_what_was_written_can_be_imported(project: Program, asked: str) -> None:
    assert find_spec("microcred_cli.exchange.case.document") is not None
    project("export", "teamwork", "--format", asked)
    run = project("import", NAMES[asked], "--to", "rubrics/again.yaml", "--format", "json")
    assert run.status == 0, run.output
    assert json.loads(run.stdout)["system"].startswith(SYSTEMS[asked])


@pytest.mark.parametrize("asked", ["xlsx", "ods", "csv"])
def test_a_grid_comes_back_as_it_was(project: Program, asked: str) -> None:
    project("export", "teamwork", "--format", asked)
    assert project("import", NAMES[asked], "--to", "rubrics/again.yaml").status == 0
    project("export", "rubrics/again.yaml", "--format", asked, "--output-file", f"again.{asked}")
    assert (project.folder / f"again.{asked}").read_bytes() == (project.folder / NAMES[asked]).read_bytes()


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("out/t.xlsx", b"PK"),
        ("t.ODS", b"PK"),
        ("t.md", b"# Teamwork"),
        ("t.markdown", b"# Teamwork"),
        ("t.html", b"<!doctype html>"),
        ("t.htm", b"<!doctype html>"),
        ("t.csv", b"Format,microcred/1"),
        ("t.json", b"{"),
    ],
)
def test_the_name_of_the_file_tells_the_format(project: Program, name: str, start: bytes) -> None:
    assert project("export", "teamwork", "-o", name).status == 0
    assert (project.folder / name).read_bytes().lstrip().startswith(start)


def test_without_a_word_it_is_the_page_to_print(project: Program) -> None:
    assert project("export", "teamwork").stdout == "Wrote teamwork.html\n"


def test_losses_are_listed(project: Program) -> None:
    run = project("export", "teamwork", "--format", "canvas")
    assert "  not carried over: the evidence: which assignments count" in run.stdout


def test_the_next_step_is_told_unless_it_is_quiet(project: Program) -> None:
    assert "microcred import teamwork.xlsx" in project("export", "teamwork", "--format", "xlsx").stderr
    assert project("export", "teamwork", "--format", "ods", "--quiet").stderr == ""


def test_a_text_can_be_printed(project: Program) -> None:
    before = project.list()
    run = project("export", "teamwork", "--format", "canvas", "-o", "-")
    assert run.status == 0
    assert run.stdout.startswith("Rubric Name,Criteria Name,")
    assert "not carried over: the evidence" in run.stderr
    assert project.list() == before


def test_a_binary_format_is_not_printed_on_a_terminal(
    project: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project("export", "teamwork", "--format", "xlsx", "-o", "-").status == 0
    monkeypatch.setattr("microcred_cli.cli.export._is_terminal", lambda: True)
    run = project("export", "teamwork", "--format", "xlsx", "-o", "-")
    assert run.status == 2
    assert "xlsx is nothing a terminal can show" in run.stderr
    assert project("export", "teamwork", "--format", "markdown", "-o", "-").status == 0


def test_no_file_that_exists_is_touched(project: Program) -> None:
    project.write("teamwork.md", "mine")
    run = project("export", "teamwork", "--format", "markdown")
    assert run.status == 5
    assert "teamwork.md exists already" in run.stderr
    assert (project.folder / "teamwork.md").read_text() == "mine"


def test_a_rubric_with_errors_is_refused_with_its_findings(project: Program) -> None:
    path = project.folder / RUBRIC
    path.write_text(path.read_text().replace("shown_at: proficient", "shown_at: proficent", 1))
    for name in (RUBRIC, "teamwork"):
        run = project("export", name, "--format", "markdown")
        assert run.status == 1
        assert "unknown-level" in run.stderr
        assert "nothing was written" in run.stderr
        assert run.stdout == ""
    assert "teamwork.md" not in project.list()


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["teamwork", "-o", "-"], 2, "name it with --format"),
        (["teamwork", "-o", "teamwork.docx"], 2, "teamwork.docx does not tell the format"),
        (["teamwrok", "--format", "csv"], 2, "did you mean `teamwork`?"),
        (["none.yaml", "--format", "csv"], 3, "no file or folder none.yaml"),
        (["rubrics/none", "--format", "csv"], 3, "no file or folder rubrics/none"),
        (["gradebook.csv", "--format", "csv"], 2, "gradebook.csv is not a rubric"),
        (["rubrics", "--format", "csv"], 2, "rubrics is a folder"),
        (["", "--format", "csv"], 2, "is a folder"),
    ],
)
def test_wrong_input_is_told(project: Program, arguments: list[str], status: int, message: str) -> None:
    run = project("export", *arguments)
    assert run.status == status
    assert message in run.stderr


def test_outside_a_project_there_are_files_only(program: Program) -> None:
    run = program("export", "teamwork", "--format", "csv")
    assert run.status == 3
    assert "name a rubric's file" in run.stderr


def test_two_rubrics_of_one_id_are_told_apart_by_their_files(project: Program) -> None:
    project.write("rubrics/copy.yaml", (project.folder / RUBRIC).read_bytes())
    run = project("export", "teamwork", "--format", "csv")
    assert run.status == 2
    assert "are both the rubric teamwork" in run.stderr


def test_the_package_for_case_says_when_and_whose(project: Program) -> None:
    project("export", "teamwork", "--format", "case")
    text = (project.folder / "teamwork.json").read_text()
    assert '"creator"' in text
