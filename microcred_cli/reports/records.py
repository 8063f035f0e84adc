"""Learners with the numbers of their pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from microcred_cli.model.explanation import AwardExplanation, Explanation, LearnerExplanation
from microcred_cli.model.gradebook import Learner

Goal = tuple[str, str]
"""A rubric's id and a sub-competency's."""


@dataclass(frozen=True, slots=True)
class LearnerRecords:
    """One learner: the number of the page, decisions by goal, awards by rubric."""

    number: int
    learner: Learner
    decisions: dict[Goal, Explanation] = field(default_factory=dict)
    awards: dict[str, AwardExplanation] = field(default_factory=dict)

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


def number_learners(learners: Sequence[LearnerExplanation]) -> tuple[LearnerRecords, ...]:
    """Return the records of every learner, numbered in their order."""
    return tuple(
        LearnerRecords(
            number,
            each.learner,
            {
                (award.rubric.id, explanation.subcompetency.id): explanation
                for award in each.awards
                for explanation in award.decisions
            },
            {award.rubric.id: award for award in each.awards},
        )
        for number, each in enumerate(learners, start=1)
    )
