"""``microcred lint``."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_result, wants_color
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Quiet
from microcred_cli.model.errors import UnwritableError
from microcred_cli.model.finding import Severity

if TYPE_CHECKING:
    from microcred_cli.linting.record import LintedFile

EPILOG = """
[bold]Examples[/bold]

  microcred lint                           the project in this folder

  microcred lint rubrics/ --format github  annotations in GitHub Actions

  microcred lint - --stdin-filename rubrics/teamwork.yaml < draft.yaml

[bold]In a rubric[/bold]

  shown_at: met   # microcred: ignore\\[shown-at-lowest] met or not
"""


class LintFormat(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"


def lint(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[PATH]...",
            help="Files, folders, or - for the standard input. Without any: the project in this folder.",
            show_default=False,
        ),
    ] = None,
    format_: Annotated[
        LintFormat, typer.Option("--format", help="How findings are printed.", rich_help_panel="Output")
    ] = LintFormat.TEXT,
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
    fail_level: Annotated[
        Severity,
        typer.Option(help="From which severity on the exit status is 1.", rich_help_panel="Selection"),
    ] = Severity.ERROR,
    output_file: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write the findings to a file instead.", rich_help_panel="Output"),
    ] = None,
    stdin_filename: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="The name that - stands for."),
    ] = None,
    quiet: Quiet = False,
) -> Status:
    """Find what is wrong with rubrics and the project file.

    Each finding says where, what, and what to do next. Errors stop assessing, and the exit status is 1.

    Warnings are shown too, but the exit status stays 0 unless --fail-level warning is given.
    """
    from microcred_cli.linting.selection import read_selection
    from microcred_cli.linting.tally import list_counting
    from microcred_cli.workflows.lint_files import lint_files

    selection = read_selection(select or (), ignore or ())
    files = selection.apply(lint_files(paths or (), sys.stdin.buffer.read, stdin_filename))
    _deliver(_render(format_, files, quiet=quiet, color=output_file is None), output_file)
    weights = list(Severity)
    failing = weights[: weights.index(fail_level) + 1]
    return Status.FINDINGS if any(each.severity in failing for each in list_counting(files)) else Status.GOOD


def _render(format_: LintFormat, files: "Sequence[LintedFile]", *, quiet: bool, color: bool) -> str:
    from microcred_cli.linting.formats import text

    match format_:
        case LintFormat.TEXT:
            return text.render(files, color=color and wants_color(sys.stdout), summary=not quiet)
        case LintFormat.CONCISE:
            from microcred_cli.linting.formats import concise

            return concise.render(files)
        case LintFormat.JSON:
            from microcred_cli.linting.formats import json

            return json.render(files)
        case _:
            from microcred_cli.linting.formats import github

            return github.render(files, summary=not quiet)


def _deliver(rendered: str, output_file: str | None) -> None:
    """Print the findings, or write them to the file, which a later run may replace."""
    if output_file is None:
        if rendered:
            print_result(rendered)
        return
    try:
        with open(output_file, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123 - no pathlib needed
            stream.write(f"{rendered}\n" if rendered else "")
    except OSError as error:
        raise UnwritableError(output_file, error.strerror or "") from error
