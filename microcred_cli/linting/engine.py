"""From the bytes of a file to its findings."""

from collections.abc import Callable, Collection, Sequence
from itertools import islice

from microcred_cli.linting.catalog import (
    list_advice,
    load_advice,
    load_checks,
    load_comparisons,
    load_project_checks,
)
from microcred_cli.linting.record import MAXIMUM_FINDINGS, SIGN, LintedFile, LintFinding
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml

__all__ = ["LintFinding", "LintedFile", "compare_files", "lint_project", "lint_rubric"]


def lint_rubric(
    name: str,
    data: bytes,
    image_exists: Callable[[str], bool],
    read_image: Callable[[str], bytes | None] | None = None,
    *,
    advise: bool = True,
) -> LintedFile:
    """Return what a rubric file holds and what is wrong with it.

    ``name`` is shown in findings. ``image_exists`` tells whether there is a file at a path relative to the
    rubric's, ``read_image`` what is in it; without the latter, what is in pictures is not looked at.
    Without ``advise`` the rules that never find an error are left out.
    """
    document = read_yaml(data)
    rubric, structural = read_rubric(document)
    findings = [*document.findings, *structural]
    if rubric is not None:
        subject = Subject(document, rubric, image_exists, read_image)
        for check in (*load_checks(), *(load_advice() if advise else ())):
            findings += islice(check(subject), MAXIMUM_FINDINGS)
    return _finish(LintedFile(name, document, rubric, None, ()), findings, () if advise else list_advice())


def lint_project(
    name: str, data: bytes, path_exists: Callable[[str], bool] = lambda _path: True
) -> LintedFile:
    """Return what a project file holds and what is wrong with it.

    ``path_exists`` tells whether a path relative to the project file's leads anywhere.
    """
    # Most runs have no project file, and need nothing that is known of one.
    from microcred_cli.linting.project_subject import ProjectSubject  # noqa: PLC0415 - see above
    from microcred_cli.schema.project import read_project  # noqa: PLC0415

    document = read_yaml(data)
    project, structural = read_project(document)
    findings = [*document.findings, *structural]
    if project is not None:
        subject = ProjectSubject(document, project, path_exists)
        for check in load_project_checks():
            findings += islice(check(subject), MAXIMUM_FINDINGS)
    return _finish(LintedFile(name, document, None, project, ()), findings)


def compare_files(files: Sequence[LintedFile]) -> tuple[LintedFile, ...]:
    """Return the files with the findings that only show when they are looked at together."""
    found: dict[int, list[Finding]] = {}
    for compare in load_comparisons() if len(files) > 1 else ():
        for place, finding in compare(files):
            found.setdefault(place, []).append(finding)
    return tuple(
        _record_more(file, found[place]) if place in found else file for place, file in enumerate(files)
    )


def _finish(file: LintedFile, findings: list[Finding], unasked: Collection[str] = ()) -> LintedFile:
    """Return the file with what was found in it and in its comments."""
    if not findings and SIGN.search(file.document.text) is None:
        return file
    # Most files have neither.
    from microcred_cli.linting.recording import record_findings  # noqa: PLC0415 - see above

    return record_findings(file, findings, unasked)


def _record_more(file: LintedFile, findings: list[Finding]) -> LintedFile:
    from microcred_cli.linting.recording import record_more  # noqa: PLC0415 - as above

    return record_more(file, findings)
