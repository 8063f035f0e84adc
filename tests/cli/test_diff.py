"""Whose decision changes, and why, on the command line."""

import json
from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from microcred_cli.workflows.assess_cohort import Order, assess_cohort
from microcred_cli.workflows.gather_inputs import Sources
from tests.cli.program import Program, read_table

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
# s1's talk is worth less, s2's essay more, s3 has given the talk.
LATER = "learner,name,Essay,Talk\ns1,Canary One,3,1\ns2,Canary Two,3,1\ns3,Canary Three,3,3\n"


@pytest.fixture
def files(program: Program) -> Program:
    """Return the program beside a rubric and two exports of a gradebook."""
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADES)
    program.write("h.csv", LATER)
    return program


def assess(program: Program, gradebook: str = "g.csv", *options: str, rubric: str = "r.yaml") -> None:
    run = program("assess", gradebook, "--rubric", rubric, "--no-reports", "--quiet", *options)
    assert run.status == 0, run.output


def diff(program: Program, *arguments: str) -> dict[str, Any]:
    run = program("diff", *arguments, "--format", "json")
    assert run.status == 0, run.output
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["format"] == "microcred-diff/1"
    return document


def changes(document: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            each["learner"],
            each["subcompetency"],
            each["change"],
            each["before"]["decision"],
            each["after"]["decision"],
        )
        for each in document["decisions"]
    ]


EXPECTED = [
    ("s1", "x", "decision", "shown", "not-yet"),
    ("s1", "y", "decision", "shown", "not-yet"),
    ("s3", "y", "decision", "not-assessed", "shown"),
    ("s2", "x", "score", "not-yet", "not-yet"),
]


def test_two_gradebooks_by_a_rubric(files: Program) -> None:
    document = diff(files, "g.csv", "h.csv", "--rubric", "r.yaml")
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
    files: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    before = files.list()
    run = files("diff", "g.csv", "h.csv", "--rubric", "r.yaml")
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
    assert files.list() == before


def test_two_assessments_are_compared_as_they_stand(files: Program) -> None:
    assess(files, "g.csv", "-o", "one")
    assess(files, "h.csv", "-o", "two")
    for name in ("g.csv", "h.csv", "r.yaml"):
        (files.folder / name).unlink()
    assert changes(diff(files, "one", "two")) == EXPECTED
    assert changes(diff(files, "one", "one")) == []
    path = files.folder / "two" / "decisions.csv"
    path.write_text(path.read_text().replace("s2,r,1.0.0,y,not-yet,a,1.00", "s2,r,1.0.0,y,shown,b,3.00"))
    run = files("diff", "one", "two")
    assert "two/decisions.csv is not what it was when it was assessed" in run.stderr
    assert "a table may have been edited" in run.stdout


@pytest.mark.parametrize("arguments", [("out", "h.csv"), ("h.csv", "out")])
def test_an_assessment_and_a_gradebook(files: Program, arguments: tuple[str, str]) -> None:
    assess(files)
    (files.folder / "r.yaml").unlink()
    found = changes(diff(files, *arguments))
    if arguments[0] == "out":
        assert found == EXPECTED
    else:
        assert found == [(who, part, kind, after, before) for who, part, kind, before, after in EXPECTED]


def test_what_assessing_the_edited_gradebook_again_would_change(files: Program) -> None:
    assess(files)
    files.write("g.csv", LATER)
    assert changes(diff(files, "out", "g.csv")) == EXPECTED
    assert files("diff", "out", "g.csv").stderr == ""


def test_one_of_several_gradebooks_is_replaced_by_its_namesake(files: Program) -> None:
    files.write("extra.csv", "learner,Essay,Talk\ns8,3,3\n")
    assess(files, "g.csv", "extra.csv")
    files.write("new/extra.csv", "learner,Essay,Talk\ns8,1,3\n")
    document = diff(files, "out", "new/extra.csv")
    assert [each[0] for each in changes(document)] == ["s8"]
    assert document["counts"]["learners"] == 4
    document = diff(files, "out", "h.csv")
    assert document["only_before"]["learners"] == ["s8"]
    assert changes(document) == EXPECTED


