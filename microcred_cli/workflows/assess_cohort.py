"""Gradebooks and rubrics to an assessment folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from microcred_cli.assessment.folder import write_folder
from microcred_cli.assessment.joining import Unjoined, find_unjoined
from microcred_cli.assessment.manifest import (
    LARGE_LEARNERS,
    LARGE_TABLES,
    LEARNERS,
    MANIFEST,
    OVERRULED,
    RUBRICS,
    TABLES,
    WAITING,
)
from microcred_cli.assessment.overrides import recall_evidence
from microcred_cli.assessment.records import read_records
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.files.replacing import replace_tree
from microcred_cli.gradebooks.detect import PASSED_OVER
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award
from microcred_cli.model.errors import BrokenAssessmentError
from microcred_cli.model.override import Override, Overruled, Waiting
from microcred_cli.model.problem import Problem
from microcred_cli.texts.csv_reader import CUT
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.workflows.gather_inputs import Sources, build_assessment, decide_inputs, gather_inputs
from microcred_cli.workflows.read_project import choose_output, find_project
from microcred_cli.workflows.read_rubrics import RubricFile

R = TypeVar("R")
REPORTS = "reports"
# The facts of a gradebook that whoever assesses it has to be told.
_REMARKS = {CUT: "{}", PASSED_OVER: "passed over {}: no gradebook"}
# What an assessment may leave behind, so that another one takes it away.
OWNED = frozenset({MANIFEST, *TABLES, *LARGE_TABLES, RUBRICS, REPORTS})
# Those that name learners.
PRIVATE = frozenset({LEARNERS, LARGE_LEARNERS, REPORTS})


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    sources: Sources
    output: Path | None = None
    reports: bool = True


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment and where it was written; or what stood in its way, and then nothing was written.

    Beside an assessment, ``problems`` are those for which learners were left out of it.
    ``issuable``: something was earned, and there is a project whose badges could tell of it. ``forgotten``:
    what the assessment before knew of the decisions by persons could not be read; ``dropped``: so many of
    them are not in this one. ``remarks``: what is odd about a gradebook's file; ``unjoined``: gradebooks
    that share no learner with the others. ``can_skip``: the problems are some learners' own, so that the
    others could be decided on.
    """

    rubrics: tuple[RubricFile, ...]
    problems: tuple[Problem, ...] = ()
    assessment: Assessment | None = None
    folder: Path | None = None
    issuable: bool = False
    forgotten: bool = False
    dropped: int = 0
    remarks: tuple[str, ...] = ()
    unjoined: tuple[Unjoined, ...] = ()
    can_skip: bool = False


def assess_cohort(order: Order, now: datetime | None = None) -> Assessed:
    """Assess the gradebooks by the rubrics and write the assessment folder.

    All or nothing, but for learners who are to be left out. Raises what ``gather_inputs`` and writing files
    raise.
    """
    moment = now or datetime.now(UTC)
    project = find_project()
    usual = choose_output(project)
    folder = order.output or usual
    known = any(is_file(folder / name) for name in (OVERRULED, WAITING))
    before = _recall_overrides(folder if project is None or known else usual)
    inputs = gather_inputs(order.sources, moment, before)
    if inputs.is_faulty:
        return Assessed(inputs.rubrics)
    outcome = decide_inputs(inputs)
    if outcome.problems:
        concerned = {problem.learner for problem in outcome.problems}
        own = None not in concerned and not concerned.issuperset(inputs.learners)
        return Assessed(inputs.rubrics, outcome.problems, can_skip=own)
    assessment = build_assessment(inputs, outcome, moment)
    files = write_folder(assessment, {each.rubric.id: each.data for each in inputs.rubrics})
    if order.reports:
        from microcred_cli.workflows.write_reports import render_reports

        files |= render_reports(assessment)
    replace_tree(folder, files, private=PRIVATE, owned=OWNED)
    earned = any(each.award == Award.EARNED for each in outcome.awards)
    return Assessed(
        inputs.rubrics,
        outcome.skipped,
        assessment,
        folder,
        issuable=earned and project is not None,
        forgotten=before is None and bool(assessment.overruled),
        dropped=_count_dropped(before or {}, assessment),
        remarks=tuple(
            f"{book.file}: {words.format(book.facts[fact])}"
            for book in inputs.gradebooks
            for fact, words in _REMARKS.items()
            if fact in book.facts
        ),
        unjoined=find_unjoined(inputs.gradebooks),
    )


def _count_dropped(before: Mapping[Override, str], assessment: Assessment) -> int:
    """Return how many of the decisions by persons of the assessment before are not made by persons now."""
    rows: list[Overruled | Waiting] = [*assessment.overruled, *assessment.waiting]
    now = {(row.learner, row.rubric, row.subcompetency) for row in rows}
    return len({(row.learner, row.rubric, row.subcompetency) for row in before} - now)


def _recall_overrides(folder: Path) -> dict[Override, str] | None:
    """Return what the assessment that is there now knew of overrides; None when that cannot be read."""
    try:
        return recall_evidence(_read_rows(Overruled, folder, OVERRULED), _read_rows(Waiting, folder, WAITING))
    except (BrokenAssessmentError, ValueError):
        return None


def _read_rows(record: type[R], folder: Path, name: str) -> tuple[R, ...]:
    path = folder / name
    return read_records(record, name, read_file(path, MAXIMUM_BYTES)) if is_file(path) else ()
