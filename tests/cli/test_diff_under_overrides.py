"""What a person's decision keeps from showing, told by comparing on the command line."""

import pytest
from rich.cells import cell_len

from tests.cli.compared import changes, diff
from tests.cli.program import Program

HEADING = "learner,rubric,subcompetency,decision,reason,by,at"
KEPT = f"{HEADING}\ns1,r,x,shown,Saw it,Kim,2026-01-05\n"
SIDES = ("g.csv", "h.csv", "--rubric", "r.yaml", "--overrides", "o.csv")


@pytest.fixture
def overruled(exported: Program) -> Program:
    """Return the program beside two exports, in which s1's essay and talk are shown and then not."""
    exported.write("o.csv", KEPT)
    return exported


def test_the_method_changes_where_a_person_s_decision_stands(
    overruled: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = overruled("diff", *SIDES).stdout
    assert (
        "A person's decision stands, the method's decision under it changes:\n"
        "  s1  x: shown (b, 3.00) → not-yet (a, 2.00)\n"
        "      overruled by Kim (2026-01-05): shown, Saw it\n"
        "      Talk: 3 → 1\n"
        "        [g.csv, row 2, column D → h.csv, row 2, column D]\n"
    ) in text
    assert "1 decision by a person stands where the method's changed" in text
    assert max(map(cell_len, text.splitlines())) <= 80
    document = diff(overruled, *SIDES)
    assert "x" not in [part for learner, part, *_ in changes(document) if learner == "s1"]
    (change,) = document["overruled"]
    assert (change["learner"], change["subcompetency"]) == ("s1", "x")
    assert (change["decision"], change["decided_by"]) == ("shown", "Kim")
    sides = [change["method"][side] for side in ("before", "after")]
    assert [(side["decision"], side["level"], side["score"]) for side in sides] == [
        ("shown", "b", "3.00"),
        ("not-yet", "a", "2.00"),
    ]
    assert [reason["kind"] for reason in change["reasons"]] == ["override", "evidence changed"]


def test_several_are_counted(overruled: Program) -> None:
    overruled.write("o.csv", f"{KEPT}s1,r,y,shown,Saw it,Kim,2026-01-05\n")
    assert "\n2 decisions by a person stand where the method's changed\n" in overruled("diff", *SIDES).stdout


def test_it_is_no_changed_decision(overruled: Program) -> None:
    # Apart from s1's x nothing differs.
    overruled.write("h.csv", "learner,Essay,Talk\ns1,1,3\ns2,2,1\ns3,3,\n")
    run = overruled("diff", *SIDES, "--exit-code")
    assert run.status == 0, run.output
    assert "3 learners, 6 decisions: 0 changed\n1 decision by a person stands" in run.stdout
    overruled.write("o.csv", f"{HEADING}\n")
    assert overruled("diff", *SIDES, "--exit-code").status == 1


def test_nothing_is_told_where_the_method_says_the_same(overruled: Program) -> None:
    run = overruled("diff", "g.csv", "g.csv", "--rubric", "r.yaml", "--overrides", "o.csv")
    assert "person" not in run.stdout
    # A lower score that is shown all the same.
    overruled.write("o.csv", KEPT.replace("s1,r,x,shown", "s2,r,x,not-yet"))
    assert diff(overruled, *SIDES)["overruled"] == []


def test_two_assessment_folders_tell_it_too(overruled: Program) -> None:
    for gradebook, folder in (("g.csv", "one"), ("h.csv", "two")):
        options = ("--rubric", "r.yaml", "--overrides", "o.csv", "--no-reports", "--out", folder)
        assert overruled("assess", gradebook, *options).status == 0
    (change,) = diff(overruled, "one", "two")["overruled"]
    assert change["method"]["after"]["decision"] == "not-yet"
