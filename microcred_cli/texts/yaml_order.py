"""The entries of a YAML list in another order, each with its comments."""

from collections.abc import Sequence as List

from microcred_cli.model.fix import Edit
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Sequence
from microcred_cli.texts.yaml_places import (
    find_line,
    find_next_line,
    is_flow,
    is_followed_by_deeper,
    keeps_blank_lines,
)


def reorder_entries(document: Document, entries: Sequence, order: List[int]) -> tuple[Edit, ...] | None:
    """Return the edits that put the entries into the order, given as the places they have now.

    None where entries share lines with something else, a comment between them could be about any of them,
    or something behind one could become part of the text that another ends with.
    """
    text, spans = document.text, [each.span for each in entries.items]
    if not is_flow(entries, text):
        return _reorder_lines(text, spans, order)
    if "#" in text[entries.start : entries.end]:
        return None
    return tuple(
        Edit(spans[place], text[spans[source].start : spans[source].end])
        for place, source in enumerate(order)
        if place != source
    )


def _reorder_lines(text: str, spans: List[Span], order: List[int]) -> tuple[Edit, ...] | None:
    """Return the edit that moves whole lines; those between two entries go with the second."""
    start = find_line(text, spans[0].start)
    ends = [find_next_line(text, each.end) for each in spans]
    chunks = [Span(*each) for each in zip((start, *ends), ends, strict=False)]
    for chunk, entry in zip(chunks, spans, strict=True):
        before = text[find_line(text, entry.start) : entry.start]
        # The text that comes first must end its line to stand before another.
        if before.strip(" ") != "-" or text[chunk.end - 1] not in "\r\n":
            return None
        if is_followed_by_deeper(text, chunk.end, before.index("-")) or keeps_blank_lines(text, chunk.end):
            return None
    moved = "".join(text[chunks[place].start : chunks[place].end] for place in order)
    return (Edit(Span(start, ends[-1]), moved),)
