"""A line of a file with carets under a part of it, as a terminal shows it."""

from typing import NamedTuple

from microcred_cli.texts.safe import safe

WIDTH = 100
_TAB = "    "
_BEFORE = 40
_CUT = "..."


class Snippet(NamedTuple):
    """The line and the carets; both are safe to print and align in a fixed-width font."""

    line: str
    carets: str


def make_snippet(line: str, start: int, end: int, most: int = WIDTH) -> Snippet:
    """Return the part of a line around the characters from start to end, with carets under them.

    ``most`` is how many columns there are. At least one caret is shown, so that a place between two
    characters can be seen too.
    """
    first = 0 if len(line) <= most else max(0, start - min(_BEFORE, most // 2))
    pieces = [_CUT] if first > 0 else []
    indent = len(pieces) * len(_CUT)
    width, marked = indent, 0
    for place in range(first, len(line)):
        piece, columns = _lay_out(line[place])
        if width + columns > most - len(_CUT) * (place < len(line) - 1):
            pieces.append(_CUT)
            break
        pieces.append(piece)
        width += columns
        if place < start:
            indent += columns
        elif place < end:
            marked += columns
    return Snippet("".join(pieces), " " * indent + "^" * max(1, marked))


def _lay_out(character: str) -> tuple[str, int]:
    """Return how a character is printed and how many columns that takes."""
    if character.isascii() and character.isprintable():
        return character, 1
    if character == "\t":
        return _TAB, len(_TAB)
    printed = safe(character)
    if printed != character:
        return printed, len(printed)
    # Most files are ASCII and never need the tables.
    from unicodedata import category, east_asian_width  # noqa: PLC0415 - see above

    if category(character) in {"Mn", "Me", "Cf"}:
        return printed, 0
    return printed, 2 if east_asian_width(character) in {"W", "F"} else 1
