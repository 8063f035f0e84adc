"""What `microcred lint` does once its options have been read.

Editors and hooks lint a file at every change, mostly by its name alone. The parser of options, which takes
longer to load than linting takes, is not needed for that; so there is none here.
"""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from microcred_cli.cli.console import print_message
from microcred_cli.cli.exits import Status
from microcred_cli.cli.lint_report import LintFormat, Report, deliver_report, refuse_replacing_rubric
from microcred_cli.model.errors import UsageError
from microcred_cli.model.finding import Severity


class AskedLint(NamedTuple):
    """What was asked for, as the options of the command say it."""

    paths: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    fix: bool = False
    diff: bool = False
    unsafe_fixes: bool = False
    format: LintFormat | None = None
    output_file: str | None = None
    statistics: bool = False
    fail_level: Severity | None = None
    exit_zero: bool = False
    stdin_filename: str | None = None
    quiet: bool = False


def names_only_paths(arguments: Sequence[str]) -> bool:
    """Return whether the arguments behind `microcred` are `lint` and paths, so that nothing has to be parsed.

    On Windows the parser has to look for `*` and the like, which no shell there replaces.
    """
    return (
        arguments[:1] == ["lint"]
        and sys.platform != "win32"
        and not any(argument.startswith("-") for argument in arguments)
    )


def run_lint(asked: AskedLint) -> Status:
    """Lint, mend or show what was asked for. Raises UsageError for options that do not go together."""
    from microcred_cli.workflows.choose_rules import ChosenRules
    from microcred_cli.workflows.lint_files import lint_files
    from microcred_cli.workflows.lint_inputs import LintOrder

    _refuse_contradictions(asked)
    refuse_replacing_rubric(asked.output_file)
    order = LintOrder(asked.paths, _read_stdin, asked.stdin_filename)
    rules = ChosenRules(asked.select, asked.ignore, asked.fail_level)
    report = Report(asked.format, asked.output_file, quiet=asked.quiet, statistics=asked.statistics)
    if asked.fix or asked.diff:
        from microcred_cli.cli.lint_fixes import fix_and_report

        found = fix_and_report(order, rules, report, unsafe=asked.unsafe_fixes, write=not asked.diff)
    else:
        files = lint_files(order, rules)
        deliver_report(files, report, rules.fails)
        found = rules.has_failing(files)
        for path in rules.list_faulty(files):
            print_message(f"{path} has errors, so what it says of linting is passed over", quiet=asked.quiet)
    return Status.FINDINGS if found and not asked.exit_zero else Status.GOOD


def _read_stdin(maximum: int) -> bytes:
    """Return what is on the standard input; where the caller closed it, nothing is."""
    return b"" if sys.stdin is None else sys.stdin.buffer.read(maximum)


def _refuse_contradictions(asked: AskedLint) -> None:
    if asked.unsafe_fixes and not (asked.fix or asked.diff):
        raise UsageError(
            "--unsafe-fixes says which fixes, not what to do with them",
            "add --diff to see what they would change, or --fix to apply them",
        )
    if asked.diff and (asked.format or asked.statistics or asked.output_file):
        message = "--diff prints a diff and no findings"
        raise UsageError(message, "leave out --format, --statistics and --output-file")
    if asked.statistics and asked.format not in {None, LintFormat.TEXT, LintFormat.JSON}:
        raise UsageError("--statistics has no such format", "it has text and json")
    if asked.stdin_filename is not None and "-" not in asked.paths:
        raise UsageError("--stdin-filename names the standard input, which is not read", "add -")
