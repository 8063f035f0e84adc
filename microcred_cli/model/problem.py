"""What is wrong with a table somebody handed in, as a value."""

from dataclasses import dataclass

from microcred_cli.model.place import Place


@dataclass(frozen=True, slots=True)
class Problem:
    """One refused thing: where, what, and what to do next.

    The message never holds what a cell says, because that may be a learner's data; ``content`` does,
    and is shown only to those who asked for names. ``learner`` is the key of the learner in whose own row it
    is and whom alone it concerns; None: others too, or nobody knows.
    """

    message: str
    place: Place
    help: str | None = None
    content: str | None = None
    learner: str | None = None
