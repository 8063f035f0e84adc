"""An assessment folder as it is now, also where somebody changed it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from microcred_cli.assessment.folder import read_folder
from microcred_cli.assessment.manifest import (
    MANIFEST,
    RUBRICS,
    TABLES,
    build_manifest,
    find_changed,
    list_folder,
    read_manifest,
)
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.model.assessment import Assessment, Manifest
from microcred_cli.model.audit import AuditCheck, AuditResult, Discrepancy
from microcred_cli.model.errors import BrokenAssessmentError, MissingInputError
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.timestamps import parse_timestamp
from microcred_cli.workflows.read_assessment import MAXIMUM_BYTES

# Clocks and zones differ.
_AHEAD = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ExaminedFolder:
    """The files of an assessment folder, and which are not there or should not be.

    ``assessment`` None: its tables do not belong together.
    """

    path: Path
    manifest: Manifest
    files: Mapping[str, bytes]
    lacking: tuple[Discrepancy, ...]
    assessment: Assessment | None


def examine_folder(folder: Path, now: datetime) -> ExaminedFolder:
    """Return what a folder holds, however little of it belongs together.

    Raises MissingInputError where there is no assessment, BrokenAssessmentError where its manifest is none.
    """
    if not is_file(folder / MANIFEST):
        raise MissingInputError(str(folder / MANIFEST), "run `microcred assess GRADEBOOK` first")
    data = read_file(folder / MANIFEST, MAXIMUM_BYTES)
    files = {MANIFEST: data}
    lacking = [Discrepancy(name, "is a link") for name in (MANIFEST, RUBRICS) if (folder / name).is_symlink()]
    listed = list_folder(data)
    for name in listed:
        if (folder / name).is_symlink():
            lacking.append(Discrepancy(name, "is a link"))
        elif not is_file(folder / name):
            lacking.append(Discrepancy(name, "is missing"))
        else:
            files[name] = read_file(folder / name, MAXIMUM_BYTES)
    lacking += [
        Discrepancy(name, "is not in the manifest")
        for name in TABLES
        if name not in listed and is_file(folder / name)
    ]
    try:
        manifest = build_manifest(read_manifest(data))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenAssessmentError(str(folder), "run `microcred assess` again") from error
    moment = parse_timestamp(manifest.assessed_at)
    if moment is not None and moment > now + _AHEAD:
        lacking.append(Discrepancy(MANIFEST, "says that it was assessed at a time still to come"))
    try:
        assessment = read_folder(files)
    except BrokenAssessmentError:
        assessment = None
    return ExaminedFolder(folder, manifest, files, tuple(lacking), assessment)


def check_tables(stored: ExaminedFolder) -> AuditResult:
    """Check that every table is as the manifest recorded it."""
    changed = [name for name in find_changed(stored.files) if name in stored.files]
    found = [*stored.lacking, *(Discrepancy(name, "was changed after it was written") for name in changed)]
    if not found and stored.assessment is None:
        found.append(Discrepancy(MANIFEST, "the tables do not belong together"))
    names = ", ".join(dict.fromkeys(each.file for each in found))
    count = len(stored.files) - 1
    if found:
        return AuditResult(AuditCheck.TABLES, Outcome.FAILED, f"not as written: {names}", tuple(found))
    return AuditResult(AuditCheck.TABLES, Outcome.PASSED, f"all {count} are as they were written")
