"""What signs: 64 bytes that anybody can check, and nothing of the secret in sight."""

import pickle

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.keys.private_key import PrivateKey, generate_key
from microcred_cli.model.key import Algorithm, PublicKey
from microcred_cli.texts.multikey import decode_did_key, encode_did_key
from tests.keys.samples import find_secret

KEYS = {algorithm: generate_key(algorithm) for algorithm in Algorithm}


def check(public: PublicKey, signature: bytes, data: bytes) -> None:
    """Raise InvalidSignature unless the signature is one of the key."""
    if public.algorithm is Algorithm.ED25519:
        Ed25519PublicKey.from_public_bytes(public.data).verify(signature, data)
        return
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public.data)
    key.verify(encode_dss_signature(r, s), data, ec.ECDSA(SHA256()))


@pytest.mark.parametrize("algorithm", Algorithm)
@given(data=st.binary(max_size=200))
def test_a_signature_is_64_bytes_always_the_same_and_holds(algorithm: Algorithm, data: bytes) -> None:
    key = KEYS[algorithm]
    signature = key.sign(data)
    assert len(signature) == 64
    assert key.sign(data) == signature
    check(key.public, signature, data)
    with pytest.raises(InvalidSignature):
        check(key.public, signature, data + b"x")


def test_ed25519_signs_as_the_rfc_does() -> None:
    """RFC 8032, 7.1, test 3."""
    seed = bytes.fromhex("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")
    key = PrivateKey(Ed25519PrivateKey.from_private_bytes(seed))
    assert key.public.data.hex() == "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    assert key.sign(b"\xaf\x82").hex() == (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )


def test_p256_signs_as_the_rfc_does() -> None:
    """RFC 6979, A.2.5, SHA-256, message "sample"."""
    secret = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    key = PrivateKey(ec.derive_private_key(secret, ec.SECP256R1()))
    assert key.public.data.hex() == "0360fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
    assert key.sign(b"sample").hex().upper() == (
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
    )


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_new_key_is_a_sound_point_and_no_other_key(algorithm: Algorithm) -> None:
    key = generate_key(algorithm)
    assert decode_did_key(encode_did_key(key.public)) == key.public
    assert key.public != KEYS[algorithm].public


@pytest.mark.parametrize("algorithm", Algorithm)
def test_a_key_that_is_printed_tells_nothing(algorithm: Algorithm) -> None:
    key = KEYS[algorithm]
    shown = f"{key!r} {key} {[key]}".encode()
    assert algorithm.encode() in shown
    assert find_secret(key.encode()[-32:], shown) == []
    assert b"0x" not in shown
    with pytest.raises(TypeError):
        pickle.dumps(key)