def test_of_two_namesakes_the_one_at_the_same_path_is_replaced(files: Program) -> None:
    for folder, key in (("one", "s1"), ("two", "s2")):
        files.write(f"{folder}/g.csv", f"learner,Essay,Talk\n{key},3,3\n")
    assess(files, "one/g.csv", "two/g.csv")
    files.write("two/g.csv", "learner,Essay,Talk\ns2,1,3\n")
    document = diff(files, "out", "two/g.csv")
    assert [each[0] for each in changes(document)] == ["s2"]
    assert document["counts"]["learners"] == 2
    files.write("three/g.csv", "learner,Essay,Talk\ns1,3,3\ns2,3,3\n")
    assert changes(diff(files, "out", "three/g.csv")) == []
    # Which of two namesakes is meant nobody can tell: then it stands for all.
    files.write("extra.csv", "learner,Essay,Talk\ns9,3,3\n")
    assess(files, "one/g.csv", "two/g.csv", "extra.csv")
    assert diff(files, "out", "three/g.csv")["only_before"]["learners"] == ["s9"]


def test_an_assessment_and_a_rubric(files: Program) -> None:
    assess(files)
    files.write("new.yaml", RUBRIC.replace("shown_at: b", "shown_at: a").replace("1.0.0", "1.1.0"))
    document = diff(files, "out", "new.yaml")
    assert changes(document) == [
        ("s2", "x", "decision", "not-yet", "shown"),
        ("s2", "y", "decision", "not-yet", "shown"),
    ]
    assert document["rubrics"] == [
        {
            "rubric": "r",
            "before": "1.0.0",
            "after": "1.1.0",
            "changes": [
                {
                    "aspect": "threshold",
                    "subcompetency": None,
                    "item": None,
                    "text": "shown_at: b → a",
                }
            ],
        }
    ]
    assert "R 1.0.0 → 1.1.0\n  shown_at: b → a\n" in files("diff", "out", "new.yaml").stdout


def test_two_rubrics_by_the_gradebook_that_was_assessed_or_another(files: Program) -> None:
    assess(files, "h.csv")
    files.write("new.yaml", RUBRIC.replace("by: average", "by: highest"))
    assert changes(diff(files, "r.yaml", "new.yaml")) == [
        ("s1", "x", "decision", "not-yet", "shown"),
        ("s2", "x", "decision", "not-yet", "shown"),
    ]
    document = diff(files, "r.yaml", "new.yaml", "--gradebook", "g.csv")
    assert changes(document) == [("s2", "x", "score", "not-yet", "not-yet")]
    assert [reason["text"] for reason in document["decisions"][0]["reasons"]] == ["by: average → highest"]


def test_a_rubric_elsewhere_needs_no_picture(files: Program) -> None:
    text = RUBRIC + "badge: {name: R, image: r.svg}\n"
    files.write("old/r.yaml", text)
    files.write("new/r.yaml", text.replace("shown_at: b", "shown_at: a"))
    document = diff(files, "old", "new", "-g", "g.csv")
    assert len(document["decisions"]) == 2


def test_of_several_rubrics_only_those_named_are_told_and_those_that_ask_for_them(files: Program) -> None:
    files.write("all/r.yaml", RUBRIC)
    files.write("all/s.yaml", RUBRIC.replace("id: r", "id: s"))
    files.write("all/t.yaml", RUBRIC.replace("id: r", "id: t") + "award: {all: [{held: r}]}\n")
    assess(files, rubric="all")
    files.write("new.yaml", RUBRIC.replace("shown_at: b", "shown_at: a"))
    document = diff(files, "all/r.yaml", "new.yaml")
    assert [each["rubric"] for each in document["rubrics"]] == ["r", "t"]
    assert (document["counts"]["decisions"], document["counts"]["awards"]) == (12, 6)
    assert {each["rubric"] for each in document["decisions"]} == {"r"}
    awards = {each["rubric"]: each["reasons"] for each in document["awards"]}
    assert [reason["text"] for reason in awards["t"]] == ["held:r: not-yet → held"]
    assert "s" not in awards


