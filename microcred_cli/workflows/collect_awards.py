"""Who has earned which badge, by a stored assessment whose rubrics are still sound."""

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from microcred_cli.assessment.manifest import RUBRICS
from microcred_cli.credentials.badge import EarnedAward
from microcred_cli.files.reading import RUBRIC_SUFFIXES, is_file, list_files, read_file
from microcred_cli.linting.engine import LintedFile, lint_rubric
from microcred_cli.model.award import Award
from microcred_cli.model.errors import ChangedAssessmentError
from microcred_cli.model.place import Place
from microcred_cli.model.results import DecisionRow
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.picture_reader import MAXIMUM_BYTES as MAXIMUM_PICTURE
from microcred_cli.texts.yaml_reader import MAXIMUM_BYTES
from microcred_cli.workflows.compose_badges import RubricToIssue
from microcred_cli.workflows.read_assessment import StoredAssessment
from microcred_cli.workflows.read_project import ProjectFolder


@dataclass(frozen=True, slots=True)
class Collected:
    """The rubrics with who has earned their badge, and those in which the linter found an error."""

    rubrics: tuple[RubricToIssue, ...]
    faulty: tuple[LintedFile, ...]


def collect_awards(stored: StoredAssessment, project: ProjectFolder) -> Collected:
    """Return the awards of an assessment that were earned, by rubric.

    Raises ChangedAssessmentError when a table is not as it was written: badges rest on decisions, not on
    edits of them.
    """
    if stored.changed:
        raise ChangedAssessmentError(
            (stored.folder / stored.changed[0]).as_posix(),
            "run `microcred assess` again",
        )
    rubrics: list[RubricToIssue] = []
    faulty: list[LintedFile] = []
    for rubric in stored.assessment.rubrics:
        name = f"{RUBRICS}/{rubric.id}.yaml"
        # The picture lies beside the rubric it was assessed by, of which the assessment holds a copy.
        source = _find_source(project, stored.files[name])
        beside = (source or stored.folder / name).parent
        place = (source or stored.folder / name).as_posix()
        linted = lint_rubric(place, stored.files[name], partial(_is_beside, beside))
        if linted.rubric is None:
            faulty.append(linted)
            continue
        image = None if rubric.badge is None else rubric.badge.image
        picture = None if image is None else read_file(beside / image, MAXIMUM_PICTURE)
        awards = _list_awards(stored, rubric)
        earned = {award.learner.key for award in awards}
        others = tuple(each.key for each in stored.assessment.learners if each.key not in earned)
        rubrics.append(RubricToIssue(rubric, Place(linted.name), picture, awards, others))
    return Collected(tuple(rubrics), tuple(faulty))


def _is_beside(folder: Path, name: str) -> bool:
    return is_file(folder / name)


def _find_source(project: ProjectFolder, data: bytes) -> Path | None:
    """Return the file of the project that is, byte for byte, the rubric of the assessment."""
    for path in project.rubrics:
        files = list_files(path, RUBRIC_SUFFIXES) if path.is_dir() else [path]
        for file in files:
            if is_file(file) and read_file(file, MAXIMUM_BYTES) == data:
                return file
    return None


def _list_awards(stored: StoredAssessment, rubric: Rubric) -> tuple[EarnedAward, ...]:
    assessment = stored.assessment
    decisions: dict[str, list[DecisionRow]] = {}
    for row in assessment.decisions:
        if row.rubric == rubric.id:
            decisions.setdefault(row.learner, []).append(row)
    # Row 1 of learners.csv is its heading.
    learners = {each.key: replace(each, row=row) for row, each in enumerate(assessment.learners, start=2)}
    return tuple(
        EarnedAward(learners[row.learner], rubric, tuple(decisions[row.learner]))
        for row in assessment.awards
        if row.rubric == rubric.id and row.award == Award.EARNED
    )
