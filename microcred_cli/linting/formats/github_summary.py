"""The page that GitHub shows for a job: the findings as a table in Markdown."""

import re
from collections.abc import Sequence

from microcred_cli.linting.formats.text import sum_up
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import list_counting
from microcred_cli.model.finding import Severity
from microcred_cli.texts.safe import safe, shorten

MAXIMUM_ROWS = 50
_MAXIMUM_CELL = 500
_CODE = re.compile(r"`([^`]+)`")
# All that could mean something to Markdown or HTML, in mentions and bare addresses too.
_MARKUP = re.compile(r"[!-/:-@\[-`{-~]")


def render_summary(files: Sequence[LintedFile]) -> str:
    """Return a heading, a sentence that sums up, and a table of the worst findings."""
    findings = sort_worst_first(files)
    lines = ["### microcred lint", "", sum_up(files)]
    if findings:
        lines += ["", "| Severity | Place | Rule | Finding |", "| --- | --- | --- | --- |"]
        lines += [_make_row(finding) for finding in findings[:MAXIMUM_ROWS]]
    if len(findings) > MAXIMUM_ROWS:
        lines += ["", f"… and {len(findings) - MAXIMUM_ROWS:,} more; the log has all of them."]
    return "\n".join([*lines, ""])


def sort_worst_first(files: Sequence[LintedFile]) -> list[LintFinding]:
    """Return the findings that are not suppressed: errors, warnings, notes, each in their order."""
    weights = {severity: weight for weight, severity in enumerate(Severity)}
    return sorted(list_counting(files), key=lambda each: weights[each.severity])


def _make_row(finding: LintFinding) -> str:
    place = f"{_cut(finding.file)}:{finding.start.line}:{finding.start.column}"
    told = _set_code(_cut(finding.message))
    if finding.help:
        told += f"<br>{_set_code(_cut(finding.help))}"
    cells = (finding.severity.value, f"<code>{_escape(place)}</code>", f"{finding.code} {finding.slug}", told)
    return f"| {' | '.join(cells)} |"


def _cut(text: str) -> str:
    return shorten(safe(text), _MAXIMUM_CELL)


def _set_code(text: str) -> str:
    """Return a message with what it has in backticks as code, and everything in it without effect."""
    parts = _CODE.split(text)
    return "".join(
        f"<code>{_escape(part)}</code>" if number % 2 else _escape(part) for number, part in enumerate(parts)
    )


def _escape(text: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", text)
