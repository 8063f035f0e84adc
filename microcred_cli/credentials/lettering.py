"""Lettering for a picture: how wide a text will be, where it may break, how it is shortened.

No font is at hand where a badge is drawn, and the one that shows it is unknown. Widths are those of a bold
system sans serif, in em, by class of character; the picture leaves room for faces that run wider.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from microcred_cli.texts.safe import safe

ELLIPSIS = "…"
_SOFT_HYPHEN = "\xad"
_SPACE = 0.27
_HYPHEN = 0.36

_SPACES = re.compile("[\t\n\v\f\r \x1c-\x1f\x85\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]+")
_NO_CHARACTER = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
# The joiners that spell words in Persian, Indic scripts and emoji; beside Latin letters they only hide.
_JOINER = re.compile("(?<=[^\x00-\xff\u2000-\u206f\ufeff])[\u200c\u200d](?=[^\x00-\xff\u2000-\u206f\ufeff])")
_JOINERS = "\u200c\u200d"
_KEPT = frozenset(_SOFT_HYPHEN + _JOINERS)
_MOST_MARKS = 3  # a pointed Hebrew letter; those that go with any letter: two, as in Vietnamese

_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'’|!¡·", 0.33),
    **dict.fromkeys('frt()[]/\\-*°"“”„ \xa0\u202f', 0.42),
    **dict.fromkeys("mwMW@%&—…ЖМФШЩЫЮжмфшщыюΩΨψωÆŒæœ", 0.95),
    **dict.fromkeys("OQGDHNU", 0.8),
}
_LOWER = 0.61
_CATEGORIES = {"Lu": 0.7, "Nd": 0.58, "Sm": 0.66}

# (first, last, width) of scripts; a letter of none of them is as wide as a Chinese one. The last two are
# ligatures of whole phrases, and cuneiform.
_SCRIPTS = (
    (0x0000, 0x052F, _LOWER),
    (0x0530, 0x05FF, 0.64),
    (0x0600, 0x08FF, 0.66),
    (0x0900, 0x0AFF, 0.76),
    (0x0B00, 0x0B7F, 0.9),
    (0x0B80, 0x0BFF, 1.2),
    (0x0C00, 0x0CFF, 0.92),
    (0x0D00, 0x0DFF, 1.2),
    (0x0E00, 0x0EFF, 0.66),
    (0x0F00, 0x0FFF, 0.7),
    (0x10A0, 0x10FF, 0.7),
    (0x1200, 0x139F, 0.82),
    (0x1780, 0x17FF, 0.8),
    (0x1E00, 0x2027, _LOWER),
    (0xFDFA, 0xFDFD, 4.0),
    (0x12000, 0x1254F, 6.0),
)
_WIDEST = 1.3
# Latin, Cyrillic, Greek, without their accents.
_VOWELS = frozenset(
    "aeiouy\u0430\u0435\u0438\u043e\u0443\u044b\u044d\u044e\u044f\u0456\u0454\u03b1\u03b5\u03b7\u03b9\u03bf\u03c5\u03c9"
)
_ONSETS = (
    "sch",
    "ch",
    "ck",
    "ph",
    "th",
    "sh",
    "st",
    "sp",
    "tr",
    "pr",
    "kr",
    "gr",
    "dr",
    "br",
    "bl",
    "gl",
    "qu",
)
_SYLLABIC = re.compile("[A-Za-z\u00c0-\u024f\u0370-\u052f\u1e00-\u1fff]+")


_OPENING = frozenset({"Ps", "Pi"})
_CLOSING = frozenset({"Pe", "Pf", "Po", "Lm"})
# Of a word that breaks, so many letters stay together on either side.
_LEAST = 3
_LONG_WORD = 11.0


class Piece(NamedTuple):
    """A part of a text that stays together, and what joins it to the next one on the same line."""

    text: str
    glue: str


class Face(NamedTuple):
    """How far letters reach above and below their baseline, and from line to line, in em."""

    above: float
    below: float
    pitch: float


_LATIN = Face(0.74, 0.22, 1.14)
_SQUARE = Face(0.87, 0.13, 1.18)
_TALL = Face(0.95, 0.34, 1.34)


def clean_text(text: str) -> str:
    """Return the text on one line, without characters that hide, steer or cannot stand in XML.

    Soft hyphens stay, as places to break; marks piled upon one letter are cut down to what spelling needs.
    """
    text = unicodedata.normalize("NFC", _SPACES.sub(" ", _NO_CHARACTER.sub("", text)))
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        most = 2 if unicodedata.name(character, "").startswith("COMBINING ") else _MOST_MARKS
        if marks <= most and (character in _KEPT or safe(character) == character):
            kept.append(character)
    # Only now is it seen beside what a joiner stands.
    text = "".join(kept)
    return "".join(
        character
        for place, character in enumerate(text)
        if character not in _JOINERS or _JOINER.match(text, place)
    ).strip(f"{_SOFT_HYPHEN} ")


def print_text(text: str) -> str:
    """Return a cleaned text as it is printed where it does not break."""
    return text.replace(_SOFT_HYPHEN, "")


def find_direction(text: str) -> str:
    """Return ``ltr`` or ``rtl`` by the first letter that has a direction, as HTML's ``dir=auto`` does."""
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind == "L":
            return "ltr"
        if kind in {"R", "AL"}:
            return "rtl"
    return "ltr"


