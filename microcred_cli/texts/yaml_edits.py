"""Changes to a YAML text that keep its comments, its quotes and its layout."""

import re
from collections.abc import Sequence as List

from microcred_cli.model.finding import Route
from microcred_cli.model.fix import Edit
from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LINE_BREAK
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.yaml_places import choose_break, find_around, find_line, is_flow
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
    return replace_text(document, scalar.span, text)


def replace_text(document: Document, span: Span, text: str) -> Edit:
    """Return the edit that makes the scalar that stands there, a key or a value, the text, as above."""
    written = document.text[span.start : span.end]
    header = _BLOCK_HEADER.match(written)
    if header is not None:  # its first line may have a comment, so only the lines below it go
        return Edit(Span(span.start + header.end(), span.end), text)
    style = written[:1] if written[:1] in {"'", '"'} else ""
    in_flow = any(is_flow(node, document.text) for node in find_around(document, span.start))
    return Edit(span, write_scalar(text, style, in_flow=in_flow))


def insert_first_pair(document: Document, key: str, text: str) -> Edit | None:
    """Return the edit that puts a pair before the first of the document; None where that cannot be."""
    root = document.root
    if not isinstance(root, Mapping) or not root.pairs:
        return None
    written = f"{key}: {write_scalar(text)}"
    if is_flow(root, document.text):
        at = root.start + 1
        return Edit(Span(at, at), f"{written}, ")
    at, line = root.start, find_line(document.text, root.start)
    indent = document.text[line:at]
    if indent.strip(" ") or root.pairs[0][0].start != at:
        return None
    return Edit(Span(at, at), f"{written}{choose_break(document.text, at)}{indent}")


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
    if any(is_flow(node, document.text) for node in path):
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


def _write_entries(
    document: Document, model: Mapping, key: str, texts: List[str], *, in_flow: bool
) -> list[str]:
    """Return mappings of the one key, written as the model is."""
    found = next((pair for pair in model.pairs if pair[0].text == key), None)
    written_key, style = key, ""
    if found is not None:
        written_key, value = (document.text[each.span.start : each.span.end] for each in found)
        style = value[0] if value[0] in "'\"" else ""
    braces = is_flow(model, document.text)
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
    indent = " " * (entries.span.start - find_line(text, entries.span.start))
    gap = _GAP_AFTER_DASH.search(text[find_line(text, last.span.start) : last.span.start])
    dash = f"{indent}-{' ' if gap is None else gap[1]}"
    return Edit(Span(at, at), "".join(f"{choose_break(text, end)}{dash}{each}" for each in written))


def _append_in_brackets(
    document: Document, entries: Sequence, last: Mapping, written: List[str]
) -> list[Edit]:
    """Return the edits that put entries behind the last one, its comma and the comment on its line."""
    text = document.text
    end = last.span.end
    comma = _COMMA.match(text, end)
    at = end if comma is None else comma.end()
    comment = _COMMENT.match(text, at)
    line = find_line(text, last.span.start)
    before = text[line : last.span.start]
    separator = " "
    if line > entries.span.start and not before.strip():
        separator = f"{choose_break(text, end)}{before}"
    elif comment is not None:  # only another line can go on behind it
        separator = f"{choose_break(text, end)}{' ' * len(before)}"
    added = separator + f",{separator}".join(written)
    if comment is not None:
        at = comment.end()
    if comma is not None:
        return [Edit(Span(at, at), f"{added},")]
    if comment is None:
        return [Edit(Span(end, end), f",{added}")]
    return [Edit(Span(end, end), ","), Edit(Span(at, at), added)]
