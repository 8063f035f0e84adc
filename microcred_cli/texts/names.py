"""When two names are the same name."""

import unicodedata
from functools import lru_cache
from itertools import chain, groupby

WHITE_SPACE = "".join(character for character in map(chr, range(0x3001)) if character.isspace())
"""What ``str.strip`` takes off."""
# Up to here composing is quick, whatever the text is made of.
_SHORT = 200


@lru_cache(maxsize=16_384)  # a gradebook says the same few names thousands of times
def fold_name(name: str) -> str:
    """Return the name as it is compared: composed, without case, with single spaces."""
    ordered = name if len(name) <= _SHORT or name.isascii() else _order_marks(name)
    return " ".join(unicodedata.normalize("NFC", ordered).split()).casefold()


def sort_name(name: str) -> str:
    """Return the key a name is sorted by: without case and without accents, so that É stands by E."""
    # By character, as putting many accents in order takes the square of their number, and none is kept.
    decomposed = chain.from_iterable(unicodedata.normalize("NFKD", each) for each in name)
    return fold_name("".join(each for each in decomposed if not unicodedata.combining(each)))


def _order_marks(text: str) -> str:
    """Return the same text with the marks behind each letter in the order that normalising gives them.

    Normalising moves each mark past one after the other: the square of their number, if they are not.
    """
    decomposed = chain.from_iterable(unicodedata.normalize("NFD", each) for each in text)
    runs = groupby(decomposed, lambda each: unicodedata.combining(each) > 0)
    return "".join(chain.from_iterable(sorted(run, key=unicodedata.combining) for _, run in runs))
