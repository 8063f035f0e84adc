"""For people in a hurry, grep and editors: each finding on one line."""

from collections.abc import Sequence

from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import list_counting
from microcred_cli.texts.safe import safe


def render(files: Sequence[LintedFile]) -> str:
    """Return one line for every finding that is not suppressed; an empty text when there is none.

    ``[*]`` ends the line of a finding that ``--fix`` would mend.
    """
    return "\n".join(f"{describe_finding(each)}{_mark(each)}" for each in list_counting(files))


def describe_finding(finding: LintFinding, shade: str = "", reset: str = "") -> str:
    """Return file, place, rule and message in one line; shade and reset are put around the severity."""
    place = f"{safe(finding.file)}:{finding.start.line}:{finding.start.column}"
    weight = f"{shade}{finding.severity}[{finding.code}]{reset}"
    return f"{place}: {weight} {finding.slug}: {safe(finding.message)}"


def _mark(finding: LintFinding) -> str:
    return " [*]" if finding.fix is not None and finding.fix.safe else ""
