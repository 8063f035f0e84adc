"""Which rules count in which file: what its project says, and what was asked for on the command line."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.selection import Selection, keep_selected, read_selection
from microcred_cli.model.file_names import PROJECT_FILE
from microcred_cli.model.finding import Severity
from microcred_cli.workflows.lint_inputs import LintInput

_WEIGHTS = tuple(Severity)


class _Found(NamedTuple):
    """What holds below a folder: that of the nearest project, what is selected there, and what fails."""

    folder: Path
    selection: Selection
    fail_level: Severity = Severity.ERROR


class ChosenRules:
    """The rules that count, file by file: each is linted as the nearest project file above it says.

    A project file with errors says nothing of rules.
    """

    def __init__(
        self, select: Sequence[str] = (), ignore: Sequence[str] = (), fail_level: Severity | None = None
    ) -> None:
        """Take what was asked for: ``select`` in place of what a project selects, ``ignore`` on top of it.

        Raises UnknownNameError.
        """
        self._select = select
        self._ignore = ignore
        self._fail_level = fail_level
        self._known: dict[Path, _Found] = {}
        self._alone = _Found(Path(), read_selection(select, ignore))
        self._faulty: list[Path] = []

    def list_codes(self, path: Path) -> frozenset[str]:
        """Return the codes of the rules that count in a file."""
        found = self._find(path.parent)
        if not found.selection.per_path:
            return found.selection.codes
        return found.selection.choose(Path(os.path.relpath(path, found.folder)).as_posix())

    def keep(self, file: LintedFile) -> LintedFile:
        """Return the file with the findings that count."""
        return keep_selected(file, self.list_codes(Path(file.name))) if file.findings else file

    def fails(self, finding: LintFinding) -> bool:
        """Return whether a finding weighs enough for the exit status 1."""
        fail_level = self._fail_level or self._find(Path(finding.file).parent).fail_level
        failing = _WEIGHTS[: _WEIGHTS.index(fail_level) + 1]
        return finding.counts and finding.severity in failing

    def has_failing(self, files: Sequence[LintedFile]) -> bool:
        """Return whether there is a finding that weighs enough for the exit status 1."""
        return any(self.fails(finding) for file in files for finding in file.findings)

    def list_faulty(self, files: Sequence[LintedFile]) -> list[Path]:
        """Return the project files with errors, met so far, that are not among the linted files."""
        linted = {Path(file.name).resolve() for file in files} if self._faulty else set()
        return [_name_from_here(path) for path in self._faulty if path.resolve() not in linted]

    def _find(self, folder: Path) -> _Found:
        """Return what the nearest project says."""
        found = self._known.get(folder)
        if found is None:
            found = self._known[folder] = self._read(folder)
        return found

    def _read(self, folder: Path) -> _Found:
        project_file = folder / PROJECT_FILE
        if not project_file.is_file():
            above = folder.resolve().parent
            return self._alone if above == folder else self._find(above)
        linted = LintInput(project_file)
        project = linted.lint(linted.read()).project
        if project is None:
            self._faulty.append(project_file)
            return self._alone
        settings = project.lint
        selection = read_selection(
            self._select or settings.select, (*settings.ignore, *self._ignore), settings.per_path
        )
        return _Found(folder, selection, settings.fail_level)


def _name_from_here(path: Path) -> Path:
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # on another drive
        return path
