"""One badge after the other: its document made, and looked at for whatever forbids to sign it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from microcred_cli.assessment.manifest import LEARNERS
from microcred_cli.credentials.badge import EarnedAward, Particulars, find_missing
from microcred_cli.credentials.baking import Art, bake, prepare_art
from microcred_cli.credentials.checks.dates import check_dates
from microcred_cli.credentials.checks.issuer import find_issuer
from microcred_cli.credentials.library import Document
from microcred_cli.credentials.verification import Verifier
from microcred_cli.keys.private_key import generate_key
from microcred_cli.keys.public_file import name_key
from microcred_cli.model.key import Algorithm
from microcred_cli.model.ledger import BadgeRecord
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.json_reader import read_json, write_json
from microcred_cli.texts.timestamps import parse_timestamp
from microcred_cli.workflows.make_documents import DocumentMaker, name_achievement
from microcred_cli.workflows.read_library import read_library
from microcred_cli.workflows.sign_documents import Signer, rehearse

# What an achievement means.
_TEXTS = ("name", "description", "resultDescription")

Salt = Callable[[str], str]
"""Returns what a badge is salted with, by its id."""


@dataclass(frozen=True, slots=True)
class RubricToIssue:
    """A rubric, where it stands, its own picture if it names one, and who has earned its badge.

    ``others`` are the keys of the learners who have not.
    """

    rubric: Rubric
    place: Place
    picture: bytes | None
    awards: tuple[EarnedAward, ...]
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the badges of one rubric share."""

    place: Place
    art: Art
    identifier: str
    achievement: Document


@dataclass(frozen=True, slots=True)
class Composed:
    """A badge that may be signed: its record, its document, and what stands for that in the proof."""

    record: BadgeRecord
    document: Document
    digest: bytes


class Composer:
    """Makes the documents of one issuer's badges, at one moment. Only a throwaway key signs."""

    def __init__(self, maker: DocumentMaker, did: str, derive_salt: Salt, now: datetime) -> None:
        self._maker = maker
        self._did = did
        self._derive_salt = derive_salt
        self._now = now
        self._library = read_library()
        self._verifier = Verifier(self._library)

    def prepare(self, each: RubricToIssue) -> Sheet | Problem:
        """Return what the badges of a rubric share, or what is wrong with it."""
        picture = self._maker.draw_picture(each.rubric, each.picture)
        if isinstance(picture, Refusal):
            return Problem(picture.reason, each.place)
        art = prepare_art(picture)
        if isinstance(art, Refusal):
            return Problem(f"the picture of the badge: {art.reason}", each.place)
        identifier = name_achievement(self._did, each.rubric)
        achievement = self._maker.make_achievement(each.rubric, identifier, picture)
        if isinstance(achievement, Refusal):
            return Problem(achievement.reason, each.place)
        return Sheet(each.place, art, identifier, achievement)

    def compose(self, sheet: Sheet, award: EarnedAward, record: BadgeRecord) -> Composed | Problem:
        """Return the badge of a record as it would be now, or what forbids to sign it.

        The problem has the place of the rubric when the badges of all learners would have it.
        """
        missing = find_missing(award.learner, self._maker.project.recipient)
        if missing:
            message = f"the project file wants the holder's {missing[0]} in badges, and there is none"
            advice = "add it to the gradebook and assess again, or take it out of `recipient`"
            return Problem(message, Place(LEARNERS, award.learner.row), advice)
        composed = self._compose(sheet, award, record, self._did)
        if isinstance(composed, Refusal):
            return Problem(composed.reason, self._blame(sheet, award, record))
        return composed

    def is_current(self, composed: Composed) -> bool:
        """Return whether anybody would accept the dates of a badge at this moment."""
        return check_dates(composed.document, (), self._now).outcome is Outcome.PASSED

    def rehearse(self, sheet: Sheet, award: EarnedAward, record: BadgeRecord) -> Problem | None:
        """Sign a badge with a key that is thrown away, and verify it as anybody would."""
        private = generate_key(Algorithm.ED25519)
        key = name_key("rehearsal", private.public, record.valid_from)
        composed = self._compose(sheet, award, record, key.did)
        if isinstance(composed, Refusal):
            fault: Refusal | None = composed
        else:
            signer = Signer(private, key.method, self._library)
            text = signer.sign(composed.document, composed.digest, record.valid_from)
            fault = rehearse(text, sheet.art, self._verifier, self._now)
        return None if fault is None else Problem(f"its badge would be refused: {fault.reason}", sheet.place)

    def _compose(self, sheet: Sheet, award: EarnedAward, record: BadgeRecord, did: str) -> Composed | Refusal:
        begin = parse_timestamp(record.valid_from)
        assert begin is not None, record.valid_from  # noqa: S101 - the ledger holds what write_timestamp wrote
        particulars = Particulars(record.id, self._derive_salt(record.id), begin, sheet.identifier)
        document = self._maker.make_document(award, sheet.achievement, did, particulars)
        if isinstance(document, Refusal):
            return document
        digest = _find_departure(document, did, record) or self._verifier.digest(document)
        if isinstance(digest, Refusal):
            return digest
        baked = bake(sheet.art, write_json(dict(document)))
        if isinstance(baked, Refusal):
            return baked
        return Composed(replace(record, document=hash_document(document)), document, digest)

    def _blame(self, sheet: Sheet, award: EarnedAward, record: BadgeRecord) -> Place:
        """Return the place of what makes a badge impossible: the learner's row if another's could be made."""
        plain = replace(award.learner, name="A", email="a@example.org")
        other = self._compose(sheet, replace(award, learner=plain), record, self._did)
        return sheet.place if isinstance(other, Refusal) else Place(LEARNERS, award.learner.row)


def hash_document(document: Document) -> str:
    """Return what the ledger holds of a document: the SHA-256 of its JSON."""
    return hashlib.sha256(write_json(dict(document)).encode("utf-8")).hexdigest()


def find_difference(achievement: Document, published: bytes) -> str | None:
    """Return in which of its texts an achievement differs from the one of a badge of ours; None if in none.

    How it looks and what it is filed under may change.
    """
    document: Any = read_json(published)  # verified before as the badge that the ledger holds
    earlier = document["credentialSubject"]["achievement"]
    return next((term for term in _TEXTS if earlier.get(term) != achievement.get(term)), None)


def _find_departure(document: Document, did: str, record: BadgeRecord) -> Refusal | None:
    """Return where a template went its own way in what the ledger rests on."""
    promised = (
        ("id", document.get("id"), f"urn:uuid:{record.id}"),
        ("issuer", find_issuer(document), did),
        ("validFrom", document.get("validFrom"), record.valid_from),
    )
    for term, found, wanted in promised:
        if found != wanted:
            return Refusal(f"the template of the badge changes its `{term}`, which has to be {wanted}")
    if "proof" in document:
        return Refusal("the template of the badge has a `proof`; proofs are made when it is signed")
    return None
