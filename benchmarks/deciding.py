"""The deciding query alone: one million score rows, from tables in memory to decisions in memory.

25,000 learners, ten sub-competencies (eleven for all methods), four dated scores each; DuckDB in the process.
The peer is the least that any program could ask DuckDB for: one mean by learner and sub-competency.
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from decimal import Decimal

import duckdb

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.matching import Goal
from microcred_cli.assessment.query.compose import compose_queries
from microcred_cli.assessment.tables import build_goals, build_levels
from microcred_cli.model.award import AtLeast, Shown
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.rubric import Criterion, EvidenceItem, Level, MethodChoice, Rubric, SubCompetency
from microcred_cli.model.table import Table

ROWS = 1_000_000
PIECES = 4
ROUNDS = 3
LEVELS = tuple(Level(name, name.title(), Decimal(points)) for points, name in enumerate("abcd", start=1))

_SCORES = """create table scores as
  select r as row_id, r // {per_learner} as learner,
         'item ' || (r % {per_learner}) as item, cast(null as string) as criterion,
         cast(null as string) as source, cast(null as string) as rater, 0 as agreed,
         cast(1 + hash(r) % 13 / 4 as decimal(18,9)) as value, cast(null as string) as word,
         cast(4 as decimal(18,9)) as possible, 1700000000 + hash(r + 1) % 10000000 as at,
         cast(null as bigint) as attempt, 0 as late
  from range({rows}) t(r)"""
_EVIDENCE = """create table evidence as
  select g as goal, p as position, p as item_number, 'item ' || (g * {pieces} + p) as item,
         cast(null as string) as criterion, cast(null as string) as source,
         cast(null as string) as only_source, cast(1 as decimal(18,9)) as weight,
         cast(4 as decimal(18,9)) as top, cast(1 as decimal(18,9)) as lowest, 0 as has_cuts
  from range({goals}) a(g), range({pieces}) b(p)"""


def make_goals(methods: Sequence[Method]) -> list[Goal]:
    """Return a goal for each method, with its parameters in the middle of their ranges."""
    parts = []
    for number, method in enumerate(methods):
        names = {each.name for each in SPECIFICATIONS[method].parameters}
        choice = MethodChoice(method, Decimal(65) if "latest" in names else None, 2 if "n" in names else None)
        evidence = tuple(EvidenceItem(f"item {number * PIECES + each}") for each in range(PIECES))
        parts.append(SubCompetency(f"part-{number}", "Part", (Criterion("c", "C"),), evidence, choice))
    award = AtLeast(1, tuple(Shown(part.id) for part in parts))
    rubric = Rubric("r", "1.0.0", "R", LEVELS, "c", tuple(parts), award)
    return [Goal(number, rubric, part) for number, part in enumerate(parts)]


def fill(connection: duckdb.DuckDBPyConnection, goals: int) -> int:
    """Write scores, evidence and learners; return the number of score rows."""
    per_learner = goals * PIECES
    rows = ROWS // per_learner * per_learner
    connection.execute(_SCORES.format(per_learner=per_learner, rows=rows))
    connection.execute(_EVIDENCE.format(pieces=PIECES, goals=goals))
    connection.execute("create table learners as select distinct learner from scores")
    return rows


def copy_tables(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> None:
    """Write the small tables as the engine does."""
    for table in tables:
        columns = ", ".join(f"unnest(cast(? as {each.type}[])) as {each.name}" for each in table.columns)
        values = [each.values for each in table.columns]
        connection.execute(f"create table {table.name} as select {columns}", values)


def time_methods(methods: Sequence[Method]) -> tuple[float, int]:
    """Return the seconds that the deciding query takes, and how many decisions it gave."""
    goals = make_goals(methods)
    queries = compose_queries(Features(frozenset(methods), frozenset({2})))
    with duckdb.connect(":memory:") as connection:
        fill(connection, len(goals))
        copy_tables(connection, [build_goals(goals), build_levels(goals)])
        start = time.perf_counter()
        for query in queries:
            connection.execute(f"create {'view' if query.once else 'table'} {query.name} as {query.sql}")
        seconds = time.perf_counter() - start
        found = connection.execute("select count(*) from decisions").fetchone()
        return seconds, found[0] if found else 0


def time_mean() -> tuple[float, int]:
    """Return the seconds of one bare mean by learner and item group."""
    with duckdb.connect(":memory:") as connection:
        fill(connection, 10)
        start = time.perf_counter()
        connection.execute(
            "create table means as select s.learner, e.goal, avg(s.value / s.possible * 4) as mean"
            " from scores s join evidence e on e.item = s.item group by all"
        )
        seconds = time.perf_counter() - start
        found = connection.execute("select count(*) from means").fetchone()
        return seconds, found[0] if found else 0


def main() -> None:
    """Print every method alone, then all together, as ratios to the bare mean."""
    jobs: dict[str, Callable[[], tuple[float, int]]] = {"one bare mean": time_mean}
    for method in Method:
        jobs[method] = lambda method=method: time_methods([method] * 10)  # type: ignore[misc]
    jobs["all eleven methods"] = lambda: time_methods(tuple(Method))
    times: dict[str, list[float]] = {name: [] for name in jobs}
    counts: dict[str, int] = {}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            seconds, counts[name] = job()
            times[name].append(seconds)
    first = statistics.median(times["one bare mean"])
    print(f"\nOne million score rows, the query alone (median of {ROUNDS}, ratio to the first)")
    for name, each in times.items():
        median = statistics.median(each)
        print(f"  {name:<34} {median * 1000:9.1f} ms  {counts[name]:>9} decisions  {median / first:7.2f}×")


def show_sql() -> None:
    """Print the whole text for a rubric with one method."""
    for method in Method:
        if method.value in sys.argv[2:]:
            for query in compose_queries(Features(frozenset({method}), frozenset({2}))):
                print(f"-- {query.name}\n{query.sql}\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--sql"]:
        show_sql()
    else:
        main()
