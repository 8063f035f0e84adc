"""Two rubrics, gradebooks or assessments to what differs between the decisions by them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from microcred_cli.assessment.comparison import compare_assessments
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.comparison import Comparison
from microcred_cli.model.errors import MissingInputError, UsageError
from microcred_cli.model.problem import Problem
from microcred_cli.workflows.decide_side import Basis, Kind, Subject, decide_side, read_basis, read_subject
from microcred_cli.workflows.gather_inputs import Sources
from microcred_cli.workflows.read_rubrics import RubricFile


@dataclass(frozen=True, slots=True)
class Compared:
    """What differs; or what stood in the way: rubrics at fault, or problems of the inputs.

    ``changed`` names what is not as it was when it was assessed.
    """

    comparison: Comparison | None = None
    faulty: tuple[RubricFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()


def compare_files(before: Path, after: Path, given: Sources, now: datetime | None = None) -> Compared:
    """Compare two assessment folders, two rubrics (or folders of them), or two gradebooks.

    Or an assessment and what may stand in for its rubrics or its gradebooks. ``given`` is what the user named
    beside them; the rest comes from the assessment, else from the project. For rubrics without gradebooks it
    is those of the stored assessment. Writes nothing. Raises UsageError for what cannot be compared, and what
    reading rubrics, gradebooks and assessments raises.
    """
    subjects = read_subject(before), read_subject(after)
    _check_kinds((subjects[0].kind, subjects[1].kind), given)
    basis = _find_basis(subjects, given)
    moment = now or datetime.now(UTC)
    sides = [decide_side(*pair, given, basis, moment) for pair in (subjects, subjects[::-1])]
    assessments = [side.assessment for side in sides if side.assessment is not None]
    if len(assessments) < len(sides):
        return Compared(
            faulty=tuple(each for side in sides for each in side.faulty),
            problems=tuple(dict.fromkeys(problem for side in sides for problem in side.problems)),
        )
    old, new = assessments
    about = [
        subject.named or _name_rubrics(each) for subject, each in zip(subjects, assessments, strict=True)
    ]
    if not about[0] & about[1]:
        raise UsageError(
            f"{before} and {after} have no rubric in common", "a rubric keeps its id from version to version"
        )
    if named := subjects[0].named | subjects[1].named:
        named |= _list_consequences(old, new)
        old, new = _keep_rubrics(old, named), _keep_rubrics(new, named)
    changed = tuple(dict.fromkeys(name for side in sides for name in side.changed))
    return Compared(compare_assessments(old, new), changed=changed)


def _check_kinds(kinds: tuple[Kind, Kind], given: Sources) -> None:
    alike = kinds[0] if kinds[0] is kinds[1] else None
    if set(kinds) == {Kind.RUBRICS, Kind.GRADEBOOK}:
        raise UsageError(
            "a rubric and a gradebook cannot be compared", "name two of a kind, or one and an assessment"
        )
    if alike is Kind.ASSESSMENT and given != Sources(()):
        raise UsageError("two assessments are compared as they stand", "leave out what says how to decide")
    if given.gradebooks and alike is not Kind.RUBRICS:
        raise UsageError("--gradebook is for comparing two rubrics", "leave it out")
    if given.rubrics and alike is not Kind.GRADEBOOK:
        raise UsageError("--rubric is for comparing two gradebooks", "leave it out")


def _find_basis(subjects: tuple[Subject, Subject], given: Sources) -> Basis | None:
    """Return the assessment that says what the user did not name; None where the project does."""
    folders = [each.path for each in subjects if each.kind is Kind.ASSESSMENT]
    if len(folders) == 1:
        return read_basis(folders[0])
    if given.gradebooks or subjects[0].kind is not Kind.RUBRICS:
        return None
    try:
        return read_basis(None)
    except MissingInputError as error:
        advice = "name gradebooks: `--gradebook FILE`, or run `microcred assess GRADEBOOK` first"
        raise MissingInputError(error.subject, advice) from error


def _name_rubrics(assessment: Assessment) -> frozenset[str]:
    return frozenset(rubric.id for rubric in assessment.rubrics)


def _list_consequences(before: Assessment, after: Assessment) -> frozenset[str]:
    """Return the rubrics with an award that changes: some ask for the badge of a rubric that did."""
    old = {(row.learner, row.rubric): row.award for row in before.awards}
    return frozenset(
        row.rubric for row in after.awards if old.get((row.learner, row.rubric), row.award) != row.award
    )


def _keep_rubrics(assessment: Assessment, names: Collection[str]) -> Assessment:
    """Return the assessment as far as it is by these rubrics; the awards of others may still be asked for."""
    return replace(
        assessment,
        rubrics=tuple(rubric for rubric in assessment.rubrics if rubric.id in names),
        decisions=tuple(row for row in assessment.decisions if row.rubric in names),
    )
