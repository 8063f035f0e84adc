"""For GitLab's code quality reports: https://docs.gitlab.com/ci/testing/code_quality/."""

import json
from collections.abc import Sequence

from microcred_cli.linting.formats.fingerprints import list_fingerprints
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.tally import list_counting
from microcred_cli.model.finding import Severity
from microcred_cli.texts.safe import safe

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(files: Sequence[LintedFile]) -> str:
    """Return the findings that are not suppressed as a JSON array in ASCII; empty when there are none."""
    findings = list_counting(files)
    marks = list_fingerprints(findings)
    return json.dumps([_describe(*each) for each in zip(findings, marks, strict=True)], indent=2)


def _describe(finding: LintFinding, fingerprint: str) -> dict[str, object]:
    advice = f". Help: {safe(finding.help)}" if finding.help else ""
    return {
        # GitLab does not show the name of the check.
        "description": f"{finding.code} {finding.slug}: {safe(finding.message)}{advice}",
        "check_name": finding.code,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": _write_path(finding.file),
            "lines": {"begin": finding.start.line, "end": finding.end.line},
        },
    }


def _write_path(name: str) -> str:
    """Return the name as GitLab finds it in the repository; what is not Unicode would spoil the report."""
    return name.removeprefix("./").encode("utf-8", "replace").decode("utf-8")
