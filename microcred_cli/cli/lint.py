"""``microcred lint``."""

import sys
from typing import Annotated

import typer

from microcred_cli.cli.console import print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.lint_report import LintFormat, Report, deliver_report, refuse_replacing_rubric
from microcred_cli.cli.options import Quiet
from microcred_cli.model.errors import UsageError
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
    from microcred_cli.workflows.choose_rules import ChosenRules
    from microcred_cli.workflows.lint_files import lint_files
    from microcred_cli.workflows.lint_inputs import LintOrder

    _refuse_contradictions(
        reads_stdin="-" in (paths or ()),
        names_stdin=stdin_filename is not None,
        fixes=fix or diff,
        unsafe=unsafe_fixes,
        diff_and_report=diff and bool(format_ or statistics or output_file),
        odd_statistics=statistics and format_ not in {None, LintFormat.TEXT, LintFormat.JSON},
    )
    refuse_replacing_rubric(output_file)
    order = LintOrder(paths or [], sys.stdin.buffer.read, stdin_filename)
    rules = ChosenRules(select or (), ignore or (), fail_level)
    report = Report(format_, output_file, quiet=quiet, statistics=statistics)
    if fix or diff:
        from microcred_cli.cli.lint_fixes import fix_and_report

        found = fix_and_report(order, rules, report, unsafe=unsafe_fixes, write=not diff)
    else:
        files = lint_files(order, rules)
        deliver_report(files, report, rules.fails)
        found = rules.has_failing(files)
        for path in rules.list_faulty(files):
            print_message(f"{path} has errors, so what it says of linting is passed over", quiet=quiet)
    return Status.FINDINGS if found and not exit_zero else Status.GOOD


def _refuse_contradictions(
    *,
    reads_stdin: bool,
    names_stdin: bool,
    fixes: bool,
    unsafe: bool,
    diff_and_report: bool,
    odd_statistics: bool,
) -> None:
    """Raise UsageError for options that do not go together."""
    if unsafe and not fixes:
        raise UsageError(
            "--unsafe-fixes says which fixes, not what to do with them",
            "add --diff to see what they would change, or --fix to apply them",
        )
    if diff_and_report:
        message = "--diff prints a diff and no findings"
        raise UsageError(message, "leave out --format, --statistics and --output-file")
    if odd_statistics:
        raise UsageError("--statistics has no such format", "it has text and json")
    if names_stdin and not reads_stdin:
        raise UsageError("--stdin-filename names the standard input, which is not read", "add -")
