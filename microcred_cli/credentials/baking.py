"""A credential put into an SVG image, as Open Badges 3.0 has it (5.3.2)."""

import re
from dataclasses import dataclass

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.svg_reader import (
    BADGE_NAMESPACE,
    BADGE_PREFIX,
    MAXIMUM_BYTES,
    find_active_content,
)

# Of a well-formed SVG without DOCTYPE and processing instructions: all before the root, and its start tag.
_OPENING = re.compile(
    rb"\A((?:\xef\xbb\xbf)?(?:<\?xml\s.*?\?>)?\s*(?:<!--.*?-->\s*)*+<(?:[^>\"']++|\"[^\"]*\"|'[^']*')*+>)",
    re.DOTALL,
)
# What XML 1.0 (2.2) cannot hold, not even as a reference.
_UNHOLDABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARATION = f' xmlns:{BADGE_PREFIX}="{BADGE_NAMESPACE}"'.encode()
_BEFORE = f"<{BADGE_PREFIX}:credential><![CDATA[".encode()
_AFTER = f"]]></{BADGE_PREFIX}:credential>".encode()


@dataclass(frozen=True, slots=True)
class Art:
    """An SVG that was found fit for a badge, divided where the credential goes."""

    before: bytes
    after: bytes


def prepare_art(art: bytes) -> Art | Refusal:
    """Return the SVG ready for baking many badges; refuse what badge art may not hold and a self-closed root.

    But for the declaration of one namespace and the credential, no byte of it will change.
    """
    refusal = find_active_content(art)
    if refusal is not None:
        return refusal
    _, opening, rest = _OPENING.split(art, maxsplit=1)
    if opening.endswith(b"/>"):
        return Refusal("the root of the SVG is closed at once: there is nothing to see")
    return Art(opening[:-1] + _DECLARATION + b">" + _BEFORE, _AFTER + rest)


def bake(art: Art, credential: str) -> bytes | Refusal:
    """Return the SVG with the JSON of a credential in it, directly behind the start tag of the root.

    Refused: a text that XML cannot hold (JSON escapes such characters), one with nothing in it, and an
    SVG that would be larger than any that is read.
    """
    if not credential.strip():
        return Refusal("there is no credential to bake")
    unholdable = _UNHOLDABLE.search(credential)
    if unholdable is not None:
        return Refusal(f"an SVG cannot hold the character U+{ord(unholdable[0]):04X} of the credential")
    # A CDATA section ends at its first `]]>`, and a bare carriage return would be read as a line feed.
    text = credential.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    baked = art.before + text.encode() + art.after
    if len(baked) > MAXIMUM_BYTES:
        return Refusal(f"the SVG would have more than {MAXIMUM_BYTES:,} bytes; use smaller art")
    return baked


def bake_svg(art: bytes, credential: str) -> bytes | Refusal:
    """Return one SVG with the JSON of a credential in it; see prepare_art and bake for what is refused."""
    prepared = prepare_art(art)
    return prepared if isinstance(prepared, Refusal) else bake(prepared, credential)
