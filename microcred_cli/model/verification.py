"""What verifying a badge yields: one result a check, never a single yes or no."""

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """What is looked at, in this order."""

    STRUCTURE = "structure"
    TERMS = "terms"
    PROOF = "proof"
    ISSUER = "issuer"
    DATES = "dates"
    STATUS = "status"


class Outcome(StrEnum):
    """How a check ended. ``unchecked``: it could not be done, so nobody knows."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A check, how it ended, and in words what was found."""

    check: Check
    outcome: Outcome
    message: str
