"""Whether decisions and badges follow from their evidence, on the command line."""

import csv
import hashlib
import io
import json
import sys
from collections.abc import Callable
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from microcred_cli.workflows.assess_cohort import Order, assess_cohort
from microcred_cli.workflows.gather_inputs import Sources
from tests.cli.program import Program, read_table

LONG = "learner,item,score,date\n"
RUBRIC = """\
format: microcred/1
id: r
version: 1.0.0
title: R
levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 3}]
shown_at: b
subcompetencies:
  - id: x
    title: X
    criteria: [{id: c, title: C}]
    evidence: [{item: Essay}, {item: Talk}]
    decide: {by: average}
  - {id: y, title: Y, criteria: [{id: c, title: C}], evidence: [{item: Talk}]}
"""
GRADES = "learner,name,Essay,Talk\ns1,Canary One,3,3\ns2,Canary Two,2,1\ns3,Canary Three,3,\n"


@pytest.fixture
def assessed(program: Program) -> Program:
    """Return the program beside the assessment of three learners, without a project."""
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADES)
    assert assess(program).status == 0
    return program


def assess(program: Program, *options: str) -> Any:
    return program("assess", "g.csv", "--rubric", "r.yaml", "--no-reports", "--quiet", *options)


def audit(program: Program, *arguments: str) -> dict[str, Any]:
    """Audit as JSON; the statuses of the checks by name, and the document."""
    run = program("audit", *arguments, "--format", "json")
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["format"] == "microcred-audit/1"
    assert {"passed": 0, "failed": 1, "unchecked": 4}[document["outcome"]] == run.status
    return document


def outcomes(document: dict[str, Any]) -> dict[str, str]:
    return {each["check"]: each["outcome"] for each in document["checks"]}


def failed(document: dict[str, Any]) -> set[str]:
    return {name for name, outcome in outcomes(document).items() if outcome == "failed"}


def named(document: dict[str, Any], check: str) -> list[dict[str, Any]]:
    """Return what a check named."""
    (found,) = [each["discrepancies"] for each in document["checks"] if each["check"] == check]
    listed: list[dict[str, Any]] = found
    return listed


