"""Status lists: a bit for every badge of an issuer (W3C Bitstring Status List v1.0)."""

import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable

from microcred_cli.credentials.library import Json
from microcred_cli.model.refusal import Refusal

SIZE = 131_072
"""How many entries a list has at least, so that its size and order say nothing of who is on it."""
MAXIMUM_BYTES = 16_000_000

_ENCODED = re.compile(r"u[A-Za-z0-9_-]+", re.ASCII)
_INDEX = re.compile(r"0|[1-9][0-9]{0,9}", re.ASCII)
_GZIP = 16 + zlib.MAX_WBITS


def encode_list(indexes: Iterable[int], size: int = SIZE) -> str:
    """Return an ``encodedList`` with the bits at these indexes set; index 0 is the left-most bit."""
    bits = bytearray(size // 8)
    for index in indexes:
        bits[index // 8] |= 0x80 >> index % 8
    # zlib writes no time into the header, so that equal lists are equal texts.
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return "u" + urlsafe_b64encode(packer.compress(bits) + packer.flush()).decode("ascii").rstrip("=")


def decode_list(text: Json) -> bytes | Refusal:
    """Return the bits of an ``encodedList``, at least SIZE of them."""
    if not isinstance(text, str) or _ENCODED.fullmatch(text) is None:
        return Refusal("the encoded list is not a text in base64url with `u` in front")
    body = text[1:]
    try:
        packed = urlsafe_b64decode(body + "=" * (-len(body) % 4))
        unpacker = zlib.decompressobj(_GZIP)
        bits = unpacker.decompress(packed, MAXIMUM_BYTES)
    except (ValueError, zlib.error):
        return Refusal("the encoded list cannot be unpacked")
    if not unpacker.eof or unpacker.unused_data:
        return Refusal("the encoded list is larger than any list, or cut off")
    if len(bits) * 8 < SIZE:
        return Refusal(f"the list has {len(bits) * 8} entries, at least {SIZE} are asked for")
    return bits


def read_bit(bits: bytes, index: Json) -> bool | Refusal:
    """Return the bit at a ``statusListIndex``, which is a whole number written as text."""
    if not isinstance(index, str) or _INDEX.fullmatch(index) is None:
        return Refusal("statusListIndex is not a whole number as text")
    number = int(index)
    if number >= len(bits) * 8:
        return Refusal("statusListIndex is beyond the end of the list")
    return bool(bits[number // 8] & 0x80 >> number % 8)
