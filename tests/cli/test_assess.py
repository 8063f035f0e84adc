"""From a gradebook to decisions on the command line."""

import hashlib
import json
import sys
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.program import Program, read_table


def test_the_project_that_init_makes_works_at_once(project: Program) -> None:
    assert project("lint").status == 0
    run = project("assess", "gradebook.csv")
    assert run.status == 0
    assert "Teamwork 1.0.0" in run.stdout
    assert "award: 18 earned, 9 not-yet, 5 incomplete" in run.stdout
    assert "out/reports/index.html" in run.stderr
    pages = [name for name in project.list() if name.startswith("out/reports/learners/")]
    assert len(pages) == 32


@pytest.mark.parametrize(
    ("width", "cell"),
    [(80, "4 of 4"), (100, "+ 3.20"), (200, "+ Proficient 3.20")],
)
def test_the_table_fits_the_terminal(
    project: Program, monkeypatch: pytest.MonkeyPatch, width: int, cell: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run = project("assess", "gradebook.csv", "--no-reports")
    table, _, _ = run.stdout.partition("sub-competency")
    assert cell in table
    assert max(map(cell_len, run.stdout.splitlines())) <= max(width, 90)


def test_json_says_what_the_tables_say(project: Program) -> None:
    run = project("assess", "gradebook.csv", "--format", "json", "--quiet")
    assert run.stderr == ""
    document = json.loads(run.stdout)
    assert document["format"] == "microcred-assessment/1"
    table = read_table(project.folder / "out" / "decisions.csv")
    assert [
        {key: "" if value is None else str(value) for key, value in row.items()}
        for row in document["decisions"]
    ] == table
    awards = read_table(project.folder / "out" / "awards.csv")
    assert [(row["learner"], row["award"]) for row in document["awards"]] == [
        (row["learner"], row["award"]) for row in awards
    ]
    assert "name" not in document["decisions"][0]


def test_the_manifest_names_every_input_by_its_hash(project: Program) -> None:
    project("assess", "gradebook.csv")
    manifest: dict[str, Any] = json.loads((project.folder / "out" / "assessment.json").read_bytes())
    for each in manifest["inputs"]:
        data = (project.folder / each["path"]).read_bytes()
        assert each["sha256"] == hashlib.sha256(data).hexdigest()
    assert [each["role"] for each in manifest["inputs"]] == ["gradebook", "rubric"]
    for name, digest in manifest["tables"].items():
        assert hashlib.sha256((project.folder / "out" / name).read_bytes()).hexdigest() == digest


def test_assessing_again_replaces_what_was_there_and_nothing_else(project: Program) -> None:
    project("assess", "gradebook.csv")
    project.write("out/notes.txt", "mine")
    first = (project.folder / "out" / "decisions.csv").read_bytes()
    assert project("assess", "gradebook.csv", "--no-reports").status == 0
    assert (project.folder / "out" / "decisions.csv").read_bytes() == first
    assert not (project.folder / "out" / "reports").exists()
    assert (project.folder / "out" / "notes.txt").read_text() == "mine"
    assert project("report").stdout == "out/reports/index.html\n"
    assert (project.folder / "out" / "reports" / "index.html").exists()


def test_a_project_is_found_from_a_folder_below(project: Program) -> None:
    below = project.folder / "term" / "one"
    below.mkdir(parents=True)
    project.folder = below
    run = project("assess", "../../gradebook.csv", "--no-reports")
    assert run.status == 0, run.output
    assert (below.parents[1] / "out" / "decisions.csv").exists()


def test_a_gradebook_named_twice_is_refused(project: Program) -> None:
    run = project("assess", "gradebook.csv", "./gradebook.csv")
    assert run.status == 2
    assert "is the same file as" in run.stderr


def test_the_next_step_names_the_folder_asked_for(project: Program) -> None:
    assert "explain LEARNER --assessment term" in project("assess", "gradebook.csv", "-o", "term").stderr
    assert project("explain", "40304", "--assessment", "term").status == 0


def test_lint_finds_the_project_from_a_folder_below(project: Program) -> None:
    project.folder = project.folder / "rubrics"
    assert project("lint").stdout == "Nothing found in 2 files.\n"


def test_a_weight_is_part_of_the_explanation(program: Program) -> None:
    evidence = "decide: {by: average}, evidence: [{item: A, weight: 3}, {item: B}]"
    program.write("r.yaml", RUBRIC.replace("evidence: [{item: Team charter}]", evidence))
    program.write("g.csv", "learner,A,B\ns,4,2\n")
    assert program("assess", "g.csv", "--rubric", "r.yaml").status == 0
    run = program("explain", "s")
    assert "Not yet. A score of 3.50 reaches A; B (4 points) is needed." in run.stdout
    assert "1. A: 4 level points (weight 3)" in run.stdout
    assert "weight 3" in (program.folder / "out/reports/learners/0001.html").read_text(encoding="utf-8")


def test_a_project_file_with_errors_says_so(project: Program) -> None:
    project.write("microcred.yaml", "format: microcred-project/1\n")
    run = project("assess", "gradebook.csv")
    assert run.status == 2
    assert "microcred.yaml has errors: the project file lacks the key `issuer`" in run.stderr
    project.write("microcred.yaml", "")
    assert "microcred.yaml has errors" in project("assess", "gradebook.csv").stderr


def test_a_changed_table_is_pointed_out(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    path = project.folder / "out" / "decisions.csv"
    path.write_text(path.read_text().replace("not-yet", "shown"))
    key = read_table(path)[0]["learner"]
    assert "warning: decisions.csv was changed" in project("explain", key).stderr
    assert "warning: decisions.csv was changed" in project("report").stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("assessment.json", "{"),
        ("assessment.json", '{"format": "other"}'),
        ("decisions.csv", "learner\n"),
        ("decisions.csv", None),
        ("pieces.csv", "rubbish"),
        ("rubrics/teamwork.yaml", "id: no"),
        ("assessment.json", '{"format": "microcred-assessment/1"}'),
        ("assessment.json", '{"format": "microcred-assessment/1", "tables": {"a": 5}}'),
        ("assessment.json", '{"format": "microcred-assessment/1", "tables": {}}'),
    ],
)
def test_a_broken_folder_is_no_assessment(project: Program, name: str, content: str | None) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    path = project.folder / "out" / name
    path.unlink() if content is None else path.write_text(content)
    run = project("explain", "1")
    assert run.status == 1
    assert "is not a complete assessment folder" in run.stderr


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("decisions.csv", "proficient", "perfect"),
        ("decisions.csv", "shared-goals", "shared-gaols"),
        ("decisions.csv", ",3.20,", ",1e999999999,"),
        ("decisions.csv", ",3.20,", ",NaN,"),
        ("decisions.csv", "40304,", "49999,"),
        ("awards.csv", "earned", "zzz"),
        ("awards.csv", "listens", "whistles"),
        ("learners.csv", "40304", "49999"),
        ("pieces.csv", ",share,", ",cuts,"),
        ("pieces.csv", ",share,", ",guess,"),
        ("pieces.csv", ",3.200000000,", ",sNaN,"),
        ("pieces.csv", ",3.200000000,", ",,"),
        ("pieces.csv", "gradebook.csv,25,", "gradebook.csv,-25,"),
        ("gaps.csv", ",missing,", ",lost,"),
        ("gaps.csv", "40304,", "49999,"),
        ("assessment.json", '"decisions.csv":', '"/etc/passwd":'),
        ("assessment.json", '"rubrics/teamwork.yaml":', '"rubrics/../../../secret.yaml":'),
    ],
)
@pytest.mark.parametrize("command", [["explain", "40304"], ["report"]])
def test_an_edited_folder_is_refused_where_it_makes_no_sense(
    project: Program, command: list[str], name: str, old: str, new: str
) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    path = project.folder / "out" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    run = project(*command)
    assert run.status == 1
    assert "is not a complete assessment folder" in run.stderr
    assert "passwd" not in run.output


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX links")
def test_a_folder_of_links_leads_nowhere(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    path = project.folder / "out" / "gaps.csv"
    path.rename(project.folder / "gaps.csv")
    path.symlink_to(project.folder / "gaps.csv")
    assert "gaps.csv is a link" in project("explain", "40304").stderr


def test_keys_that_are_addresses_stay_out_of_messages(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,name,Team charter\nada@x.org,Ada,3\nbo@x.org,Ada,3\n")
    assert program("assess", "g.csv", "--rubric", "r.yaml", "--no-reports").status == 0
    for asked in ("ada@x.or", "", "Ada"):
        run = program("explain", asked)
        assert run.status == 2
        assert "@x.org" not in run.stderr


def test_a_rubric_named_twice_counts_once(project: Program) -> None:
    rubric = "rubrics/teamwork.yaml"
    assert project("assess", "gradebook.csv", "-r", rubric, "-r", "rubrics").status == 0
    assert len(read_table(project.folder / "out" / "awards.csv")) == 32
    run = project("assess", rubric, "-r", "gradebook.csv")
    assert (run.status, "is not a rubric" in run.stderr) == (2, True)


def test_inspect_shows_what_was_understood(project: Program) -> None:
    run = project("inspect", "gradebook.csv")
    assert run.status == 0
    assert "gradebook.csv: Canvas gradebook export" in run.stdout
    assert "learners: 32" in run.stdout
    assert "Team charter (" in run.stdout
    assert "excused" in run.stdout
    document = json.loads(project("inspect", "gradebook.csv", "--format", "json").stdout)
    (gradebook,) = document["gradebooks"]
    assert gradebook["learners"] == 32
    counts = [sum(item["states"].values()) for item in gradebook["items"]]
    assert set(counts) == {32}


def test_inspect_points_at_refused_cells(program: Program) -> None:
    program.write("g.csv", "learner,A\ns,3x\n")
    run = program("inspect", "g.csv")
    assert run.status == 1
    assert "g.csv, row 2, column B (A): this is not a score" in run.stderr
    program.write("g.csv", "learner,A,B\ns,Proficient,3\nt,EX,\n")
    run = program("inspect", "g.csv", "--format", "json")
    assert [item["in_words"] for item in json.loads(run.stdout)["gradebooks"][0]["items"]] == [1, 0]
    assert "words" in program("inspect", "g.csv").stdout
    program.write("g.csv", "animal,legs\ncat,4\n")
    assert program("inspect", "g.csv").status == 1


def test_hostile_names_reach_no_terminal(program: Program) -> None:
    program.write("g.csv", "learner,name,Team charter\n\x1b]0;x\x07s,[red]\u202eAda[/],4\n")
    text = program.folder / "r.yaml"
    text.write_text(RUBRIC)
    run = program("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 0, run.output
    explained = program("explain", "[red]\u202eAda[/]")
    for output in (run.output, explained.output):
        assert not any(ord(character) < 32 and character != "\n" for character in output)
        assert "\u202e" not in output
        assert "[red]" in output


def test_explain_n_mastery_and_cells_of_a_long_table(program: Program) -> None:
    program.write("r.yaml", RUBRIC.replace("evidence:", "decide: {by: n-mastery, n: 2}, evidence:"))
    program.write(
        "g.csv",
        "learner,item,score,date,rater,attempt\ns,Team charter,4,2026-01-01,Kim,1\ns,Team charter,2,,,\n",
    )
    assert program("assess", "g.csv", "--rubric", "r.yaml", "--no-reports").status == 0
    run = program("explain", "s")
    assert (
        "Insufficient evidence. 2 scores at B (4 points) or above are needed, and there is 1." in run.stdout
    )
    assert "Method: n-mastery, n 2: " in run.stdout
    assert (
        "2. Team charter: 4 level points (2026-01-01, by Kim, attempt 1)  [g.csv, row 2, column C]"
        in run.stdout
    )


def test_a_long_cohort_is_cut_with_a_note(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Team charter\n" + "".join(f"s{number},3\n" for number in range(60)))
    run = program("assess", "g.csv", "--rubric", "r.yaml", "--no-reports")
    assert "… and 10 more learners" in run.stdout


RUBRIC = """\
format: microcred/1
id: r
version: 1.0.0
title: "[bold]R[/bold]"
levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 4}]
shown_at: b
subcompetencies:
  - {id: x, title: X, criteria: [{id: c, title: C}], evidence: [{item: Team charter}]}
"""


def test_help_is_grouped_and_shows_examples(program: Program) -> None:
    run = program("--help")
    assert run.status == 0
    for word in (
        "Start",
        "Rubrics",
        "Gradebooks and decisions",
        "Examples",
        "microcred assess gradebook.csv",
    ):
        assert word in run.stdout
    for command in ("init", "lint", "rule", "schema", "inspect", "assess", "explain", "report"):
        page = program(command, "--help")
        assert page.status == 0
        assert "Examples" in page.stdout
