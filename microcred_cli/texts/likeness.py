"""How like two names are that people gave to one thing."""

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import groupby

from microcred_cli.texts.names import sort_name

# In shorter words a letter more or less usually makes another word: test and text, form and from.
_MISSPELT_LETTERS = 5


class Likeness(IntEnum):
    """From unlike to the same words; a greater one is better."""

    NONE = 0
    LONGER = 1
    SPELLING = 2
    WORDS = 3


@dataclass(frozen=True, slots=True)
class NameParts:
    """The words of a name, sorted, and in their order what tells its likes apart: numbers and single letters.

    Without case, accents and punctuation; ``v2`` is the letter v and the number 2, and ``02`` is 2.
    ``initials`` are those of the words.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    initials: frozenset[str]


def split_name(name: str) -> NameParts:
    """Return the parts of a name."""
    words: list[str] = []
    numbers: list[str] = []
    for kind, characters in groupby(sort_name(name), _tell_kind):
        token = "".join(characters)
        if kind == "digit":
            numbers.append(token.lstrip("0") or "0")
        elif kind == "letter":
            (words if len(token) > 1 else numbers).append(token)
    return NameParts(tuple(sorted(words)), tuple(numbers), frozenset(word[0] for word in words))


def compare_names(first: NameParts, second: NameParts, least: Fraction) -> Likeness:
    """Return how like two names are.

    WORDS: the same words in any order, and the same numbers. SPELLING: the same but for a letter in a word of
    five letters and more (not its first). LONGER: one of the two has words or numbers beside those of the
    other, and the letters of the words they share are ``least`` of all its letters or more. Otherwise NONE:
    names that each have a word the other has not, or of which the numbers differ (Quiz 1, Quiz 2; Lab 1.2,
    Lab 2.1), are unlike, however much else they share.
    """
    sizes = [(len(each.words), len(each.numbers)) for each in (first, second)]
    shorter, longer = (first, second) if sizes[0] <= sizes[1] else (second, first)
    # Most names that are compared have nothing to do with each other, and this tells most of them.
    if not shorter.initials <= longer.initials:
        return Likeness.NONE
    if longer.numbers[: len(shorter.numbers)] != shorter.numbers:
        return Likeness.NONE
    if not shorter.words:
        same = not longer.words and shorter.numbers and shorter.numbers == longer.numbers
        return Likeness.WORDS if same else Likeness.NONE
    rest = list(longer.words)
    misspelt = [word for word in shorter.words if not _take(rest, word)]
    for word in misspelt:
        found = next((other for other in rest if _is_misspelt(word, other)), None)
        if found is None:
            return Likeness.NONE
        rest.remove(found)
    if rest or shorter.numbers != longer.numbers:
        letters = sum(map(len, longer.words))
        shared = letters - sum(map(len, rest))
        return Likeness.LONGER if shared >= least * letters else Likeness.NONE
    return Likeness.SPELLING if misspelt else Likeness.WORDS


def _tell_kind(character: str) -> str:
    # Vowel signs of many scripts are marks and belong to the word.
    return {"L": "letter", "M": "letter", "N": "digit"}.get(unicodedata.category(character)[0], "other")


def _take(words: list[str], word: str) -> bool:
    """Take the word out of the list, if it is there."""
    if word not in words:
        return False
    words.remove(word)
    return True


def _is_misspelt(first: str, second: str) -> bool:
    """Return whether two words differ by one letter: another, one more, or two that changed places."""
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) < _MISSPELT_LETTERS or len(longer) - len(shorter) > 1 or first[0] != second[0]:
        return False
    at = next((index for index, letter in enumerate(shorter) if letter != longer[index]), len(shorter))
    if len(shorter) < len(longer):
        return shorter[at:] == longer[at + 1 :]
    if shorter[at + 1 :] == longer[at + 1 :]:
        return True
    return shorter[at + 1 : at + 2] + shorter[at : at + 1] + shorter[at + 2 :] == longer[at:]
