"""The plan of a batch as JSON."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from microcred_cli.cli.console import print_result

if TYPE_CHECKING:
    from microcred_cli.workflows.issue_badges import Batch

FORMAT = "microcred-issue/1"


def print_plan_json(batch: "Batch", *, show_fields: bool, dry_run: bool) -> None:
    """Print the plan, without learners: issued.csv says whose a badge is."""
    project, plan = batch.project.project, batch.plan
    document = {
        "format": FORMAT,
        "dry_run": dry_run,
        "issuer": {"id": batch.key.did, "name": project.issuer.name, "key": batch.key.name},
        "recipient": asdict(project.recipient),
        "results": project.results,
        "assessed_at": batch.basis.assessment.manifest.assessed_at,
        "folder": batch.folder.as_posix(),
        "rubrics": [asdict(each) for each in batch.tallies],
        # A dry run draws ids that no badge will have.
        "badges": [] if dry_run else [badge.record.id for badge in plan.badges],
        "replanned": len(plan.forgotten),
        "waiting": plan.waiting,
        "unearned": plan.unearned,
        "left_out": len(batch.basis.assessment.learners_left_out),
    }
    if show_fields:
        from microcred_cli.workflows.show_fields import list_fields

        document["fields"] = {
            rubric: [asdict(each) for each in fields] for rubric, fields in list_fields(plan).items()
        }
    print_result(json.dumps(document, indent=2))
