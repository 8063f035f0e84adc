"""A large table and rubrics to an assessment folder whose tables are Parquet files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli import __version__
from microcred_cli.assessment.large import (
    COUNTS,
    DECISIONS_OUT,
    LEARNERS_OUT,
    compose_award_counts,
    compose_awards_out,
)
from microcred_cli.assessment.manifest import (
    LARGE_AWARDS,
    LARGE_DECISIONS,
    LARGE_LEARNERS,
    MANIFEST,
    RUBRICS,
    write_manifest,
)
from microcred_cli.engines.duckdb_engine import Session, open_session
from microcred_cli.files.replacing import replace_tree
from microcred_cli.gradebooks import generic_long
from microcred_cli.model.assessment import Assessment, InputFile, Manifest
from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.errors import UsageError
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.csv_reader import CUT
from microcred_cli.workflows.assess_cohort import OWNED, PRIVATE, Order
from microcred_cli.workflows.decide_large import ROWS_A_GROUP, LargeOutcome, decide_large_table
from microcred_cli.workflows.gather_inputs import Inputs, Sources, choose_settings, gather_inputs
from microcred_cli.workflows.read_large import LargeTable, read_large_table
from microcred_cli.workflows.read_project import choose_output, find_project
from microcred_cli.workflows.read_rubrics import RubricFile


@dataclass(frozen=True, slots=True)
class LargeSummary:
    """How many learners there are, and how many came to what."""

    assessed_at: str
    rubrics: tuple[Rubric, ...]
    learners: int
    scores: int
    decisions: Mapping[tuple[str, str, Decision], int]
    awards: Mapping[tuple[str, Award], int]


@dataclass(frozen=True, slots=True)
class AssessedLarge:
    """A summary of the assessment and where it was written; or what stood in its way."""

    rubrics: tuple[RubricFile, ...]
    problems: tuple[Problem, ...] = ()
    summary: LargeSummary | None = None
    folder: Path | None = None
    remarks: tuple[str, ...] = ()


def assess_large(
    order: Order, now: datetime | None = None, rows_a_group: int = ROWS_A_GROUP
) -> AssessedLarge:
    """Assess one large table by the rubrics and write the assessment folder.

    All or nothing. Its tables are Parquet; it has no pieces, gaps and steps. Raises what ``gather_inputs``
    and writing files raise, and UsageError where persons have decided.
    """
    moment = now or datetime.now(UTC)
    (path,) = order.sources.gradebooks
    project = find_project()
    sources = Sources((), order.sources.rubrics, decimal=order.sources.decimal, as_of=order.sources.as_of)
    inputs = gather_inputs(sources, moment)
    if inputs.is_faulty:
        return AssessedLarge(inputs.rubrics)
    if inputs.circumstances.overrides.rows:
        (file,) = (each.path for each in inputs.files if each.role == "overrides")
        message = f"{file}: decisions by persons are not applied to a large table or Parquet file"
        raise UsageError(message, "if they are not to count, move that file away")
    if inputs.problems:
        return AssessedLarge(inputs.rubrics, inputs.problems)
    rubrics = tuple(each.rubric for each in inputs.rubrics)
    settings = choose_settings(order.sources, project, rubrics)
    with open_session(large=True) as session:
        table, problems = read_large_table(session, path, settings)
        if table is None:
            return AssessedLarge(inputs.rubrics, problems)
        outcome = decide_large_table(session, inputs, table, rows_a_group)
        if outcome.problems:
            return AssessedLarge(inputs.rubrics, outcome.problems)
        files = _write_files(session, inputs, table, outcome, moment)
        summary = _summarise(session, rubrics, outcome, moment)
    folder = order.output or choose_output(project)
    replace_tree(folder, files, private=PRIVATE, owned=OWNED)
    cut = table.gradebook.facts.get(CUT)
    remarks = () if cut is None else (f"{table.loaded.file}: {cut}",)
    return AssessedLarge(inputs.rubrics, (), summary, folder, remarks)


def _write_files(
    session: Session, inputs: Inputs, table: LargeTable, outcome: LargeOutcome, moment: datetime
) -> dict[str, bytes]:
    files = {
        LARGE_DECISIONS: session.write_parquet(DECISIONS_OUT),
        LARGE_AWARDS: session.write_parquet(compose_awards_out(len(outcome.goals))),
        LARGE_LEARNERS: session.write_parquet(LEARNERS_OUT),
        **{f"{RUBRICS}/{each.rubric.id}.yaml": each.data for each in inputs.rubrics},
    }
    gradebook = InputFile("gradebook", table.loaded.file, table.loaded.scan.sha256, generic_long.SYSTEM)
    manifest = Manifest(__version__, _write_moment(moment), (gradebook, *inputs.files), inputs.options or {})
    rubrics = tuple(each.rubric for each in inputs.rubrics)
    files[MANIFEST] = write_manifest(Assessment(manifest, rubrics, (), (), (), ()), files)
    return files


def _summarise(
    session: Session, rubrics: tuple[Rubric, ...], outcome: LargeOutcome, moment: datetime
) -> LargeSummary:
    awards = session.fetch(compose_award_counts(len(outcome.goals)))
    return LargeSummary(
        _write_moment(moment),
        rubrics,
        outcome.learners,
        outcome.scores,
        {(rubric, part, Decision(word)): count for rubric, part, word, count in session.fetch(COUNTS)},
        {(rubric, Award(word)): count for rubric, word, count in awards},
    )


def _write_moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
