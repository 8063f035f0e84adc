"""Why a decision is what it is, from the values that the deciding query produced."""

from collections.abc import Iterator
from dataclasses import dataclass

from microcred_cli.model.assessment import Assessment
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece
from microcred_cli.model.rubric import Level, MethodChoice, Rubric, SubCompetency
from microcred_cli.texts.names import fold_name


@dataclass(frozen=True, slots=True)
class Explanation:
    """One decision with what it rests on."""

    rubric: Rubric
    subcompetency: SubCompetency
    decision: DecisionRow
    pieces: tuple[Piece, ...]
    gaps: tuple[Gap, ...]

    @property
    def level(self) -> Level | None:
        """The level reached."""
        return self.rubric.level(self.decision.level) if self.decision.level is not None else None

    @property
    def shown_at(self) -> Level:
        """The level from which the sub-competency counts as shown."""
        return self.rubric.level(self.rubric.shown_at)


def explain_decisions(
    assessment: Assessment, learner: str, subcompetency: str | None = None
) -> Iterator[tuple[Rubric, AwardRow, tuple[Explanation, ...]]]:
    """Yield for each rubric the learner's award and the explanation of every decision.

    With ``subcompetency`` only of that one; a rubric without it is passed over.
    """
    decisions = [row for row in assessment.decisions if row.learner == learner]
    pieces = [piece for piece in assessment.pieces if piece.learner == learner]
    gaps = [gap for gap in assessment.gaps if gap.learner == learner]
    awards = {row.rubric: row for row in assessment.awards if row.learner == learner}
    for rubric in assessment.rubrics:
        explanations = tuple(
            Explanation(
                rubric,
                rubric.subcompetency(row.subcompetency),
                row,
                tuple(
                    piece
                    for piece in pieces
                    if (piece.rubric, piece.subcompetency) == (rubric.id, row.subcompetency)
                ),
                tuple(
                    gap for gap in gaps if (gap.rubric, gap.subcompetency) == (rubric.id, row.subcompetency)
                ),
            )
            for row in decisions
            if row.rubric == rubric.id and subcompetency in {None, row.subcompetency}
        )
        if explanations:
            yield rubric, awards[rubric.id], explanations


def describe_method(choice: MethodChoice) -> str:
    """Return the method with its parameters, as a rubric's author would say it."""
    parts = [f"{choice.by}: {SPECIFICATIONS[choice.by].summary}"]
    if choice.latest is not None:
        parts.append(f"share of the newer {choice.latest.normalize():f}%")
    if choice.n is not None:
        parts.append(f"n {choice.n}")
    if choice.at_least.pieces > 1:
        parts.append(f"at least {choice.at_least.pieces} pieces of evidence")
    return "; ".join(parts)


def describe_decision(explanation: Explanation) -> str:
    """Return in a sentence why the decision is what it is."""
    row = explanation.decision
    shown = explanation.shown_at
    threshold = f"{shown.title} ({shown.points.normalize():f} points)"
    reached = (
        f"level {explanation.level.title}" if explanation.level is not None else "below the lowest level"
    )
    match row.decision:
        case Decision.SHOWN:
            return f"Shown: {row.score} is {reached}, and {threshold} is needed."
        case Decision.NOT_YET:
            return f"Not yet: {row.score} is {reached}, and {threshold} is needed."
        case Decision.NOT_ASSESSED:
            return "Not assessed: there is no score in any of its evidence items."
    choice = explanation.subcompetency.decide
    if row.pieces < choice.at_least.pieces:
        return (
            f"Insufficient evidence: {_count(row.pieces)}, and at least {choice.at_least.pieces} are needed."
        )
    reachable = sum(piece.points >= shown.points for piece in explanation.pieces)
    return (
        f"Insufficient evidence: {reachable} of {_count(row.pieces)} at {threshold} or above, "
        f"and {choice.n} are needed."
    )


def _count(pieces: int) -> str:
    return "1 piece" if pieces == 1 else f"{pieces} pieces"


def describe_conversion(piece: Piece, subcompetency: SubCompetency, rubric: Rubric) -> str:
    """Return how a score became level points, with its numbers."""
    value = piece.word if piece.value is None else f"{piece.value.normalize():f}"
    points = f"{piece.points.normalize():f}"
    if piece.possible is None:
        return f"{value} level points"
    possible = f"{piece.possible.normalize():f}"
    if piece.conversion == "cuts":
        criterion = fold_name(piece.criterion or "")
        of_item = [each for each in subcompetency.evidence if each.item == piece.item and each.cuts]
        exact = [each for each in of_item if fold_name(each.criterion or "") == criterion]
        evidence = (exact or of_item)[0]
        cuts = ", ".join(
            f"{rubric.level(level).title} from {share.normalize():f}%"
            for level, share in evidence.cuts.items()
        )
        return f"{value} of {possible} cut to {points} ({cuts})"
    top = rubric.levels[-1].points
    return f"{value} of {possible} × {top.normalize():f} = {points}"
