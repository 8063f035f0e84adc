"""``assessment.json``: what was assessed, with what, and the hashes of the tables beside it."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from microcred_cli.assessment.records import AGAIN
from microcred_cli.model.assessment import FORMAT, Assessment, InputFile, Manifest
from microcred_cli.model.errors import BrokenAssessmentError, LargeAssessmentError
from microcred_cli.texts.timestamps import parse_timestamp

MANIFEST = "assessment.json"
RUBRICS = "rubrics"
DECISIONS = "decisions.csv"
AWARDS = "awards.csv"
PIECES = "pieces.csv"
STEPS = "steps.csv"
GAPS = "gaps.csv"
LEARNERS = "learners.csv"
BY_SOURCE = "by_source.csv"
HELD = "held.csv"
OVERRULED = "overruled.csv"
LEFT_OUT = "left_out.csv"
WAITING = "waiting.csv"
TABLES = (
    DECISIONS,
    AWARDS,
    PIECES,
    STEPS,
    GAPS,
    LEARNERS,
    BY_SOURCE,
    HELD,
    OVERRULED,
    LEFT_OUT,
    WAITING,
)
"""The tables that a folder may hold."""
LARGE_DECISIONS = "decisions.parquet"
LARGE_AWARDS = "awards.parquet"
LARGE_LEARNERS = "learners.parquet"
LARGE_TABLES = (LARGE_DECISIONS, LARGE_AWARDS, LARGE_LEARNERS)
"""The tables in the folder of a table too large for records."""
SKIP_INVALID = "skip_invalid"
YES = "yes"
OPTIONS = frozenset({"decimal", "usual_decimal", "learner", "as_of", SKIP_INVALID})
"""The options that a manifest may note; that of leaving learners out says yes, or is not there."""
# Beyond it a day later may be no date any more.
_LAST_YEAR = 9000

_RUBRIC_FILE = re.compile(rf"{RUBRICS}/[a-z0-9]+(?:-[a-z0-9]+)*\.yaml", re.ASCII)


def write_manifest(assessment: Assessment, files: Mapping[str, bytes]) -> bytes:
    """Return ``assessment.json``: format, tool version, options, inputs, rubrics, and the tables' hashes."""
    manifest = assessment.manifest
    document = {
        "format": FORMAT,
        "tool": {"name": "microcred", "version": manifest.tool_version},
        "assessed_at": manifest.assessed_at,
        "options": dict(manifest.options),
        "inputs": [
            {
                "role": each.role,
                "path": each.path,
                "sha256": each.sha256,
                **({"system": each.system} if each.system is not None else {}),
            }
            for each in manifest.inputs
        ],
        "rubrics": [
            {
                "id": rubric.id,
                "version": rubric.version,
                "title": rubric.title,
                "file": f"{RUBRICS}/{rubric.id}.yaml",
            }
            for rubric in assessment.rubrics
        ],
        "tables": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }
    return json.dumps(document, indent=2).encode("ascii") + b"\n"


def list_folder(manifest: bytes) -> tuple[str, ...]:
    """Return the names of the files that a manifest speaks of. Raises BrokenAssessmentError.

    Only tables of ours and rubrics beside them: a manifest that somebody edited leads nowhere else. Raises
    LargeAssessmentError where the tables are not for records.
    """
    names = tuple(read_manifest(manifest)["tables"])
    if is_large(manifest):
        advice = "`microcred explain` does; reports and badges come from CSV or spreadsheets of at most 12 MB"
        raise LargeAssessmentError("the folder", advice)
    for name in names:
        if name not in TABLES and _RUBRIC_FILE.fullmatch(name) is None:
            raise BrokenAssessmentError(MANIFEST, AGAIN)
    return names


def is_large(manifest: bytes) -> bool:
    """Return whether a manifest speaks of the tables of a large run. Raises BrokenAssessmentError."""
    return not read_manifest(manifest)["tables"].keys().isdisjoint(LARGE_TABLES)


def list_large_folder(manifest: bytes) -> tuple[str, ...]:
    """Return the names of the files of a large run, rubrics first. Raises BrokenAssessmentError."""
    names = tuple(sorted(read_manifest(manifest)["tables"], key=lambda name: name in LARGE_TABLES))
    rubrics = [name for name in names if _RUBRIC_FILE.fullmatch(name) is not None]
    if {*rubrics, *LARGE_TABLES} != set(names):
        raise BrokenAssessmentError(MANIFEST, AGAIN)
    return names


def find_changed(files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the tables that are not as they were written."""
    recorded: dict[str, str] = read_manifest(files[MANIFEST])["tables"]
    return tuple(
        name
        for name, digest in sorted(recorded.items())
        if hashlib.sha256(files.get(name, b"")).hexdigest() != digest
    )


def read_manifest(data: bytes) -> dict[str, Any]:
    """Return the manifest as JSON, its tables looked at. Raises BrokenAssessmentError."""
    try:
        document = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise BrokenAssessmentError(MANIFEST, AGAIN) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BrokenAssessmentError(MANIFEST, f"its format is not {FORMAT}; {AGAIN}")
    tables = document.get("tables")
    if not isinstance(tables, dict) or not all(isinstance(each, str) for each in tables.values()):
        raise BrokenAssessmentError(MANIFEST, AGAIN)
    return document


def build_manifest(document: Mapping[str, object]) -> Manifest:
    """Return the record that a manifest holds.

    Raises KeyError, TypeError or ValueError where something is missing or is not what the program writes.
    """
    inputs: Iterable[Mapping[str, str]] = document["inputs"]  # type: ignore[assignment]
    tool: Mapping[str, object] = document["tool"]  # type: ignore[assignment]
    options: Mapping[str, object] = document["options"]  # type: ignore[assignment]
    assessed_at = str(document["assessed_at"])
    moment = parse_timestamp(assessed_at)
    written = [tool["version"], *options.keys(), *options.values()]
    if moment is None or moment.year > _LAST_YEAR or not all(isinstance(each, str) for each in written):
        message = "the manifest was not written by the program"
        raise ValueError(message)
    if not options.keys() <= OPTIONS or options.get(SKIP_INVALID, YES) != YES:
        message = "the manifest names options that there are not"
        raise ValueError(message)
    return Manifest(
        str(tool["version"]),
        assessed_at,
        tuple(InputFile(each["role"], each["path"], each["sha256"], each.get("system")) for each in inputs),
        {key: str(value) for key, value in options.items()},
    )
