"""``microcred lint``: its options and its help. What it does is in lint_run, which needs no typer."""

from typing import Annotated

import typer

from microcred_cli.cli.exits import Status
from microcred_cli.cli.lint_report import LintFormat
from microcred_cli.cli.lint_run import AskedLint, run_lint
from microcred_cli.cli.options import Quiet
from microcred_cli.model.finding import Severity

EPILOG = """
[bold]Examples[/bold]

  microcred lint                           the project in this folder

  microcred lint rubrics/ --fix            mend what can be mended without a doubt

  microcred lint --diff --unsafe-fixes     show all that could be mended, and change nothing

  microcred lint --format sarif --output-file findings.sarif

  microcred lint - --stdin-filename rubrics/teamwork.yaml < draft.yaml

[bold]In a rubric[/bold]

  shown_at: met   # microcred: ignore\\[shown-at-lowest] met or not

[bold]In microcred.yaml[/bold]

  lint: {ignore: \\[MC4], fail_level: warning, per_path: {"rubrics/drafts/*": \\[MC5]}}

[bold]Exit status[/bold]

  0 nothing of the fail level is left, 1 something is, or --diff has something to show
"""


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, or - for the standard input. Without any: the project in this folder.",
            show_default=False,
        ),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            help="Only these rules: code, beginning of a code (MC3), or slug. Repeat, or join by commas.",
            rich_help_panel="Selection",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Not these rules.", rich_help_panel="Selection"),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Mend what can be mended without a doubt, in the files; of - the result is printed.",
            rich_help_panel="Fixes",
        ),
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Show what --fix would change, and change nothing.", rich_help_panel="Fixes"
        ),
    ] = False,
    unsafe_fixes: Annotated[
        bool,
        typer.Option(
            "--unsafe-fixes",
            help="With --fix or --diff: also what needs a look afterwards.",
            rich_help_panel="Fixes",
        ),
    ] = False,
    format_: Annotated[
        LintFormat | None,
        typer.Option(
            "--format",
            help="How findings are printed: text, in GitHub Actions github.",
            show_default=False,
            rich_help_panel="Output",
        ),
    ] = None,
    output_file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the findings to a file instead.", rich_help_panel="Output"),
    ] = None,
    statistics: Annotated[
        bool,
        typer.Option("--statistics", help="Only how many findings of which rule.", rich_help_panel="Output"),
    ] = False,
    fail_level: Annotated[
        Severity | None,
        typer.Option(
            help="From which severity on the exit status is 1: the project's, else error.",
            show_default=False,
            rich_help_panel="Selection",
        ),
    ] = None,
    exit_zero: Annotated[
        bool,
        typer.Option("--exit-zero", help="End with status 0 whatever is found.", rich_help_panel="Selection"),
    ] = False,
    stdin_filename: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name that - stands for."),
    ] = None,
    quiet: Quiet = False,
) -> Status:
    """Find what is wrong with rubrics and the project file, and mend it.

    Each finding says where, what, and what to do next. Errors stop assessing, and the exit status is 1.

    Warnings and notes are shown too, but the exit status stays 0 unless --fail-level asks for more.
    """
    asked = AskedLint(
        paths or [],
        select or (),
        ignore or (),
        fix=fix,
        diff=diff,
        unsafe_fixes=unsafe_fixes,
        format=format_,
        output_file=output_file,
        statistics=statistics,
        fail_level=fail_level,
        exit_zero=exit_zero,
        stdin_filename=stdin_filename,
        quiet=quiet,
    )
    return run_lint(asked)
