"""Whose decision changes with the scores, on the command line."""

import pytest
from rich.cells import cell_len

from tests.cli.compared import changes, diff
from tests.cli.program import Program
from tests.cli.small_cohort import LATER, RUBRIC, assess

EXPECTED = [
    ("s1", "x", "decision", "shown", "not-yet"),
    ("s1", "y", "decision", "shown", "not-yet"),
    ("s3", "y", "decision", "not-assessed", "shown"),
    ("s2", "x", "score", "not-yet", "not-yet"),
]


def test_two_gradebooks_by_a_rubric(exported: Program) -> None:
    document = diff(exported, "g.csv", "h.csv", "--rubric", "r.yaml")
    assert changes(document) == EXPECTED
    assert document["counts"] == {
        "learners": 3,
        "decisions": 6,
        "changed": {"decision": 3, "level": 0, "score": 1},
        "awards": 3,
        "changed_awards": 2,
    }
    assert [reason["text"] for reason in document["decisions"][2]["reasons"]] == ["Talk: missing → 3"]
    first = document["decisions"][0]["reasons"][0]
    assert (first["before"]["file"], first["after"]["file"]) == ("g.csv", "h.csv")
    awards = {each["learner"]: each for each in document["awards"]}
    assert awards["s1"]["before"]["award"] == "earned"
    assert awards["s3"]["after"] == {"award": "earned", "missing": []}


