"""What differs between two assessments, as JSON."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from microcred_cli.cli.console import print_result
from microcred_cli.cli.reason_json import write_reason
from microcred_cli.model.comparison import (
    AwardChange,
    ChangeKind,
    Comparison,
    DecisionChange,
    OneSided,
    OverruledChange,
    RubricChange,
)
from microcred_cli.model.results import DecisionRow

FORMAT = "microcred-diff/1"


def print_diff_json(comparison: Comparison, before: Path, after: Path) -> None:
    """Print every change with its reasons, and the counts, without names of learners."""
    kinds = Counter(change.kind for change in comparison.changes)
    document = {
        "format": FORMAT,
        "before": before.as_posix(),
        "after": after.as_posix(),
        "counts": {
            "learners": comparison.learners,
            "decisions": comparison.decisions,
            "changed": {kind: kinds[kind] for kind in ChangeKind},
            "awards": comparison.awards,
            "changed_awards": len(comparison.award_changes),
        },
        "rubrics": [_write_rubric(each) for each in comparison.rubrics],
        "decisions": [_write_change(each) for each in comparison.changes],
        "overruled": [_write_overruled(each) for each in comparison.overruled],
        "awards": [_write_award(each) for each in comparison.award_changes],
        "only_before": _write_one_sided(comparison.only_before),
        "only_after": _write_one_sided(comparison.only_after),
    }
    print_result(json.dumps(document, indent=2))


def _write_rubric(rubric: RubricChange) -> dict[str, Any]:
    return {
        "rubric": rubric.id,
        "before": rubric.before,
        "after": rubric.after,
        "changes": [
            {"aspect": rule.aspect, "subcompetency": rule.subcompetency, "item": rule.item, "text": rule.text}
            for rule in rubric.rules
        ],
    }


def _write_change(change: DecisionChange) -> dict[str, Any]:
    return {
        "learner": change.after.learner,
        "rubric": change.after.rubric,
        "subcompetency": change.after.subcompetency,
        "change": change.kind,
        "before": _write_row(change.before),
        "after": _write_row(change.after),
        "reasons": [write_reason(reason) for reason in change.reasons],
    }


def _write_overruled(change: OverruledChange) -> dict[str, Any]:
    """Return the person's decision, which stands, and what the method says beneath it."""
    row = change.standing
    return {
        "learner": row.learner,
        "rubric": row.rubric,
        "subcompetency": row.subcompetency,
        "decision": row.decision,
        "decided_by": row.decided_by,
        "method": {"before": _write_row(change.before), "after": _write_row(change.after)},
        "reasons": [write_reason(reason) for reason in change.reasons],
    }


def _write_row(row: DecisionRow) -> dict[str, Any]:
    return {
        "version": row.version,
        "decision": row.decision,
        "level": row.level,
        "score": None if row.score is None else str(row.score),
        "pieces": row.pieces,
        "method": row.method,
        "decided_by": row.decided_by,
    }


def _write_award(change: AwardChange) -> dict[str, Any]:
    return {
        "learner": change.after.learner,
        "rubric": change.after.rubric,
        "before": {"award": change.before.award, "missing": list(change.before.missing)},
        "after": {"award": change.after.award, "missing": list(change.after.missing)},
        "reasons": [write_reason(reason) for reason in change.reasons],
    }


def _write_one_sided(one: OneSided) -> dict[str, Any]:
    return {
        "learners": list(one.learners),
        "rubrics": list(one.rubrics),
        "subcompetencies": [
            {"rubric": rubric, "subcompetency": part} for rubric, part in one.subcompetencies
        ],
        "left_out": list(one.left_out),
    }
