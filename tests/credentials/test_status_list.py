"""Status lists: bits from left to right, packed, and never larger than a list is."""

import base64
import gzip
import tracemalloc
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.credentials.checks.status import check_status
from microcred_cli.credentials.status_list import MAXIMUM_BYTES, SIZE, decode_list, encode_list, read_bit
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Outcome
from tests.interop.sample import STATUS_LIST, build_credential, build_status, build_status_list

# The example of W3C Bitstring Status List v1.0: 131,072 zeros.
W3C_EXAMPLE = "uH4sIAAAAAAAAA-3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA"
# By @digitalbazaar/vc-bitstring-status-list 2.0.1, whose left-most bit is the first as well.
ELSEWHERE = "uH4sIAAAAAAAAA-3OQREAMAgAoNlgEaxqc88UPoQEVD4O-9sBAAAAAAAAAAAAAAAAAAAARjRsLXN7AEAAAA"
SET_ELSEWHERE = {0, 7, 10, 4099, SIZE - 1}

INDEXES = st.sets(st.integers(0, SIZE - 1), max_size=40)


def read_bits(bits: bytes | Refusal) -> set[int]:
    """Return which bits are set, from left to right."""
    assert isinstance(bits, bytes)
    return {
        index for index, bit in enumerate(f"{int.from_bytes(bits, 'big'):0{len(bits) * 8}b}") if bit == "1"
    }


def pack(bits: bytes) -> str:
    return "u" + base64.urlsafe_b64encode(gzip.compress(bits, mtime=0)).decode().rstrip("=")


