"""The small cohort on disk, for the commands that start from it."""

import pytest

from tests.cli.program import Program
from tests.cli.skipped import BROKEN
from tests.cli.small_cohort import GRADES, LATER, RUBRIC, assess


@pytest.fixture
def assessed(program: Program) -> Program:
    """Return the program beside the assessment of three learners, without a project."""
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADES)
    assess(program)
    return program


@pytest.fixture
def exported(program: Program) -> Program:
    """Return the program beside a rubric and two exports of a gradebook."""
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", GRADES)
    program.write("h.csv", LATER)
    return program


@pytest.fixture
def broken(program: Program) -> Program:
    """Return the program beside a gradebook with one cell that is refused."""
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", BROKEN)
    return program
