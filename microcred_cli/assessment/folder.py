"""The assessment folder: its tables and manifest as bytes, and back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from microcred_cli.assessment.integrity import is_whole
from microcred_cli.assessment.manifest import (
    AWARDS,
    BY_SOURCE,
    DECISIONS,
    GAPS,
    HELD,
    LEARNERS,
    LEFT_OUT,
    MANIFEST,
    OVERRULED,
    PIECES,
    RUBRICS,
    STEPS,
    WAITING,
    build_manifest,
    read_manifest,
    write_manifest,
)
from microcred_cli.assessment.records import AGAIN, read_records, read_rows, write_records
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.errors import BrokenAssessmentError
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.override import Overruled, Waiting
from microcred_cli.model.results import (
    AwardRow,
    Badge,
    DecisionRow,
    Gap,
    LeftOut,
    Piece,
    SourceDecision,
    Step,
)
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.csv_writer import write_csv
from microcred_cli.texts.yaml_reader import read_yaml

_RECORDS: dict[str, tuple[str, type]] = {
    DECISIONS: ("decisions", DecisionRow),
    AWARDS: ("awards", AwardRow),
    PIECES: ("pieces", Piece),
    STEPS: ("steps", Step),
    GAPS: ("gaps", Gap),
    BY_SOURCE: ("by_source", SourceDecision),
    HELD: ("held", Badge),
    OVERRULED: ("overruled", Overruled),
    LEFT_OUT: ("left_out", LeftOut),
    WAITING: ("waiting", Waiting),
}
# These are there only when they hold something.
_OCCASIONAL = frozenset({BY_SOURCE, HELD, OVERRULED, LEFT_OUT, WAITING})
_LEARNER_COLUMNS = ("learner", "name", "email")


def write_folder(assessment: Assessment, rubric_files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an assessment folder by relative name.

    ``rubric_files`` are the rubrics as they were read, by id: the folder holds them, so that it can be
    explained and reported on without anything else. Only ``learners.csv`` holds names.
    """
    files = {
        name: write_records(record, rows)
        for name, (attribute, record) in _RECORDS.items()
        if (rows := getattr(assessment, attribute)) or name not in _OCCASIONAL
    }
    files[LEARNERS] = write_csv(
        _LEARNER_COLUMNS, ((each.key, each.name, each.email) for each in assessment.learners)
    )
    for rubric in assessment.rubrics:
        files[f"{RUBRICS}/{rubric.id}.yaml"] = rubric_files[rubric.id]
    files[MANIFEST] = write_manifest(assessment, files)
    return files


def read_folder(files: Mapping[str, bytes]) -> Assessment:
    """Return the assessment whose folder holds these files.

    Raises BrokenAssessmentError when a file is missing or is not what the program wrote.
    """
    document = read_manifest(files[MANIFEST])
    try:
        tables: dict[str, Any] = {
            attribute: read_records(record, name, files[name])
            for name, (attribute, record) in _RECORDS.items()
            if name in files or name not in _OCCASIONAL
        }
        learners = tuple(
            Learner(key, name or None, email or None)
            for key, name, email in read_rows(LEARNERS, files[LEARNERS], _LEARNER_COLUMNS)
        )
        rubrics = tuple(read_rubrics(files, document))
        assessment = Assessment(build_manifest(document), rubrics, learners, **tables)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenAssessmentError("the folder", AGAIN) from error
    if not is_whole(assessment):
        raise BrokenAssessmentError("the folder", AGAIN)
    return assessment


def read_rubrics(files: Mapping[str, bytes], document: Mapping[str, object]) -> Iterable[Rubric]:
    """Yield the rubrics that a manifest names. Raises as read_folder, and KeyError where one is missing."""
    listed: Sequence[Mapping[str, str]] = document["rubrics"]  # type: ignore[assignment]
    for each in listed:
        rubric, _ = read_rubric(read_yaml(files[each["file"]]))
        if rubric is None or (rubric.id, rubric.version, rubric.title) != (
            each["id"],
            each["version"],
            each["title"],
        ):
            raise BrokenAssessmentError(each["file"], AGAIN)
        yield rubric
