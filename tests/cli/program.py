"""Running the program as a user does, in this process so that coverage sees it."""

import csv
import functools
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from microcred_cli.cli.app import make_app

APP = make_app()
build_command = functools.cache(get_command)
"""Typer's runner builds all commands anew each time, which takes longer than many of them."""


@dataclass(frozen=True)
class Run:
    """What a command printed and ended with."""

    stdout: str
    stderr: str
    status: int

    @property
    def output(self) -> str:
        """Both streams."""
        return self.stdout + self.stderr


class Program:
    """The program in a folder."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self._monkeypatch = monkeypatch
        monkeypatch.setattr("typer.testing._get_command", build_command)

    def __call__(self, *arguments: str, stdin: str | bytes | None = None) -> Run:
        """Run the program with these arguments; no traceback may ever show."""
        self._monkeypatch.chdir(self.folder)
        result = CliRunner().invoke(APP, list(arguments), input=stdin)
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return Run(result.stdout, result.stderr, result.exit_code)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file into the folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def list(self) -> list[str]:
        """Return the files of the folder, relative, sorted."""
        return sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()
        )


def read_table(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV table by heading."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
