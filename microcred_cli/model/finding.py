"""What is wrong with a rubric or project file, as a value."""

from enum import StrEnum
from typing import NamedTuple

from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Span

Route = tuple[str | int, ...]
"""A path through a document: mapping keys and list positions."""


class Severity(StrEnum):
    """How much a finding weighs; errors stop assessing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Finding(NamedTuple):
    """One thing a rule found: the rule's slug, what is wrong, where, what to do, and what would mend it."""

    rule: str
    message: str
    span: Span
    help: str | None = None
    fix: Fix | None = None
