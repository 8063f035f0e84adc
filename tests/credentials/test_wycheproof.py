"""Ed25519: every case of Wycheproof by the functions that verify badges, and keys anybody can sign for."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from microcred_cli.credentials.canonical import read_statements
from microcred_cli.credentials.proof import (
    attach_proof,
    complete_options,
    describe_proof,
    digest_statements,
    has_signed,
    read_signature,
)
from microcred_cli.credentials.verification import Verifier
from microcred_cli.model.key import Algorithm, PublicKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, Outcome
from microcred_cli.texts.base58 import encode_base58
from microcred_cli.texts.multikey import decode_did_key, encode_did_key, name_method
from microcred_cli.workflows.read_library import read_library
from tests.credentials.elsewhere import SMALL
from tests.shared import SHARED, find_shared

SUITE = ("corpora", "wycheproof", "testvectors_v1", "ed25519_test.json")
NOW = datetime(2026, 2, 1, tzinfo=UTC)
L = 2**252 + 27742317777372353535851937790883648493
NEUTRAL = b"\x01" + bytes(31)


class Case(NamedTuple):
    """A case of the suite: a signature by a key over a message, and whether it is to be accepted."""

    number: int
    flags: str
    key: str
    message: str
    signature: str
    valid: bool


def list_cases() -> Iterator[Case]:
    path = SHARED.joinpath(*SUITE)
    if path.exists():
        for group in json.loads(path.read_text(encoding="utf-8"))["testGroups"]:
            for test in group["tests"]:
                assert test["result"] in {"valid", "invalid"}
                yield Case(
                    test["tcId"],
                    "-".join(test["flags"]),
                    group["publicKey"]["pk"],
                    test["msg"],
                    test["sig"],
                    test["result"] == "valid",
                )


CASES = list(list_cases())


@pytest.mark.parametrize("case", CASES, ids=[f"{case.number}-{case.flags}" for case in CASES])
def test_signatures(case: Case) -> None:
    key = decode_did_key(encode_did_key(PublicKey(Algorithm.ED25519, bytes.fromhex(case.key))))
    assert isinstance(key, PublicKey)
    signature, message = bytes.fromhex(case.signature), bytes.fromhex(case.message)
    assert has_signed(key, signature, message) is case.valid
    read = read_signature(f"z{encode_base58(signature)}")
    assert read == signature or (len(signature) != 64 and isinstance(read, Refusal) and not case.valid)


def test_the_whole_suite_is_there() -> None:
    find_shared(*SUITE)
    assert len(CASES) == len({case.number for case in CASES}) == 151
    assert sum(case.valid for case in CASES) == 88


# Every spelling of the eight points of small order (RFC 7748, 6.1 and RFC 8032, 5.1.3), but for the sign bit.
SMALL_ORDER = [
    NEUTRAL,  # the neutral point
    bytes.fromhex("ec" + "ff" * 30 + "7f"),  # order 2
    bytes(32),  # order 4
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),  # order 8
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),  # order 8
    bytes.fromhex("ed" + "ff" * 30 + "7f"),  # y = p, the second spelling of 0
    bytes.fromhex("ee" + "ff" * 30 + "7f"),  # y = p + 1, the second spelling of the neutral point
]
SPELLINGS = [data[:31] + bytes([data[31] | sign]) for data in SMALL_ORDER for sign in (0, 0x80)]
# Points of large order, written with a y that is not below p: 3 + p and so on, where they are on the curve.
NOT_CANONICAL = [bytes([0xED + y]) + b"\xff" * 30 + b"\x7f" for y in (3, 4, 5, 6, 9, 10, 14, 15, 16, 18)]


def build_unsigned(issuer: str) -> dict[str, Any]:
    return {**SMALL, "issuer": {**SMALL["issuer"], "id": issuer}}


def build_message(document: dict[str, Any], options: dict[str, str]) -> bytes:
    parts = (complete_options(options, document), document)
    digests = [digest_statements(read_statements(part, read_library())) for part in parts]
    return b"".join(digest for digest in digests if isinstance(digest, bytes))


def forge(data: bytes) -> dict[str, Any]:
    """Return a badge by that key with S = 0, which holds wherever R = -kA: one try in eight for such keys."""
    key = PublicKey(Algorithm.ED25519, data)
    did = encode_did_key(key)
    document = build_unsigned(did)
    signature = NEUTRAL + bytes(32)
    for second in range(20):
        options = describe_proof(name_method(did), f"2026-01-15T09:30:{second:02}Z")
        message = build_message(document, options)
        for point in SPELLINGS:
            signature = point + bytes(32)
            if has_signed(key, signature, message):
                return attach_proof(document, options, signature)
    return attach_proof(document, options, signature)


def verify(document: dict[str, Any]) -> dict[Check, tuple[Outcome, str]]:
    results = Verifier(read_library()).verify(document, NOW)
    return {result.check: (result.outcome, result.message) for result in results}


@pytest.mark.parametrize("data", SPELLINGS, ids=bytes.hex)
def test_nobody_signs_for_a_key_of_small_order(data: bytes) -> None:
    results = verify(forge(data))
    for check in (Check.PROOF, Check.ISSUER):
        outcome, message = results[check]
        assert outcome is Outcome.FAILED
        assert "small order" in message or "not below p" in message, message
    assert results[Check.TERMS][0] is Outcome.PASSED


@pytest.mark.parametrize("data", NOT_CANONICAL, ids=bytes.hex)
def test_a_key_is_written_in_one_way(data: bytes) -> None:
    results = verify(forge(data))
    assert results[Check.PROOF][0] is results[Check.ISSUER][0] is Outcome.FAILED
    assert "not below p" in results[Check.PROOF][1]


def test_a_signature_is_written_in_one_way() -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
    did = encode_did_key(PublicKey(Algorithm.ED25519, key.public_key().public_bytes_raw()))
    document, options = build_unsigned(did), describe_proof(name_method(did), "2026-01-15T09:30:00Z")
    signature = key.sign(build_message(document, options))
    results = verify(attach_proof(document, options, signature))
    assert {outcome for outcome, _ in results.values()} == {Outcome.PASSED}
    # RFC 8032, 5.1.7: S + L would hold as well, were it not refused.
    again = signature[:32] + (int.from_bytes(signature[32:], "little") + L).to_bytes(32, "little")
    assert verify(attach_proof(document, options, again))[Check.PROOF][0] is Outcome.FAILED
