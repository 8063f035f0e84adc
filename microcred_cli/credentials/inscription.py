"""The inscription of a badge: its name and its issuer, as large as they fit into a circle."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from microcred_cli.credentials.lettering import Face, Run, find_face, shorten_text, split_pieces

# By estimate, lettering keeps this far from the centre; what lies around it is room for wider faces.
_RADIUS = 123.0
_NAME_SIZES = tuple(float(size) for size in range(58, 15, -1))
_MOST_NAME_LINES = 3
_ISSUER_SIZES = ((1, 18.0), (1, 16.5), (2, 17.0), (2, 15.5), (3, 16.0), (3, 14.5), (3, 13.5))
_RULE_GAP = 13.0
# What a further line, and a broken word, cost: so much smaller letters are better.
_LINE_COST = 0.87
_BREAK_COST = 0.75
# Texts that do not fit are shortened to these widths in em, one after the other.
_ISSUER_WIDTHS = (34.0, 26.0)
_NAME_WIDTHS = tuple(float(width) for width in range(46, 5, -4))


class Line(NamedTuple):
    """A line of text and how far its baseline is below the centre."""

    text: str
    y: float


class Lettering(NamedTuple):
    """The lines of one text, the size of its letters, and how many lines end inside a word."""

    size: float
    lines: tuple[Line, ...]
    breaks: int


class Inscription(NamedTuple):
    """Name and issuer, and how far below the centre the rule between them is."""

    name: Lettering
    rule: float
    issuer: Lettering


def inscribe(name: str, issuer: str) -> Inscription:
    """Return two cleaned texts in the largest letters that fit.

    Long words break, and texts are shortened, only where letters would become too small to read.
    """
    faces = find_face(name), find_face(issuer)
    for names, issuer_run in _shorten_stepwise(name, issuer):
        fitting = [fit for name_run in names for fit in _fit(name_run, issuer_run, *faces)]
        if fitting:
            return max(fitting, key=lambda fit: fit[0])[1]
    raise AssertionError  # the last step leaves two words of a few letters


def _shorten_stepwise(name: str, issuer: str) -> Iterator[tuple[tuple[Run, ...], Run]]:
    """Yield what to try: everything, the issuer shortened, at last the name as well."""
    names = tuple(Run(split_pieces(name, inside_words=inside_words)) for inside_words in (False, True))
    yield names, Run(split_pieces(issuer))
    for most in _ISSUER_WIDTHS:
        shortened = Run(split_pieces(shorten_text(issuer, most), inside_words=True))
        yield names, shortened
    for most in _NAME_WIDTHS:
        yield (Run(split_pieces(shorten_text(name, most), inside_words=True)),), shortened


def _fit(name: Run, issuer: Run, name_face: Face, issuer_face: Face) -> Iterator[tuple[float, Inscription]]:
    """Yield, for each division into lines, the largest inscription that fits, and how good it looks."""
    for issuer_count, issuer_size in _ISSUER_SIZES if issuer.pieces else ((0, 1.0),):
        for name_count in range(1, _MOST_NAME_LINES + 1):
            for size in _NAME_SIZES:
                name_height = _measure_height(name_face, size, name_count)
                issuer_height = _measure_height(issuer_face, issuer_size, issuer_count)
                top = -(name_height + 2 * _RULE_GAP + issuer_height) / 2
                rule = top + name_height + _RULE_GAP
                above = _set(name, name_face, size, name_count, top)
                below = _set(issuer, issuer_face, issuer_size, issuer_count, rule + _RULE_GAP)
                if above is not None and below is not None:
                    cost = _LINE_COST ** (name_count + issuer_count) * _BREAK_COST ** (
                        above.breaks + below.breaks
                    )
                    yield size * math.sqrt(issuer_size) * cost, Inscription(above, rule, below)
                    break


def _measure_height(face: Face, size: float, count: int) -> float:
    return size * (face.above + face.below + face.pitch * (count - 1)) if count else 0.0


def _set(run: Run, face: Face, size: float, count: int, top: float) -> Lettering | None:
    """Set a text on that many lines from that height on; None where it would leave the circle."""
    if not count:
        return Lettering(size, (), 0)
    baselines = [top + size * (face.above + face.pitch * line) for line in range(count)]
    wrapped = run.wrap([_find_room(baseline, face, size) for baseline in baselines])
    if wrapped is None:
        return None
    return Lettering(size, tuple(map(Line, wrapped.lines, baselines)), wrapped.breaks)


def _find_room(baseline: float, face: Face, size: float) -> float:
    """Return how many em a line may be wide without leaving the circle above or below."""
    furthest = max(abs(baseline - size * face.above), abs(baseline + size * face.below))
    return 2 * math.sqrt(max(_RADIUS**2 - furthest**2, 1)) / size
