"""Wrong input: a message with its place, the right exit status, no traceback, nothing written."""

import stat
import sys
from pathlib import Path

import pytest

from tests.cli.program import Program

RUBRIC = """\
format: microcred/1
id: writing
version: 1.0.0
title: Writing
levels:
  - {id: novice, title: Novice, points: 1}
  - {id: able, title: Able, points: 2}
  - {id: master, title: Master, points: 3}
shown_at: able
subcompetencies:
  - id: clarity
    title: Clarity
    criteria:
      - {id: clear, title: Is clear}
    evidence:
      - item: Essay
      - item: Team charter
    decide: {by: average}
"""
GRADEBOOK = "learner,name,Essay,Team charter\npoints possible,,10,10\ns1,Ada Canary,7,8\n"


def test_the_pair_these_cases_break_is_good(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK)
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 0, run.output
    assert "out/decisions.csv" in program.list()


IN_ESSAY = "g.csv, row 3, column C (Essay)"
GRADEBOOKS: dict[str, tuple[str | bytes, str]] = {
    "not UTF-8": (GRADEBOOK.encode().replace(b"Ada", b"\xc5d\xe4"), "g.csv, row 3: the file is not UTF-8"),
    "NUL": (GRADEBOOK.replace("7", "\x00"), "g.csv, row 3: a NUL character"),
    "unbalanced quote": (GRADEBOOK.replace("Ada", '"Ada'), "g.csv, row 3: a quote that opens in this row"),
    "ragged row": (GRADEBOOK + "s2,Bo,7\n", "g.csv, row 4: the row has 3 cells, the heading 4"),
    "duplicate header": (
        GRADEBOOK.replace("Team charter", "essay"),
        "g.csv, row 1, column D (essay): the heading stands over column C",
    ),
    "duplicate learner": (
        GRADEBOOK + "S1,Bo,7,7\n",
        "g.csv, row 4, column A (learner): the same learner stands in row 3",
    ),
    "NaN": (GRADEBOOK.replace("7", "NaN"), f"{IN_ESSAY}: the score is in words that are no level of writing"),
    "1e999": (GRADEBOOK.replace("7", "1e999"), f"{IN_ESSAY}: this is not a score: it has an exponent"),
    "9_0": (GRADEBOOK.replace("7", "9_0"), f"{IN_ESSAY}: this is not a score"),
    "Arabic digit": (
        GRADEBOOK.replace("7", "\u0665"),
        f"{IN_ESSAY}: this is not a score: its digits are not 0 to 9",
    ),
    "above the top level": (
        GRADEBOOK.replace("10,10", ",").replace("7,8", "4,3"),
        f"{IN_ESSAY}: the score is above the top level of writing (3)",
    ),
    "empty file": ("", "g.csv: the file is empty"),
}


@pytest.mark.parametrize("name", GRADEBOOKS)
def test_refused_gradebooks(program: Program, name: str) -> None:
    content, message = GRADEBOOKS[name]
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", content)
    before = program.list()
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert message in run.stderr
    assert "nothing was written" in run.stderr
    assert run.stdout == ""
    assert "Canary" not in run.stderr
    assert program.list() == before


