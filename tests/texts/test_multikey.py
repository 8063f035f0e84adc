"""Multikey and did:key: sound points of their curves, written in the one way there is."""

import json
from collections.abc import Iterator

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, derive_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.model.key import Algorithm, PublicKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.base58 import ALPHABET, encode_base58
from microcred_cli.texts.multikey import (
    decode_did_key,
    decode_multikey,
    encode_did_key,
    encode_multikey,
    name_method,
)
from tests.shared import find_shared

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ED25519_KEY = "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
P256_KEY = "zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169"


@pytest.mark.parametrize(
    ("did", "algorithm", "data"),
    [
        # From the did:key method specification, v0.9: its introduction and its test vectors.
        (
            f"did:key:{ED25519_KEY}",
            Algorithm.ED25519,
            "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6",
        ),
        (
            "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
            Algorithm.ED25519,
            "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
        ),
        (
            f"did:key:{P256_KEY}",
            Algorithm.P256,
            "037f235830dd3defa722ef1aa249d6a0ddbba4f990b0817538933f573640653542",
        ),
        (
            "did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv",
            Algorithm.P256,
            "038a0ac59a2d3086e8a12a78fd4773a6d52a0ca61ef6c1419e15a05bcc6dafce7b",
        ),
    ],
)
def test_published_keys(did: str, algorithm: Algorithm, data: str) -> None:
    key = decode_did_key(did)
    assert isinstance(key, PublicKey)
    assert key.algorithm is algorithm
    assert key.data.hex() == data
    assert encode_did_key(key) == did
    assert name_method(did) == f"{did}#{did.removeprefix('did:key:')}"


def encode(prefix: str, data: bytes) -> str:
    return "z" + encode_base58(bytes.fromhex(prefix) + data)


def encode_ed25519(y: int, sign: int = 0) -> str:
    return encode("ed01", (y | sign << 255).to_bytes(32, "little"))


POINT = b"\x09" + bytes(31)  # y = 9 is on the Ed25519 curve


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "has no `z` in front"),
        (ED25519_KEY[1:], "has no `z` in front"),
        ("u7QEubw", "has no `z` in front"),
        (f"Z{ED25519_KEY[1:]}", "has no `z` in front"),
        (f" {ED25519_KEY}", "has no `z` in front"),
        (f"{ED25519_KEY}\n", "is not base58"),
        (f"{ED25519_KEY}#{ED25519_KEY}", "is not base58"),
        (ED25519_KEY.replace("X", "0"), "is not base58"),
        ("z" + "1" * 500, "at most 200"),
        ("z", "neither an Ed25519 nor a P-256 key"),
        (f"z1{ED25519_KEY[1:]}", "neither an Ed25519 nor a P-256 key"),
        (encode("ec01", POINT), "neither an Ed25519 nor a P-256 key"),  # X25519
        (encode("e701", b"\x02" + POINT), "neither an Ed25519 nor a P-256 key"),  # secp256k1
        (encode("8124", b"\x02" + POINT), "neither an Ed25519 nor a P-256 key"),  # P-384
        (encode("8026", POINT), "neither an Ed25519 nor a P-256 key"),  # an Ed25519 private key
        (encode("ed", POINT), "neither an Ed25519 nor a P-256 key"),
        (encode("ed8100", POINT), "neither an Ed25519 nor a P-256 key"),  # the code as a longer varint
        (encode("ed01", b""), "has 32 bytes, this one 0"),
        (encode("ed01", POINT[:-1]), "has 32 bytes, this one 31"),
        (encode("ed01", POINT + b"\0"), "has 32 bytes, this one 33"),
        (encode("8024", b"\x02" + bytes(31)), "a P-256 key has 33 bytes, this one 32"),
        (encode("8024", b"\x04" + bytes(64)), "a P-256 key has 33 bytes, this one 65"),
        (encode("8024", bytes(33)), "not a compressed point"),
        (encode("8024", b"\x04" + bytes(32)), "not a compressed point"),
        (encode("8024", b"\x02" + b"\xff" * 32), "x is not below p"),
        (encode("8024", b"\x02" + (2**256 - 2**224 + 2**192 + 2**96 - 1).to_bytes(32)), "x is not below p"),
        (encode("8024", b"\x03" + bytes(31) + b"\x01"), "no point of its curve"),
        (encode_ed25519(2), "no point of its curve"),
        (encode_ed25519(2, sign=1), "no point of its curve"),
        (encode_ed25519(P + 3), "y is not below p"),
        (encode_ed25519(2**255 - 1, sign=1), "y is not below p"),
    ],
)
def test_refused_keys(text: str, reason: str) -> None:
    refusal = decode_multikey(text)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert decode_did_key(f"did:key:{text}") == refusal