def find_face(text: str) -> Face:
    """Return the reach of the tallest script in the text."""
    face = _LATIN
    for character in text:
        if ord(character) <= 0x052F or 0x1E00 <= ord(character) <= 0x206F:  # noqa: PLR2004 - the borders of scripts
            continue
        if not _is_square(character) and not 0xAC00 <= ord(character) <= 0xD7AF:  # noqa: PLR2004 - same
            return _TALL
        face = _SQUARE
    return face


def measure(text: str) -> float:
    """Return about how many em the text is wide."""
    total = 0.0
    for cluster in _split_clusters(text):
        wide = [_measure_character(character) for character in cluster]
        # Joined emoji are one picture; letters under a virama stand side by side.
        total += max(wide) if "\u200d" in cluster and wide[0] >= 1 else sum(wide)
    return total


def _measure_character(character: str) -> float:
    category, code = unicodedata.category(character), ord(character)
    if character in _WIDTHS:
        return _WIDTHS[character]
    if category in {"Mn", "Me", "Cf"}:
        return 0.0
    if code > 0x1F000:  # noqa: PLR2004 - emoji and rare ideographs
        return _WIDEST
    width = next((width for first, last, width in _SCRIPTS if first <= code <= last), 1.0)
    return _CATEGORIES.get(category, width) if width < 1 else width


def _split_clusters(text: str) -> list[str]:
    """Split into what a reader takes for one character."""
    clusters: list[str] = []
    for character in text:
        last = clusters[-1] if clusters else ""
        if last and (
            unicodedata.category(character) in {"Mn", "Me", "Mc"}
            or character in "\u200c\u200d"
            or 0x1F3FB <= ord(character) <= 0x1F3FF  # noqa: PLR2004 - skin tones
            or last[-1] == "\u200d"
            or (unicodedata.combining(last[-1]) == 9 and character.isalpha())  # noqa: PLR2004 - a virama
            or (len(last) == 1 and _is_flag_letter(last) and _is_flag_letter(character))
        ):
            clusters[-1] += character
        else:
            clusters.append(character)
    return clusters


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _is_square(character: str) -> bool:
    """Say whether the character is of a script that breaks between any two of them; Korean is not."""
    return unicodedata.east_asian_width(character) in "WF" and not "\uac00" <= character <= "\ud7af"


def split_pieces(text: str, *, inside_words: bool = False) -> tuple[Piece, ...]:
    """Split a cleaned text where a line may end.

    With ``inside_words``, also inside long words: between syllables, guessed, and anywhere in what has no
    vowels.
    """
    pieces: list[Piece] = []
    for word in text.split(" "):
        parts = [Piece(part, _SOFT_HYPHEN) for part in word.split(_SOFT_HYPHEN) if part]
        for place, part in enumerate(parts):
            glue = " " if place == len(parts) - 1 else _SOFT_HYPHEN
            chunks = _split_word(part.text)
            for nth, chunk in enumerate(chunks):
                end = glue if nth == len(chunks) - 1 else ""
                is_long = inside_words and measure(chunk) > _LONG_WORD
                pieces += _split_syllables(chunk, end) if is_long else [Piece(chunk, end)]
    return tuple(pieces)


def _split_word(word: str) -> list[str]:
    chunks = [""]
    clusters = _split_clusters(word)
    for place, cluster in enumerate(clusters):
        before = clusters[place - 1] if place else ""
        if place and _may_break(before, cluster, place, len(clusters)):
            chunks.append("")
        chunks[-1] += cluster
    return chunks


def _may_break(before: str, after: str, place: int, length: int) -> bool:
    """Say whether a line may end between two characters of a word (a small part of UAX 14)."""
    if unicodedata.category(before[0]) in _OPENING or _clings(after[0]):
        return False
    if _is_square(before[0]) or _is_square(after[0]):
        return True
    # "e-learning" keeps its e.
    is_dash = before == "/" or unicodedata.category(before[0]) == "Pd"
    return is_dash and after[0].isalpha() and place > _LEAST and length - place >= _LEAST


def _clings(character: str) -> bool:
    """Say whether no line may begin with it: closing marks, and what lengthens or repeats a kana."""
    return unicodedata.category(character) in _CLOSING or "LETTER SMALL" in unicodedata.name(character, "")


