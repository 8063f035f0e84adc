"""For GitHub Actions: workflow commands that become annotations, then the text for the log.

The commands and their escaping: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
and ``packages/core/src/command.ts`` in actions/toolkit.
"""

from collections.abc import Sequence

from microcred_cli.linting.formats import text
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import list_counting
from microcred_cli.model.finding import Severity
from microcred_cli.texts.safe import safe

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(files: Sequence[LintedFile], *, summary: bool = True) -> str:
    """Return the annotations, worst first because GitHub shows ten of a kind, and the readable text."""
    worst_first = sorted(list_counting(files), key=lambda each: list(_COMMANDS).index(each.severity))
    blocks = [*(_annotate(finding) for finding in worst_first), text.render(files, summary=summary)]
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
