"""`microcred issue`."""

import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_error, print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, NoInput, OutputFormat, PassphraseFile, Quiet
from microcred_cli.model.errors import UsageError

if TYPE_CHECKING:
    from microcred_cli.workflows.issue_badges import Batch

EPILOG = """
[bold]Examples[/bold]

  microcred issue --dry-run                 what would be issued, to how many

  microcred issue --dry-run --show-fields   all that would become public

  microcred issue                           asks, then signs; run it again to finish what was interrupted

  microcred issue --yes --passphrase-file secret.txt
"""


def issue(
    assessment: Annotated[
        Path | None,
        typer.Argument(metavar="[ASSESSMENT]", help="The assessment folder; the project's when left out."),
    ] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="NAME", help="The key to sign with, if there are several.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the plan and write nothing.")] = False,
    show_fields: Annotated[
        bool, typer.Option("--show-fields", help="List all that becomes public.", rich_help_panel="Output")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before signing.")] = False,
    replan: Annotated[
        bool,
        typer.Option("--replan", help="Plan anew what was planned, never issued, and does not fit any more."),
    ] = False,
    passphrase_file: PassphraseFile = None,
    no_input: NoInput = False,
    output_format: Format = OutputFormat.TEXT,
    quiet: Quiet = False,
) -> Status:
    """Sign a badge for every earned award that has none yet.

    Shows the plan and asks before anything is signed. Run it again after an interruption: it goes on where it
    stopped, and no badge is lost or issued twice.
    """
    from microcred_cli.cli.progress import show_progress
    from microcred_cli.workflows.issue_badges import IssueOrder, open_batch

    with ExitStack() as stack:
        with show_progress("planning", quiet=quiet) as report:
            order = IssueOrder(assessment, key, replan, dry_run)
            opened = stack.enter_context(open_batch(order, report=report))
        batch = opened.batch
        if batch is None:
            from microcred_cli.cli.problems import print_findings

            print_findings(opened.faulty)
            return Status.FINDINGS
        if batch.plan.problems:
            from microcred_cli.cli.problems import print_problems

            print_problems(batch.plan.problems, show_names=False, outcome="nothing was signed")
            return Status.FINDINGS
        _print_plan(batch, output_format, show_fields=show_fields, dry_run=dry_run)
        _print_missing(batch, quiet=quiet)
        if dry_run:
            print_message("nothing was signed or written (--dry-run)", quiet=quiet)
            return Status.GOOD
        if batch.plan.badges and not yes:
            ask_whether_to_sign(len(batch.plan.badges), no_input=no_input)
        return _carry_out(batch, passphrase_file, no_input=no_input, quiet=quiet)


def _print_plan(batch: "Batch", output_format: OutputFormat, *, show_fields: bool, dry_run: bool) -> None:
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.plan_json import print_plan_json

        print_plan_json(batch, show_fields=show_fields, dry_run=dry_run)
    else:
        from microcred_cli.cli.plan_text import print_plan

        print_plan(batch, show_fields=show_fields)


def _print_missing(batch: "Batch", *, quiet: bool) -> None:
    missing = batch.missing
    if missing:
        many = (
            "1 badge issued before lacks"
            if len(missing) == 1
            else f"{len(missing)} badges issued before lack"
        )
        print_message(
            f"{many} a file in {batch.folder.as_posix()}/, the first is {missing[0]}; "
            "nobody gets a second one: put the files back from your backup",
            quiet=quiet,
        )


def ask_whether_to_sign(count: int, *, no_input: bool) -> None:
    """Ask once whether to sign. Raises UsageError where nobody can be asked, typer.Abort on no."""
    if no_input or not sys.stdin or not sys.stdin.isatty():
        raise UsageError("nobody can be asked here whether to sign", "say so beforehand: `--yes`")
    noun = "this badge" if count == 1 else f"these {count} badges"
    if not typer.confirm(f"Sign {noun}?", err=True):
        raise UsageError("nothing was signed", "look at the plan again with `--dry-run --show-fields`")


def _carry_out(batch: "Batch", passphrase_file: Path | None, *, no_input: bool, quiet: bool) -> Status:
    from microcred_cli.cli.passphrase import ask_passphrase
    from microcred_cli.cli.progress import show_progress
    from microcred_cli.workflows.manage_keys import load_private_key

    total = len(batch.plan.badges)
    if total == 0:
        batch.note()
        print_message("every award that was earned has its badge", quiet=quiet)
        return Status.GOOD
    name = batch.key.name
    private = load_private_key(
        batch.project.keys, batch.key, lambda: ask_passphrase(name, passphrase_file, no_input=no_input)
    )
    done = 0
    try:
        with show_progress("signing", quiet=quiet) as report:
            for done in batch.issue(private):
                report(done, total)
    except KeyboardInterrupt:
        print_error(
            f"interrupted: {done} of {total} badges are issued", "run the same command again for the rest"
        )
        return Status.INTERRUPTED
    folder = batch.folder.as_posix()
    print_message(f"{total} signed, in {folder}/; {folder}/issued.csv says whose they are", quiet=quiet)
    print_message(f"check them as anybody can: microcred verify {folder}", quiet=quiet)
    return Status.GOOD
