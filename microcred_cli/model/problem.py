"""What is wrong with a table somebody handed in, as a value."""

from dataclasses import dataclass

from microcred_cli.model.place import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """One refused thing: where, what, and what to do next.

    ``item`` names the evidence item a refused cell belongs to, so that columns nobody uses can be
    passed over. The message never holds a learner's name.
    """

    message: str
    place: Place
    help: str | None = None
    item: str | None = None
