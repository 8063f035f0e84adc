"""Awards that ask for other badges, on the command line: by file, by ledger, by the same assessment."""

import json

import pytest

from microcred_cli.workflows.issue_badges import IssueOrder, open_batch
from tests.cli.program import Program, Run, read_table

PROJECT = "format: microcred-project/1\nissuer: {name: Example College}\nrubrics: [rubrics]\n"
RUBRIC = """\
format: microcred/1
id: {id}
version: {version}
title: {id}
levels:
  - {{id: low, title: Low, points: 1}}
  - {{id: high, title: High, points: 2}}
shown_at: high
subcompetencies:
  - id: part
    title: Part
    criteria: [{{id: c, title: C, descriptors: {{low: l., high: h.}}}}]
    evidence: [{{item: {item}}}]
award: {award}
badge: {{name: {id}, expires_after: {lasts}}}
"""
LEAD = RUBRIC.format(
    id="lead", version="1.0.0", item="Talk", award="{all: [part, {held: team}]}", lasts="9 years"
)


def write_team(program: Program, version: str = "1.0.0", lasts: str = "1 year") -> None:
    text = RUBRIC.format(id="team", version=version, item="Essay", award="all", lasts=lasts)
    program.write("rubrics/team.yaml", text)


def read_awards(program: Program, rubric: str = "lead") -> dict[str, tuple[str, str]]:
    rows = read_table(program.folder / "out/awards.csv")
    return {row["learner"]: (row["award"], row["missing"]) for row in rows if row["rubric"] == rubric}


def assess(program: Program, *options: str) -> Run:
    run = program("assess", "g.csv", "--no-reports", *options)
    assert run.status == 0, run.output
    return run


@pytest.fixture
def issued(program: Program) -> Program:
    """Return a project that has issued the badge of team to Ann, and in which it is not earned any more."""
    program.write("microcred.yaml", PROJECT)
    write_team(program)
    program.write("g.csv", "learner,Essay\nAnn,2\nbob,1\n")
    assess(program)
    assert program("key", "new", "--unencrypted").status == 0
    run = program("issue", "--yes")
    assert run.status == 0, run.output
    program.write("rubrics/lead.yaml", LEAD)
    program.write("g.csv", "learner,Essay,Talk\nAnn,1,2\nbob,1,2\n")
    return program


def test_a_badge_from_the_ledger_counts_until_it_expires(issued: Program) -> None:
    run = assess(issued)
    assert read_awards(issued) == {"Ann": ("earned", ""), "bob": ("not-yet", "held:team")}
    assert read_awards(issued, "team")["Ann"] == ("not-yet", "part")
    assert "1 learner holds a badge from before that an award asks for: see held.csv" in run.stderr
    assert read_table(issued.folder / "out/held.csv") == [{"learner": "Ann", "rubric": "team"}]
    run = assess(issued, "--as-of", "2099-01-01")
    assert read_awards(issued)["Ann"] == ("not-yet", "held:team")
    assert not (issued.folder / "out/held.csv").exists()
    options = json.loads((issued.folder / "out/assessment.json").read_bytes())["options"]
    assert options["as_of"] == "2099-01-01"


def test_a_badge_lasts_as_long_as_it_says_itself(issued: Program) -> None:
    """And not as long as a later version of the rubric says, or forever, when the rubric is gone."""
    badge = json.loads(next((issued.folder / "badges").glob("*.json")).read_bytes())
    last, after = badge["validUntil"][:10], f"{int(badge['validUntil'][:4]) + 1}-12-31"
    write_team(issued, "2.0.0", "50 years")
    for _ in range(2):
        assess(issued, "--as-of", last)
        assert read_awards(issued)["Ann"][0] == "earned"
        assess(issued, "--as-of", after)
        assert read_awards(issued)["Ann"][0] == "not-yet"
        (issued.folder / "rubrics/team.yaml").unlink(missing_ok=True)


def test_a_badge_counts_though_its_files_are_elsewhere_and_not_before_it_is_issued(issued: Program) -> None:
    (issued.folder / "badges").rename(issued.folder / "delivered")
    assess(issued)
    assert read_awards(issued)["Ann"] == ("earned", "")
    assess(issued, "--as-of", "2099-01-01")
    assert read_awards(issued)["Ann"] == ("not-yet", "held:team")
    (issued.folder / "delivered").rename(issued.folder / "badges")
    issued.write("g.csv", "learner,Essay,Talk\nAnn,2,2\nbob,2,2\n")
    assess(issued, "--rubric", "rubrics/team.yaml")
    with open_batch(IssueOrder()) as opened:
        assert opened.batch is not None
        opened.batch.note()  # and there the run is killed
    issued.write("g.csv", "learner,Essay,Talk\nAnn,1,2\nbob,1,2\n")
    assess(issued)
    assert read_awards(issued) == {"Ann": ("earned", ""), "bob": ("not-yet", "held:team")}


