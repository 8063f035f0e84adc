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
    number = 2 if slug else 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"
