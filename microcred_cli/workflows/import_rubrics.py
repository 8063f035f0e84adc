"""Bring rubrics of other tools into the project, each as a file that people can edit."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.draft import Draft, Loss
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.files.reading import RUBRIC_SUFFIXES, read_file
from microcred_cli.files.writing import write_new_files
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import UsageError
from microcred_cli.model.problem import Problem
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.texts.slugs import make_slug
from microcred_cli.workflows.lint_inputs import LintInput
from microcred_cli.workflows.read_project import choose_rubrics_folder, find_project

STDOUT = "-"


class ImportedRubric(NamedTuple):
    """A rubric as it was written: where, what linting finds in it, and what could not be carried over.

    ``remarks`` are the comments that somebody should look at, with the lines behind which they stand.
    """

    path: Path
    file: LintedFile
    text: str
    losses: tuple[Loss, ...]
    remarks: Mapping[str, list[str]]


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
    drafts = _separate_ids(imported.drafts)
    rubrics = []
    for path, draft in zip(_choose_paths(drafts, target), drafts, strict=True):
        text = write_draft(draft)
        file = LintInput(path).lint(text.encode())
        rubrics.append(ImportedRubric(path, file, text, draft.losses, _find_remarks(text, draft)))
    if rubrics and target != STDOUT:
        folder = rubrics[0].path.parent
        write_new_files(folder, {rubric.path.name: rubric.text.encode() for rubric in rubrics})
    return RubricImport(imported.system, tuple(rubrics), ())


def _find_remarks(text: str, draft: Draft) -> dict[str, list[str]]:
    lines = list(enumerate(text.splitlines(), start=1))
    return {
        remark: [
            f"{number} ({line.removesuffix(end).strip()})"
            for end in [f"# {remark}"]
            for number, line in lines
            if line.endswith(end)
        ]
        for remark in dict.fromkeys(draft.remarks.values())
    }


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
    if target is not None and target.endswith(RUBRIC_SUFFIXES):
        if len(drafts) != 1:
            message = f"there are {len(drafts)} rubrics in this file, so {target} is no place for them"
            raise UsageError(message, "name a folder with --to")
        return [Path(target)]
    folder = choose_rubrics_folder(find_project()) if target in {None, STDOUT} else Path(target or "")
    return [folder / f"{draft.tree['id']}.yaml" for draft in drafts]
