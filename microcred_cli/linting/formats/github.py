"""For GitHub Actions: workflow commands that become annotations, then the text for the log.

The commands and their escaping: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
and ``packages/core/src/command.ts`` in actions/toolkit. What a runner takes for a command:
``src/Runner.Common/ActionCommand.cs`` in actions/runner.
"""

from collections.abc import Sequence

from microcred_cli.linting.formats import text
from microcred_cli.linting.formats.github_summary import render_summary, sort_worst_first
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.model.finding import Severity
from microcred_cli.texts.safe import safe

__all__ = ["render", "render_summary"]

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
# The older form of a command may stand anywhere in a line.
_OLD_COMMAND = "##["
_COMMAND = "::"


def render(files: Sequence[LintedFile], *, summary: bool = True) -> str:
    """Return the annotations, worst first because GitHub shows ten of a kind, and the readable text."""
    annotations = [_annotate(finding) for finding in sort_worst_first(files)]
    blocks = [*annotations, disarm(text.render(files, summary=summary))]
    return "\n".join(block for block in blocks if block)


def _annotate(finding: LintFinding) -> str:
    properties = {
        "file": finding.file,
        "line": str(finding.start.line),
        "endLine": str(finding.end.line),
        "col": str(finding.start.column),
        "endColumn": str(finding.end.column),
        "title": f"{finding.code} {finding.slug}",
    }
    if finding.start.line != finding.end.line:
        # GitHub drops an annotation that has columns on different lines.
        del properties["col"], properties["endColumn"]
    listed = ",".join(f"{name}={_escape_property(safe(value))}" for name, value in properties.items())
    message = safe(finding.message)
    if finding.help:
        message += f"\nhelp: {safe(finding.help)}"
    return f"::{_COMMANDS[finding.severity]} {listed}::{_escape(message)}"


def _escape(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(value: str) -> str:
    return _escape(value).replace(":", "%3A").replace(",", "%2C")


def disarm(shown: str) -> str:
    """Return the text so that the runner obeys nothing in it, although it quotes files and their names."""
    starts = (line.lstrip().startswith(_COMMAND) for line in shown.splitlines())
    if _OLD_COMMAND not in shown and not any(starts):
        return shown
    number = 0
    while (token := f"microcred-{number}") in shown:
        number += 1
    return f"::stop-commands::{token}\n{shown}\n::{token}::"
