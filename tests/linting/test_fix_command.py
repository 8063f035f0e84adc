"""`microcred lint --fix`, `--unsafe-fixes` and `--diff` as a user runs them."""

import shutil
import subprocess
import sys

import pytest

from tests.cli.program import Program
from tests.linting.samples import PROJECT, edit_rubric

CLEAN = edit_rubric("  image: teamwork.svg\n", "")
# One slip that leaves no doubt, one that does.
SLIP = CLEAN.replace("source: instructor", "source: Instructor   # who marks it")
DOUBT = CLEAN.replace("shown_at: proficient", "shown_at: profficient")
BOTH = SLIP.replace("shown_at: proficient", "shown_at: profficient")


def test_fix_mends_what_leaves_no_doubt(program: Program) -> None:
    program.write("a.yaml", BOTH)
    run = program("lint", "a.yaml", "--fix")
    assert run.stderr == "Fixed 1 finding in 1 file.\n"
    assert "unknown-level" in run.stdout
    assert "unknown-source" not in run.stdout
    assert run.status == 1
    assert (program.folder / "a.yaml").read_text(encoding="utf-8") == DOUBT.replace(
        "source: instructor", "source: instructor   # who marks it"
    )


def test_unsafe_fixes_mend_the_rest(program: Program) -> None:
    program.write("a.yaml", BOTH)
    run = program("lint", "a.yaml", "--fix", "--unsafe-fixes")
    assert run.stderr == "Fixed 2 findings in 1 file.\n"
    assert run.status == 0
    assert "profficient" not in (program.folder / "a.yaml").read_text(encoding="utf-8")


def test_unsafe_fixes_alone_change_nothing(program: Program) -> None:
    program.write("a.yaml", BOTH)
    run = program("lint", "a.yaml", "--unsafe-fixes")
    assert run.status == 2
    assert "add --diff to see" in run.stderr
    assert (program.folder / "a.yaml").read_text(encoding="utf-8") == BOTH


def test_diff_shows_and_changes_nothing(program: Program) -> None:
    program.write("r/a.yaml", BOTH)
    program.write("r/b.yaml", CLEAN.replace("id: teamwork", "id: other"))
    run = program("lint", "r", "--diff")
    assert run.stdout.splitlines()[:2] == ["--- a/r/a.yaml", "+++ b/r/a.yaml"]
    assert "-        source: Instructor   # who marks it" in run.stdout
    assert "+        source: instructor   # who marks it" in run.stdout
    assert "profficient" not in "".join(line for line in run.stdout.splitlines() if line.startswith("+"))
    assert run.stderr == "Would fix 1 finding in 1 file.\n"
    assert run.status == 1
    assert (program.folder / "r/a.yaml").read_text(encoding="utf-8") == BOTH
    clean = program("lint", "r/b.yaml", "--diff")
    assert (clean.stdout, clean.stderr, clean.status) == ("", "There is nothing to fix without a doubt.\n", 0)


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_git_takes_the_diff(program: Program, end: str) -> None:
    text = SLIP.replace("\n", end) if end else f"{SLIP.rstrip()} # last"
    path = program.write("a.yaml", text)
    command = [sys.executable, "-m", "microcred_cli", "lint", "a.yaml", "--diff"]
    shown = subprocess.run(command, cwd=program.folder, capture_output=True, check=False)
    program.write("change.diff", shown.stdout)
    git = shutil.which("git")
    assert git is not None
    subprocess.run([git, "apply", "change.diff"], cwd=program.folder, check=True)
    patched = path.read_bytes()
    program.write("a.yaml", text)
    program("lint", "a.yaml", "--fix")
    assert path.read_bytes() == patched != text.encode()


def test_ignored_findings_are_not_fixed(program: Program) -> None:
    program.write("a.yaml", SLIP)
    assert program("lint", "a.yaml", "--fix", "--ignore", "unknown-source").status == 0
    assert (program.folder / "a.yaml").read_text(encoding="utf-8") == SLIP


def test_the_standard_input_comes_back_mended(program: Program) -> None:
    run = program("lint", "-", "--fix", stdin=BOTH)
    assert run.stdout == BOTH.replace("Instructor", "instructor")
    assert "Fixed 1 finding in 1 file." in run.stderr
    assert "unknown-level" in run.stderr
    assert run.status == 1
    assert program("lint", "-", "a.yaml", "--fix", stdin=BOTH).status == 2
    shown = program("lint", "-", "--diff", "--stdin-filename", "r/a.yaml", stdin=BOTH)
    assert shown.stdout.startswith("--- a/r/a.yaml\n")


def test_a_file_that_cannot_be_read_as_text_is_left_alone(program: Program) -> None:
    program.write("a.yaml", SLIP.encode() + b"\xff")
    run = program("lint", "a.yaml", "--fix")
    assert run.status == 1
    assert (program.folder / "a.yaml").read_bytes() == SLIP.encode() + b"\xff"


def test_a_read_only_file_is_left_alone(program: Program) -> None:
    path = program.write("a.yaml", SLIP)
    path.chmod(0o444)
    run = program("lint", "a.yaml", "--fix")
    assert run.status == 5
    assert "a.yaml cannot be written" in run.stderr
    assert path.read_text(encoding="utf-8") == SLIP


def test_the_project_file_is_mended_too(program: Program) -> None:
    program.write("microcred.yaml", PROJECT.replace("results: levels", "results: Levels"))
    program.write("rubrics/a.yaml", SLIP)
    assert program("lint", "--fix").stderr == "Fixed 2 findings in 2 files.\n"
    assert program("lint").status == 0


def test_quiet_and_an_output_file(program: Program) -> None:
    program.write("a.yaml", BOTH)
    run = program("lint", "a.yaml", "--fix", "--quiet", "--format", "concise", "--output-file", "left.txt")
    assert run.output == ""
    assert "unknown-level" in (program.folder / "left.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("option", [("--format", "json"), ("--statistics",), ("--output-file", "x")])
def test_a_diff_is_no_report(program: Program, option: tuple[str, ...]) -> None:
    program.write("a.yaml", BOTH)
    run = program("lint", "a.yaml", "--diff", *option)
    assert run.status == 2
    assert "leave out" in run.stderr


def test_a_diff_commands_no_runner(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    item = "item: |-\n          ::error file=README.md::forged\n          ##[error]forged\n"
    program.write("a.yaml", SLIP.replace("item: Review\n", item, 1))
    lines = program("lint", "a.yaml", "--diff").stdout.splitlines()
    assert lines[0].startswith("::stop-commands::")
    assert lines[-1] == f"::{lines[0].removeprefix('::stop-commands::')}::"


def test_a_name_cannot_forge_the_head_of_a_diff(program: Program) -> None:
    name = 'a\n+++ b"x.yaml'
    program.write(name, SLIP)
    shown = program("lint", name, "--diff").stdout.splitlines()
    assert shown[:2] == [
        f'{sign} "{side}/a\\012+++ b\\042x.yaml"' for sign, side in (("---", "a"), ("+++", "b"))
    ]


def test_a_file_with_a_second_name_is_left_alone(program: Program) -> None:
    path = program.write("a.yaml", SLIP)
    (program.folder / "b.yaml").hardlink_to(path)
    run = program("lint", "a.yaml", "--fix")
    assert run.status == 5
    assert "hard links" in run.stderr
    assert path.read_text(encoding="utf-8") == SLIP
