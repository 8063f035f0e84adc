"""Entries and comments taken out of a YAML text, where nothing else on their lines gets lost."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence as List

from microcred_cli.model.fix import Edit
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Mapping, Node, Sequence
from microcred_cli.texts.yaml_places import (
    find_around,
    find_line,
    find_line_before,
    find_line_end,
    find_next_line,
    has_block,
    is_doubled,
    is_flow,
    is_followed_by_deeper,
    keeps_blank_lines,
)

_COMMA = re.compile(r"\s*,\s*")
_BEHIND_FLOW = re.compile(r"[ \t]*,?[ \t]*#")
_BLANK = re.compile(r"[ \t]*")
_BEFORE_ITEM = re.compile(r" *-[ \t]+")
_BREAK = re.compile(r"(?:\r\n|\n|\r)[ \t]*")
_COMMENT_LINE = re.compile(r"[ \t]*#")


def delete_pair_at(document: Document, offset: int) -> Edit | None:
    """Return the edit that deletes the key that begins there, with its value.

    None where it is the only one or the first of two, where a comment would go with it or stay behind
    without it, and where it shares its lines with something else.
    """
    around = reversed(find_around(document, offset))
    mapping = next((each for each in around if isinstance(each, Mapping)), None)
    if mapping is None:
        return None
    place = bisect_left(mapping.pairs, offset, key=lambda pair: pair[0].start)
    key = mapping.pairs[place][0] if place < len(mapping.pairs) else None
    if key is None or key.start != offset or is_doubled(document, key.span):
        return None
    return delete_pair(document.text, mapping.start, mapping.pairs, place)


def delete_pair(text: str, start: int, pairs: List[tuple[Node, Node]], place: int) -> Edit | None:
    """Return the edit that deletes one of the pairs of the mapping that starts there, as above."""
    near = [Span(key.start, max(key.end, value.end)) for key, value in pairs[max(place - 1, 0) : place + 2]]
    return _delete(text, near, min(place, 1), in_list=False, flow=text[start] in "[{")


def delete_item_at(document: Document, offset: int) -> Edit | None:
    """Return the edit that deletes what holds the offset from the innermost list around it, as above."""
    around = reversed(find_around(document, offset))
    found = next((each for each in around if isinstance(each, Sequence)), None)
    if found is None:
        return None
    place = bisect_right(found.items, offset, key=lambda item: item.start) - 1
    near = [item.span for item in found.items[max(place - 1, 0) : place + 2]]
    return _delete(document.text, near, min(place, 1), in_list=True, flow=is_flow(found, document.text))


def _delete(text: str, near: List[Span], place: int, *, in_list: bool, flow: bool) -> Edit | None:
    """Return the edit that deletes the entry there among those before and behind it."""
    if len(near) < 2:  # noqa: PLR2004 - what has one entry must keep it
        return None
    if flow:
        return _delete_between_commas(text, near, place)
    span = near[place]
    line = find_line(text, span.start)
    before = text[line : span.start]
    if (_BEFORE_ITEM if in_list else _BLANK).fullmatch(before) is not None:
        return _delete_lines(text, line, span.end)
    if place == 0 and not in_list and _BEFORE_ITEM.fullmatch(before) is not None:
        # The first key stands behind the dash, where the second goes then.
        following = near[1].start
        if _BREAK.fullmatch(text, span.end, following) is not None:
            return Edit(Span(span.start, following), "")
    return None


def delete_comment(text: str, span: Span) -> Edit | None:
    """Return the edit that deletes the comment, with its line where nothing else stands on it.

    None where what follows would become part of a text that ends before it.
    """
    line = find_line(text, span.start)
    if _BLANK.fullmatch(text, line, span.start) is None:
        return Edit(Span(_skip_spaces_back(text, span.start), find_line_end(text, span.end)), "")
    end = find_next_line(text, span.end)
    joins = has_block(text) and is_followed_by_deeper(text, end, span.start - line)
    return None if joins or keeps_blank_lines(text, end) else Edit(Span(line, end), "")


def _delete_between_commas(text: str, entries: List[Span], place: int) -> Edit | None:
    """Return the edit that deletes an entry with the comma before it, or behind it for the first."""
    start, end = entries[place].start, entries[place].end
    if place == 0:
        following = entries[1].start
        alone = text[:start].rstrip()[-1:] in {"[", "{"}
        return Edit(Span(start, following), "") if alone and _COMMA.fullmatch(text, end, following) else None
    before = entries[place - 1].end
    if _COMMA.fullmatch(text, before, start) is None or _BEHIND_FLOW.match(text, end) is not None:
        return None
    return Edit(Span(before, end), "")


def _delete_lines(text: str, start: int, end: int) -> Edit | None:
    """Return the edit that deletes the lines from the one that starts there to the one on which it ends."""
    after = find_next_line(text, end)
    has_comment = "#" in text[start:end] and re.search(r"(?:^|[ \t\r\n])#", text[start:end]) is not None
    if has_comment or text[end:after].strip(" \t\r\n") or keeps_blank_lines(text, after):
        return None
    # A comment that is further indented is about what stands here, or would become part of a text.
    if is_followed_by_deeper(text, after, end - start - len(text[start:end].lstrip(" "))):
        return None
    if start > 0 and _COMMENT_LINE.match(text, find_line_before(text, start)) is not None:
        return None
    return Edit(Span(start, after), "")


def _skip_spaces_back(text: str, offset: int) -> int:
    while text[offset - 1 : offset] in {" ", "\t"}:
        offset -= 1
    return offset
