"""Changes to a YAML text that keep its comments, its quotes and its layout."""

import re
from collections.abc import Sequence as List

from microcred_cli.model.finding import Route
from microcred_cli.model.fix import Edit
from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LINE_BREAK
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.yaml_writer import write_scalar

_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*(?:\r\n|\n|\r)\s*")
_GAP_AFTER_DASH = re.compile(r"-( +)$")
_COMMA = re.compile(r"[ \t\r\n]*,")
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*")


def replace_scalar(document: Document, route: Route, text: str) -> Edit:
    """Return the edit that makes the scalar at the route the text, in its quotes where that can be."""
    scalar = _find(document, route)[-1]
    if not isinstance(scalar, Scalar):
        message = f"there is no scalar at {route}"
        raise TypeError(message)
    written = document.text[scalar.span.start : scalar.span.end]
    header = None if scalar.plain else _BLOCK_HEADER.match(written)
    if header is not None:  # its first line may have a comment, so only the lines below it go
        return Edit(Span(scalar.span.start + header.end(), scalar.span.end), text)
    style = "" if scalar.plain else written[0]
    in_flow = any(_is_flow(node, document) for node in _find(document, route))
    return Edit(scalar.span, write_scalar(text, style, in_flow=in_flow))


def append_entries(document: Document, route: Route, key: str, texts: List[str]) -> list[Edit]:
    """Return the edits that put further mappings, ``key`` to each text, at the end of the list at the route.

    The list has entries, and they are mappings that have the key; the new ones are written as the last of
    them is: in brackets or not, as far indented, on lines of their own or not, key and value quoted or not.
    """
    path = _find(document, route)
    entries = path[-1]
    last = entries.items[-1] if isinstance(entries, Sequence) and entries.items else None
    if not isinstance(entries, Sequence) or not isinstance(last, Mapping):
        message = f"there is no list of mappings at {route}"
        raise TypeError(message)
    if any(_is_flow(node, document) for node in path):
        written = _write_entries(document, last, key, texts, in_flow=True)
        return _append_in_brackets(document, entries, last, written)
    written = _write_entries(document, last, key, texts, in_flow=False)
    return [_append_lines(document, entries, last, written)]


def _find(document: Document, route: Route) -> list[Node]:
    """Return the nodes on the way to the one at the route, which is there."""
    node = document.root
    assert node is not None  # noqa: S101 - callers have a document without faults
    path = [node]
    for step in route:
        found = node.items[step] if isinstance(node, Sequence) and isinstance(step, int) else None
        if isinstance(node, Mapping):
            found = node.get(str(step))
        assert found is not None, route  # noqa: S101 - the route was read from this document
        node = found
        path.append(node)
    return path


def _is_flow(node: Node, document: Document) -> bool:
    return not isinstance(node, Scalar) and document.text[node.span.start] in "[{"


def _write_entries(
    document: Document, model: Mapping, key: str, texts: List[str], *, in_flow: bool
) -> list[str]:
    """Return mappings of the one key, written as the model is."""
    found = next((pair for pair in model.pairs if pair[0].text == key), None)
    written_key, style = key, ""
    if found is not None:
        written_key, value = (document.text[each.span.start : each.span.end] for each in found)
        style = value[0] if value[0] in "'\"" else ""
    braces = _is_flow(model, document)
    written = [f"{written_key}: {write_scalar(text, style, in_flow=in_flow or braces)}" for text in texts]
    if not braces:
        return written
    space = " " if document.text[model.span.start + 1] == " " else ""
    return [f"{{{space}{each}{space}}}" for each in written]


def _append_lines(document: Document, entries: Sequence, last: Mapping, written: List[str]) -> Edit:
    """Return the edit that puts lines behind the line, with its comment, on which the last entry ends."""
    text = document.text
    end = last.span.end
    comment = _COMMENT.match(text, end)
    line_end = LINE_BREAK.search(text, end if comment is None else comment.end())
    at = len(text) if line_end is None else line_end.start()
    indent = " " * (entries.span.start - _find_line(text, entries.span.start))
    gap = _GAP_AFTER_DASH.search(text[_find_line(text, last.span.start) : last.span.start])
    dash = f"{indent}-{' ' if gap is None else gap[1]}"
    return Edit(Span(at, at), "".join(f"{_choose_break(text, end)}{dash}{each}" for each in written))


def _append_in_brackets(
    document: Document, entries: Sequence, last: Mapping, written: List[str]
) -> list[Edit]:
    """Return the edits that put entries behind the last one, its comma and the comment on its line."""
    text = document.text
    end = last.span.end
    comma = _COMMA.match(text, end)
    at = end if comma is None else comma.end()
    comment = _COMMENT.match(text, at)
    line = _find_line(text, last.span.start)
    before = text[line : last.span.start]
    separator = " "
    if line > entries.span.start and not before.strip():
        separator = f"{_choose_break(text, end)}{before}"
    elif comment is not None:  # only another line can go on behind it
        separator = f"{_choose_break(text, end)}{' ' * len(before)}"
    added = separator + f",{separator}".join(written)
    if comment is not None:
        at = comment.end()
    if comma is not None:
        return [Edit(Span(at, at), f"{added},")]
    if comment is None:
        return [Edit(Span(end, end), f",{added}")]
    return [Edit(Span(end, end), ","), Edit(Span(at, at), added)]


def _find_line(text: str, offset: int) -> int:
    """Return where the line starts that holds the offset."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _choose_break(text: str, offset: int) -> str:
    """Return the line break at the end of this line, else that of the first line, else a line feed."""
    found = LINE_BREAK.search(text, offset) or LINE_BREAK.search(text)
    return "\n" if found is None else found[0]
