"""`microcred verify`."""

from pathlib import Path
from typing import Annotated

import typer

from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, OutputFormat, Quiet

EPILOG = """
[bold]Examples[/bold]

  microcred verify badge.json          one badge, check by check

  microcred verify badges/             every badge in a folder

  microcred verify badge.svg --status-list list.json

[bold]Exit status[/bold]

  0 every check passed, 1 one failed, 4 none failed but one could not be made
"""


def verify(
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE|DIR...",
            help="Badges, as JSON or as SVG, or folders of them.",
            show_default=False,
            readable=False,
        ),
    ],
    status_lists: Annotated[
        list[Path] | None,
        typer.Option(
            "--status-list",
            metavar="FILE",
            help="A status list of the issuer; without it nobody knows of a badge that names one.",
            readable=False,
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
    quiet: Quiet = False,
) -> Status:
    """Check whether badges are genuine: of any issuer with a did:key, without going online.

    Structure, terms, proof, issuer, dates and status are checked one by one; a badge is genuine when all of
    them pass.
    """
    from microcred_cli.model.verification import Outcome
    from microcred_cli.workflows.verify_badges import list_badge_files, verify_files

    files = list_badge_files(paths)
    verified = tuple(verify_files(files, status_lists or ()))
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.verification_json import print_verification_json

        print_verification_json(verified)
    else:
        from microcred_cli.cli.verification_text import print_verification

        print_verification(verified, quiet=quiet)
    outcomes = {each.outcome for each in verified}
    if Outcome.FAILED in outcomes:
        return Status.FINDINGS
    return Status.UNCHECKED if Outcome.UNCHECKED in outcomes else Status.GOOD