def edit(program: Program, name: str, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    path = program.folder / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def restamp(program: Program, folder: str = "out") -> None:
    """Make the manifest's digests those of the tables and inputs as they are now, as a forger would."""
    path = program.folder / folder / "assessment.json"
    manifest = json.loads(path.read_bytes())
    for name in manifest["tables"]:
        manifest["tables"][name] = hashlib.sha256((path.parent / name).read_bytes()).hexdigest()
    for each in manifest["inputs"]:
        each["sha256"] = hashlib.sha256((program.folder / each["path"]).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")


def turn(program: Program, name: str) -> None:
    """Put the rows of a table in the opposite order."""
    path = program.folder / name
    heading, *rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([heading, *rows[::-1]])
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")


@pytest.mark.parametrize("width", [80, 120])
def test_an_unchanged_assessment_follows(
    project: Program, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    before = project.list()
    run = project("audit")
    assert run.status == 0, run.output
    assert "Everything follows from the evidence." in run.stdout
    assert "all 128 follow" in run.stdout
    assert run.stderr == ""
    assert max(map(cell_len, run.stdout.splitlines())) <= width
    assert project.list() == before
    assert set(outcomes(audit(project)).values()) == {"passed"}


def test_one_edited_cell_of_the_gradebook_is_named_with_the_decision_it_changes(assessed: Program) -> None:
    edit(assessed, "g.csv", "s1,Canary One,3,3", "s1,Canary One,3,1")
    document = audit(assessed)
    assert failed(document) == {"inputs", "decisions", "awards", "evidence"}
    assert [each["file"] for each in named(document, "inputs")] == ["g.csv"]
    decisions = named(document, "decisions")
    assert [(each["learner"], each["rubric"], each["subcompetency"]) for each in decisions] == [
        ("s1", "r", "x"),
        ("s1", "r", "y"),
    ]
    assert decisions[0]["message"] == "shown (b, 3.00) → not-yet (a, 2.00)"
    (reason,) = decisions[0]["reasons"]
    assert reason["text"] == "Talk: 3 → 1"
    assert reason["after"] == {"file": "g.csv", "row": 2, "column": 4}
    (award,) = named(document, "awards")
    assert award["message"].startswith("award earned → not-yet")
    run = assessed("audit")
    assert run.status == 1
    assert "gradebook" not in run.stderr
    assert "[g.csv, row 2, column D]" in run.stdout
    assert "NOT everything follows" in run.stdout
    assert "Canary" not in run.output


def test_a_swapped_rubric_is_named_with_all_that_it_changes(assessed: Program) -> None:
    edit(assessed, "r.yaml", "shown_at: b", "shown_at: a")
    document = audit(assessed)
    assert [each["file"] for each in named(document, "inputs")] == ["r.yaml"]
    assert {(each["learner"], each["subcompetency"]) for each in named(document, "decisions")} == {
        ("s2", "x"),
        ("s2", "y"),
    }
    assert named(document, "decisions")[0]["reasons"][0]["text"] == "shown_at: b → a"


def test_a_rubric_swapped_for_another_one_leaves_nothing_that_follows(assessed: Program) -> None:
    edit(assessed, "r.yaml", "id: r", "id: q")
    document = audit(assessed)
    assert {"inputs", "decisions", "awards"} <= failed(document)
    assert {each["rubric"] for each in named(document, "decisions")} == {"r", "q"}


def test_the_copy_of_the_rubric_is_compared_with_its_source(assessed: Program) -> None:
    path = assessed.folder / "out" / "rubrics" / "r.yaml"
    path.write_text(path.read_text().replace("shown_at: b", "shown_at: a"))
    manifest = assessed.folder / "out" / "assessment.json"
    recorded = json.loads(manifest.read_bytes())
    recorded["tables"]["rubrics/r.yaml"] = hashlib.sha256(path.read_bytes()).hexdigest()
    manifest.write_text(json.dumps(recorded))
    document = audit(assessed)
    assert failed(document) >= {"inputs"}
    assert [each["file"] for each in named(document, "inputs")] == ["out/rubrics/r.yaml"]


Hand = Callable[[Program], None]

HANDS: dict[str, tuple[str, str, str, str, str]] = {
    # file, old, new, the check that names it once the digests are mended, whose
    "a decision": ("decisions.csv", "y,not-yet,a,1.00", "y,shown,b,3.00", "decisions", "s2"),
    "a level": ("decisions.csv", "x,shown,b,3.00,2", "x,shown,,3.00,2", "decisions", "s1"),
    "a score": ("decisions.csv", "x,not-yet,a,1.50", "x,not-yet,a,1.49", "decisions", "s2"),
    "a count": ("decisions.csv", "x,shown,b,3.00,1", "x,shown,b,3.00,2", "decisions", "s3"),
    "a method": ("decisions.csv", "2,average", "2,highest", "decisions", "s1"),
    "an award": ("awards.csv", "s2,r,1.0.0,not-yet,,x;y", "s2,r,1.0.0,earned,,x;y", "awards", "s2"),
    "what is missing": ("awards.csv", "not-yet,,x;y", "not-yet,,x", "awards", "s2"),
    "a piece": ("pieces.csv", "Talk,,1,,points,1", "Talk,,2,,points,2", "evidence", "s2"),
    "a step": ("steps.csv", "s2,r,x,unrounded,1.5", "s2,r,x,unrounded,2.5", "evidence", "s2"),
    "a gap": ("gaps.csv", "s3,r,x,Talk,,missing", "s3,r,x,Talk,,excused", "evidence", "s3"),
    "a name": ("learners.csv", "Canary Two", "Canary Ten", "evidence", "s2"),
}


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize("stamped", [False, True])
def test_a_table_edited_by_hand_is_named_also_when_its_digest_is_mended(
    assessed: Program, hand: str, *, stamped: bool
) -> None:
    name, old, new, check, learner = HANDS[hand]
    edit(assessed, f"out/{name}", old, new)
    if stamped:
        restamp(assessed)
    document = audit(assessed)
    assert outcomes(document)["tables"] == ("passed" if stamped else "failed")
    assert outcomes(document)["inputs"] == "passed"
    assert failed(document) - {"tables"} == {check}
    assert {each["learner"] for each in named(document, check)} == {learner}
    if not stamped:
        assert [each["file"] for each in named(document, "tables")] == [name]
    assert "Canary" not in json.dumps(document)


def test_a_further_row_is_named(assessed: Program) -> None:
    path = assessed.folder / "out" / "steps.csv"
    path.write_text(path.read_text() + "s2,r,x,unrounded,1.5\n")
    restamp(assessed)
    (found,) = named(audit(assessed), "evidence")
    assert (found["file"], found["learner"]) == ("steps.csv", "s2")
    assert "more than one row" in found["message"]


OVERRIDES = "learner,rubric,subcompetency,decision,reason,by,at\ns2,r,y,shown,Saw it live,Kim,2026-01-05\n"


def test_overrides_follow_and_edited_ones_are_named(assessed: Program) -> None:
    assessed.write("o.csv", OVERRIDES)
    assert assess(assessed, "--overrides", "o.csv").status == 0
    assert audit(assessed)["outcome"] == "passed"
    edit(assessed, "o.csv", "shown", "not-yet")
    document = audit(assessed)
    assert [each["file"] for each in named(document, "inputs")] == ["o.csv"]
    decisions = named(document, "decisions")
    assert {(each["learner"], each["subcompetency"]) for each in decisions} == {("s2", "y")}
    assert decisions[0]["reasons"][0]["kind"] == "override"
    assessed.write("o.csv", OVERRIDES.splitlines()[0] + "\n")
    (reason,) = named(audit(assessed), "decisions")[0]["reasons"]
    assert reason["text"] == "no longer overruled by Kim (2026-01-05): shown, Saw it live"


def test_an_override_that_is_out_of_date_still_follows(assessed: Program) -> None:
    assessed.write("o.csv", OVERRIDES)
    assert assess(assessed, "--overrides", "o.csv").status == 0
    edit(assessed, "g.csv", "Canary Two,2,1", "Canary Two,2,2")
    assert assess(assessed, "--overrides", "o.csv").status == 0
    (row,) = read_table(assessed.folder / "out" / "overruled.csv")
    assert row["outdated"] == "yes"
    assert audit(assessed)["outcome"] == "passed"


def test_overrides_that_were_none_of_this_assessment_are_left_out(project: Program) -> None:
    """A project has one list of overrides, also for rubrics that were not assessed by."""
    text = (project.folder / "rubrics" / "teamwork.yaml").read_text(encoding="utf-8")
    project.write("rubrics/second.yaml", text.replace("id: teamwork", "id: second", 1))
    project.write("overrides.csv", OVERRIDES.replace("s2,r,y", "40304,second,listens"))
    run = project("assess", "gradebook.csv", "-r", "rubrics/teamwork.yaml", "--no-reports")
    assert run.status == 0, run.output
    assert audit(project)["outcome"] == "passed"


@pytest.mark.parametrize("gone", ["g.csv", "o.csv"])
def test_a_missing_input_leaves_decisions_unchecked(assessed: Program, gone: str) -> None:
    assessed.write("o.csv", OVERRIDES)
    assert assess(assessed, "--overrides", "o.csv").status == 0
    (assessed.folder / gone).unlink()
    document = audit(assessed)
    assert outcomes(document) == {
        "tables": "passed",
        "inputs": "unchecked",
        "decisions": "unchecked",
        "awards": "unchecked",
        "evidence": "unchecked",
        "badges": "passed",
    }
    assert [each["file"] for each in named(document, "inputs")] == [gone]
    run = assessed("audit")
    assert run.status == 4
    assert "Not known: something could not be checked." in run.stdout
    edit(assessed, "out/awards.csv", "not-yet", "earned")
    assert assessed("audit").status == 1


def test_without_its_source_the_copy_of_a_rubric_is_decided_by(assessed: Program) -> None:
    (assessed.folder / "r.yaml").unlink()
    document = audit(assessed)
    assert outcomes(document)["inputs"] == "unchecked"
    assert outcomes(document)["decisions"] == "passed"


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("g.csv", "One,3,3", "One,3,three", "the inputs have problems"),
        ("r.yaml", "shown_at: b", "shown_at: z", "r.yaml has errors"),
    ],
)
def test_inputs_that_cannot_be_decided_by_are_told(
    assessed: Program, name: str, old: str, new: str, message: str
) -> None:
    edit(assessed, name, old, new)
    document = audit(assessed)
    assert failed(document) == {"inputs"}
    assert outcomes(document)["decisions"] == "unchecked"
    run = assessed("audit")
    assert run.status == 1
    assert message in run.stdout
    assert "Canary" not in run.output
    assert "three" not in run.output


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("decisions.csv", "s2,r,1.0.0,y", "s9,r,1.0.0,y"),
        ("decisions.csv", "not-yet", "perhaps"),
        ("awards.csv", "s2,r", "s9,r"),
        ("pieces.csv", "learner", "person"),
    ],
)
def test_tables_that_make_no_sense_are_named_all_the_same(
    assessed: Program, name: str, old: str, new: str
) -> None:
    edit(assessed, f"out/{name}", old, new)
    document = audit(assessed)
    assert [each["file"] for each in named(document, "tables")] == [name]
    restamp(assessed)
    document = audit(assessed)
    assert failed(document) == {"tables"}
    assert outcomes(document)["decisions"] == "unchecked"


