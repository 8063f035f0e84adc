"""The public half of a key as a file: it says what follows from the key, or it is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.keys.private_key import generate_key
from microcred_cli.keys.public_file import MAXIMUM_BYTES, describe_key, is_key_name, name_key, read_key
from microcred_cli.model.key import Algorithm, SigningKey
from microcred_cli.model.refusal import Refusal

CREATED = "2026-11-25T09:00:00Z"
KEYS = {each: name_key("autumn", generate_key(each).public, CREATED) for each in Algorithm}
KEY = KEYS[Algorithm.ED25519]
OTHER = name_key("autumn", generate_key(Algorithm.ED25519).public, CREATED)


def write(**changes: object) -> bytes:
    """Return the public file of the key with fields changed; None leaves one out."""
    fields = {**json.loads(describe_key(KEY)), **changes}
    return json.dumps({field: value for field, value in fields.items() if value is not None}).encode()


@pytest.mark.parametrize("algorithm", Algorithm)
def test_what_is_described_reads_back(algorithm: Algorithm) -> None:
    assert read_key("autumn", describe_key(KEYS[algorithm])) == KEYS[algorithm]


def test_the_file_says_what_others_look_for() -> None:
    multibase = KEY.did.removeprefix("did:key:")
    assert json.loads(describe_key(KEY)) == {
        "format": "microcred-key/1",
        "name": "autumn",
        "algorithm": "ed25519",
        "did": f"did:key:{multibase}",
        "verificationMethod": f"did:key:{multibase}#{multibase}",
        "publicKeyMultibase": multibase,
        "created": CREATED,
    }
    assert multibase.startswith("z6Mk")
    assert KEYS[Algorithm.P256].did.startswith("did:key:zDna")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "no JSON: nothing is there"),
        (b"\xff", "not UTF-8"),
        (b"[]", "its `format` is not `microcred-key/1`"),
        (b'{"format": "microcred-key/1", "format": "microcred-key/1"}', "stands twice"),
        (b" " * (MAXIMUM_BYTES + 1), "larger than 16,384 bytes"),
        (write(format="microcred-key/2"), "its `format` is not `microcred-key/1`"),
        (write(created=None), "it has no `created`, or not as a text"),
        (write(did=7), "it has no `did`, or not as a text"),
        (write(purpose="anything"), "it has `purpose`, which a key file has not"),
        (write(name="spring"), "its `name` does not belong to the key; it should be `autumn`"),
        (write(did=OTHER.did), f"its `did` does not belong to the key; it should be `{KEY.did}`"),
        (write(verificationMethod=KEY.did), "its `verificationMethod` does not belong to the key"),
        (write(verificationMethod=OTHER.method), "its `verificationMethod` does not belong to the key"),
        (write(algorithm="p-256"), "its `algorithm` does not belong to the key; it should be `ed25519`"),
        (write(algorithm="rsa"), "its `algorithm` does not belong to the key"),
        (write(publicKeyMultibase=OTHER.did.removeprefix("did:key:")), "its `did` does not belong"),
        (write(publicKeyMultibase="z6Mk"), "is neither an Ed25519 nor a P-256 key"),
        (write(publicKeyMultibase="u7QEB"), "is not in base58"),
        (write(created="2026-11-25"), "its `created` is no time like 2026-11-25T09:00:00Z"),
        (write(created="2026-02-30T09:00:00Z"), "its `created` is no time"),
        (write(created="2026-11-25T09:00:00+01:00"), "its `created` is no time"),
        (write(created="2026-11-25T09:00:00Z\n"), "its `created` is no time"),
    ],
)
def test_what_does_not_belong_together_is_refused(data: bytes, reason: str) -> None:
    read = read_key("autumn", data)
    assert isinstance(read, Refusal)
    assert reason in read.reason


def test_a_file_that_was_renamed_is_refused() -> None:
    read = read_key("spring", describe_key(KEY))
    assert read == Refusal("its `name` does not belong to the key; it should be `spring`")


@pytest.mark.parametrize("name", ["a", "autumn-2026", "2026-11-25", "2026-11-25-2", "console", "x" * 100])
def test_names(name: str) -> None:
    assert is_key_name(name)
    key = SigningKey(name, KEY.public, KEY.did, KEY.method, CREATED)
    assert read_key(name, describe_key(key)) == key


@pytest.mark.parametrize(
    "name",
    ["", "-a", "a-", "a--b", "A", "a b", "a.b", "../a", "a/b", "ä", "a\n", "con", "nul", "com1", "x" * 101],
)
def test_names_that_cannot_be(name: str) -> None:
    assert not is_key_name(name)
    key = SigningKey(name, KEY.public, KEY.did, KEY.method, CREATED)
    assert isinstance(read_key(name, describe_key(key)), Refusal)


@given(st.data())
def test_any_damage_is_the_key_itself_or_a_reason(data: st.DataObject) -> None:
    whole = describe_key(KEY)
    at = data.draw(st.integers(0, len(whole) - 1))
    new = data.draw(st.binary(max_size=3))
    read = read_key("autumn", whole[:at] + new + whole[at + data.draw(st.integers(0, 3)) :])
    assert isinstance(read, Refusal) or (read.public, read.did, read.method) == (
        KEY.public,
        KEY.did,
        KEY.method,
    )
