"""A title as an id: what files, folders and web addresses can be named after."""

import re
import unicodedata
from collections.abc import Collection

LONGEST = 80
_OTHER = re.compile("[^a-z0-9]+")
# What has no decomposition, as it is mostly written without the letter.
_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "þ": "th",
        "\u0131": "i",
        "&": " and ",
    }
)


def make_slug(title: str, taken: Collection[str] = (), instead: str = "part") -> str:
    """Return an id for the title: lower-case letters, digits and single hyphens, none of those taken.

    Of a title without any such letter, as of one in Greek, ``instead`` and a number are left.
    """
    letters = unicodedata.normalize("NFKD", title[: 4 * LONGEST].casefold().translate(_LETTERS))
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    slug = _OTHER.sub("-", plain).strip("-")[:LONGEST].rstrip("-")
    if slug and slug not in taken:
        return slug
    stem = (slug or instead)[: LONGEST - 6].rstrip("-")
    return f"{stem}-{_find_number(stem, taken, 2 if slug else 1)}"


def _find_number(stem: str, taken: Collection[str], lowest: int) -> int:
    """Return a number from ``lowest`` up that is free, the lowest where they were given out in their order.

    By doubling and halving: thousands of things of one name would take the square of their number.
    """
    step = 1
    while f"{stem}-{lowest + step - 1}" in taken:
        step *= 2
    # What was tried last is free; what was tried before it is not.
    before, free = lowest + step // 2 - 1, lowest + step - 1
    while free - before > 1:
        middle = (before + free) // 2
        if f"{stem}-{middle}" in taken:
            before = middle
        else:
            free = middle
    return free
