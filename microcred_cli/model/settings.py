"""What a project or a command may say of how to read an export."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GradebookSettings:
    """How to read an export where it leaves a choice.

    ``learner``: headings; the first of them that a file has is that of the column that tells learners apart
    (without any, the system's own); ``decimal``: the mark (``.`` or ``,``) that the user told,
    ``usual_decimal`` the one to take where an export does not show any;
    ``only``: the folded names of the items to read (None: all), because a refused cell in a column
    that nobody uses is nobody's problem.
    """

    learner: tuple[str, ...] = ()
    decimal: str | None = None
    usual_decimal: str | None = None
    only: frozenset[str] | None = None


def join_headings(headings: Iterable[str]) -> str:
    """Return headings as one text, a line each; headings are compared without regard to white space."""
    return "\n".join(" ".join(heading.split()) for heading in headings)


def split_headings(text: str) -> tuple[str, ...]:
    """Return the headings that ``join_headings`` made one text of; blank ones name nothing."""
    return tuple(heading for heading in text.split("\n") if heading.strip())
