"""From what rules found to what is shown: with places, weights, and the reason for suppressing."""

from collections.abc import Collection, Iterable, Sequence

from microcred_cli.linting.catalog import find_entry, list_checks, load_rule
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.suppressions import Suppressions, read_suppressions
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.lines import LineIndex


def record_more(file: LintedFile, findings: Iterable[Finding]) -> LintedFile:
    """Return the file with further findings, which its comments may speak of."""
    lines = LineIndex(file.document.text)
    suppressions = read_suppressions(file.document, lines)
    records = [_record(file.name, finding, lines, suppressions) for finding in findings]
    return _judge(file._replace(findings=_sort([*file.findings, *records])))


def record_findings(
    file: LintedFile, findings: Sequence[Finding], unasked: Collection[str] = ()
) -> LintedFile:
    """Return the file with what was found in it and in its comments.

    ``unasked`` are the slugs of rules that were left out: a comment that speaks of them is not unused.
    """
    document = file.document
    lines = LineIndex(document.text)
    # Without nodes nobody can tell a comment from a text; what is found then cannot be suppressed anyway.
    suppressions = read_suppressions(document, lines) if document.root is not None else Suppressions()
    records = [_record(file.name, finding, lines, suppressions) for finding in findings]
    complete = file.rubric is not None or file.project is not None
    # What could not be looked for may be there.
    about_comments = suppressions.list_findings(unasked if complete else list_checks())
    records += [_record(file.name, finding, lines, Suppressions()) for finding in about_comments]
    return _judge(file._replace(findings=_sort(records), complete=complete))


def _record(file: str, finding: Finding, lines: LineIndex, suppressions: Suppressions) -> LintFinding:
    """Return the finding as it is shown, suppressed if a comment says so and may."""
    entry = find_entry(finding.rule)
    assert entry is not None, finding.rule  # noqa: S101 - a test shows that the catalog has every slug
    rule = load_rule(entry.slug)
    start = lines.position(finding.span.start)
    end = lines.position(finding.span.end)
    last = lines.position(max(finding.span.start, finding.span.end - 1)).line
    suppression = suppressions.find(rule.slug, start.line, last)
    advice = finding.help
    if suppression is not None and not rule.suppressible:
        advice = _add_refusal(advice)
        suppression = None
    return LintFinding(
        file,
        rule.code,
        rule.slug,
        rule.severity,
        finding.message,
        advice,
        finding.span,
        start,
        end,
        None if suppression is None else suppression.reason,
        finding.fix,
    )


def _add_refusal(advice: str | None) -> str:
    """Return the line of help with why a comment had no effect."""
    refusal = "this cannot be suppressed, because decisions would be wrong"
    if not advice:
        return refusal
    if advice.endswith(("?", "!", ".")):
        return f"{advice} {refusal.capitalize()}"
    return f"{advice}; {refusal}"


def _sort(findings: list[LintFinding]) -> tuple[LintFinding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.span.start, each.span.end, each.code)))


def _judge(file: LintedFile) -> LintedFile:
    """Return the file without its rubric or project when an error counts."""
    if any(each.counts and each.severity is Severity.ERROR for each in file.findings):
        return file._replace(rubric=None, project=None)
    return file
