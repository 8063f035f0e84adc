"""For people: each finding with its line, carets under what it is about, and what to do next."""

from collections import Counter
from collections.abc import Sequence

from microcred_cli.linting.formats.concise import describe_finding
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import count_findings, list_counting
from microcred_cli.model.finding import Severity
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.safe import safe

_NARROWEST = 40
_RESET = "\x1b[0m"
_DIM = "\x1b[2m"
_COLORS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.INFO: "\x1b[1;36m"}


def render(
    files: Sequence[LintedFile], *, color: bool = False, summary: bool = True, width: int | None = None
) -> str:
    """Return the findings of the files as text, and a line that sums them up; suppressed ones are counted.

    ``width`` is that of the terminal, None where lines may be as long as they are.
    """
    blocks = []
    for file in files:
        counting = [finding for finding in file.findings if finding.counts]
        lines = LineIndex(file.document.text) if counting else None
        blocks += [
            render_finding(finding, lines, color=color, width=width)
            for finding in counting
            if lines is not None
        ]
    if summary:
        blocks.append("\n".join(_fit(_close(files), width)))
    return "\n\n".join(blocks)


def _close(files: Sequence[LintedFile]) -> str:
    """Return how many findings there are, and what to do next."""
    counting = list_counting(files)
    sentences = [sum_up(files), *_offer_fixes(counting)]
    if not all(each.complete for each in files):
        sentences.append("What is found further on shows once the structure has no errors.")
    if counting:
        worst = min(counting, key=lambda each: list(Severity).index(each.severity))
        sentences.append(f"Why it matters: microcred rule {worst.slug}")
    return " ".join(sentences)


def render_finding(
    finding: LintFinding, lines: LineIndex, *, color: bool = False, width: int | None = None
) -> str:
    """Return a finding of the file with these lines: a line with carets, what to do, what would mend it."""
    # Most files have no finding to show.
    from microcred_cli.linting.snippet import WIDTH, make_snippet  # noqa: PLC0415 - see above

    line = lines.line(finding.start.line)
    # A finding of several lines is shown by its first one.
    end = finding.end.column - 1 if finding.end.line == finding.start.line else len(line)
    number = str(finding.start.line)
    margin = " " * len(number)
    columns = WIDTH if width is None else max(_NARROWEST, min(WIDTH, width - len(margin) - len(" | ")))
    snippet = make_snippet(line, finding.start.column - 1, end, columns)
    shade, reset = (_COLORS[finding.severity], _RESET) if color else ("", "")
    dim = _DIM if color else ""
    rows = [
        describe_finding(finding, shade, reset),
        f"{dim}{margin} |{reset}",
        f"{dim}{number} |{reset} {snippet.line}".rstrip(),
        f"{dim}{margin} |{reset} {shade}{snippet.carets}{reset}",
    ]
    notes = [("help", finding.help)] if finding.help else []
    if finding.fix is not None:
        option = "--fix" if finding.fix.safe else "--fix --unsafe-fixes"
        notes.append(("fix", f"{finding.fix.title} ({option})"))
    for name, note in notes:
        label = f"{margin} = {name}: "
        first, *rest = _fit(f"{label}{safe(note)}", width, len(label))
        rows += [f"{dim}{label.rstrip()}{reset} {first.removeprefix(label)}", *rest]
    return "\n".join(rows)


def _fit(text: str, width: int | None, indent: int = 0) -> list[str]:
    """Return the text in lines that fit the terminal, broken between words."""
    if width is None or len(text) <= width:
        return [text]
    from textwrap import wrap  # noqa: PLC0415 - only a terminal needs it

    return wrap(
        text,
        max(_NARROWEST, width),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )


def sum_up(files: Sequence[LintedFile]) -> str:
    """Return a sentence that says how many findings there are, and in how many files."""
    tally = count_findings(files)
    numbers = (("error", tally.errors), ("warning", tally.warnings), ("note", tally.infos))
    *most, last = [_count(number, noun) for noun, number in numbers if number] or [""]
    found = f"{', '.join(most)} and {last}" if most else last
    suppressed = f" ({tally.suppressed} suppressed)" if tally.suppressed else ""
    if not found:
        return f"Nothing found in {_count(tally.files, 'file')}{suppressed}."
    where = _count(tally.files, "file")
    if tally.affected < tally.files:
        where = f"{tally.affected} of {where}"
    return f"Found {found} in {where}{suppressed}."


def _offer_fixes(findings: Sequence[LintFinding]) -> list[str]:
    """Return a sentence that says how many of the findings can be fixed, if any can."""
    fixes = Counter(each.fix.safe for each in findings if each.fix is not None)
    if fixes[True]:
        more = f" ({fixes[False]:,} more with --unsafe-fixes)" if fixes[False] else ""
        return [f"{fixes[True]:,} can be fixed with --fix{more}."]
    return [f"{fixes[False]:,} can be fixed with --fix --unsafe-fixes."] if fixes[False] else []


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
