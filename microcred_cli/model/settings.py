"""What a project or a command may say of how to read an export."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GradebookSettings:
    """How to read an export where it leaves a choice.

    ``learner``: the heading of the column that tells learners apart; ``decimal``: the mark (``.`` or ``,``)
    that the user told, ``usual_decimal`` the one to take where an export does not show any;
    ``only``: the folded names of the items to read (None: all), because a refused cell in a column
    that nobody uses is nobody's problem.
    """

    learner: str | None = None
    decimal: str | None = None
    usual_decimal: str | None = None
    only: frozenset[str] | None = None
