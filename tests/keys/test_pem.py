"""The file of a private key: what is written opens everywhere, what is no key is refused with a reason."""

import base64
import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed448, rsa, x25519
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from microcred_cli.keys.pem import MAXIMUM_BYTES, decrypt_key, encrypt_key, is_encrypted
from microcred_cli.keys.private_key import PrivateKey, generate_key
from microcred_cli.model.key import Algorithm
from microcred_cli.model.refusal import Refusal
from tests.keys.samples import PASSPHRASE, find_secret, read_secret, write_pem

ED25519 = Ed25519PrivateKey.generate()
P256 = ec.generate_private_key(ec.SECP256R1())
PLAIN = write_pem(ED25519)
QUICK = write_pem(ED25519, PASSPHRASE)

DAMAGED = "the file is damaged: it holds no private key that can be read"
WRONG = "the passphrase is wrong, or the file is damaged"
NO_PEM = "the file is not a private key in PEM (PKCS#8)"
NOT_BASE64 = "the file is damaged: what is between its first and last line is not base64"
OTHER_KIND = "the key is neither an Ed25519 nor a P-256 key"
LOCKED = "it is encrypted, and no passphrase was given"
TOO_LARGE = "the file is larger than 16,384 bytes, which no key is"
TOO_SLOW = "its encryption would take too long to open; no microcred wrote it"
openssl = pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl on this machine")


@pytest.mark.parametrize("algorithm", Algorithm)
@pytest.mark.parametrize("passphrase", [None, b"eight ch", "Käse für 日本".encode(), b"x" * 1024])
def test_what_is_written_opens_again(algorithm: Algorithm, passphrase: bytes | None) -> None:
    key = generate_key(algorithm)
    pem = encrypt_key(key, passphrase)
    assert is_encrypted(pem) == (passphrase is not None)
    opened = decrypt_key(pem, passphrase)
    assert isinstance(opened, PrivateKey)
    assert opened.public == key.public
    assert opened.sign(b"x") == key.sign(b"x")
    assert read_secret(pem, passphrase) == read_secret(encrypt_key(key, None))


@openssl
@pytest.mark.parametrize("algorithm", Algorithm)
def test_openssl_opens_it_and_sees_the_rounds(algorithm: Algorithm, tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(encrypt_key(generate_key(algorithm), PASSPHRASE))

    def run(*arguments: str) -> str:
        done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, check=True)  # noqa: S607
        return done.stdout

    opened = run("pkey", "-in", str(path), "-passin", f"pass:{PASSPHRASE.decode()}")
    original = decrypt_key(path.read_bytes(), PASSPHRASE)
    again = decrypt_key(opened.encode(), None)
    assert isinstance(original, PrivateKey)
    assert isinstance(again, PrivateKey)
    assert again.public == original.public
    structure = run("asn1parse", "-in", str(path))
    assert re.search(r"INTEGER +:0927C0", structure), "600,000 rounds"
    assert "hmacWithSHA256" in structure
    assert "aes-256-cbc" in structure


def test_salt_and_vector_are_new_each_time() -> None:
    key = generate_key(Algorithm.ED25519)
    assert encrypt_key(key, PASSPHRASE) != encrypt_key(key, PASSPHRASE)


def test_an_encrypted_file_shows_nothing_of_key_or_passphrase() -> None:
    key = generate_key(Algorithm.P256)
    pem = encrypt_key(key, PASSPHRASE)
    body = base64.b64decode(b"".join(pem.splitlines()[1:-1]))
    for text in (pem, body):
        assert find_secret(read_secret(encrypt_key(key, None)), text) == []
        assert find_secret(PASSPHRASE, text) == []


def test_the_search_for_secrets_finds_one() -> None:
    assert find_secret(ED25519.private_bytes_raw(), base64.b64decode(b"".join(PLAIN.splitlines()[1:-1])))
    assert find_secret(ED25519.private_bytes_raw(), PLAIN)
    assert find_secret(b"0123456789abcdef", b"0123456789abcdef".hex().upper().encode())


