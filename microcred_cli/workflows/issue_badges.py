"""Sign a badge for every earned award that has none, so that nothing is lost or issued twice.

The plan is in the ledger before anything is signed. Then, group by group: the files are on disk, then the
ledger says so. Whatever ends the program in between, the next run finds the plan and writes the same bytes.
"""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli.credentials.achievement import name_badge
from microcred_cli.credentials.badge import EarnedAward
from microcred_cli.credentials.baking import bake
from microcred_cli.credentials.issued_list import IssuedRow, merge_rows
from microcred_cli.files.locking import lock_folder
from microcred_cli.keys.private_key import PrivateKey
from microcred_cli.ledger.ledger import Ledger, open_ledger, read_ledger
from microcred_cli.linting.record import LintedFile
from microcred_cli.model.errors import NoProjectError, UsageError
from microcred_cli.model.key import Algorithm, SigningKey
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.rubric import Rubric
from microcred_cli.workflows.badge_folder import BadgeFolder
from microcred_cli.workflows.collect_awards import collect_awards
from microcred_cli.workflows.make_documents import DocumentMaker
from microcred_cli.workflows.manage_keys import show_key
from microcred_cli.workflows.plan_badges import Plan, PlannedBadge, Planner, PlanRequest, Report
from microcred_cli.workflows.read_assessment import StoredAssessment, read_assessment
from microcred_cli.workflows.read_library import read_library
from microcred_cli.workflows.read_project import ProjectFolder, find_project
from microcred_cli.workflows.sign_documents import Signer

