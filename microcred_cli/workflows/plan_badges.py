"""What is to be issued: every earned award that has no badge yet, its document made and checked."""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from microcred_cli.assessment.folder import LEARNERS
from microcred_cli.credentials.badge import EarnedAward, Particulars, find_missing
from microcred_cli.credentials.baking import Art, bake, prepare_art
from microcred_cli.credentials.library import Document
from microcred_cli.credentials.status_list import SIZE
from microcred_cli.credentials.verification import Verifier
from microcred_cli.keys.private_key import generate_key
from microcred_cli.keys.public_file import name_key
from microcred_cli.ledger.ledger import Ledger
from microcred_cli.model.key import Algorithm, SigningKey
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.json_reader import write_json
from microcred_cli.texts.timestamps import parse_timestamp, write_timestamp
from microcred_cli.workflows.make_documents import DocumentMaker, name_achievement
from microcred_cli.workflows.read_library import read_library
from microcred_cli.workflows.sign_documents import Signer, rehearse

FindPublished = Callable[[BadgeRecord], str | None]
"""Returns the SHA-256 of a planned badge's file, when it is there and says what was planned."""


@dataclass(frozen=True, slots=True)
class RubricToIssue:
    """A rubric, where it stands, its own picture if it names one, and who has earned its badge."""

    rubric: Rubric
    place: Place
    picture: bytes | None
    awards: tuple[EarnedAward, ...]


