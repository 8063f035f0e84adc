"""What auditing an assessment yields: one result a check, and each thing that does not follow."""

from dataclasses import dataclass
from enum import StrEnum

from microcred_cli.model.comparison import Reason
from microcred_cli.model.verification import Outcome


class AuditCheck(StrEnum):
    """What is looked at, in this order."""

    TABLES = "tables"
    INPUTS = "inputs"
    DECISIONS = "decisions"
    AWARDS = "awards"
    EVIDENCE = "evidence"
    BADGES = "badges"


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it should be, or that could not be checked: what, in words, and why.

    ``file`` is the table or input it is about; the others say whose it is, as far as it is anybody's.
    """

    file: str
    message: str
    learner: str | None = None
    rubric: str | None = None
    subcompetency: str | None = None
    badge: str | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditResult:
    """A check, how it ended, in words what was found, and each thing by itself."""

    check: AuditCheck
    outcome: Outcome
    message: str
    discrepancies: tuple[Discrepancy, ...] = ()