def test_a_badge_counts_for_whoever_has_the_key_in_another_case(issued: Program) -> None:
    issued.write("g.csv", "learner,Essay,Talk\nANN,1,2\n")
    assess(issued)
    assert read_awards(issued) == {"ANN": ("earned", "")}


def test_an_assessment_by_one_rubric_of_the_project_knows_the_badges_of_the_others(issued: Program) -> None:
    issued.write("rubrics/broken.yaml", "id: [")
    run = assess(issued, "--rubric", "rubrics/lead.yaml")
    assert read_awards(issued) == {"Ann": ("earned", ""), "bob": ("not-yet", "held:team")}
    assert "decisions.csv" in run.stderr


def test_a_file_tells_who_holds_a_badge(program: Program) -> None:
    program.write("lead.yaml", LEAD)
    program.write("g.csv", "learner,Talk\nann,2\nbob,2\ncid,\n")
    refused = program("assess", "g.csv", "--rubric", "lead.yaml")
    assert refused.status == 1
    assert "lead.yaml:14:8: the award asks for the badge of team, and nothing tells who" in refused.stderr
    assert not (program.folder / "out").exists()
    program.write("held.csv", "learner;rubric;award\nAnn;team;earned\nbob;team;incomplete\ncid;team;earned\n")
    assess(program, "--rubric", "lead.yaml", "--held", "held.csv")
    assert read_awards(program) == {
        "ann": ("earned", ""),
        "bob": ("not-yet", "held:team"),
        "cid": ("incomplete", "part"),
    }
    inputs = json.loads((program.folder / "out/assessment.json").read_bytes())["inputs"]
    assert [each["role"] for each in inputs] == ["gradebook", "rubric", "held"]


def test_the_awards_of_one_assessment_are_what_the_next_asks_for(program: Program) -> None:
    write_team(program)
    program.write("lead.yaml", LEAD)
    program.write("first.csv", "learner,Essay\n-1,2\nbob,1\n")
    run = program("assess", "first.csv", "-r", "rubrics/team.yaml", "-o", "first", "--no-reports")
    assert run.status == 0, run.output
    program.write("g.csv", "learner,Talk\n-1,2\nbob,2\n")
    assess(program, "-r", "lead.yaml", "--held", "first/awards.csv")
    # The apostrophe keeps a spreadsheet from running what is no formula; it is no part of the key.
    assert read_awards(program) == {"'-1": ("earned", ""), "bob": ("not-yet", "held:team")}


@pytest.mark.parametrize(
    ("held", "status", "message"),
    [
        (
            "learner,rubric,award\nann,team,ernd\n",
            1,
            "held.csv, row 2, column C (award): there is no such award",
        ),
        ("learner,rubric,award\nann,taem,earned\n", 1, "no rubric of that name is known here"),
        ("learner,rubric,award\n", 0, "no learner holds a badge from before that an award asks for"),
        ("learner,rubric,award\nbob,team,earned\n", 0, "no learner holds a badge from before"),
        (None, 3, "There is no file or folder held.csv"),
    ],
)
def test_what_a_file_of_badges_may_lack(
    program: Program, held: str | None, status: int, message: str
) -> None:
    program.write("lead.yaml", LEAD)
    program.write("g.csv", "learner,Talk\nann,2\n")
    if held is not None:
        program.write("held.csv", held)
    run = program("assess", "g.csv", "-r", "lead.yaml", "--held", "held.csv", "--no-reports")
    assert run.status == status
    assert message in run.stderr
    assert "ann" not in run.stderr


def test_a_file_of_badges_that_no_award_asks_for_is_pointed_out(project: Program) -> None:
    project.write("held.csv", "learner,rubric,award\nann,team,earned\n")
    run = project("assess", "gradebook.csv", "--held", "held.csv", "--no-reports")
    assert "no award asks for a badge, so --held changed nothing" in run.stderr


def test_badges_that_ask_for_each_other_are_refused(program: Program) -> None:
    program.write("rubrics/lead.yaml", LEAD)
    circle = RUBRIC.format(id="team", version="1.0.0", item="Essay", award="{held: lead}", lasts="1 year")
    program.write("rubrics/team.yaml", circle)
    program.write("g.csv", "learner,Essay,Talk\nann,2,2\n")
    run = program("assess", "g.csv", "-r", "rubrics")
    assert run.status == 1
    assert "asks, directly or through others, for its own badge" in run.stderr
