"""An explanation, line by line."""

from collections.abc import Iterator

from microcred_cli.assessment.explanation import (
    Explanation,
    describe_conversion,
    describe_decision,
    describe_method,
)
from microcred_cli.model.place import name_column
from microcred_cli.texts.safe import safe
from microcred_cli.workflows.explain_decision import Explained


def write_explanation(explained: Explained) -> Iterator[str]:
    """Yield the lines of an explanation, made safe."""
    learner = explained.learner
    yield safe(f"{learner.name} ({learner.key})" if learner.name else learner.key)
    for rubric, award, explanations in explained.rubrics:
        yield ""
        yield safe(f"{rubric.title} {rubric.version}: {award.award}")
        if award.missing:
            titles = ", ".join(rubric.subcompetency(name).title for name in award.missing)
            yield safe(f"  not shown: {titles}")
        for explanation in explanations:
            yield ""
            yield from (safe(line) for line in _write_decision(explanation))


def _write_decision(explanation: Explanation) -> Iterator[str]:
    part = explanation.subcompetency
    yield f"{part.title} ({part.id})"
    yield f"  {describe_decision(explanation)}"
    yield f"  Method: {describe_method(part.decide)}."
    if explanation.pieces:
        yield "  Scores used, oldest first:"
    for piece in explanation.pieces:
        item = piece.item if piece.criterion is None else f"{piece.item}, {piece.criterion}"
        details = [
            detail
            for detail in (
                piece.weight is not None and f"weight {piece.weight.normalize():f}",
                piece.date,
                piece.rater and f"by {piece.rater}",
                piece.attempt and f"attempt {piece.attempt}",
            )
            if detail
        ]
        beside = f" ({', '.join(details)})" if details else ""
        where = f"{piece.file}, row {piece.row}, column {name_column(piece.column)}"
        conversion = describe_conversion(piece, part, explanation.rubric)
        yield f"    {piece.nth}. {item}: {conversion}{beside}  [{where}]"
    for gap in explanation.gaps:
        item = gap.item if gap.criterion is None else f"{gap.item}, {gap.criterion}"
        where = f"  [{gap.file}, row {gap.row}, column {name_column(gap.column)}]" if gap.column else ""
        yield f"    no score: {item}: {gap.state}{where}"
