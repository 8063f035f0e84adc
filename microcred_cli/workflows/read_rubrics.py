"""Rubric files to rubrics, with the same lint that `microcred lint` runs."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file, list_files, read_file
from microcred_cli.linting.engine import LintedFile, lint_rubric
from microcred_cli.model.errors import EmptyInputError, UsageError
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES


@dataclass(frozen=True, slots=True)
class RubricFile:
    """A rubric file as it was read: its bytes, and what the linter says of it."""

    path: Path
    data: bytes
    linted: LintedFile

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def rubric(self) -> Rubric:
        """The rubric; only where the linter found no error."""
        rubric = self.linted.rubric
        assert rubric is not None  # noqa: S101 - callers look at has_errors first
        return rubric

    def locate(self, route: Route) -> Place:
        """Return file, line and column of a route in the rubric."""
        position = LineIndex(self.linted.document.text).position(self.linted.document.span(route).start)
        return Place(f"{self.path.as_posix()}:{position.line}:{position.column}")


def read_rubric_files(paths: Sequence[Path]) -> tuple[RubricFile, ...]:
    """Return the rubrics of the files and folders.

    Raises MissingInputError, EmptyInputError when there is none, and UsageError when two files hold the
    same rubric.
    """
    files: list[Path] = []
    for path in paths:
        files += list_files(path, RUBRIC_SUFFIXES) if path.is_dir() else [path]
    files = list({path.resolve(): path for path in reversed(files)}.values())[::-1]
    if not files:
        raise EmptyInputError(
            ", ".join(map(str, paths)), "a rubric is a .yaml file; `microcred init` makes one"
        )
    for path in files:
        # The linter shows lines of a rubric; those of a gradebook must not get there.
        if path.suffix.lower() not in RUBRIC_SUFFIXES:
            raise UsageError(f"{path} is not a rubric", "the name of a rubric ends in .yaml or .yml")
    read = tuple(_read_rubric_file(path) for path in files)
    seen: dict[str, Path] = {}
    for each in read:
        if each.linted.rubric is None:
            continue
        first = seen.setdefault(each.rubric.id, each.path)
        if first != each.path:
            raise UsageError(
                f"{first} and {each.path} are both the rubric {each.rubric.id}",
                "name one of them with --rubric",
            )
    return read


def _read_rubric_file(path: Path) -> RubricFile:
    data = read_file(path, MAXIMUM_BYTES)
    linted = lint_rubric(path.as_posix(), data, lambda name: is_file(path.parent / name), advise=False)
    return RubricFile(path, data, linted)
