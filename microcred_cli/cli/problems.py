"""Problems and findings on stderr, for commands whose result is something else."""

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from microcred_cli.cli.console import print_message
from microcred_cli.model.problem import Problem

if TYPE_CHECKING:
    from microcred_cli.linting.record import LintedFile

MAXIMUM = 50


def print_findings(files: "Sequence[LintedFile]") -> None:
    """Print what the linter says of files that stand in the way."""
    from microcred_cli.linting.formats import text

    # Each line has been through safe().
    for line in text.render(files).split("\n"):
        print_message(line)


def print_obstacles(
    files: "Sequence[LintedFile]",
    problems: Sequence[Problem],
    *,
    show_names: bool,
    outcome: str = "nothing was written",
) -> None:
    """Print why nothing came of it: what is wrong with rubrics, or else the problems of the other inputs."""
    faulty = [each for each in files if each.rubric is None]
    if faulty:
        print_findings(faulty)
    else:
        print_problems(problems, show_names=show_names, outcome=outcome)


def print_problems(
    problems: Sequence[Problem], *, show_names: bool, outcome: str = "nothing was written"
) -> None:
    """Print each problem with its place; past fifty they are counted."""
    for problem in problems[:MAXIMUM]:
        content = f": “{problem.content}”" if show_names and problem.content else ""
        print_message(f"{problem.place}: {problem.message}{content}")
        if problem.help:
            print_message(f"  help: {problem.help}")
    if len(problems) > MAXIMUM:
        print_message(f"… and {len(problems) - MAXIMUM} more")
    noun = "problem" if len(problems) == 1 else "problems"
    files = len({problem.place.file.partition(":")[0] for problem in problems})
    where = "" if files == 1 else f" in {files} files"
    print_message(f"{len(problems)} {noun}{where}; {outcome}")
    contents = any(problem.content for problem in itertools.islice(problems, MAXIMUM))
    if contents and not show_names:
        print_message("what the cells say is not shown, as it may be personal; --show-names shows it")
