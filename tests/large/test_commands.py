"""Tables for the engine, from the command line."""

import csv
import json
import stat
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from microcred_cli.texts.sheet import MAXIMUM_BYTES
from tests.cli.program import Program
from tests.cli.small_cohort import RUBRIC as SMALL
from tests.large.engine import write_parquet

RUBRIC = SMALL.replace("by: average", "by: latest").replace("title: R\n", "title: Reasoning\n")
GRADES = """\
learner,name,email,item,score,date
s1,Canary One,one@canary.example,Essay,3,2026-03-01
s1,,,Talk,2,2026-03-02
s2,Canary Two,,Essay,1,2026-03-02T10:00:00Z
s2,,,Talk,B,2026-03-01
s3,Canary Three,,Essay,EX,
"""


@pytest.fixture
def parquet(program: Program) -> Program:
    """Return the program beside a rubric and three learners as Parquet."""
    program.write("r.yaml", RUBRIC)
    write_parquet(GRADES.encode(), program.folder / "g.parquet")
    return program


def fetch(path: Path) -> list[tuple[object, ...]]:
    return duckdb.execute(f"select * from read_parquet('{path}')").fetchall()


def test_a_parquet_file_becomes_a_folder_of_parquet_tables(parquet: Program) -> None:
    run = parquet("assess", "g.parquet", "--rubric", "r.yaml")
    assert run.status == 0, run.output
    assert "Reasoning: 3 learners; award: 0 earned, 2 not-yet, 1 incomplete" in run.stdout
    assert "written to out/: decisions.parquet, awards.parquet" in run.stderr
    assert "Canary" not in run.output
    out = parquet.folder / "out"
    assert sorted(each.name for each in out.iterdir()) == [
        "assessment.json",
        "awards.parquet",
        "decisions.parquet",
        "learners.parquet",
        "rubrics",
    ]
    assert stat.S_IMODE((out / "learners.parquet").stat().st_mode) == 0o600
    assert fetch(out / "learners.parquet") == [
        ("s1", "Canary One", "one@canary.example"),
        ("s2", "Canary Two", None),
        ("s3", "Canary Three", None),
    ]
    assert fetch(out / "decisions.parquet")[:2] == [
        ("s1", "r", "1.0.0", "x", "not-yet", "a", Decimal(2), 2, "latest", "method", ""),
        ("s1", "r", "1.0.0", "y", "not-yet", "a", Decimal(2), 1, "highest", "method", ""),
    ]
    assert fetch(out / "awards.parquet") == [
        ("s1", "r", "1.0.0", "not-yet", "", "x;y"),
        ("s2", "r", "1.0.0", "not-yet", "y", "x"),
        ("s3", "r", "1.0.0", "incomplete", "", "x;y"),
    ]
    manifest = json.loads((out / "assessment.json").read_bytes())
    assert [each["role"] for each in manifest["inputs"]] == ["gradebook", "rubric"]


def test_the_same_rows_as_csv_are_decided_alike(parquet: Program) -> None:
    assert parquet("assess", "g.parquet", "--rubric", "r.yaml", "--quiet").status == 0
    parquet.write("h.csv", GRADES)
    assert parquet("assess", "h.csv", "--rubric", "r.yaml", "--out", "records", "--no-reports").status == 0
    with (parquet.folder / "records" / "decisions.csv").open(newline="") as file:
        records = [tuple(row.values()) for row in csv.DictReader(file)]
    tables = fetch(parquet.folder / "out" / "decisions.parquet")
    numbers = {4: str, 6: Decimal, 7: int}
    read = [
        tuple(numbers.get(at, str)(cell) if cell else None for at, cell in enumerate(row)) for row in records
    ]
    # Records are sorted by name, tables by key.
    assert sorted(read, key=str) == sorted(
        (tuple(cell or None for cell in row[:7]) + row[7:10] + (None,) for row in tables), key=str
    )


def test_counts_as_json(parquet: Program) -> None:
    run = parquet("assess", "g.parquet", "--rubric", "r.yaml", "--format", "json")
    document = json.loads(run.stdout)
    assert document["learners"] == 3
    assert document["scores"] == 5
    (rubric,) = document["rubrics"]
    assert rubric["awards"] == {"earned": 0, "not-yet": 2, "incomplete": 1}
    assert rubric["decisions"][1] == {
        "subcompetency": "y",
        "shown": 1,
        "not-yet": 1,
        "insufficient-evidence": 0,
        "not-assessed": 1,
    }


