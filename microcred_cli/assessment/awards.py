"""Decisions to awards, by the rule of each rubric."""

from collections.abc import Iterator, Mapping, Sequence

from microcred_cli.assessment.matching import Locate
from microcred_cli.model.award import Award, Held, Standing, decide_award, list_leaves, name_missing
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.problem import Problem
from microcred_cli.model.results import AwardRow, DecisionRow, SourceDecision
from microcred_cli.model.rubric import Rubric

HeldBadges = Mapping[str, frozenset[str]]
"""By learner's key, the ids of the rubrics whose badges the learner holds."""


def check_held(rubrics: Sequence[Rubric], held: HeldBadges | None, locate: Locate) -> Iterator[Problem]:
    """Yield a problem for each award that asks for a badge of which nothing tells who holds it.

    And for rubrics that ask for each other's badge. ``held`` None: nothing is known of badges held.
    """
    known = {rubric.id for rubric in rubrics}
    for number, rubric in enumerate(rubrics):
        absent = [name for name in _list_held(rubric) if name not in known]
        if absent and held is None:
            message = f"the award asks for the badge of {absent[0]}, and nothing tells who holds it"
            advice = "give --held awards.csv, assess that rubric as well, or use the project it is issued by"
            yield Problem(message, locate(number, ("award",)), advice)
    ordered = {rubric.id for rubric in order_rubrics(rubrics)}
    for number, rubric in enumerate(rubrics):
        if rubric.id not in ordered:
            message = f"the award of {rubric.id} asks, directly or through others, for its own badge"
            yield Problem(message, locate(number, ("award",)), "take one of the `held` rules out")


def order_rubrics(rubrics: Sequence[Rubric]) -> tuple[Rubric, ...]:
    """Return the rubrics, each after those whose badge it asks for; without those that go in a circle."""
    waiting = {rubric.id: rubric for rubric in rubrics}
    ordered: list[Rubric] = []
    while ready := [
        rubric for rubric in waiting.values() if not any(name in waiting for name in _list_held(rubric))
    ]:
        ordered += ready
        for rubric in ready:
            del waiting[rubric.id]
    return tuple(ordered)


def _list_held(rubric: Rubric) -> list[str]:
    return [leaf.rubric for leaf in list_leaves(rubric.award) if isinstance(leaf, Held)]


def build_awards(
    decisions: Sequence[DecisionRow],
    by_source: Sequence[SourceDecision],
    rubrics: Sequence[Rubric],
    learners: Sequence[Learner],
    held: HeldBadges,
) -> tuple[AwardRow, ...]:
    """Return the award of every learner and rubric, in their order, by the rubric's rule."""
    decided: dict[tuple[str, str], dict[str, Decision]] = {}
    for row in decisions:
        decided.setdefault((row.learner, row.rubric), {})[row.subcompetency] = row.decision
    of_source: dict[tuple[str, str], dict[tuple[str, str], Decision]] = {}
    for each in by_source:
        of_source.setdefault((each.learner, each.rubric), {})[each.subcompetency, each.source] = each.decision
    ordered = order_rubrics(rubrics)
    awards: dict[tuple[str, str], AwardRow] = {}
    for learner in learners:
        badges = {rubric.id: Award.NOT_YET for rubric in rubrics}
        for rubric in ordered:
            goal = learner.key, rubric.id
            standing = Standing(
                decided[goal],
                of_source.get(goal, {}),
                badges | dict.fromkeys(held.get(learner.key, ()), Award.EARNED),
            )
            badges[rubric.id] = decide_award(rubric.award, standing)
            awards[goal] = _describe_award(learner.key, rubric, standing, badges[rubric.id])
    return tuple(awards[learner.key, rubric.id] for learner in learners for rubric in rubrics)


def _describe_award(learner: str, rubric: Rubric, standing: Standing, award: Award) -> AwardRow:
    missing = dict.fromkeys(map(str, name_missing(rubric.award, standing)))
    order = [*standing.decisions, *missing]
    return AwardRow(
        learner,
        rubric.id,
        rubric.version,
        award,
        tuple(name for name, decision in standing.decisions.items() if decision is Decision.SHOWN),
        tuple(sorted(missing, key=order.index)),
    )
