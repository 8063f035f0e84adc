"""SVG images as badges use them: the credential baked into one, and what badge art may not hold.

Strict where XML is dangerous: UTF-8 only, no DOCTYPE and so no entities, no processing instructions.
"""

import base64
import re
from collections.abc import Iterator
from typing import NamedTuple, NoReturn
from xml.parsers import expat

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.safe import shorten

MAXIMUM_BYTES = 5_000_000
MAXIMUM_DEPTH = 100
SVG_NAMESPACE = "http://www.w3.org/2000/svg"
BADGE_NAMESPACE = "https://purl.imsglobal.org/ob/v3p0"
# The prefix that Open Badges 3.0 prescribes for the namespace above.
BADGE_PREFIX = "openbadges"

_OLDER_BADGE_NAMESPACE = "http://openbadges.org"
_XHTML_NAMESPACE = "http://www.w3.org/1999/xhtml"
_ROOT = f"{SVG_NAMESPACE} svg"
_CREDENTIAL = f"{BADGE_NAMESPACE} credential"

# Elements that run, load or embed something, in SVG or once a page takes the image in as HTML.
_ACTIVE_ELEMENT = re.compile(
    "script|handler|listener|foreignobject|iframe|frame|frameset|object|embed|applet|portal|audio|video|canvas"
    "|img|link|meta|base|form|input|button|template|include|textarea|xmp|noembed|noframes|noscript|plaintext"
)
# Elements whose text HTML reads as plain text, so that a comment in it is none.
_PLAIN_ELEMENTS = frozenset({"style", "title"})
# A DOCTYPE, behind all that may stand before it.
_DOCTYPE = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->)*+<!DOCTYPE", re.DOTALL)
# A prefix or an address of a namespace that is no honest one. The parser writes the address out for each
# attribute that bears the prefix: a long one and many of these would keep it busy for hours.
_LONG_NAMESPACE = re.compile(
    r"""xmlns(?::[^\s=<>"']{100}|(?::[^\s=<>"']{0,99})?\s*=\s*(?:"[^"]{1000}|'[^']{1000}))"""
)
_LINKS = frozenset({"href", "src", "srcset", "srcdoc", "base", "ping"})
_IMAGES = frozenset({"image", "feimage"})
_BLANKS = re.compile(r"[\x00-\x20]+")
_IMAGE_DATA = re.compile(r"data:image/(png|jpeg|svg\+xml);base64,([A-Za-z0-9+/]*={0,2})")
_SCRIPT_URLS = ("javascript:", "vbscript:")
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(.))", re.DOTALL)
_LAST_CHARACTER = 0x10FFFF
# What CSS loads: @import, url() of anything but a fragment, and the functions that take a URL as a string.
_CSS_LOADING = re.compile(
    r"@import|url\((?!\s*[\"']?\s*#)|(?<![\w-])(?:-webkit-)?(?:image-set|cross-fade|src)\(", re.IGNORECASE
)


class BakedCredential(NamedTuple):
    """What an SVG carries: ``text``, the JSON of a credential, or ``token``, its JWT; the other is None."""

    text: str | None
    token: str | None


def find_credential(data: bytes) -> BakedCredential | Refusal:
    """Return the one credential baked into an SVG (Open Badges 3.0, 5.3.2), not yet read any further.

    Refused: what is no strict SVG, a credential that is not directly below the root, more or fewer than
    one, one with both a body and a `verify` attribute or with neither.
    """
    visitor = _CredentialVisitor()
    refusal = visitor.visit(data)
    if refusal is not None:
        return refusal
    if visitor.text is None:
        if visitor.is_older:
            return Refusal("the SVG holds a badge of Open Badges 2.0; 3.0 is what is read")
        return Refusal(f"the SVG holds no `credential` element of {BADGE_NAMESPACE}")
    text, token = visitor.text if visitor.text.strip() else None, visitor.token or None
    if text is None and token is None:
        return Refusal("the `credential` element of the SVG is empty")
    if text is not None and token is not None:
        return Refusal("the `credential` element of the SVG has a body as well as a `verify` attribute")
    return BakedCredential(text, token)


def find_active_content(data: bytes) -> Refusal | None:
    """Return what an SVG holds that badge art may not, or why it cannot be read; None when it is plain art.

    Refused: scripts, event attributes, foreign content, links and style that lead out of the image,
    animations that set a link, comments and CDATA that HTML reads otherwise, and a badge that is baked into
    it already. Embedded images may be PNG, JPEG or SVG that keeps the same rules.
    """
    return _ArtVisitor().visit(data)


class _RefusedError(Exception):
    """Ends a visit; its text completes “the SVG has …”."""


