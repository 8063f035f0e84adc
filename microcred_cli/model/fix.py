"""What would mend a finding, as changes to the text it is about."""

from typing import NamedTuple

from microcred_cli.model.place import Span


class Edit(NamedTuple):
    """What is to stand in the place of a span; an empty span inserts."""

    span: Span
    replacement: str


class Fix(NamedTuple):
    """Edits that belong together, and what they do, as a command: ``write `proficient```.

    ``safe``: no decision changes, nothing a person reads changes its meaning, and nothing is lost that
    somebody may have meant. A finding that was an error has no decision yet; its fix is safe where the text
    leaves no doubt what was meant.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True