def test_a_rubric_that_only_one_side_names_is_on_one_side_only(files: Program) -> None:
    files.write("all/r.yaml", RUBRIC)
    files.write("all/s.yaml", RUBRIC.replace("id: r", "id: s"))
    assess(files, rubric="all")
    document = diff(files, "all", "all/r.yaml")
    assert document["only_before"]["rubrics"] == ["s"]
    assert document["counts"]["decisions"] == 6
    assert "Only before, so not compared, rubrics: s" in files("diff", "all", "all/r.yaml").stdout


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


def test_the_day_of_the_assessment_is_kept(files: Program) -> None:
    files.write("r.yaml", RUBRIC.replace("by: average", "by: average, within: 1 year"))
    rows = ["s1,Essay,1,2020-02-01", "s1,Talk,3,2020-06-01"]
    files.write("g.csv", "\n".join(["learner,item,score,date", *rows]))
    assess(files, "g.csv", "--as-of", "2020-12-01")
    assert changes(diff(files, "out", "g.csv")) == []
    document = diff(files, "out", "g.csv", "--as-of", "2021-03-01")
    assert [reason["text"] for reason in document["decisions"][0]["reasons"]] == [
        "Essay: 1 is set aside: too old",
        "`within` counts back from another day: 2020-12-01 → 2021-03-01",
    ]


def test_a_rubric_that_counts_recent_scores_only_now_counts_from_the_day_of_the_assessment(
    files: Program,
) -> None:
    files.write("g.csv", "learner,item,score,date\ns1,Essay,1,2019-12-01\ns1,Talk,3,2020-02-01\n")
    sources = Sources((Path("g.csv"),), (Path("r.yaml"),))
    with chdir(files.folder):
        assess_cohort(Order(sources, reports=False), datetime(2020, 6, 1, tzinfo=UTC))
    files.write("new.yaml", RUBRIC.replace("by: average", "by: average, within: 1 year"))
    assert changes(diff(files, "out", "new.yaml")) == []


def test_badges_held_can_be_named(files: Program) -> None:
    files.write("r.yaml", RUBRIC + "award: {all: [y, {held: base}]}\n")
    files.write("a.csv", "learner,rubric,award\ns1,base,earned\ns3,base,earned\n")
    run = files("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert run.status == 1
    assert "--held" in run.stderr
    document = diff(files, "g.csv", "h.csv", "-r", "r.yaml", "--held", "a.csv")
    assert [(each["learner"], each["after"]["award"]) for each in document["awards"]] == [
        ("s1", "not-yet"),
        ("s3", "earned"),
    ]


@pytest.mark.parametrize(("after", "status"), [("h.csv", 1), ("g.csv", 0), ("k.csv", 0)])
def test_exit_code_tells_whether_a_decision_or_an_award_changes(
    files: Program, after: str, status: int
) -> None:
    files.write("k.csv", GRADES.replace("Canary Two,2,1", "Canary Two,1,1"))
    assert files("diff", "g.csv", after, "-r", "r.yaml").status == 0
    assert files("diff", "g.csv", after, "-r", "r.yaml", "--exit-code").status == status


def test_nothing_differs(files: Program) -> None:
    run = files("diff", "g.csv", "g.csv", "-r", "r.yaml")
    assert run.stdout == "3 learners, 6 decisions: 0 changed\n3 awards: 0 changed\n"


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
    files: Program, arguments: list[str], status: int, message: str
) -> None:
    assess(files)
    files.write("q.yaml", RUBRIC.replace("id: r", "id: q"))
    (files.folder / "empty").mkdir()
    run = files("diff", *arguments)
    assert (run.status, run.stdout) == (status, "")
    assert message in run.stderr
    assert "help: " in run.stderr


def test_without_an_assessment_two_rubrics_need_a_gradebook(files: Program) -> None:
    run = files("diff", "r.yaml", "r.yaml")
    assert run.status == 3
    assert "assessment.json" in run.stderr
    assert "--gradebook" in run.stderr


def test_an_input_that_is_gone_is_told(files: Program) -> None:
    assess(files)
    (files.folder / "g.csv").unlink()
    run = files("diff", "out", "r.yaml")
    assert run.status == 3
    assert "g.csv" in run.stderr
    assert files("diff", "out", "h.csv").status == 0


