"""The text of a piece of HTML, as learning platforms put it into the cells of their exports."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "head", "template"})
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
# A comment, up to where another begins; declarations and instructions; a tag; and what is none of these. The
# parser of Python 3.11 fails on some declarations, and takes the square of the length for what is not closed.
_MARKUP = re.compile(
    r"(?P<unseen><!--(?:[^<-]|<(?!!--)|-(?!->))*+-->|<[!?][^<>]*+>)|(?P<tag></?[a-zA-Z][^<>]*+>)|<"
)
# What no editor shows as it is; a rubric may not hold it.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def read_text(cell: str) -> str:
    """Return what a person reads in the cell: without tags, hidden characters and needless space.

    Paragraphs and items of lists stand on lines of their own. What only looks like a tag, such as
    ``a < b``, stays.
    """
    return clean_text(_strip_tags(cell) if _TAG.search(cell) is not None else cell)


def read_line(cell: str) -> str:
    """Return what a person reads in the cell, on one line."""
    return " ".join(read_text(cell).split())


def clean_text(cell: str) -> str:
    """Return the text without hidden characters and needless space; what looks like HTML stays."""
    lines = (" ".join(line.split()) for line in _HIDDEN.sub("", cell).splitlines())
    return "\n".join(line for line in lines if line)


def clean_line(cell: str) -> str:
    """Return the text on one line without hidden characters; what looks like HTML stays."""
    return " ".join(clean_text(cell).split())


def _strip_tags(cell: str) -> str:
    parser = _TextParser()
    parser.feed(_MARKUP.sub(_settle, cell))
    parser.close()
    return "".join(parser.parts)


def _settle(match: re.Match[str]) -> str:
    return match["tag"] or ("" if match["unseen"] else "&lt;")


class _TextParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(self._unseen - 1, 0)
        elif tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            # A line break of HTML's source is a space to its reader.
            self.parts.append(" ".join(data.splitlines()))
