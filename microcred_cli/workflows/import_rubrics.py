"""Bring rubrics of other tools into the project, each as a file that people can edit."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.draft import Draft, Loss
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.files.reading import RUBRIC_SUFFIXES, read_file
from microcred_cli.files.writing import write_new_files
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import UsageError
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.texts.slugs import make_slug
from microcred_cli.texts.yaml_reader import MAXIMUM_NODES
from microcred_cli.workflows.lint_inputs import LintInput
from microcred_cli.workflows.read_project import choose_rubrics_folder, find_project

STDOUT = "-"


class ImportedRubric(NamedTuple):
    """A rubric as it was written: where, what linting finds in it, and what could not be carried over.

    ``remarks`` are the comments that somebody should look at, with the lines behind which they stand, and
    ``parts`` the number of its sub-competencies.
    """

    path: Path
    file: LintedFile
    text: str
    losses: tuple[Loss, ...]
    remarks: Mapping[str, list[str]]
    parts: int


class RubricImport(NamedTuple):
    """What came of an import. With problems nothing was written."""

    system: str
    rubrics: tuple[ImportedRubric, ...]
    problems: tuple[Problem, ...]


def import_rubrics(source: Path, target: str | None = None) -> RubricImport:
    """Write the rubrics in a file as rubric files, none of which may exist yet.

    ``target`` is a folder, or a file whose name ends in .yaml where there is one rubric only; with ``-``
    nothing is written. Without it they go to the project's rubrics, or to the current folder. Raises
    MissingInputError, UnreadableFileError, UsageError, ExistingFileError and UnwritableError.
    """
    imported = read_rubrics(source.name, read_file(source, MAXIMUM_BYTES))
    if imported.problems:
        return RubricImport(imported.system, (), imported.problems)
    problems = tuple(_find_too_large(source.name, imported.drafts))
    if problems:
        return RubricImport(imported.system, (), problems)
    drafts = _separate_ids(imported.drafts)
    rubrics = []
    for path, draft in zip(_choose_paths(drafts, target), drafts, strict=True):
        text = write_draft(draft)
        file = LintInput(path).lint(text.encode())
        remarks, parts = _find_remarks(text, draft), len(draft.tree["subcompetencies"])
        rubrics.append(ImportedRubric(path, file, text, draft.losses, remarks, parts))
    if rubrics and target != STDOUT:
        folder = rubrics[0].path.parent
        write_new_files(folder, {rubric.path.name: rubric.text.encode() for rubric in rubrics})
    return RubricImport(imported.system, tuple(rubrics), ())


def _find_remarks(text: str, draft: Draft) -> dict[str, list[str]]:
    lines = list(enumerate(text.split("\n"), start=1))
    return {
        remark: [
            f"{number} ({line.removesuffix(end).strip()})"
            for end in [f"# {remark}"]
            for number, line in lines
            if line.endswith(end)
        ]
        for remark in dict.fromkeys(draft.remarks.values())
    }


def _find_too_large(file: str, drafts: Sequence[Draft]) -> Iterator[Problem]:
    """Yield a problem for each rubric whose file nobody could read again; to write it would take minutes."""
    for draft in drafts:
        values = _count_values(draft.tree)
        if values > MAXIMUM_NODES:
            title = shorten(draft.tree["title"])
            message = f"the rubric “{title}” has {values:,} values; at most {MAXIMUM_NODES:,} are read"
            yield Problem(message, Place(file), "divide it, or leave out what is no criterion of it")


def _count_values(value: Any) -> int:
    if isinstance(value, Mapping):
        return 1 + len(value) + sum(map(_count_values, value.values()))
    return 1 + (sum(map(_count_values, value)) if isinstance(value, list) else 0)


def _separate_ids(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts, each with an id of its own."""
    taken: set[str] = set()
    separated = []
    for draft in drafts:
        slug = draft.tree["id"]
        if slug in taken:
            slug = make_slug(slug, taken)
        taken.add(slug)
        separated.append(draft._replace(tree={**draft.tree, "id": slug}))
    return separated


def _choose_paths(drafts: Sequence[Draft], target: str | None) -> list[Path]:
    if target is not None and target.lower().endswith(RUBRIC_SUFFIXES):
        if len(drafts) != 1:
            message = f"there are {len(drafts)} rubrics in this file, so {target} is no place for them"
            raise UsageError(message, "name a folder with --to")
        return [Path(target)]
    folder = choose_rubrics_folder(find_project()) if target in {None, STDOUT} else Path(target or "")
    return [folder / f"{name}.yaml" for name in _name_files(drafts)]


def _name_files(drafts: Sequence[Draft]) -> Iterator[str]:
    """Yield a name for each file: the id, made one where it is none, as it may say any path."""
    taken: set[str] = set()
    for draft in drafts:
        taken.add(name := make_slug(draft.tree["id"], taken, "rubric"))
        yield name