@pytest.mark.parametrize(
    "did",
    [
        "",
        "did:key",
        "did:key:",
        ED25519_KEY,
        f"did:web:{ED25519_KEY}",
        f"DID:key:{ED25519_KEY}",
        f"did:KEY:{ED25519_KEY}",
        f" did:key:{ED25519_KEY}",
        f"did:key:1.1:{ED25519_KEY}",
        f"did:key:{ED25519_KEY}/",
        f"did:key:{ED25519_KEY}?versionId=1",
        name_method(f"did:key:{ED25519_KEY}"),
    ],
)
def test_what_is_no_did_key(did: str) -> None:
    assert isinstance(decode_did_key(did), Refusal)


def add(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    """Add two points of the Ed25519 curve as its equation has it (RFC 8032, 5.1.4, affine)."""
    (x1, y1), (x2, y2) = left, right
    product = D * x1 * x2 * y1 * y2
    return (
        (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P,
        (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P,
    )


def square_roots(square: int) -> Iterator[int]:
    root = pow(square, (P + 3) // 8, P)
    for candidate in (root, root * pow(2, (P - 1) // 4, P) % P):
        if candidate * candidate % P == square % P:
            yield from {candidate, -candidate % P}


def find_points_of_small_order() -> set[tuple[int, int]]:
    """Return the points that vanish when multiplied by 8, by halving from the neutral one.

    2·(x, y) = (2xy / (y² - x²), …): it has x = 0 where x·y = 0, and y = 0 where x² = -y², which the curve
    turns into d·y⁴ + 2·y² - 1 = 0.
    """
    points = {(0, 1), (0, P - 1)}
    points |= {(x, 0) for x in square_roots(-1)}
    for root in square_roots(1 + D):
        for y in square_roots((root - 1) * pow(D, -1, P) % P):
            points |= {(x, y) for x in square_roots(-y * y)}
    return points


def test_the_points_of_small_order_are_all_refused_in_every_spelling() -> None:
    points = find_points_of_small_order()
    assert len(points) == 8
    for x, y in points:
        assert (y * y - x * x - 1 - D * x * x * y * y) % P == 0
        doubled = add((x, y), (x, y))
        assert add(add(doubled, doubled), add(doubled, doubled)) == (0, 1)
    spellings = {(y, x & 1) for x, y in points}
    spellings |= {(y, 1) for x, y in points if x == 0}
    spellings |= {(y + P, sign) for y, sign in spellings if y + P < 2**255}
    assert len(spellings) == 14
    for y, sign in spellings:
        assert isinstance(decode_multikey(encode_ed25519(y, sign)), Refusal)
    for x, y in points:
        refusal = decode_multikey(encode_ed25519(y, x & 1))
        assert isinstance(refusal, Refusal)
        assert "small order" in refusal.reason


def test_a_point_is_taken_with_either_sign() -> None:
    for sign in (0, 1):
        assert isinstance(decode_multikey(encode_ed25519(9, sign)), PublicKey)


@given(st.binary(min_size=32, max_size=32))
def test_every_ed25519_key_survives(seed: bytes) -> None:
    data = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    key = PublicKey(Algorithm.ED25519, data)
    text = encode_multikey(key)
    assert text.startswith("z6Mk")
    assert decode_multikey(text) == key
    assert decode_did_key(encode_did_key(key)) == key


@given(st.integers(1, 2**255))
def test_every_p256_key_survives(number: int) -> None:
    point = derive_private_key(number, SECP256R1()).public_key()
    key = PublicKey(Algorithm.P256, point.public_bytes(Encoding.X962, PublicFormat.CompressedPoint))
    text = encode_multikey(key)
    assert text.startswith("zDn")
    assert decode_multikey(text) == key
    assert decode_did_key(encode_did_key(key)) == key


@given(st.sampled_from(["ed01", "8024"]), st.binary(min_size=31, max_size=34))
def test_what_is_taken_is_written_in_one_way(prefix: str, data: bytes) -> None:
    text = encode(prefix, data)
    key = decode_multikey(text)
    if isinstance(key, PublicKey):
        assert encode_multikey(key) == text


@given(st.sampled_from([ED25519_KEY, P256_KEY]), st.integers(0, 47), st.sampled_from(ALPHABET))
def test_a_changed_character_never_yields_the_same_key(text: str, index: int, character: str) -> None:
    changed = text[:index] + character + text[index + 1 :]
    assert changed == text or decode_multikey(changed) != decode_multikey(text)


@given(
    st.text() | st.text(ALPHABET).map(lambda text: f"z{text}") | st.text().map(lambda text: f"did:key:{text}")
)
def test_any_text_is_read_or_refused(text: str) -> None:
    assert isinstance(decode_multikey(text), PublicKey | Refusal)
    assert isinstance(decode_did_key(text), PublicKey | Refusal)


def test_every_ed25519_key_of_wycheproof() -> None:
    path = find_shared("corpora", "wycheproof") / "testvectors_v1" / "ed25519_test.json"
    groups = json.loads(path.read_text(encoding="utf-8"))["testGroups"]
    keys = {group["publicKey"]["pk"] for group in groups}
    assert len(keys) >= 5
    for key in keys:
        data = bytes.fromhex(key)
        assert decode_multikey(encode("ed01", data)) == PublicKey(Algorithm.ED25519, data)