def encrypt_otherwise(*options: str) -> bytes:
    """Return the Ed25519 key as openssl encrypts it with other ciphers."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl on this machine")
    command = ["openssl", "pkcs8", "-topk8", "-passout", f"pass:{PASSPHRASE.decode()}", *options]
    return subprocess.run(command, input=PLAIN, capture_output=True, check=True).stdout


@pytest.mark.parametrize(
    "options",
    [
        ("-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA1", "-iter", "1000"),
        ("-v2", "des3"),
        ("-v1", "PBE-SHA1-3DES"),
        ("-scrypt", "-scrypt_N", "1024", "-scrypt_r", "8", "-scrypt_p", "1"),
    ],
)
def test_other_encryption_is_opened_or_refused_with_a_reason(options: tuple[str, ...]) -> None:
    """The kinds a build of OpenSSL opens differ; none may raise."""
    pem = encrypt_otherwise(*options)
    opened = decrypt_key(pem, PASSPHRASE)
    if isinstance(opened, PrivateKey):
        assert opened.public == PrivateKey(ED25519).public
    else:
        assert opened.reason in (WRONG, "the key, or its encryption, is of a kind that is not supported")
    assert decrypt_key(pem, None) == Refusal(LOCKED)


def put(tag: int, *parts: bytes) -> bytes:
    """Return a value in DER; all of them are short here but the outermost."""
    content = b"".join(parts)
    length = bytes([len(content)]) if len(content) < 128 else bytes([0x81, len(content)])
    return bytes([tag]) + length + content


def count(number: int) -> bytes:
    return put(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))


def wrap(stretching: bytes, *parameters: bytes) -> bytes:
    """Return the PEM of an encrypted key that asks for a certain work; what is in it is rubbish."""
    cipher = put(0x30, put(6, bytes.fromhex("60864801650304012a")), put(4, b"i" * 16))
    derivation = put(0x30, put(6, stretching), put(0x30, put(4, b"s" * 16), *parameters))
    scheme = put(0x30, put(6, bytes.fromhex("2a864886f70d01050d")), put(0x30, derivation, cipher))
    body = base64.encodebytes(put(0x30, scheme, put(4, b"e" * 64)))
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + body + b"-----END ENCRYPTED PRIVATE KEY-----\n"


PBKDF2 = bytes.fromhex("2a864886f70d01050c")
SCRYPT = bytes.fromhex("2b06010401da47040b")


@pytest.mark.parametrize(
    ("pem", "reason"),
    [
        (wrap(PBKDF2, count(1000)), WRONG),
        (wrap(PBKDF2, count(0)), WRONG),
        (wrap(PBKDF2, count(2**25)), TOO_SLOW),
        (wrap(PBKDF2, count(2**62)), TOO_SLOW),
        (wrap(PBKDF2, count(2**512)), TOO_SLOW),
        (wrap(SCRYPT, count(2**10), count(8), count(1)), WRONG),
        (wrap(SCRYPT, count(2**20), count(8), count(1024)), TOO_SLOW),
    ],
)
def test_a_file_that_takes_minutes_to_open_is_refused_at_once(pem: bytes, reason: str) -> None:
    assert decrypt_key(pem, PASSPHRASE) == Refusal(reason)


def test_the_passphrase_has_to_be_right() -> None:
    for wrong in (b"correct horsf", b"", PASSPHRASE + b"\n", PASSPHRASE[:-1], b"\0" + PASSPHRASE):
        opened = decrypt_key(QUICK, wrong)
        assert opened in (Refusal(WRONG), Refusal(LOCKED)), wrong
    assert decrypt_key(QUICK, None) == Refusal(LOCKED)


def test_many_wrong_passphrases_have_one_reason() -> None:
    """One in 256 decrypts to something with a sound end; that is not to show."""
    reasons = {decrypt_key(QUICK, f"wrong {number}".encode()) for number in range(1500)}
    assert reasons == {Refusal(WRONG)}


def test_a_passphrase_nobody_asked_for_is_passed_over() -> None:
    assert isinstance(decrypt_key(PLAIN, PASSPHRASE), PrivateKey)


@pytest.mark.parametrize(
    "pem",
    [
        PLAIN.replace(b"\n", b"\r\n"),
        b"\n\n" + PLAIN + b"\n \n",
        PLAIN.rstrip(b"\n"),
        re.sub(rb"(?<=[A-Za-z0-9]{20})(?=[A-Za-z0-9])", b"\n", PLAIN, count=1),
    ],
)
def test_what_editors_and_mail_do_to_a_file_is_no_matter(pem: bytes) -> None:
    opened = decrypt_key(pem, None)
    assert isinstance(opened, PrivateKey), opened
    assert opened.public == PrivateKey(ED25519).public


RSA = rsa.generate_private_key(65537, 2048)
REFUSED = {
    "RSA": (write_pem(RSA), OTHER_KIND),
    "RSA, encrypted": (write_pem(RSA, PASSPHRASE), OTHER_KIND),
    "RSA, traditional": (write_pem(RSA, form=PrivateFormat.TraditionalOpenSSL), NO_PEM),
    "P-384": (write_pem(ec.generate_private_key(ec.SECP384R1())), OTHER_KIND),
    "secp256k1": (write_pem(ec.generate_private_key(ec.SECP256K1())), OTHER_KIND),
    "X25519": (write_pem(x25519.X25519PrivateKey.generate()), OTHER_KIND),
    "Ed448": (write_pem(ed448.Ed448PrivateKey.generate()), OTHER_KIND),
    "P-256, traditional": (write_pem(P256, form=PrivateFormat.TraditionalOpenSSL), NO_PEM),
    "P-256, traditional, encrypted": (write_pem(P256, PASSPHRASE, PrivateFormat.TraditionalOpenSSL), NO_PEM),
    "OpenSSH": (write_pem(ED25519, form=PrivateFormat.OpenSSH), NO_PEM),
    "public": (
        ED25519.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        NO_PEM,
    ),
    "empty": (b"", NO_PEM),
    "text": (b"correct horse", NO_PEM),
    "NUL": (PLAIN + b"\0", NO_PEM),
    "two keys": (PLAIN + PLAIN, NO_PEM),
    "labels that differ": (PLAIN.replace(b"END PRIVATE", b"END ENCRYPTED PRIVATE"), NO_PEM),
    "encrypted by its label only": (PLAIN.replace(b"PRIVATE", b"ENCRYPTED PRIVATE"), WRONG),
    "plain by its label only": (QUICK.replace(b"ENCRYPTED ", b""), DAMAGED),
    "cut off": (QUICK[:120], NO_PEM),
    "cut off, last line kept": (QUICK[:101] + b"\n" + QUICK.splitlines(keepends=True)[-1], NOT_BASE64),
    "a line lost": (
        b"".join(line for n, line in enumerate(QUICK.splitlines(keepends=True)) if n != 2),
        WRONG,
    ),
    "nothing between": (b"-----BEGIN PRIVATE KEY-----\n\n-----END PRIVATE KEY-----\n", DAMAGED),
    "padding inside": (PLAIN.replace(b"MC4C", b"MC=="), NOT_BASE64),
    "trailing bytes": (
        b"-----BEGIN PRIVATE KEY-----\n"
        + base64.b64encode(base64.b64decode(b"".join(PLAIN.splitlines()[1:-1])) + b"x")
        + b"\n-----END PRIVATE KEY-----\n",
        DAMAGED,
    ),
    "too large": (PLAIN + b"\n" * MAXIMUM_BYTES, TOO_LARGE),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_signing_key_is_refused_with_a_reason(name: str) -> None:
    pem, reason = REFUSED[name]
    assert decrypt_key(pem, PASSPHRASE) == Refusal(reason)


def mutate(pem: bytes, chance: random.Random) -> bytes:
    """Return the file with bytes changed, lost or come up: in the text, or in what it spells."""
    lines = pem.splitlines(keepends=True)
    inside = chance.random() < 0.7
    data = bytearray(base64.b64decode(b"".join(lines[1:-1])) if inside else pem)
    for _ in range(chance.choice((1, 1, 1, 2, 5))):
        at = chance.randrange(len(data))
        match chance.randrange(4):
            case 0:
                data[at] = chance.randrange(256)
            case 1:
                data[at] ^= 1 << chance.randrange(8)
            case 2:
                del data[at : at + chance.choice((1, 2, 40))]
            case _:
                data[at:at] = chance.randbytes(chance.choice((1, 2, 40)))
        if not data:
            break
    return lines[0] + base64.encodebytes(data) + lines[-1] if inside else bytes(data)


@pytest.mark.parametrize("start", [PLAIN, QUICK, write_pem(P256), write_pem(P256, PASSPHRASE)])
def test_damage_is_a_key_or_a_reason_never_an_error(start: bytes) -> None:
    chance = random.Random(20261125)  # noqa: S311 - the same damage in every run
    secret = read_secret(start, PASSPHRASE if is_encrypted(start) else None)
    reasons = set()
    for _ in range(300):
        damaged = mutate(start, chance)
        opened = decrypt_key(damaged, PASSPHRASE)
        if isinstance(opened, Refusal):
            reasons.add(opened.reason)
            assert find_secret(secret, opened.reason.encode()) == []
        else:
            assert len(opened.sign(b"x")) == 64
    assert {NO_PEM, WRONG if is_encrypted(start) else DAMAGED} <= reasons
    assert reasons <= {
        NO_PEM, WRONG, DAMAGED, NOT_BASE64, OTHER_KIND, TOO_SLOW,
        "the key, or its encryption, is of a kind that is not supported",
    }  # fmt: skip


def test_any_bytes_are_a_reason() -> None:
    chance = random.Random(7)  # noqa: S311 - the same bytes in every run
    for length in range(200):
        assert isinstance(decrypt_key(chance.randbytes(length), PASSPHRASE), Refusal)


def test_the_samples_are_what_they_are_called() -> None:
    """Else a refusal above might have another cause."""
    for name in ("RSA", "P-384", "secp256k1", "X25519", "Ed448", "P-256, traditional"):
        assert load_pem_private_key(REFUSED[name][0], None) is not None
