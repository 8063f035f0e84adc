"""What is to be issued: every earned award that has no badge yet, its document made and checked."""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import uuid4

from microcred_cli.credentials.badge import EarnedAward
from microcred_cli.credentials.baking import Art
from microcred_cli.credentials.library import Document
from microcred_cli.credentials.status_list import SIZE
from microcred_cli.ledger.ledger import Ledger
from microcred_cli.model.key import SigningKey
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from microcred_cli.model.problem import Problem
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.timestamps import write_timestamp
from microcred_cli.workflows.compose_badges import Composer, RubricToIssue, Sheet, find_difference
from microcred_cli.workflows.make_documents import DocumentMaker

FindPublished = Callable[[BadgeRecord], bytes | None]
"""Returns the JSON of a planned badge, when a file of it is there and says what was planned."""
Report = Callable[[int, int], None]
"""Is told how many awards of how many have been looked at."""


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

    ``before`` are the badges that these awards have already. ``published`` holds, by id, the JSON of badges
    an interrupted run wrote without noting it; ``forgotten`` the ids of plans to be dropped, and ``waiting``
    counts plans for awards that this assessment does not hold. ``unearned`` counts badges issued before to
    learners who by this assessment have not earned them. With a problem nothing may be issued.
    """

    badges: tuple[PlannedBadge, ...]
    before: tuple[tuple[BadgeRecord, EarnedAward], ...]
    published: Mapping[str, bytes]
    forgotten: tuple[str, ...]
    waiting: int
    unearned: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """What to plan, and when. ``replan`` drops earlier plans that do not fit any more."""

    rubrics: tuple[RubricToIssue, ...]
    find_published: FindPublished
    report: Report
    now: datetime
    replan: bool


class Planner:
    """Plans the badges of one issuer, once. Nothing is written; only a throwaway key signs."""

    def __init__(self, maker: DocumentMaker, key: SigningKey, ledger: Ledger, request: PlanRequest) -> None:
        self._key = key
        self._ledger = ledger
        self._request = request
        self._start = write_timestamp(request.now)
        self._composer = Composer(maker, key.did, ledger.derive_salt, request.now)
        records = ledger.list_badges()
        self._records = {(each.learner, each.rubric, _get_major(each.version)): each for each in records}
        self._indexes = {each.status_index for each in records}
        self._badges: list[PlannedBadge] = []
        self._before: list[tuple[BadgeRecord, EarnedAward]] = []
        self._published: dict[str, bytes] = {}
        self._forgotten: list[str] = []
        self._problems: list[Problem] = []
        self._total = sum(len(each.awards) for each in request.rubrics)
        self._done = count(1)

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
            sum(
                self._has_badge(each.rubric, other) for each in self._request.rubrics for other in each.others
            ),
            tuple(self._problems),
        )

    def _identify(self, award: EarnedAward) -> tuple[str, str, int]:
        return self._name_badge(award.rubric, award.learner.key)

    def _name_badge(self, rubric: Rubric, learner: str) -> tuple[str, str, int]:
        """Return what there is one live badge of: learner, rubric and major version.

        A learner whose key is spelled with another case or other spaces is no other learner.
        """
        return self._ledger.identify(fold_name(learner)), rubric.id, _get_major(rubric.version)

    def _has_badge(self, rubric: Rubric, learner: str) -> bool:
        record = self._records.get(self._name_badge(rubric, learner))
        return record is not None and record.state is BadgeState.ISSUED

    def _is_published(self, record: BadgeRecord) -> bool:
        """Return whether an interrupted run wrote a planned badge; if so, take note of it."""
        text = self._request.find_published(record)
        if text is not None:
            self._published[record.id] = text
        return text is not None

    def _plan_rubric(self, each: RubricToIssue) -> None:
        sheet = self._composer.prepare(each)
        if isinstance(sheet, Problem):
            self._problems.append(sheet)
            return
        planned: list[PlannedBadge] = []
        changed: list[BadgeRecord] = []
        for award in each.awards:
            outcome = self._plan_award(sheet, award)
            self._request.report(next(self._done), self._total)
            if isinstance(outcome, PlannedBadge):
                planned.append(outcome)
            elif isinstance(outcome, BadgeRecord):
                changed.append(outcome)
            elif isinstance(outcome, Problem):
                self._problems.append(outcome)
                if outcome.place == each.place:  # the next learner's would fail for the same reason
                    return
        self._problems += _describe_changed(changed, each)
        if planned:
            self._problems += self._compare_with_issued(sheet, each)
        for badge in planned[:1]:
            fault = self._composer.rehearse(sheet, badge.award, badge.record)
            self._problems += [] if fault is None else [fault]
        self._badges += planned

    def _plan_award(self, sheet: Sheet, award: EarnedAward) -> PlannedBadge | BadgeRecord | Problem | None:
        """Return the badge to be signed, or the earlier plan that does not fit; None if it has one."""
        record = self._records.get(self._identify(award))
        if record is None:
            return self._make(sheet, award, self._draw_record(award))
        if record.state is BadgeState.ISSUED:
            self._before.append((record, award))
            return None
        badge = self._make(sheet, award, record)
        if isinstance(badge, PlannedBadge):
            return badge
        if self._is_published(record):
            self._before.append((record, award))
            return None
        if isinstance(badge, Problem) or not self._request.replan:
            return badge
        self._forgotten.append(record.id)
        return self._make(sheet, award, self._draw_record(award))

    def _make(
        self, sheet: Sheet, award: EarnedAward, record: BadgeRecord
    ) -> PlannedBadge | BadgeRecord | Problem:
        """Return the badge of a record; the record, when it is of an earlier plan that does not fit now."""
        composed = self._composer.compose(sheet, award, record)
        if isinstance(composed, Problem):
            return composed
        resumed = record.document != ""
        if resumed and not (composed.record == record and self._composer.is_current(composed)):
            return record
        return PlannedBadge(
            composed.record, award, composed.document, composed.digest, sheet.art, resumed=resumed
        )

    def _compare_with_issued(self, sheet: Sheet, each: RubricToIssue) -> Iterator[Problem]:
        """Look whether badges of this version say the same as the first of them that is still at hand."""
        rubric = each.rubric
        texts = (
            self._request.find_published(record)
            for record in self._records.values()
            if (record.rubric, record.version) == (rubric.id, rubric.version)
            and record.state is BadgeState.ISSUED
            and record.key == self._key.method
        )
        text = next((text for text in texts if text is not None), None)
        if text is not None and (term := find_difference(sheet.achievement, text)) is not None:
            yield Problem(
                f"version {rubric.version} was issued before with another `{term}`",
                each.place,
                "one version has one meaning: raise `version` in the rubric, or put its text back as it was, "
                "and assess again",
            )

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


def _get_major(version: str) -> int:
    return int(version.partition(".")[0])


def _describe_changed(changed: Sequence[BadgeRecord], each: RubricToIssue) -> Iterator[Problem]:
    if changed:
        one = len(changed) == 1
        many = "a badge that was" if one else f"{len(changed)} badges that were"
        date, fits = changed[0].valid_from[:10], "does not fit" if one else "do not fit"
        message = f"{many} planned on {date} and not issued {fits} what it would be now"
        advice = (
            "put the assessment, the project file, the templates, the key and the clock back as they were; "
            "or plan anew what was never issued: `microcred issue --replan`"
        )
        yield Problem(message, each.place, advice)
