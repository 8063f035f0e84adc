"""`microcred explain`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, OutputFormat, Quiet

if TYPE_CHECKING:
    from microcred_cli.workflows.explain_decision import Explained

EPILOG = """
[bold]Examples[/bold]

  microcred explain 1042                   every decision on the learner with that key

  microcred explain "Ada Lovelace"         the same by name, where nobody else has it

  microcred explain 1042 gives-feedback    one sub-competency
"""


def explain(
    learner: Annotated[
        str, typer.Argument(metavar="LEARNER", help="The learner's key, or name.", show_default=False)
    ],
    subcompetency: Annotated[
        str | None,
        typer.Argument(metavar="[SUBCOMPETENCY]", help="Only this sub-competency, by its id."),
    ] = None,
    assessment: Annotated[
        Path | None,
        typer.Option(
            "--assessment", "-a", metavar="DIR", help="The assessment folder; the project's, else `out`."
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
    quiet: Quiet = False,
) -> Status:
    """Say why: the scores used, the method, the numbers, the level, and what is missing.

    Of a learner who was left out, say for which problems; the exit status is 1 then.
    """
    from microcred_cli.workflows.explain_decision import explain_learner

    explained = explain_learner(learner, subcompetency, assessment)
    for name in explained.changed:
        print_message(f"warning: {name} was changed after it was written", quiet=quiet)
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.explanation_json import print_explanation_json

        print_explanation_json(explained)
    else:
        _print_text(explained)
    return Status.FINDINGS if explained.left_out else Status.GOOD


def _print_text(explained: "Explained") -> None:
    from microcred_cli.cli.explanation_text import write_explanation

    for line in write_explanation(explained):
        print_result(line)
