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
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.scalars import SUSPICIOUS, is_ambiguous_scalar

try:
    from yaml._yaml import CParser as _Parser
except ImportError:  # pragma: no cover - PyYAML built without libyaml: the same events, slower
    from yaml import Loader as _Parser  # type: ignore[assignment]

_Tagged = ScalarEvent | SequenceStartEvent | MappingStartEvent

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
# A tag, an anchor, or a comment that holds neither; what stands in <> may have a comma in it.
_PROPERTY = re.compile(r"!<[^>\s]*>|[!&][^\s,\[\]{}]*|#[^\r\n]*")


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
                    _advise_bytes(data),
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
        self.doubles: list[Node] = []

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
        return Document(self.text, root, tuple(self.findings), tuple(self.doubles))

    def report(
        self, rule: str, message: str, span: Span, advice: str | None = None, fix: Fix | None = None
    ) -> None:
        size = len(self.text)
        span = Span(min(span.start, size), min(max(span.start, span.end), size))
        self.findings.append(Finding(rule, message, span, advice, fix))
        if len(self.findings) >= _MAXIMUM_FINDINGS:
            raise _Stop

    def _check_characters(self) -> None:
        for match in () if self.text.isascii() else _BIDI.finditer(self.text):
            message = f"U+{ord(match[0]):04X} changes the direction of the text around it unseen"
            span = Span(*match.span())
            self.report("bidi-character", message, span, "delete it", _delete_character(span))
        controls = list(_CONTROL.finditer(self.text))
        for match in controls:
            message = f"the control character U+{ord(match[0]):04X} does not belong in a text"
            span = Span(*match.span())
            self.report(
                "control-character", message, span, "delete it", _delete_character(span, len(controls))
            )
        if controls:
            raise _Stop

    def _report_syntax(self, error: yaml.YAMLError) -> None:
        from microcred_cli.texts.yaml_syntax import explain  # noqa: PLC0415 - hardly any file needs it

        opening = getattr(error, "context_mark", None)
        mark = getattr(error, "problem_mark", None) or opening
        start = mark.index if mark is not None else len(self.text)
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        context = getattr(error, "context", None)
        rule, message, span, advice = explain(
            self.text, problem, context, start, start if opening is None else opening.index
        )
        self.report(rule, message, span, advice)

    def _compose(self) -> Node | None:
        """Build the nodes with a stack of our own, so that depth is ours to bound."""
        parser = _Parser(self.text)
        try:
            while (event := parser.get_event()) is not None:
                if isinstance(event, ScalarEvent):
                    # Nearly every node is one that stands in another: no call is made to place it.
                    node = self._read_scalar(event)
                    if self.stack and self.nodes < MAXIMUM_NODES:
                        self.nodes += 1
                        self.stack[-1].children.append(node)
                    else:
                        self._place(node)
                elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
                    end: int = event.end_mark.index  # type: ignore[union-attr]
                    self._place(self.stack.pop().close(end, self))
                elif isinstance(event, MappingStartEvent):
                    self._open(event, is_mapping=True)
                elif isinstance(event, SequenceStartEvent):
                    self._open(event, is_mapping=False)
                elif isinstance(event, AliasEvent):
                    self._place(self._refuse_alias(event))
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

    def _open(self, event: SequenceStartEvent | MappingStartEvent, *, is_mapping: bool) -> None:
        if event.tag is not None or event.anchor is not None:
            self._check_properties(event)
        start: int = event.start_mark.index  # type: ignore[union-attr]
        self.stack.append(_Open(start, is_mapping=is_mapping))
        if len(self.stack) > MAXIMUM_DEPTH:
            self.report("too-deep", f"nested more than {MAXIMUM_DEPTH} levels deep", _span(event))
            raise _Stop

    def _begin_document(self, event: DocumentStartEvent) -> None:
        if self.root is not None:
            message = "a second document starts here; only one is read"
            self.report("several-documents", message, _span(event), "put each rubric into a file of its own")
            raise _Stop

    def _refuse_alias(self, event: AliasEvent) -> Scalar:
        span = _span(event)
        self.report(
            "alias",
            f"`*{shorten(event.anchor or '')}` repeats another part of the file unseen",
            span,
            "write the value out",
        )
        return Scalar("", span.start, span.end, plain=True)

    def _read_scalar(self, event: ScalarEvent) -> Scalar:
        text, style = event.value, event.style
        # No span is made of the marks, which parsers give to every event.
        start: int = event.start_mark.index  # type: ignore[union-attr]
        end: int = event.end_mark.index  # type: ignore[union-attr]
        if event.tag is not None or event.anchor is not None:
            self._check_properties(event)
        if not style:
            # A key is text to every reader of ours; the schema finds one that is none of the known keys.
            if (
                text[:1] in SUSPICIOUS
                and is_ambiguous_scalar(text)
                and not (self.stack and self.stack[-1].awaits_key)
            ):
                self._report_ambiguous(text, Span(start, end))
            return Scalar(text, start, end, plain=True)
        if style in "|>":
            # A block scalar's end mark stands behind the blank lines that follow it.
            while self.text[end - 1] in "\r\n \t":
                end -= 1
        if (match := _CONTROL.search(text)) is not None:
            self.report(
                "control-character",
                f"the escape for U+{ord(match[0]):04X} puts a control character into the text",
                Span(start, end),
                "delete it",
            )
        return Scalar(text, start, end, plain=False)

    def _report_ambiguous(self, text: str, span: Span) -> None:
        from microcred_cli.texts.yaml_mending import quote_text  # noqa: PLC0415 - as above

        self.report(
            "ambiguous-scalar",
            f"`{shorten(text)}` means one thing in YAML 1.1 and another in YAML 1.2",
            span,
            f'write "{shorten(text)}" in quotes if it is text',
            quote_text(text, span),
        )

    def _check_properties(self, event: _Tagged) -> None:
        if event.tag is not None:
            message = f"the tag `{shorten(event.tag)}` is not read"
            tag = self._find_property(event, "!")
            self.report("tag", message, tag, "delete the tag", self._mend_tag(event, tag))
        if event.anchor is not None:
            self.report(
                "alias",
                f"the anchor `&{shorten(event.anchor)}` is not read",
                self._find_property(event, "&"),
                "delete the anchor and write the value out where it is used",
            )

    def _mend_tag(self, event: _Tagged, tag: Span) -> Fix | None:
        from microcred_cli.texts.yaml_mending import mend_tag  # noqa: PLC0415 - as above

        span = _span(event)
        scalar = None
        if isinstance(event, ScalarEvent):
            scalar = Scalar(event.value, span.start, span.end, plain=not event.style)
        return None if event.anchor else mend_tag(self.text, event.tag or "", tag, span.end, scalar)

    def _find_property(self, event: Event, sign: str) -> Span:
        """Return where a tag or anchor stands: tag and anchor come in either order before the value."""
        span = _span(event)
        properties = _PROPERTY.finditer(self.text, span.start)
        return next((Span(*each.span()) for each in properties if each[0][0] == sign), span)


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
        start, children, text = self.start, self.children, reading.text
        is_flow = end > start and text[start] in "[{" and text[end - 1] in "]}"
        if children and not is_flow:
            # libyaml ends a block where the next token starts; people see its last line.
            end = children[-1].end
        end = max(end, start)
        return Mapping(self._pair(reading), start, end) if self.is_mapping else Sequence(children, start, end)

    def _report_double(self, key: Scalar, first: Node, reading: _Reading) -> None:
        from microcred_cli.texts.yaml_mending import delete_double  # noqa: PLC0415 - as above

        place = self.children.index(key)
        near = self.children[place - 2 : place + 4]
        reading.doubles += self.children[place : place + 2]
        fix = delete_double(reading.text, self.start, near, first)
        message = f"the key `{shorten(key.text)}` stands here a second time"
        reading.report("duplicate-key", message, key.span, "delete one of the two", fix)

    def _pair(self, reading: _Reading) -> list[tuple[Scalar, Node]]:
        pairs: list[tuple[Scalar, Node]] = []
        seen: dict[str, Node] = {}
        for key, value in zip(self.children[::2], self.children[1::2], strict=True):
            if not isinstance(key, Scalar):
                reading.report("key-not-text", "a list or mapping cannot be a key", key.span)
                continue
            text = key.text
            if text == "<<" and key.plain:
                reading.report(
                    "merge-key",
                    "`<<` mixes another mapping into this one unseen",
                    key.span,
                    "write the keys out",
                )
                continue
            if text in seen:
                self._report_double(key, seen[text], reading)
                continue
            seen[text] = value
            pairs.append((key, value))
        return pairs


def _span(event: Event) -> Span:
    start, end = event.start_mark, event.end_mark
    assert start is not None and end is not None  # noqa: S101, PT018 - parsers mark every event
    return Span(start.index, end.index)


def _advise_bytes(data: bytes) -> str:
    if not data.startswith(b"PK\x03\x04"):
        return "save it as UTF-8 in your editor"
    from microcred_cli.texts.yaml_syntax import TABLE_ADVICE  # noqa: PLC0415 - hardly any file needs it

    return TABLE_ADVICE


def _delete_character(span: Span, number: int = 1) -> Fix | None:
    from microcred_cli.texts.yaml_mending import delete_character  # noqa: PLC0415 - hardly ever needed

    return delete_character(span, number)
