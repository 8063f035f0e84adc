"""docs/first-rubric.md: a teacher who types what it says gets what it says."""

import os
import re
import shlex

import pytest

from tests.cli.program import Program
from tests.integrations.guide import list_commands
from tests.shared import ROOT

GUIDE = (ROOT / "docs" / "first-rubric.md").read_text(encoding="utf-8")
RUBRIC = ROOT / "rubrics" / "soft-skills" / "oral-communication.yaml"


@pytest.mark.skipif(os.name == "nt", reason="the commands are written for a POSIX shell")
def test_the_commands_work_in_their_order(program: Program) -> None:
    ran = []
    for command, _ in list_commands(GUIDE):
        words = shlex.split(command)
        if words[0] == "cd":
            program.folder /= words[1]
            continue
        assert words[0] == "microcred"
        run = program(*words[1:])
        assert run.status == 0, (command, run.output)
        ran.append(words[1])
    assert set(ran) == {"rubrics", "init", "assess", "lint", "inspect", "export"}
    assert (program.folder / "out" / "reports" / "index.html").exists()
    assert {path.suffix for path in program.folder.glob("oral-communication.*")} == {".html", ".xlsx"}


def test_what_it_shows_of_the_rubric_stands_there() -> None:
    (snippet,) = re.findall(r"^```yaml\n(.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    text = RUBRIC.read_text(encoding="utf-8")
    for piece in snippet.split("subcompetencies:\n"):
        assert piece.strip("\n") in text


def test_the_award_it_suggests_is_one_of_that_rubric(program: Program) -> None:
    (award,) = re.findall(r"`(award: \{.*)`", GUIDE)
    text = re.sub(r"^award: .*", award, RUBRIC.read_text(encoding="utf-8"), flags=re.MULTILINE)
    program.write("talk.yaml", re.sub(r"^  image: .*\n", "", text, flags=re.MULTILINE))
    assert program("lint", "talk.yaml").stdout == "Nothing found in 1 file.\n"


@pytest.mark.parametrize("target", re.findall(r"\]\(([^):#]+)", GUIDE))
def test_every_link_leads_somewhere(target: str) -> None:
    assert (ROOT / "docs" / target).is_file()
