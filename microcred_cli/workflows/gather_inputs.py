"""Everything an assessment rests on: rubrics, gradebooks, overrides, badges held."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli import __version__
from microcred_cli.assessment.awards import check_known
from microcred_cli.assessment.held import HeldTable, join_held, read_held
from microcred_cli.assessment.leaving_out import list_common
from microcred_cli.assessment.manifest import SKIP_INVALID, YES
from microcred_cli.assessment.matching import name_items
from microcred_cli.assessment.overrides import Overrides, check_names, read_overrides, settle_overrides
from microcred_cli.files.reading import is_file, read_file
from microcred_cli.gradebooks.detect import UNKNOWN, read_gradebook
from microcred_cli.model.assessment import Assessment, InputFile, Manifest
from microcred_cli.model.award import Held, list_leaves
from microcred_cli.model.errors import MissingProjectError, UsageError
from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.override import Override
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import Badge
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.settings import GradebookSettings, join_headings
from microcred_cli.texts.dates import parse_date
from microcred_cli.texts.sheet import MAXIMUM_BYTES
from microcred_cli.workflows.choose_engine import is_large
from microcred_cli.workflows.decide_cohort import Circumstances, Outcome, assemble_assessment, decide_cohort
from microcred_cli.workflows.list_rubrics import list_rubrics
from microcred_cli.workflows.read_project import ProjectFolder, find_project
from microcred_cli.workflows.read_rubrics import RubricFile, read_rubric_files


@dataclass(frozen=True, slots=True)
class Sources:
    """What the user named; what is left out comes from the project, as far as it has it.

    ``as_of`` is a day as written. ``settings`` say how to read the gradebooks, where the project does not.
    ``rubric_files`` are rubrics that were read already, in place of ``rubrics``, and ``badges`` what is known
    of badges beside ``held``. ``alone``: nothing comes from the project. ``skip_invalid``: as Circumstances
    has it.
    """

    gradebooks: tuple[Path, ...]
    rubrics: tuple[Path, ...] = ()
    overrides: Path | None = None
    held: Path | None = None
    decimal: str | None = None
    as_of: str | None = None
    settings: GradebookSettings | None = None
    rubric_files: tuple[RubricFile, ...] = ()
    badges: tuple[HeldTable, ...] = ()
    alone: bool = False
    skip_invalid: bool = False

    @property
    def names_rubrics(self) -> bool:
        """Whether the rubrics are those named here, not the project's."""
        return bool(self.rubrics or self.rubric_files)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was read of the sources. With problems, or a rubric at fault, nothing can be decided."""

    rubrics: tuple[RubricFile, ...]
    gradebooks: tuple[Gradebook, ...] = ()
    circumstances: Circumstances = field(default_factory=Circumstances)
    files: tuple[InputFile, ...] = ()
    options: Mapping[str, str] | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def is_faulty(self) -> bool:
        """Whether the linter found an error in a rubric."""
        return any(each.linted.rubric is None for each in self.rubrics)

    @property
    def learners(self) -> tuple[str, ...]:
        """The keys of all learners in the gradebooks."""
        return tuple(dict.fromkeys(each.key for book in self.gradebooks for each in book.learners))

    def locate(self, rubric: int, route: Route) -> Place:
        """Return file, line and column of a route in the rubric of that number."""
        return self.rubrics[rubric].locate(route)


def gather_inputs(sources: Sources, now: datetime, before: Mapping[Override, str] | None = None) -> Inputs:
    """Read everything that the sources and the project name.

    ``before`` is what an earlier assessment knew of overrides. Raises MissingProjectError when there is
    neither a rubric nor a project, UsageError for a file named twice and for a day that is none, and what
    reading files raises.
    """
    _refuse_repetition(sources.gradebooks)
    project = None if sources.alone else find_project()
    if not sources.names_rubrics and project is None:
        raise MissingProjectError("", "name a rubric: `--rubric FILE`, or start a project: `microcred init`")
    rubrics = sources.rubric_files or read_rubric_files(
        sources.rubrics or (project.rubrics if project is not None else ())
    )
    if any(each.linted.rubric is None for each in rubrics):
        return Inputs(rubrics)
    parsed = [each.rubric for each in rubrics]
    day = _read_day(sources.as_of, now)
    settings = choose_settings(sources, project, parsed)
    gradebooks, files = _read_gradebooks(sources.gradebooks, settings)
    files += [InputFile("rubric", each.path.as_posix(), each.sha256) for each in rubrics]
    overrides, problems = _read_overrides(sources.overrides, project, now, files)
    tables, refused = _read_held(sources.held, files)
    options = {
        "decimal": settings.decimal,
        "usual_decimal": settings.usual_decimal,
        "learner": join_headings(settings.learner),
        "as_of": f"{day:%Y-%m-%d}" if _counts_days(parsed) else None,
        SKIP_INVALID: YES if sources.skip_invalid else None,
    }
    inputs = Inputs(
        rubrics,
        tuple(gradebooks),
        Circumstances(day, None, overrides, before or {}, sources.skip_invalid),
        tuple(files),
        {key: value for key, value in options.items() if value},
        (*problems, *refused),
    )
    if not overrides.rows and not _list_held(parsed):
        return inputs
    siblings = list_rubrics(project) if project is not None and sources.names_rubrics else parsed
    return _join_held(_settle_overrides(inputs, siblings), (*tables, *sources.badges), project, siblings)


def decide_inputs(inputs: Inputs) -> Outcome:
    """Decide on everybody in the gradebooks, as ``decide_cohort`` does. The rubrics are sound."""
    rubrics = [each.rubric for each in inputs.rubrics]
    if inputs.problems:
        found = (problem for gradebook in inputs.gradebooks for problem in gradebook.problems)
        unknown = check_names(inputs.circumstances.overrides, rubrics, inputs.learners)
        problems = (*inputs.problems, *found, *unknown)
        return Outcome(problems=list_common(problems) if inputs.circumstances.skip_invalid else problems)
    return decide_cohort(rubrics, inputs.gradebooks, inputs.locate, inputs.circumstances)


def build_assessment(inputs: Inputs, outcome: Outcome, now: datetime) -> Assessment:
    """Return the assessment of what was decided without problems."""
    rubrics = [each.rubric for each in inputs.rubrics]
    asked = _list_held(rubrics)
    keys = {learner.key for learner in outcome.learners}
    held = inputs.circumstances.held or {}
    badges = [
        Badge(learner, rubric)
        for learner in sorted(keys & held.keys())
        for rubric in sorted(held[learner] & asked)
    ]
    at = now.strftime("%Y-%m-%dT%H:%M:%SZ")
    manifest = Manifest(__version__, at, inputs.files, inputs.options or {})
    return assemble_assessment(manifest, rubrics, outcome, badges)


def _refuse_repetition(paths: Sequence[Path]) -> None:
    """Refuse a file that is named twice: its scores would count twice."""
    seen: dict[Path, Path] = {}
    for path in paths:
        first = seen.setdefault(path.resolve(), path)
        if first is not path:
            raise UsageError(f"{path} is the same file as {first}", "name each gradebook once")


def _read_day(written: str | None, now: datetime) -> datetime:
    if written is None:
        return now
    at = parse_date(written)
    if at is None:
        raise UsageError(f"{written} is not a date", "write it as 2026-03-01")
    return datetime.fromtimestamp(at, UTC)


def choose_settings(
    sources: Sources, project: ProjectFolder | None, rubrics: Sequence[Rubric]
) -> GradebookSettings:
    """Return how the gradebooks are to be read, by what the user says, else the project."""
    settings = sources.settings
    if settings is None:
        settings = project.project.gradebook if project is not None else GradebookSettings()
    return replace(settings, decimal=sources.decimal or settings.decimal, only=name_items(rubrics))


def _read_gradebooks(
    paths: Sequence[Path], settings: GradebookSettings
) -> tuple[list[Gradebook], list[InputFile]]:
    gradebooks, files = [], []
    for path in paths:
        if is_large(path):
            message = "this is a large table or Parquet file, which this command does not read"
            problem = Problem(message, Place(path.as_posix()), "`assess`, `inspect` and `explain` do")
            gradebooks.append(Gradebook(path.as_posix(), UNKNOWN, "", problems=(problem,)))
            continue
        data = read_file(path, MAXIMUM_BYTES)
        gradebook = read_gradebook(path.as_posix(), data, settings)
        gradebooks.append(gradebook)
        files.append(_describe("gradebook", path, data, gradebook.system))
    return gradebooks, files


def _describe(role: str, path: Path, data: bytes, system: str | None = None) -> InputFile:
    return InputFile(role, path.as_posix(), hashlib.sha256(data).hexdigest(), system)


def _read_overrides(
    path: Path | None, project: ProjectFolder | None, now: datetime, files: list[InputFile]
) -> tuple[Overrides, tuple[Problem, ...]]:
    if path is None and project is not None and is_file(project.overrides):
        path = project.overrides
    if path is None:
        return Overrides(), ()
    data = read_file(path, MAXIMUM_BYTES)
    files.append(_describe("overrides", path, data))
    return read_overrides(path.as_posix(), data, now)


def _read_held(
    path: Path | None, files: list[InputFile]
) -> tuple[tuple[HeldTable, ...], tuple[Problem, ...]]:
    """Return what the file named tells of badges; nothing, when no file is named."""
    if path is None:
        return (), ()
    data = read_file(path, MAXIMUM_BYTES)
    files.append(_describe("held", path, data))
    table, problems = read_held(path.as_posix(), data)
    return (table,), problems


def _settle_overrides(inputs: Inputs, siblings: Sequence[Rubric]) -> Inputs:
    """Leave out the overrides for rubrics of the project that are not assessed by."""
    around = inputs.circumstances
    rubrics = _name_rubrics([each.rubric for each in inputs.rubrics])
    settled = settle_overrides(around.overrides, rubrics, _name_rubrics(siblings), inputs.learners)
    return replace(inputs, circumstances=replace(around, overrides=settled))


def _join_held(
    inputs: Inputs, tables: Sequence[HeldTable], project: ProjectFolder | None, siblings: Sequence[Rubric]
) -> Inputs:
    """Add who holds which badge, by the tables and the project; nothing, when no award asks for any."""
    rubrics, around = [each.rubric for each in inputs.rubrics], inputs.circumstances
    if not _list_held(rubrics):
        return inputs
    if project is not None and around.as_of is not None:
        # Most assessments have nothing to do with the ledger, and need not wait for SQLite.
        from microcred_cli.workflows.find_held import find_held

        issued = find_held(project, siblings, inputs.learners, around.as_of)
        tables = [*tables, issued, HeldTable(rubrics=_name_rubrics(siblings))]
    known = {name for table in tables for name in table.rubrics}
    refused = check_known(rubrics, known, _name_rubrics(siblings), inputs.locate) if known else ()
    held = join_held(tables, inputs.learners) if tables else None
    return replace(inputs, circumstances=replace(around, held=held), problems=(*inputs.problems, *refused))


def _name_rubrics(rubrics: Sequence[Rubric]) -> frozenset[str]:
    return frozenset(rubric.id for rubric in rubrics)


def _list_held(rubrics: Sequence[Rubric]) -> set[str]:
    return {leaf.rubric for rubric in rubrics for leaf in list_leaves(rubric.award) if isinstance(leaf, Held)}


def _counts_days(rubrics: Sequence[Rubric]) -> bool:
    """Return whether it matters on which day is assessed: scores become too old, and badges expire."""
    parts = [part for rubric in rubrics for part in rubric.subcompetencies]
    return any(part.decide.within is not None for part in parts) or bool(_list_held(rubrics))
