"""Whether decisions follow from gradebook, rubric and overrides, on the command line."""

from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

from microcred_cli.workflows.assess_cohort import Order, assess_cohort
from microcred_cli.workflows.gather_inputs import Sources
from tests.cli.audited import audit, edit, failed, named, outcomes, restamp, turn
from tests.cli.program import Program, read_table
from tests.cli.small_cohort import RUBRIC, assess


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


OVERRIDES = "learner,rubric,subcompetency,decision,reason,by,at\ns2,r,y,shown,Saw it live,Kim,2026-01-05\n"


def test_overrides_follow_and_edited_ones_are_named(assessed: Program) -> None:
    assessed.write("o.csv", OVERRIDES)
    assess(assessed, "g.csv", "--overrides", "o.csv")
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
    assess(assessed, "g.csv", "--overrides", "o.csv")
    edit(assessed, "g.csv", "Canary Two,2,1", "Canary Two,2,2")
    assess(assessed, "g.csv", "--overrides", "o.csv")
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


def test_what_the_project_has_got_since_is_no_input(project: Program) -> None:
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    project.write("overrides.csv", OVERRIDES.replace("s2,r,y", "40304,teamwork,listens"))
    assert audit(project)["outcome"] == "passed"


@pytest.mark.parametrize("gone", ["g.csv", "o.csv"])
def test_a_missing_input_leaves_decisions_unchecked(assessed: Program, gone: str) -> None:
    assessed.write("o.csv", OVERRIDES)
    assess(assessed, "g.csv", "--overrides", "o.csv")
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
    assess(program)
    turn(program, "g.csv")
    assert failed(audit(program)) == {"inputs"}


WITHIN = RUBRIC.replace("decide: {by: average}", "decide: {by: average, within: 1 year}")


DATED = (
    "learner,item,score,date\n"
    "s1,Essay,3,2025-05-01\ns1,Talk,1,2024-02-01\ns2,Essay,2,2024-11-02\ns2,Talk,3,2025-02-03\n"
)


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
    assess(program, "g.csv", "--decimal", ",")
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


def test_text_from_files_is_made_safe(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\n\x1b]0;x\x07[red]s\u202e,3,3\n")
    assess(program)
    edit(program, "g.csv", ",3,3", ",1,1")
    run = program("audit")
    assert run.status == 1
    assert not any(ord(character) < 32 and character != "\n" for character in run.output)
    assert "\u202e" not in run.output
    assert "[red]s" in run.stdout


def test_what_does_not_follow_is_cut_on_the_terminal_and_whole_as_json(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\n" + "".join(f"s{number:02},3,3\n" for number in range(60)))
    assess(program)
    edit(program, "r.yaml", "points: 3", "points: 2")
    run = program("audit")
    assert "… and 70 more; --format json lists all" in run.stdout
    assert len(named(audit(program), "decisions")) == 120