def test_tables_that_are_gone_or_too_many_are_named(assessed: Program) -> None:
    assessed.write("out/held.csv", "learner,rubric\n")
    (assessed.folder / "out" / "gaps.csv").unlink()
    document = audit(assessed)
    found = {each["file"]: each["message"] for each in named(document, "tables")}
    assert found == {"gaps.csv": "is missing", "held.csv": "is not in the manifest"}


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links")
def test_a_table_that_is_a_link_is_not_followed(assessed: Program) -> None:
    path = assessed.folder / "out" / "gaps.csv"
    path.rename(assessed.folder / "gaps.csv")
    path.symlink_to(assessed.folder / "gaps.csv")
    assert named(audit(assessed), "tables")[0]["message"] == "is a link"


def test_where_there_is_no_assessment_there_is_nothing_to_audit(program: Program) -> None:
    run = program("audit", "nowhere")
    assert (run.status, run.stdout) == (3, "")
    program.write("out/assessment.json", "{}")
    assert program("audit").status == 1


def test_the_order_of_rows_never_matters(assessed: Program) -> None:
    for name in ("decisions", "awards", "pieces", "steps", "gaps", "learners"):
        turn(assessed, f"out/{name}.csv")
    restamp(assessed)
    assert audit(assessed)["outcome"] == "passed"
    turn(assessed, "g.csv")
    document = audit(assessed)
    assert failed(document) == {"inputs"}


