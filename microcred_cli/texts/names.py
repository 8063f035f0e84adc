"""When two names are the same name."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=16_384)  # a gradebook says the same few names thousands of times
def fold_name(name: str) -> str:
    """Return the name as it is compared: composed, without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()


def sort_name(name: str) -> str:
    """Return the key a name is sorted by: without case and without accents, so that É stands by E."""
    decomposed = unicodedata.normalize("NFKD", name)
    return fold_name("".join(each for each in decomposed if not unicodedata.combining(each)))
