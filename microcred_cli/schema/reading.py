"""What reading a structure yields beside its values, and what every shape can do."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Protocol

from microcred_cli.model.finding import Finding
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten

Description = dict[str, Any]
MakeFix = Callable[[Document], Fix | None]
"""Works out what would mend a finding in the document; it is asked only for findings that are noted."""


class Refused:
    """The value of what could not be read."""


REFUSED = Refused()

# A file with more findings than this has been told enough.
_MAXIMUM_FINDINGS = 100


class Reading:
    """The findings of one document, as its shapes report them; without one, they have no fixes."""

    def __init__(self, document: Document | None = None) -> None:
        self.document = document
        self.findings: list[Finding] = []

    def refuse(
        self, rule: str, message: str, span: Span, advice: str | None = None, make_fix: MakeFix | None = None
    ) -> Refused:
        """Note a finding, unless there are too many already; the value is then REFUSED."""
        if not self.is_full:
            fix = None if make_fix is None or self.document is None else make_fix(self.document)
            self.findings.append(Finding(rule, message, span, advice, fix))
        return REFUSED

    def refuse_type(
        self, expected: str, node: Node, advice: str | None = None, make_fix: MakeFix | None = None
    ) -> Refused:
        """Note that a node is of the wrong kind, or that nothing stands there."""
        if isinstance(node, Scalar) and node.value is None:
            return self.refuse("empty-value", f"{expected} is missing here", node.span, advice)
        found = describe_kind(node)
        return self.refuse("wrong-type", f"expected {expected}, found {found}", node.span, advice, make_fix)

    def replace_within(self, span: Span) -> None:
        """Forget what was found inside the span: something else explains it all."""
        self.findings = [
            each
            for each in self.findings
            if not (span.start <= each.span.start and each.span.end <= span.end)
        ]

    @property
    def is_full(self) -> bool:
        """Whether no further finding is noted."""
        return len(self.findings) >= _MAXIMUM_FINDINGS


def describe_kind(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    value = node.value
    if isinstance(value, bool):
        return f"the truth value `{node.text}`"
    if isinstance(value, Decimal):
        return f"the number `{shorten(node.text)}`"
    return f"the text `{shorten(node.text)}`" if node.text else "an empty text"


class Shape(Protocol):
    """What a value may look like."""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value the node holds, or REFUSED after noting why."""

    def describe(self) -> Description:
        """Return the JSON Schema of the shape."""
