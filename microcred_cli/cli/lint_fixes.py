"""`microcred lint --fix` and `--diff`."""

import sys
from typing import TYPE_CHECKING

from microcred_cli.cli.console import print_message
from microcred_cli.cli.lint_report import Report, deliver_report, is_on_github
from microcred_cli.model.errors import UsageError
from microcred_cli.model.number_words import count_things
from microcred_cli.texts.safe import safe

if TYPE_CHECKING:
    from microcred_cli.workflows.choose_rules import ChosenRules
    from microcred_cli.workflows.fix_files import FixedFiles
    from microcred_cli.workflows.lint_inputs import LintOrder

_STDIN = "-"


def fix_and_report(
    order: "LintOrder", rules: "ChosenRules", report: Report, *, unsafe: bool, write: bool
) -> bool:
    """Mend the files, or without ``write`` show how; return whether the exit status is to be 1."""
    from microcred_cli.workflows.fix_files import fix_files

    if _STDIN in order.paths and len(order.paths) > 1:
        raise UsageError("- cannot be mended together with files", "name it alone")
    result = fix_files(order, rules, unsafe=unsafe, write=write)
    if not write:
        _show_difference(result)
        _tell("Would fix", result, unsafe=unsafe, quiet=report.quiet)
        return bool(result.changed)
    if _STDIN in order.paths:
        # What was mended is the result; what is left to say must not get in between.
        sys.stdout.flush()
        sys.stdout.buffer.write(result.fixed[0].after)
    _tell("Fixed", result, unsafe=unsafe, quiet=report.quiet)
    if _STDIN in order.paths and report.output_file is None:
        _report_aside(result, quiet=report.quiet)
    else:
        deliver_report(result.files, report, rules.fails)
    return rules.has_failing(result.files)


def _report_aside(result: "FixedFiles", *, quiet: bool) -> None:
    """Tell what is left on the other stream, for people."""
    from microcred_cli.linting.formats import text

    for line in text.render(result.files, summary=not quiet).splitlines():
        print_message(line)


def _show_difference(result: "FixedFiles") -> None:
    """Print what would change: to a terminal harmless, elsewhere so that `patch` can take it."""
    from microcred_cli.linting.difference import describe_difference

    shown = "".join(describe_difference(each.linted.name, each.before, each.after) for each in result.changed)
    if is_on_github():
        from microcred_cli.linting.formats.github import disarm

        shown = disarm(shown.removesuffix("\n")) + "\n" if shown else ""
    if sys.stdout.isatty():
        shown = "".join(f"{safe(line)}\n" for line in shown.split("\n")[:-1])
        sys.stdout.write(shown)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(shown.encode("utf-8"))


def _tell(done: str, result: "FixedFiles", *, unsafe: bool, quiet: bool) -> None:
    number, files = result.mended, len(result.changed)
    if number:
        where = count_things(files, "file")
        print_message(f"{done} {count_things(number, 'finding')} in {where}.", quiet=quiet)
    else:
        print_message(f"There is nothing to fix{'' if unsafe else ' without a doubt'}.", quiet=quiet)
