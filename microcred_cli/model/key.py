"""Keys that sign badges, as far as everybody may know them."""

from dataclasses import dataclass
from enum import StrEnum


class Algorithm(StrEnum):
    """What a key signs with."""

    ED25519 = "ed25519"
    P256 = "p-256"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: 32 bytes for Ed25519 (RFC 8032), the 33 of the compressed point for P-256 (SEC 1)."""

    algorithm: Algorithm
    data: bytes


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key of the project: its name, its public half, and the DID that badges name as their issuer.

    ``method`` is the DID URL of the verification method; ``created`` is UTC, ISO 8601.
    """

    name: str
    public: PublicKey
    did: str
    method: str
    created: str
