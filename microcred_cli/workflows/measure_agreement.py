"""Gradebooks and rubrics to how far raters agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from microcred_cli.assessment.agreement.comparison import compare_marks, find_flips, name_raters
from microcred_cli.assessment.agreement.marks import find_double_markings, isolate_marks, keep_marks
from microcred_cli.assessment.agreement.summary import summarise_over_all, summarise_rubric
from microcred_cli.assessment.matching import Locate
from microcred_cli.model.agreement import RaterAgreement
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import Rubric
from microcred_cli.workflows.decide_cohort import Circumstances, decide_cohort
from microcred_cli.workflows.gather_inputs import Sources, gather_inputs
from microcred_cli.workflows.read_rubrics import RubricFile


@dataclass(frozen=True, slots=True)
class Measured:
    """How far raters agree; or what stood in the way.

    ``agreement`` is None with a faulty rubric, with problems, and when nothing is doubly marked; ``named``
    says whether a rater is named at all.
    """

    rubrics: tuple[RubricFile, ...]
    problems: tuple[Problem, ...] = ()
    agreement: RaterAgreement | None = None
    named: bool = False


def measure_agreement(sources: Sources, now: datetime | None = None) -> Measured:
    """Measure how far the raters of the gradebooks agree, by the rubrics or else those of the project.

    Writes nothing. Raises what ``gather_inputs`` raises.
    """
    inputs = gather_inputs(sources, now or datetime.now(UTC))
    if inputs.is_faulty:
        return Measured(inputs.rubrics)
    rubrics = [each.rubric for each in inputs.rubrics]
    day = inputs.circumstances.as_of or datetime.now(UTC)
    agreement, problems = compare_raters(rubrics, inputs.gradebooks, inputs.locate, day)
    named = any(score.rater for gradebook in inputs.gradebooks for score in gradebook.scores)
    return Measured(inputs.rubrics, problems, agreement, named)


def compare_raters(
    rubrics: Sequence[Rubric], gradebooks: Sequence[Gradebook], locate: Locate, as_of: datetime
) -> tuple[RaterAgreement | None, tuple[Problem, ...]]:
    """Return how far the raters agree, or None when nothing is doubly marked, and the problems in the way.

    Three decisions over: each mark on its own, for its level; the first marks alone; the second marks alone.
    So nothing here knows how a score becomes points, or points a decision.
    """
    # One mark at a time cannot show what a rubric asks of several raters.
    rubrics = [_ask_no_raters(rubric) for rubric in rubrics]
    markings = find_double_markings(gradebooks, rubrics)
    # Awards, which may ask for badges held, are not looked at.
    around = Circumstances(as_of, held={})
    outcome = decide_cohort(rubrics, isolate_marks(gradebooks, markings), locate, around)
    if not markings:
        return None, outcome.problems
    first, second = (
        decide_cohort(rubrics, keep_marks(gradebooks, markings, nth), locate, around) for nth in range(2)
    )
    problems = tuple(dict.fromkeys((*outcome.problems, *first.problems, *second.problems)))
    pieces = compare_marks(rubrics, markings, outcome.pieces)
    if problems or not pieces:
        return None, problems
    raters = name_raters(pieces)
    columns = (raters[0], raters[1]) if len(raters) == 2 else None  # noqa: PLR2004 - kappa is for two
    agreement = RaterAgreement(
        raters,
        columns,
        pieces,
        summarise_over_all(rubrics, pieces, columns),
        tuple(summarise_rubric(rubric, pieces, columns) for rubric in rubrics),
        *find_flips(pieces, first.decisions, second.decisions),
    )
    return agreement, ()


def _ask_no_raters(rubric: Rubric) -> Rubric:
    """Return the rubric without what it asks of the number of raters."""
    parts = tuple(
        part._replace(decide=part.decide._replace(at_least=part.decide.at_least._replace(raters=0)))
        for part in rubric.subcompetencies
    )
    return rubric._replace(subcompetencies=parts)
