"""For people: each finding with its line, carets under what it is about, and what to do next."""

from collections.abc import Sequence

from microcred_cli.linting.formats.concise import describe_finding
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.snippet import make_snippet
from microcred_cli.linting.tally import Tally, count_findings, list_counting
from microcred_cli.model.finding import Severity
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.safe import safe

_RESET = "\x1b[0m"
_DIM = "\x1b[2m"
_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}


def render(files: Sequence[LintedFile], *, color: bool = False, summary: bool = True) -> str:
    """Return the findings of the files as text, and a line that sums them up; suppressed ones are counted."""
    blocks = []
    for file in files:
        counting = [finding for finding in file.findings if finding.counts]
        lines = LineIndex(file.document.text) if counting else None
        blocks += [_render_finding(finding, lines, color=color) for finding in counting if lines is not None]
    if summary:
        blocks.append(_sum_up(count_findings(files), [each.slug for each in list_counting(files)]))
    return "\n\n".join(blocks)


def _render_finding(finding: LintFinding, lines: LineIndex, *, color: bool) -> str:
    line = lines.line(finding.start.line)
    # A finding of several lines is shown by its first one.
    end = finding.end.column - 1 if finding.end.line == finding.start.line else len(line)
    snippet = make_snippet(line, finding.start.column - 1, end)
    number = str(finding.start.line)
    margin = " " * len(number)
    shade, reset = (_COLORS[finding.severity], _RESET) if color else ("", "")
    dim = _DIM if color else ""
    rows = [
        describe_finding(finding, shade, reset),
        f"{dim}{margin} |{reset}",
        f"{dim}{number} |{reset} {snippet.line}".rstrip(),
        f"{dim}{margin} |{reset} {shade}{snippet.carets}{reset}",
    ]
    if finding.help:
        rows.append(f"{dim}{margin} = help:{reset} {safe(finding.help)}")
    return "\n".join(rows)


def _sum_up(tally: Tally, slugs: list[str]) -> str:
    numbers = (("error", tally.errors), ("warning", tally.warnings), ("note", tally.infos))
    found = " and ".join(_count(number, noun) for noun, number in numbers if number)
    suppressed = f" ({tally.suppressed} suppressed)" if tally.suppressed else ""
    if not slugs:
        return f"Nothing found in {_count(tally.files, 'file')}{suppressed}."
    where = _count(tally.files, "file")
    if tally.affected < tally.files:
        where = f"{tally.affected} of {where}"
    return f"Found {found} in {where}{suppressed}. Why it matters: microcred rule {slugs[0]}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
