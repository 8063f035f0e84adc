"""Where a place in a YAML text lies: the nodes around it, and how they are written."""

from bisect import bisect_right

from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LINE_BREAK
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence


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
