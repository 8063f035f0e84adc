"""What linting yields: findings with all there is to know of them, file by file."""

import re
from typing import TYPE_CHECKING, NamedTuple

from microcred_cli.model.finding import Severity
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Position, Span
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.nodes import Document

if TYPE_CHECKING:  # most runs have no project file
    from microcred_cli.model.project import Project


SIGN = re.compile(r"#[ \t]*(?:microcred:|(?i:microcred)[ \t:._-]*(?i:ignore(?:[-_]file)?)\b)[^\r\n]*")
"""A comment that is for the linter, or that must be meant for it. It may be the inside of a text."""

MAXIMUM_FINDINGS = 100
"""Who has that many findings of one rule needs no more of them."""


class LintFinding(NamedTuple):
    """A finding as it is shown. ``end`` is the position behind its last character.

    ``suppressed`` holds the reason a comment gives for suppressing it (empty when it gives none), and
    is None when the finding counts.
    """

    file: str
    code: str
    slug: str
    severity: Severity
    message: str
    help: str | None
    span: Span
    start: Position
    end: Position
    suppressed: str | None = None
    fix: Fix | None = None

    @property
    def counts(self) -> bool:
        """Whether it is not suppressed."""
        return self.suppressed is None


class LintedFile(NamedTuple):
    """A file, what it holds, and the findings in the order in which they stand there.

    ``rubric`` and ``project`` are None while an error that counts is among the findings. ``complete``: the
    structure has no fault, so that every rule could look at the file.
    """

    name: str
    document: Document
    rubric: Rubric | None
    project: "Project | None"
    findings: tuple[LintFinding, ...]
    complete: bool = True
