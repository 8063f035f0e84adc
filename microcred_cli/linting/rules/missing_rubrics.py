"""What the project file lists under `rubrics` has to be there.

## What it is

`rubrics:` in the project file lists files, and folders of files, relative to the project file. This rule
finds an entry that leads to nothing.

## Why it matters

Every command that works on the project's rubrics stops at it; and a rubric that was moved or renamed is no
longer looked at by `microcred lint`.

## A bad example

    # there is a folder rubrics
    rubrics: [rubric]

## A good example

    rubrics: [rubrics]
"""

from collections.abc import Iterator

from microcred_cli.linting.project_subject import ProjectSubject
from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule("MC214", "missing-rubrics", Severity.WARNING, "What `rubrics` lists must be there.")


def check(subject: ProjectSubject) -> Iterator[Finding]:
    """Yield a finding for every entry that leads to nothing."""
    if subject.document.span(("rubrics",)) == subject.document.span(()):
        return  # the usual folder, which was left out
    for place, path in enumerate(subject.project.rubrics):
        if not subject.path_exists(path):
            span = subject.document.span(("rubrics", place))
            message = f"there is no file or folder `{shorten(path)}` beside this file"
            yield Finding(RULE.slug, message, span, "correct the path, or delete the entry")