# So many badges are on disk before the ledger takes note of them.
GROUP = 1000
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class IssueOrder:
    """What the user asked for. ``dry_run`` plans and writes nothing."""

    assessment: Path | None = None
    key: str | None = None
    replan: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A rubric, and how many of its awards are in which state."""

    rubric: str
    version: str
    name: str
    to_sign: int
    resumed: int
    before: int
    not_earned: int


class Batch:
    """A plan, and the means to carry it out while the project is held against other runs."""

    def __init__(
        self,
        project: ProjectFolder,
        key: SigningKey,
        plan: Plan,
        basis: StoredAssessment,
        records: tuple[Ledger, BadgeFolder],
    ) -> None:
        self.project = project
        self.key = key
        self.plan = plan
        self.basis = basis
        self._ledger, self._badges = records

    @property
    def folder(self) -> Path:
        """Where the badges go."""
        return self._badges.path

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """How much of each rubric there is to do."""
        assessment = self.basis.assessment
        return tuple(_count(each, self.plan, len(assessment.learners)) for each in assessment.rubrics)

    @property
    def missing(self) -> tuple[str, ...]:
        """The badges issued before that lack a file."""
        before = (record.id for record, _ in self.plan.before if record.id not in self.plan.published)
        return self._badges.find_missing(before)

    def note(self) -> tuple[IssuedRow, ...]:
        """Record the plan, and whose the badges are that were issued before; return the latter.

        Raises UnwritableError.
        """
        plan = self.plan
        # The files before the ledger: a plan is forgotten only once nothing is left of it.
        self._badges.remove(plan.forgotten)
        forgotten = frozenset(plan.forgotten)
        kept = (row for row in self._badges.listed if row.badge not in forgotten)
        rows = merge_rows(kept, (_write_row(*each) for each in plan.before))
        self._badges.update(rows, plan.published)
        self._ledger.forget(plan.forgotten)
        self._ledger.mark_issued({badge: _hash(text) for badge, text in plan.published.items()})
        self._ledger.plan([badge.record for badge in plan.badges if not badge.resumed])
        return rows

    def issue(self, private: PrivateKey) -> Iterator[int]:
        """Record the plan, then sign and publish it; yield how many badges are done after each group.

        Raises UnwritableError; what was published until then is in the ledger.
        """
        signer = Signer(private, self.key.method, read_library())
        rows = self.note()
        for start in range(0, len(self.plan.badges), GROUP):
            group = self.plan.badges[start : start + GROUP]
            signed = {badge.record.id: _sign(signer, badge) for badge in group}
            rows = merge_rows(rows, (_write_row(badge.record, badge.award) for badge in group))
            self._badges.publish(rows, signed)
            self._ledger.mark_issued({badge: _hash(text) for badge, (text, _) in signed.items()})
            yield start + len(group)

    def count_issued(self) -> int:
        """Return how many badges of the plan are issued, as the ledger says."""
        issued = {record.id for record in self._ledger.list_badges() if record.state is BadgeState.ISSUED}
        return sum(badge.record.id in issued for badge in self.plan.badges)


@dataclass(frozen=True, slots=True)
class Opened:
    """A batch, or the rubrics with errors for which there is none."""

    batch: Batch | None
    faulty: tuple[LintedFile, ...] = ()


@contextmanager
def open_batch(
    order: IssueOrder, now: datetime | None = None, report: Report = lambda _done, _total: None
) -> Iterator[Opened]:
    """Plan a batch and hold the project until it is done; a dry run holds nothing and writes nothing.

    ``report`` is told how far the planning has come. Raises NoProjectError, UsageError for a key that cannot
    sign badges, LockedFolderError, BrokenListError, UnknownBadgesError, and what reading the assessment, the
    keys and the ledger raises.
    """
    project = find_project()
    if project is None:
        raise NoProjectError("", "go to your project's folder, or start one: `microcred init`")
    moment = (now or datetime.now(UTC)).replace(microsecond=0)
    with ExitStack() as stack:
        if not order.dry_run:
            stack.enter_context(lock_folder(project.folder))
        stored = read_assessment(order.assessment)
        collected = collect_awards(stored, project)
        if collected.faulty:
            yield Opened(None, collected.faulty)
            return
        key = _choose_key(project, order.key)
        badges, path = BadgeFolder(project.badges, moment), project.ledger
        if not path.exists():
            # A new ledger would hide that the old one is gone.
            badges.refuse_unknown(())
        ledger = stack.enter_context((read_ledger if order.dry_run else open_ledger)(path, _draw_secret))
        badges.refuse_unknown(ledger.list_badges())
        request = PlanRequest(collected.rubrics, badges.find_published, report, moment, order.replan)
        plan = Planner(DocumentMaker(project), key, ledger, request).plan()
        yield Opened(Batch(project, key, plan, stored, (ledger, badges)))


def _choose_key(project: ProjectFolder, name: str | None) -> SigningKey:
    key = show_key(project.keys, name, Algorithm.ED25519).key
    if key.public.algorithm is not Algorithm.ED25519:
        raise UsageError(
            f"the key {key.name} is for JWTs; embedded proofs take an Ed25519 key",
            "make one: `microcred key new`, or name another: `--key NAME`",
        )
    return key


def _draw_secret() -> bytes:
    return secrets.token_bytes(_SECRET_BYTES)


def _count(rubric: Rubric, plan: Plan, learners: int) -> Tally:
    badges = [badge for badge in plan.badges if badge.award.rubric is rubric]
    before = sum(award.rubric is rubric for _, award in plan.before)
    return Tally(
        rubric.id,
        rubric.version,
        name_badge(rubric),
        len(badges),
        sum(badge.resumed for badge in badges),
        before,
        learners - len(badges) - before,
    )


def _sign(signer: Signer, badge: PlannedBadge) -> tuple[bytes, bytes]:
    """Return the files of a badge: its JSON, and the picture with the JSON in it."""
    text = signer.sign(badge.document, badge.digest, badge.record.valid_from)
    picture = bake(badge.art, text)
    if isinstance(picture, Refusal):
        raise ValueError(picture.reason)  # noqa: TRY004 - a promise of the plan, which has baked it before
    return text.encode("utf-8"), picture


def _hash(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()


def _write_row(record: BadgeRecord, award: EarnedAward) -> IssuedRow:
    learner = award.learner
    return IssuedRow(
        record.id,
        f"{record.id}.json",
        f"{record.id}.svg",
        learner.key,
        learner.name or "",
        learner.email or "",
        record.rubric,
        record.version,
        record.valid_from,
    )
