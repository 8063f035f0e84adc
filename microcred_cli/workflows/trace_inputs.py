"""The inputs of a stored assessment, where they are now, and how to decide by them again."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from microcred_cli.assessment.held import HeldTable
from microcred_cli.assessment.manifest import SKIP_INVALID
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.assessment import InputFile, Manifest
from microcred_cli.model.award import Held, list_leaves
from microcred_cli.model.errors import BrokenAssessmentError
from microcred_cli.model.results import Badge
from microcred_cli.model.settings import GradebookSettings, split_headings
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark
from microcred_cli.workflows.gather_inputs import Inputs, Sources
from microcred_cli.workflows.read_assessment import MAXIMUM_BYTES
from microcred_cli.workflows.read_project import find_project
from microcred_cli.workflows.read_rubrics import RubricFile


@dataclass(frozen=True, slots=True)
class TracedInput:
    """An input as the manifest names it, and where it is now; ``path`` None: it is not there any more."""

    recorded: InputFile
    path: Path | None
    sha256: str | None

    @property
    def is_same(self) -> bool:
        """Whether it is there, byte for byte as it was."""
        return self.sha256 == self.recorded.sha256


def trace_inputs(manifest: Manifest, folder: Path) -> tuple[TracedInput, ...]:
    """Return where the inputs of the assessment in a folder are now.

    Paths are as the user gave them then: seen from here, from the project, or from where the folder lies. A
    file with the recorded digest goes before one that only has the name. Raises UnreadableFileError, and
    BrokenAssessmentError for a manifest that says nonsense.
    """
    if not _makes_sense(manifest):
        raise BrokenAssessmentError(str(folder), "run `microcred assess` again")
    project = find_project()
    bases = [Path(), *([] if project is None else [project.folder]), folder.parent]
    return tuple(_trace(each, bases) for each in manifest.inputs)


def _makes_sense(manifest: Manifest) -> bool:
    """Return whether inputs and options are such as the program writes: anybody can edit a manifest."""
    inputs = [text for each in manifest.inputs for text in (each.role, each.path, each.sha256)]
    marks = [manifest.options.get(name) for name in ("decimal", "usual_decimal")]
    return all(isinstance(text, str) for text in (*inputs, *manifest.options.values())) and all(
        mark is None or mark in set(DecimalMark) for mark in marks
    )


def _trace(recorded: InputFile, bases: Sequence[Path]) -> TracedInput:
    found = [
        TracedInput(recorded, path, hashlib.sha256(read_file(path, MAXIMUM_BYTES)).hexdigest())
        for path in dict.fromkeys(base / recorded.path for base in bases)
        if is_file(path)
    ]
    same = [each for each in found if each.is_same]
    return next(iter([*same, *found]), TracedInput(recorded, None, None))


def build_rubric_file(path: Path, data: bytes) -> RubricFile:
    """Return a rubric for deciding only: whether its badge's picture is there does not matter."""
    return RubricFile(path, data, lint_rubric(path.as_posix(), data, lambda _: True))


def recall_sources(
    traced: Iterable[TracedInput],
    rubrics: Sequence[RubricFile],
    options: Mapping[str, str],
    held: Iterable[Badge],
) -> Sources:
    """Return the sources of an assessment as they are now, to be decided by the rubrics.

    ``options`` are those of its manifest; ``held`` the badges that are known beside the file of them. Nothing
    comes from a project.
    """
    files: dict[str, list[Path]] = {}
    for each in traced:
        if each.path is not None:
            files.setdefault(each.recorded.role, []).append(each.path)
    badges: dict[str, frozenset[str]] = {}
    for badge in held:
        key = fold_name(badge.learner)
        badges[key] = badges.get(key, frozenset()) | {badge.rubric}
    return Sources(
        tuple(files.get("gradebook", ())),
        overrides=next(iter(files.get("overrides", ())), None),
        held=next(iter(files.get("held", ())), None),
        as_of=options.get("as_of"),
        settings=GradebookSettings(
            split_headings(options.get("learner", "")), options.get("decimal"), options.get("usual_decimal")
        ),
        rubric_files=tuple(rubrics),
        badges=(HeldTable(badges, _list_asked(rubrics)),),
        alone=True,
        skip_invalid=SKIP_INVALID in options,
    )


def _list_asked(rubrics: Iterable[RubricFile]) -> frozenset[str]:
    """Return the rubrics whose badges awards ask for: what is not known to be held is not held."""
    parsed = (each.linted.rubric for each in rubrics)
    return frozenset(
        leaf.rubric
        for rubric in parsed
        if rubric is not None
        for leaf in list_leaves(rubric.award)
        if isinstance(leaf, Held)
    )


def leave_out_overrides(inputs: Inputs) -> Inputs:
    """Return the inputs without overrides of what they do not have: learner, rubric or sub-competency."""
    around = inputs.circumstances
    learners = set(inputs.learners)
    parts = {
        (each.rubric.id, part.id)
        for each in inputs.rubrics
        if not inputs.is_faulty
        for part in each.rubric.subcompetencies
    }
    rows = tuple(
        row
        for row in around.overrides.rows
        if row.learner in learners and (row.rubric, row.subcompetency) in parts
    )
    overrides = replace(around.overrides, rows=rows)
    return replace(inputs, circumstances=replace(around, overrides=overrides))