def test_an_input_that_has_changed_is_told(files: Program) -> None:
    assess(files)
    files.write("g.csv", LATER)
    run = files("diff", "out", "r.yaml")
    assert "g.csv is not what it was when it was assessed" in run.stderr
    assert files("diff", "out", "r.yaml", "--quiet").stderr == ""
    assert "Talk: 3 → 1" in run.stdout


def test_problems_of_either_side_stop_it(files: Program) -> None:
    files.write("h.csv", GRADES.replace("Canary Two,2", "Canary Two,canary"))
    run = files("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert (run.status, run.stdout) == (1, "")
    assert "h.csv, row 3, column C (Essay)" in run.stderr
    assert "1 problem; nothing was compared" in run.stderr
    assert "anary" not in run.stderr
    assert "“canary”" in files("diff", "g.csv", "h.csv", "-r", "r.yaml", "--show-names").stderr
    files.write("new.yaml", RUBRIC.replace("shown_at: b", "shown_at: z"))
    run = files("diff", "r.yaml", "new.yaml", "-g", "g.csv")
    assert run.status == 1
    assert "new.yaml" in run.stderr
    assert "unknown-level" in run.stderr


def test_a_long_list_is_cut_on_the_terminal_and_whole_as_json(files: Program) -> None:
    head = "learner,Essay,Talk\n"
    files.write("g.csv", head + "".join(f"s{number:02},3,3\n" for number in range(60)))
    files.write("h.csv", head + "".join(f"s{number:02},1,1\n" for number in range(60)))
    run = files("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert "… and 70 more; --format json lists all" in run.stdout
    assert "… and 10 more; --format json lists all" in run.stdout
    assert len(diff(files, "g.csv", "h.csv", "-r", "r.yaml")["decisions"]) == 120


def test_text_from_files_is_made_safe(files: Program) -> None:
    for name, score in (("g.csv", 3), ("h.csv", 1)):
        files.write(name, f"learner,Essay,Talk\n\x1b]0;x\x07[red]s\u202e,{score},{score}\n")
    run = files("diff", "g.csv", "h.csv", "-r", "r.yaml")
    assert run.status == 0
    assert not any(ord(character) < 32 and character != "\n" for character in run.output)
    assert "\u202e" not in run.output
    assert "[red]s" in run.stdout


def test_it_says_what_assess_decides(project: Program) -> None:
    """Every change told is one between the tables of two assessments, and no other is there."""
    text = (project.folder / "rubrics" / "teamwork.yaml").read_text(encoding="utf-8")
    project.write(
        "new.yaml", text.replace("at_least: 2", "at_least: 3").replace("by: highest", "by: average")
    )
    for rubric, folder in (("rubrics/teamwork.yaml", "out"), ("new.yaml", "two")):
        assert project("assess", "gradebook.csv", "-r", rubric, "--no-reports", "-o", folder).status == 0
    tables = [
        {
            (row["learner"], row["subcompetency"]): row
            for row in read_table(project.folder / each / "decisions.csv")
        }
        for each in ("out", "two")
    ]
    told = {
        (each["learner"], each["subcompetency"]): (each["before"]["decision"], each["after"]["decision"])
        for each in diff(project, "rubrics/teamwork.yaml", "new.yaml")["decisions"]
    }
    names = ("decision", "level", "score")
    assert told == {
        key: (row["decision"], tables[1][key]["decision"])
        for key, row in tables[0].items()
        if any(row[name] != tables[1][key][name] for name in names)
    }
    assert told


def test_the_threshold_has_a_part_in_the_level_that_a_person_gives(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write(
        "s.yaml",
        RUBRIC.replace("points: 3}", "points: 3}, {id: d, title: D, points: 4}").replace(
            "shown_at: b", "shown_at: d"
        ),
    )
    program.write("g.csv", GRADES)
    program.write(
        "o.csv", "learner,rubric,subcompetency,decision,reason,by,at\ns2,r,x,shown,seen,Kim,2026-01-01\n"
    )
    run = program("diff", "r.yaml", "s.yaml", "--gradebook", "g.csv", "--overrides", "o.csv")
    assert run.status == 0, run.output
    assert "a table may have been edited" not in run.stdout
    assert "shown (b) → shown (d)" in run.stdout
