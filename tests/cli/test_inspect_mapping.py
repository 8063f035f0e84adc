"""`microcred inspect` tells which items the rubrics speak of, and writes what it proposes when asked to."""

import json
import os
from pathlib import Path

import pytest

from tests.cli.program import Program

RUBRIC = """\
# kept as it is: café
format: microcred/1
id: r
version: 1.0.0
title: R
levels: [{id: a, title: A, points: 1}, {id: b,   title: "B", points: 3}]
shown_at: b
subcompetencies:
  - id: x
    title: Writes well
    criteria: [{id: c, title: Shows clear reasoning}]
    evidence:
      - item: Team charter   # the first
        weight: 2
      - item: 'Talk'
    decide: {by: average}
  - {id: y, title: Gives feedback, criteria: [{id: c, title: C}], evidence: [{item: Talk}]}
"""
GRADES = "learner,name,Team Charter: v2,Talk,Feedback\ns1,Canary One,3,3,1\ns2,Canary Two,2,1,2\n"
WRITTEN = RUBRIC.replace("item: Team charter ", 'item: "Team Charter: v2" ').replace(
    "[{item: Talk}]", "[{item: Talk}, {item: Feedback}]"
)


@pytest.fixture
def beside(program: Program) -> Program:
    """Return the program beside a rubric and an export whose items are named a little differently."""
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADES)
    return program


def list_rows(output: str) -> list[list[str]]:
    """Return the cells of the mapping's table."""
    lines = output[output.index("sub-competency") :].splitlines()[2:]
    return [[cell.strip() for cell in line.split("  ") if cell.strip()] for line in lines if line.strip()]


def test_the_mapping_is_shown_beside_the_items(beside: Program) -> None:
    run = beside("inspect", "g.csv", "--rubric", "r.yaml")
    assert run.status == 0
    assert list_rows(run.stdout) == [
        ["x", "Team charter", "Team Charter: v2", "proposed"],
        ["x", "Talk", "Talk", "same"],
        ["y", "Talk", "Talk", "same"],
        ["y", "Feedback", "addition"],
    ]
    assert "1 name and 1 addition proposed; `--write`" in run.stderr
    assert "learners: 2" in run.stdout
    assert (beside.folder / "r.yaml").read_text() == RUBRIC
    assert beside("inspect", "g.csv", "--rubric", "r.yaml", "--quiet").stderr == ""


def test_without_a_rubric_or_a_project_there_is_no_mapping(beside: Program) -> None:
    run = beside("inspect", "g.csv")
    assert (run.status, "sub-competency" in run.stdout) == (0, False)
    run = beside("inspect", "g.csv", "--write")
    assert (run.status, "no --rubric was given" in run.stderr) == (2, True)


@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["", "# no line break after this"])
def test_write_changes_what_is_proposed_and_no_other_byte(
    beside: Program, line_break: str, mark: str, end: str
) -> None:
    def encode(text: str) -> bytes:
        return (mark + text + end).replace("\n", line_break).encode()

    path = beside.write("r.yaml", encode(RUBRIC))
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 0, run.output
    assert path.read_bytes() == encode(WRITTEN)
    assert "written to r.yaml: 1 name and 1 addition" in run.stderr
    assert beside.list() == ["g.csv", "r.yaml"]
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert {row[-1] for row in list_rows(run.stdout)} == {"same"}
    assert "nothing was written" in run.stderr
    assert path.read_bytes() == encode(WRITTEN)
    assert beside("assess", "g.csv", "--rubric", "r.yaml", "--no-reports").status == 0


def test_json_has_the_mapping(beside: Program) -> None:
    document = json.loads(beside("inspect", "g.csv", "-r", "r.yaml", "--format", "json").stdout)
    assert document["mapping"][0] == {
        "file": "r.yaml",
        "rubric": "r",
        "subcompetency": "x",
        "evidence": "Team charter",
        "state": "proposed",
        "item": "Team Charter: v2",
        "candidates": [],
    }
    assert [(row["state"], row["evidence"]) for row in document["mapping"]][-1] == ("addition", None)
    assert document["written"] == []
    run = beside("inspect", "g.csv", "-r", "r.yaml", "--write", "--format", "json")
    assert json.loads(run.stdout)["written"] == ["r.yaml"]
    assert json.loads(beside("inspect", "g.csv", "--format", "json").stdout)["mapping"] == []


def test_ties_are_shown_and_not_written(beside: Program) -> None:
    beside.write("g.csv", "learner,Team Charter 1,Team Charter 2,Talk\ns,1,2,3\n")
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 0
    assert ["x", "Team charter", "Team Charter 1 or Team Charter 2", "tie"] in list_rows(run.stdout)
    assert "1 tie is left to you" in run.stderr
    assert (beside.folder / "r.yaml").read_text() == RUBRIC


def test_what_a_rubric_cannot_hold_is_not_written(beside: Program) -> None:
    beside.write("g.csv", "learner,Team Charter \x07,Talk,Feedback\ns,1,2,3\n")
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 1
    assert "r.yaml: with the proposals MC010 control-character: the escape for U+0007" in run.stderr
    assert "nothing was written" in run.stderr
    assert (beside.folder / "r.yaml").read_text() == RUBRIC


def test_what_would_change_another_text_is_not_written(beside: Program) -> None:
    # The blank lines belong to the last entry's text, and would go over to the new entry.
    text = RUBRIC.replace(
        "      - item: 'Talk'\n", "      - item: Talk\n        criterion: |+\n          C\n\n"
    )
    text = text.replace("title: Writes well", "title: Feedback").replace("Gives feedback", "Other")
    path = beside.write("r.yaml", text)
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 1
    assert "r.yaml: with the proposals the rubric would say something else" in run.stderr
    assert path.read_text() == text