def test_equal_scores_of_two_raters_may_change_places(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    rows = ["s1,Essay,3,Ann", "s1,Essay,3,Ben", "s1,Talk,3,Ann"]
    program.write("g.csv", "\n".join(["learner,item,score,rater", *rows, ""]))
    assert assess(program).status == 0
    turn(program, "g.csv")
    assert failed(audit(program)) == {"inputs"}


def test_a_cell_that_is_not_where_the_pieces_say_is_named(assessed: Program) -> None:
    """Whoever mends the digest of a gradebook whose rows were moved still leads nobody to the scores."""
    turn(assessed, "g.csv")
    restamp(assessed)
    document = audit(assessed)
    assert failed(document) == {"evidence"}
    assert {each["file"] for each in named(document, "evidence")} == {"pieces.csv", "gaps.csv"}


WITHIN = RUBRIC.replace("decide: {by: average}", "decide: {by: average, within: 1 year}")
DATED = LONG + "s1,Essay,3,2025-05-01\ns1,Talk,1,2024-02-01\ns2,Essay,2,2024-11-02\ns2,Talk,3,2025-02-03\n"


@pytest.mark.parametrize("as_of", [None, "2025-01-31"])
def test_an_assessment_follows_years_later(program: Program, as_of: str | None) -> None:
    program.write("r.yaml", WITHIN)
    program.write("g.csv", DATED)
    sources = Sources((Path("g.csv"),), (Path("r.yaml"),), as_of=as_of)
    with chdir(program.folder):
        assess_cohort(Order(sources, reports=False), datetime(2025, 6, 1, 12, tzinfo=UTC))
    assert "too old" in (program.folder / "out" / "gaps.csv").read_text() or as_of is not None
    assert audit(program)["outcome"] == "passed"
    edit(program, "out/assessment.json", '"as_of": "2025', '"as_of": "2027')
    assert "decisions" in failed(audit(program))


def test_options_of_the_assessment_are_kept(program: Program) -> None:
    program.write("r.yaml", RUBRIC.replace("points: 3", "points: 1500"))
    program.write("g.csv", 'learner,Essay,Talk\ns1,"1,500","1,500"\n')
    assert assess(program, "--decimal", ",").status == 0
    assert audit(program)["outcome"] == "passed"


@pytest.mark.parametrize("absolute", [False, True])
def test_from_another_folder_the_inputs_are_found(project: Program, *, absolute: bool) -> None:
    root = project.folder
    rubric = (root if absolute else Path()) / "rubrics" / "teamwork.yaml"
    assert project("assess", "gradebook.csv", "-r", str(rubric), "--no-reports").status == 0
    # A namesake that is nearer is not the one that was assessed.
    project.write("rubrics/gradebook.csv", "learner,Essay\ns1,3\n")
    project.folder = root / "rubrics"
    assert audit(project)["outcome"] == "passed"
    project.folder = root.parent
    assert audit(project, f"{root.name}/out")["outcome"] == "passed"


def test_an_assessment_deep_in_a_project_is_audited_from_anywhere_in_it(project: Program) -> None:
    assert project("assess", "gradebook.csv", "--no-reports", "-o", "terms/one").status == 0
    project.folder = project.folder / "rubrics"
    assert audit(project, "../terms/one")["outcome"] == "passed"


def test_what_the_project_has_got_since_is_no_input(project: Program) -> None:
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    project.write("overrides.csv", OVERRIDES.replace("s2,r,y", "40304,teamwork,listens"))
    assert audit(project)["outcome"] == "passed"


def rewrite(program: Program, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what the manifest says."""
    path = program.folder / "out" / "assessment.json"
    manifest = json.loads(path.read_bytes())
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda manifest: manifest["options"].update(as_of="soon"), {"decisions"}),
        (lambda manifest: manifest.update(assessed_at="2999-01-01T00:00:00Z"), {"tables"}),
        (lambda manifest: manifest["inputs"].append(manifest["inputs"][0]), {"decisions"}),
        (lambda manifest: manifest["inputs"].append(manifest["inputs"][1]), {"decisions", "inputs"}),
        (lambda manifest: manifest["inputs"].pop(0), {"decisions"}),
        (lambda manifest: manifest["inputs"].pop(1), {"decisions", "inputs"}),
        (lambda manifest: manifest["inputs"][0].update(path="\0"), {"decisions", "inputs"}),
        (lambda manifest: manifest["inputs"][0].update(sha256=""), {"inputs"}),
    ],
)
def test_an_edited_manifest_is_never_taken_for_good(
    assessed: Program, change: Callable[[dict[str, Any]], object], expected: set[str]
) -> None:
    rewrite(assessed, change)
    document = audit(assessed)
    assert document["outcome"] != "passed"
    found = {name for name, outcome in outcomes(document).items() if outcome != "passed"}
    assert found - {"awards", "evidence", "badges"} == expected


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest["inputs"][0].update(path=5),
        lambda manifest: manifest["options"].update(as_of=[1]),
        lambda manifest: manifest["options"].update(decimal="x"),
        lambda manifest: manifest.update(assessed_at="once"),
        lambda manifest: manifest.update(assessed_at="9999-12-31T23:59:59Z"),
        lambda manifest: manifest["tool"].update(version=5),
        lambda manifest: manifest["options"].update(zz="1"),
        lambda manifest: manifest.update(options=[]),
        lambda manifest: manifest.pop("inputs"),
        lambda manifest: manifest.pop("tool"),
    ],
)
def test_a_manifest_of_nonsense_is_no_assessment(
    assessed: Program, change: Callable[[dict[str, Any]], object]
) -> None:
    rewrite(assessed, change)
    for command in (["audit"], ["diff", "out", "g.csv"]):
        run = assessed(*command)
        assert (run.status, run.stdout) == (1, "")
        assert "is not a complete assessment folder" in run.stderr


HELD = RUBRIC + "award: {all: [x, {held: base}]}\n"


def test_badges_held_come_from_the_file_that_was_named(program: Program) -> None:
    program.write("r.yaml", HELD)
    program.write("g.csv", GRADES)
    program.write("a.csv", "learner,rubric,award\ns1,base,earned\ns3,base,not-yet\n")
    assert assess(program, "--held", "a.csv").status == 0
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
    assert assess(program, "--held", "a.csv").status == 0
    program.write("out/held.csv", f"learner,rubric\n{rows}")
    restamp(program)
    assert audit(program)["outcome"] == "failed"


@pytest.mark.parametrize("name", ["assessment.json", "rubrics"])
def test_a_link_in_place_of_what_was_written(assessed: Program, name: str) -> None:
    path = assessed.folder / "out" / name
    path.rename(assessed.folder / "elsewhere")
    path.symlink_to("../elsewhere")
    assert {"file": name, "message": "is a link"}.items() <= named(audit(assessed), "tables")[0].items()


def test_a_badge_held_that_nobody_can_confirm_is_not_checked(program: Program) -> None:
    program.write("r.yaml", HELD)
    program.write("g.csv", GRADES)
    program.write("a.csv", "learner,rubric,award\ns1,base,earned\n")
    assert assess(program, "--held", "a.csv").status == 0
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
    assert assess(issued).status == 0
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
    assert assess(issued).status == 0
    document = audit(issued)
    assert document["outcome"] == "passed"
    assert "1 of learners or versions not assessed here" in document["checks"][-1]["message"]
    edit(issued, "g.csv", "s7,Canary One", "s1,Canary One")
    edit(issued, "r.yaml", "version: 1.0.0", "version: 2.0.0")
    assert assess(issued).status == 0
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


def test_text_from_files_is_made_safe(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\n\x1b]0;x\x07[red]s\u202e,3,3\n")
    assert assess(program).status == 0
    edit(program, "g.csv", ",3,3", ",1,1")
    run = program("audit")
    assert run.status == 1
    assert not any(ord(character) < 32 and character != "\n" for character in run.output)
    assert "\u202e" not in run.output
    assert "[red]s" in run.stdout


def test_what_does_not_follow_is_cut_on_the_terminal_and_whole_as_json(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\n" + "".join(f"s{number:02},3,3\n" for number in range(60)))
    assert assess(program).status == 0
    edit(program, "r.yaml", "points: 3", "points: 2")
    run = program("audit")
    assert "… and 70 more; --format json lists all" in run.stdout
    assert len(named(audit(program), "decisions")) == 120
