"""Offsets to lines and columns."""

import re
from bisect import bisect_right

from microcred_cli.model.place import Position

LINE_BREAK = re.compile(r"\r\n|\n|\r")


class LineIndex:
    r"""The lines of a text. Only ``\n``, ``\r\n`` and ``\r`` end one, as in YAML 1.2 and editors."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]

    @property
    def count(self) -> int:
        """How many lines there are; an empty text has one."""
        return len(self._starts)

    def position(self, offset: int) -> Position:
        """Return the line and column (from 1) of the character at that offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Return the text of a line (from 1) without its end."""
        start = self._starts[number - 1]
        end = self._starts[number] if number < len(self._starts) else len(self._text)
        return self._text[start:end].rstrip("\r\n")

    def start(self, number: int) -> int:
        """Return the offset at which a line (from 1) starts."""
        return self._starts[number - 1]