@dataclass(frozen=True, slots=True)
class PlannedBadge:
    """A badge that is to be signed: its record, its document, and what stands for that in the proof.

    ``resumed``: an earlier run has planned it.
    """

    record: BadgeRecord
    award: EarnedAward
    document: Document
    digest: bytes
    art: Art
    resumed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch would do.

    ``before`` are the badges that these awards have already. ``published`` holds, by id, the files of badges
    an interrupted run wrote without noting it; ``forgotten`` the ids of plans to be dropped, and ``waiting``
    counts plans for awards that this assessment does not hold. With a problem nothing may be issued.
    """

    badges: tuple[PlannedBadge, ...]
    before: tuple[tuple[BadgeRecord, EarnedAward], ...]
    published: Mapping[str, str]
    forgotten: tuple[str, ...]
    waiting: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the badges of one rubric share."""

    place: Place
    art: Art
    identifier: str
    achievement: Document


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What to plan, and when. ``replan`` drops earlier plans that do not fit any more."""

    rubrics: tuple[RubricToIssue, ...]
    find_published: FindPublished
    now: datetime
    replan: bool


class Planner:
    """Plans the badges of one issuer, once. Nothing is written; only a throwaway key signs."""

    def __init__(self, maker: DocumentMaker, key: SigningKey, ledger: Ledger, request: PlanRequest) -> None:
        self._maker = maker
        self._key = key
        self._ledger = ledger
        self._request = request
        self._start = write_timestamp(request.now)
        self._library = read_library()
        self._verifier = Verifier(self._library)
        records = ledger.list_badges()
        self._records = {(each.learner, each.rubric, _get_major(each.version)): each for each in records}
        self._indexes = {each.status_index for each in records}
        self._badges: list[PlannedBadge] = []
        self._before: list[tuple[BadgeRecord, EarnedAward]] = []
        self._published: dict[str, str] = {}
        self._forgotten: list[str] = []
        self._problems: list[Problem] = []

    def plan(self) -> Plan:
        """Return the plan for all that was earned."""
        open_plans = {key for key, record in self._records.items() if record.state is BadgeState.PLANNED}
        for each in self._request.rubrics:
            open_plans.difference_update(map(self._identify, each.awards))
            self._plan_rubric(each)
        left = [self._records[key] for key in sorted(open_plans)]
        left = [record for record in left if not self._is_published(record)]
        if self._request.replan:
            self._forgotten += [record.id for record in left]
        return Plan(
            tuple(self._badges),
            tuple(self._before),
            self._published,
            tuple(self._forgotten),
            0 if self._request.replan else len(left),
            tuple(self._problems),
        )

    def _identify(self, award: EarnedAward) -> tuple[str, str, int]:
        """Return what there is one live badge of: learner, rubric and major version."""
        rubric = award.rubric
        return self._ledger.identify(award.learner.key), rubric.id, _get_major(rubric.version)

    def _is_published(self, record: BadgeRecord) -> bool:
        """Return whether an interrupted run wrote a planned badge's file; if so, take note of it."""
        file = self._request.find_published(record)
        if file is not None:
            self._published[record.id] = file
        return file is not None

    def _plan_rubric(self, each: RubricToIssue) -> None:
        sheet = self._prepare(each)
        if isinstance(sheet, Refusal):
            self._problems.append(Problem(sheet.reason, each.place))
            return
        planned: list[PlannedBadge] = []
        changed: list[BadgeRecord] = []
        for award in each.awards:
            record = self._records.get(self._identify(award))
            if record is not None and record.state is BadgeState.ISSUED:
                self._before.append((record, award))
                continue
            badge = self._make(sheet, award, record)
            if isinstance(badge, Problem):
                self._problems.append(badge)
                if badge.place == each.place:  # the next learner's would fail for the same reason
                    return
            elif record is None or badge.record.document == record.document:
                planned.append(badge)
            elif self._is_published(record):
                self._before.append((record, award))
            elif self._request.replan:
                self._forgotten.append(record.id)
                again = self._make(sheet, award, None)
                planned += [again] if isinstance(again, PlannedBadge) else []
            else:
                changed.append(record)
        self._problems += _describe_changed(changed, each)
        self._problems += self._rehearse(sheet, planned[:1])
        self._badges += planned

    def _prepare(self, each: RubricToIssue) -> _Sheet | Refusal:
        picture = self._maker.draw_picture(each.rubric, each.picture)
        if isinstance(picture, Refusal):
            return picture
        art = prepare_art(picture)
        if isinstance(art, Refusal):
            return Refusal(f"the picture of the badge: {art.reason}")
        identifier = name_achievement(self._key.did, each.rubric)
        achievement = self._maker.make_achievement(each.rubric, identifier, picture)
        return (
            achievement
            if isinstance(achievement, Refusal)
            else _Sheet(each.place, art, identifier, achievement)
        )

    def _make(self, sheet: _Sheet, award: EarnedAward, earlier: BadgeRecord | None) -> PlannedBadge | Problem:
        """Return a badge as it would be now, under the id and date of an earlier plan if there is one."""
        missing = find_missing(award.learner, self._maker.project.recipient)
        if missing:
            message = f"the project file wants the holder's {missing[0]} in badges, and there is none"
            advice = "add it to the gradebook and assess again, or take it out of `recipient`"
            return Problem(message, Place(LEARNERS, award.learner.row), advice)
        record = earlier or self._draw_record(award)
        composed = self._compose(sheet, award, record, self._key.did)
        if isinstance(composed, Refusal):
            return Problem(composed.reason, sheet.place)
        record = replace(record, document=hash_document(composed[0]))
        return PlannedBadge(record, award, *composed, sheet.art, resumed=earlier is not None)

    def _compose(
        self, sheet: _Sheet, award: EarnedAward, record: BadgeRecord, did: str
    ) -> tuple[Document, bytes] | Refusal:
        """Return the document of a badge and its digest, once nothing forbids to sign it."""
        begin = parse_timestamp(record.valid_from)
        assert begin is not None, record.valid_from  # noqa: S101 - the ledger holds what write_timestamp wrote
        particulars = Particulars(record.id, self._ledger.derive_salt(record.id), begin, sheet.identifier)
        document = self._maker.make_document(award, sheet.achievement, did, particulars)
        if isinstance(document, Refusal):
            return document
        digest = self._verifier.digest(document)
        if isinstance(digest, Refusal):
            return digest
        baked = bake(sheet.art, write_json(dict(document)))
        return baked if isinstance(baked, Refusal) else (document, digest)

    def _draw_record(self, award: EarnedAward) -> BadgeRecord:
        """Return the record of a new badge: a random id, and a random place in the status list."""
        # The list is never more than half full, so that a free place is found soon and tells nothing.
        size = SIZE * (1 + 2 * len(self._indexes) // SIZE)
        index = secrets.randbelow(size)
        while index in self._indexes:
            index = secrets.randbelow(size)
        self._indexes.add(index)
        learner, rubric, _ = self._identify(award)
        version, start = award.rubric.version, self._start
        return BadgeRecord(str(uuid4()), learner, rubric, version, index, self._key.method, start, "")

    def _rehearse(self, sheet: _Sheet, planned: Sequence[PlannedBadge]) -> Iterator[Problem]:
        """Sign one badge of a rubric with a key that is thrown away, and verify it as anybody would."""
        for badge in planned:
            private = generate_key(Algorithm.ED25519)
            key = name_key("rehearsal", private.public, badge.record.valid_from)
            composed = self._compose(sheet, badge.award, badge.record, key.did)
            if not isinstance(composed, Refusal):
                text = Signer(private, key.method, self._library).sign(*composed, badge.record.valid_from)
                composed = rehearse(text, sheet.art, self._verifier, self._request.now) or composed
            if isinstance(composed, Refusal):
                yield Problem(f"its badge would not be accepted: {composed.reason}", sheet.place)


def hash_document(document: Document) -> str:
    """Return what the ledger holds of a document: the SHA-256 of its JSON."""
    return hashlib.sha256(write_json(dict(document)).encode("utf-8")).hexdigest()


def _get_major(version: str) -> int:
    return int(version.partition(".")[0])


def _describe_changed(changed: Sequence[BadgeRecord], each: RubricToIssue) -> Iterator[Problem]:
    if changed:
        many = "a badge that was" if len(changed) == 1 else f"{len(changed)} badges that were"
        message = (
            f"{many} planned on {changed[0].valid_from[:10]} and not issued would say something else now"
        )
        advice = (
            "put the assessment, the project file, the templates and the key back as they were; or plan "
            "anew what was never issued: `microcred issue --replan`"
        )
        yield Problem(message, each.place, advice)
