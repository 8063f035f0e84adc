"""A stored assessment decided again, by its inputs as they are now."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from microcred_cli.assessment.folder import read_folder, write_folder
from microcred_cli.assessment.manifest import RUBRICS, TABLES
from microcred_cli.assessment.overrides import recall_evidence
from microcred_cli.files.reading import read_file
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.audit import Discrepancy
from microcred_cli.model.errors import UsageError
from microcred_cli.texts.timestamps import parse_timestamp
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.audit_badges import HeldRows
from microcred_cli.workflows.examine_folder import ExaminedFolder
from microcred_cli.workflows.gather_inputs import build_assessment, decide_inputs, gather_inputs
from microcred_cli.workflows.read_rubrics import RubricFile
from microcred_cli.workflows.trace_inputs import (
    TracedInput,
    build_rubric_file,
    leave_out_overrides,
    recall_sources,
)


@dataclass(frozen=True, slots=True)
class Redecision:
    """The assessment as its inputs decide it now; or why it could not be decided.

    ``is_same``: its tables are, byte for byte, those that are stored.
    """

    assessment: Assessment | None = None
    is_same: bool = False
    message: str = ""
    obstacles: tuple[Discrepancy, ...] = ()


def decide_again(stored: ExaminedFolder, traced: Sequence[TracedInput], held: HeldRows) -> Redecision:
    """Decide by the inputs as they are now, under the circumstances that the manifest tells of.

    A rubric that is not there any more is read from the folder, if that has the one that was assessed by.
    """
    moment = parse_timestamp(stored.manifest.assessed_at)
    rubrics = _read_rubrics(stored, traced)
    obstacle = _find_obstacle(traced, rubrics)
    if stored.assessment is None or moment is None:
        return Redecision(message="the folder is not as microcred wrote it")
    if obstacle is not None:
        return Redecision(message=obstacle)
    sources = recall_sources(traced, rubrics, stored.manifest.options, held.counted)
    try:
        before = recall_evidence(stored.assessment.overruled, stored.assessment.waiting)
        inputs = gather_inputs(sources, moment, before)
    except UsageError as error:
        return Redecision(message=str(error))
    inputs = leave_out_overrides(inputs)
    outcome = decide_inputs(inputs)
    if outcome.problems:
        problems = tuple(Discrepancy(str(each.place), each.message) for each in outcome.problems)
        return Redecision(message="the inputs have problems", obstacles=problems)
    redecided = _restore_names(build_assessment(inputs, outcome, moment), traced)
    written = write_folder(redecided, {each.rubric.id: each.data for each in rubrics})
    if all(written.get(name) == stored.files.get(name) for name in TABLES):
        return Redecision(redecided, is_same=True)
    # Through the tables and back, so that like is compared with like.
    return Redecision(read_folder(written))


def _find_obstacle(traced: Sequence[TracedInput], rubrics: Sequence[RubricFile]) -> str | None:
    """Return what stands in the way before anything is decided."""
    count = sum(each.recorded.role == "rubric" for each in traced)
    others = any(each.path is None and each.recorded.role != "rubric" for each in traced)
    if others or len(rubrics) < count:
        return "an input is missing"
    if not {"rubric", "gradebook"} <= {each.recorded.role for each in traced}:
        return "the manifest names no rubric, or no gradebook"
    faulty = next((each.path.as_posix() for each in rubrics if each.linted.rubric is None), None)
    if faulty is not None:
        return f"{faulty} has errors: `microcred lint` lists them"
    if len({each.rubric.id for each in rubrics}) < count:
        return "two of the rubric files hold the same rubric now"
    return None


def _read_rubrics(stored: ExaminedFolder, traced: Sequence[TracedInput]) -> tuple[RubricFile, ...]:
    """Return the rubrics as they are now, as far as they are anywhere."""
    rubrics = []
    copies = {hashlib.sha256(data).hexdigest(): name for name, data in stored.files.items()}
    for each in traced:
        if each.recorded.role != "rubric":
            continue
        name = copies.get(each.recorded.sha256, "")
        if each.path is not None:
            rubrics.append(build_rubric_file(each.path, read_file(each.path, MAXIMUM_BYTES)))
        elif name.startswith(RUBRICS):
            rubrics.append(build_rubric_file(stored.path / name, stored.files[name]))
    return tuple(rubrics)


def _restore_names(assessment: Assessment, traced: Sequence[TracedInput]) -> Assessment:
    """Return the assessment with its files under the names that the manifest gives them."""
    names = {each.path.as_posix(): each.recorded.path for each in traced if each.path is not None}
    if all(found == recorded for found, recorded in names.items()):
        return assessment
    return replace(
        assessment,
        pieces=tuple(replace(row, file=names.get(row.file, row.file)) for row in assessment.pieces),
        gaps=tuple(
            replace(row, file=None if row.file is None else names.get(row.file, row.file))
            for row in assessment.gaps
        ),
        left_out=tuple(
            replace(row, file=_restore_name(row.file, names), message=_restore_name(row.message, names))
            for row in assessment.left_out
        ),
    )


def _restore_name(text: str, names: Mapping[str, str]) -> str:
    """Return a file's name, or a message that begins with one, as the manifest has it.

    What stands behind the name of an archive is a file in it.
    """
    for found, recorded in names.items():
        if text == found or text.startswith((f"{found} ", f"{found}/", f"{found}:")):
            return recorded + text.removeprefix(found)
    return text
