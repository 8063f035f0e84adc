"""Why a decision is what it is, on the command line."""

import json

from tests.cli.program import Program, read_table


def test_explain_says_scores_method_numbers_level_and_what_is_missing(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    rows = read_table(project.folder / "out" / "decisions.csv")
    for row in rows:
        run = project("explain", row["learner"], row["subcompetency"])
        assert run.status == 0
        assert row["score"] in run.stdout
        assert f"Method: {row['method']}" in run.stdout
        gaps = run.stdout.count("no score:")
        items = {"shared-goals": 2, "listens": 3, "gives-feedback": 2, "resolves-conflict": 3}
        assert gaps + int(row["pieces"]) == items[row["subcompetency"]]
    decisions = {row["decision"] for row in rows}
    assert len(decisions) == 4


def test_explain_finds_a_learner_by_name_unless_two_have_it(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    learners = read_table(project.folder / "out" / "learners.csv")
    names = [row["name"] for row in learners]
    unique = next(row for row in learners if row["name"].startswith("Petrović"))
    last, first = unique["name"].split(", ")
    for spelling in (unique["name"], f"{first} {last}", unique["name"].upper(), "petrovic", "Petrović"):
        assert f"({unique['learner']})" in project("explain", spelling).stdout
    double = next(name for name in names if names.count(name) == 2)
    run = project("explain", double)
    assert run.status == 2
    keys = [row["learner"] for row in learners if row["name"] == double]
    assert ", ".join(keys) in run.stderr
    assert double not in run.stderr


def test_explain_suggests_keys_and_sub_competencies(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    key = read_table(project.folder / "out" / "learners.csv")[0]["learner"]
    run = project("explain", key[:-1] + "x")
    assert run.status == 2
    assert "did you mean" in run.stderr
    run = project("explain", key, "gives-fedback")
    assert run.status == 2
    assert "did you mean `gives-feedback`?" in run.stderr


def test_explain_as_json(project: Program) -> None:
    project("assess", "gradebook.csv", "--no-reports")
    row = read_table(project.folder / "out" / "decisions.csv")[0]
    run = project("explain", row["learner"], "--format", "json")
    document = json.loads(run.stdout)
    assert document["format"] == "microcred-explanation/1"
    (rubric,) = document["rubrics"]
    assert [each["subcompetency"] for each in rubric["decisions"]] == [
        "shared-goals",
        "listens",
        "gives-feedback",
        "resolves-conflict",
    ]
    first = rubric["decisions"][0]
    assert (first["decision"], first["score"]) == (row["decision"], row["score"] or None)
    assert first["pieces"][0]["row"] > 3
