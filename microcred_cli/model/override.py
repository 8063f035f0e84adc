"""A person's decision in place of a method's."""

from dataclasses import dataclass, field, replace
from decimal import Decimal

from microcred_cli.model.decision import Decision
from microcred_cli.model.results import BY_METHOD, DecisionRow


@dataclass(frozen=True, slots=True)
class Override:
    """A row of ``overrides.csv``: who decided what, why and when (``at`` as written), and where it stands.

    Two are the same one when they decide the same at the same time, so that who mends a word of the reason
    has not decided anew.
    """

    learner: str
    rubric: str
    subcompetency: str
    decision: Decision = field(compare=False)
    reason: str = field(compare=False)
    by: str = field(compare=False)
    at: str
    row: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Overruled:
    """An override as it was applied, and what the method says.

    ``evidence`` is a digest of the evidence as it was when the override was first applied; ``outdated``: it
    has changed since, or newer has come.
    """

    learner: str
    rubric: str
    subcompetency: str
    decision: Decision
    reason: str
    by: str
    at: str
    method_decision: Decision
    method_level: str | None
    method_score: Decimal | None
    evidence: str
    outdated: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """An override that was not applied, because nothing was decided about the learner.

    ``evidence`` as it was when the override was first applied; None: it never was.
    """

    learner: str
    rubric: str
    subcompetency: str
    decision: Decision
    reason: str
    by: str
    at: str
    evidence: str | None


def restore_method(row: DecisionRow, overruled: Overruled | None) -> DecisionRow:
    """Return the decision as the method says it, also where a person decided otherwise."""
    if overruled is None:
        return row
    return replace(
        row,
        decision=overruled.method_decision,
        level=overruled.method_level,
        score=overruled.method_score,
        decided_by=BY_METHOD,
        reason="",
    )
