"""One byte of a badge changed, taken out or put in, at every place: no change of what it says is accepted."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import settings

from microcred_cli.credentials.baking import bake_svg
from microcred_cli.credentials.verification import Verifier
from microcred_cli.keys.private_key import PrivateKey
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.json_reader import read_json, write_json
from microcred_cli.texts.svg_reader import find_credential
from microcred_cli.workflows.read_library import read_library
from microcred_cli.workflows.sign_documents import Signer
from tests.credentials import forging
from tests.interop.sample import CREDENTIALS, ISSUER, OPEN_BADGES, SEED

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CHUNKS = 12
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>A</title><g id="a"/></svg>'
SMALL = {
    "@context": [CREDENTIALS, f"{OPEN_BADGES}/context-3.0.3.json"],
    "id": "urn:x:1",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "issuer": {"id": ISSUER, "type": ["Profile"], "name": "Café"},
    "validFrom": "2026-01-15T09:30:00Z",
    "validUntil": "2031-01-15T09:30:00Z",
    "credentialSubject": {
        "id": "urn:x:2",
        "type": ["AchievementSubject"],
        "creditsEarned": 3.5,
        "achievement": {
            "id": "urn:x:3",
            "type": ["Achievement"],
            "name": "A",
            "description": "d",
            "criteria": {"narrative": "n\n"},
            "resultDescription": [
                {"id": "urn:x:4", "type": ["ResultDescription"], "name": "R", "resultType": "Percent"}
            ],
        },
        "result": [{"type": ["Result"], "resultDescription": "urn:x:4", "value": "9"}],
    },
}
# The long profile tries every change at every place, the default one of them at each.
IS_LONG = settings.get_current_profile_name() == "long"


@cache
def _get_verifier() -> Verifier:
    return Verifier(read_library())


@cache
def _sign() -> bytes:
    """Return a small badge as `issue` would sign it."""
    verifier = _get_verifier()
    digest = verifier.digest(SMALL)
    assert isinstance(digest, bytes)
    private = PrivateKey(Ed25519PrivateKey.from_private_bytes(SEED))
    signer = Signer(private, forging.derive_method(ISSUER), read_library())
    return signer.sign(SMALL, digest, forging.CREATED).encode()


@cache
def _bake() -> bytes:
    picture = bake_svg(DRAWING, _sign().decode())
    assert isinstance(picture, bytes)
    return picture


def _accept(data: bytes) -> Any:
    """Return what a badge says when every check passes, and None otherwise."""
    document = read_json(data)
    if isinstance(document, Refusal):
        return None
    results = _get_verifier().verify(document, NOW)
    return document if all(each.outcome is Outcome.PASSED for each in results) else None


def _accept_picture(data: bytes) -> Any:
    baked = find_credential(data)
    return _accept((baked.text or "").encode()) if not isinstance(baked, Refusal) else None


def _substitute(byte: int) -> set[int]:
    """Return what to put in the place of a byte."""
    return (set(range(256)) if IS_LONG else {byte ^ 1, byte ^ 0x20, 0x20}) - {byte}


def _change(data: bytes, chunk: int, within: bytes = b"") -> Iterator[tuple[str, bytes]]:
    """Yield the changes in one of CHUNKS parts of the places; only one for each place ``within``."""
    start = data.index(within) if within else len(data)
    for place in range(chunk, len(data), CHUNKS):
        before, byte, after = data[:place], data[place], data[place + 1 :]
        if start <= place < start + len(within):
            yield f"{place}: the last bit turned", before + bytes([byte ^ 1]) + after
            continue
        changes = [
            (f"{place}: {byte:02x} → {other:02x}", before + bytes([other]) + after)
            for other in sorted(_substitute(byte))
        ]
        changes.append((f"{place}: {byte:02x} taken out", before + after))
        changes.append((f"{place}: {byte:02x} doubled", data[: place + 1] + data[place:]))
        yield from changes if IS_LONG else [changes[(place // CHUNKS) % len(changes)]]


def test_the_badge_itself_is_accepted_both_ways() -> None:
    badge = json.loads(_sign())
    assert _accept(_sign()) == badge
    assert _accept_picture(_bake()) == badge
    assert forging.find_flaw(badge, NOW) is None


def test_blanks_change_nothing() -> None:
    assert _accept(json.dumps(json.loads(_sign()), indent=4).encode()) == json.loads(_sign())


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_changed_json(chunk: int) -> None:
    original = _sign().decode()
    wrong = []
    for change, data in _change(_sign(), chunk):
        said = _accept(data)
        # Written again, because in Python true is 1 and 1 is 1.0.
        if said is not None and write_json(said) != original:
            wrong.append(change)
    assert wrong == []


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_changed_picture(chunk: int) -> None:
    original = _sign().decode()
    wrong = []
    for change, data in _change(_bake(), chunk, _sign()):
        said = _accept_picture(data)
        if said is not None and write_json(said) != original:
            wrong.append(change)
    assert wrong == []
