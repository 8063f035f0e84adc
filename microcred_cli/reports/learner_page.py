"""One learner's page: for each rubric the award, and for each sub-competency the decision and why.

The page goes to the learner, so it holds nothing about anybody else and leads nowhere.
"""

from collections.abc import Mapping, Sequence

from microcred_cli.model.award import Award, Shown
from microcred_cli.model.award_words import describe_leaf
from microcred_cli.model.calculation_words import describe_calculation
from microcred_cli.model.decision import Decision
from microcred_cli.model.decision_words import (
    AWARD_SENTENCES,
    AWARDS,
    DECISIONS,
    OUT_OF_DATE,
    describe_decision,
    describe_enough,
    describe_method_decision,
    describe_source_decision,
    describe_source_decisions,
    list_missing,
    list_there,
)
from microcred_cli.model.explanation import AwardExplanation, AwardPart, CountedScore, Explanation
from microcred_cli.model.number_words import write_number, write_score
from microcred_cli.model.results import BY_METHOD, DecisionRow, Gap
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.score_words import (
    describe_item,
    describe_order,
    describe_place,
    describe_points,
    describe_reason,
    describe_share,
    list_gap_details,
)
from microcred_cli.reports.charts import Context, draw_timeline
from microcred_cli.reports.records import LearnerRecords
from microcred_cli.reports.rubric_sheet import OPEN, RubricSheet

_UNDECIDED = frozenset({Decision.INSUFFICIENT_EVIDENCE, Decision.NOT_ASSESSED})


def describe_learner(records: LearnerRecords, sheets: Sequence[RubricSheet]) -> Context:
    """Return the context of the learner's page, apart from what all pages share."""
    return {
        "name": records.name,
        "key": records.learner.key if records.is_named else None,
        "rubrics": [_describe_rubric(records.awards[sheet.rubric.id], sheet) for sheet in sheets],
    }


def _describe_rubric(explained: AwardExplanation, sheet: RubricSheet) -> Context:
    parts = {
        explanation.subcompetency.id: _describe_part(f"{sheet.heading['id']}-s{number}", explanation, sheet)
        for number, explanation in enumerate(explained.decisions, start=1)
    }
    return {
        **sheet.heading,
        "grid": sheet.grid,
        "award": _describe_award(explained, parts),
        "parts": list(parts.values()),
    }


def _describe_award(explained: AwardExplanation, parts: Mapping[str, Context]) -> Context:
    award = Award(explained.award.award)
    words = AWARDS[award]
    rubric = explained.rubric
    earned = award is Award.EARNED
    return {
        "state": award.value,
        "word": words.word,
        "mark": words.mark,
        "sentence": AWARD_SENTENCES[award],
        "there": [describe_leaf(rubric, part.leaf) for part in list_there(explained)],
        "missing": []
        if earned
        else [_describe_missing(part, rubric, parts) for part in list_missing(explained)],
        "shown": f"{len(explained.award.shown)} of {len(rubric.subcompetencies)}",
    }


def _describe_missing(part: AwardPart, rubric: Rubric, parts: Mapping[str, Context]) -> Context:
    """Return what is missing, why, and where on the page it is told; a badge has no place there."""
    title = describe_leaf(rubric, part.leaf)
    if not isinstance(part.leaf, Shown):
        return {"id": None, "title": title, "sentence": "This badge is not held."}
    context = parts[part.leaf.subcompetency]
    sentences = [context["sentence"], context["enough"]]
    if part.by_source is not None:
        sentences = [f"{describe_source_decision(part.by_source, rubric)}."]
    text = " ".join(str(sentence) for sentence in sentences if sentence)
    return {"id": context["id"], "title": title, "sentence": text}


def _describe_part(anchor: str, explanation: Explanation, sheet: RubricSheet) -> Context:
    rubric, part, row = explanation.rubric, explanation.subcompetency, explanation.decision
    words = DECISIONS[row.decision]
    pieces = [score.piece for score in explanation.scores]
    order = describe_order(explanation.order)
    return {
        "id": anchor,
        "title": part.title,
        "decision": row.decision.value,
        "word": words.word,
        "mark": words.mark,
        "level": None if row.level is None else sheet.titles[row.level],
        "score": None if row.score is None else write_score(row.score, rubric.precision),
        "sentence": describe_decision(explanation),
        "enough": describe_enough(explanation),
        "by_hand": _describe_override(explanation),
        "method": sheet.methods[part.id],
        "calculation": describe_calculation(explanation),
        "by_source": list(describe_source_decisions(explanation)),
        "standing": sheet.standings[part.id, OPEN if _is_undecided(row) else row.level],
        "order": order,
        "evidence": [_describe_piece(score, explanation) for score in explanation.scores],
        "timeline": (
            draw_timeline(anchor, f"{part.title}: scores in their order", order, pieces, rubric)
            if len(pieces) > 1
            else None
        ),
        "set_aside": [_describe_set_aside(gap, explanation) for gap in explanation.set_aside],
        "absent": [
            {"item": describe_item(gap), "state": gap.state, "place": describe_place(gap)}
            for gap in explanation.absent
        ],
    }


def _is_undecided(row: DecisionRow) -> bool:
    """Return whether there is no level to speak of: too little evidence, or a person has named none."""
    return row.decision in _UNDECIDED or (row.level is None and row.decided_by != BY_METHOD)


def _describe_override(explanation: Explanation) -> Context | None:
    """Return what stands beside a person's decision: what the method says, and whether that is news."""
    if explanation.decision.decided_by == BY_METHOD:
        return None
    overruled = explanation.overruled
    return {
        "method": "" if overruled is None else describe_method_decision(explanation),
        "outdated": OUT_OF_DATE if overruled is not None and overruled.outdated else "",
    }


def _describe_piece(score: CountedScore, explanation: Explanation) -> Context:
    piece = score.piece
    return {
        "nth": piece.nth,
        "item": piece.item,
        "criterion": piece.criterion,
        "attempt": piece.attempt,
        "weight": None if piece.weight is None else write_number(piece.weight),
        "way": describe_points(score, explanation),
        "share": describe_share(piece, explanation.choice.by),
        "points": write_number(piece.points),
        "date": piece.date,
        "rater": piece.rater,
        "source": piece.source,
        "place": describe_place(piece),
    }


def _describe_set_aside(gap: Gap, explanation: Explanation) -> Context:
    return {
        "item": describe_item(gap),
        "value": gap.value,
        "details": ", ".join(list_gap_details(gap)),
        "reason": describe_reason(gap, explanation),
        "place": describe_place(gap),
    }
