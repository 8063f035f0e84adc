"""Whether each decision and badge still follows from the evidence that the manifest names."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli.assessment.discrepancies import find_discrepancies
from microcred_cli.assessment.held import read_held
from microcred_cli.assessment.manifest import HELD, MANIFEST, RUBRICS
from microcred_cli.files.reading import read_file
from microcred_cli.model.assessment import Assessment, Manifest
from microcred_cli.model.audit import AuditCheck, AuditResult, Discrepancy
from microcred_cli.model.number_words import count_things
from microcred_cli.model.verification import Outcome
from microcred_cli.workflows.audit_badges import (
    HeldRows,
    LedgerBadges,
    audit_badges,
    read_badges,
    sort_held,
)
from microcred_cli.workflows.decide_again import Redecision, decide_again
from microcred_cli.workflows.examine_folder import ExaminedFolder, check_tables, examine_folder
from microcred_cli.workflows.read_assessment import MAXIMUM_BYTES
from microcred_cli.workflows.read_project import choose_output, find_project
from microcred_cli.workflows.trace_inputs import TracedInput, trace_inputs


@dataclass(frozen=True, slots=True)
class Audited:
    """What was checked of an assessment, in the order of the checks."""

    folder: Path
    manifest: Manifest
    results: tuple[AuditResult, ...]

    @property
    def outcome(self) -> Outcome:
        """Failed when anything does not follow; else unchecked when anything could not be checked."""
        outcomes = {result.outcome for result in self.results}
        return next(
            (each for each in (Outcome.FAILED, Outcome.UNCHECKED) if each in outcomes), Outcome.PASSED
        )


def audit_assessment(folder: Path | None) -> Audited:
    """Check an assessment folder against its inputs; without one, the project's, or ``out``.

    Nothing is written. Raises MissingInputError where there is no assessment, BrokenAssessmentError when the
    manifest itself is not one, and what reading files and the ledger raises.
    """
    project = find_project()
    stored = examine_folder(folder or choose_output(project), datetime.now(UTC))
    traced = trace_inputs(stored.manifest, stored.path)
    tables, inputs = check_tables(stored), _check_inputs(stored, traced)
    learners = [] if stored.assessment is None else [each.key for each in stored.assessment.learners]
    badges = read_badges(project, learners)
    held = HeldRows() if stored.assessment is None else _find_held(stored.assessment, traced, badges)
    redecision = decide_again(stored, traced, held)
    decided = _check_redecision(stored, redecision, traced, held, has_ledger=badges is not None)
    results = (tables, inputs, *decided, audit_badges(badges, redecision.assessment))
    return Audited(stored.path, stored.manifest, results)


def _check_inputs(stored: ExaminedFolder, traced: Sequence[TracedInput]) -> AuditResult:
    gone = [each.recorded.path for each in traced if each.path is None]
    changed = [each.recorded.path for each in traced if each.path is not None and not each.is_same]
    found = [
        *(Discrepancy(path, "is not there any more") for path in gone),
        *(Discrepancy(path, "is not what was assessed") for path in changed),
        *_compare_copies(stored, traced),
    ]
    failed = [each for each in found if each.file not in gone]
    if failed:
        names = ", ".join(dict.fromkeys(each.file for each in failed))
        return AuditResult(AuditCheck.INPUTS, Outcome.FAILED, f"changed: {names}", tuple(found))
    if gone:
        return AuditResult(AuditCheck.INPUTS, Outcome.UNCHECKED, f"missing: {', '.join(gone)}", tuple(found))
    return AuditResult(AuditCheck.INPUTS, Outcome.PASSED, f"all {len(traced)} are what was assessed")


def _compare_copies(stored: ExaminedFolder, traced: Sequence[TracedInput]) -> list[Discrepancy]:
    """Return the rubrics of the folder that are not those that the manifest names as inputs."""
    if stored.assessment is None:
        return []
    copies = [f"{RUBRICS}/{rubric.id}.yaml" for rubric in stored.assessment.rubrics]
    recorded = [each.recorded.sha256 for each in traced if each.recorded.role == "rubric"]
    if len(copies) != len(recorded):
        return [Discrepancy(MANIFEST, f"names {len(copies)} rubrics, and {len(recorded)} files of them")]
    return [
        Discrepancy((stored.path / name).as_posix(), "is not the rubric that was assessed by")
        for name, digest in zip(copies, recorded, strict=True)
        if hashlib.sha256(stored.files[name]).hexdigest() != digest
    ]


def _find_held(
    assessment: Assessment, traced: Sequence[TracedInput], badges: LedgerBadges | None
) -> HeldRows:
    """Return the badges held that came from the ledger, as the assessment notes them."""
    file = next((each for each in traced if each.recorded.role == "held"), None)
    if file is None or file.path is None:
        return sort_held(assessment, None, badges, edited=False)
    table, _ = read_held(file.path.as_posix(), read_file(file.path, MAXIMUM_BYTES))
    return sort_held(assessment, table, badges, edited=not file.is_same)


def _check_redecision(
    stored: ExaminedFolder,
    redecision: Redecision,
    traced: Sequence[TracedInput],
    held: HeldRows,
    *,
    has_ledger: bool,
) -> tuple[AuditResult, ...]:
    """Check that what the tables say is what was decided again."""
    if stored.assessment is None or redecision.assessment is None:
        message = f"could not be decided again: {redecision.message}"
        first = AuditResult(AuditCheck.DECISIONS, Outcome.UNCHECKED, message, redecision.obstacles)
        rest = (AuditCheck.AWARDS, AuditCheck.EVIDENCE)
        return first, *(AuditResult(check, Outcome.UNCHECKED, "could not be decided again") for check in rest)
    same_files = all(each.is_same for each in traced if each.recorded.role == "gradebook")
    found: dict[AuditCheck, list[Discrepancy]] = {check: [] for check in AuditCheck}
    if not redecision.is_same:
        found = find_discrepancies(stored.assessment, redecision.assessment, same_files=same_files)
    unconfirmed = [
        Discrepancy(HELD, "the ledger does not know of this badge", each.learner, each.rubric)
        for each in held.unconfirmed
    ]
    if has_ledger:
        found[AuditCheck.AWARDS] += unconfirmed
    counts = {
        AuditCheck.DECISIONS: f"all {len(stored.assessment.decisions)} follow"
        + _count_left_out(stored.assessment),
        AuditCheck.AWARDS: f"all {len(stored.assessment.awards)} follow",
        AuditCheck.EVIDENCE: f"all {len(stored.assessment.pieces)} scores and what was made of them follow",
    }
    results = {check: _judge(check, found[check], message) for check, message in counts.items()}
    awards = results[AuditCheck.AWARDS]
    if unconfirmed and awards.outcome is Outcome.PASSED:
        message = f"{len(unconfirmed)} rest on badges of a ledger that is not here"
        results[AuditCheck.AWARDS] = AuditResult(AuditCheck.AWARDS, Outcome.UNCHECKED, message)
    return tuple(results.values())


def _count_left_out(assessment: Assessment) -> str:
    """Say that it follows, too, who was left out."""
    count = len(assessment.learners_left_out)
    return f"; {count_things(count, 'learner')} left out, as it should be" if count else ""


def _judge(check: AuditCheck, found: Sequence[Discrepancy], otherwise: str) -> AuditResult:
    if not found:
        return AuditResult(check, Outcome.PASSED, otherwise)
    files = ", ".join(dict.fromkeys(each.file for each in found))
    verb = "row does" if len(found) == 1 else "rows do"
    return AuditResult(check, Outcome.FAILED, f"{len(found)} {verb} not follow ({files})", tuple(found))