def test_explain_reads_the_learners_rows_again(parquet: Program) -> None:
    assert parquet("assess", "g.parquet", "--rubric", "r.yaml", "--quiet").status == 0
    by_key = parquet("explain", "s2", "x")
    assert by_key.status == 0, by_key.output
    assert "[g.parquet, row 4, column E]" in by_key.stdout
    assert "[g.parquet, row 5, column E]" in by_key.stdout
    assert parquet("explain", "canary two", "x").stdout == by_key.stdout
    nobody = parquet("explain", "s9")
    assert nobody.status == 2
    assert "s1" in nobody.stderr or "learners.parquet" in nobody.stderr


def test_explain_refuses_a_table_that_changed_and_one_that_is_gone(parquet: Program) -> None:
    assert parquet("assess", "g.parquet", "--rubric", "r.yaml", "--quiet").status == 0
    write_parquet(GRADES.replace("Talk,2", "Talk,3").encode(), parquet.folder / "g.parquet")
    changed = parquet("explain", "s1")
    assert changed.status == 1
    assert "is not as it was when it was assessed" in changed.stderr
    (parquet.folder / "g.parquet").unlink()
    assert parquet("explain", "s1").status == 3


@pytest.mark.parametrize("name", ["decisions.parquet", "learners.parquet", "rubrics/r.yaml"])
def test_explain_refuses_a_folder_that_changed(parquet: Program, name: str) -> None:
    assert parquet("assess", "g.parquet", "--rubric", "r.yaml", "--quiet").status == 0
    path = parquet.folder / "out" / name
    path.write_bytes(path.read_bytes() + b"\n")
    run = parquet("explain", "s1")
    assert run.status == 1
    assert name in run.stderr
    path.unlink()
    assert parquet("explain", "s1").status == 1


@pytest.mark.parametrize("command", [["report"], ["audit"], ["diff", "out", "out"]])
def test_other_commands_say_that_they_do_not_read_it(parquet: Program, command: list[str]) -> None:
    assert parquet("assess", "g.parquet", "--rubric", "r.yaml", "--quiet").status == 0
    run = parquet(*command)
    assert run.status == 2
    assert "the assessment of a large table or Parquet file" in run.stderr


def test_a_folder_changes_its_kind_and_nothing_is_left_behind(parquet: Program) -> None:
    parquet.write("small.csv", GRADES)
    for gradebook, names in (("g.parquet", "decisions.parquet"), ("small.csv", "decisions.csv")) * 2:
        assert parquet("assess", gradebook, "--rubric", "r.yaml", "--quiet").status == 0
        assert [each.name for each in (parquet.folder / "out").glob("decisions.*")] == [names]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["h.csv"], "is assessed alone"),
        (["--held", "awards.csv"], "takes no --held"),
        (["--overrides", "overrides.csv"], "takes no --overrides"),
        (["--skip-invalid"], "leaves nobody out"),
    ],
)
def test_what_does_not_go_together(parquet: Program, options: list[str], message: str) -> None:
    parquet.write("h.csv", GRADES)
    run = parquet("assess", "g.parquet", *options, "--rubric", "r.yaml")
    assert run.status == 2
    assert message in run.stderr
    assert not (parquet.folder / "out").exists()


def test_decisions_by_persons_are_not_passed_over(parquet: Program) -> None:
    assert parquet("init", "p").status == 0
    inside = Program(parquet.folder / "p", parquet._monkeypatch)  # noqa: SLF001
    inside.write("r.yaml", RUBRIC)
    inside.write(
        "overrides.csv",
        "learner,rubric,subcompetency,decision,reason,by,at\ns1,r,x,shown,seen in class,Kim,2026-03-01\n",
    )
    write_parquet(GRADES.encode(), inside.folder / "g.parquet")
    run = inside("assess", "g.parquet", "--rubric", "r.yaml", "--out", "o")
    assert run.status == 2
    assert "decisions by persons" in run.stderr


