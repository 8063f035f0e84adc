"""Whether the badges of a ledger follow from an assessment, and those held that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from microcred_cli.assessment.held import HeldTable
from microcred_cli.ledger.ledger import read_ledger
from microcred_cli.ledger.store import is_store
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.audit import AuditCheck, AuditResult, Discrepancy
from microcred_cli.model.award import Award
from microcred_cli.model.award_words import describe_missing, join_words
from microcred_cli.model.ledger import BadgeRecord, BadgeState
from microcred_cli.model.results import AwardRow, Badge
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.verification import Outcome
from microcred_cli.texts.names import fold_name
from microcred_cli.workflows.read_project import LEDGER, ProjectFolder

# A planned badge may have been signed already.
_VALID = frozenset({BadgeState.PLANNED, BadgeState.ISSUED})


@dataclass(frozen=True, slots=True)
class LedgerBadges:
    """The badges of a ledger: those of known learners by their key, and those of others."""

    known: tuple[tuple[str, BadgeRecord], ...]
    others: tuple[BadgeRecord, ...]


def read_badges(project: ProjectFolder | None, learners: Iterable[str]) -> LedgerBadges | None:
    """Return the badges of the project's ledger; None where there is no ledger.

    Raises what reading the ledger raises.
    """
    if project is None or not is_store(project.ledger):
        return None
    # A ledger that is there has its secret.
    with read_ledger(project.ledger, bytes) as ledger:
        keys = {ledger.identify(fold_name(learner)): learner for learner in learners}
        records = ledger.list_badges()
    return LedgerBadges(
        tuple((keys[record.learner], record) for record in records if record.learner in keys),
        tuple(record for record in records if record.learner not in keys),
    )


def audit_badges(badges: LedgerBadges | None, redecided: Assessment | None) -> AuditResult:
    """Check that whoever has a badge of a rubric has earned its award, as it was decided again.

    Badges of learners, and of major versions, that the assessment does not have are counted only.
    """
    if badges is None:
        return _judge(Outcome.PASSED, "there is no ledger here, so no badge to check")
    if redecided is None:
        outcome = Outcome.UNCHECKED if badges.known or badges.others else Outcome.PASSED
        return _judge(outcome, "the awards that badges rest on could not be decided again")
    rubrics = {rubric.id: rubric for rubric in redecided.rubrics}
    awards = {(row.learner, row.rubric): row for row in redecided.awards}
    checked, elsewhere = 0, sum(record.rubric in rubrics for record in badges.others)
    unfounded: list[Discrepancy] = []
    for learner, record in badges.known:
        rubric = rubrics.get(record.rubric)
        if rubric is None or record.state not in _VALID:
            continue
        if _get_major(rubric.version) != _get_major(record.version):
            elsewhere += 1
            continue
        checked += 1
        award = awards.get((learner, rubric.id))
        if award is None:
            message = "nothing is decided about this learner any more"
            unfounded.append(Discrepancy(LEDGER, message, learner, rubric.id, badge=record.id))
        elif award.award != Award.EARNED:
            unfounded.append(_tell_unfounded(record, award, rubric))
    rest = f"; {elsewhere} of learners or versions not assessed here" if elsewhere else ""
    count = "1 badge" if checked == 1 else f"{checked} badges"
    if unfounded:
        message = f"{len(unfounded)} of {count} without an earned award{rest}"
        return _judge(Outcome.FAILED, message, unfounded)
    return _judge(Outcome.PASSED, f"{count} with an earned award{rest}")


def _judge(outcome: Outcome, message: str, discrepancies: Sequence[Discrepancy] = ()) -> AuditResult:
    return AuditResult(AuditCheck.BADGES, outcome, message, tuple(discrepancies))


def _tell_unfounded(record: BadgeRecord, award: AwardRow, rubric: Rubric) -> Discrepancy:
    lacking = join_words([describe_missing(rubric, name) for name in award.missing])
    message = f"the award is {award.award}" + (f", for want of {lacking}" if lacking else "")
    return Discrepancy(LEDGER, message, award.learner, rubric.id, badge=record.id)


def _get_major(version: str) -> str:
    return version.partition(".")[0]


@dataclass(frozen=True, slots=True)
class HeldRows:
    """The badges of ``held.csv`` that did not come from a file: all, and those nobody can confirm."""

    counted: tuple[Badge, ...] = ()
    unconfirmed: tuple[Badge, ...] = ()


def sort_held(
    assessment: Assessment, table: HeldTable | None, badges: LedgerBadges | None, *, edited: bool
) -> HeldRows:
    """Return which badges held came from a ledger: the file of them, if any, does not have them.

    ``table`` is that file as it is now; where it was ``edited``, only the ledger tells what was not in it.
    """
    in_file = {} if table is None else table.by_learner
    known_badges = () if badges is None else badges.known
    # What was planned only, or issued later, nobody held on that day.
    issued = {
        (learner, record.rubric)
        for learner, record in known_badges
        if record.state is BadgeState.ISSUED and record.valid_from <= assessment.manifest.assessed_at
    }
    rest = [each for each in assessment.held if each.rubric not in in_file.get(fold_name(each.learner), ())]
    known = [each for each in rest if (each.learner, each.rubric) in issued]
    unknown = [] if edited else [each for each in rest if each not in known]
    return HeldRows((*known, *unknown), tuple(unknown))
