"""Public keys as Multikey (W3C Controlled Identifiers 1.0) and did:key write them.

The points are checked with plain integers, so that no key reaches a signature check that would accept
anything: OpenSSL verifies one fixed signature over every message under an Ed25519 key of small order.
"""

from microcred_cli.model.key import Algorithm, PublicKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.base58 import decode_base58, encode_base58
from microcred_cli.texts.safe import shorten

_DID_KEY = "did:key:"
# The multicodec codes as varints, and what stands behind them.
_PREFIXES = {Algorithm.ED25519: b"\xed\x01", Algorithm.P256: b"\x80\x24"}
_LENGTHS = {Algorithm.ED25519: 32, Algorithm.P256: 33}
_NAMES = {Algorithm.ED25519: "an Ed25519 key", Algorithm.P256: "a P-256 key"}

# RFC 8032, 5.1: the curve -x² + y² = 1 + d·x²·y² over the integers modulo p.
_ED25519_P = 2**255 - 19
_ED25519_D = -121665 * pow(121666, -1, _ED25519_P) % _ED25519_P
# FIPS 186 (SP 800-186, 3.2.1.3): the curve y² = x³ - 3x + b.
_P256_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_P256_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


def encode_multikey(key: PublicKey) -> str:
    """Return the key as `publicKeyMultibase`: `z6Mk…` for Ed25519, `zDna…` for P-256."""
    return "z" + encode_base58(_PREFIXES[key.algorithm] + key.data)


def decode_multikey(text: str) -> PublicKey | Refusal:
    """Return the key that a `publicKeyMultibase` holds; what is returned is a sound point of its curve.

    Refused: another base than base58btc, another kind of key, a wrong length, what is no point of the
    curve, for Ed25519 a second spelling of a point (y not below p) and the points of small order.
    """
    if not text.startswith("z"):
        return Refusal(f"the key `{shorten(text)}` is not in base58: it has no `z` in front")
    data = decode_base58(text[1:])
    if isinstance(data, Refusal):
        return Refusal(f"the key cannot be read: {data.reason}")
    for algorithm, prefix in _PREFIXES.items():
        if data.startswith(prefix):
            return _check_key(PublicKey(algorithm, data[len(prefix) :]))
    return Refusal(f"the key `{shorten(text)}` is neither an Ed25519 nor a P-256 key")


def encode_did_key(key: PublicKey) -> str:
    """Return the DID that is made of the key itself: `did:key:z…`."""
    return _DID_KEY + encode_multikey(key)


def decode_did_key(did: str) -> PublicKey | Refusal:
    """Return the key a did:key is made of; a DID URL (with a fragment, path or version) is refused."""
    if not did.startswith(_DID_KEY):
        return Refusal(f"`{shorten(did)}` is no did:key")
    return decode_multikey(did.removeprefix(_DID_KEY))


def name_method(did: str) -> str:
    """Return the DID URL of the one verification method that a did:key has: `did:key:X#X`."""
    return f"{did}#{did.removeprefix(_DID_KEY)}"


def _check_key(key: PublicKey) -> PublicKey | Refusal:
    name, length = _NAMES[key.algorithm], _LENGTHS[key.algorithm]
    if len(key.data) != length:
        return Refusal(f"{name} has {length} bytes, this one {len(key.data)}")
    reason = _fault_ed25519(key.data) if key.algorithm is Algorithm.ED25519 else _fault_p256(key.data)
    return key if reason is None else Refusal(reason)


def _fault_ed25519(data: bytes) -> str | None:
    """Return what is wrong with an encoded point (RFC 8032, 5.1.3), None if nothing."""
    p, d = _ED25519_P, _ED25519_D
    y = int.from_bytes(data, "little") & (2**255 - 1)
    if y >= p:
        return "the Ed25519 key is not written the one way it may be (its y is not below p)"
    u, v = (y * y - 1) % p, (d * y * y + 1) % p
    x = u * pow(v, 3, p) * pow(u * pow(v, 7, p), (p - 5) // 8, p) % p
    if v * x * x % p == p - u:
        x = x * pow(2, (p - 1) // 4, p) % p
    elif v * x * x % p != u:
        return "the Ed25519 key is no point of its curve"
    # Either sign of x will do here: a point and its negative are of the same order. Eight times a point has
    # odd order, and of those only the neutral one has x = 0.
    z = 1
    for _ in range(3):
        x, y, z = _double(x, y, z)
    if x == 0:
        return "the Ed25519 key is of small order: anybody could sign for it"
    return None


def _double(x: int, y: int, z: int) -> tuple[int, int, int]:
    """Return a point of the Ed25519 curve, added to itself, in projective coordinates (x/z, y/z)."""
    p = _ED25519_P
    xx, yy = x * x % p, y * y % p
    # With a = -1: x' = 2xy / (y² - x²), y' = (x² + y²) / (2 - y² + x²).
    left, right = (yy - xx) % p, (2 * z * z - yy + xx) % p
    return 2 * x * y * right % p, (xx + yy) * left % p, left * right % p


def _fault_p256(data: bytes) -> str | None:
    """Return what is wrong with a compressed point (SEC 1, 2.3.4), None if nothing."""
    p = _P256_P
    if data[0] not in (2, 3):
        return "the P-256 key is not a compressed point"
    x = int.from_bytes(data[1:], "big")
    if x >= p:
        return "the P-256 key is not written the one way it may be (its x is not below p)"
    square = (x**3 - 3 * x + _P256_B) % p
    # Euler's criterion; no point of this curve has y = 0, its order being odd.
    if pow(square, (p - 1) // 2, p) != 1:
        return "the P-256 key is no point of its curve"
    return None
