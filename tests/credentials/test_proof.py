"""Proofs: made, attached, read back, and what becomes of those that are not as ours."""

import copy
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.credentials.canonical import read_statements
from microcred_cli.credentials.proof import (
    attach_proof,
    complete_options,
    describe_proof,
    digest_statements,
    read_signature,
    strip_proof,
)
from microcred_cli.credentials.verification import Verifier
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, Outcome
from microcred_cli.texts.base58 import encode_base58
from microcred_cli.texts.multikey import name_method
from microcred_cli.workflows.read_library import read_library
from tests.credentials.elsewhere import SMALL
from tests.interop.sample import ISSUER, OTHER_ISSUER, SEED

P256_KEY = "did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"
LIBRARY = read_library()
VERIFIER = Verifier(LIBRARY)
NOW = datetime(2026, 2, 1, tzinfo=UTC)
UNSIGNED: dict[str, Any] = {**SMALL, "issuer": {**SMALL["issuer"], "id": ISSUER}}
OPTIONS = describe_proof(name_method(ISSUER), "2026-01-15T09:30:00Z")
PASSED, FAILED, UNCHECKED = Outcome.PASSED, Outcome.FAILED, Outcome.UNCHECKED

VALUES = st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text())
DOCUMENTS = st.dictionaries(st.text(), VALUES).map(lambda each: {"@context": ["urn:c"], **each})
SIGNATURES = st.binary(min_size=64, max_size=64) | st.sampled_from(
    [bytes(64), bytes(63) + b"\1", b"\xff" * 64]
)


def sign(document: Mapping[str, Any] = UNSIGNED, **options: Any) -> dict[str, Any]:
    """Return a proof over a document by the issuer's key, with changed options; None takes one away."""
    proof = {key: each for key, each in {**OPTIONS, **options}.items() if each is not None}
    parts = (complete_options(proof, document), strip_proof(document))
    digests = [digest_statements(read_statements(part, LIBRARY)) for part in parts]
    message = b"".join(each for each in digests if isinstance(each, bytes))
    assert len(message) == 64, digests
    signature = Ed25519PrivateKey.from_private_bytes(SEED).sign(message)
    return {**proof, "proofValue": f"z{encode_base58(signature)}"}


def verify(proof: Any, document: Mapping[str, Any] = UNSIGNED) -> dict[Check, Outcome]:
    results = VERIFIER.verify({**document, "proof": proof}, NOW)
    return {result.check: result.outcome for result in results}


@given(DOCUMENTS, SIGNATURES)
def test_what_is_attached_comes_off_and_is_read(document: dict[str, Any], signature: bytes) -> None:
    before = copy.deepcopy(document)
    signed = attach_proof(document, OPTIONS, signature)
    assert document == before
    assert strip_proof(signed) == strip_proof(document)
    assert read_signature(signed["proof"]["proofValue"]) == signature
    assert complete_options(signed["proof"], signed) == {"@context": document["@context"], **OPTIONS}
    # A proof takes the place of one that was there.
    assert attach_proof(signed, OPTIONS, signature) == signed


@given(DOCUMENTS, DOCUMENTS)
def test_options_are_all_but_the_value_and_bring_the_context(
    document: dict[str, Any], proof: dict[str, Any]
) -> None:
    proof.pop("@context")
    options = complete_options({**proof, "proofValue": "z1"}, document)
    assert options.pop("@context") == document["@context"]
    proof.pop("proofValue", None)
    assert options == proof


@pytest.mark.parametrize(
    "value",
    [
        *(None, 5, True, [], {}, "", "z", "z0", "zI", "zé", "z ", "Z" + encode_base58(bytes(64))),
        *(f"{prefix}{encode_base58(b'x' * 64)}" for prefix in ("", "u", "f", "m", " z", "zz", "Z", "z0")),
        *(f"z{encode_base58(b'x' * size)}" for size in (0, 1, 32, 63, 65, 128, 10_000)),
        f"z{encode_base58(b'x' * 64)}\n",
        f"z1{encode_base58(b'x' * 64)}",
        [f"z{encode_base58(b'x' * 64)}"],
    ],
)
def test_what_is_no_proof_value(value: Any) -> None:
    assert isinstance(read_signature(value), Refusal)
    assert verify({**sign(), "proofValue": value})[Check.PROOF] is FAILED


@given(st.text() | st.text("123456789ABCabc").map(lambda text: f"z{text}"))
def test_any_proof_value_is_read_in_one_way_or_refused(value: str) -> None:
    signature = read_signature(value)
    assert isinstance(signature, Refusal) or f"z{encode_base58(signature)}" == value


def test_a_badge_with_our_proof_passes_all_checks() -> None:
    assert verify(sign()) == dict.fromkeys(Check, PASSED)