MERGE_BOMB = "a: &a {k: v}\n" + "".join(
    f"{name}: &{name} {{<<: [{', '.join([f'*{before}'] * 9)}]}}\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)
RUBRICS: dict[str, tuple[str | bytes, str]] = {
    "unknown level": (RUBRIC.replace("shown_at: able", "shown_at: abel"), "did you mean `able`?"),
    "unknown method": (RUBRIC.replace("average", "avarage"), "did you mean `average`?"),
    "duplicate keys": (RUBRIC.replace("title: Writing", "title: Writing\ntitle: Other"), "duplicate-key"),
    "merge bomb": (MERGE_BOMB, "r.yaml:1:4"),
    "600 deep": ("a: " + "[" * 600 + "]" * 600, "too-deep"),
    "600 deep, in blocks": ("\n".join("  " * depth + "a:" for depth in range(600)), "too-deep"),
    "not UTF-8": (RUBRIC.encode().replace(b"Clarity", b"Clart\xe9"), "not-utf8"),
    "tabs": (RUBRIC.replace("    title: Clarity", "\ttitle: Clarity"), "tab-indentation"),
    "no text": ("", "r.yaml"),
    "a list": ("- 1\n- 2\n", "wrong-type"),
}


@pytest.mark.parametrize("name", RUBRICS)
@pytest.mark.parametrize("command", ["lint", "assess"])
def test_refused_rubrics(program: Program, name: str, command: str) -> None:
    content, message = RUBRICS[name]
    program.write("r.yaml", content)
    program.write("g.csv", GRADEBOOK)
    before = program.list()
    run = program("lint", "r.yaml") if command == "lint" else program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert message in run.output
    assert "r.yaml:" in run.output
    assert program.list() == before


def test_an_item_that_the_gradebook_lacks_is_shown_in_the_rubric(program: Program) -> None:
    program.write("r.yaml", RUBRIC.replace("Team charter", "Team chater"))
    program.write("g.csv", GRADEBOOK)
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert "r.yaml:17:15: the gradebook has no item “Team chater”" in run.stderr
    assert "did you mean `Team charter`?" in run.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["assess", "nowhere.csv", "--rubric", "r.yaml"], 3, "There is no file or folder nowhere.csv"),
        (["assess", "g.csv", "--rubric", "nowhere.yaml"], 3, "There is no file or folder nowhere.yaml"),
        (["assess", "g.csv"], 2, "There is no microcred.yaml here"),
        (["assess", "g.csv", "--rubric", "empty"], 3, "There is nothing to read in empty"),
        (["assess", "empty", "--rubric", "r.yaml"], 2, "empty is a folder"),
        (["assess"], 2, "GRADEBOOK"),
        (["assess", "g.csv", "--ruberic", "r.yaml"], 2, "--ruberic"),
        (["asess", "g.csv"], 2, "assess"),
        (["inspect", "nowhere.csv"], 3, "There is no file or folder nowhere.csv"),
        (["lint", "nowhere.yaml"], 3, "There is no file or folder nowhere.yaml"),
        (["rule", "unknown-leval"], 2, "unknown-level"),
        (["explain", "s1"], 3, "assessment.json"),
        (["report"], 3, "assessment.json"),
    ],
)
def test_wrong_commands(program: Program, arguments: list[str], status: int, message: str) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK)
    (program.folder / "empty").mkdir()
    before = program.list()
    run = program(*arguments)
    assert (run.status, program.list()) == (status, before), run.output
    assert message in run.stderr


def test_two_files_with_the_same_rubric(program: Program) -> None:
    program.write("rubrics/a.yaml", RUBRIC)
    program.write("rubrics/b.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK)
    run = program("assess", "g.csv", "--rubric", "rubrics")
    assert run.status == 2
    assert "are both the rubric writing" in run.stderr


def test_an_output_folder_that_cannot_be_written(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK)
    program.write("taken", "a file")
    run = program("assess", "g.csv", "--rubric", "r.yaml", "--out", "taken/out")
    assert run.status == 5
    assert "taken" in run.stderr
    assert program.list() == ["g.csv", "r.yaml", "taken"]


def test_a_folder_that_is_somebody_elses(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK)
    program.write("mine/thesis.txt", "years of work")
    run = program("assess", "g.csv", "--rubric", "r.yaml", "--out", "mine")
    assert run.status == 5
    assert "not written by microcred" in run.stderr
    assert program.list() == ["g.csv", "mine/thesis.txt", "r.yaml"]


def test_many_problems_are_counted(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    rows = "".join(f"s{number},,x,y\n" for number in range(60))
    program.write("g.csv", "learner,name,Essay,Team charter\n" + rows)
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert "… and 70 more" in run.stderr
    assert "120 problems" in run.stderr


def test_what_a_cell_says_is_shown_only_when_asked_for(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK.replace("7", "see mail of Bo"))
    assert "Bo" not in program("assess", "g.csv", "--rubric", "r.yaml").output
    assert "“see mail of Bo”" in program("assess", "g.csv", "--rubric", "r.yaml", "--show-names").stderr


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_only_the_owner_may_read_names(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADEBOOK)
    assert program("assess", "g.csv", "--rubric", "r.yaml").status == 0
    assert stat.S_IMODE((program.folder / "out" / "learners.csv").stat().st_mode) == 0o600
    named = [path for path in Path(program.folder / "out").rglob("*.csv") if "Canary" in path.read_text()]
    assert [path.name for path in named] == ["learners.csv"]
