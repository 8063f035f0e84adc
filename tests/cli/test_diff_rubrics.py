"""Whose decision changes with the rubric, on the command line."""

from contextlib import chdir
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli.workflows.assess_cohort import Order, assess_cohort
from microcred_cli.workflows.gather_inputs import Sources
from tests.cli.compared import changes, diff
from tests.cli.program import Program, read_table
from tests.cli.small_cohort import GRADES, RUBRIC, assess


def test_an_assessment_and_a_rubric(exported: Program) -> None:
    assess(exported)
    exported.write("new.yaml", RUBRIC.replace("shown_at: b", "shown_at: a").replace("1.0.0", "1.1.0"))
    document = diff(exported, "out", "new.yaml")
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
    assert "R 1.0.0 → 1.1.0\n  shown_at: b → a\n" in exported("diff", "out", "new.yaml").stdout


def test_two_rubrics_by_the_gradebook_that_was_assessed_or_another(exported: Program) -> None:
    assess(exported, "h.csv")
    exported.write("new.yaml", RUBRIC.replace("by: average", "by: highest"))
    assert changes(diff(exported, "r.yaml", "new.yaml")) == [
        ("s1", "x", "decision", "not-yet", "shown"),
        ("s2", "x", "decision", "not-yet", "shown"),
    ]
    document = diff(exported, "r.yaml", "new.yaml", "--gradebook", "g.csv")
    assert changes(document) == [("s2", "x", "score", "not-yet", "not-yet")]
    assert [reason["text"] for reason in document["decisions"][0]["reasons"]] == ["by: average → highest"]


def test_a_rubric_elsewhere_needs_no_picture(exported: Program) -> None:
    text = RUBRIC + "badge: {name: R, image: r.svg}\n"
    exported.write("old/r.yaml", text)
    exported.write("new/r.yaml", text.replace("shown_at: b", "shown_at: a"))
    document = diff(exported, "old", "new", "-g", "g.csv")
    assert len(document["decisions"]) == 2


def test_of_several_rubrics_only_those_named_are_told_and_those_that_ask_for_them(exported: Program) -> None:
    exported.write("all/r.yaml", RUBRIC)
    exported.write("all/s.yaml", RUBRIC.replace("id: r", "id: s"))
    exported.write("all/t.yaml", RUBRIC.replace("id: r", "id: t") + "award: {all: [{held: r}]}\n")
    assess(exported, rubric="all")
    exported.write("new.yaml", RUBRIC.replace("shown_at: b", "shown_at: a"))
    document = diff(exported, "all/r.yaml", "new.yaml")
    assert [each["rubric"] for each in document["rubrics"]] == ["r", "t"]
    assert (document["counts"]["decisions"], document["counts"]["awards"]) == (12, 6)
    assert {each["rubric"] for each in document["decisions"]} == {"r"}
    awards = {each["rubric"]: each["reasons"] for each in document["awards"]}
    assert [reason["text"] for reason in awards["t"]] == ["held:r: not-yet → held"]
    assert "s" not in awards


def test_a_rubric_that_only_one_side_names_is_on_one_side_only(exported: Program) -> None:
    exported.write("all/r.yaml", RUBRIC)
    exported.write("all/s.yaml", RUBRIC.replace("id: r", "id: s"))
    assess(exported, rubric="all")
    document = diff(exported, "all", "all/r.yaml")
    assert document["only_before"]["rubrics"] == ["s"]
    assert document["counts"]["decisions"] == 6
    assert "Only before, so not compared, rubrics: s" in exported("diff", "all", "all/r.yaml").stdout


def test_a_rubric_that_counts_recent_scores_only_now_counts_from_the_day_of_the_assessment(
    exported: Program,
) -> None:
    exported.write("g.csv", "learner,item,score,date\ns1,Essay,1,2019-12-01\ns1,Talk,3,2020-02-01\n")
    sources = Sources((Path("g.csv"),), (Path("r.yaml"),))
    with chdir(exported.folder):
        assess_cohort(Order(sources, reports=False), datetime(2020, 6, 1, tzinfo=UTC))
    exported.write("new.yaml", RUBRIC.replace("by: average", "by: average, within: 1 year"))
    assert changes(diff(exported, "out", "new.yaml")) == []


def test_it_says_what_assess_decides(project: Program) -> None:
    """Every change told is one between the tables of two assessments, and no other is there."""
    text = (project.folder / "rubrics" / "teamwork.yaml").read_text(encoding="utf-8")
    text = text.replace("  image: teamwork.svg\n", "")
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
