"""`microcred issue`."""

import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_error, print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, NoInput, OutputFormat, PassphraseFile, Quiet
from microcred_cli.model.errors import UsageError

if TYPE_CHECKING:
    from microcred_cli.keys.private_key import PrivateKey
    from microcred_cli.workflows.issue_badges import Batch, IssueOrder, Opened

EPILOG = """
[bold]Examples[/bold]

  microcred issue --dry-run                 what would be issued, to how many

  microcred issue --dry-run --show-fields   all that would become public

  microcred issue                           asks, then signs; run it again to finish what was interrupted

  microcred issue --yes --passphrase-file secret.txt
"""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How the user wants to be asked and told."""

    passphrase_file: Path | None
    output_format: OutputFormat
    show_fields: bool
    yes: bool
    no_input: bool
    quiet: bool


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
    from microcred_cli.workflows.issue_badges import IssueOrder

    order = IssueOrder(assessment, key, replan, dry_run)
    manner = _Manner(passphrase_file, output_format, show_fields, yes, no_input, quiet)
    with ExitStack() as stack:
        try:
            prepared = _prepare(stack, order, manner)
        except (KeyboardInterrupt, typer.Abort):
            print_error("stopped: nothing was signed", "run the same command again when you are ready")
            return Status.INTERRUPTED
        return prepared if isinstance(prepared, Status) else _sign(*prepared, quiet=quiet)


def _prepare(stack: ExitStack, order: "IssueOrder", manner: _Manner) -> "tuple[Batch, PrivateKey] | Status":
    """Return a batch, held until the stack is closed, and the key; a status when nothing is to be signed."""
    from microcred_cli.cli.passphrase import ask_passphrase
    from microcred_cli.cli.progress import show_progress
    from microcred_cli.workflows.issue_badges import open_batch
    from microcred_cli.workflows.manage_keys import load_private_key

    with show_progress("planning", quiet=manner.quiet) as report:
        opened = stack.enter_context(open_batch(order, report=report))
    batch = opened.batch
    if batch is None or batch.plan.problems:
        _print_obstacles(opened)
        return Status.FINDINGS
    # That a reader (head, less) has gone is no reason to sign nothing and call it good.
    with suppress(BrokenPipeError):
        _print_plan(batch, manner, dry_run=order.dry_run)
    if order.dry_run:
        status = _print_missing(batch)
        print_message("nothing was signed or written (--dry-run)", quiet=manner.quiet)
        return status
    if not batch.plan.badges:
        batch.note()
        print_message("every award that was earned has its badge", quiet=manner.quiet)
        return _print_missing(batch)
    if not manner.yes:
        ask_whether_to_sign(len(batch.plan.badges), no_input=manner.no_input)

    def ask() -> bytes:
        return ask_passphrase(batch.key.name, manner.passphrase_file, no_input=manner.no_input)

    return batch, load_private_key(batch.project.keys, batch.key, ask)


def _print_obstacles(opened: "Opened") -> None:
    from microcred_cli.cli.problems import print_findings, print_problems

    if opened.batch is None:
        print_findings(opened.faulty)
    else:
        print_problems(opened.batch.plan.problems, show_names=False, outcome="nothing was signed")


def _print_plan(batch: "Batch", manner: _Manner, *, dry_run: bool) -> None:
    if manner.output_format is OutputFormat.JSON:
        from microcred_cli.cli.plan_json import print_plan_json

        print_plan_json(batch, show_fields=manner.show_fields, dry_run=dry_run)
    else:
        from microcred_cli.cli.plan_text import print_plan

        print_plan(batch, show_fields=manner.show_fields, dry_run=dry_run)
    for gradebook in batch.basis.list_outdated():
        print_message(
            f"{gradebook} has changed since it was assessed: run `microcred assess` to take that in",
            quiet=manner.quiet,
        )


def _print_missing(batch: "Batch") -> Status:
    """Tell of badges issued before whose files are gone, and return what that means for the status."""
    missing = batch.missing
    if not missing:
        return Status.GOOD
    one = len(missing) == 1
    many = "1 badge issued before lacks" if one else f"{len(missing)} badges issued before lack"
    print_error(
        f"{many} a file in {batch.folder.as_posix()}/; the first is {missing[0]}",
        "put the files back from your backup: nobody gets a second badge",
    )
    return Status.FINDINGS


def ask_whether_to_sign(count: int, *, no_input: bool) -> None:
    """Ask once whether to sign. Raises UsageError where nobody can be asked, typer.Abort on no."""
    if no_input or not sys.stdin or not sys.stdin.isatty():
        raise UsageError("nobody can be asked here whether to sign", "say so beforehand: `--yes`")
    noun = "this badge" if count == 1 else f"these {count} badges"
    if not typer.confirm(f"Sign {noun}?", err=True):
        raise typer.Abort


def _sign(batch: "Batch", private: "PrivateKey", *, quiet: bool) -> Status:
    from microcred_cli.cli.progress import show_progress

    total = len(batch.plan.badges)
    try:
        with show_progress("signing", quiet=quiet) as report:
            for done in batch.issue(private):
                report(done, total)
    except KeyboardInterrupt:
        print_error(
            f"interrupted: {batch.count_issued()} of {total} badges are issued and noted",
            "run the same command again before you deliver any",
        )
        return Status.INTERRUPTED
    folder = batch.folder.as_posix()
    print_message(f"{total} signed, in {folder}/; {folder}/issued.csv says whose they are", quiet=quiet)
    print_message(f"check them as anybody can: microcred verify {folder}", quiet=quiet)
    return _print_missing(batch)
