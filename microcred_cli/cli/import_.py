"""`microcred import`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_message, print_result, wants_color
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, OutputFormat, Quiet
from microcred_cli.cli.shell_words import quote_path
from microcred_cli.model.number_words import count_things
from microcred_cli.texts.safe import safe

if TYPE_CHECKING:
    from microcred_cli.workflows.import_rubrics import ImportedRubric, RubricImport

EPILOG = """
[bold]Examples[/bold]

  microcred import rubrics.csv                   Canvas: Rubrics, Export

  microcred import outcomes.csv                  Canvas: Outcomes, Export

  microcred import framework.csv                 Moodle: Competency frameworks, Export

  microcred import package.json                  CASE 1.1: a CFPackage or a CFRubric

  microcred import grid.xlsx --to teamwork.yaml  a table: criteria down, levels across

  microcred import rubrics.csv --to -            look at what would be written

[bold]Exit status[/bold]

  0 written, 1 nothing could be written or what was written has errors
"""
IMPORT_FORMAT = "microcred-import/1"
_LISTED = 3


def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="Rubrics or a framework as another tool exports them, or a spreadsheet.",
            show_default=False,
            readable=False,  # the file's own error says more than a usage message
        ),
    ],
    target: Annotated[
        str | None,
        typer.Option(
            "--to",
            metavar="PATH",
            help="A folder, a file ending in .yaml, or - to print it: the project's rubrics when left out.",
            show_default=False,
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
    quiet: Quiet = False,
) -> Status:
    """Turn rubrics of Canvas, Moodle, CASE or a spreadsheet into rubric files.

    What the file is shows from what it holds. What could not be carried over is said, and what was written is
    linted. No file that exists is touched.
    """
    from microcred_cli.model.finding import Severity
    from microcred_cli.workflows.import_rubrics import STDOUT, import_rubrics

    done = import_rubrics(file, target)
    faulty = any(
        finding.counts and finding.severity is Severity.ERROR
        for rubric in done.rubrics
        for finding in rubric.file.findings
    )
    if output_format is OutputFormat.JSON:
        _print_json(done, written=target != STDOUT)
    elif target == STDOUT and not done.problems:
        for rubric in done.rubrics:
            print_result(rubric.text.rstrip("\n"))
            for line in _list_losses(rubric):
                print_message(line, quiet=quiet)
    else:
        _print_text(done, quiet=quiet)
    return Status.FINDINGS if faulty or done.problems else Status.GOOD


def _print_text(done: "RubricImport", *, quiet: bool) -> None:
    if done.problems:
        from microcred_cli.cli.problems import print_problems

        print_problems(done.problems, show_names=True, outcome="nothing was written")
        return
    for rubric in done.rubrics:
        _print_rubric(rubric, done.system)
    _print_findings(done, quiet=quiet)


def _print_rubric(rubric: "ImportedRubric", system: str) -> None:
    parts = count_things(rubric.parts, "sub-competency", "sub-competencies")
    print_result(f"Wrote {safe(rubric.path.as_posix())}: {parts}, from {system}")
    for line in _list_losses(rubric):
        print_result(safe(f"  {line}"))
    for remark, lines in rubric.remarks.items():
        print_result(safe(f"  look at {_name_lines(lines)}: {remark}"))


def _name_lines(lines: list[str]) -> str:
    """Return a few lines, and how many more there are."""
    shown = ", ".join(lines[:_LISTED])
    more = f" and {len(lines) - _LISTED} more" if len(lines) > _LISTED else ""
    return f"line{'s' * (len(lines) > 1)} {shown}{more}"


def _list_losses(rubric: "ImportedRubric") -> list[str]:
    """Return a line for everything that could not be carried over."""
    lines = []
    for loss in rubric.losses:
        where = "" if loss.place is None else f"{loss.place}: "
        lines.append(f"not carried over: {where}{loss.message}")
    return lines


def _print_findings(done: "RubricImport", *, quiet: bool) -> None:
    """Print what linting finds in the files, as `microcred lint` does."""
    import sys

    from microcred_cli.cli.console import find_width
    from microcred_cli.linting.formats import text

    files = [rubric.file for rubric in done.rubrics]
    if any(finding.counts for file in files for finding in file.findings):
        print_result()
        print_result(text.render(files, color=wants_color(sys.stdout), summary=not quiet, width=find_width()))
    names = " ".join(quote_path(rubric.path) for rubric in done.rubrics)
    print_message(f"next: look through {names}, then microcred lint {names}", quiet=quiet)


def _print_json(done: "RubricImport", *, written: bool) -> None:
    import json

    document = {
        "format": IMPORT_FORMAT,
        "system": done.system,
        "rubrics": [
            {
                "path": rubric.path.as_posix() if written else None,
                "text": rubric.text,
                "losses": [
                    {"message": loss.message, "place": None if loss.place is None else loss.place._asdict()}
                    for loss in rubric.losses
                ],
                "findings": [
                    {"code": each.code, "slug": each.slug, "severity": each.severity, "message": each.message}
                    for each in rubric.file.findings
                    if each.counts
                ],
            }
            for rubric in done.rubrics
        ],
        "problems": [
            {"message": each.message, "place": each.place._asdict(), "help": each.help}
            for each in done.problems
        ],
    }
    print_result(json.dumps(document, indent=2, ensure_ascii=False))
