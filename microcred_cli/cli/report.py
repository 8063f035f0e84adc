"""`microcred report`."""

from pathlib import Path
from typing import Annotated

import typer

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Quiet

EPILOG = """
[bold]Examples[/bold]

  microcred report          of the project's assessment

  microcred report term-2   of another assessment folder
"""


def report(
    assessment: Annotated[
        Path | None,
        typer.Argument(metavar="[ASSESSMENT]", help="The assessment folder; the project's, else `out`."),
    ] = None,
    quiet: Quiet = False,
) -> Status:
    """Write the learner and cohort pages of an assessment again."""
    from microcred_cli.workflows.rewrite_reports import rewrite_reports

    rewritten = rewrite_reports(assessment)
    for name in rewritten.changed:
        print_message(f"warning: {name} was changed after it was written", quiet=quiet)
    print_result(f"{rewritten.folder.as_posix()}/reports/index.html")
    return Status.GOOD
