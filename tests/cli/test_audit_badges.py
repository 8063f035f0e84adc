"""Whether badges, and the badges that awards ask for, follow on the command line."""

import pytest

from tests.cli.audited import audit, edit, failed, named, outcomes, restamp
from tests.cli.program import Program, read_table
from tests.cli.small_cohort import GRADES, RUBRIC, assess

HELD = RUBRIC + "award: {all: [x, {held: base}]}\n"


def test_badges_held_come_from_the_file_that_was_named(program: Program) -> None:
    program.write("r.yaml", HELD)
    program.write("g.csv", GRADES)
    program.write("a.csv", "learner,rubric,award\ns1,base,earned\ns3,base,not-yet\n")
    assess(program, "g.csv", "--held", "a.csv")
    assert audit(program)["outcome"] == "passed"
    edit(program, "a.csv", "s1,base,earned", "s1,base,not-yet")
    document = audit(program)
    assert [each["file"] for each in named(document, "inputs")] == ["a.csv"]
    award, held = named(document, "awards")
    assert (award["file"], award["learner"]) == ("awards.csv", "s1")
    assert award["reasons"][0]["text"] == "held:base: held → not held"
    assert (held["file"], held["learner"]) == ("held.csv", "s1")


@pytest.mark.parametrize("rows", ["", "s1,base\ns1,base\n"])
def test_a_badge_held_that_is_missing_or_twice(program: Program, rows: str) -> None:
    program.write("r.yaml", HELD)
    program.write("g.csv", GRADES)
    program.write("a.csv", "learner,rubric,award\ns1,base,earned\n")
    assess(program, "g.csv", "--held", "a.csv")
    program.write("out/held.csv", f"learner,rubric\n{rows}")
    restamp(program)
    assert audit(program)["outcome"] == "failed"


def test_a_badge_held_that_nobody_can_confirm_is_not_checked(program: Program) -> None:
    program.write("r.yaml", HELD)
    program.write("g.csv", GRADES)
    program.write("a.csv", "learner,rubric,award\ns1,base,earned\n")
    assess(program, "g.csv", "--held", "a.csv")
    edit(program, "out/held.csv", "s1,base", "s1,base\ns3,base")
    edit(program, "out/awards.csv", "s3,r,1.0.0,not-yet,x,held:base", "s3,r,1.0.0,earned,x,")
    restamp(program)
    document = audit(program)
    assert outcomes(document)["awards"] == "unchecked"
    assert document["outcome"] == "unchecked"


PROJECT = "format: microcred-project/1\nissuer: {name: Example College}\nrubrics: [r.yaml]\n"


@pytest.fixture
def issued(assessed: Program) -> Program:
    """Return the program in a project in which s1 has a badge."""
    assessed.write("microcred.yaml", PROJECT)
    assert assessed("key", "new", "signing", "--unencrypted", "--quiet").status == 0
    run = assessed("issue", "--yes", "--quiet")
    assert run.status == 0, run.output
    return assessed


def test_a_badge_follows_until_its_award_is_gone(issued: Program) -> None:
    document = audit(issued)
    assert document["outcome"] == "passed"
    assert document["checks"][-1]["message"] == "1 badge with an earned award"
    edit(issued, "g.csv", "Canary One,3,3", "Canary One,3,1")
    assess(issued)
    document = audit(issued)
    assert failed(document) == {"badges"}
    (badge,) = named(document, "badges")
    (row,) = read_table(issued.folder / "badges" / "issued.csv")
    assert badge["badge"] == row["badge"].removeprefix("urn:uuid:")
    assert (badge["learner"], badge["rubric"]) == ("s1", "r")
    assert badge["message"] == "the award is not-yet, for want of X and Y"
    assert issued("audit").status == 1


def test_badges_of_others_and_of_other_versions_are_counted_and_no_failure(issued: Program) -> None:
    edit(issued, "g.csv", "s1,Canary One", "s7,Canary One")
    assess(issued)
    document = audit(issued)
    assert document["outcome"] == "passed"
    assert "1 of learners or versions not assessed here" in document["checks"][-1]["message"]
    edit(issued, "g.csv", "s7,Canary One", "s1,Canary One")
    edit(issued, "r.yaml", "version: 1.0.0", "version: 2.0.0")
    assess(issued)
    document = audit(issued)
    assert document["outcome"] == "passed"
    assert "1 of learners or versions not assessed here" in document["checks"][-1]["message"]


def test_badges_cannot_be_checked_without_the_gradebook(issued: Program) -> None:
    (issued.folder / "g.csv").unlink()
    document = audit(issued)
    assert outcomes(document)["badges"] == "unchecked"
    assert document["outcome"] == "unchecked"


def test_badges_held_by_the_ledger_are_looked_up_there(issued: Program) -> None:
    issued.write("next.yaml", HELD.replace("id: r", "id: next").replace("base", "r"))
    run = issued("assess", "g.csv", "-r", "next.yaml", "-o", "next", "--no-reports")
    assert run.status == 0, run.output
    assert read_table(issued.folder / "next" / "held.csv") == [{"learner": "s1", "rubric": "r"}]
    assert audit(issued, "next")["outcome"] == "passed"
    edit(issued, "next/held.csv", "s1,r", "s1,r\ns3,r")
    edit(issued, "next/awards.csv", "s3,next,1.0.0,not-yet,x,held:r", "s3,next,1.0.0,earned,x,")
    restamp(issued, "next")
    document = audit(issued, "next")
    assert failed(document) == {"awards"}
    assert [(each["file"], each["learner"]) for each in named(document, "awards")] == [("held.csv", "s3")]
