"""What a rule looks at."""

from collections.abc import Callable
from typing import NamedTuple

from microcred_cli.model.place import Span
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.nodes import Document


class Subject(NamedTuple):
    """A rubric whose structure is sound, the document it came from, and what is known of its surroundings.

    ``image_exists`` tells whether there is a file at a path relative to the rubric's, ``read_image`` what is
    in it (None where it cannot be read); without the latter, what is in pictures is not looked at.
    """

    document: Document
    rubric: Rubric
    image_exists: Callable[[str], bool]
    read_image: Callable[[str], bytes | None] | None = None

    def value(self, *route: str | int) -> Span:
        """Return where the value at that route stands."""
        return self.document.span(route)

    def key(self, *route: str | int) -> Span:
        """Return where the key that ends the route stands."""
        return self.document.span(route, key=True)

    def has(self, *route: str | int) -> bool:
        """Return whether the key that ends the route was written, and not left out."""
        return self.key(*route) != self.key(*route[:-1])