def test_published_lists() -> None:
    assert decode_list(W3C_EXAMPLE) == bytes(SIZE // 8)
    bits = decode_list(ELSEWHERE)
    assert read_bits(bits) == SET_ELSEWHERE
    assert isinstance(bits, bytes)
    assert all(read_bit(bits, str(index)) is True for index in SET_ELSEWHERE)
    assert read_bit(bits, "1") is read_bit(bits, "8") is read_bit(bits, "4100") is False
    # Which compression was chosen is nobody's affair; which bits there are is.
    assert decode_list(encode_list(SET_ELSEWHERE)) == bits
    assert decode_list(encode_list([])) == decode_list(W3C_EXAMPLE)


@given(INDEXES, st.integers(0, SIZE - 1))
def test_what_is_encoded_is_read(indexes: set[int], other: int) -> None:
    text = encode_list(indexes)
    bits = decode_list(text)
    assert read_bits(bits) == indexes
    assert isinstance(bits, bytes)
    assert len(bits) * 8 == SIZE
    for index in (*indexes, other):
        assert read_bit(bits, str(index)) is (index in indexes)
    assert encode_list(sorted(indexes, reverse=True)) == text
    assert gzip.decompress(base64.urlsafe_b64decode(text[1:] + "==")) == bits


@given(st.integers(SIZE // 8, SIZE // 2))
def test_longer_lists_are_read(size: int) -> None:
    bits = decode_list(pack(b"\x01" * size))
    assert isinstance(bits, bytes)
    assert read_bit(bits, str(size * 8 - 1)) is True
    assert isinstance(read_bit(bits, str(size * 8)), Refusal)


@pytest.mark.parametrize(
    "index",
    [
        *(
            None,
            True,
            0,
            1.0,
            [],
            {},
            ["1"],
            "",
            " 1",
            "1 ",
            "1\n",
            "+1",
            "-1",
            "-0",
            "01",
            "00",
            "0x1",
            "1.0",
            "1e1",
        ),
        *("1_0", "\u0661", "\uff11", "²", str(SIZE), str(SIZE + 7), "9" * 10, "9" * 11, "9" * 5000),
    ],
)
def test_what_is_no_index(index: Any) -> None:
    bits = decode_list(W3C_EXAMPLE)
    assert isinstance(bits, bytes)
    assert isinstance(read_bit(bits, index), Refusal)


NO_TEXT: list[Any] = [None, 5, True, [W3C_EXAMPLE], {}, "", "u", W3C_EXAMPLE[1:]]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *((each, "base64url") for each in NO_TEXT),
        *((f"{prefix}{W3C_EXAMPLE[1:]}", "base64url") for prefix in ("m", "U", "z", "f", " u", "é")),
        (f"{W3C_EXAMPLE}=", "base64url"),
        (f"{W3C_EXAMPLE}\n", "base64url"),
        (W3C_EXAMPLE.replace("-", "+"), "base64url"),
        (f"{W3C_EXAMPLE}é", "base64url"),
        ("uH4sI", "cut off"),
        ("uAAAA", "unpacked"),
        ("u" + base64.urlsafe_b64encode(zlib.compress(bytes(SIZE // 8))).decode().rstrip("="), "unpacked"),
        (pack(bytes(SIZE // 8 - 1)), f"has {SIZE - 8} entries"),
        (pack(b""), "has 0 entries"),
        (W3C_EXAMPLE[:-6], "cut off"),
        (W3C_EXAMPLE[:-6] + "AAAAAA", "unpacked"),  # its length is wrong
        (pack(bytes(MAXIMUM_BYTES + 1)), "larger than any list"),
    ],
)
def test_what_is_no_list(text: Any, reason: str) -> None:
    refusal = decode_list(text)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_nothing_may_stand_behind_a_list() -> None:
    packed = base64.urlsafe_b64decode(W3C_EXAMPLE[1:])
    for more in (b"\0", packed, b"x" * 100):
        text = "u" + base64.urlsafe_b64encode(packed + more).decode().rstrip("=")
        assert isinstance(decode_list(text), Refusal)


def test_a_list_that_unpacks_to_gigabytes_costs_little() -> None:
    # A block of a million zeros, again and again.
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    start = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(bytes(1_000_000)) + packer.flush(zlib.Z_FULL_FLUSH)
    bomb = start + block * 3999 + packer.flush()
    text = "u" + base64.urlsafe_b64encode(bomb).decode().rstrip("=")
    assert len(text) < 6_000_000
    tracemalloc.start()
    refusal = decode_list(text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(refusal, Refusal)
    assert "larger than any list" in refusal.reason
    assert peak < 4 * MAXIMUM_BYTES


@given(st.text() | st.text("AEHIswx_-0189").map(lambda text: f"uH4sIAAAAAAAA{text}") | st.binary().map(pack))
def test_any_text_is_read_or_refused(text: str) -> None:
    bits = decode_list(text)
    assert isinstance(bits, Refusal) or len(bits) * 8 >= SIZE


LIST = build_status_list(42)
BADGE = build_credential()


def give(subject: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """Return the lists that were given: one, with changes."""
    changed = {**LIST, **members, "credentialSubject": {**LIST["credentialSubject"], **(subject or {})}}
    return {STATUS_LIST: changed}


@pytest.mark.parametrize(
    ("entry", "lists", "outcome", "message"),
    [
        (None, {}, Outcome.PASSED, "it cannot be revoked"),
        (build_status(42), give(), Outcome.FAILED, "revoked by the issuer"),
        (build_status(41), give(), Outcome.PASSED, "not revoked"),
        ({**build_status(41), "type": ["BitstringStatusListEntry"]}, give(), Outcome.PASSED, "not revoked"),
        ({**build_status(42), "type": ["BitstringStatusListEntry"]}, give(), Outcome.FAILED, "revoked"),
        ({**build_status(42), "statusSize": 1}, give(), Outcome.FAILED, "revoked"),
        (
            {**build_status(42), "statusPurpose": "suspension"},
            give({"statusPurpose": ["revocation", "suspension"]}),
            Outcome.FAILED,
            "suspended by the issuer",
        ),
        (
            {**build_status(42), "statusPurpose": "refresh"},
            give({"statusPurpose": "refresh"}),
            Outcome.PASSED,
            "not barred",
        ),
        # What cannot be looked at.
        (build_status(42), {}, Outcome.UNCHECKED, "was not given"),
        (build_status(42), {f"{STATUS_LIST}#list": LIST}, Outcome.UNCHECKED, "was not given"),
        ({**build_status(42), "statusListCredential": None}, give(), Outcome.UNCHECKED, "was not given"),
        ({**build_status(42), "statusListCredential": [STATUS_LIST]}, give(), Outcome.UNCHECKED, "not given"),
        ({**build_status(42), "statusSize": 2}, give(), Outcome.UNCHECKED, "of several bits"),
        (
            {**build_status(42), "type": "1EdTechRevocationList"},
            give(),
            Outcome.UNCHECKED,
            "1EdTechRevocation",
        ),
        ({**build_status(42), "type": None}, give(), Outcome.UNCHECKED, "of the kind"),
        ([build_status(42)], give(), Outcome.UNCHECKED, "of the kind `list`"),
        ("https://e.org/status", give(), Outcome.UNCHECKED, "of the kind"),
        ([], give(), Outcome.UNCHECKED, "of the kind"),
        # What says nothing of this badge.
        (build_status(42), give(issuer="did:key:z6MkOther"), Outcome.FAILED, "another issuer's"),
        (build_status(42), give(issuer={"id": "did:key:z6MkOther"}), Outcome.FAILED, "another issuer's"),
        (build_status(42), give({"statusPurpose": "suspension"}), Outcome.FAILED, "not about `revocation`"),
        (build_status(42), give({"statusPurpose": None}), Outcome.FAILED, "not about `revocation`"),
        (
            {**build_status(42), "statusPurpose": None},
            give({"statusPurpose": None}),
            Outcome.FAILED,
            "not about",
        ),
        (
            {**build_status(42), "statusPurpose": []},
            give({"statusPurpose": [[]]}),
            Outcome.FAILED,
            "not about",
        ),
        ({**build_status(42), "statusListIndex": 42}, give(), Outcome.FAILED, "whole number as text"),
        (build_status(SIZE), give(), Outcome.FAILED, "beyond the end"),
        (build_status(42), give({"encodedList": "x"}), Outcome.FAILED, "base64url"),
        (build_status(42), give({"encodedList": None}), Outcome.FAILED, "base64url"),
    ],
)
def test_what_a_list_says_of_a_badge(
    entry: Any, lists: dict[str, Any], outcome: Outcome, message: str
) -> None:
    badge = BADGE if entry is None else {**BADGE, "credentialStatus": entry}
    result = check_status(badge, lists)
    assert result.outcome is outcome
    assert message in result.message


@given(INDEXES, st.integers(0, SIZE - 1))
def test_exactly_those_on_the_list_are_revoked(indexes: set[int], index: int) -> None:
    lists = give({"encodedList": encode_list(indexes)})
    for each in (index, *sorted(indexes)[:5]):
        result = check_status({**BADGE, "credentialStatus": build_status(each)}, lists)
        assert result.outcome is (Outcome.FAILED if each in indexes else Outcome.PASSED)
