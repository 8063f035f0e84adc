"""Decisions by persons, on the command line: through their life, shown, and refused."""

import json
from collections.abc import Mapping
from itertools import takewhile

import pytest

from tests.cli.program import Program, Run, read_table

HEADING = "learner,rubric,subcompetency,decision,reason,by,at"
LEARNER = "40304"
"""Of the sample: nothing in gives-feedback, and so no badge yet."""
GOAL = f"{LEARNER},teamwork,gives-feedback"
SHOWN = f"{HEADING}\n{GOAL},shown,Led the review,M. Ito,2026-03-01\n"


def assess(program: Program, *options: str) -> Run:
    run = program("assess", "gradebook.csv", "--no-reports", *options)
    assert run.status == 0, run.output
    return run


def read_one(program: Program, name: str, folder: str = "out") -> Mapping[str, str]:
    """Return the row of a table that the sample's override is about."""
    (row,) = (
        row
        for row in read_table(program.folder / folder / name)
        if row["learner"] == LEARNER and row.get("subcompetency", "gives-feedback") == "gives-feedback"
    )
    return row


def grade(program: Program, score: str) -> None:
    """Give the learner a score in Peer review 1; a Canvas export has no dates."""
    path = program.folder / "gradebook.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    (place,) = (number for number, line in enumerate(lines) if f",{LEARNER}," in line)
    name, rest = lines[place].rsplit('"', 1)
    cells = rest.split(",")
    cells[7] = score
    lines[place] = f'{name}"{",".join(cells)}'
    path.write_text("".join(lines), encoding="utf-8")


def test_one_override_through_its_life(project: Program) -> None:
    assess(project)
    before = read_one(project, "decisions.csv")
    assert (before["decision"], before["decided_by"], before["reason"]) == ("not-assessed", "method", "")
    assert read_one(project, "awards.csv")["award"] == "incomplete"
    assert not (project.folder / "out/overruled.csv").exists()

    project.write("overrides.csv", SHOWN)  # the project's file needs no option
    run = assess(project)
    assert "1 decision by a person: see overruled.csv" in run.stderr
    row = read_one(project, "decisions.csv")
    assert (row["decision"], row["level"], row["score"]) == ("shown", "proficient", "")
    assert (row["decided_by"], row["reason"]) == ("M. Ito", "Led the review")
    assert read_one(project, "awards.csv")["award"] == "earned"
    overruled = read_one(project, "overruled.csv")
    assert (overruled["method_decision"], overruled["outdated"]) == ("not-assessed", "")
    inputs = json.loads((project.folder / "out/assessment.json").read_bytes())["inputs"]
    assert [each["role"] for each in inputs] == ["gradebook", "rubric", "overrides"]

    grade(project, "2.00")  # evidence comes, and it says otherwise
    for _ in range(2):
        run = assess(project)
        assert "1 decision by a person, out of date: see overruled.csv" in run.stderr
        assert "look again, and give what stands a new `at`" in run.stderr
        overruled = read_one(project, "overruled.csv")
        assert (overruled["method_decision"], overruled["method_score"]) == ("not-yet", "0.80")
        assert overruled["outdated"] == "yes"
        assert read_one(project, "decisions.csv")["decision"] == "shown"

    project.write("overrides.csv", SHOWN.replace("Led the", "She led the"))
    assert "out of date" in assess(project).stderr

    project.write("overrides.csv", SHOWN.replace("2026-03-01", "2026-03-02"))
    assert "out of date" not in assess(project).stderr
    assert read_one(project, "decisions.csv")["decision"] == "shown"

    project.write("overrides.csv", f"{HEADING}\n")
    run = assess(project)
    assert "1 decision by a person in the assessment before is not here: --overrides" in run.stderr
    assert "by a person" not in assess(project).stderr
    assert read_one(project, "decisions.csv")["decision"] == "not-yet"
    assert not (project.folder / "out/overruled.csv").exists()


