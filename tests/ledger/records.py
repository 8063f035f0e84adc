"""Badges as a batch plans them."""

import hashlib
import uuid

from microcred_cli.model.ledger import BadgeRecord

SECRET = bytes(range(32))


def make_secret() -> bytes:
    return SECRET


def refuse_secret() -> bytes:
    raise AssertionError("an old ledger needs no new secret")


def make_record(number: int, **changes: object) -> BadgeRecord:
    values: dict[str, object] = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_OID, str(number))),
        "learner": hashlib.sha256(f"learner {number}".encode()).hexdigest(),
        "rubric": "teamwork",
        "version": "1.2.0",
        "status_index": 1000 + number,
        "key": "did:key:z6MkTest#z6MkTest",
        "valid_from": "2026-11-25T03:20:00Z",
        "document": hashlib.sha256(f"document {number}".encode()).hexdigest(),
    }
    return BadgeRecord(**{**values, **changes})  # type: ignore[arg-type]


def hash_file(number: int) -> str:
    return hashlib.sha256(f"file {number}".encode()).hexdigest()
