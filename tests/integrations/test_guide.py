"""docs/linting.md: every command is run, and every piece of YAML does what is said of it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from microcred_cli.cli.lint_report import LintFormat
from tests.cli.program import Program
from tests.integrations.guide import GUIDE, list_commands, read_section, read_snippet
from tests.linting.samples import edit_rubric
from tests.shared import ROOT

COMMANDS = [each for each in list_commands(GUIDE) if not each[0].startswith("pre-commit ")]
RUBRIC = "rubrics/teamwork.yaml"
# What the text says was typed wrong before a command.
MISTAKES = {
    f"microcred lint {RUBRIC}": ("shown_at: proficient ", "shown_at: profficient "),
    "microcred rule MC201": ("shown_at: profficient ", "shown_at: proficient "),
}


@pytest.mark.skipif(os.name == "nt", reason="the commands are written for a POSIX shell")
def test_the_commands_work_in_their_order(tmp_path: Path) -> None:
    folder = tmp_path
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    for command, output in COMMANDS:
        if command in MISTAKES:
            path = folder / RUBRIC
            text = path.read_text(encoding="utf-8")
            assert text.count(MISTAKES[command][0]) == 1
            path.write_text(text.replace(*MISTAKES[command]), encoding="utf-8")
        if command.startswith("cd "):
            folder /= command.removeprefix("cd ")
            continue
        shell = ["bash", "-c", command]
        run = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == (1 if output else 0), (command, run.stdout, run.stderr)
        assert output in run.stdout, command
    assert {path.name for path in folder.glob("microcred.*")} == {
        "microcred.yaml",
        "microcred.xml",
        "microcred.sarif",
    }
    assert len(list((folder / "schema").iterdir())) == 2


def test_every_command_in_passing_works(project: Program) -> None:
    lines = set(re.findall(r"`(microcred [^`…]+)`", GUIDE)) - {"microcred assess"}
    assert {f"microcred {name}" for name in ("lint", "rule")} < lines
    for line in sorted(lines):
        assert project(*line.split()[1:]).status == 0, line


def test_every_option_is_one(project: Program) -> None:
    known = project("lint", "--help").stdout
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", GUIDE)) - {"--all-files", "--quiet"}:
        assert f"{option} " in known, option


def test_every_format_is_listed() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", read_section("In CI"), re.MULTILINE)
    assert set(listed) == {each.value for each in LintFormat}


def test_a_finding_is_passed_over_as_shown(program: Program) -> None:
    text = edit_rubric("  image: teamwork.svg\n", "").replace(
        "shown_at: proficient\n", read_snippet("Suppressing")
    )
    program.write("a.yaml", text)
    run = program("lint", "a.yaml", "--fail-level", "info")
    assert run.status == 0, run.output
    assert "1 suppressed" in run.stdout


def test_the_settings_count(project: Program) -> None:
    project_file = project.folder / "microcred.yaml"
    project.write("rubrics/drafts/notes.txt", "none of ours")
    project.write("microcred.yaml", project_file.read_text(encoding="utf-8") + read_snippet("What counts"))
    assert project("lint").stdout == "Nothing found in 2 files.\n"
    text = (project.folder / RUBRIC).read_text(encoding="utf-8")
    project.write(RUBRIC, text.replace("shown_at: proficient ", "shown_at: beginning "))
    assert project("lint").status == 1


def test_the_modelines_lead_to_the_schemas(project: Program) -> None:
    first = (project.folder / RUBRIC).read_text(encoding="utf-8").splitlines()[0]
    assert read_snippet("While you type") == f"{first}\n"
    (modeline,) = re.findall(r"`(# yaml-language-server: [^`]+)`", GUIDE)
    written = [command for command, _ in COMMANDS if command.startswith("microcred schema project > ")]
    assert written == [f"microcred schema project > {modeline.partition('$schema=')[2]}"]


@pytest.mark.parametrize("target", re.findall(r"\]\(([^):]+)\)", GUIDE))
def test_every_link_leads_somewhere(target: str) -> None:
    name, _, anchor = target.partition("#")
    page = (ROOT / "docs" / name).read_text(encoding="utf-8") if name else GUIDE
    headings = {
        re.sub(r"[^\w -]", "", title).lower().replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    }
    assert not anchor or anchor in headings
