"""The private half of a signing key: what signs."""

from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from microcred_cli.model.key import Algorithm, PublicKey

_P256_BYTES = 32


class PrivateKey:
    """A key that signs; printed, it shows only its kind."""

    __slots__ = ("_key", "public")

    def __init__(self, key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> None:
        """Wrap a key of one of the two kinds; an EC key must be on P-256."""
        self._key = key
        self.public = _derive_public(key)

    def __repr__(self) -> str:
        return f"PrivateKey({self.public.algorithm})"

    def sign(self, data: bytes) -> bytes:
        """Return the 64 bytes of the signature, the same ones every time.

        Ed25519 (RFC 8032), or ECDSA on P-256 with SHA-256 and a deterministic nonce (RFC 6979), written
        as r and s one after the other (RFC 7518, 3.4).
        """
        if isinstance(self._key, Ed25519PrivateKey):
            return self._key.sign(data)
        r, s = decode_dss_signature(self._key.sign(data, ECDSA(SHA256(), deterministic_signing=True)))
        return r.to_bytes(_P256_BYTES, "big") + s.to_bytes(_P256_BYTES, "big")

    def encode(self) -> bytes:
        """Return the secret itself, as PKCS#8 (RFC 5958) in DER; only pem.py has a use for it."""
        return self._key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def generate_key(algorithm: Algorithm) -> PrivateKey:
    """Return a new key, drawn from the system's randomness."""
    match algorithm:
        case Algorithm.ED25519:
            return PrivateKey(Ed25519PrivateKey.generate())
        case Algorithm.P256:
            return PrivateKey(generate_private_key(SECP256R1()))


def _derive_public(key: Ed25519PrivateKey | EllipticCurvePrivateKey) -> PublicKey:
    public = key.public_key()
    if isinstance(key, Ed25519PrivateKey):
        return PublicKey(Algorithm.ED25519, public.public_bytes(Encoding.Raw, PublicFormat.Raw))
    return PublicKey(Algorithm.P256, public.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
