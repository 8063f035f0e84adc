"""What the ledger records of a badge."""

from dataclasses import dataclass
from enum import StrEnum


class BadgeState(StrEnum):
    """How far a badge has come. A planned one may have been signed already: nobody knows."""

    PLANNED = "planned"
    ISSUED = "issued"


@dataclass(frozen=True, slots=True)
class BadgeRecord:
    """A badge as it was planned, before anything was signed, and what has become of it.

    ``id`` is the UUID in its usual form. ``learner`` is an HMAC of the learner's key, never the key itself.
    ``document`` is the SHA-256 of the unsigned document, ``file`` that of the signed file once it is issued
    (both as hexadecimal digits). ``key`` is the verification method that signs. ``status_index`` is the
    badge's place in the issuer's status list. ``valid_from`` is UTC, ISO 8601.
    """

    id: str
    learner: str
    rubric: str
    version: str
    status_index: int
    key: str
    valid_from: str
    document: str
    state: BadgeState = BadgeState.PLANNED
    file: str | None = None
