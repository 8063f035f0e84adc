"""Where a part of a text stands in the file it was read from."""

import re

from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Scalar

_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*")
# Looking for a longer one could take long, and pointing at it says little more than pointing at the whole.
_LONGEST = 200
_ESCAPE = re.compile(r"\\(?:x..|u....|U........|\r\n|.)", re.DOTALL)


def find_place(document: Document, scalar: Scalar, start: int, end: int) -> Span:
    """Return where the characters ``start`` to ``end`` of a scalar's text stand in the file.

    They begin and end with something else than a space. Where line breaks and escapes leave any doubt, it
    is the place of the whole scalar.
    """
    text, whole = scalar.text, scalar.span
    written = document.text[whole.start : whole.end]
    if written == text:
        return Span(whole.start + start, whole.start + end)
    if end - start > _LONGEST:
        return whole
    # What is written as itself is found in the text as often as in the file and in the same order, unless
    # an escape is part of it; then the file has fewer. What else may look like it is taken out.
    words = r"\s+".join(map(re.escape, text[start:end].split()))
    pattern = re.compile(f"(?=({words}))")
    in_text = [match.start() for match in pattern.finditer(text)]
    in_file = [match.span(1) for match in pattern.finditer(_blank_signs(written, plain=scalar.plain))]
    if not words or len(in_text) != len(in_file) or start not in in_text:
        return whole
    found = in_file[in_text.index(start)]
    return Span(whole.start + found[0], whole.start + found[1])


def _blank_signs(written: str, *, plain: bool) -> str:
    """Return what is written with as many zeros in place of a block's first line and of escapes."""
    if not plain and written[:1] in {"|", ">"}:
        return _BLOCK_HEADER.sub(lambda match: "\0" * len(match[0]), written, count=1)
    if not plain and written[:1] == '"':
        written = _ESCAPE.sub(lambda match: "\0" * len(match[0]), f"{written[1:-1]}")
        return f"\0{written}\0"
    return written