class _Visitor:
    """What the parser meets, as far as both readings care.

    Names are `namespace local`, or `local` where there is no namespace.
    """

    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self.read
        self._parser.CommentHandler = self.comment
        self._parser.StartCdataSectionHandler = self.toggle_cdata
        self._parser.EndCdataSectionHandler = self.toggle_cdata
        self._parser.StartNamespaceDeclHandler = self.declare
        self._parser.XmlDeclHandler = self._check_declaration
        self._parser.ProcessingInstructionHandler = self._refuse_instruction
        # How many elements are open; 1 inside the root.
        self.depth = 0

    def visit(self, data: bytes) -> Refusal | None:
        """Meet all of an SVG; return why it was refused, here or as no strict SVG."""
        text = _decode(data)
        if isinstance(text, Refusal):
            return text
        try:
            self._parser.Parse(text, True)  # noqa: FBT003 - expat takes it by position
        except _RefusedError as error:
            return Refusal(f"the SVG has {error}")
        except expat.ExpatError as error:
            where = f"line {error.lineno}, column {error.offset + 1}"
            return Refusal(f"the SVG is not well-formed: {expat.ErrorString(error.code)} ({where})")
        return None

    def refuse(self, reason: str) -> NoReturn:
        """End the visit. The place is where the parser is now: it goes on, blindly, to the end."""
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        raise _RefusedError(f"{reason} (line {line}, column {column})")

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        if self.depth == 0 and name != _ROOT:
            self.refuse("a root that is no `svg` element of SVG's namespace")
        if self.depth == MAXIMUM_DEPTH:
            self.refuse(f"elements nested deeper than {MAXIMUM_DEPTH}")
        self.open(name, attributes)
        self.depth += 1

    def _end(self, name: str) -> None:
        self.depth -= 1
        self.close(name)

    def _check_declaration(self, version: str, encoding: str | None, _standalone: int) -> None:
        if version != "1.0":
            self.refuse(f"the XML version `{shorten(version)}`; 1.0 is what is read")
        if encoding is not None and encoding.casefold() != "utf-8":
            self.refuse(f"the encoding `{shorten(encoding)}`; UTF-8 is what is read")

    def _refuse_instruction(self, target: str, _data: str) -> None:
        self.refuse(f"the processing instruction `{shorten(target)}`")

    def open(self, name: str, attributes: dict[str, str]) -> None:
        """Meet a start tag."""

    def close(self, name: str) -> None:
        """Meet an end tag."""

    def read(self, text: str) -> None:
        """Meet text, CDATA included."""

    def comment(self, text: str) -> None:
        """Meet a comment."""

    def toggle_cdata(self) -> None:
        """Meet the start or the end of a CDATA section."""

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        """Meet the declaration of a namespace."""


class _CredentialVisitor(_Visitor):
    """Looks for the credential."""

    def __init__(self) -> None:
        super().__init__()
        self.text: str | None = None
        self.token: str | None = None
        self.is_older = False
        self._pieces: list[str] | None = None

    def open(self, name: str, attributes: dict[str, str]) -> None:
        if self._pieces is not None:
            self.refuse("an element inside the `credential` element")
        if name.startswith(f"{_OLDER_BADGE_NAMESPACE} "):
            self.is_older = True
        if name != _CREDENTIAL:
            return
        if self.depth != 1:
            self.refuse("a `credential` element that is not directly below the root")
        if self.text is not None:
            self.refuse("a second `credential` element")
        self._pieces = []
        self.token = attributes.get("verify")

    def close(self, name: str) -> None:
        if name == _CREDENTIAL and self._pieces is not None:
            self.text = "".join(self._pieces)
            self._pieces = None

    def read(self, text: str) -> None:
        if self._pieces is not None:
            self._pieces.append(text)

    def comment(self, text: str) -> None:
        del text
        # Some readers end the text here, some pass over the comment: they would see two credentials.
        if self._pieces is not None:
            self.refuse("a comment inside the `credential` element")


