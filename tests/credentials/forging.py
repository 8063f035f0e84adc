"""Signatures that are mathematically good over any document, and a second opinion on any badge.

None of it is the code under test: PyLD canonicalises, cryptography signs, base58 is written out here. Only
the published contexts are the package's own.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

import pyld.nquads  # type: ignore[import-untyped] # it has no types
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from pyld import jsonld

from tests.interop.sample import SEED, build_credential

CREATED = "2026-01-15T09:30:00Z"
OTHER_SEED = bytes(range(32, 64))
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

_ED25519 = b"\xed\x01"
_VC = "https://www.w3.org/2018/credentials#"
_SECURITY = "https://w3id.org/security#"
# What canonical N-Quads write as an escape and PyLD's URDNA2015 leaves as it is.
_CONTROLS = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    "\b": "\\b",
    "\f": "\\f",
}
_escape = pyld.nquads.escape


def _escape_controls(text: str) -> str:
    return "".join(_CONTROLS.get(each, each) for each in _escape(text))


pyld.nquads.escape = _escape_controls


def encode_base58(data: bytes) -> str:
    """Return bytes in base58btc."""
    number, digits = int.from_bytes(data, "big"), ""
    while number:
        number, digit = divmod(number, 58)
        digits = ALPHABET[digit] + digits
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + digits


def decode_base58(text: str) -> bytes:
    """Return what base58btc stands for; raises ValueError."""
    number = 0
    for character in text:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return bytes(zeros) + number.to_bytes((number.bit_length() + 7) // 8, "big")


def name_key(data: bytes, codec: bytes = _ED25519) -> str:
    """Return the did:key of these bytes, whatever they are."""
    return f"did:key:z{encode_base58(codec + data)}"


def derive_did(seed: bytes) -> str:
    """Return the did:key of the Ed25519 key with this seed."""
    return name_key(Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw())


def derive_method(did: str) -> str:
    """Return the verification method of a did:key."""
    return f"{did}#{did.removeprefix('did:key:')}"


def sign(
    document: Mapping[str, Any], options: Mapping[str, Any] | None = None, seed: bytes = SEED
) -> dict[str, Any]:
    """Return the document with a proof over all that JSON-LD keeps of it, without asking what it says.

    ``options`` change those of the proof; None takes one away.
    """
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    return {**unsigned, "proof": make_proof(unsigned, options, seed)}


def make_proof(
    unsigned: Mapping[str, Any], options: Mapping[str, Any] | None = None, seed: bytes = SEED
) -> dict[str, Any]:
    """Return a proof over a document without one."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": CREATED,
        "verificationMethod": derive_method(derive_did(seed)),
        "proofPurpose": "assertionMethod",
        **(options or {}),
    }
    proof = {key: value for key, value in proof.items() if value is not None}
    signature = Ed25519PrivateKey.from_private_bytes(seed).sign(_hash(unsigned, proof))
    return {**proof, "proofValue": f"z{encode_base58(signature)}"}


def build_badge(document: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return the sample badge, signed."""
    return sign(build_credential() if document is None else document)


def write(document: Mapping[str, Any]) -> bytes:
    """Return the JSON of a document."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def holds(document: Mapping[str, Any]) -> bool:
    """Return whether every proof is a good signature by the key it names: mathematics, and nothing else."""
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    return all(_holds(unsigned, proof) for proof in _list(document["proof"]))


def find_flaw(document: Mapping[str, Any], now: datetime) -> str | None:
    """Return what an independent verification has against a badge; None when it accepts it.

    All of it is read from the expanded document: what JSON-LD says, not what JSON seems to say. Status lists
    are not looked up; a badge with one has a flaw.
    """
    try:
        return next(_find_flaws(document, now), None)
    except (jsonld.JsonLdError, ValueError, KeyError, TypeError, AttributeError) as error:
        return f"{type(error).__name__}: {error}"


def _find_flaws(document: Mapping[str, Any], now: datetime) -> Iterator[str]:
    unsigned = {key: value for key, value in document.items() if key != "proof"}
    proofs = _list(document["proof"])
    if not proofs:
        yield "no proof"
    lost: list[str] = []
    (expanded,) = _expand(unsigned, lost)
    options = [_expand({"@context": document["@context"], **proof}, lost)[0] for proof in proofs]
    if lost:
        yield f"undefined: {lost}"
    if not holds(document):
        yield "the signature"
    for name in ("validFrom", "validUntil"):
        for value in expanded.get(_VC + name, []):
            moment = datetime.fromisoformat(value["@value"])
            if moment > now if name == "validFrom" else moment < now:
                yield name
    if _VC + "credentialStatus" in expanded:
        yield "credentialStatus"
    (issuer,) = expanded[_VC + "issuer"]
    for each in options:
        flaw = _find_proof_flaw(each, issuer["@id"], now)
        if flaw is not None:
            yield flaw


def _find_proof_flaw(proof: Mapping[str, Any], issuer: str, now: datetime) -> str | None:
    if proof[f"{_SECURITY}verificationMethod"] != [{"@id": derive_method(issuer)}]:
        return "not the issuer's"
    if proof[f"{_SECURITY}proofPurpose"] != [{"@id": f"{_SECURITY}assertionMethod"}]:
        return "not an assertion"
    for value in proof.get(f"{_SECURITY}expiration", []):
        if datetime.fromisoformat(value["@value"]) < now:
            return "expires"
    return None


def _holds(unsigned: Mapping[str, Any], proof: Mapping[str, Any]) -> bool:
    did = proof["verificationMethod"].partition("#")[0]
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    try:
        key = Ed25519PublicKey.from_public_bytes(decode_base58(did.removeprefix("did:key:z"))[2:34])
        key.verify(decode_base58(proof["proofValue"][1:]), _hash(unsigned, options))
    except (InvalidSignature, ValueError):
        return False
    return True


def _hash(unsigned: Mapping[str, Any], options: Mapping[str, Any]) -> bytes:
    parts = ({"@context": unsigned["@context"], **options}, unsigned)
    return b"".join(hashlib.sha256(canonicalize(part).encode()).digest() for part in parts)


def canonicalize(document: Mapping[str, Any]) -> str:
    """Return the canonical N-Quads by PyLD."""
    settings = {"algorithm": "URDNA2015", "format": "application/n-quads", "documentLoader": load}
    return str(jsonld.normalize(document, settings))


def _expand(document: Mapping[str, Any], lost: list[str]) -> list[Any]:
    settings = {"documentLoader": load, "on_property_dropped": lost.append}
    return list(jsonld.expand(document, settings))


def load(address: str, _options: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a published context as PyLD takes it; for any other address one that defines every word."""
    contexts = _read_contexts()
    document = contexts.get(address, {"@context": {"@vocab": "https://example.org/any#"}})
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": address,
        "document": document,
    }


@cache
def _read_contexts() -> dict[str, Any]:
    folder = resources.files("microcred_cli") / "standards"
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    return {
        address: json.loads((folder / entry["file"]).read_text(encoding="utf-8"))
        for address, entry in index["contexts"].items()
    }


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]
