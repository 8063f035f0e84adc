"""The one YAML reader: a single pass over libyaml's events into nodes with spans.

YAML's ways of meaning more than is written are refused: aliases, merge keys, tags, further
documents; depth and size are bounded. So nothing here can explode, and a rubric says to every tool
what it says to its reader.
"""

import re

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from microcred_cli.model.finding import Finding
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.scalars import is_ambiguous_scalar

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # pragma: no cover - PyYAML built without libyaml: the same events, slower
    from yaml import Loader as _Parser  # type: ignore[assignment]

MAXIMUM_BYTES = 1_000_000
MAXIMUM_DEPTH = 40
MAXIMUM_NODES = 50_000
_MAXIMUM_FINDINGS = 100

# What was read stays meaningful beside these, so the structure is checked too.
_HARMLESS = frozenset({"ambiguous-scalar", "bidi-character", "duplicate-key"})

# With U+0085, U+2028 and U+2029, at which YAML 1.1, and so libyaml, begins a new line, but no editor does:
# what looks like a comment could be a key.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_PROPERTY_END = re.compile(r"[\s,\[\]{}]|(?<=>)")
_CUE = re.compile(r"[^\r\n]*")


def read_yaml(data: bytes) -> Document:
    """Return the document that the bytes hold, with findings for all that was refused.

    The root is None when a finding makes the rest meaningless.
    """
    if len(data) > MAXIMUM_BYTES:
        message = f"the file has {len(data):,} bytes; at most {MAXIMUM_BYTES:,} are read"
        return Document("", None, (Finding("too-large", message, Span(0, 0)),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = data.decode("utf-8-sig", errors="replace")
        # The error counts bytes after a byte order mark that the codec took off.
        readable = data.removeprefix(b"\xef\xbb\xbf")[: error.start].decode("utf-8", errors="replace")
        where = Span(len(readable), min(len(readable) + 1, len(text)))
        return Document(
            text,
            None,
            (
                Finding(
                    "not-utf8",
                    "the file is not UTF-8",
                    where,
                    "save it as UTF-8 in your editor",
                ),
            ),
        )
    return read_yaml_text(text)


def read_yaml_text(text: str) -> Document:
    """Return the document that the text holds, as read_yaml does."""
    return _Reading(text).read()


class _Stop(Exception):  # noqa: N818 - a way out of the reading, not an error
    """Reading cannot go on."""


class _Reading:
    """One pass over one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.findings: list[Finding] = []
        self.nodes = 0
        self.root: Node | None = None
        self.stack: list[_Open] = []

    def read(self) -> Document:
        root: Node | None = None
        try:
            self._check_characters()
            root = self._compose()
        except _Stop:
            root = None
        except yaml.YAMLError as error:
            root = None
            self._report_syntax(error)
        except (ValueError, OverflowError) as error:  # libyaml's own limits, such as escapes above U+10FFFF
            root = None
            self.report("not-yaml", f"this is not YAML: {error}", Span(0, 0))
        if any(finding.rule not in _HARMLESS for finding in self.findings):
            root = None
        return Document(self.text, root, tuple(self.findings))

    def report(self, rule: str, message: str, span: Span, advice: str | None = None) -> None:
        size = len(self.text)
        span = Span(min(span.start, size), min(max(span.start, span.end), size))
        self.findings.append(Finding(rule, message, span, advice))
        if len(self.findings) >= _MAXIMUM_FINDINGS:
            raise _Stop

    def _check_characters(self) -> None:
        for match in _BIDI.finditer(self.text):
            self.report(
                "bidi-character",
                f"U+{ord(match[0]):04X} changes the direction of the text around it unseen",
                Span(*match.span()),
                "delete it",
            )
        controls = list(_CONTROL.finditer(self.text))
        for match in controls:
            self.report(
                "control-character",
                f"the control character U+{ord(match[0]):04X} does not belong in a text",
                Span(*match.span()),
                "delete it",
            )
        if controls:
            raise _Stop

    def _report_syntax(self, error: yaml.YAMLError) -> None:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        start = mark.index if mark is not None else len(self.text)
        cue = _CUE.match(self.text, min(start, len(self.text)))
        end = start + 1 if cue is None else max(cue.end(), start + 1)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        context = getattr(error, "context", None)
        message = f"this is not YAML: {problem}" + (f" ({context})" if context else "")
        tab = start < len(self.text) and self.text[start] == "\t"
        advice = "check indentation, colons and quotes near here"
        if tab:
            advice = "indent with spaces, not tabs"
        elif problem.startswith("mapping values"):
            advice = "a text with a colon and a space in it has to stand in quotes"
        self.report("not-yaml", message, Span(start, end), advice)

    def _compose(self) -> Node | None:
        """Build the nodes with a stack of our own, so that depth is ours to bound."""
        parser = _Parser(self.text)
        try:
            while (event := parser.get_event()) is not None:
                if isinstance(event, (ScalarEvent, AliasEvent)):
                    self._place(self._read_leaf(event))
                elif isinstance(event, (SequenceEndEvent, MappingEndEvent)):
                    self._place(self.stack.pop().close(_span(event).end, self))
                elif isinstance(event, (SequenceStartEvent, MappingStartEvent)):
                    self._open(event)
                elif isinstance(event, DocumentStartEvent):
                    self._begin_document(event)
        finally:
            parser.dispose()
        return self.root

    def _place(self, node: Node) -> None:
        """Put a finished node where it belongs."""
        self.nodes += 1
        if self.nodes > MAXIMUM_NODES:
            self.report("too-large", f"more than {MAXIMUM_NODES:,} values", node.span)
            raise _Stop
        if self.stack:
            self.stack[-1].children.append(node)
        else:
            self.root = node

    def _open(self, event: SequenceStartEvent | MappingStartEvent) -> None:
        self._check_properties(event)
        span = _span(event)
        self.stack.append(_Open(span.start, is_mapping=isinstance(event, MappingStartEvent)))
        if len(self.stack) > MAXIMUM_DEPTH:
            self.report("too-deep", f"nested more than {MAXIMUM_DEPTH} levels deep", span)
            raise _Stop

    def _begin_document(self, event: DocumentStartEvent) -> None:
        if self.root is not None:
            message = "a second document starts here; only one is read"
            self.report("several-documents", message, _span(event), "put each rubric into a file of its own")
            raise _Stop

    def _read_leaf(self, event: ScalarEvent | AliasEvent) -> Scalar:
        span = _span(event)
        if isinstance(event, AliasEvent):
            self.report(
                "alias",
                f"`*{shorten(event.anchor or '')}` repeats another part of the file unseen",
                span,
                "write the value out",
            )
            return Scalar("", span, plain=True)
        self._check_properties(event)
        plain = not event.style
        if event.style in {"|", ">"}:
            # A block scalar's end mark stands behind the blank lines that follow it.
            end = span.end
            while self.text[end - 1] in "\r\n \t":
                end -= 1
            span = Span(span.start, end)
        # A key is text to every reader of ours; one that is none of the known keys is found by the schema.
        if plain and is_ambiguous_scalar(event.value) and not (self.stack and self.stack[-1].awaits_key):
            self.report(
                "ambiguous-scalar",
                f"`{shorten(event.value)}` means one thing in YAML 1.1 and another in YAML 1.2",
                span,
                f'write "{shorten(event.value)}" in quotes if it is text',
            )
        if not plain and (match := _CONTROL.search(event.value)) is not None:
            self.report(
                "control-character",
                f"the escape for U+{ord(match[0]):04X} puts a control character into the text",
                span,
                "delete it",
            )
        return Scalar(event.value, span, plain=plain)

    def _check_properties(self, event: ScalarEvent | SequenceStartEvent | MappingStartEvent) -> None:
        if event.tag is not None:
            message = f"the tag `{shorten(event.tag)}` is not read"
            self.report("tag", message, self._find_property(event, "!"), "delete the tag")
        if event.anchor is not None:
            self.report(
                "alias",
                f"the anchor `&{shorten(event.anchor)}` is not read",
                self._find_property(event, "&"),
                "delete the anchor and write the value out where it is used",
            )

    def _find_property(self, event: Event, sign: str) -> Span:
        """Return where a tag or anchor stands: tag and anchor come in either order before the value."""
        span = _span(event)
        start = self.text.index(sign, span.start)
        end = _PROPERTY_END.search(self.text, start)
        return Span(start, len(self.text) if end is None else end.start())


class _Open:
    """A list or mapping whose end has not been read."""

    __slots__ = ("children", "is_mapping", "start")

    def __init__(self, start: int, *, is_mapping: bool) -> None:
        self.start = start
        self.is_mapping = is_mapping
        self.children: list[Node] = []

    @property
    def awaits_key(self) -> bool:
        """Whether the next child is the key of a mapping."""
        return self.is_mapping and len(self.children) % 2 == 0

    def close(self, end: int, reading: _Reading) -> Sequence | Mapping:
        if self.children:
            # libyaml ends a block where the next token starts; people see its last line.
            end = max(self.children[-1].span.end, self.start) if self._is_block(end, reading) else end
        span = Span(self.start, max(end, self.start))
        if not self.is_mapping:
            return Sequence(self.children, span)
        return Mapping(self._pair(reading), span)

    def _is_block(self, end: int, reading: _Reading) -> bool:
        return not (end > self.start and reading.text[self.start] in "[{" and reading.text[end - 1] in "]}")

    def _pair(self, reading: _Reading) -> list[tuple[Scalar, Node]]:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Scalar] = {}
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                reading.report("key-not-text", "a list or mapping cannot be a key", key.span)
                continue
            if key.plain and key.text == "<<":
                reading.report(
                    "merge-key",
                    "`<<` mixes another mapping into this one unseen",
                    key.span,
                    "write the keys out",
                )
                continue
            if key.text in seen:
                reading.report(
                    "duplicate-key",
                    f"the key `{shorten(key.text)}` stands here a second time",
                    key.span,
                    "delete one of the two",
                )
                continue
            seen[key.text] = key
            pairs.append((key, value))
        return pairs


def _span(event: Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None  # noqa: S101, PT018 - parsers mark every event
    return Span(start.index, end.index)
