"""Where a score is said in points and as a rating, the points do not speak for another scale."""

import pytest

from tests.cli.program import Program, read_table

RUBRIC = """\
format: microcred/1
id: lab
version: 1.0.0
title: Lab
levels:
  - {id: none, title: No marks, points: 0}
  - {id: developing, title: Developing, points: 4}
  - {id: good, title: Good, points: 7}
  - {id: excellent, title: Excellent, points: 10}
shown_at: good
subcompetencies:
  - {id: data, title: Data, criteria: [{id: data, title: Data}], evidence: [{item: Data}]}
"""
HEAD = "Student Id,Student Name,Data - Rating,Data - Points\n"


def decide(program: Program, *rows: str, rubric: str = RUBRIC) -> dict[str, tuple[str, str]]:
    program.write("lab.yaml", rubric)
    program.write("marks.csv", HEAD + "".join(f"{row}\n" for row in rows))
    run = program("assess", "marks.csv", "--rubric", "lab.yaml", "--no-reports")
    assert run.status == 0, run.output
    return {
        row["learner"]: (row["decision"], row["level"])
        for row in read_table(program.folder / "out" / "decisions.csv")
    }


def test_a_criterion_of_twenty_points_is_decided_by_its_ratings(program: Program) -> None:
    decided = decide(
        program, "1,Ada,Developing,8.0", "2,Bo,Good,14.0", "3,Cy,No marks,0.0", "4,Di,Excellent,20.0"
    )
    assert decided == {
        "1": ("not-yet", "developing"),
        "2": ("shown", "good"),
        "3": ("not-yet", "none"),
        "4": ("shown", "excellent"),
    }


def test_points_that_agree_with_the_ratings_stay_as_fine_as_they_are(program: Program) -> None:
    assert decide(program, "1,Ada,Good,8.5", "2,Bo,Developing,4.0")["1"] == ("shown", "good")
    assert read_table(program.folder / "out" / "pieces.csv")[0]["value"] == "8.5"


def test_a_range_goes_by_its_rating(program: Program) -> None:
    """In Canvas 6 of a range that begins above 4 is Good."""
    assert decide(program, "1,Ada,Good,6.0")["1"] == ("shown", "good")


def test_ratings_that_no_level_has_leave_the_points(program: Program) -> None:
    assert decide(program, "1,Ada,Five sources,7.0")["1"] == ("shown", "good")


def test_grades_say_what_a_rating_means(program: Program) -> None:
    rubric = RUBRIC.replace(
        "{item: Data}", "{item: Data, grades: {Five sources: good, Two sources: developing}}"
    )
    decided = decide(program, "1,Ada,Five sources,20.0", "2,Bo,Two sources,8.0", rubric=rubric)
    assert decided == {"1": ("shown", "good"), "2": ("not-yet", "developing")}


def test_with_points_possible_shares_that_agree_count_and_ratings_where_one_does_not(
    program: Program,
) -> None:
    possible = "points possible,,,20.0"
    assert decide(program, "1,Ada,Good,15.0", "2,Bo,,8.0", possible)["1"] == ("shown", "good")
    assert read_table(program.folder / "out" / "pieces.csv")[0]["conversion"] == "share"
    assert decide(program, "1,Ada,Good,13.0", "2,Bo,,8.0", possible) == {
        "1": ("shown", "good"),
        "2": ("not-yet", "developing"),
    }


@pytest.mark.parametrize(("points", "conversion"), [("15.0", "cuts"), ("9.0", "word")])
def test_cuts_are_shares_too(program: Program, points: str, conversion: str) -> None:
    rubric = RUBRIC.replace("{item: Data}", "{item: Data, cuts: {good: 50%, excellent: 90%}}")
    decided = decide(program, f"1,Ada,Good,{points}", "points possible,,,20.0", rubric=rubric)
    assert decided == {"1": ("shown", "good")}
    assert read_table(program.folder / "out" / "pieces.csv")[0]["conversion"] == conversion


@pytest.mark.parametrize("row", ["2,Bo,,8.0", "2,Bo,,0.0"])
def test_points_without_a_rating_are_refused_where_points_are_not_level_points(
    program: Program, row: str
) -> None:
    program.write("lab.yaml", RUBRIC)
    program.write("marks.csv", f"{HEAD}1,Ada,Developing,8.0\n{row}\n")
    run = program("assess", "marks.csv", "--rubric", "lab.yaml", "--no-reports")
    assert run.status == 1
    assert "marks.csv, row 3, column D (Data - Points): there are points but no rating" in run.stderr
    skipped = program("assess", "marks.csv", "--rubric", "lab.yaml", "--no-reports", "--skip-invalid")
    assert skipped.status == 1
    assert [row["learner"] for row in read_table(program.folder / "out" / "decisions.csv")] == ["1"]


def test_what_was_decided_by_ratings_is_explained_and_audited(program: Program) -> None:
    decide(program, "1,Ada,Developing,8.0")
    explained = program("explain", "1")
    assert "Developing" in explained.stdout
    assert program("audit").status == 0
