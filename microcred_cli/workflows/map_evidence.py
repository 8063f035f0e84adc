"""Propose which gradebook item feeds which sub-competency, and write it into the rubrics when asked to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from microcred_cli.assessment.mapping import MappedEvidence, MappingState, propose_mapping
from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file, list_files
from microcred_cli.files.rewriting import Rewriting, rewrite_files
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.model.errors import MissingProjectError
from microcred_cli.model.finding import Route
from microcred_cli.model.gradebook import Gradebook
from microcred_cli.model.rubric import EvidenceItem, Rubric
from microcred_cli.texts.edits import edit_file
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.yaml_edits import append_entries, replace_scalar
from microcred_cli.workflows.read_project import ProjectFolder, find_project
from microcred_cli.workflows.read_rubrics import RubricFile, read_rubric_files


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a rubric file is not written: what the linter would newly find; None where it would be misread."""

    path: Path
    finding: LintFinding | None


@dataclass(frozen=True, slots=True)
class Mapped:
    """The rubric files that were looked at and what is proposed for them.

    The rubrics of the ``mapping`` are numbered as the ``files``. ``faulty`` are files in which the linter
    finds an error. ``written`` has the files that were changed, none where there are ``obstacles``.
    """

    files: tuple[RubricFile, ...] = ()
    mapping: tuple[MappedEvidence, ...] = ()
    faulty: tuple[RubricFile, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    written: tuple[Path, ...] = ()


def map_evidence(gradebooks: Sequence[Gradebook], named: Sequence[Path], *, write: bool = False) -> Mapped:
    """Return what the evidence of the rubrics named, else of the project's, is in the gradebooks.

    With ``write`` the proposals are written into the rubric files, all or none: none where a rubric is
    faulty, or would have a finding it has not now. Raises what reading rubrics raises; with ``write`` also
    MissingProjectError where there is no rubric to write into, and UnwritableError.
    """
    project = None if named else find_project()
    if write and not named and project is None:
        raise MissingProjectError("", "name a rubric: `--rubric FILE`, or start a project: `microcred init`")
    read = _read_rubrics(named, project, strict=write or bool(named))
    files = tuple(each for each in read if each.linted.rubric is not None)
    faulty = tuple(each for each in read if each.linted.rubric is None)
    mapping = propose_mapping([each.rubric for each in files], gradebooks)
    mapped = Mapped(files, mapping, faulty)
    return _write(mapped) if write and not faulty else mapped


def _read_rubrics(
    named: Sequence[Path], project: ProjectFolder | None, *, strict: bool
) -> tuple[RubricFile, ...]:
    """Return the rubrics; those of a project, if not ``strict``, whatever else is wrong with it."""
    paths = named or (() if project is None else project.rubrics)
    if strict:
        return read_rubric_files(paths)
    files = [
        file
        for path in paths
        for file in (list_files(path, RUBRIC_SUFFIXES) if path.is_dir() else (path,))
        if is_file(file)
    ]
    return tuple(each for file in dict.fromkeys(files) for each in read_rubric_files([file]))


def _write(mapped: Mapped) -> Mapped:
    rewritings = []
    obstacles = []
    for number, file in enumerate(mapped.files):
        proposals = [each for each in mapped.mapping if each.rubric == number and each.is_proposal]
        if not proposals:
            continue
        data = _edit(file, proposals)
        obstacle = _find_obstacle(file, _lint(file.path, data), _apply(file.rubric, proposals))
        if obstacle is not None:
            obstacles.append(obstacle)
        rewritings.append(Rewriting(file.path, file.data, data))
    if obstacles:
        return replace(mapped, obstacles=tuple(obstacles))
    rewrite_files(rewritings)
    return replace(mapped, written=tuple(each.path for each in rewritings))


def _lint(path: Path, data: bytes) -> LintedFile:
    return lint_rubric(path.as_posix(), data, lambda name: is_file(path.parent / name), advise=False)


def _edit(file: RubricFile, proposals: Sequence[MappedEvidence]) -> bytes:
    """Return the bytes of the file with the proposals; all others are as they were."""
    document = file.linted.document
    edits = []
    additions: dict[int, list[str]] = {}
    for each in proposals:
        route: Route = ("subcompetencies", each.subcompetency, "evidence")
        if each.state is MappingState.PROPOSED:
            edits.append(replace_scalar(document, (*route, each.position or 0, "item"), each.item or ""))
        else:
            additions.setdefault(each.subcompetency, []).append(each.item or "")
    for number, items in additions.items():
        edits += append_entries(document, ("subcompetencies", number, "evidence"), "item", items)
    return edit_file(file.data, document.text, edits)


def _apply(rubric: Rubric, proposals: Sequence[MappedEvidence]) -> Rubric:
    """Return the rubric as it is to be read from the edited file."""
    parts = list(rubric.subcompetencies)
    for each in proposals:
        part = parts[each.subcompetency]
        evidence = list(part.evidence)
        if each.position is None:
            evidence.append(EvidenceItem(each.item or ""))
        else:
            evidence[each.position] = evidence[each.position]._replace(item=each.item or "")
        parts[each.subcompetency] = part._replace(evidence=tuple(evidence))
    return rubric._replace(subcompetencies=tuple(parts))


def _find_obstacle(file: RubricFile, linted: LintedFile, expected: Rubric) -> Obstacle | None:
    """Return why the edited file may not take the place of the file, None where it may."""
    known = Counter(_identify(each) for each in file.linted.findings)
    for finding in linted.findings:
        known[_identify(finding)] -= 1
        if known[_identify(finding)] < 0:
            return Obstacle(file.path, finding)
    if linted.rubric is None or _fold_items(linted.rubric) != _fold_items(expected):
        return Obstacle(file.path, None)
    return None


def _identify(finding: LintFinding) -> tuple[str, str, bool]:
    """Return what a finding is about, wherever it stands."""
    return finding.slug, finding.message, finding.counts


def _fold_items(rubric: Rubric) -> Rubric:
    """Return the rubric with its items as they are compared: a text on several lines ends in a line break."""
    parts = tuple(
        part._replace(
            evidence=tuple(each._replace(item=fold_name(each.item)) for each in part.evidence),
        )
        for part in rubric.subcompetencies
    )
    return rubric._replace(subcompetencies=parts)
