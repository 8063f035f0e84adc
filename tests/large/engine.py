"""A table of any size, taken to the engine as a large one is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from microcred_cli.assessment.large import DECISIONS_OUT, LEARNERS_OUT, compose_awards_out
from microcred_cli.engines.duckdb_engine import open_session
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.problem import Problem
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml
from microcred_cli.workflows.decide_cohort import Circumstances
from microcred_cli.workflows.decide_large import decide_large_table
from microcred_cli.workflows.gather_inputs import Inputs, Sources, choose_settings
from microcred_cli.workflows.read_large import read_large_table
from microcred_cli.workflows.read_rubrics import RubricFile

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
Rows = list[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What the engine made of a table: the rows of its tables, or problems."""

    problems: tuple[Problem, ...] = ()
    decisions: Rows | None = None
    awards: Rows | None = None
    learners: Rows | None = None


def write_parquet(csv: bytes, path: Path) -> None:
    """Write a table that is given as CSV as Parquet, its cells texts."""
    source = path.with_suffix(".csv")
    source.write_bytes(csv)
    duckdb.execute(
        f"copy (select * from read_csv('{source}', header=true, all_varchar=true, delim=',', quote='\"'))"
        f" to '{path}' (format parquet)"
    )


def gather(rubrics: Sequence[bytes], as_of: date | None = None) -> Inputs:
    """Return rubrics as a command has them, also those at which the linter would shake its head."""
    files = []
    for number, data in enumerate(rubrics):
        path = Path(f"rubric-{number}.yaml")
        document = read_yaml(data)
        rubric, findings = read_rubric(document)
        assert findings == ()
        files.append(RubricFile(path, data, LintedFile(path.name, document, rubric, None, ())))
    day = NOW if as_of is None else datetime.combine(as_of, time(), UTC)
    return Inputs(tuple(files), circumstances=Circumstances(day))


def decide_by_engine(
    rubrics: Sequence[bytes],
    table: bytes,
    *,
    as_of: date | None = None,
    parquet: bool = False,
    decimal: str | None = None,
    rows_a_group: int = 20,
) -> Decided:
    """Take a CSV table through the engine, few learners at a time."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        inputs = gather(rubrics, as_of)
        path = folder / ("g.parquet" if parquet else "g.csv")
        if parquet:
            write_parquet(table, path)
        else:
            path.write_bytes(table)
        return decide_file(inputs, path, decimal=decimal, rows_a_group=rows_a_group)


def decide_file(inputs: Inputs, path: Path, *, decimal: str | None = None, rows_a_group: int = 20) -> Decided:
    """Take a file through the engine."""
    parsed = [each.rubric for each in inputs.rubrics]
    settings = choose_settings(Sources((path,), decimal=decimal, settings=GradebookSettings()), None, parsed)
    with open_session(large=True) as session:
        read, problems = read_large_table(session, path, settings)
        if read is None:
            return Decided(problems)
        outcome = decide_large_table(session, inputs, read, rows_a_group)
        if outcome.problems:
            return Decided(outcome.problems)
        return Decided(
            (),
            session.fetch(DECISIONS_OUT),
            session.fetch(compose_awards_out(len(outcome.goals))),
            session.fetch(LEARNERS_OUT),
        )
