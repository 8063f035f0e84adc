"""The assessment folder: its tables and manifest as bytes, and back."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from microcred_cli.assessment.integrity import is_whole
from microcred_cli.assessment.manifest import (
    AGAIN,
    MANIFEST,
    RUBRICS,
    TABLES,
    build_manifest,
    read_manifest,
    write_manifest,
)
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.decision import Decision
from microcred_cli.model.errors import BrokenAssessmentError
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.csv_reader import read_csv
from microcred_cli.texts.csv_writer import Value, read_guarded, write_csv
from microcred_cli.texts.numbers import parse_number
from microcred_cli.texts.yaml_reader import read_yaml

DECISIONS, AWARDS, PIECES, GAPS, LEARNERS = TABLES

HEADINGS: dict[str, tuple[str, ...]] = {
    DECISIONS: (
        "learner",
        "rubric",
        "version",
        "subcompetency",
        "decision",
        "level",
        "score",
        "pieces",
        "method",
        "decided_by",
        "reason",
    ),
    AWARDS: ("learner", "rubric", "version", "award", "shown", "missing"),
    PIECES: (
        "learner",
        "rubric",
        "subcompetency",
        "nth",
        "item",
        "criterion",
        "value",
        "possible",
        "conversion",
        "points",
        "date",
        "rater",
        "source",
        "attempt",
        "file",
        "row",
        "column",
        "weight",
    ),
    GAPS: (
        "learner",
        "rubric",
        "subcompetency",
        "item",
        "criterion",
        "state",
        "file",
        "row",
        "column",
    ),
    LEARNERS: ("learner", "name", "email"),
}


def write_folder(assessment: Assessment, rubric_files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an assessment folder by relative name.

    ``rubric_files`` are the rubrics as they were read, by id: the folder holds them, so that it can be
    explained and reported on without anything else. Only ``learners.csv`` holds names.
    """
    files = {
        DECISIONS: write_csv(HEADINGS[DECISIONS], map(_write_decision, assessment.decisions)),
        AWARDS: write_csv(HEADINGS[AWARDS], map(_write_award, assessment.awards)),
        PIECES: write_csv(HEADINGS[PIECES], map(_write_piece, assessment.pieces)),
        GAPS: write_csv(HEADINGS[GAPS], map(_write_gap, assessment.gaps)),
        LEARNERS: write_csv(
            HEADINGS[LEARNERS],
            ((learner.key, learner.name, learner.email) for learner in assessment.learners),
        ),
    }
    for rubric in assessment.rubrics:
        files[f"{RUBRICS}/{rubric.id}.yaml"] = rubric_files[rubric.id]
    files[MANIFEST] = write_manifest(assessment, files)
    return files


def _write_decision(row: DecisionRow) -> tuple[Value, ...]:
    return (
        row.learner,
        row.rubric,
        row.version,
        row.subcompetency,
        row.decision,
        row.level,
        row.score,
        row.pieces,
        row.method,
        row.decided_by,
        row.reason,
    )


def _write_award(row: AwardRow) -> tuple[Value, ...]:
    return (row.learner, row.rubric, row.version, row.award, ";".join(row.shown), ";".join(row.missing))


def _write_piece(row: Piece) -> tuple[Value, ...]:
    return (
        row.learner,
        row.rubric,
        row.subcompetency,
        row.nth,
        row.item,
        row.criterion,
        row.value,
        row.possible,
        row.conversion,
        row.points,
        row.date,
        row.rater,
        row.source,
        row.attempt,
        row.file,
        row.row,
        row.column,
        row.weight,
    )


def _write_gap(row: Gap) -> tuple[Value, ...]:
    return (
        row.learner,
        row.rubric,
        row.subcompetency,
        row.item,
        row.criterion,
        row.state,
        row.file,
        row.row,
        row.column,
    )


def read_folder(files: Mapping[str, bytes]) -> Assessment:
    """Return the assessment whose folder holds these files.

    Raises BrokenAssessmentError when a file is missing or is not what the program wrote.
    """
    document = read_manifest(files[MANIFEST])
    try:
        assessment = Assessment(
            build_manifest(document),
            tuple(_read_rubrics(files, document)),
            tuple(
                Learner(row["learner"], row["name"] or None, row["email"] or None)
                for row in _rows(files, LEARNERS)
            ),
            tuple(_read_decision(row) for row in _rows(files, DECISIONS)),
            tuple(_read_award(row) for row in _rows(files, AWARDS)),
            tuple(_read_piece(row) for row in _rows(files, PIECES)),
            tuple(_read_gap(row) for row in _rows(files, GAPS)),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BrokenAssessmentError("the folder", AGAIN) from error
    if not is_whole(assessment):
        raise BrokenAssessmentError("the folder", AGAIN)
    return assessment


def _read_rubrics(files: Mapping[str, bytes], document: Mapping[str, object]) -> Iterable[Rubric]:
    listed: Sequence[Mapping[str, str]] = document["rubrics"]  # type: ignore[assignment]
    for each in listed:
        rubric, _ = read_rubric(read_yaml(files[each["file"]]))
        if rubric is None:
            raise BrokenAssessmentError(each["file"], AGAIN)
        yield rubric


def _rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    table = read_csv(name, files[name], bounded=False)
    if table.problems or tuple(table.heading) != HEADINGS[name]:
        raise BrokenAssessmentError(name, AGAIN)
    return [dict(zip(table.heading, map(read_guarded, row.cells), strict=True)) for row in table.rows]


def _read_decision(row: Mapping[str, str]) -> DecisionRow:
    return DecisionRow(
        row["learner"],
        row["rubric"],
        row["version"],
        row["subcompetency"],
        Decision(row["decision"]),
        row["level"] or None,
        _number(row["score"]),
        _count(row["pieces"]) or 0,
        row["method"],
        row["decided_by"],
        row["reason"],
    )


def _read_award(row: Mapping[str, str]) -> AwardRow:
    return AwardRow(
        row["learner"],
        row["rubric"],
        row["version"],
        row["award"],
        _split(row["shown"]),
        _split(row["missing"]),
    )


def _read_piece(row: Mapping[str, str]) -> Piece:
    return Piece(
        row["learner"],
        row["rubric"],
        row["subcompetency"],
        _count(row["nth"]) or 0,
        row["item"],
        row["criterion"] or None,
        _required(row["value"]),
        _number(row["possible"]),
        row["conversion"],
        _required(row["points"]),
        row["date"] or None,
        row["rater"] or None,
        row["source"] or None,
        _count(row["attempt"]),
        row["file"],
        _count(row["row"]) or 0,
        _count(row["column"]) or 0,
        _number(row["weight"]),
    )


def _read_gap(row: Mapping[str, str]) -> Gap:
    return Gap(
        row["learner"],
        row["rubric"],
        row["subcompetency"],
        row["item"],
        row["criterion"] or None,
        row["state"],
        row["file"] or None,
        _count(row["row"]),
        _count(row["column"]),
    )


def _number(text: str) -> Decimal | None:
    """Read a number by the strict grammar: Decimal alone takes NaN and exponents that never end."""
    if not text:
        return None
    number = parse_number(text)
    if number is None:
        message = "this is not a number"
        raise ValueError(message)
    return number


def _required(text: str) -> Decimal:
    number = _number(text)
    if number is None:
        message = "a number is missing"
        raise ValueError(message)
    return number


def _count(text: str) -> int | None:
    number = _number(text)
    if number is None:
        return None
    if number < 0 or number != number.to_integral_value():
        message = "this is not a count"
        raise ValueError(message)
    return int(number)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(";")) if text else ()