# Proofs that are mathematically good over exactly these options.
@pytest.mark.parametrize(
    ("options", "proof", "issuer"),
    [
        ({"created": None}, PASSED, PASSED),
        ({"created": "2026-01-15T10:30:00+01:00"}, PASSED, PASSED),
        ({"expires": "2027-01-01T00:00:00Z"}, PASSED, PASSED),
        ({"nonce": "n", "domain": ["a", "b"], "challenge": "c"}, PASSED, PASSED),
        ({"id": "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54"}, PASSED, PASSED),
        ({"proofPurpose": "authentication"}, PASSED, FAILED),
        ({"proofPurpose": "capabilityInvocation"}, PASSED, FAILED),
        ({"proofPurpose": None}, PASSED, FAILED),
        ({"type": ["DataIntegrityProof"]}, UNCHECKED, PASSED),
        ({"cryptosuite": "eddsa-jcs-2022"}, UNCHECKED, PASSED),
        ({"cryptosuite": "ecdsa-rdfc-2019"}, UNCHECKED, PASSED),
        ({"cryptosuite": "EDDSA-RDFC-2022"}, UNCHECKED, PASSED),
        ({"cryptosuite": None}, UNCHECKED, PASSED),
        ({"previousProof": "urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54"}, UNCHECKED, PASSED),
        ({"verificationMethod": name_method(OTHER_ISSUER)}, FAILED, FAILED),
        ({"verificationMethod": name_method(P256_KEY)}, FAILED, FAILED),
        ({"verificationMethod": ISSUER}, FAILED, FAILED),
        ({"verificationMethod": f"{ISSUER}#key-1"}, FAILED, FAILED),
        ({"verificationMethod": f"{name_method(ISSUER)}#"}, FAILED, FAILED),
        ({"verificationMethod": "https://e.org/keys/1"}, UNCHECKED, FAILED),
        ({"verificationMethod": "did:web:e.org#1"}, UNCHECKED, FAILED),
    ],
)
def test_good_proofs_with_other_options(options: dict[str, Any], proof: Outcome, issuer: Outcome) -> None:
    outcomes = verify(sign(**options))
    assert (outcomes[Check.PROOF], outcomes[Check.ISSUER]) == (proof, issuer)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("created", "2026-01-15T09:30:01Z"),
        ("created", None),
        ("proofPurpose", "authentication"),
        ("proofPurpose", None),
        ("id", "urn:x:1"),
        ("nonce", "n"),
        ("domain", "e.org"),
        ("expires", "2027-01-01T00:00:00Z"),
        ("challenge", "c"),
        ("name", "x"),
        ("undefined", "x"),
        ("domain", []),
        ("domain", None),
        ("expires", {}),
        ("@context", []),
        ("@context", "https://www.w3.org/ns/credentials/v2"),
        ("@id", "urn:x:1"),
        ("@type", "https://w3id.org/security#Multikey"),
        ("type", "DataIntegrityProofs"),
        ("cryptosuite", "eddsa-rdfc-2023"),
        ("verificationMethod", name_method(OTHER_ISSUER)),
        ("verificationMethod", {"id": name_method(ISSUER)}),
        ("verificationMethod", None),
        ("verificationMethod", [name_method(ISSUER)]),
    ],
)
def test_no_option_can_be_changed_afterwards(option: str, value: Any) -> None:
    outcomes = verify({**sign(), option: value})
    assert outcomes != dict.fromkeys(Check, PASSED)


@pytest.mark.parametrize("option", [*OPTIONS, "proofValue"])
def test_no_option_can_be_taken_away(option: str) -> None:
    rest = {key: each for key, each in sign().items() if key != option}
    assert verify(rest)[Check.PROOF] is not PASSED


def break_proof(proof: dict[str, Any]) -> dict[str, Any]:
    return {**proof, "proofValue": sign({**UNSIGNED, "name": "another"})["proofValue"]}


UNKNOWN = {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023", "proofPurpose": "assertionMethod"}


@pytest.mark.parametrize(
    ("make", "proof", "issuer"),
    [
        (lambda good: [good], PASSED, PASSED),
        (lambda good: [good, sign(created="2026-01-16T09:30:00Z")], PASSED, PASSED),
        (lambda good: [good, sign(proofPurpose="authentication")], PASSED, PASSED),
        (lambda good: [good, UNKNOWN], PASSED, PASSED),
        (lambda good: [good, break_proof(good)], FAILED, PASSED),
        (lambda good: [break_proof(good), UNKNOWN], FAILED, FAILED),
        (lambda _: [UNKNOWN, UNKNOWN], UNCHECKED, FAILED),
        (lambda good: [good, "x"], FAILED, PASSED),
        (lambda good: [good, None], FAILED, PASSED),
        (lambda good: [good, [good]], FAILED, PASSED),
        (lambda good: [[good]], FAILED, UNCHECKED),
        (lambda _: [], FAILED, UNCHECKED),
        (lambda _: None, FAILED, UNCHECKED),
        (lambda _: "x", FAILED, UNCHECKED),
        (lambda _: {}, UNCHECKED, FAILED),
    ],
)
def test_sets_of_proofs(make: Callable[[dict[str, Any]], Any], proof: Outcome, issuer: Outcome) -> None:
    proofs = make(sign())
    outcomes = verify(proofs)
    assert outcomes[Check.PROOF] is proof
    if proof is not FAILED:
        assert outcomes[Check.ISSUER] is issuer
    assert (outcomes == dict.fromkeys(Check, PASSED)) is (proof is issuer is PASSED)
    if isinstance(proofs, list):
        assert verify(proofs[::-1])[Check.PROOF] is proof


def test_a_badge_without_a_proof_is_not_proven() -> None:
    outcomes = {result.check: result.outcome for result in VERIFIER.verify(UNSIGNED, NOW)}
    assert outcomes[Check.PROOF] is FAILED
    assert outcomes[Check.ISSUER] is UNCHECKED


@given(st.integers(0, 63), st.integers(1, 255))
def test_no_byte_of_a_signature_can_be_changed(index: int, mask: int) -> None:
    proof = sign()
    signature = read_signature(proof["proofValue"])
    assert isinstance(signature, bytes)
    changed = bytearray(signature)
    changed[index] ^= mask
    outcomes = verify({**proof, "proofValue": f"z{encode_base58(bytes(changed))}"})
    assert outcomes[Check.PROOF] is FAILED
