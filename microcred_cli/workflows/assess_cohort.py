"""Gradebooks and rubrics to an assessment folder."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli import __version__
from microcred_cli.assessment.folder import AWARDS, DECISIONS, GAPS, LEARNERS, PIECES, write_folder
from microcred_cli.assessment.manifest import MANIFEST, RUBRICS
from microcred_cli.assessment.matching import name_items
from microcred_cli.files.reading import read_file
from microcred_cli.files.replacing import replace_tree
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.assessment import Assessment, InputFile, Manifest
from microcred_cli.model.award import Award
from microcred_cli.model.errors import MissingProjectError, UsageError
from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.texts.csv_reader import MAXIMUM_BYTES
from microcred_cli.workflows.decide_cohort import decide_cohort
from microcred_cli.workflows.read_project import find_project
from microcred_cli.workflows.read_rubrics import RubricFile, read_rubric_files

REPORTS = "reports"
OWNED = frozenset({MANIFEST, DECISIONS, AWARDS, PIECES, GAPS, LEARNERS, RUBRICS, REPORTS})
# The two that name learners.
PRIVATE = frozenset({LEARNERS, REPORTS})


@dataclass(frozen=True, slots=True)
class Order:
    """What the user asked for."""

    gradebooks: tuple[Path, ...]
    rubrics: tuple[Path, ...] = ()
    output: Path | None = None
    decimal: str | None = None
    reports: bool = True


@dataclass(frozen=True, slots=True)
class Assessed:
    """The assessment and where it was written; or what stood in its way, and then nothing was written.

    ``issuable``: something was earned, and there is a project whose badges could tell of it.
    """

    rubrics: tuple[RubricFile, ...]
    problems: tuple[Problem, ...] = ()
    assessment: Assessment | None = None
    folder: Path | None = None
    issuable: bool = False


def assess_cohort(order: Order, now: datetime | None = None) -> Assessed:
    """Assess the gradebooks by the rubrics and write the assessment folder.

    All or nothing. Raises MissingProjectError when there is neither a rubric nor a project, and what
    reading and writing files raise.
    """
    _refuse_repetition(order.gradebooks)
    project = find_project()
    if not order.rubrics and project is None:
        raise MissingProjectError("", "name a rubric: `--rubric FILE`, or start a project: `microcred init`")
    rubrics = read_rubric_files(order.rubrics or (project.rubrics if project is not None else ()))
    if any(each.linted.rubric is None for each in rubrics):
        return Assessed(rubrics)
    settings = project.project.gradebook if project is not None else GradebookSettings()
    only = name_items([each.rubric for each in rubrics])
    settings = replace(settings, decimal=order.decimal, only=only)
    contents = [read_file(path, MAXIMUM_BYTES) for path in order.gradebooks]
    gradebooks = [
        read_gradebook(path.as_posix(), data, settings)
        for path, data in zip(order.gradebooks, contents, strict=True)
    ]

    def locate(rubric: int, route: Route) -> Place:
        return rubrics[rubric].locate(route)

    outcome = decide_cohort([each.rubric for each in rubrics], gradebooks, locate)
    if outcome.problems:
        return Assessed(rubrics, outcome.problems)
    moment = now or datetime.now(UTC)
    options = {
        key: value
        for key, value in (
            ("decimal", settings.decimal),
            ("usual_decimal", settings.usual_decimal),
            ("learner", settings.learner),
        )
        if value
    }
    assessment = Assessment(
        Manifest(
            __version__,
            moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            _list_inputs(gradebooks, contents, rubrics),
            options,
        ),
        tuple(each.rubric for each in rubrics),
        outcome.learners,
        outcome.decisions,
        outcome.awards,
        outcome.pieces,
        outcome.gaps,
    )
    folder = order.output or (project.output if project is not None else Path("out"))
    files = write_folder(assessment, {each.rubric.id: each.data for each in rubrics})
    if order.reports:
        from microcred_cli.workflows.write_reports import render_reports

        files |= render_reports(assessment)
    replace_tree(folder, files, private=PRIVATE, owned=OWNED)
    earned = any(each.award == Award.EARNED for each in outcome.awards)
    return Assessed(rubrics, (), assessment, folder, issuable=earned and project is not None)


def _refuse_repetition(paths: Sequence[Path]) -> None:
    """Refuse a file that is named twice: its scores would count twice."""
    seen: dict[Path, Path] = {}
    for path in paths:
        first = seen.setdefault(path.resolve(), path)
        if first is not path:
            raise UsageError(f"{path} is the same file as {first}", "name each gradebook once")


def _list_inputs(
    gradebooks: Sequence[Gradebook], contents: Sequence[bytes], rubrics: Sequence[RubricFile]
) -> tuple[InputFile, ...]:
    exports = (
        InputFile("gradebook", each.file, hashlib.sha256(data).hexdigest(), each.system)
        for each, data in zip(gradebooks, contents, strict=True)
    )
    return (*exports, *(InputFile("rubric", each.path.as_posix(), each.sha256) for each in rubrics))
