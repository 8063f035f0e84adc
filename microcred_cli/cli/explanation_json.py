"""An explanation as JSON."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from microcred_cli.assessment.explanation import Explanation, describe_decision, describe_method
from microcred_cli.cli.console import print_result
from microcred_cli.workflows.explain_decision import Explained

FORMAT = "microcred-explanation/1"


def print_explanation_json(explained: Explained) -> None:
    """Print the learner's key and, by rubric, award and decisions with their pieces and gaps."""
    document = {
        "format": FORMAT,
        "learner": explained.learner.key,
        "rubrics": [
            {
                "rubric": rubric.id,
                "version": rubric.version,
                "award": award.award,
                "missing": list(award.missing),
                "decisions": [_write_decision(explanation) for explanation in explanations],
            }
            for rubric, award, explanations in explained.rubrics
        ],
    }
    print_result(json.dumps(document, indent=2, default=_write_number))


def _write_decision(explanation: Explanation) -> dict[str, Any]:
    row = explanation.decision
    left_out = {"learner", "rubric", "subcompetency"}
    return {
        "subcompetency": row.subcompetency,
        "decision": row.decision,
        "level": row.level,
        "score": row.score,
        "shown_at": {"level": explanation.shown_at.id, "points": explanation.shown_at.points},
        "method": describe_method(explanation.subcompetency.decide),
        "because": describe_decision(explanation),
        "pieces": [
            {key: value for key, value in asdict(piece).items() if key not in left_out}
            for piece in explanation.pieces
        ],
        "gaps": [
            {key: value for key, value in asdict(gap).items() if key not in left_out}
            for gap in explanation.gaps
        ],
    }


def _write_number(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(type(value).__name__)
