"""The shared valid rubrics and project file, and ways to lint what was made of them."""

from pathlib import Path

from microcred_cli.linting.engine import lint_project, lint_rubric
from microcred_cli.linting.record import LintedFile

HERE = Path(__file__).parent
RUBRIC = (HERE / "rubric.yaml").read_text(encoding="utf-8")
RICH = (HERE / "rich.yaml").read_text(encoding="utf-8")
"""A rubric of sound structure that says what a rubric can say beyond the other one."""
PROJECT = (HERE / "project.yaml").read_text(encoding="utf-8")


def lint_text(text: str, name: str = "rubric.yaml") -> LintedFile:
    """Lint a rubric beside which there is one picture."""
    return lint_rubric(name, text.encode(), lambda image: image == "teamwork.svg")


def lint_project_text(text: str) -> LintedFile:
    return lint_project("microcred.yaml", text.encode())


def edit_rubric(old: str, new: str) -> str:
    """Return the valid rubric with one thing changed; it must be there once or the first one is meant."""
    assert old in RUBRIC, old
    return RUBRIC.replace(old, new, 1)
