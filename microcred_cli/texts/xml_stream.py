"""A strict, bounded reading of XML that is never in memory as a whole.

Refused: a document type and so every entity of its own, other encodings than UTF-8, elements nested without
end, more elements or names than a table needs, and a single tag or comment of a megabyte. An attacker fills
memory or hours with any of these.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

MAXIMUM_DEPTH = 50
_MAXIMUM_NAMES = 20_000
_LONGEST_TAG = 1_000_000
_LONGEST_TEXT = 1_000_000
_DOCTYPE = b"<!DOCTYPE"


class RefusedXmlError(Exception):
    """The XML is not well-formed or not within bounds; the text is a clause that says which."""


@dataclass(slots=True)
class ElementMeter:
    """How many more elements are read, in all parts of a file together."""

    left: int


class LocalNames(dict[str, str]):
    """The names of elements and attributes without their prefixes."""

    def __missing__(self, name: str) -> str:
        """Work out a name that is met for the first time."""
        local = self[name] = name.rpartition(":")[2]
        return local


class PrefixedNames(LocalNames):
    """The names of elements and attributes with the prefix of the standard, whichever the file uses."""

    def __init__(self, standard: dict[str, str]) -> None:
        super().__init__()
        self._standard = standard
        self._prefixes: dict[str, str] = {}

    def declare(self, attributes: dict[str, str]) -> None:
        """Learn the prefixes that the root element declares."""
        for name, address in attributes.items():
            kind, _, prefix = name.partition(":")
            if kind == "xmlns":
                self._prefixes[prefix] = self._standard.get(address, "?")

    def __missing__(self, name: str) -> str:
        """Work out a name that is met for the first time."""
        prefix, _, local = name.rpartition(":")
        full = self[name] = f"{self._prefixes.get(prefix, '?')}:{local}"
        return full


class XmlVisitor:
    """What is told of the elements of a document in their order.

    ``path`` are the names of the open elements. Text is gathered only while ``gathered`` is a list.
    """

    def __init__(self, meter: ElementMeter, names: LocalNames | None = None) -> None:
        self.path: list[str] = []
        self.names = LocalNames() if names is None else names
        self.gathered: list[str] | None = None
        self._meter = meter
        self._last: list[str] | None = None
        self._length = 0

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element; it is the last of the path."""

    def end(self, name: str) -> None:
        """Take the end of an element; it is still the last of the path."""

    def gather_into(self, pieces: list[str]) -> None:
        """Put the text that follows at the end of the list, until ``gathered`` is None again."""
        if pieces is not self._last:
            self._last, self._length = pieces, 0
        self.gathered = pieces

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read a document to its end; raises RefusedXmlError."""
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.take_text
        fed, tail = 0, b""
        try:
            for chunk in chunks:
                # Looked for before the parser sees it, which would open the entities. In a cell it reads
                # &lt;!DOCTYPE.
                tail += chunk
                if _DOCTYPE in tail:
                    raise RefusedXmlError("the file is not as spreadsheet programs write it: a document type")
                tail = tail[-len(_DOCTYPE) :]
                parser.Parse(chunk, False)  # noqa: FBT003 - positional in the C interface
                fed += len(chunk)
                if fed - parser.CurrentByteIndex > _LONGEST_TAG or len(parser.intern) > _MAXIMUM_NAMES:
                    raise RefusedXmlError(
                        "the file is not as spreadsheet programs write it: a tag too long, or too many names"
                    )
            parser.Parse(b"", True)  # noqa: FBT003 - as above
        except expat.ExpatError as error:
            raise RefusedXmlError("the file is damaged: its XML is not well-formed") from error

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        path = self.path
        if not path and isinstance(self.names, PrefixedNames):
            self.names.declare(attributes)
        local = self.names[name]
        path.append(local)
        self._meter.left -= 1
        if self._meter.left < 0 or len(path) > MAXIMUM_DEPTH:
            raise RefusedXmlError("more than a gradebook holds: too many elements, or nested too deep")
        self.begin(local, attributes)

    def _end(self, _: str) -> None:
        self.end(self.path[-1])
        self.path.pop()

    def take_text(self, text: str) -> None:
        """Gather text, of the document or what an element stands for."""
        if self.gathered is not None:
            self.gathered.append(text)
            self._length += len(text)
            if self._length > _LONGEST_TEXT:
                raise RefusedXmlError("a cell is too long")
