"""Keys as files of every kind, and texts in which a secret could be found again."""

import base64

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

PASSPHRASE = b"correct horse"


def write_pem(
    key: object, passphrase: bytes | None = None, form: PrivateFormat = PrivateFormat.PKCS8
) -> bytes:
    """Return the PEM of a key as cryptography itself writes it: with few rounds, so it opens quickly."""
    encryption = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    return key.private_bytes(Encoding.PEM, form, encryption)  # type: ignore[attr-defined,no-any-return]


def read_secret(pem: bytes, passphrase: bytes | None = None) -> bytes:
    """Return the 32 bytes that are the key, without any help of the code under test."""
    key = load_pem_private_key(pem, passphrase)
    if isinstance(key, Ed25519PrivateKey):
        return key.private_bytes_raw()
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    return key.private_numbers().private_value.to_bytes(32, "big")


def find_secret(secret: bytes, text: bytes) -> list[str]:
    """Return the spellings in which a secret, or half of it, stands in a text."""
    lowered = text.lower()
    halves = {
        "whole": secret,
        "first half": secret[: len(secret) // 2],
        "second half": secret[len(secret) // 2 :],
    }
    found = []
    for name, part in halves.items():
        if part in text:
            found.append(f"{name}, raw")
        if part.hex().encode() in lowered:
            found.append(f"{name}, hex")
        # The middle of base64 is the same whatever stands before, but for the shift by bytes.
        for shift in range(3):
            core = part[shift : len(part) - (len(part) - shift) % 3]
            spelled = base64.b64encode(core)
            if spelled in text or spelled.replace(b"+", b"-").replace(b"/", b"_") in text:
                found.append(f"{name}, base64")
    return found
