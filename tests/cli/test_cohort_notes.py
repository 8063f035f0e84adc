"""Scores that count and that an instructor may want to look at again: told, and nothing else changes."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from microcred_cli.cli.cohort_notes import write_notes
from microcred_cli.workflows.assess_cohort import Order, assess_cohort
from microcred_cli.workflows.gather_inputs import Sources
from tests.cli.program import Program, Run

RUBRIC = """\
format: microcred/1
id: writing
version: 1.0.0
title: Writing
levels:
  - {id: low, title: Low, points: 1}
  - {id: high, title: High, points: 2}
shown_at: high
subcompetencies:
  - id: drafts
    title: Drafts
    criteria: [{id: c, title: C, descriptors: {low: l., high: h.}}]
    evidence: [{item: Essay}, {item: Talk}]
    decide: {by: latest, late: leave-out}
award: all
"""
WITHIN = RUBRIC.replace("late: leave-out", "within: 2 years")
SECOND = """\
  - id: speech
    title: Speech
    criteria: [{id: c, title: C, descriptors: {low: l., high: h.}}]
    evidence: [{item: Talk}]
award: all
"""
KINDS = ("above the points possible", "below zero", "dated after")


def assess(program: Program, *options: str, gradebooks: tuple[str, ...] = ("g.csv",)) -> Run:
    run = program("assess", *gradebooks, "-r", "r.yaml", "--no-reports", *options)
    assert run.status == 0, run.output
    return run


def list_notes(run: Run) -> list[str]:
    """Return the lines on stderr that are about odd scores."""
    return [line for line in run.stderr.splitlines() if any(kind in line for kind in KINDS)]


def test_scores_above_the_points_possible_and_below_zero_are_told(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    rows = ["points possible,,10,5", "ann,Ann,10,-5", "bob,Bob,3,5.1", "cid,Cid,100,-0.5", "dee,Dee,10.01,0"]
    program.write("g.csv", "\n".join(["learner,name,Essay,Talk", *rows]))
    run = assess(program)
    assert list_notes(run) == [
        "3 scores are above the points possible, the first in g.csv, row 4, column D",
        "2 scores are below zero, the first in g.csv, row 3, column D",
    ]
    assert not any(name in run.stderr for name in ("ann", "Ann", "bob", "Bob"))


def test_a_gradebook_without_a_last_line_break_may_have_been_cut(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\npoints possible,10,10\nann,10,10")
    advice = "g.csv: no line break after row 3: if the file was cut off, look there"
    assert advice in assess(program).stderr.splitlines()
    program.write("g.csv", "learner,Essay,Talk\npoints possible,10,10\nann,10,10\n")
    assert "line break" not in assess(program).stderr


@pytest.mark.parametrize("display", ["Real", "Percentage"])
def test_an_export_without_points_possible_counts_as_level_points_and_says_so(
    program: Program, display: str
) -> None:
    score = "2.00" if display == "Real" else '"50.00 %"'
    made = "Last downloaded from this course"
    program.write("r.yaml", RUBRIC.replace("{item: Talk}", "{item: Quiz}"))
    program.write(
        "g.csv",
        f'"ID number","Assignment: Essay ({display})","Quiz: Quiz ({display})","{made}"\n'
        f"007,{score},{score},1763900000\n008,{score},{score},1763900000\n",
    )
    note = "g.csv does not say the points possible: its scores are taken as level points"
    assert (note in assess(program).stderr) is (display == "Real")


def test_a_single_one_is_told_with_its_place(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\npoints possible,10,10\nann,11,-1\n")
    assert list_notes(assess(program)) == [
        "1 score is above the points possible, in g.csv, row 3, column B",
        "1 score is below zero, in g.csv, row 3, column C",
    ]


@pytest.mark.parametrize(
    "gradebook",
    [
        "learner,Essay,Talk\npoints possible,10,10\nann,10,0\nbob,-0,\n",  # the bounds themselves
        "learner,Essay,Talk\nann,2,High\nbob,low,EX\n",  # level points, and words
        "learner,Essay,Talk,Other\npoints possible,10,10,10\nann,1,1,11\nbob,1,1,-4\n",  # of no rubric
        "learner,item,score,possible,late\nann,Essay,11,10,yes\nann,Talk,-1,10,yes\n",  # set aside
    ],
)
def test_what_is_not_odd_or_does_not_count_is_passed_over(program: Program, gradebook: str) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", gradebook)
    assert list_notes(assess(program)) == []


def test_a_negative_score_in_level_points_is_told(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\nann,-1,2\n")
    assert list_notes(assess(program)) == ["1 score is below zero, in g.csv, row 2, column B"]


def test_a_score_of_several_subcompetencies_is_one(program: Program) -> None:
    program.write("r.yaml", RUBRIC.replace("award: all\n", SECOND))
    program.write("g.csv", "learner,Essay,Talk\npoints possible,10,10\nann,1,11\n")
    assert list_notes(assess(program)) == ["1 score is above the points possible, in g.csv, row 3, column C"]


def test_the_first_is_that_of_the_file_named_first(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("b.csv", "learner,Talk\npoints possible,10\nann,1\nbob,11\n")
    program.write("a.csv", "learner,Essay\npoints possible,10\nann,11\n")
    note = "2 scores are above the points possible, the first in"
    run = assess(program, gradebooks=("b.csv", "a.csv"))
    assert list_notes(run) == [f"{note} b.csv, row 4, column B"]
    run = assess(program, gradebooks=("a.csv", "b.csv"))
    assert list_notes(run) == [f"{note} a.csv, row 3, column B"]


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2026-02-28", False),
        ("2026-03-01", False),
        ("2026-03-01T23:59:59Z", False),
        ("2026-03-02T01:00:00+02:00", False),
        ("2026-03-01T23:00:00-02:00", True),
        ("2026-03-02", True),
        ("2027-01-01 10:30", True),
    ],
)
def test_a_date_after_the_day_asked_for_is_told(program: Program, date: str, *, told: bool) -> None:
    program.write("r.yaml", WITHIN)
    program.write("g.csv", f"learner,item,score,date\nann,Talk,1,2026-01-01\nann,Essay,2,{date}\n")
    note = "1 score is dated after 2026-03-01, in g.csv, row 3, column C"
    assert list_notes(assess(program, "--as-of", "2026-03-01")) == ([note] if told else [])


def test_without_a_day_asked_for_it_is_today(program: Program) -> None:
    now = datetime.now(UTC)
    program.write("r.yaml", RUBRIC)
    rows = [f"ann,Essay,1,{now:%Y-%m-%d}", "bob,Essay,2,9998-05-01", "bob,Talk,High,9999-12-31"]
    program.write("g.csv", "\n".join(["learner,item,score,date", *rows]))
    (note,) = list_notes(assess(program))
    days = [f"{now + timedelta(days=ahead):%Y-%m-%d}" for ahead in (0, 1)]  # midnight may pass
    assert note in [f"2 scores are dated after {day}, the first in g.csv, row 3, column C" for day in days]


@pytest.mark.parametrize(
    ("hour", "date", "told"),
    [
        (8, "2026-03-01 23:59", False),
        (8, "2026-03-02", True),
        (20, "2026-03-02", False),
        (20, "2026-03-02 10:00", False),
        (20, "2026-03-02 10:01", True),
        (20, "2026-03-03", True),
    ],
)
def test_a_day_that_has_begun_somewhere_is_not_to_come(
    program: Program, monkeypatch: pytest.MonkeyPatch, hour: int, date: str, *, told: bool
) -> None:
    """An export without zones is dated by clocks that may be up to 14 hours ahead of UTC."""
    rubric = program.write("r.yaml", RUBRIC)
    gradebook = program.write("g.csv", f"learner,item,score,date\nann,Essay,1,{date}\nann,Talk,1,\n")
    monkeypatch.chdir(program.folder)
    order = Order(Sources((gradebook,), (rubric,)), reports=False)
    assessed = assess_cohort(order, datetime(2026, 3, 1, hour, tzinfo=UTC))
    assert assessed.assessment is not None
    notes = list(write_notes(assessed.assessment, forgotten=False, dropped=0))
    assert any("1 score is dated after 2026-03-01" in note for note in notes) is told


def test_quiet_says_none_of_it_and_a_result_for_programs_stays_one(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    rows = ["ann,Essay,11,10,2026-01-01", "ann,Talk,-1,10,9999-01-01"]
    program.write("g.csv", "\n".join(["learner,item,score,possible,date", *rows]))
    plain = assess(program, "--format", "json")
    assert len(list_notes(plain)) == len(KINDS)
    quiet = assess(program, "--format", "json", "--quiet")
    # The two runs may fall into two seconds.
    results = [json.loads(run.stdout) | {"assessed_at": ""} for run in (quiet, plain)]
    assert results[0] == results[1]
    assert quiet.stderr == ""
