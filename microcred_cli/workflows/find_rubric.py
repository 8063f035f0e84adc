"""One rubric, by its file or by its id in the project."""

from collections.abc import Iterator
from pathlib import Path

from microcred_cli.files.reading import RUBRIC_SUFFIXES, list_files, read_file
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import MissingInputError, UnknownNameError, UsageError
from microcred_cli.texts.suggest import advise_name
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.lint_inputs import LintInput
from microcred_cli.workflows.read_project import find_project

_NAME_FILE = "name a rubric's file, which ends in .yaml"


def lint_named_rubric(name: str) -> LintedFile:
    """Return what the linter says of the rubric that is meant, a file or an id.

    Raises MissingInputError, UnreadableFileError, UnknownNameError, and UsageError where the name is no
    rubric's or where several rubrics have it.
    """
    path = Path(name)
    if path.suffix.lower() in RUBRIC_SUFFIXES:
        return _lint(path)
    if path.exists():
        if not path.is_dir():
            # The linter shows lines of a rubric; those of a gradebook must not get there.
            raise UsageError(f"{name} is not a rubric", "the name of a rubric ends in .yaml or .yml")
        raise UsageError(f"{name} is a folder", _NAME_FILE)
    if len(path.parts) > 1:
        raise MissingInputError(name, _NAME_FILE)
    return _find_in_project(name)


def _lint(path: Path) -> LintedFile:
    return LintInput(path).lint(read_file(path, MAXIMUM_BYTES))


def _find_in_project(name: str) -> LintedFile:
    files = list(_list_project_files())
    if not files:
        raise MissingInputError(name, f"{_NAME_FILE}; there is no project here whose rubrics have ids")
    linted = [_lint(path) for path in files]
    found = [each for each in linted if _name(each) == name]
    if len(found) > 1:
        raise UsageError(
            f"{found[0].name} and {found[1].name} are both the rubric {name}", "name one of the files"
        )
    if not found:
        raise UnknownNameError(
            f"the project has no rubric {name}", advise_name(name, sorted(map(_name, linted)))
        )
    return found[0]


def _list_project_files() -> Iterator[Path]:
    project = find_project()
    if project is None:
        return
    for path in project.rubrics:
        if path.is_dir():
            yield from list_files(path, RUBRIC_SUFFIXES)
        elif path.is_file():
            yield path


def _name(linted: LintedFile) -> str:
    """Return the id, or of a rubric with errors the name of its file."""
    return Path(linted.name).stem if linted.rubric is None else linted.rubric.id