def _split_syllables(chunk: str, end: str) -> list[Piece]:
    core = chunk.strip("".join(letter for letter in chunk if unicodedata.category(letter)[0] == "P"))
    if not _SYLLABIC.fullmatch(core):
        clusters = _split_clusters(chunk)
        return [
            Piece(cluster, "" if place < len(clusters) - 1 else end) for place, cluster in enumerate(clusters)
        ]
    start = chunk.index(core)
    cuts = [start + cut for cut in _find_syllables(core)]
    if not cuts and len(core) > 12:  # noqa: PLR2004 - no word; an identifier, or a cry
        cuts = list(range(start + _LEAST, start + len(core) - _LEAST + 1))
    bounds = [0, *cuts, len(chunk)]
    parts = [chunk[left:right] for left, right in pairwise(bounds)]
    return [Piece(part, _SOFT_HYPHEN if place < len(cuts) else end) for place, part in enumerate(parts)]


def _find_syllables(word: str) -> list[int]:
    """Guess where syllables begin: before the consonant, or the known group of them, ahead of a vowel."""
    letters = [unicodedata.normalize("NFD", letter)[0].lower() for letter in word]
    plain = "".join(letters)
    cuts: list[int] = []
    for vowel in range(1, len(letters)):
        if letters[vowel] not in _VOWELS or letters[vowel - 1] in _VOWELS:
            continue
        onset = next((pair for pair in _ONSETS if plain.endswith(pair, 0, vowel)), plain[vowel - 1])
        cut = vowel - len(onset)
        if _LEAST <= cut <= len(letters) - _LEAST and any(letter in _VOWELS for letter in letters[:cut]):
            cuts.append(cut)
    return cuts


def shorten_text(text: str, most: float) -> str:
    """Return a cleaned text that is at most so many em wide, its end replaced by an ellipsis."""
    if measure(print_text(text)) <= most:
        return text
    room = most - measure(ELLIPSIS)
    kept = ""
    for cluster in _split_clusters(text):
        room -= measure(print_text(cluster))
        if room < 0:
            break
        kept += cluster
    # Whole words, unless that takes away most of what could stay.
    words, space, _ = kept.rpartition(" ")
    if space and len(words) > len(kept) // 2:
        kept = words
    return kept.rstrip(" \xad\xa0.,:;–—-/(") + ELLIPSIS


class Wrapped(NamedTuple):
    """Lines, and how many of them end inside a word."""

    lines: tuple[str, ...]
    breaks: int


class Run:
    """Pieces in a row, with the widths of all parts of it."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._widths = [measure(piece.text) for piece in pieces]
        self._starts = [0.0]
        for piece, width in zip(pieces, self._widths, strict=True):
            self._starts.append(self._starts[-1] + width + (_SPACE if piece.glue == " " else 0.0))

    def wrap(self, rooms: Sequence[float]) -> Wrapped | None:
        """Return the pieces on exactly as many lines as there are rooms (widths in em), evenly filled.

        None when they do not fit, or there are fewer of them than lines.
        """
        if len(self.pieces) < len(rooms) or self._starts[-1] > sum(rooms) + _SPACE * len(rooms):
            return None
        found = self._balance(0, tuple(rooms))
        if found is None:
            return None
        bounds = (0, *found[1])
        lines = tuple(self._join(left, right) for left, right in pairwise(bounds))
        return Wrapped(lines, sum(map(self._ends_in_hyphen, found[1])))

    def _balance(self, start: int, rooms: tuple[float, ...]) -> tuple[float, tuple[int, ...]] | None:
        """Find the ends of lines of which the fullest is the least full."""
        total = len(self.pieces)
        if len(rooms) == 1:
            fullness = self._measure(start, total) / rooms[0]
            return (fullness, (total,)) if fullness <= 1 else None
        best: tuple[float, tuple[int, ...]] | None = None
        for end in range(start + 1, total - len(rooms) + 2):
            fullness = self._measure(start, end) / rooms[0]
            if fullness > 1:
                break
            rest = self._balance(end, rooms[1:])
            if rest is not None and (best is None or max(fullness, rest[0]) < best[0]):
                best = (max(fullness, rest[0]), (end, *rest[1]))
        return best

    def _measure(self, left: int, right: int) -> float:
        last = right - 1
        width = self._starts[last] - self._starts[left] + self._widths[last]
        return width + (_HYPHEN if self._ends_in_hyphen(right) else 0.0)

    def _join(self, left: int, right: int) -> str:
        text = "".join(piece.text + piece.glue for piece in self.pieces[left:right])
        return print_text(text).rstrip(" ") + ("-" if self._ends_in_hyphen(right) else "")

    def _ends_in_hyphen(self, right: int) -> bool:
        return right < len(self.pieces) and self.pieces[right - 1].glue == _SOFT_HYPHEN
