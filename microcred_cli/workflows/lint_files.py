"""Lint what was named on the command line, or what the project consists of."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file, list_files, read_file
from microcred_cli.linting.engine import compare_files, lint_project, lint_rubric
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import EmptyInputError, UsageError
from microcred_cli.schema.project import FILE_NAME
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.read_project import find_project_file

STDIN = "-"
_FOLDER = "rubrics"
_ADVICE = "a rubric is a .yaml file; `microcred init` makes one"

ReadStdin = Callable[[int], bytes]
"""Reads at most that many bytes of the standard input."""


def lint_files(
    paths: Sequence[str], read_stdin: ReadStdin, stdin_name: str | None = None
) -> tuple[LintedFile, ...]:
    """Return the findings of the files and of those in the folders, each file once.

    A file called ``microcred.yaml`` is read as a project file, every other as a rubric. ``-`` is the
    standard input, which takes the place of the file ``stdin_name``. Without a path: the project in the
    current folder, or else its folder ``rubrics``. Raises UsageError, MissingInputError and
    EmptyInputError.
    """
    named = paths or _find_default()
    linted = []
    if STDIN in named:
        linted.append(_lint(Path(stdin_name or "<stdin>"), read_stdin(MAXIMUM_BYTES + 1)))
    seen: set[Path] = set()
    for file in _list_named(path for path in named if path != STDIN):
        identity = file.resolve()
        if identity not in seen:
            seen.add(identity)
            linted.append(_lint(file, read_file(file, MAXIMUM_BYTES)))
    if not linted:
        raise EmptyInputError(", ".join(named), _ADVICE)
    return compare_files(linted)


def _find_default() -> list[str]:
    """Return what is linted when nothing is named: the project here or above, or the rubrics folder."""
    project_file = find_project_file()
    if project_file is not None:
        project = _lint(project_file, read_file(project_file, MAXIMUM_BYTES)).project
        usual = project is None or project.rubrics == (_FOLDER,)
        named = [project_file.parent / name for name in ((_FOLDER,) if project is None else project.rubrics)]
        # A project file with errors, or one that names no rubrics, may have none in the usual place.
        return [str(project_file), *(str(path) for path in named if path.exists() or not usual)]
    if Path(_FOLDER).is_dir():
        return [_FOLDER]
    raise UsageError(
        f"there is neither {FILE_NAME} nor a folder {_FOLDER} here",
        "name the files or folders: microcred lint PATH",
    )


def _list_named(paths: Iterable[str]) -> list[Path]:
    """Return the files, and in the place of folders the YAML files in them."""
    files: list[Path] = []
    for path in map(Path, paths):
        files += list_files(path, RUBRIC_SUFFIXES) if path.is_dir() else [path]
    return files


def _lint(path: Path, data: bytes) -> LintedFile:
    name = path.as_posix()
    if path.name == FILE_NAME:
        return lint_project(name, data)
    return lint_rubric(name, data, lambda image: is_file(path.parent / image))
