"""What a set of rubrics and gradebooks makes use of, so that the deciding query holds nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from microcred_cli.assessment.matching import Cell, Goal, Match
from microcred_cli.model.gradebook import AGREED, CellState
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import Attempts, Late
from microcred_cli.texts.names import fold_name


@dataclass(frozen=True, slots=True)
class Features:
    """Whether anything uses a part of the definition.

    ``sources``: items that name who must give the score; ``by_source``: goals that look at one source alone;
    ``agreed``: marks agreed upon; ``rescores``: several scores of one item and learner; the rest is named
    after what a rubric says.
    """

    methods: frozenset[Method]
    precisions: frozenset[int]
    cuts: bool = False
    words: bool = False
    sources: bool = False
    by_source: bool = False
    agreed: bool = False
    rescores: bool = False
    attempts: frozenset[Attempts] = frozenset()
    recency: bool = False
    leaves_out_late: bool = False
    caps_late: bool = False
    counts_items: bool = False
    counts_raters: bool = False
    counts_sources: frozenset[str] = frozenset()


def list_features(
    goals: Sequence[Goal], matches: Sequence[Match], cells: Sequence[Cell], *, rescores: bool | None = None
) -> Features:
    """Return what these goals, their evidence and the cells of the gradebooks use.

    ``rescores`` where the cells are only some, one of each kind, and cannot show it.
    """
    scores = [cell.score for cell in cells if cell.score.state is CellState.SCORE]
    choices = [goal.subcompetency.decide for goal in goals]
    if rescores is None:
        rescores = _has_rescores(cells)
    late = any(score.late for score in scores)
    return Features(
        methods=frozenset(choice.by for choice in choices),
        precisions=frozenset(goal.rubric.precision for goal in goals),
        cuts=any(match.evidence.cuts for match in matches),
        words=any(score.label is not None for score in scores),
        sources=any(match.evidence.source is not None for match in matches)
        and any(score.source is not None for score in scores),
        by_source=any(goal.source is not None for goal in goals),
        agreed=any(score.rater is not None and fold_name(score.rater) == AGREED for score in scores),
        rescores=rescores,
        # One score of a learner and item has nothing to be compared with.
        attempts=frozenset(choice.attempts for choice in choices if rescores),
        recency=any(choice.within is not None for choice in choices),
        leaves_out_late=late and any(choice.late.policy is Late.LEAVE_OUT for choice in choices),
        caps_late=late and any(choice.late.at_most is not None for choice in choices),
        counts_items=any(choice.at_least.items > 1 for choice in choices),
        counts_raters=any(choice.at_least.raters > 0 for choice in choices),
        counts_sources=frozenset(source for choice in choices for source in choice.at_least.sources),
    )


def _has_rescores(cells: Sequence[Cell]) -> bool:
    """Return whether a learner has several cells of one item and criterion."""
    different = {
        (cell.item, cell.score.learner, fold_name(name) if (name := cell.score.criterion) else "")
        for cell in cells
    }
    return len(different) < len(cells)
