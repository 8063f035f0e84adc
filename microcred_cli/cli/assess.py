"""`microcred assess`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.assessment.manifest import LEFT_OUT
from microcred_cli.cli.console import print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import (
    AsOf,
    Decimal,
    Format,
    Gradebooks,
    Held,
    OutputFormat,
    Overrides,
    Quiet,
    Rubrics,
    ShowNames,
    SkipInvalid,
)
from microcred_cli.model.number_words import count_things

if TYPE_CHECKING:
    from microcred_cli.workflows.assess_cohort import Assessed, Order

EPILOG = """
[bold]Examples[/bold]

  microcred assess gradebook.csv                          by the rubrics of the project

  microcred assess gradebook.csv --rubric teamwork.yaml   by one rubric, without a project

  microcred assess gradebook.csv --out term-2 --no-reports

  microcred assess gradebook.csv --overrides board.csv    with what persons decided

  microcred assess gradebook.csv --skip-invalid           without those whose rows have problems

[bold]Exit status[/bold]

  0 everybody is decided on, 1 nothing is, or, with --skip-invalid, some were left out
"""


def assess(
    gradebooks: Gradebooks,
    rubrics: Rubrics = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            help="Where the assessment goes; the project's folder, else `out`.",
            rich_help_panel="Output",
        ),
    ] = None,
    overrides: Overrides = None,
    held: Held = None,
    as_of: AsOf = None,
    decimal: Decimal = None,
    skip_invalid: SkipInvalid = False,
    reports: Annotated[
        bool, typer.Option("--reports/--no-reports", help="Write the reports.", rich_help_panel="Output")
    ] = True,
    output_format: Format = OutputFormat.TEXT,
    show_names: ShowNames = False,
    quiet: Quiet = False,
) -> Status:
    """Decide what each learner has shown, and write decisions, awards and reports.

    With a problem anywhere nothing is decided, unless --skip-invalid leaves out the learners it is about.
    """
    from microcred_cli.cli.cohort_notes import write_notes, write_unjoined
    from microcred_cli.workflows.assess_cohort import Order, assess_cohort
    from microcred_cli.workflows.choose_engine import takes_engine
    from microcred_cli.workflows.gather_inputs import Sources

    mark = None if decimal is None else str(decimal)
    sources = Sources(
        tuple(gradebooks), tuple(rubrics or ()), overrides, held, mark, as_of, skip_invalid=skip_invalid
    )
    order = Order(sources, out, reports)
    if takes_engine(sources):
        return _assess_large(order, output_format, show_names=show_names, quiet=quiet)
    assessed = assess_cohort(order)
    if assessed.assessment is None:
        from microcred_cli.cli.problems import print_obstacles

        print_obstacles([each.linted for each in assessed.rubrics], assessed.problems, show_names=show_names)
        if not skip_invalid and assessed.can_skip:
            print_message("--skip-invalid leaves these learners out and decides on everybody else")
        return Status.FINDINGS
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.cohort_json import print_cohort_json

        print_cohort_json(assessed.assessment)
    else:
        from microcred_cli.cli.cohort_table import print_cohort

        print_cohort(assessed.assessment)
    notes = write_notes(assessed.assessment, forgotten=assessed.forgotten, dropped=assessed.dropped)
    for note in (*assessed.remarks, *write_unjoined(assessed.unjoined), *notes):
        print_message(note, quiet=quiet)
    _print_next_steps(assessed, reports=reports, elsewhere=out is not None, quiet=quiet)
    if not assessed.problems:
        return Status.GOOD
    from microcred_cli.cli.problems import print_problems

    count = count_things(len(assessed.assessment.learners_left_out), "learner")
    where = f"{assessed.folder}/{LEFT_OUT}"
    # Not even --quiet is to hide it.
    print_problems(assessed.problems, show_names=show_names, outcome=f"left out: {count}, see {where}")
    return Status.FINDINGS


def _assess_large(order: "Order", output_format: OutputFormat, *, show_names: bool, quiet: bool) -> Status:
    """Assess a table that is too large for records: its decisions are Parquet, and nobody is left out."""
    from microcred_cli.workflows.assess_large import assess_large

    assessed = assess_large(order)
    if assessed.summary is None:
        from microcred_cli.cli.problems import print_obstacles

        print_obstacles([each.linted for each in assessed.rubrics], assessed.problems, show_names=show_names)
        return Status.FINDINGS
    from microcred_cli.cli.large_cohort import print_summary
    from microcred_cli.texts.sheet import MAXIMUM_BYTES

    print_summary(assessed.summary, output_format)
    for remark in assessed.remarks:
        print_message(remark, quiet=quiet)
    tables = "decisions.parquet, awards.parquet, and with names learners.parquet"
    print_message(f"written to {assessed.folder}/: {tables}", quiet=quiet)
    named = "" if order.output is None else f" --assessment {order.output.as_posix()}"
    print_message(f"why a decision is what it is: microcred explain LEARNER{named}", quiet=quiet)
    if order.reports:
        bound = f"{MAXIMUM_BYTES // 1_000_000} MB"
        print_message(f"reports and badges come from CSV or spreadsheets of at most {bound}", quiet=quiet)
    return Status.GOOD


def _print_next_steps(assessed: "Assessed", *, reports: bool, elsewhere: bool, quiet: bool) -> None:
    folder = assessed.folder
    if folder is None:
        return
    print_message(f"written to {folder}/: decisions.csv, awards.csv, pieces.csv", quiet=quiet)
    if reports:
        print_message(f"open {folder}/reports/index.html in a browser", quiet=quiet)
    # `explain` looks into the usual folder by itself.
    named = f" --assessment {folder.as_posix()}" if elsewhere else ""
    print_message(f"why a decision is what it is: microcred explain LEARNER{named}", quiet=quiet)
    if assessed.issuable:
        named = f" {folder.as_posix()}" if elsewhere else ""
        print_message(f"badges for what was earned: microcred issue{named} --dry-run", quiet=quiet)
