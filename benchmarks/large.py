"""Twenty million score rows, as CSV and as Parquet: read, checked, decided and written, whole processes.

500,000 learners, ten sub-competencies, four dated scores each; the methods highest, latest, average and
decaying-average in turn. The peer is the least that asks DuckDB for the same four methods: cells cast
without a check, doubles, one query, nothing kept. Rounds alternate; nothing here is asserted by a test.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[1]
MICROCRED = ROOT / ".venv" / "bin" / "microcred"
LEARNERS = 500_000
GOALS = 10
PIECES = 4
ROUNDS = 2
METHODS = ("highest", "latest", "average", "decaying-average")

_ROWS = """select 'L' || lpad(cast(l as varchar), 7, '0') as learner,
  'Item ' || lpad(cast(i as varchar), 2, '0') as item, cast(cast(hash(l * 40 + i) % 41 as double) / 4
  as decimal(5,2)) as score, 10 as possible,
  to_timestamp(1767225600 + cast(hash(l * 40 + i + 7) % 15552000 as bigint)) at time zone 'UTC' as date
from range({learners}) a(l), range({items}) b(i)"""
# What a person would write who trusts the file.
_PEER = """
import duckdb, sys
source = f"read_csv('{sys.argv[1]}', all_varchar=true)" if sys.argv[1].endswith("csv") else f"'{sys.argv[1]}'"
duckdb.execute(f'''create table decided as
with s as (
  select learner, cast(right(item, 2) as integer) // 4 as goal,
         cast(score as double) / cast(possible as double) * 4 as p,
         row_number() over (partition by learner, goal order by cast(date as timestamp) desc) as back,
         count(*) over (partition by learner, goal) as size
  from {source}
)
select learner, goal, case goal % 4
         when 0 then max(p) when 1 then max(case when back = 1 then p end) when 2 then avg(p)
         else sum(p * case when back = size then power(0.35, size - 1) else 0.65 * power(0.35, back - 1) end)
       end as score
from s group by learner, goal''')
print(duckdb.execute("select count(*) from decided").fetchone())
"""


def write_rubric(path: Path) -> None:
    """Write a rubric of ten sub-competencies, four items each."""
    parts = "".join(
        f"  - id: part-{goal}\n    title: Part {goal}\n    criteria: [{{id: c, title: C}}]\n    evidence:\n"
        + "".join(f"      - item: Item {goal * PIECES + piece:02}\n" for piece in range(PIECES))
        + f"    decide: {{by: {METHODS[goal % len(METHODS)]}}}\n"
        for goal in range(GOALS)
    )
    levels = ", ".join(f"{{id: {name}, title: {name}, points: {at}}}" for at, name in enumerate("abcd", 1))
    path.write_text(
        "format: microcred/1\nid: large\nversion: 1.0.0\ntitle: Large\n"
        f"levels: [{levels}]\nshown_at: c\nsubcompetencies:\n{parts}",
        encoding="utf-8",
    )


def write_tables(folder: Path) -> tuple[Path, Path, int]:
    """Write the rows as CSV and as Parquet, and return how many there are."""
    csv, parquet = folder / "scores.csv", folder / "scores.parquet"
    rows = _ROWS.format(learners=LEARNERS, items=GOALS * PIECES)
    duckdb.execute(f"copy ({rows}) to '{parquet}' (format parquet)")
    iso = "strftime(date, '%Y-%m-%dT%H:%M:%SZ') as date"
    duckdb.execute(f"copy (select * exclude (date), {iso} from '{parquet}') to '{csv}' (header)")
    return csv, parquet, LEARNERS * GOALS * PIECES


def run_once(command: Sequence[str], folder: Path) -> tuple[float, int]:
    """Return the seconds a command took and its greatest size in memory, in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{command[0]} failed")
    return time.perf_counter() - start, usage.ru_maxrss // 1000


def main() -> None:
    """Print seconds, memory and the ratio to the peer for each format."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_rubric(folder / "r.yaml")
        csv, parquet, rows = write_tables(folder)
        print(f"\n{rows:,} score rows to {LEARNERS * GOALS:,} decisions (best of {ROUNDS})")
        for table in (csv, parquet):
            commands = {
                f"bare DuckDB, {table.suffix[1:]}": [sys.executable, "-c", _PEER, str(table)],
                f"microcred assess, {table.suffix[1:]}": [
                    str(MICROCRED),
                    "assess",
                    str(table),
                    "--rubric",
                    "r.yaml",
                    "--out",
                    "out",
                    "--no-reports",
                ],
            }
            runs: dict[str, list[tuple[float, int]]] = {each: [] for each in commands}
            for _ in range(ROUNDS):
                for each, command in commands.items():
                    runs[each].append(run_once(command, folder))
            first = min(next(iter(runs.values())))[0]
            for each, found in runs.items():
                seconds, memory = min(found)[0], max(size for _, size in found)
                print(f"  {each:<34} {seconds:6.1f} s  {memory:>6,} MB  {seconds / first:7.2f}×")


if __name__ == "__main__":
    main()
