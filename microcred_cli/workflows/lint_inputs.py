"""What there is to lint: the files that were named, or those of the project, each with its surroundings."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file, list_files, read_beside, read_file
from microcred_cli.linting.engine import lint_project, lint_rubric
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import EmptyInputError, UsageError
from microcred_cli.model.file_names import PROJECT_FILE
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.find_project_file import find_project_file

STDIN = "-"
_FOLDER = "rubrics"
_MAXIMUM_PICTURE = 1_000_000  # more than any badge may carry
_ADVICE = "a rubric is a .yaml file; `microcred init` makes one"

ReadStdin = Callable[[int], bytes]
"""Reads at most that many bytes of the standard input."""


class LintOrder(NamedTuple):
    """What was named, how to read the standard input, and the name that it has."""

    paths: Sequence[str]
    read_stdin: ReadStdin
    stdin_name: str | None = None


class LintInput(NamedTuple):
    """A file to lint; ``data`` is what the standard input holds in its place."""

    path: Path
    data: bytes | None = None

    def read(self) -> bytes:
        """Return the bytes to lint. Raises MissingInputError, UnreadableFileError and UsageError."""
        return read_file(self.path, MAXIMUM_BYTES) if self.data is None else self.data

    def lint(self, data: bytes) -> LintedFile:
        """Return what these bytes would hold in the place of the file, and what is wrong with them."""
        name, beside = self.path.as_posix(), self.path.parent
        if self.path.name == PROJECT_FILE:
            return lint_project(name, data, lambda path: (beside / path).exists())
        return lint_rubric(
            name,
            data,
            lambda image: is_file(beside / image),
            lambda image: read_beside(beside / image, _MAXIMUM_PICTURE),
        )


def gather_inputs(order: LintOrder) -> tuple[LintInput, ...]:
    """Return what is to be linted, each file once.

    A file called ``microcred.yaml`` is a project file, every other a rubric. ``-`` is the standard input,
    which takes the place of the file of its name. Without a path: the project in the current folder or
    above, or else its folder ``rubrics``. Raises UsageError and EmptyInputError.
    """
    named = order.paths or _find_default()
    inputs = []
    if STDIN in named:
        inputs.append(LintInput(Path(order.stdin_name or "<stdin>"), order.read_stdin(MAXIMUM_BYTES + 1)))
    seen: set[Path] = set()
    for file in _list_named(path for path in named if path != STDIN):
        identity = _resolve(file)
        if identity not in seen:
            seen.add(identity)
            inputs.append(LintInput(file))
    if not inputs:
        raise EmptyInputError(", ".join(named), _ADVICE)
    return tuple(inputs)


def _find_default() -> list[str]:
    """Return what is linted when nothing is named: the project here or above, or the rubrics folder."""
    project_file = find_project_file()
    if project_file is not None:
        project = LintInput(project_file)
        read = project.lint(project.read()).project
        # A project file with errors may have its rubrics in the usual place.
        names = (_FOLDER,) if read is None else read.rubrics
        paths = [project_file.parent / name for name in names]
        # Where one is missing, the linter says so of the project file.
        return [str(project_file), *(str(path) for path in paths if path.exists())]
    if Path(_FOLDER).is_dir():
        return [_FOLDER]
    raise UsageError(
        f"there is neither {PROJECT_FILE} nor a folder {_FOLDER} here",
        "name the files or folders: microcred lint PATH",
    )


def _list_named(paths: Iterable[str]) -> list[Path]:
    """Return the files, and in the place of folders the YAML files in them."""
    files: list[Path] = []
    for path in map(Path, paths):
        files += list_files(path, RUBRIC_SUFFIXES) if path.is_dir() else [path]
    return files


def _resolve(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path.absolute()
