"""The file of a private key: PKCS#8 in PEM, encrypted with a passphrase.

``BestAvailableEncryption`` of cryptography stretches a passphrase with 2,048 rounds, which is no
obstacle to somebody who has the file and guesses. So the envelope (PBES2, RFC 8018) is written here, with
the rounds that OWASP asks for today; OpenSSL and every other reader of PKCS#8 open it.
"""

import base64
import binascii
import math
import re
import secrets
from collections.abc import Iterator

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_der_private_key

from microcred_cli.keys.private_key import PrivateKey
from microcred_cli.model.refusal import Refusal

MAXIMUM_BYTES = 16_384
_ROUNDS = 600_000
# What opening a file may cost, as the product of its rounds, block size and the like: a few seconds.
_MAXIMUM_COST = 2**24

_PLAIN = "PRIVATE KEY"
_ENCRYPTED = "ENCRYPTED PRIVATE KEY"
_PEM = re.compile(
    rb"\s*-----BEGIN ((?:ENCRYPTED )?PRIVATE KEY)-----[ \t]*\r?\n"
    rb"([A-Za-z0-9+/=\r\n]+)-----END \1-----\s*"
)

_INTEGER, _OCTETS, _NULL, _OID, _SEQUENCE = b"\x02", b"\x04", b"\x05", b"\x06", b"\x30"
_PBES2 = bytes.fromhex("2a864886f70d01050d")
_PBKDF2 = bytes.fromhex("2a864886f70d01050c")
_HMAC_SHA256 = bytes.fromhex("2a864886f70d0209")
_AES256_CBC = bytes.fromhex("60864801650304012a")
# In DER, lengths from here on are written as a count of bytes and those bytes.
_LONG = 0x80


def encrypt_key(private: PrivateKey, passphrase: bytes | None) -> bytes:
    """Return the PEM of a key; without a passphrase it is not encrypted, and whoever has it can sign."""
    if passphrase is None:
        return _write_pem(_PLAIN, private.encode())
    salt, iv = secrets.token_bytes(16), secrets.token_bytes(16)
    padder = PKCS7(AES256.block_size).padder()
    padded = padder.update(private.encode()) + padder.finalize()
    secret = PBKDF2HMAC(SHA256(), AES256.key_size // 8, salt, _ROUNDS).derive(passphrase)
    encryptor = Cipher(AES256(secret), CBC(iv)).encryptor()
    encrypted = encryptor.update(padded) + encryptor.finalize()
    stretching = _put(
        _SEQUENCE,
        _put(_OCTETS, salt),
        _put(_INTEGER, _ROUNDS.to_bytes(3, "big")),
        _put(_SEQUENCE, _put(_OID, _HMAC_SHA256), _put(_NULL)),
    )
    scheme = _put(
        _SEQUENCE,
        _put(_SEQUENCE, _put(_OID, _PBKDF2), stretching),
        _put(_SEQUENCE, _put(_OID, _AES256_CBC), _put(_OCTETS, iv)),
    )
    envelope = _put(_SEQUENCE, _put(_SEQUENCE, _put(_OID, _PBES2), scheme), _put(_OCTETS, encrypted))
    return _write_pem(_ENCRYPTED, envelope)


def is_encrypted(pem: bytes) -> bool:
    """Return whether the PEM says that a passphrase is needed to open it."""
    match = _PEM.fullmatch(pem)
    return match is not None and match[1] == _ENCRYPTED.encode()


def decrypt_key(pem: bytes, passphrase: bytes | None) -> PrivateKey | Refusal:
    """Return the key in a PEM of at most 16 KB, or why there is none; no reason holds a byte of it.

    Any encryption that PKCS#8 files have is opened, unless it would take minutes. A passphrase for a
    file that is not encrypted is passed over.
    """
    unwrapped = _unwrap(pem)
    if isinstance(unwrapped, Refusal):
        return unwrapped
    label, der = unwrapped
    if label == _PLAIN:
        return _load(der, None, "the file is damaged: it holds no private key that can be read")
    if passphrase is None:
        return Refusal("it is encrypted, and no passphrase was given")
    if math.prod(_list_integers(der)) > _MAXIMUM_COST:
        return Refusal("its encryption would take too long to open; no microcred wrote it")
    return _load(der, passphrase, "the passphrase is wrong, or the file is damaged")


def _unwrap(pem: bytes) -> tuple[str, bytes] | Refusal:
    """Return what a PEM says it is, and the DER in it."""
    if len(pem) > MAXIMUM_BYTES:
        return Refusal(f"the file is larger than {MAXIMUM_BYTES:,} bytes, which no key is")
    match = _PEM.fullmatch(pem)
    if match is None:
        return Refusal("the file is not a private key in PEM (PKCS#8)")
    try:
        return match[1].decode(), base64.b64decode(re.sub(rb"[\r\n]", b"", match[2]), validate=True)
    except binascii.Error:
        return Refusal("the file is damaged: what is between its first and last line is not base64")


def _load(der: bytes, passphrase: bytes | None, otherwise: str) -> PrivateKey | Refusal:
    try:
        key = load_der_private_key(der, passphrase)
    except UnsupportedAlgorithm:
        return Refusal("the key, or its encryption, is of a kind that is not supported")
    except (ValueError, TypeError):
        # With a wrong passphrase one file in 256 decrypts to rubbish that is no key: the same to the user.
        return Refusal(otherwise)
    if isinstance(key, Ed25519PrivateKey):
        return PrivateKey(key)
    if isinstance(key, EllipticCurvePrivateKey) and isinstance(key.curve, SECP256R1):
        return PrivateKey(key)
    return Refusal("the key is neither an Ed25519 nor a P-256 key")


def _write_pem(label: str, der: bytes) -> bytes:
    text = base64.b64encode(der).decode()
    lines = [text[start : start + 64] for start in range(0, len(text), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----", ""]).encode()


def _put(tag: bytes, *parts: bytes) -> bytes:
    """Return one value in DER (X.690) around its content."""
    content = b"".join(parts)
    length = len(content)
    if length < _LONG:
        return tag + bytes([length]) + content
    written = length.to_bytes((length.bit_length() + 7) // 8, "big")
    return tag + bytes([_LONG | len(written)]) + written + content


def _list_integers(der: bytes) -> Iterator[int]:
    """Yield the integers of an encrypted key's header, which say how much work opening it is.

    What is no DER ends the list: the loader refuses it.
    """
    at = 0
    while at + 2 <= len(der):
        tag, length = der[at : at + 1], der[at + 1]
        at += 2
        if length >= _LONG:
            count = length - _LONG
            length = int.from_bytes(der[at : at + count], "big")
            at += count
        if tag == _INTEGER:
            yield int.from_bytes(der[at : at + length], "big")
        if tag != _SEQUENCE:
            at += length
