"""Embedded proofs of the cryptosuite ``eddsa-rdfc-2022``.

W3C Data Integrity EdDSA Cryptosuites v1.0, section 3.2. What is signed are 64 bytes: the SHA-256 of the
canonical proof options, then that of the canonical document without its proof.
"""

import hashlib
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pyoxigraph import Quad

from microcred_cli.credentials.canonical import write_canonical
from microcred_cli.credentials.library import Document, Json
from microcred_cli.model.key import PublicKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.base58 import decode_base58, encode_base58

TYPE = "DataIntegrityProof"
CRYPTOSUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"
_SIGNATURE_BYTES = 64


def describe_proof(method: str, created: str) -> dict[str, str]:
    """Return the options of a proof: all of it but its value. ``created`` is UTC, ISO 8601."""
    return {
        "type": TYPE,
        "cryptosuite": CRYPTOSUITE,
        "created": created,
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }


def strip_proof(document: Document) -> dict[str, Json]:
    """Return the document without its proof."""
    return {key: value for key, value in document.items() if key != "proof"}


def complete_options(proof: Document, document: Document) -> dict[str, Json]:
    """Return a proof's options as they are canonicalised: without the value, with the document's context."""
    options = {key: value for key, value in proof.items() if key != "proofValue"}
    return {"@context": document["@context"], **options}


def digest_statements(statements: Iterable[Quad] | Refusal) -> bytes | Refusal:
    """Return the 32 bytes that stand for the statements of a document without proof, or of proof options."""
    canonical = statements if isinstance(statements, Refusal) else write_canonical(statements)
    return canonical if isinstance(canonical, Refusal) else hashlib.sha256(canonical).digest()


def attach_proof(document: Document, options: Mapping[str, str], signature: bytes) -> dict[str, Json]:
    """Return the document with a proof that holds the signature."""
    return {**document, "proof": {**options, "proofValue": f"z{encode_base58(signature)}"}}


def read_signature(value: Json) -> bytes | Refusal:
    """Return the 64 bytes of a ``proofValue``."""
    if not isinstance(value, str) or not value.startswith("z"):
        return Refusal("the proof value is not a text in base58 with `z` in front")
    data = decode_base58(value[1:])
    if isinstance(data, Refusal):
        return Refusal(f"the proof value cannot be read: {data.reason}")
    if len(data) != _SIGNATURE_BYTES:
        return Refusal(f"the signature has {len(data)} bytes, not {_SIGNATURE_BYTES}")
    return data


def has_signed(key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Return whether an Ed25519 key, a sound one (``decode_multikey``), signed the message."""
    try:
        Ed25519PublicKey.from_public_bytes(key.data).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