def test_one_rubric_that_cannot_be_written_keeps_the_other(beside: Program) -> None:
    beside.write("rubrics/a.yaml", RUBRIC)
    other = RUBRIC.replace("id: r\n", "id: s\n").replace("Team charter", "Essay")
    beside.write("rubrics/b.yaml", other)
    beside.write("g.csv", "learner,Team Charter v2,Talk,Essay\x07\ns,1,2,3\n")
    run = beside("inspect", "g.csv", "--rubric", "rubrics", "--write")
    assert run.status == 1
    assert "b.yaml" in run.stderr
    assert (beside.folder / "rubrics" / "a.yaml").read_text() == RUBRIC
    assert (beside.folder / "rubrics" / "b.yaml").read_text() == other


def test_a_faulty_rubric(beside: Program) -> None:
    beside.write("r.yaml", RUBRIC.replace("shown_at: b", "shown_at: nowhere"))
    for options in ([], ["--write"]):
        run = beside("inspect", "g.csv", "--rubric", "r.yaml", *options)
        assert run.status == 1
        assert "r.yaml:7:11" in run.stderr
        assert "learners: 2" in run.stdout


def test_a_project_maps_its_rubrics_and_passes_over_what_is_faulty(project: Program) -> None:
    run = project("inspect", "gradebook.csv")
    assert (run.status, {row[-1] for row in list_rows(run.stdout)}) == (0, {"same"})
    project.write("rubrics/broken.yaml", "format: microcred/1\n")
    run = project("inspect", "gradebook.csv")
    assert run.status == 0
    assert "rubrics/broken.yaml has errors; `microcred lint` shows them" in run.stderr
    before = (project.folder / "rubrics" / "teamwork.yaml").read_bytes()
    exported = (project.folder / "gradebook.csv").read_text().replace("Team charter (", "Team charter v2 (")
    project.write("gradebook.csv", exported)
    run = project("inspect", "gradebook.csv", "--write")
    assert (run.status, "nothing was written" in run.stderr) == (1, True)
    assert (project.folder / "rubrics" / "teamwork.yaml").read_bytes() == before
    (project.folder / "rubrics" / "broken.yaml").unlink()
    assert project("inspect", "gradebook.csv", "--write").status == 0
    after = before.replace(b"- item: Team charter\n", b"- item: Team charter v2\n")
    assert (project.folder / "rubrics" / "teamwork.yaml").read_bytes() == after


def test_a_project_without_rubrics_is_still_inspected(project: Program) -> None:
    for path in (project.folder / "rubrics").iterdir():
        path.unlink()
    run = project("inspect", "gradebook.csv")
    assert (run.status, "sub-competency" in run.stdout) == (0, False)
    assert project("inspect", "gradebook.csv", "--write").status == 3


def test_a_read_only_rubric(beside: Program) -> None:
    (beside.folder / "r.yaml").chmod(0o444)
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 5
    assert "r.yaml cannot be written" in run.stderr
    assert "read-only" in run.stderr
    assert (beside.folder / "r.yaml").read_text() == RUBRIC


def test_a_rubric_that_changed_meanwhile(beside: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    path = beside.folder / "r.yaml"
    edited = RUBRIC.replace("title: R\n", "title: Better\n")
    access = os.access

    def access_while_somebody_edits(name: Path, mode: int) -> bool:
        if Path(name) == path.resolve():
            path.write_text(edited)
        return access(name, mode)

    monkeypatch.setattr(os, "access", access_while_somebody_edits)
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 5
    assert "changed meanwhile; run it again" in run.stderr
    assert path.read_text() == edited
    assert beside.list() == ["g.csv", "r.yaml"]


def test_an_export_nobody_knows_has_no_mapping(beside: Program) -> None:
    beside.write("g.csv", "animal,legs\ncat,4\n")
    run = beside("inspect", "g.csv", "--rubric", "r.yaml")
    assert (run.status, "sub-competency" in run.stdout) == (1, False)


def test_hostile_names_reach_no_terminal(beside: Program) -> None:
    beside.write("g.csv", "learner,[red]Team Charter \x1b]0;x\u202e[/],Talk\ns,1,2\n")
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert "\x1b" not in run.output
    assert "\u202e" not in run.output
    assert "[red]" in run.stdout


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_linked_rubric_stays_a_link(beside: Program, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (beside.folder / "r.yaml").rename(kept / "r.yaml")
    (beside.folder / "r.yaml").symlink_to(kept / "r.yaml")
    assert beside("inspect", "g.csv", "--rubric", "r.yaml", "--write").status == 0
    assert (beside.folder / "r.yaml").is_symlink()
    assert (kept / "r.yaml").read_text() == WRITTEN


def test_any_name_of_a_moodle_item_is_known_and_write_leaves_it(beside: Program) -> None:
    text = RUBRIC.replace("Team charter ", '"Quiz: Feedback (Real)" ').replace("Gives feedback", "Feedback")
    beside.write("r.yaml", text)
    beside.write(
        "g.csv",
        "First name,Last name,ID number,Quiz: Feedback (Real),Quiz: Feedback (Percentage),"
        "Quiz: Talk (Percentage),Last downloaded from this course\n"
        "Canary,One,s1,3.00,90.00 %,80.00 %,1763900000\n",
    )
    run = beside("inspect", "g.csv", "--rubric", "r.yaml", "--write")
    assert run.status == 0, run.output
    assert {row[-1] for row in list_rows(run.stdout)} == {"same"}
    assert (beside.folder / "r.yaml").read_text() == text
    assert beside("assess", "g.csv", "--rubric", "r.yaml", "--no-reports").status == 0
