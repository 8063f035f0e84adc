"""For programs: everything there is to know, in a form with a version."""

import json
from collections.abc import Sequence

from microcred_cli.linting.formats.json_schema import FORMAT, describe_findings
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import count_findings
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Position
from microcred_cli.texts.lines import LineIndex

__all__ = ["FORMAT", "describe_findings", "describe_summary", "render"]


def render(files: Sequence[LintedFile]) -> str:
    """Return all findings, suppressed ones too, as a JSON object in ASCII.

    Lines and columns count from 1; the end is the place behind the last character.
    """
    findings: list[dict[str, object]] = []
    for file in files:
        if file.findings:
            lines = LineIndex(file.document.text)
            findings += [_describe(each, lines) for each in file.findings]
    result = {"format": FORMAT, "findings": findings, "summary": describe_summary(files)}
    return json.dumps(result, indent=2)


def describe_summary(files: Sequence[LintedFile]) -> dict[str, int]:
    """Return how many files and findings there are; suppressed ones are only counted as such."""
    tally = count_findings(files)
    return {
        "files": tally.files,
        "files_with_findings": tally.affected,
        "errors": tally.errors,
        "warnings": tally.warnings,
        "infos": tally.infos,
        "suppressed": tally.suppressed,
    }


def _describe(finding: LintFinding, lines: LineIndex) -> dict[str, object]:
    return {
        "file": finding.file,
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "start": _describe_position(finding.start),
        "end": _describe_position(finding.end),
        "suppressed": finding.suppressed,
        "fix": None if finding.fix is None else _describe_fix(finding.fix, lines),
    }


def _describe_position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}


def _describe_fix(fix: Fix, lines: LineIndex) -> dict[str, object]:
    edits = [
        {
            "start": _describe_position(lines.position(edit.span.start)),
            "end": _describe_position(lines.position(edit.span.end)),
            "replacement": edit.replacement,
        }
        for edit in fix.edits
    ]
    return {"title": fix.title, "safe": fix.safe, "edits": edits}
