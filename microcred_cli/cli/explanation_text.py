"""An explanation, line by line."""

from collections.abc import Iterable, Iterator

from microcred_cli.model.award_words import describe_rule
from microcred_cli.model.calculation_words import describe_calculation
from microcred_cli.model.decision_words import (
    DECISIONS,
    OUT_OF_DATE,
    describe_award_part,
    describe_decision,
    describe_enough,
    describe_method_decision,
    describe_source_decisions,
    list_missing,
    list_there,
)
from microcred_cli.model.explanation import AwardExplanation, Explanation
from microcred_cli.model.method_words import describe_method
from microcred_cli.model.place import Place
from microcred_cli.model.results import Gap, Piece
from microcred_cli.model.score_words import (
    describe_item,
    describe_order,
    describe_place,
    describe_points,
    describe_reason,
    list_details,
    list_gap_details,
)
from microcred_cli.texts.safe import safe
from microcred_cli.workflows.explain_decision import Explained


def write_explanation(explained: Explained) -> Iterator[str]:
    """Yield the lines of an explanation, made safe."""
    learner = explained.explanation.learner
    yield safe(f"{learner.name} ({learner.key})" if learner.name else learner.key)
    if explained.left_out:
        yield ""
        yield "Left out, and nothing decided, for what the gradebook says of this learner:"
        for row in explained.left_out:
            yield safe(f"  {row.message}  [{Place(row.file, row.row, row.column)}]")
    for award in explained.explanation.awards:
        yield ""
        yield from (safe(line) for line in _write_award(award))
        for explanation in award.decisions:
            yield ""
            yield from (safe(line) for line in _write_decision(explanation))


def _write_award(explained: AwardExplanation) -> Iterator[str]:
    rubric = explained.rubric
    yield f"{rubric.title} {rubric.version}: {explained.award.award}"
    yield f"  The badge asks for {describe_rule(rubric, rubric.award)}."
    for title, parts in (("There", list_there(explained)), ("Missing", list_missing(explained))):
        words = [describe_award_part(part, rubric) for part in parts]
        if words:
            yield f"  {title}: {'; '.join(words)}."


def _write_decision(explanation: Explanation) -> Iterator[str]:
    part, row = explanation.subcompetency, explanation.decision
    yield f"{part.title} ({part.id})"
    yield f"  {DECISIONS[row.decision].word}. {describe_decision(explanation)}"
    if explanation.overruled is not None:
        yield f"  {describe_method_decision(explanation)}"
        if explanation.overruled.outdated:
            yield f"  {OUT_OF_DATE}"
    yield from (f"  {line}." for line in describe_source_decisions(explanation))
    if enough := describe_enough(explanation):
        yield f"  {enough}"
    yield f"  Method: {describe_method(explanation.rubric, explanation.choice)}."
    yield from _write_scores(explanation)
    if calculation := describe_calculation(explanation):
        yield f"  Result: {calculation}"
    if explanation.set_aside:
        yield "  Scores set aside:"
        yield from (_write_set_aside(gap, explanation) for gap in explanation.set_aside)
    if explanation.absent:
        yield "  Evidence without a score:"
        yield from (f"    {describe_item(gap)}: {gap.state}{_locate(gap)}" for gap in explanation.absent)


def _write_scores(explanation: Explanation) -> Iterator[str]:
    if not explanation.scores:
        return
    order = describe_order(explanation.order)
    yield f"  Scores considered, {order}:" if order else "  The score considered:"
    for score in explanation.scores:
        conversion = describe_points(score, explanation)
        details = _bracket(list_details(score, explanation))
        piece = score.piece
        yield f"    {piece.nth}. {describe_item(piece)}: {conversion}{details}{_locate(piece)}"


def _write_set_aside(gap: Gap, explanation: Explanation) -> str:
    value = "" if gap.value is None else f"{gap.value}{_bracket(list_gap_details(gap))}; "
    return f"    {describe_item(gap)}: {value}{describe_reason(gap, explanation)}{_locate(gap)}"


def _bracket(details: Iterable[str]) -> str:
    text = ", ".join(details)
    return f" ({text})" if text else ""


def _locate(row: Piece | Gap) -> str:
    place = describe_place(row)
    return f"  [{place}]" if place else ""
