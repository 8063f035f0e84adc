"""Whether it follows from the gradebook who was left out, on the command line."""

import json
import shutil

import pytest

from tests.cli.audited import audit, edit, failed, named, outcomes, restamp
from tests.cli.program import Program
from tests.cli.skipped import skip
from tests.cli.small_cohort import GRADES, RUBRIC, assess


@pytest.fixture
def skipped(broken: Program) -> Program:
    """Return the program beside an assessment that leaves out s2."""
    run = skip(broken)
    assert run.status == 1, run.output
    return broken


def drop(program: Program, learner: str) -> None:
    """Take a learner out of every table, as a hand could."""
    for path in (program.folder / "out").glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            "".join(line for line in lines if not line.startswith(f"{learner},")), encoding="utf-8"
        )


def test_who_is_left_out_follows(skipped: Program) -> None:
    document = audit(skipped)
    assert document["outcome"] == "passed"
    (message,) = [each["message"] for each in document["checks"] if each["check"] == "decisions"]
    assert message == "all 4 follow; 1 learner left out, as it should be"


def test_a_learner_left_out_by_hand_is_named(skipped: Program) -> None:
    drop(skipped, "s1")
    path = skipped.folder / "out/left_out.csv"
    path.write_text(path.read_text() + "s1,g.csv,2,4,this is not a score\n")
    restamp(skipped)
    document = audit(skipped)
    assert outcomes(document)["tables"] == "passed"
    assert "decisions" in failed(document)
    found = [each for each in named(document, "decisions") if each["learner"] == "s1"]
    assert {each["file"] for each in found} == {"decisions.csv", "left_out.csv"}
    assert "left out, and need not be: this is not a score [g.csv, row 2, column D]" in [
        each["message"] for each in found
    ]


def test_a_learner_left_out_without_a_word_is_named(skipped: Program) -> None:
    drop(skipped, "s1")
    restamp(skipped)
    assert {each["learner"] for each in named(audit(skipped), "decisions")} == {"s1"}


def test_a_learner_left_out_of_an_assessment_that_leaves_nobody_out(assessed: Program) -> None:
    """A forger needs the option as well; then it is the decisions that tell."""
    drop(assessed, "s1")
    assessed.write("out/left_out.csv", "learner,file,row,column,message\ns1,g.csv,2,4,this is not a score\n")
    path = assessed.folder / "out/assessment.json"
    manifest = json.loads(path.read_bytes())
    manifest["tables"]["left_out.csv"] = ""
    path.write_text(json.dumps(manifest))
    restamp(assessed)
    assert failed(audit(assessed)) == {"tables"}
    manifest = json.loads(path.read_bytes())
    manifest["options"]["skip_invalid"] = "yes"
    path.write_text(json.dumps(manifest))
    document = audit(assessed)
    assert outcomes(document)["tables"] == "passed"
    assert {each["learner"] for each in named(document, "decisions")} == {"s1"}


def test_a_learner_decided_on_by_hand_is_named(skipped: Program) -> None:
    skipped.write("h.csv", GRADES)
    assess(skipped, "h.csv", "--out", "all")
    for path in (skipped.folder / "all").glob("*.csv"):
        text = path.read_text(encoding="utf-8").replace("h.csv", "g.csv")
        (skipped.folder / "out" / path.name).write_text(text, encoding="utf-8")
    skipped.write("out/left_out.csv", "learner,file,row,column,message\n")
    restamp(skipped)
    document = audit(skipped)
    assert outcomes(document)["tables"] == "passed"
    found = named(document, "decisions")
    assert {each["learner"] for each in found} == {"s2"}
    assert "not left out, and has to be: this is not a score [g.csv, row 3, column D]" in [
        each["message"] for each in found
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [("this is not a score", "was ill"), ("g.csv,3,4", "g.csv,3,3")],
)
def test_another_reason_for_leaving_out_is_named(skipped: Program, old: str, new: str) -> None:
    edit(skipped, "out/left_out.csv", old, new)
    assert named(audit(skipped), "tables")[0]["file"] == "left_out.csv"
    restamp(skipped)
    document = audit(skipped)
    assert failed(document) == {"decisions"}
    assert {(each["file"], each["learner"]) for each in named(document, "decisions")} == {
        ("left_out.csv", "s2")
    }


@pytest.mark.parametrize("value", [None, "no"])
def test_without_the_option_nobody_can_be_left_out(skipped: Program, value: str | None) -> None:
    path = skipped.folder / "out/assessment.json"
    manifest = json.loads(path.read_bytes())
    manifest["options"] = {} if value is None else {"skip_invalid": value}
    path.write_text(json.dumps(manifest))
    run = skipped("audit")
    assert run.status == 1
    assert "Everything follows" not in run.output


def test_a_cell_that_was_mended_since_is_told(skipped: Program) -> None:
    edit(skipped, "g.csv", "?!", "1")
    document = audit(skipped)
    assert {"inputs", "decisions"} <= failed(document)
    assert {each["learner"] for each in named(document, "decisions")} == {"s2"}


def test_who_would_be_left_out_now_is_told_also_of_badges(skipped: Program) -> None:
    project = "format: microcred-project/1\nissuer: {name: Example College}\nrubrics: [r.yaml]\n"
    skipped.write("microcred.yaml", project)
    assert skipped("key", "new", "signing", "--unencrypted", "--quiet").status == 0
    run = skipped("issue", "--yes", "--quiet")
    assert run.status == 0, run.output
    edit(skipped, "g.csv", "s1,Canary One,3,3", "s1,Canary One,?,3")
    document = audit(skipped)
    assert {"inputs", "decisions", "badges"} <= failed(document)
    (badge,) = named(document, "badges")
    assert (badge["learner"], badge["message"]) == ("s1", "nothing is decided about this learner any more")


def test_places_and_messages_hold_wherever_the_files_are_seen_from(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\ns1,3,3\ns2,3,\n")
    program.write("h.csv", "learner,Talk\ns1,3\ns2,3\n")
    run = skip(program, "g.csv", "h.csv")
    assert run.status == 1, run.output
    shutil.move(program.folder, program.folder.parent / "moved")
    program.folder.mkdir()
    run = program("audit", "../moved/out")
    assert run.status == 0, run.output
    assert "1 learner left out, as it should be" in run.stdout
