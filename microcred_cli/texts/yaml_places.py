"""Where a place in a YAML text lies: the nodes around it, and how they are written."""

import re
from bisect import bisect_right
from functools import lru_cache

from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LINE_BREAK
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence

# A block scalar, and one that keeps the blank lines behind it.
_BLOCK = re.compile(r"[|>][1-9+-]{0,2}[ \t]*(?:[ \t]#[^\r\n]*)?(?=[\r\n])")
_KEEPS_LINES = re.compile(r"[|>][1-9]?\+")
_BLANK_LINE = re.compile(r"[ \t]*[\r\n]")
# A line without anything that has a meaning, up to its break or its comment.
_IDLE_LINE = re.compile(r"( *)[ \t]*(?:\r\n|[\r\n]|#|\Z)")


def find_around(document: Document, offset: int) -> list[Node]:
    """Return the nodes that hold the character, or begin there, from the root to the innermost."""
    path: list[Node] = []
    node = document.root
    while node is not None and (node.start <= offset < node.end or node.start == offset):
        path.append(node)
        node = _find_child(node, offset)
    return path


def is_flow(node: Node, text: str) -> bool:
    """Return whether a list or mapping is written in brackets or braces."""
    return not isinstance(node, Scalar) and text[node.start] in "[{"


def is_doubled(document: Document, span: Span) -> bool:
    """Return whether what stands there is a key that the document has a second time in one mapping."""
    doubles = (each.span for each in document.findings if each.rule == "duplicate-key")
    written = {document.text[each.start : each.end].strip("'\"") for each in doubles}
    return document.text[span.start : span.end].strip("'\"") in written


def find_line(text: str, offset: int) -> int:
    """Return where the line starts that holds the offset."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def find_line_before(text: str, start: int) -> int:
    """Return where the line starts that ends before the one that starts there, itself where there is none."""
    end = start - 2 if text[max(start - 2, 0) : start] == "\r\n" else start - 1
    return find_line(text, end) if end >= 0 else start


def find_line_end(text: str, offset: int) -> int:
    """Return where the line of the offset ends, before its break."""
    found = LINE_BREAK.search(text, offset)
    return len(text) if found is None else found.start()


def find_next_line(text: str, offset: int) -> int:
    """Return where the line after that of the offset starts, or where the text ends."""
    found = LINE_BREAK.search(text, offset)
    return len(text) if found is None else found.end()


def is_followed_by_deeper(text: str, start: int, indent: int) -> bool:
    """Return whether the next line that is not blank is a comment, indented by more than so many spaces.

    So is any blank line before it. A text in a block that ends before would take such lines in, if what
    stands between, as far indented as that, were gone.
    """
    while start < len(text) and (line := _IDLE_LINE.match(text, start)) is not None:
        if len(line[1]) > indent:
            return True
        if text[line.end() - 1] == "#":
            return False
        start = line.end()
    return False


def has_block(text: str) -> bool:
    """Return whether there may be a text in a block, `|` or `>`."""
    return _has(_BLOCK, text)


def keeps_blank_lines(text: str, start: int) -> bool:
    """Return whether blank lines from there on could become part of a text that keeps such lines."""
    return _BLANK_LINE.match(text, start) is not None and _has(_KEEPS_LINES, text)


@lru_cache(maxsize=2)  # the same text for many comments
def _has(what: re.Pattern[str], text: str) -> bool:
    return what.search(text) is not None


def choose_break(text: str, offset: int) -> str:
    """Return the line break at the end of this line, else that of the first line, else a line feed."""
    found = LINE_BREAK.search(text, offset) or LINE_BREAK.search(text)
    return "\n" if found is None else found[0]


def _find_child(node: Node, offset: int) -> Node | None:
    """Return the last child that does not begin behind the offset."""
    if isinstance(node, Sequence):
        place = bisect_right(node.items, offset, key=lambda each: each.start)
        return node.items[place - 1] if place else None
    if isinstance(node, Mapping):
        place = bisect_right(node.pairs, offset, key=lambda pair: pair[0].start)
        if place:
            key, value = node.pairs[place - 1]
            return value if value.start <= offset else key
    return None
