"""The table of a cohort on the terminal."""

import pytest

from tests.cli.program import Program

RUBRIC = """\
format: microcred/1
id: r
version: 1.0.0
title: R
levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 4}]
shown_at: b
subcompetencies:
  - id: x
    title: X
    criteria: [{id: c, title: C}]
    evidence: [{item: Talk}, {item: Essay}, {item: Team charter}]
    decide: {by: power-law}
"""
SHOWN, TOO_LITTLE, NOT_ASSESSED = "+ shown", "“too little”: insufficient evidence", "“-”: not assessed"


@pytest.mark.parametrize(
    ("width", "scores", "legend"),
    [
        (120, ("4,4,4", ",,4", ",,"), [SHOWN, TOO_LITTLE, NOT_ASSESSED]),
        (120, ("4,4,4", ",,"), [SHOWN, NOT_ASSESSED]),
        (120, ("1,1,1",), []),
        (20, ("4,4,4", ",,4", ",,"), []),
    ],
)
def test_the_legend_explains_the_signs_that_are_in_the_table(
    program: Program, monkeypatch: pytest.MonkeyPatch, width: int, scores: tuple[str, ...], legend: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    program.write("r.yaml", RUBRIC)
    rows = [f"s{number},{row}" for number, row in enumerate(scores)]
    program.write("g.csv", "\n".join(["learner,Talk,Essay,Team charter", *rows, ""]))
    run = program("assess", "g.csv", "--rubric", "r.yaml", "--no-reports")
    assert run.status == 0, run.output
    lines = run.stdout.splitlines()
    after = next(at for at, line in enumerate(lines) if "award:" in line)
    assert lines[after + 1 :] == ["; ".join(legend), ""][not legend :]
