"""When two names are the same name."""

import unicodedata


def fold_name(name: str) -> str:
    """Return the name as it is compared: composed, without case, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split()).casefold()
