"""`microcred diff`."""

from pathlib import Path
from typing import Annotated

import typer

from microcred_cli.cli.console import print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import (
    Decimal,
    Format,
    Held,
    OutputFormat,
    Overrides,
    Quiet,
    Rubrics,
    ShowNames,
    SkipInvalid,
)

EPILOG = """
[bold]Examples[/bold]

  microcred diff term-1 term-2              two assessment folders

  microcred diff old.yaml new.yaml          two versions of a rubric

  microcred diff monday.csv friday.csv      two exports of a gradebook

  microcred diff out gradebook.csv          what another export would change
"""


def diff(
    before: Annotated[
        Path,
        typer.Argument(
            metavar="A",
            help="A rubric, a gradebook or an assessment folder.",
            show_default=False,
            readable=False,
        ),
    ],
    after: Annotated[
        Path,
        typer.Argument(metavar="B", help="What it is compared with.", show_default=False, readable=False),
    ],
    gradebooks: Annotated[
        list[Path] | None,
        typer.Option(
            "--gradebook",
            "-g",
            readable=False,
            metavar="FILE",
            help="For two rubrics: the gradebook to decide on.",
        ),
    ] = None,
    rubrics: Rubrics = None,
    overrides: Overrides = None,
    held: Held = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            metavar="DATE",
            help="The day from which `within` counts back; that of the assessment, else today.",
        ),
    ] = None,
    decimal: Decimal = None,
    skip_invalid: SkipInvalid = False,
    exit_code: Annotated[
        bool, typer.Option("--exit-code", help="End with 1 when a decision or an award changes.")
    ] = False,
    output_format: Format = OutputFormat.TEXT,
    show_names: ShowNames = False,
    quiet: Quiet = False,
) -> Status:
    """Say whose decision changes between two rubrics, gradebooks or assessments, and why.

    Writes nothing. Rubrics are compared by the gradebooks of the project's assessment, or of those given.
    Beside an assessment, a gradebook takes the place of the one of the same name, or else of all.
    """
    from microcred_cli.workflows.compare_assessments import compare_files
    from microcred_cli.workflows.gather_inputs import Sources

    mark = None if decimal is None else str(decimal)
    given = Sources(
        tuple(gradebooks or ()),
        tuple(rubrics or ()),
        overrides,
        held,
        mark,
        as_of,
        skip_invalid=skip_invalid,
    )
    compared = compare_files(before, after, given)
    if compared.comparison is None:
        from microcred_cli.cli.problems import print_obstacles

        faulty = [each.linted for each in compared.faulty]
        print_obstacles(faulty, compared.problems, show_names=show_names, outcome="nothing was compared")
        return Status.FINDINGS
    for name in compared.changed:
        print_message(f"{name} is not what it was when it was assessed", quiet=quiet)
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.diff_json import print_diff_json

        print_diff_json(compared.comparison, before, after)
    else:
        from microcred_cli.cli.diff_text import print_diff

        print_diff(compared.comparison)
    return Status.FINDINGS if exit_code and compared.comparison.has_consequences else Status.GOOD
