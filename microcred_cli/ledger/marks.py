"""What is derived from the secret of a ledger: always the same, and nobody without the ledger can tell it."""

import hmac

SECRET_BYTES = 32


def derive_mark(secret: bytes, purpose: str, text: str) -> str:
    """Return the HMAC-SHA256 of a text in hexadecimal digits; marks of different purposes never agree."""
    return hmac.digest(secret, f"{purpose}\0{text}".encode(), "sha256").hex()
