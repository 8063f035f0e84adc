"""Changes to a text that leave every other character of it as it is."""

from collections.abc import Iterable

from microcred_cli.model.fix import Edit

_MARK = b"\xef\xbb\xbf"


def edit_file(data: bytes, text: str, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file with the edits of its text, which is in UTF-8; its byte order mark stays.

    Raises what apply_edits raises.
    """
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + apply_edits(text, edits).encode("utf-8")


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with all edits, given in any order.

    Raises ValueError for edits that overlap, for two insertions at one place, whose order nobody could tell,
    and for a span outside the text.
    """
    parts = []
    done = 0
    before: Edit | None = None
    for edit in sorted(edits, key=lambda each: (each.span.start, each.span.end)):
        start, end = edit.span.start, edit.span.end
        if not 0 <= start <= end <= len(text):
            message = f"{edit.span} is not in a text of {len(text)} characters"
            raise ValueError(message)
        if before is not None and (start < done or edit.span == before.span):
            message = f"{edit.span} and {before.span} overlap"
            raise ValueError(message)
        parts += [text[done:start], edit.replacement]
        done, before = end, edit
    return "".join([*parts, text[done:]])
