"""The tables of an assessment, turned so that everything about one learner stands together."""

from dataclasses import dataclass, field

from microcred_cli.model.assessment import Assessment
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.results import AwardRow, DecisionRow, Gap, Piece

Goal = tuple[str, str]
"""A rubric's id and a sub-competency's."""


@dataclass(frozen=True, slots=True)
class LearnerRecords:
    """One learner: the number of the page, decisions, pieces and gaps by goal, the awards by rubric."""

    number: int
    learner: Learner
    decisions: dict[Goal, DecisionRow] = field(default_factory=dict)
    pieces: dict[Goal, list[Piece]] = field(default_factory=dict)
    gaps: dict[Goal, list[Gap]] = field(default_factory=dict)
    awards: dict[str, AwardRow] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The name of the learner's page: a number, because a file name never holds learner data."""
        return f"{self.number:04d}.html"

    @property
    def is_named(self) -> bool:
        """Whether the gradebook gives a name beside the key."""
        return bool((self.learner.name or "").strip())

    @property
    def name(self) -> str:
        """The learner's name, or the key where the gradebook gives no name."""
        return self.learner.name if self.learner.name and self.is_named else self.learner.key


def group_by_learner(assessment: Assessment) -> tuple[LearnerRecords, ...]:
    """Return the records of every learner in the order of the assessment, pieces oldest first."""
    records = {
        learner.key: LearnerRecords(number, learner)
        for number, learner in enumerate(assessment.learners, start=1)
    }
    for row in assessment.decisions:
        records[row.learner].decisions[row.rubric, row.subcompetency] = row
    for award in assessment.awards:
        records[award.learner].awards[award.rubric] = award
    for piece in sorted(assessment.pieces, key=lambda piece: piece.nth):
        records[piece.learner].pieces.setdefault((piece.rubric, piece.subcompetency), []).append(piece)
    for gap in assessment.gaps:
        records[gap.learner].gaps.setdefault((gap.rubric, gap.subcompetency), []).append(gap)
    return tuple(records.values())
