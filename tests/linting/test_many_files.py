"""Linting in several processes says what linting one file after the other does."""

from pathlib import Path

import pytest

from microcred_cli.linting.formats import json as json_format
from microcred_cli.linting.formats import text
from microcred_cli.model.errors import UnreadableFileError
from microcred_cli.workflows import lint_many as many
from microcred_cli.workflows.choose_rules import ChosenRules
from microcred_cli.workflows.lint_files import lint_files
from microcred_cli.workflows.lint_inputs import LintInput, LintOrder
from tests.linting.samples import edit_rubric

CLEAN = edit_rubric("  image: teamwork.svg\n", "")
COUNT = 65


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of rubrics: clean ones, warned and mistaken ones, contradictions and a circle."""
    for number in range(COUNT):
        text_ = CLEAN.replace("id: teamwork", f"id: r{number}")
        if number % 10 == 3:
            text_ = text_.replace("shown_at: proficient", "shown_at: profficient")
        if number % 10 == 4:
            text_ = text_.replace("shown_at: proficient", "shown_at: beginning")
        if number in (50, 51):
            text_ = text_.replace(f"id: r{number}", "id: same").replace("title: Listens", f"title: L{number}")
        if number in (60, 61):
            text_ = text_.replace("award: {all: [", f"award: {{all: [{{held: r{121 - number}}}, ")
        (tmp_path / f"r{number:03}.yaml").write_text(text_, encoding="utf-8")
    return tmp_path


def list_inputs(folder: Path) -> list[LintInput]:
    return [LintInput(path) for path in sorted(folder.glob("*.yaml"))]


def test_the_same_findings_in_the_same_order(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    order = LintOrder(["."], lambda _: b"")
    monkeypatch.setattr("microcred_cli.workflows.lint_files.MANY", COUNT - 1)
    together = lint_files(order, ChosenRules())
    monkeypatch.setattr("microcred_cli.workflows.lint_files.MANY", COUNT + 1)
    one_by_one = lint_files(order, ChosenRules())
    assert json_format.render(together) == json_format.render(one_by_one)
    assert text.render(together) == text.render(one_by_one)
    slugs = {each.slug for file in together for each in file.findings}
    assert {"unknown-level", "shown-at-lowest", "conflicting-version", "held-in-a-circle"} <= slugs


def test_a_file_that_cannot_be_read_ends_it(folder: Path) -> None:
    inputs = list_inputs(folder)
    inputs.insert(30, LintInput(Path("/dev/null")))
    with pytest.raises(UnreadableFileError) as caught:
        many.lint_many(inputs)
    assert caught.value.advice == "it is not a regular file"


def test_without_further_processes_it_takes_longer(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = many.lint_many(list_inputs(folder))

    def refuse(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(many, "ProcessPoolExecutor", refuse)
    assert json_format.render(many.lint_many(list_inputs(folder))) == json_format.render(expected)
