"""The private half from its file: only from a file that nobody else may read, and only the right one."""

import base64
import os
from pathlib import Path

import pytest

from microcred_cli.keys.pem import encrypt_key
from microcred_cli.keys.private_key import PrivateKey, generate_key
from microcred_cli.keys.public_file import name_key
from microcred_cli.model.errors import ExposedFileError, MicrocredError, MissingInputError, UnusableKeyError
from microcred_cli.model.key import Algorithm, SigningKey
from microcred_cli.workflows.manage_keys import load_private_key
from tests.keys.samples import PASSPHRASE, find_secret, read_secret

posix = pytest.mark.skipif(os.name != "posix", reason="a file's mode says nothing of the kind on Windows")
CREATED = "2026-11-25T09:00:00Z"
PRIVATE = generate_key(Algorithm.ED25519)
PLAIN = encrypt_key(PRIVATE, None)
ENCRYPTED = encrypt_key(PRIVATE, PASSPHRASE)
KEY = name_key("autumn", PRIVATE.public, CREATED)


def write(folder: Path, data: bytes, mode: int = 0o600) -> Path:
    path = folder / "autumn.pem"
    path.write_bytes(data)
    path.chmod(mode)
    return path


def never() -> bytes:
    pytest.fail("the passphrase was asked for")


def refuse(folder: Path, kind: type[MicrocredError], passphrase: bytes | None = PASSPHRASE) -> str:
    """Return the message with which the key is refused, in which no secret may stand."""
    ask = None if passphrase is None else lambda: passphrase
    with pytest.raises(kind) as caught:
        load_private_key(folder, KEY, ask)
    message = f"{caught.value} {caught.value.advice}"
    assert find_secret(read_secret(PLAIN), message.encode()) == []
    assert find_secret(PASSPHRASE, message.encode()) == []
    return message


def test_the_right_passphrase_opens_it(tmp_path: Path) -> None:
    write(tmp_path, ENCRYPTED)
    private = load_private_key(tmp_path, KEY, lambda: PASSPHRASE)
    assert private.public == KEY.public
    assert private.sign(b"x") == PRIVATE.sign(b"x")


def test_a_file_that_is_not_encrypted_needs_no_passphrase(tmp_path: Path) -> None:
    write(tmp_path, PLAIN)
    assert load_private_key(tmp_path, KEY, never).public == KEY.public


@pytest.mark.parametrize(
    ("passphrase", "reason"),
    [(b"wrong", "the passphrase is wrong, or the file is damaged"), (None, "no passphrase was given")],
)
def test_a_wrong_passphrase_is_said(tmp_path: Path, passphrase: bytes | None, reason: str) -> None:
    path = write(tmp_path, ENCRYPTED)
    message = refuse(tmp_path, UnusableKeyError, passphrase)
    assert f"The signing key cannot be used: {path.as_posix()}: " in message
    assert reason in message
    assert "wrong." not in message


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o620, 0o602, 0o644, 0o777])
def test_a_file_that_others_may_touch_is_refused_before_the_passphrase(tmp_path: Path, mode: int) -> None:
    path = write(tmp_path, ENCRYPTED, mode)
    with pytest.raises(ExposedFileError) as caught:
        load_private_key(tmp_path, KEY, never)
    assert f"chmod 600 {path.as_posix()}" in caught.value.advice


@posix
@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_the_owner_alone_may_have_any_right(tmp_path: Path, mode: int) -> None:
    write(tmp_path, PLAIN, mode)
    assert load_private_key(tmp_path, KEY, None).public == KEY.public


@posix
def test_a_link_is_followed_and_what_it_leads_to_counts(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    target = write(elsewhere, PLAIN)
    (tmp_path / "autumn.pem").symlink_to(target)
    assert load_private_key(tmp_path, KEY, None).public == KEY.public
    target.chmod(0o644)
    refuse(tmp_path, ExposedFileError)


def test_the_file_of_another_key_is_refused(tmp_path: Path) -> None:
    write(tmp_path, encrypt_key(generate_key(Algorithm.ED25519), None))
    assert "it is not the private half of autumn.json" in refuse(tmp_path, UnusableKeyError)
    write(tmp_path, encrypt_key(generate_key(Algorithm.P256), None))
    assert "it is not the private half of autumn.json" in refuse(tmp_path, UnusableKeyError)


def test_an_encrypted_file_that_was_tampered_with_never_signs(tmp_path: Path) -> None:
    """The cipher alone would not notice: a changed block decrypts to another key of the right form."""
    first, *lines, last = ENCRYPTED.splitlines(keepends=True)
    data = base64.b64decode(b"".join(lines))
    reasons = set()
    for at in range(len(data) - 64, len(data), 8):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        write(tmp_path, first + base64.encodebytes(changed) + last)
        reasons.add("not the private half" in refuse(tmp_path, UnusableKeyError))
    assert True in reasons, "no change came through the cipher; choose others"


def test_a_missing_private_half_is_said(tmp_path: Path) -> None:
    assert "put it back from your backup" in refuse(tmp_path, MissingInputError)
    (tmp_path / "autumn.pem").mkdir()
    refuse(tmp_path, MissingInputError)


@pytest.mark.parametrize("data", [b"", b"rubbish", ENCRYPTED[:150], PLAIN + b"\n" * 20_000])
def test_what_is_no_key_is_refused(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, data)
    assert "autumn.pem: the file is" in refuse(tmp_path, UnusableKeyError)


def test_both_kinds_of_key(tmp_path: Path) -> None:
    for algorithm in Algorithm:
        private: PrivateKey = generate_key(algorithm)
        key: SigningKey = name_key("autumn", private.public, CREATED)
        write(tmp_path, encrypt_key(private, PASSPHRASE))
        assert load_private_key(tmp_path, key, lambda: PASSPHRASE).public == key.public