def test_a_csv_file_of_more_than_the_bound(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    rows = MAXIMUM_BYTES // len("learner-123456,Talk,2.5,4\n") + 1_000
    lines = [f"learner-{number:06},{('Essay', 'Talk')[number % 2]},2.5,4" for number in range(rows)]
    program.write("g.csv", "learner,item,score,possible\n" + "\n".join(lines) + "\n")
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 0, run.output
    assert f"Reasoning: {rows} learners" in run.stdout
    inspected = json.loads(program("inspect", "g.csv", "--rubric", "r.yaml", "--format", "json").stdout)
    (book,) = inspected["gradebooks"]
    assert book["learners"] == rows
    assert book["facts"]["rows"] == f"2 to {rows + 1}"
    assert [item["states"] for item in book["items"]] == [{"score": (rows + 1) // 2}, {"score": rows // 2}]
    # One cell, far behind the first of them, is refused with its row.
    lines[-5] = "learner-x,Talk,2;5,4"
    program.write("g.csv", "learner,item,score,possible\n" + "\n".join(lines) + "\n")
    run = program("assess", "g.csv", "--rubric", "r.yaml", "--out", "again")
    assert run.status == 1
    assert f"g.csv, row {rows - 3}, column C (score): this is not a score" in run.stderr
    assert not (program.folder / "again").exists()


def test_a_csv_file_of_more_cells_than_the_bound(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    lines = [f"{number},Essay,2,4" for number in range(380_000)]
    program.write("g.csv", "\n".join(["learner,item,score,possible", *lines, "1,Talk,2,4", ""]))
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 0, run.output
    assert "written to out/: decisions.parquet" in run.stderr


def test_inspect_counts_what_the_cells_say(parquet: Program) -> None:
    write_parquet(
        b"learner,item,criterion,score,possible\ns1,Essay,Style,3.50,4\ns2,Essay,style,EX,4\ns3,Essay,Form,5,4\n"
        b"s4,essay,Form,-1,4\ns5,Essay,Form,,4\ns6,Talk,,good,\ns7,Talk,,?!,\n",
        parquet.folder / "h.parquet",
    )
    run = parquet("inspect", "h.parquet", "--rubric", "r.yaml", "--format", "json")
    assert run.status == 1
    (book,) = json.loads(run.stdout)["gradebooks"]
    essay, talk = book["items"]
    assert essay["states"] == {"score": 3, "excused": 1, "missing": 1}
    assert (essay["lowest"], essay["highest"]) == ("-1", "5")
    assert (essay["above_possible"], essay["below_zero"], essay["criteria"]) == (1, 1, ["Style", "Form"])
    assert (talk["in_words"], talk["refused"]) == (1, 1)
    assert [each["row"] for each in book["problems"]] == [8]
    assert "Talk" in parquet("inspect", "h.parquet", "--rubric", "r.yaml").stdout


def test_agreement_does_not_read_parquet(parquet: Program) -> None:
    run = parquet("agreement", "g.parquet", "--rubric", "r.yaml")
    assert run.status == 1
    assert "this is a large table or Parquet file, which this command does not read" in run.stderr


def test_a_large_text_in_utf_16_is_told_what_to_do(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", ("learner,item,score\n" + "s1,Essay,3\n" * 600_000).encode("utf-16"))
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert "the file has more than 12,000,000 bytes" in run.stderr
    assert "tables in UTF-8 whose first row has the columns learner, item and score" in run.stderr


def test_what_many_rows_say_is_told_once_with_their_number(parquet: Program) -> None:
    rows = [f"s{number},Essay,{('7x', '3', '8x')[number % 3]},2026-03-01" for number in range(3_000)]
    rows += [f"s{number},Talk,3,{('01.03.2026', '2026-03-01')[number % 2]}" for number in range(3_000)]
    table = "\n".join(["learner,item,score,date", *rows, ""])
    write_parquet(table.encode(), parquet.folder / "h.parquet")
    for command in ("assess", "inspect"):
        run = parquet(command, "h.parquet", "--rubric", "r.yaml")
        assert run.status == 1
        assert "h.parquet, row 2, column C (score): this is not a score (and in 999 more rows)" in run.stderr
        assert "row 4, column C (score): this is not a score (and in 999 more rows)" in run.stderr
        assert "row 3002, column D (date): this is not a date (and in 1,499 more rows)" in run.stderr
        assert "3 problems" in run.stderr
    # What only one row says has no such number.
    write_parquet(GRADES.replace("Talk,2", "Talk,2x").encode(), parquet.folder / "h.parquet")
    assert "this is not a score\n" in parquet("assess", "h.parquet", "--rubric", "r.yaml").stderr
