"""One side of a comparison: an assessment as it is stored, or as it would be."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from microcred_cli.assessment.manifest import MANIFEST, RUBRICS
from microcred_cli.assessment.overrides import recall_evidence
from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.errors import MissingInputError
from microcred_cli.model.override import Override
from microcred_cli.model.problem import Problem
from microcred_cli.workflows.gather_inputs import Sources, build_assessment, decide_inputs, gather_inputs
from microcred_cli.workflows.read_assessment import StoredAssessment, read_assessment
from microcred_cli.workflows.read_rubrics import RubricFile, read_rubric_files
from microcred_cli.workflows.trace_inputs import (
    TracedInput,
    build_rubric_file,
    leave_out_overrides,
    recall_sources,
    trace_inputs,
)


class Kind(StrEnum):
    """What may be a side of a comparison."""

    ASSESSMENT = "assessment"
    RUBRICS = "rubrics"
    GRADEBOOK = "gradebook"


@dataclass(frozen=True, slots=True)
class Basis:
    """A stored assessment, from which comes what the user did not name, and where its inputs are now."""

    stored: StoredAssessment
    traced: tuple[TracedInput, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the user named as a side: where it is, what it is, and its rubrics if it is some."""

    path: Path
    kind: Kind
    rubrics: tuple[RubricFile, ...] = ()

    @property
    def named(self) -> frozenset[str]:
        """The ids of its rubrics, as far as the linter finds no error in them."""
        parsed = (each.linted.rubric for each in self.rubrics)
        return frozenset(rubric.id for rubric in parsed if rubric is not None)


@dataclass(frozen=True, slots=True)
class Side:
    """An assessment; or what stood in its way: rubrics at fault, or problems of the inputs.

    ``changed`` names what is not as it was when it was assessed.
    """

    assessment: Assessment | None = None
    faulty: tuple[RubricFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    changed: tuple[str, ...] = ()


def read_subject(path: Path) -> Subject:
    """Return what a path leads to. Raises MissingInputError, and what reading rubrics raises."""
    kind = _find_kind(path)
    return Subject(path, kind, _read_rubrics([path]) if kind is Kind.RUBRICS else ())


def _find_kind(path: Path) -> Kind:
    if not path.exists():
        raise MissingInputError(str(path), "check the path; it is relative to the folder you are in")
    if path.is_dir():
        return Kind.ASSESSMENT if is_file(path / MANIFEST) else Kind.RUBRICS
    return Kind.RUBRICS if path.suffix.lower() in RUBRIC_SUFFIXES else Kind.GRADEBOOK


def read_basis(folder: Path | None) -> Basis:
    """Return the assessment of a folder as a basis; without one, that of the project, or of ``out``.

    Raises what reading an assessment raises.
    """
    stored = read_assessment(folder)
    return Basis(stored, trace_inputs(stored.assessment.manifest, stored.folder))


def decide_side(subject: Subject, other: Subject, given: Sources, basis: Basis | None, now: datetime) -> Side:
    """Return the assessment of a folder, or decide what the rubrics or the gradebook come to.

    What the subject does not say comes from ``given``, then from the basis, or else from the project; but no
    rubric that the other side names. Raises what reading rubrics, gradebooks and assessments raises.
    """
    if subject.kind is Kind.ASSESSMENT:
        stored = read_assessment(subject.path)
        return Side(
            stored.assessment, changed=tuple((subject.path / name).as_posix() for name in stored.changed)
        )
    rubrics = subject.rubrics or _read_rubrics(given.rubrics)
    faulty = tuple(each for each in rubrics if each.linted.rubric is None)
    if faulty:
        return Side(faulty=faulty)
    sources = replace(given, rubrics=(), rubric_files=rubrics)
    traced: tuple[TracedInput, ...] = ()
    if basis is not None:
        traced = _choose_inputs(basis, subject)
        sources = _fill_in(sources, basis, traced, subject.named | other.named)
    if subject.kind is Kind.GRADEBOOK:
        sources = replace(sources, gradebooks=(*sources.gradebooks, subject.path))
    before = None if basis is None else _recall_evidence(basis)
    inputs = gather_inputs(sources, now, before)
    if inputs.is_faulty:
        return Side(faulty=tuple(each for each in inputs.rubrics if each.linted.rubric is None))
    inputs = leave_out_overrides(inputs)
    outcome = decide_inputs(inputs)
    if outcome.problems:
        return Side(problems=outcome.problems)
    changed = tuple(each.recorded.path for each in traced if not each.is_same)
    return Side(build_assessment(inputs, outcome, now), changed=changed)


def _recall_evidence(basis: Basis) -> dict[Override, str]:
    assessment = basis.stored.assessment
    return recall_evidence(assessment.overruled, assessment.waiting)


def _read_rubrics(paths: Iterable[Path]) -> tuple[RubricFile, ...]:
    """Return the rubrics of files and folders; whether their pictures are there does not matter here."""
    listed = tuple(paths)
    files = read_rubric_files(listed) if listed else ()
    return tuple(build_rubric_file(each.path, each.data) for each in files)


def _choose_inputs(basis: Basis, subject: Subject) -> tuple[TracedInput, ...]:
    """Return the inputs of a basis that stay, beside its rubrics.

    A gradebook takes the place of the one at the same path, else of the one with the same name, else of all.
    """
    inputs = [each for each in basis.traced if each.recorded.role != "rubric"]
    if subject.kind is Kind.RUBRICS:
        return tuple(inputs)
    path = subject.path
    gradebooks = [each for each in inputs if each.recorded.role == "gradebook"]
    same = [each for each in gradebooks if each.path is not None and each.path.resolve() == path.resolve()]
    alike = [each for each in gradebooks if Path(each.recorded.path).name == path.name]
    replaced = next((each for each in (same, alike) if len(each) == 1), gradebooks)
    return tuple(each for each in inputs if each not in replaced)


def _fill_in(
    sources: Sources, basis: Basis, traced: tuple[TracedInput, ...], named: frozenset[str]
) -> Sources:
    """Return the sources with what the basis has and they lack; of its rubrics, none of those named."""
    gone = next((each.recorded.path for each in traced if each.path is None), None)
    if gone is not None:
        raise MissingInputError(gone, "the assessment rests on it: put it back, or assess again")
    stored = basis.stored
    copies = [
        build_rubric_file(stored.folder / name, stored.files[name])
        for rubric in stored.assessment.rubrics
        if rubric.id not in named
        for name in [f"{RUBRICS}/{rubric.id}.yaml"]
    ]
    manifest = stored.assessment.manifest
    recalled = recall_sources(
        traced, (*sources.rubric_files, *copies), manifest.options, stored.assessment.held
    )
    return replace(
        recalled,
        overrides=sources.overrides or recalled.overrides,
        held=sources.held or recalled.held,
        decimal=sources.decimal,
        as_of=sources.as_of or recalled.as_of or manifest.assessed_at[: len("2026-01-01")],
        skip_invalid=sources.skip_invalid or recalled.skip_invalid,
    )
