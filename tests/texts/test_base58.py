"""Base58: one text for every run of bytes, and no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.base58 import ALPHABET, MAXIMUM_CHARACTERS, decode_base58, encode_base58


@pytest.mark.parametrize(
    ("data", "text"),
    [
        # From draft-msporny-base58-03, section 5.
        (b"Hello World!", "2NEpo7TZRRrLZSi2U"),
        (
            b"The quick brown fox jumps over the lazy dog.",
            "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z",
        ),
        (bytes.fromhex("0000287fb4cd"), "11233QC4"),
        (b"", ""),
        (b"\0", "1"),
        (b"\0\0\0", "111"),
        (b"\x39", "z"),
        (b"\x3a", "21"),
        (b"\xff", "5Q"),
    ],
)
def test_bytes_and_their_text(data: bytes, text: str) -> None:
    assert encode_base58(data) == text
    assert decode_base58(text) == data


@pytest.mark.parametrize(
    "text", ["0", "O", "I", "l", " ", "a b", "a\n", "+", "é", "\uff11", "\u0661", "\0", "z6Mk="]
)
def test_other_characters_are_refused(text: str) -> None:
    refusal = decode_base58(text)
    assert isinstance(refusal, Refusal)
    assert "is not base58" in refusal.reason


def test_a_text_beyond_the_bound_is_refused_unread() -> None:
    assert decode_base58("1" * MAXIMUM_CHARACTERS) == bytes(MAXIMUM_CHARACTERS)
    assert decode_base58("1" * (MAXIMUM_CHARACTERS + 1)) == Refusal(
        "201 characters of base58; at most 200 are read"
    )
    assert isinstance(decode_base58("z" * 10_000_000), Refusal)


@given(st.binary(max_size=140))
def test_what_is_written_is_read_back(data: bytes) -> None:
    assert decode_base58(encode_base58(data)) == data


@given(st.text(ALPHABET, max_size=MAXIMUM_CHARACTERS))
def test_no_two_texts_stand_for_the_same_bytes(text: str) -> None:
    data = decode_base58(text)
    assert isinstance(data, bytes)
    assert encode_base58(data) == text


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(decode_base58(text), bytes | Refusal)