def test_the_text_says_the_same_and_nothing_is_written(
    exported: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    before = exported.list()
    run = exported("diff", "g.csv", "h.csv", "--rubric", "r.yaml")
    assert (run.status, run.stderr) == (0, "")
    assert "  s1  x: shown (b, 3.00) → not-yet (a, 2.00)\n      Talk: 3 → 1\n" in run.stdout
    assert "[g.csv, row 2, column D → h.csv, row 2, column D]" in run.stdout
    assert "3 learners, 6 decisions: 3 changed (2 to not-yet, 1 to shown)" in run.stdout
    assert "beside them, 0 levels and 1 scores" in run.stdout
    assert "3 awards: 2 changed (1 to not-yet, 1 to earned)" in run.stdout
    order = [run.stdout.index(each) for each in ("Decisions that", "the score changes", "Awards that")]
    assert order == sorted(order)
    assert "Canary" not in run.output
    assert max(map(cell_len, run.stdout.splitlines())) <= 80
    assert exported.list() == before


def test_two_assessments_are_compared_as_they_stand(exported: Program) -> None:
    assess(exported, "g.csv", "-o", "one")
    assess(exported, "h.csv", "-o", "two")
    for name in ("g.csv", "h.csv", "r.yaml"):
        (exported.folder / name).unlink()
    assert changes(diff(exported, "one", "two")) == EXPECTED
    assert changes(diff(exported, "one", "one")) == []
    path = exported.folder / "two" / "decisions.csv"
    path.write_text(path.read_text().replace("s2,r,1.0.0,y,not-yet,a,1.00", "s2,r,1.0.0,y,shown,b,3.00"))
    run = exported("diff", "one", "two")
    assert "two/decisions.csv is not what it was when it was assessed" in run.stderr
    assert "a table may have been edited" in run.stdout


@pytest.mark.parametrize("arguments", [("out", "h.csv"), ("h.csv", "out")])
def test_an_assessment_and_a_gradebook(exported: Program, arguments: tuple[str, str]) -> None:
    assess(exported)
    (exported.folder / "r.yaml").unlink()
    found = changes(diff(exported, *arguments))
    if arguments[0] == "out":
        assert found == EXPECTED
    else:
        assert found == [(who, part, kind, after, before) for who, part, kind, before, after in EXPECTED]


def test_what_assessing_the_edited_gradebook_again_would_change(exported: Program) -> None:
    assess(exported)
    exported.write("g.csv", LATER)
    assert changes(diff(exported, "out", "g.csv")) == EXPECTED
    assert exported("diff", "out", "g.csv").stderr == ""


def test_one_of_several_gradebooks_is_replaced_by_its_namesake(exported: Program) -> None:
    exported.write("extra.csv", "learner,Essay,Talk\ns8,3,3\n")
    assess(exported, "g.csv", "extra.csv")
    exported.write("new/extra.csv", "learner,Essay,Talk\ns8,1,3\n")
    document = diff(exported, "out", "new/extra.csv")
    assert [each[0] for each in changes(document)] == ["s8"]
    assert document["counts"]["learners"] == 4
    document = diff(exported, "out", "h.csv")
    assert document["only_before"]["learners"] == ["s8"]
    assert changes(document) == EXPECTED


def test_of_two_namesakes_the_one_at_the_same_path_is_replaced(exported: Program) -> None:
    for folder, key in (("one", "s1"), ("two", "s2")):
        exported.write(f"{folder}/g.csv", f"learner,Essay,Talk\n{key},3,3\n")
    assess(exported, "one/g.csv", "two/g.csv")
    exported.write("two/g.csv", "learner,Essay,Talk\ns2,1,3\n")
    document = diff(exported, "out", "two/g.csv")
    assert [each[0] for each in changes(document)] == ["s2"]
    assert document["counts"]["learners"] == 2
    exported.write("three/g.csv", "learner,Essay,Talk\ns1,3,3\ns2,3,3\n")
    assert changes(diff(exported, "out", "three/g.csv")) == []
    # Which of two namesakes is meant nobody can tell: then it stands for all.
    exported.write("extra.csv", "learner,Essay,Talk\ns9,3,3\n")
    assess(exported, "one/g.csv", "two/g.csv", "extra.csv")
    assert diff(exported, "out", "three/g.csv")["only_before"]["learners"] == ["s9"]


def test_in_a_project_its_rubrics_overrides_and_gradebook_settings_count(project: Program) -> None:
    text = (project.folder / "gradebook.csv").read_text(encoding="utf-8")
    project.write("later.csv", "\n".join(line for line in text.splitlines() if "40304" not in line) + "\n")
    project.write(
        "overrides.csv",
        "learner,rubric,subcompetency,decision,reason,by,at\n"
        "40304,teamwork,listens,shown,Saw it,Kim,2026-01-05\n",
    )
    document = diff(project, "gradebook.csv", "later.csv")
    # An override of a learner who is on one side only is no obstacle.
    assert document["only_before"]["learners"] == ["40304"]
    assert changes(document) == []
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    assert changes(diff(project, "out", "gradebook.csv")) == []
    (project.folder / "overrides.csv").unlink()
    assert project("assess", "gradebook.csv", "--no-reports", "-o", "plain").status == 0
    (change,) = diff(project, "plain", "out")["decisions"]
    assert change["reasons"][0]["text"] == "now overruled by Kim (2026-01-05): shown, Saw it"
    assert change["after"]["decided_by"] == "Kim"


def test_the_day_of_the_assessment_is_kept(exported: Program) -> None:
    exported.write("r.yaml", RUBRIC.replace("by: average", "by: average, within: 1 year"))
    rows = ["s1,Essay,1,2020-02-01", "s1,Talk,3,2020-06-01"]
    exported.write("g.csv", "\n".join(["learner,item,score,date", *rows]))
    assess(exported, "g.csv", "--as-of", "2020-12-01")
    assert changes(diff(exported, "out", "g.csv")) == []
    document = diff(exported, "out", "g.csv", "--as-of", "2021-03-01")
    assert [reason["text"] for reason in document["decisions"][0]["reasons"]] == [
        "Essay: 1 is set aside: too old",
        "`within` counts back from another day: 2020-12-01 → 2021-03-01",
    ]


def test_badges_held_can_be_named(exported: Program) -> None:
    exported.write("r.yaml", RUBRIC + "award: {all: [y, {held: base}]}\n")
    exported.write("a.csv", "learner,rubric,award\ns1,base,earned\ns3,base,earned\n")
    run = exported("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert run.status == 1
    assert "--held" in run.stderr
    document = diff(exported, "g.csv", "h.csv", "-r", "r.yaml", "--held", "a.csv")
    assert [(each["learner"], each["after"]["award"]) for each in document["awards"]] == [
        ("s1", "not-yet"),
        ("s3", "earned"),
    ]
