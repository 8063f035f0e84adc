"""For programs: everything there is to know, in a form with a version."""

import json
from collections.abc import Sequence

from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import count_findings

FORMAT = "microcred-lint/1"


def render(files: Sequence[LintedFile]) -> str:
    """Return all findings, suppressed ones too, as a JSON object in ASCII.

    Lines and columns count from 1; the end is the place behind the last character.
    """
    tally = count_findings(files)
    result = {
        "format": FORMAT,
        "findings": [_describe(finding) for file in files for finding in file.findings],
        "summary": {
            "files": tally.files,
            "files_with_findings": tally.affected,
            "errors": tally.errors,
            "warnings": tally.warnings,
            "infos": tally.infos,
            "suppressed": tally.suppressed,
        },
    }
    return json.dumps(result, indent=2)


def _describe(finding: LintFinding) -> dict[str, object]:
    return {
        "file": finding.file,
        "code": finding.code,
        "slug": finding.slug,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "start": {"line": finding.start.line, "column": finding.start.column},
        "end": {"line": finding.end.line, "column": finding.end.column},
        "suppressed": finding.suppressed,
    }
