"""docs/exchange.md: its commands run, and its table says what is so."""

import os
import re
import shlex

import pytest

from microcred_cli.model.rubric_format import RubricFormat
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml
from tests.cli.program import Program
from tests.integrations.guide import list_commands
from tests.shared import ROOT

PAGE = (ROOT / "docs" / "exchange.md").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="the commands are written for a POSIX shell")
def test_the_commands_work_in_their_order(program: Program) -> None:
    for command, _ in list_commands(PAGE):
        words = shlex.split(command)
        if words[0] == "cd":
            program.folder /= words[1]
            continue
        run = program(*words[1:])
        assert run.status == 0, (command, run.output)
    first, _ = read_rubric(read_yaml((program.folder / "rubrics" / "teamwork.yaml").read_bytes()))
    second, _ = read_rubric(read_yaml((program.folder / "rubrics" / "second.yaml").read_bytes()))
    assert first == second is not None


def test_every_format_is_in_the_table() -> None:
    named = set(
        re.findall(r"`([a-z-]+)`", " ".join(line for line in PAGE.splitlines() if line.startswith("|")))
    )
    assert named == {each.value for each in RubricFormat}
