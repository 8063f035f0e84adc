"""What explain, diff, issue and overrides make of learners who were left out, on the command line."""

import json

from tests.cli.audited import edit
from tests.cli.program import Program, read_table
from tests.cli.skipped import BROKEN, skip
from tests.cli.small_cohort import GRADES


def test_explain_says_why_a_learner_is_left_out(broken: Program) -> None:
    skip(broken)
    run = broken("explain", "S2")
    assert run.status == 1
    assert run.stdout.startswith("s2\n")
    assert "Left out, and nothing decided" in run.stdout
    assert "this is not a score  [g.csv, row 3, column D]" in run.stdout
    document = json.loads(broken("explain", "s2", "x", "--format", "json").stdout)
    assert (document["learner"], document["rubrics"]) == ("s2", [])
    assert document["left_out"] == [
        {"file": "g.csv", "row": 3, "column": 4, "message": "this is not a score"}
    ]
    others = broken("explain", "s1", "--format", "json")
    assert (others.status, json.loads(others.stdout)["left_out"]) == (0, [])


def test_explain_leads_to_those_left_out_by_their_keys(broken: Program) -> None:
    skip(broken)
    run = broken("explain", "Canary Two")
    assert run.status == 2
    assert "the keys are in learners.csv and left_out.csv" in run.stderr


def test_diff_says_who_is_left_out_on_one_side(broken: Program) -> None:
    skip(broken, options=("--no-reports", "--out", "before"))
    edit(broken, "g.csv", "?!", "1")
    skip(broken, options=("--no-reports", "--out", "after"))
    run = broken("diff", "before", "after")
    assert run.status == 0, run.output
    assert "Left out before, so not compared, learners: s2" in run.stdout
    assert "Only after" not in run.stdout
    document = json.loads(broken("diff", "before", "after", "--format", "json").stdout)
    assert document["only_before"]["left_out"] == ["s2"]
    assert document["only_after"] == {"learners": [], "rubrics": [], "subcompetencies": [], "left_out": []}
    assert document["counts"]["learners"] == 2


def test_diff_with_an_assessment_decides_by_its_rule_and_else_by_the_option(broken: Program) -> None:
    skip(broken)
    broken.write("h/g.csv", BROKEN.replace("s1,Canary One,3,3", "s1,Canary One,?,3"))
    run = broken("diff", "out", "h/g.csv")
    assert run.status == 0, run.output
    assert "Left out before, so not compared, learners: s2" in run.stdout
    assert "Left out after, so not compared, learners: s1, s2" in run.stdout
    files = ("diff", "g.csv", "h/g.csv", "--rubric", "r.yaml")
    assert "nothing was compared" in broken(*files).stderr
    run = broken(*files, "--skip-invalid")
    assert run.status == 0, run.output
    assert "Left out after, so not compared, learners: s1, s2" in run.stdout


PROJECT = "format: microcred-project/1\nissuer: {name: Example College}\nrubrics: [r.yaml]\n"


def test_no_badge_is_issued_to_who_is_left_out(broken: Program) -> None:
    broken.write("microcred.yaml", PROJECT)
    broken.write("g.csv", GRADES.replace("s3,Canary Three,3,", "s3,Canary Three,3,3").replace("s1,", "s1,"))
    edit(broken, "g.csv", "Canary Three,3,3", "Canary Three,3,?")
    assert skip(broken).status == 1
    assert broken("key", "new", "signing", "--unencrypted", "--quiet").status == 0
    run = broken("issue", "--yes")
    assert run.status == 0, run.output
    assert "Left out of the assessment, so not looked at: 1 learner" in run.stdout
    assert {row["learner"] for row in read_table(broken.folder / "badges/issued.csv")} == {"s1"}
    plan = json.loads(broken("issue", "--dry-run", "--format", "json").stdout)
    assert plan["left_out"] == 1
    edit(broken, "g.csv", "Canary Three,3,?", "Canary Three,3,3")
    assert skip(broken).status == 0
    assert broken("issue", "--yes").status == 0
    assert {row["learner"] for row in read_table(broken.folder / "badges/issued.csv")} == {"s1", "s3"}


OVERRIDES = "learner,rubric,subcompetency,decision,reason,by,at\ns2,r,y,shown,Saw it live,Kim,2026-01-05\n"


def test_a_persons_decision_waits_while_its_learner_is_left_out(broken: Program) -> None:
    broken.write("o.csv", OVERRIDES)
    options = ("--no-reports", "--overrides", "o.csv")
    broken.write("g.csv", GRADES)
    assert skip(broken, options=options).status == 0
    first = read_table(broken.folder / "out/overruled.csv")[0]["evidence"]

    broken.write("g.csv", BROKEN)
    for _ in range(2):
        run = skip(broken, options=options)
        assert "1 decision by a person about learners left out: not in force" in run.stderr
        assert "in the assessment before" not in run.stderr
        assert not (broken.folder / "out/overruled.csv").exists()
        (row,) = read_table(broken.folder / "out/waiting.csv")
        assert (row["learner"], row["decision"], row["evidence"]) == ("s2", "shown", first)
        assert broken("audit").status == 0

    # The talk was marked anew; that is told although a run without the learner lies between.
    broken.write("g.csv", GRADES.replace("s2,Canary Two,2,1", "s2,Canary Two,2,2"))
    run = skip(broken, options=options)
    assert "1 decision by a person, out of date" in run.stderr
    (row,) = read_table(broken.folder / "out/overruled.csv")
    assert (row["evidence"], row["outdated"]) == (first, "yes")
    assert not (broken.folder / "out/waiting.csv").exists()


def test_a_persons_decision_that_never_applied_waits_without_a_memory(broken: Program) -> None:
    broken.write("o.csv", OVERRIDES)
    options = ("--no-reports", "--overrides", "o.csv")
    skip(broken, options=options)
    assert read_table(broken.folder / "out/waiting.csv")[0]["evidence"] == ""
    broken.write("g.csv", GRADES)
    assert "1 decision by a person: see overruled.csv" in skip(broken, options=options).stderr
