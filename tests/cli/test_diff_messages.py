"""What diff ends with, what it refuses to compare, and how it says so."""

import pytest

from tests.cli.compared import diff
from tests.cli.program import Program
from tests.cli.small_cohort import GRADES, LATER, RUBRIC, assess


def test_nothing_differs(exported: Program) -> None:
    run = exported("diff", "g.csv", "g.csv", "-r", "r.yaml")
    assert run.stdout == "3 learners, 6 decisions: 0 changed\n3 awards: 0 changed\n"


@pytest.mark.parametrize(("after", "status"), [("h.csv", 1), ("g.csv", 0), ("k.csv", 0)])
def test_exit_code_tells_whether_a_decision_or_an_award_changes(
    exported: Program, after: str, status: int
) -> None:
    exported.write("k.csv", GRADES.replace("Canary Two,2,1", "Canary Two,1,1"))
    assert exported("diff", "g.csv", after, "-r", "r.yaml").status == 0
    assert exported("diff", "g.csv", after, "-r", "r.yaml", "--exit-code").status == status


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (["g.csv", "r.yaml"], 2, "a rubric and a gradebook cannot be compared"),
        (["out", "out", "--rubric", "r.yaml"], 2, "two assessments are compared as they stand"),
        (["out", "g.csv", "--rubric", "r.yaml"], 2, "--rubric is for comparing two gradebooks"),
        (["g.csv", "h.csv", "--gradebook", "g.csv"], 2, "--gradebook is for comparing two rubrics"),
        (["r.yaml", "q.yaml"], 2, "have no rubric in common"),
        (["out", "nowhere"], 3, "There is no file or folder nowhere"),
        (["empty", "r.yaml"], 3, "There is nothing to read in empty"),
        (["g.csv", "h.csv"], 2, "--rubric FILE"),
        (["out", "h.csv", "--as-of", "soon"], 2, "soon is not a date"),
    ],
)
def test_what_cannot_be_compared_says_why(
    exported: Program, arguments: list[str], status: int, message: str
) -> None:
    assess(exported)
    exported.write("q.yaml", RUBRIC.replace("id: r", "id: q"))
    (exported.folder / "empty").mkdir()
    run = exported("diff", *arguments)
    assert (run.status, run.stdout) == (status, "")
    assert message in run.stderr
    assert "help: " in run.stderr


def test_without_an_assessment_two_rubrics_need_a_gradebook(exported: Program) -> None:
    run = exported("diff", "r.yaml", "r.yaml")
    assert run.status == 3
    assert "assessment.json" in run.stderr
    assert "--gradebook" in run.stderr


def test_an_input_that_is_gone_is_told(exported: Program) -> None:
    assess(exported)
    (exported.folder / "g.csv").unlink()
    run = exported("diff", "out", "r.yaml")
    assert run.status == 3
    assert "g.csv" in run.stderr
    assert exported("diff", "out", "h.csv").status == 0


def test_an_input_that_has_changed_is_told(exported: Program) -> None:
    assess(exported)
    exported.write("g.csv", LATER)
    run = exported("diff", "out", "r.yaml")
    assert "g.csv is not what it was when it was assessed" in run.stderr
    assert exported("diff", "out", "r.yaml", "--quiet").stderr == ""
    assert "Talk: 3 → 1" in run.stdout


def test_problems_of_either_side_stop_it(exported: Program) -> None:
    exported.write("h.csv", GRADES.replace("Canary Two,2", "Canary Two,canary"))
    run = exported("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert (run.status, run.stdout) == (1, "")
    assert "h.csv, row 3, column C (Essay)" in run.stderr
    assert "1 problem; nothing was compared" in run.stderr
    assert "anary" not in run.stderr
    assert "“canary”" in exported("diff", "g.csv", "h.csv", "-r", "r.yaml", "--show-names").stderr
    exported.write("new.yaml", RUBRIC.replace("shown_at: b", "shown_at: z"))
    run = exported("diff", "r.yaml", "new.yaml", "-g", "g.csv")
    assert run.status == 1
    assert "new.yaml" in run.stderr
    assert "unknown-level" in run.stderr


def test_a_long_list_is_cut_on_the_terminal_and_whole_as_json(exported: Program) -> None:
    head = "learner,Essay,Talk\n"
    exported.write("g.csv", head + "".join(f"s{number:02},3,3\n" for number in range(60)))
    exported.write("h.csv", head + "".join(f"s{number:02},1,1\n" for number in range(60)))
    run = exported("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert "… and 70 more; --format json lists all" in run.stdout
    assert "… and 10 more; --format json lists all" in run.stdout
    assert len(diff(exported, "g.csv", "h.csv", "-r", "r.yaml")["decisions"]) == 120


def test_text_from_files_is_made_safe(exported: Program) -> None:
    for name, score in (("g.csv", 3), ("h.csv", 1)):
        exported.write(name, f"learner,Essay,Talk\n\x1b]0;x\x07[red]s\u202e,{score},{score}\n")
    run = exported("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert run.status == 0
    assert not any(ord(character) < 32 and character != "\n" for character in run.output)
    assert "\u202e" not in run.output
    assert "[red]s" in run.stdout
