"""What was audited, on the terminal: a table of the checks, then each thing that does not follow."""

from collections.abc import Iterator
from itertools import groupby

from microcred_cli.cli.console import print_result
from microcred_cli.cli.reason_text import write_reason
from microcred_cli.cli.tables import print_table
from microcred_cli.model.audit import AuditCheck, AuditResult, Discrepancy
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.safe import safe
from microcred_cli.workflows.audit_assessment import Audited

MAXIMUM_LISTED = 50
_ARROW = ", as stored → as it follows"
_MARKS = {Outcome.PASSED: "ok", Outcome.FAILED: "FAILED", Outcome.UNCHECKED: "?"}
_VERDICTS = {
    Outcome.PASSED: "Everything follows from the evidence.",
    Outcome.FAILED: "NOT everything follows from the evidence.",
    Outcome.UNCHECKED: "Not known: something could not be checked.",
}


def print_audit(audited: Audited) -> None:
    """Print the checks, what each of them named, and what it comes to."""
    manifest = audited.manifest
    folder = safe(audited.folder.as_posix())
    print_result(
        f"{folder}, assessed {safe(manifest.assessed_at)} by microcred {safe(manifest.tool_version)}"
    )
    rows = [[result.check, _MARKS[result.outcome], result.message] for result in audited.results]
    print_table(["check", "", "what was found"], rows)
    for result in audited.results:
        for line in _write_result(result):
            print_result(safe(line))
    print_result(_VERDICTS[audited.outcome])


def _write_result(result: AuditResult) -> Iterator[str]:
    """Yield what a check named, table by table."""
    listed = result.discrepancies[:MAXIMUM_LISTED]
    for file, same in groupby(listed, key=lambda each: each.file if each.learner is not None else None):
        if file is None:
            yield from (f"{each.file}: {each.message}" for each in same)
        else:
            yield f"{file}{_ARROW if result.check is not AuditCheck.BADGES else ''}:"
            for each in same:
                yield from _write_discrepancy(each)
    if len(result.discrepancies) > MAXIMUM_LISTED:
        yield f"… and {len(result.discrepancies) - MAXIMUM_LISTED} more; --format json lists all"
    if listed:
        yield ""


def _write_discrepancy(discrepancy: Discrepancy) -> Iterator[str]:
    whose = (discrepancy.learner, discrepancy.rubric, discrepancy.subcompetency, discrepancy.badge)
    yield f"  {'  '.join(each for each in whose if each is not None)}"
    yield f"      {discrepancy.message}"
    for reason in discrepancy.reasons:
        yield from (f"      {line}" for line in write_reason(reason))
