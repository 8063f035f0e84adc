"""One learner's page: for each rubric the award, and for each sub-competency the decision and why.

The page goes to the learner, so it holds nothing about anybody else and leads nowhere.
"""

from collections.abc import Iterable, Sequence

from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.place import Place
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import SubCompetency
from microcred_cli.reports.charts import Context, draw_timeline
from microcred_cli.reports.records import LearnerRecords
from microcred_cli.reports.rubric_sheet import OPEN, RubricSheet
from microcred_cli.reports.wording import (
    AWARD_SENTENCES,
    AWARDS,
    BY_METHOD,
    DECISIONS,
    explain_decision,
    write_conversion,
    write_number,
    write_score,
)

_UNDECIDED = frozenset({Decision.INSUFFICIENT_EVIDENCE, Decision.NOT_ASSESSED})


def describe_learner(records: LearnerRecords, sheets: Sequence[RubricSheet]) -> Context:
    """Return the context of the learner's page, apart from what all pages share."""
    return {
        "name": records.name,
        "key": records.learner.key if records.is_named else None,
        "rubrics": [_describe_rubric(records, sheet) for sheet in sheets],
    }


def _describe_rubric(records: LearnerRecords, sheet: RubricSheet) -> Context:
    rubric = sheet.rubric
    parts: list[Context] = []
    for number, subcompetency in enumerate(rubric.subcompetencies, start=1):
        goal = rubric.id, subcompetency.id
        row = records.decisions[goal]
        part = _describe_part(
            f"{sheet.heading['id']}-s{number}", row, records.pieces.get(goal, []), subcompetency, sheet
        )
        part["gaps"] = [_describe_gap(gap) for gap in records.gaps.get(goal, [])]
        parts.append(part)
    return {
        **sheet.heading,
        "grid": sheet.grid,
        "award": _describe_award(records.awards[rubric.id], sheet, parts),
        "parts": parts,
    }


def _describe_award(row: AwardRow, sheet: RubricSheet, parts: Iterable[Context]) -> Context:
    award = Award(row.award)
    words = AWARDS[award]
    missing: list[Context] = []
    if award is not Award.EARNED:
        wanted = set(row.missing)
        missing = [part for part in parts if part["identifier"] in wanted]
    return {
        "state": award.value,
        "word": words.word,
        "mark": words.mark,
        "sentence": AWARD_SENTENCES[award],
        "missing": missing,
        "shown": f"{len(row.shown)} of {len(sheet.rubric.subcompetencies)}",
    }


def _describe_part(
    anchor: str, row: DecisionRow, pieces: Sequence[Piece], subcompetency: SubCompetency, sheet: RubricSheet
) -> Context:
    rubric = sheet.rubric
    words = DECISIONS[row.decision]
    by_hand = row.decided_by != BY_METHOD
    return {
        "id": anchor,
        "identifier": subcompetency.id,
        "title": subcompetency.title,
        "decision": row.decision.value,
        "word": words.word,
        "mark": words.mark,
        "level": None if row.level is None else sheet.titles[row.level],
        "score": None if row.score is None else write_score(row.score, rubric.precision),
        "sentence": explain_decision(row, rubric, subcompetency),
        "by_hand": {"by": row.decided_by, "reason": row.reason} if by_hand else None,
        "method": sheet.methods[subcompetency.id],
        "standing": sheet.standings[subcompetency.id, OPEN if row.decision in _UNDECIDED else row.level],
        "evidence": [_describe_piece(piece, rubric.precision) for piece in pieces],
        "timeline": (
            draw_timeline(anchor, f"{subcompetency.title}: evidence over time", pieces, rubric)
            if len(pieces) > 1
            else None
        ),
    }


def _describe_gap(gap: Gap) -> Context:
    item = gap.item if gap.criterion is None else f"{gap.item}, {gap.criterion}"
    return {"item": item, "state": gap.state}


def _describe_piece(piece: Piece, precision: int) -> Context:
    value = write_number(piece.value)
    score = value if piece.possible is None else f"{value} / {write_number(piece.possible)}"
    return {
        "nth": piece.nth,
        "item": piece.item,
        "criterion": piece.criterion,
        "attempt": piece.attempt,
        "weight": None if piece.weight is None else write_number(piece.weight),
        "score": score,
        "points": write_score(piece.points, precision),
        "conversion": write_conversion(piece.conversion),
        "date": piece.date,
        "rater": piece.rater,
        "source": piece.source,
        "place": str(Place(piece.file, piece.row, piece.column)),
    }
