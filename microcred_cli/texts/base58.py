"""Base58 in the Bitcoin alphabet, as multibase writes it after a `z` (draft-msporny-base58)."""

import re

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.safe import shorten

MAXIMUM_CHARACTERS = 200
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_DIGITS = {character: digit for digit, character in enumerate(ALPHABET)}
_FOREIGN = re.compile(f"[^{ALPHABET}]")


def encode_base58(data: bytes) -> str:
    """Return the bytes as base58: a `1` for every zero byte in front, then the rest as one number."""
    number = int.from_bytes(data, "big")
    digits: list[str] = []
    while number:
        number, digit = divmod(number, 58)
        digits.append(ALPHABET[digit])
    zeros = len(data) - len(data.lstrip(b"\0"))
    return "1" * zeros + "".join(reversed(digits))


def decode_base58(text: str) -> bytes | Refusal:
    """Return the bytes that a base58 text of at most 200 characters stands for; the empty text for none.

    Every text of the alphabet is the one spelling of its bytes, so there is nothing else to refuse.
    """
    if len(text) > MAXIMUM_CHARACTERS:
        return Refusal(f"{len(text):,} characters of base58; at most {MAXIMUM_CHARACTERS} are read")
    foreign = _FOREIGN.search(text)
    if foreign is not None:
        column = foreign.start() + 1
        return Refusal(f"`{shorten(text)}` is not base58: character {column} is none of its 58")
    number = 0
    for character in text:
        number = number * 58 + _DIGITS[character]
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")
