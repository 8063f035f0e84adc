"""Every command and flag of the README is run, in the order in which a reader meets them."""

import re
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from microcred_cli.cli import issue, passphrase
from microcred_cli.cli.app import make_app
from tests.cli.program import Program
from tests.exchange.test_canvas_rubric import TEAM as CANVAS_RUBRIC
from tests.shared import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
COMMANDS = [
    line[2:].split("#")[0].strip() for block in BLOCKS for line in block.splitlines() if line.startswith("$ ")
]
INLINE = sorted(set(re.findall(r"`(microcred [^`…]+)`", README)))


def read_rubric_items() -> list[str]:
    """Return the evidence items of the rubric that `init` gives."""
    text = (ROOT / "rubrics" / "soft-skills" / "teamwork.yaml").read_text(encoding="utf-8")
    return sorted(set(re.findall(r"- item: (.+)", text)))


@pytest.fixture(autouse=True)
def _somebody_who_types(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer where a reader of the README would be asked for a passphrase, or whether to sign."""
    for question in ("ask_passphrase", "choose_passphrase"):
        monkeypatch.setattr(passphrase, question, lambda *_, **__: b"correct horse")
    monkeypatch.setattr(issue, "ask_whether_to_sign", lambda *_, **__: None)


def list_options(command: Any) -> set[str]:
    """Return the options of a command, and of all in it where it is a group."""
    options = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
    for inner in getattr(command, "commands", {}).values():
        options |= list_options(inner)
    return options


def test_the_commands_of_the_readme_work_in_their_order(program: Program) -> None:
    folder = program.folder
    ran = []
    for line in COMMANDS:
        words = shlex.split(line)
        if words[0] == "cd":
            folder = folder / words[1]
        elif words[0] == "microcred":
            program.folder = folder
            run = program(*words[1:])
            assert run.status == 0, (line, run.output)
            ran.append(words[1])
        else:
            assert words[0] == "make", f"what is {line}?"
    assert {"init", "lint", "inspect", "assess", "explain", "key", "issue", "verify"} <= set(ran)


# What a command in passing needs to be done before it, in this order.
BEFORE = {
    "report": 1,
    "audit": 1,
    "diff": 1,
    "explain": 1,
    "issue": 2,
    "key": 2,
    "verify": 3,
}
STANDS_FOR = {"BEFORE": "out", "AFTER": "gradebook.csv"}
MARKS = "learner,item,score,possible,rater\n" + "".join(
    f"s{learner},{item},{score},4,{rater}\n"
    for learner in range(12)
    for item in read_rubric_items()
    for rater, score in (("Kim", 2), ("Lee", 3 - learner % 2))
)
STEPS = (("assess", "gradebook.csv"), ("key", "new"), ("issue",))


@pytest.mark.parametrize("line", INLINE)
def test_commands_in_passing_work_in_a_project(program: Program, line: str) -> None:
    assert program("init").status == 0
    program.write("marks.csv", MARKS)
    program.write("rubrics.csv", CANVAS_RUBRIC)
    words = [STANDS_FOR.get(word, word) for word in shlex.split(line)[1:]]
    for step in STEPS[: BEFORE.get(words[0], 0)]:
        assert program(*step).status == 0
    run = program(*words, *(["badges"] if words == ["verify"] else []))
    assert run.status == (2 if words == ["init"] else 0) or words[0] == "init", run.output


def test_every_make_target_named_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)`|\$ make ([a-z-]+)", README)) != set()
    for pair in re.findall(r"`make ([a-z-]+)`|\$ make ([a-z-]+)", README):
        assert set(pair) - {""} <= targets


def test_every_command_is_in_the_readme_and_every_flag_of_it_exists() -> None:
    root = get_command(make_app())
    for name in root.commands:  # type: ignore[attr-defined]
        assert re.search(rf"microcred {name}\b|`{name}`", README), name
    flags = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert flags <= list_options(root) | {"--help"}


@pytest.mark.parametrize("target", re.findall(r"\]\(([^)#:]+)\)", README))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / target).exists()


def test_the_targets_of_the_makefile_have_a_purpose() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        if re.match(r"(demo|test|test-all|check|fix|bench|wheel|lock|docs|clean):", line):
            assert lines[number - 1].startswith("# "), line


def test_ci_runs_both_commands_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    text = script.read_text(encoding="utf-8")
    assert "make demo" in text
    assert "make test" in text
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0  # noqa: S607
    assert Path(script).stat().st_mode & 0o111
