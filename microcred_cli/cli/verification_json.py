"""What was checked of badges, as JSON."""

import json
from collections.abc import Sequence

from microcred_cli.cli.console import print_result
from microcred_cli.workflows.verify_badges import VerifiedFile

FORMAT = "microcred-verify/1"


def print_verification_json(files: Sequence[VerifiedFile]) -> None:
    """Print every check of every file."""
    document = {
        "format": FORMAT,
        "files": [
            {
                "file": each.file,
                "outcome": each.outcome,
                "badge": each.badge,
                "name": each.name,
                "issuer": each.issuer,
                "issuer_id": each.key,
                "checks": [
                    {"check": result.check, "outcome": result.outcome, "message": result.message}
                    for result in each.results
                ],
            }
            for each in files
        ],
    }
    print_result(json.dumps(document, indent=2))
