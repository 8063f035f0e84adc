"""A large table and rubrics to decisions and awards, all of it in the engine."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from microcred_cli.assessment.awards import check_held
from microcred_cli.assessment.cells import collect_cells
from microcred_cli.assessment.features import Features, list_features
from microcred_cli.assessment.large import (
    DECIDED,
    KEPT,
    LEARNER_TABLES,
    PATTERNS,
    build_names,
    build_pattern_awards,
    compose_decided,
    compose_kept,
    compose_learner_list,
    compose_learners,
    compose_patterns,
    compose_repeated,
    compose_scores,
    compose_twice,
    compose_unlike,
    name_patterns,
)
from microcred_cli.assessment.matching import Goal, Match, match_evidence, name_goals
from microcred_cli.assessment.query.compose import TIES, compose_queries
from microcred_cli.assessment.results import Row, describe_ties, index_rows
from microcred_cli.assessment.tables import build_rules, number_items
from microcred_cli.engines.duckdb_engine import Session
from microcred_cli.gradebooks.long_sql import KINDS, ROWS, USED, find_rowid
from microcred_cli.gradebooks.long_texts import build_texts, build_used
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.names import fold_name
from microcred_cli.workflows.gather_inputs import Inputs
from microcred_cli.workflows.read_large import LargeTable, list_items, read_rows, read_together, tell_once

ROWS_A_GROUP = 4_000_000
_MAXIMUM_TIES = 1_000


@dataclass(frozen=True, slots=True)
class LargeOutcome:
    """How much was decided, which is in the engine; or the problems for which nothing was.

    ``scores`` counts the cells of items in use.
    """

    goals: tuple[Goal, ...] = ()
    learners: int = 0
    scores: int = 0
    problems: tuple[Problem, ...] = ()


def decide_large_table(
    session: Session, inputs: Inputs, table: LargeTable, rows_a_group: int = ROWS_A_GROUP
) -> LargeOutcome:
    """Decide every sub-competency of every rubric for every learner of the table, all or nothing.

    By the same rules as ``decide_cohort``, and, where these need an order, with the same ties. ``inputs``
    hold everything but the table. What is decided is in the engine: see ``assessment.large``.
    """
    rubrics = [each.rubric for each in inputs.rubrics]
    matches, absent = match_evidence(rubrics, [table.gradebook], inputs.locate)
    cells, unusable = collect_cells(matches, [table.gradebook])
    # Where a witness is refused an item may seem absent.
    found = table.gradebook.problems or absent
    problems = [*found, *unusable, *check_held(rubrics, None, inputs.locate)]
    columns = table.loaded.columns
    if found := read_together(session, table, problems, compose_unlike(columns.places)):
        return LargeOutcome(problems=tell_once(session, table, found))
    learners = _number_learners(session, columns.places)
    kept, count = _keep_cells(session, table, matches)
    repeated = bool(session.fetch(f"{compose_repeated(kept, len(matches))} limit 1"))
    if repeated and (found := read_together(session, table, (), [compose_twice(kept)])):
        return LargeOutcome(problems=found)
    if not repeated:
        # No two scores can be tied, so that nobody will ask what stood in a row.
        session.execute(f"drop table {ROWS}")
    goals = name_goals(rubrics)
    for each in build_rules(goals, matches, inputs.circumstances.as_of):
        session.create_table(each)
    features = list_features(goals, matches, cells, rescores=repeated)
    size = max(1, learners * rows_a_group // max(1, count))
    if ties := list(_decide_groups(session, features, kept, range(0, learners, size), learners)):
        return LargeOutcome(problems=_describe_ties(session, table, matches, goals, ties))
    _decide_awards(session, goals, rubrics)
    return LargeOutcome(goals, learners, count)


def _number_learners(session: Session, columns: Collection[str]) -> int:
    for statement in LEARNER_TABLES:
        session.execute(statement)
    session.execute(compose_learner_list(columns))
    ((count,),) = session.fetch("select count(*) from all_learners")
    return int(count)


def _keep_cells(session: Session, table: LargeTable, matches: Sequence[Match]) -> tuple[list[str], int]:
    """Create KEPT, and return its columns and how many rows it has."""
    for each in build_texts(table.loaded.columns, table.rows, table.gradebook):
        session.create_table(each)
    numbers = number_items(matches)
    by_name = {fold_name(match.heading): numbers[match.item] for match in matches}
    session.create_table(build_used(list_items(session), by_name))
    has_words = bool(session.fetch("select 1 from words_read limit 1"))
    columns = table.loaded.columns.places
    session.execute(f"create table {KEPT} as {compose_kept(columns, has_words=has_words)}")
    ((count,),) = session.fetch(f"select count(*) from {KEPT}")
    ((asked,),) = session.fetch(f"select sum(k.rows) from {KINDS} k join {USED} u on u.text = k.item")
    if count != asked:
        message = f"{asked - count} rows of the table have no witness"
        raise AssertionError(message)
    return [row[0] for row in session.fetch(f"describe {KEPT}")], int(count)


def _decide_groups(
    session: Session, features: Features, kept: Sequence[str], starts: range, learners: int
) -> Iterator[Row]:
    """Decide on the learners, in groups that begin with those numbers, into DECIDED; yield the ties."""
    queries = [replace(query, told=query.name == TIES) for query in compose_queries(features, explain=False)]
    found = 0
    for first in starts:
        last = min(first + starts.step, learners) - 1
        session.execute(f"create or replace view scores as {compose_scores(kept, first, last)}")
        session.execute(f"create or replace table learners as {compose_learners(first, last)}")
        results = session.run(queries)
        if TIES in results:
            ties = index_rows(results[TIES].columns, results[TIES].rows[:_MAXIMUM_TIES])
            found += len(ties)
            yield from ties
            if found > _MAXIMUM_TIES:
                return
        into = f"insert into {DECIDED}" if first else f"create table {DECIDED} as"
        session.execute(f"{into} {compose_decided()} order by 1, 2")


def _describe_ties(
    session: Session, table: LargeTable, matches: Sequence[Match], goals: Sequence[Goal], ties: Sequence[Row]
) -> tuple[Problem, ...]:
    """Return the problem of each pair of scores that have no order, from their rows as they stand."""
    tied = {int(row[each]) for row in ties for each in ("first", "second")}
    # With the witnesses, as items go by the name that comes first in the file.
    read = read_rows(session, table.loaded, {*tied, *(row["row_id"] for row in table.rows)})
    cells, _ = collect_cells(matches, [read.gradebook])
    return describe_ties(ties, goals, {find_rowid(cell.score.row): cell for cell in cells})


def _decide_awards(session: Session, goals: Sequence[Goal], rubrics: Sequence[Rubric]) -> None:
    """Create the tables of awards, worked out once for all learners who came to the same decisions."""
    session.execute(f"create table {PATTERNS} as {compose_patterns(len(goals))}")
    columns = ", ".join(name_patterns(len(goals)))
    patterns = session.fetch(f"select distinct {columns} from {PATTERNS} order by all")
    for each in (build_pattern_awards(patterns, goals, rubrics), *build_names(goals)):
        session.create_table(each)
