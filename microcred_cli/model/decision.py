"""Whether a learner has shown a sub-competency."""

from enum import StrEnum


class Decision(StrEnum):
    """Whether a learner has shown a sub-competency."""

    SHOWN = "shown"
    NOT_YET = "not-yet"
    INSUFFICIENT_EVIDENCE = "insufficient-evidence"
    NOT_ASSESSED = "not-assessed"
