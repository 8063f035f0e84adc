"""`microcred export`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Quiet
from microcred_cli.cli.shell_words import quote_path
from microcred_cli.model.rubric_format import RubricFormat
from microcred_cli.texts.safe import safe

if TYPE_CHECKING:
    from microcred_cli.workflows.export_rubric import RubricExport

EPILOG = """
[bold]Examples[/bold]

  microcred export teamwork                               a page to print

  microcred export teamwork --format xlsx                 a grid to edit; microcred import reads it back

  microcred export rubrics/teamwork.yaml -o teamwork.md   for a syllabus or a repository

  microcred export teamwork --format canvas               Canvas: Rubrics, Import

  microcred export teamwork --format canvas-outcomes      Canvas: Outcomes, Import

  microcred export teamwork --format moodle               Moodle: Competency frameworks, Import

  microcred export teamwork --format case                 CASE 1.1: a CFPackage

[bold]Exit status[/bold]

  0 written, 1 the rubric has errors
"""


def export(
    rubric: Annotated[
        str,
        typer.Argument(
            metavar="RUBRIC", help="A rubric's file, or its id in the project.", show_default=False
        ),
    ],
    rubric_format: Annotated[
        RubricFormat | None,
        typer.Option(
            "--format",
            metavar="NAME",
            help="xlsx, ods or csv: a grid; markdown; html: a page to print; canvas, canvas-outcomes, moodle "
            "or case: for these. When left out, the name of the output file tells (.csv is the grid, .json "
            "is case), else it is the page.",
            show_default=False,
        ),
    ] = None,
    output_file: Annotated[
        str | None,
        typer.Option(
            "--output-file",
            "-o",
            metavar="PATH",
            help="The file, or - to print it; named after the rubric, in this folder, when left out.",
            show_default=False,
        ),
    ] = None,
    quiet: Quiet = False,
) -> Status:
    """Write a rubric for colleagues, for print, or for Canvas, Moodle and CASE.

    What the format has no place for is said. No file that exists is touched.
    """
    from microcred_cli.model.errors import UsageError
    from microcred_cli.workflows.export_rubric import BINARY, STDOUT, choose_format, export_rubric

    chosen = choose_format(rubric_format, output_file)
    to_stdout = output_file == STDOUT
    if to_stdout and chosen in BINARY and _is_terminal():
        raise UsageError(f"{chosen} is nothing a terminal can show", "name a file with --output-file")
    done = export_rubric(rubric, chosen, output_file)
    if done.linted.rubric is None:
        from microcred_cli.cli.problems import print_findings

        print_findings([done.linted])
        print_message("nothing was written")
        return Status.FINDINGS
    if to_stdout:
        _write_bytes(done.data)
        for loss in done.losses:
            print_message(f"not carried over: {loss.message}", quiet=quiet)
    else:
        _print_outcome(done, quiet=quiet)
    return Status.GOOD


def _is_terminal() -> bool:
    return sys.stdout.isatty()


def _write_bytes(data: bytes) -> None:
    """Write to stdout what a file would hold, to the byte."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)


def _print_outcome(done: "RubricExport", *, quiet: bool) -> None:
    assert done.path is not None  # noqa: S101 - a file was asked for
    path = safe(done.path.as_posix())
    print_result(f"Wrote {path}")
    for loss in done.losses:
        print_result(safe(f"  not carried over: {loss.message}"))
    if done.format in {RubricFormat.XLSX, RubricFormat.ODS, RubricFormat.CSV}:
        print_message(
            f"next: microcred import {quote_path(done.path)} turns it into a rubric file again", quiet=quiet
        )