class _ArtVisitor(_Visitor):
    """Looks for what badge art may not hold, be it shown as an image or taken into a page as HTML."""

    def __init__(self) -> None:
        super().__init__()
        self._style: list[str] = []
        self._plain: list[str] = []
        self._in_cdata = False

    def open(self, name: str, attributes: dict[str, str]) -> None:
        namespace, local = _divide(name)
        if namespace in {BADGE_NAMESPACE, _OLDER_BADGE_NAMESPACE}:
            self.refuse("a badge that is baked into it already")
        if namespace == _XHTML_NAMESPACE or _ACTIVE_ELEMENT.fullmatch(local) is not None:
            self.refuse(f"a `{shorten(local)}` element, which can do more than be seen")
        if local in _PLAIN_ELEMENTS:
            self._plain.append(local)
        for fault in _find_faults(local, attributes):
            self.refuse(fault)

    def close(self, name: str) -> None:
        local = _divide(name)[1]
        if local in _PLAIN_ELEMENTS:
            self._plain.pop()
        if local == "style":
            if _loads("".join(self._style)):
                self.refuse("a style that loads something from elsewhere")
            self._style.clear()

    def read(self, text: str) -> None:
        if "style" in self._plain:
            self._style.append(text)
        if self._in_cdata and "<" in text:
            self.refuse("a `<` in a CDATA section, which a page would take for a tag")

    def comment(self, text: str) -> None:
        if self._plain or text.startswith((">", "->")):
            self.refuse("a comment which a page would not take for one")

    def toggle_cdata(self) -> None:
        self._in_cdata = not self._in_cdata

    def declare(self, prefix: str | None, namespace: str | None) -> None:
        if prefix == BADGE_PREFIX or namespace in {BADGE_NAMESPACE, _OLDER_BADGE_NAMESPACE}:
            self.refuse("a namespace for a badge already; take the art without the badge")


def _divide(name: str) -> tuple[str, str]:
    """Return namespace and local name, the latter without case: a page that takes SVG in has none."""
    namespace, _, local = name.rpartition(" ")
    return namespace, local.casefold()


def _find_faults(element: str, attributes: dict[str, str]) -> Iterator[str]:
    """Yield what is wrong with the attributes of an element."""
    for name, value in attributes.items():
        namespace, local = _divide(name)
        compact = _BLANKS.sub("", value)
        if local.startswith("on"):
            yield f"the event attribute `{shorten(local)}`"
        if local in _LINKS and not compact.startswith("#"):
            fault = _fault_link(element, compact)
            if fault is not None:
                yield fault
        if local == "attributename":
            target = compact.rpartition(":")[2].casefold()
            if target in _LINKS or target.startswith("on"):
                yield f"an animation that sets `{shorten(target)}`"
        if any(scheme in compact.casefold() for scheme in _SCRIPT_URLS):
            yield f"a script in the attribute `{shorten(local)}`"
        # Only attributes without a namespace are read as CSS.
        if not namespace and _loads(value):
            yield f"the attribute `{shorten(local)}`, which loads something from elsewhere"


def _fault_link(element: str, target: str) -> str | None:
    """Return what is wrong with a link that is no fragment of the image; None if it is an embedded image."""
    match = _IMAGE_DATA.fullmatch(target) if element in _IMAGES else None
    if match is None:
        return f"a link to `{shorten(target)}`, out of the image"
    if match[1] != "svg+xml":
        return None
    try:
        embedded = base64.b64decode(match[2], validate=True)
    except ValueError:
        return "an embedded image that is not base64"
    refusal = find_active_content(embedded)
    return None if refusal is None else f"an embedded image that is refused: {refusal.reason}"


def _loads(css: str) -> bool:
    """Whether a piece of CSS loads something, whatever way it is spelt."""
    if "(" not in css and "@" not in css and "\\" not in css:
        return False
    return _CSS_LOADING.search(_CSS_ESCAPE.sub(_resolve_escape, css)) is not None


def _resolve_escape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "" if match[2] == "\n" else match[2]
    code = int(match[1], 16)
    return chr(code) if code <= _LAST_CHARACTER else "\ufffd"


def _decode(data: bytes) -> str | Refusal:
    """Return the text of an SVG without byte order mark; refuse a DOCTYPE and overlong namespaces.

    That is not left to the parser, since it would go on to expand them after it was told to stop.
    """
    if len(data) > MAXIMUM_BYTES:
        return Refusal(f"the SVG has more than {MAXIMUM_BYTES:,} bytes")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Refusal("the SVG is not UTF-8")
    # NUL makes the parser take the rest for UTF-16, whatever encoding it was told.
    if "\0" in text or text.startswith("\ufeff"):
        return Refusal("the SVG is not plain UTF-8: it has NUL characters or a second byte order mark")
    if _LONG_NAMESPACE.search(text) is not None:
        return Refusal("the SVG declares a namespace whose prefix or address is too long")
    doctype = _DOCTYPE.match(text)
    if doctype is not None:
        position = LineIndex(text).position(doctype.end() - len("<!DOCTYPE"))
        where = f"line {position.line}, column {position.column}"
        return Refusal(
            f"the SVG has a DOCTYPE, which is not read; take it out, the image is the same ({where})"
        )
    return text
