"""From the bytes of a file to its findings."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from itertools import islice

from microcred_cli.linting.catalog import (
    find_entry,
    list_advice,
    load_advice,
    load_checks,
    load_comparisons,
    load_rule,
)
from microcred_cli.linting.record import LintedFile, LintFinding
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.suppressions import SIGN, Suppressions, read_suppressions
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.project import Project
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.project import read_project
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.lines import LineIndex
from microcred_cli.texts.nodes import Document
from microcred_cli.texts.yaml_reader import read_yaml

__all__ = ["LintFinding", "LintedFile", "compare_files", "lint_project", "lint_rubric"]

# Who has that many findings of one rule needs no more of them.
_MAXIMUM_FINDINGS = 100


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
            findings += islice(check(subject), _MAXIMUM_FINDINGS)
    return _finish(name, document, findings, rubric=rubric, unasked=() if advise else list_advice())


def lint_project(name: str, data: bytes) -> LintedFile:
    """Return what a project file holds and what is wrong with it."""
    document = read_yaml(data)
    project, structural = read_project(document)
    return _finish(name, document, [*document.findings, *structural], project=project)


def compare_files(files: Sequence[LintedFile]) -> tuple[LintedFile, ...]:
    """Return the files with the findings that only show when they are looked at together."""
    compared = list(files)
    for compare in load_comparisons():
        for place, finding in compare(files):
            compared[place] = _add(compared[place], finding)
    return tuple(compared)


def _add(file: LintedFile, finding: Finding) -> LintedFile:
    """Return the file with one finding more, which its comments may speak of."""
    lines = LineIndex(file.document.text)
    record = _record(file.name, finding, lines, read_suppressions(file.document, lines))
    return _judge(replace(file, findings=_sort([*file.findings, record])))


def _finish(
    name: str,
    document: Document,
    findings: list[Finding],
    *,
    rubric: Rubric | None = None,
    project: Project | None = None,
    unasked: Collection[str] = (),
) -> LintedFile:
    if not findings and SIGN not in document.text:
        return LintedFile(name, document, rubric, project, ())
    lines = LineIndex(document.text)
    # Without nodes nobody can tell a comment from a text; what is found then cannot be suppressed anyway.
    suppressions = read_suppressions(document, lines) if document.root is not None else Suppressions()
    records = [_record(name, finding, lines, suppressions) for finding in findings]
    about_comments = (*suppressions.findings, *suppressions.list_unused(unasked))
    records += [_record(name, finding, lines, Suppressions()) for finding in about_comments]
    return _judge(LintedFile(name, document, rubric, project, _sort(records)))


def _record(file: str, finding: Finding, lines: LineIndex, suppressions: Suppressions) -> LintFinding:
    """Return the finding as it is shown, suppressed if a comment says so and may."""
    entry = find_entry(finding.rule)
    assert entry is not None, finding.rule  # noqa: S101 - a test shows that the catalog has every slug
    rule = load_rule(entry.slug)
    start = lines.position(finding.span.start)
    end = lines.position(finding.span.end)
    last = lines.position(max(finding.span.start, finding.span.end - 1)).line
    suppression = suppressions.find(rule.slug, start.line, last)
    advice = finding.help
    if suppression is not None and not rule.suppressible:
        refusal = "this cannot be suppressed, because decisions would be wrong"
        advice = f"{advice}; {refusal}" if advice else refusal
        suppression = None
    return LintFinding(
        file,
        rule.code,
        rule.slug,
        rule.severity,
        finding.message,
        advice,
        finding.span,
        start,
        end,
        None if suppression is None else suppression.reason,
        finding.fix,
    )


def _sort(findings: list[LintFinding]) -> tuple[LintFinding, ...]:
    return tuple(sorted(findings, key=lambda each: (each.span.start, each.span.end, each.code)))


def _judge(file: LintedFile) -> LintedFile:
    """Return the file without its rubric or project when an error counts."""
    if any(each.counts and each.severity is Severity.ERROR for each in file.findings):
        return replace(file, rubric=None, project=None)
    return file