@pytest.mark.parametrize("width", [100, 200])
def test_the_table_marks_what_a_person_decided(
    project: Program, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert "decided by a person" not in assess(project).stdout
    project.write("overrides.csv", SHOWN + OTHERS)
    run = assess(project)
    marked = [line for line in run.stdout.splitlines() if " *" in line and line.lstrip()[:1].isdigit()]
    assert [line.split()[0] for line in marked] == ["40118", LEARNER]
    assert run.stdout.splitlines()[-2] == "* decided by a person"
    grade(project, "2.00")
    run = assess(project)
    (stale,) = (line for line in run.stdout.splitlines() if " !" in line and line.lstrip()[:1].isdigit())
    assert stale.split()[0] == LEARNER
    assert run.stdout.splitlines()[-2] == "* decided by a person; ! the same, and out of date"
    assert "3 decisions by a person, 1 of them out of date: see overruled.csv" in run.stderr


OTHERS = f"""\
40118,teamwork,listens,not-yet,Copied,M. Ito,2026-03-01
{LEARNER},teamwork,shared-goals,shown,As it is,M. Ito,2026-03-01
"""


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_table_names_what_a_person_decided(
    project: Program, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert "decided by a person" not in assess(project).stdout
    project.write("overrides.csv", SHOWN + OTHERS)
    text = assess(project).stdout
    assert list_below(text, "40118") == ["* listens"]
    assert list_below(text, LEARNER) == ["* shared-goals", "* gives-feedback"]
    assert list_below(text, "40125") == []
    assert text.splitlines()[-2] == "* decided by a person"
    grade(project, "2.00")
    text = assess(project).stdout
    assert list_below(text, LEARNER) == ["* shared-goals", "! gives-feedback"]
    assert text.splitlines()[-2] == "* decided by a person; ! the same, and out of date"


def list_below(text: str, learner: str) -> list[str]:
    """Return the lines of the table between a learner's and the next."""
    lines = [line.strip() for line in text.splitlines()]
    (start,) = (number for number, line in enumerate(lines) if line.startswith(f"{learner} "))
    return list(takewhile(lambda line: not line[:1].isdigit(), lines[start + 1 :]))


def test_json_tells_what_was_overruled(project: Program) -> None:
    project.write("board.csv", SHOWN)
    run = assess(project, "--overrides", "board.csv", "--format", "json", "--quiet")
    assert run.stderr == ""
    document = json.loads(run.stdout)
    (row,) = (row for row in document["decisions"] if row["decided_by"] != "method")
    assert (row["learner"], row["decided_by"], row["reason"]) == (LEARNER, "M. Ito", "Led the review")
    (overruled,) = document["overruled"]
    assert (overruled["method_decision"], overruled["outdated"]) == ("not-assessed", False)
    assert json.loads(assess(project, "--format", "json").stdout)["overruled"] == []


def test_an_assessment_elsewhere_knows_what_is_out_of_date(project: Program) -> None:
    project.write("overrides.csv", SHOWN)
    assess(project)
    grade(project, "2.00")
    assess(project, "--out", "term-2")
    assert read_one(project, "overruled.csv", "term-2")["outdated"] == "yes"
    assess(project, "--out", "term-2")
    assert read_one(project, "overruled.csv", "term-2")["outdated"] == "yes"


@pytest.mark.parametrize("broken", ["learner\n", "", "\x00", '"'])
def test_a_broken_table_from_before_is_told_and_stops_nothing(project: Program, broken: str) -> None:
    project.write("overrides.csv", SHOWN)
    assess(project)
    project.write("out/overruled.csv", broken)
    assert "overruled.csv was not readable: only dates tell" in assess(project).stderr
    assert "not readable" not in assess(project).stderr


def test_dated_evidence_tells_by_itself(program: Program) -> None:
    program.write("microcred.yaml", "format: microcred-project/1\nissuer: {name: Example College}\n")
    program.write("rubrics/r.yaml", RUBRIC)
    program.write(
        "gradebook.csv", "learner,item,score,date\nann,Essay,1,2026-02-01\nann,Essay,1,2026-03-05\n"
    )
    program.write("overrides.csv", f"{HEADING}\nann,writing,drafts,shown,Seen,Ito,2026-03-01\n")
    run = assess(program)
    assert "out of date" in run.stderr
    assert "1 score does not count: 1 replaced; see gaps.csv" in run.stderr
    program.write(
        "overrides.csv", f"{HEADING}\nann,writing,drafts,shown,Seen,Ito,2026-03-05T12:00:00+09:00\n"
    )
    assert "out of date" not in assess(program).stderr


RUBRIC = """\
format: microcred/1
id: writing
version: 1.0.0
title: Writing
levels:
  - {id: low, title: Low, points: 1}
  - {id: high, title: High, points: 2}
shown_at: high
subcompetencies:
  - id: drafts
    title: Drafts
    criteria: [{id: c, title: C, descriptors: {low: l., high: h.}}]
    evidence: [{item: Essay}]
    decide: {by: latest, late: leave-out}
award: all
"""


def test_scores_that_do_not_count_are_counted(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    rows = ["ann,Essay,1,2026-02-01,", "ann,Essay,2,2026-02-02,", "bob,Essay,2,,yes", "cid,Essay,2,,"]
    program.write("g.csv", "\n".join(["learner,item,score,date,late", *rows]))
    run = program("assess", "g.csv", "-r", "r.yaml", "--no-reports")
    assert "2 scores do not count: 1 replaced, 1 late; see gaps.csv" in run.stderr
    assert "do not count" not in program("assess", "g.csv", "-r", "r.yaml", "--quiet").stderr


def test_an_assessment_by_other_rubrics_passes_over_what_is_not_for_it(project: Program) -> None:
    project.write("elsewhere/r.yaml", RUBRIC)
    project.write("overrides.csv", SHOWN)
    project.write("g.csv", "learner,Essay\nann,2\n")
    run = project("assess", "g.csv", "--rubric", "elsewhere/r.yaml", "--out", "other", "--no-reports")
    assert run.status == 0, run.output
    assert not (project.folder / "other/overruled.csv").exists()
    # What no rubric of the project is called is still told.
    project.write("overrides.csv", SHOWN.replace("teamwork", "teamwrok"))
    run = project("assess", "g.csv", "--rubric", "elsewhere/r.yaml", "--out", "other", "--no-reports")
    assert run.status == 1
    assert "overrides.csv, row 2, column B (rubric): there is no such rubric" in run.stderr


def test_everything_that_is_wrong_is_told_at_once_and_nothing_of_learners(project: Program) -> None:
    rows = [
        "49999,teamwork,listens,shown,r,Ito,2026-03-01",
        "40118,teamwork,lissens,shown,r,Ito,2026-03-01",
        "40118,temwork,listens,shown,r,Ito,2026-03-01",
        "40118,teamwork,listens,show,r,Ito,2026-03-01",
        "40118,teamwork,listens,shown,r,Ito,3/1/2026",
    ]
    project.write("overrides.csv", "\n".join([HEADING, *rows]))
    run = project("assess", "gradebook.csv")
    assert run.status == 1
    told = [line.split(": ")[0] for line in run.stderr.splitlines() if line.startswith("overrides.csv")]
    assert sorted(told) == [
        "overrides.csv, row 2, column A (learner)",
        "overrides.csv, row 3, column C (subcompetency)",
        "overrides.csv, row 4, column B (rubric)",
        "overrides.csv, row 5, column D (decision)",
        "overrides.csv, row 6, column G (at)",
    ]
    for word in ("49999", "40118", "lissens", "Ito", "3/1/2026"):
        assert word not in run.stderr
    assert "did you mean `listens`?" in run.stderr
    assert "did you mean `teamwork`?" in run.stderr
    assert "“49999”" in project("assess", "gradebook.csv", "--show-names").stderr
    assert not (project.folder / "out").exists()


def test_a_file_that_is_not_there_is_no_input(project: Program) -> None:
    run = project("assess", "gradebook.csv", "--overrides", "overrides.csv")
    assert run.status == 3
    assert "There is no file or folder overrides.csv" in run.stderr


def test_a_badge_earned_through_persons_is_issued_and_genuine(project: Program) -> None:
    """And it says no more of a decision by a person than that it was shown, and at which level."""
    path = project.folder / "microcred.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "results: scores\n", encoding="utf-8")
    parts = ("shared-goals", "listens", "gives-feedback", "resolves-conflict")
    decisions = dict(zip(parts, ("shown", "shown", "shown", "insufficient-evidence"), strict=True))
    rows = [f"40144,teamwork,{part},{each},Prior work,Ito,2026-03-01" for part, each in decisions.items()]
    project.write("overrides.csv", "\n".join([HEADING, *rows]))
    assess(project)
    assert project("key", "new", "--unencrypted").status == 0
    run = project("issue", "--yes")
    assert run.status == 0, run.output
    (issued,) = (row for row in read_table(project.folder / "badges/issued.csv") if row["learner"] == "40144")
    document = json.loads((project.folder / f"badges/{issued['badge']}.json").read_bytes())
    results = document["credentialSubject"]["result"]
    assert [each["id"].rpartition("/")[2] for each in results] == list(parts[:3])
    assert {each["achievedLevel"].rpartition("/")[2] for each in results} == {"proficient"}
    assert not any("value" in each for each in results)
    assert "Ito" not in json.dumps(document)
    assert "Prior work" not in json.dumps(document)
    run = project("verify", f"badges/{issued['badge']}.json", f"badges/{issued['badge']}.svg")
    assert run.status == 0, run.output
    assert "2 genuine" in run.stdout
