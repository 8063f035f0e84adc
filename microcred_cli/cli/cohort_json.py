"""An assessment as JSON: the same rows as the tables of its folder."""

import json

from microcred_cli.cli.console import print_result
from microcred_cli.model.assessment import FORMAT, Assessment


def print_cohort_json(assessment: Assessment) -> None:
    """Print decisions, awards, what persons overruled and who is left out, without names (learners.csv)."""
    document = {
        "format": FORMAT,
        "assessed_at": assessment.manifest.assessed_at,
        "rubrics": [
            {"id": rubric.id, "version": rubric.version, "title": rubric.title}
            for rubric in assessment.rubrics
        ],
        "decisions": [
            {
                "learner": row.learner,
                "rubric": row.rubric,
                "version": row.version,
                "subcompetency": row.subcompetency,
                "decision": row.decision,
                "level": row.level,
                "score": None if row.score is None else str(row.score),
                "pieces": row.pieces,
                "method": row.method,
                "decided_by": row.decided_by,
                "reason": row.reason,
            }
            for row in assessment.decisions
        ],
        "awards": [
            {
                "learner": row.learner,
                "rubric": row.rubric,
                "version": row.version,
                "award": row.award,
                "shown": list(row.shown),
                "missing": list(row.missing),
            }
            for row in assessment.awards
        ],
        "overruled": [
            {
                "learner": row.learner,
                "rubric": row.rubric,
                "subcompetency": row.subcompetency,
                "decision": row.decision,
                "reason": row.reason,
                "by": row.by,
                "at": row.at,
                "method_decision": row.method_decision,
                "method_level": row.method_level,
                "method_score": None if row.method_score is None else str(row.method_score),
                "outdated": row.outdated,
            }
            for row in assessment.overruled
        ],
        "left_out": [
            {
                "learner": row.learner,
                "file": row.file,
                "row": row.row,
                "column": row.column,
                "message": row.message,
            }
            for row in assessment.left_out
        ],
    }
    print_result(json.dumps(document, indent=2))
