"""What was audited, as JSON."""

import json
from typing import Any

from microcred_cli.cli.console import print_result
from microcred_cli.cli.reason_json import write_reason
from microcred_cli.model.audit import Discrepancy
from microcred_cli.workflows.audit_assessment import Audited

FORMAT = "microcred-audit/1"


def print_audit_json(audited: Audited) -> None:
    """Print every check with all that it named, without names of learners."""
    document = {
        "format": FORMAT,
        "assessment": audited.folder.as_posix(),
        "assessed_at": audited.manifest.assessed_at,
        "tool_version": audited.manifest.tool_version,
        "outcome": audited.outcome,
        "checks": [
            {
                "check": result.check,
                "outcome": result.outcome,
                "message": result.message,
                "discrepancies": [_write_discrepancy(each) for each in result.discrepancies],
            }
            for result in audited.results
        ],
    }
    print_result(json.dumps(document, indent=2))


def _write_discrepancy(discrepancy: Discrepancy) -> dict[str, Any]:
    return {
        "file": discrepancy.file,
        "learner": discrepancy.learner,
        "rubric": discrepancy.rubric,
        "subcompetency": discrepancy.subcompetency,
        "badge": discrepancy.badge,
        "message": discrepancy.message,
        "reasons": [write_reason(reason) for reason in discrepancy.reasons],
    }
