"""An explanation as JSON."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from microcred_cli.cli.console import print_result
from microcred_cli.model.award_words import describe_leaf, describe_rule
from microcred_cli.model.calculation_words import describe_calculation
from microcred_cli.model.decision_words import (
    describe_decision,
    describe_enough,
    describe_method_decision,
    describe_source_decisions,
)
from microcred_cli.model.evidence_needs import list_needs
from microcred_cli.model.explanation import AwardExplanation, AwardPart, CountedScore, Explanation
from microcred_cli.model.method_words import describe_method
from microcred_cli.model.results import Gap, LeftOut, Piece, SourceDecision
from microcred_cli.model.rubric import Level, Rubric
from microcred_cli.model.score_words import describe_order, describe_points, describe_reason
from microcred_cli.workflows.explain_decision import Explained

FORMAT = "microcred-explanation/2"

Document = dict[str, Any]

_GOAL = frozenset({"learner", "rubric", "subcompetency"})


def print_explanation_json(explained: Explained) -> None:
    """Print the learner's key and, by rubric, the award and the decisions with all they rest on.

    Every number is exact and a string; beside what the text says in a sentence stands the sentence.
    """
    document = {
        "format": FORMAT,
        "learner": explained.explanation.learner.key,
        "changed": list(explained.changed),
        "left_out": [_write_row(row) for row in explained.left_out],
        "rubrics": [_write_award(award) for award in explained.explanation.awards],
    }
    print_result(json.dumps(document, indent=2, default=_write_number))


def _write_award(explained: AwardExplanation) -> Document:
    rubric, row = explained.rubric, explained.award
    return {
        "rubric": rubric.id,
        "version": rubric.version,
        "award": row.award,
        "asks": describe_rule(rubric, rubric.award),
        "parts": [_write_part(part, rubric) for part in explained.parts],
        "missing": list(row.missing),
        "decisions": [_write_decision(explanation) for explanation in explained.decisions],
    }


def _write_part(part: AwardPart, rubric: Rubric) -> Document:
    return {
        "name": str(part.leaf),
        "title": describe_leaf(rubric, part.leaf),
        "decision": part.decision,
        "met": part.met,
        "missing": part.missing,
    }


def _write_decision(explanation: Explanation) -> Document:
    row, choice = explanation.decision, explanation.choice
    return {
        "subcompetency": row.subcompetency,
        "decision": row.decision,
        "level": row.level,
        "score": row.score,
        "because": describe_decision(explanation),
        "decided_by": row.decided_by,
        "reason": row.reason or None,
        "shown_at": _write_level(explanation.rubric.level(explanation.rubric.shown_at)),
        "needs": [{**asdict(need), "met": need.met} for need in list_needs(explanation)],
        "enough": _write_enough(explanation),
        "method": {
            **choice._asdict(),
            "at_least": choice.at_least._asdict(),
            "late": choice.late.at_most or choice.late.policy,
            "as_of": explanation.as_of,
            "words": describe_method(explanation.rubric, choice),
        },
        "order": explanation.order,
        "newest_by": explanation.newest_by,
        "order_words": describe_order(explanation.order),
        "pieces": [_write_piece(score, explanation) for score in explanation.scores],
        "steps": dict(explanation.steps),
        "calculation": describe_calculation(explanation) or None,
        "set_aside": [
            {**_write_row(gap), "because": describe_reason(gap, explanation)} for gap in explanation.set_aside
        ],
        "without_score": [_write_row(gap) for gap in explanation.absent],
        "by_source": [
            {**_write_row(each), "words": words}
            for each, words in zip(explanation.by_source, describe_source_decisions(explanation), strict=True)
        ],
        "overruled": _write_overruled(explanation),
    }


def _write_level(level: Level) -> Document:
    return {"level": level.id, "title": level.title, "points": level.points}


def _write_enough(explanation: Explanation) -> Document | None:
    """Return how many further scores at which level; ``reachable`` false: not so many, at any level."""
    enough = explanation.enough
    if enough is None:
        return None
    return {
        "reachable": enough.level is not None,
        "further_scores": enough.more,
        "at": None if enough.level is None else _write_level(enough.level),
        "sources": list(enough.sources),
        "words": describe_enough(explanation),
    }


def _write_piece(score: CountedScore, explanation: Explanation) -> Document:
    rubric = explanation.rubric
    return {
        **_write_row(score.piece),
        "cuts": [
            {**_write_level(rubric.level(level)), "share": cut} for level, cut in score.evidence.cuts.items()
        ],
        "words": describe_points(score, explanation),
    }


def _write_overruled(explanation: Explanation) -> Document | None:
    overruled = explanation.overruled
    if overruled is None:
        return None
    return {
        "by": overruled.by,
        "at": overruled.at,
        "reason": overruled.reason,
        "outdated": overruled.outdated,
        "method": {
            "decision": overruled.method_decision,
            "level": overruled.method_level,
            "score": overruled.method_score,
            "because": describe_method_decision(explanation),
        },
    }


def _write_row(row: Piece | Gap | SourceDecision | LeftOut) -> Document:
    return {key: value for key, value in asdict(row).items() if key not in _GOAL}


def _write_number(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    raise TypeError(type(value).__name__)
