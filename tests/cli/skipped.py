"""Assessing with --skip-invalid, and a gradebook with one cell to be refused."""

from tests.cli.program import Program, Run, read_table
from tests.cli.small_cohort import GRADES

BROKEN = GRADES.replace("s2,Canary Two,2,1", "s2,Canary Two,2,?!")
"""The cell is s2's, g.csv, row 3, column D."""


def skip(program: Program, *gradebooks: str, options: tuple[str, ...] = ("--no-reports",)) -> Run:
    return program("assess", *(gradebooks or ("g.csv",)), "--rubric", "r.yaml", "--skip-invalid", *options)


def read_learners(program: Program, name: str, folder: str = "out") -> set[str]:
    """Return the learners of a table; of one that is not there, none."""
    path = program.folder / folder / name
    return {row["learner"] for row in read_table(path)} if path.exists() else set()
