"""`microcred audit`."""

from pathlib import Path
from typing import Annotated

import typer

from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, OutputFormat

EPILOG = """
[bold]Examples[/bold]

  microcred audit          the project's assessment and its badges

  microcred audit term-2   another assessment folder

[bold]Exit status[/bold]

  0 everything follows, 1 something does not, 4 something could not be checked
"""


def audit(
    assessment: Annotated[
        Path | None,
        typer.Argument(metavar="[ASSESSMENT]", help="The assessment folder; the project's, else `out`."),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
) -> Status:
    """Decide again from the inputs, and name every decision and badge that does not follow.

    Looks first whether tables, gradebooks, rubrics and overrides are what they were. Writes nothing.
    """
    from microcred_cli.model.verification import Outcome
    from microcred_cli.workflows.audit_assessment import audit_assessment

    audited = audit_assessment(assessment)
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.audit_json import print_audit_json

        print_audit_json(audited)
    else:
        from microcred_cli.cli.audit_text import print_audit

        print_audit(audited)
    statuses = {Outcome.PASSED: Status.GOOD, Outcome.FAILED: Status.FINDINGS}
    return statuses.get(audited.outcome, Status.UNCHECKED)
