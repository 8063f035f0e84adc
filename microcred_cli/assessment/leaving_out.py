"""Who is left out of an assessment for a problem of their own, so that the others can be decided on."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from microcred_cli.model.override import Override, Waiting
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import LeftOut


def list_common(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that are no learner's own: whoever is left out, they stand in the way."""
    return tuple(problem for problem in problems if problem.learner is None)


def list_left_out(problems: Iterable[Problem]) -> tuple[LeftOut, ...]:
    """Return a row for each problem of a learner's own, and for like ones in a cell only one."""
    rows = (
        LeftOut(each.learner, each.place.file, each.place.row, each.place.column, each.message)
        for each in problems
        if each.learner is not None
    )
    return tuple(dict.fromkeys(rows))


def list_waiting(
    overrides: Sequence[Override], left_out: Collection[str | None], before: Mapping[Override, str]
) -> Iterator[Waiting]:
    """Yield what persons decided about learners who are left out.

    ``before`` holds the digest of the evidence that an override was first applied to. It is kept, so that
    an override is still told to be out of date once its learner can be decided on again.
    """
    for row in overrides:
        if row.learner in left_out:
            yield Waiting(
                row.learner,
                row.rubric,
                row.subcompetency,
                row.decision,
                row.reason,
                row.by,
                row.at,
                before.get(row),
            )
