"""Parquet files as other programs write them: numbers, dates, folders and names of their own."""

from pathlib import Path

import duckdb
import pytest

from tests.large.engine import Decided, decide_file, gather
from tests.large.test_commands import RUBRIC

KEYS = "select * from (values ({}, 'Essay'), ({}, 'Talk')) t(learner, item), (select 3 as score)"
ROW = "select 's1' as learner, item, {} from (values ('Essay'), ('Talk')) t(item)"


def decide(sql: str, path: Path) -> Decided:
    path.parent.mkdir(parents=True, exist_ok=True)
    target = path.with_name("made.parquet")
    duckdb.execute(f"copy ({sql}) to '{target}' (format parquet)")
    target.rename(path)
    return decide_file(gather([RUBRIC.encode()]), path)


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("7::integer", "7"),
        ("7::double", "7"),
        ("9007199254740991::double", "9007199254740991"),
        ("20231234567890123::bigint", "20231234567890123"),
        ("12.00::decimal(5,2)", "12"),
        ("'007'", "007"),
        ("'4ac9a8b4-0000-4000-8000-000000000001'::uuid", "4ac9a8b4-0000-4000-8000-000000000001"),
    ],
)
def test_keys(key: str, expected: str, tmp_path: Path) -> None:
    decided = decide(KEYS.format(key, key), tmp_path / "g.parquet")
    assert decided.problems == ()
    assert [row[0] for row in decided.learners or ()] == [expected]


@pytest.mark.parametrize(
    "key", ["20231234567890123::double", "16777217::float", "'nan'::double", "1.5::double"]
)
def test_keys_that_are_no_exact_numbers_are_refused(key: str, tmp_path: Path) -> None:
    (problem,) = decide(KEYS.format(key, key), tmp_path / "g.parquet").problems
    assert "last digits are lost" in problem.message


@pytest.mark.parametrize(
    ("cells", "score"),
    [
        ("3 as score", "3.00"),
        ("2.5::double as score", "2.50"),
        ("2.5::decimal(38,10) as score", "2.50"),
        ("(8 / 3)::double as score", "2.67"),
        ("0.1::double + 0.2::double as score", "0.30"),
        ("1.234::double as score, 4::integer as possible", "0.93"),
        ("2::hugeint as score, 4::utinyint as possible, 1::decimal(4,2) as attempt", "1.50"),
        ("2 as score, date '2026-03-01' as date", "2.00"),
        ("2 as score, timestamp '2026-03-01 10:30:00.123456' as date, false as late", "2.00"),
        ("2 as score, timestamptz '2026-03-01 10:30:00+02' as date", "2.00"),
    ],
)
def test_numbers_and_dates(cells: str, score: str, tmp_path: Path) -> None:
    decided = decide(ROW.format(cells), tmp_path / "g.parquet")
    assert decided.problems == ()
    assert [f"{row[6]:.2f}" for row in decided.decisions or ()] == [score, score]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ("'nan'::double as score", "no level"),
        ("'inf'::double as score", "no level"),
        ("1e9::double as score", "this is not a score"),
        ("3 as score, 'infinity'::timestamptz as date", "this is not a date"),
        ("3 as score, 'infinity'::date as date", "this is not a date"),
        ("[3] as score", "lists, records or bytes"),
        ("{'a': 3} as score", "lists, records or bytes"),
        ("time '10:00:00' as score", "lists, records or bytes"),
        ("3 as points", "columns learner, item and score"),
    ],
)
def test_what_is_refused(cells: str, message: str, tmp_path: Path) -> None:
    problems = decide(ROW.format(cells), tmp_path / "g.parquet").problems
    assert problems
    assert message in problems[0].message


def test_seconds_may_have_fractions(tmp_path: Path) -> None:
    moment = "timestamp '2026-03-01' + to_microseconds(i * 1001)"
    rows = f"select 's' || i as learner, item, 3 as score, {moment} as date from range(3000) r(i)"
    decided = decide(f"{rows}, (values ('Essay'), ('Talk')) t(item)", tmp_path / "g.parquet")
    assert decided.problems == ()


@pytest.mark.parametrize(
    "name",
    ["score=1/g.parquet", "learner=x/g.parquet", "g[1].parquet", "g*.parquet", "g?.parquet", "a'b.parquet"],
)
def test_names_of_files_and_folders_mean_nothing(name: str, tmp_path: Path) -> None:
    # Each of these would be the file if the name were a pattern.
    for other in ("g1.parquet", "gx.parquet", "g.parquet"):
        duckdb.execute(f"copy ({KEYS.format(1, 1)}) to '{tmp_path / other}' (format parquet)")
    decided = decide(ROW.format("4 - 1 as score"), tmp_path / name)
    assert decided.problems == ()
    assert [(row[0], float(str(row[6]))) for row in decided.decisions or ()] == [("s1", 3.0)] * 2
