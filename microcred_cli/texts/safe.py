"""Text from files, made harmless for a terminal."""

import re

# C0 and C1 controls and DEL; bidi marks, embeddings, overrides and isolates; zero-width characters;
# line and paragraph separators; the byte order mark; lone surrogates; tag characters.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)


def safe(text: str) -> str:
    """Return the text with every character that could steer a terminal written out as an escape.

    Tabs and line breaks are escaped too: what is passed here is one line.
    """
    return _UNSAFE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def shorten(text: str, limit: int = 60) -> str:
    """Return the text, its end cut off where it is longer than a message should quote."""
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
