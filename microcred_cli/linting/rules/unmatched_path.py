"""A path under `per_path` has to lead somewhere.

## What it is

Under `lint: {per_path: ...}` in the project file stand files and folders, relative to the project file, in
which some rules do not count; `*` is any text. This rule finds one whose beginning, up to the first `*`,
leads to no folder or file.

## Why it matters

The rules still count there, and nobody knows why. Mostly the path is written from another folder.

## A bad example

    # there is a folder rubrics/drafts
    lint:
      per_path: {drafts: [MC4]}

## A good example

    lint:
      per_path: {rubrics/drafts: [MC4]}
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.project_subject import ProjectSubject
from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule("MC215", "unmatched-path", Severity.WARNING, "A path under `per_path` must lead somewhere.")
_WILD = re.compile(r"[*?\[]")


def check(subject: ProjectSubject) -> Iterator[Finding]:
    """Yield a finding for every path whose part without signs for other text leads to nothing."""
    for pattern in subject.project.lint.per_path:
        wild = _WILD.search(pattern)
        known = pattern if wild is None else pattern[: wild.start()].rpartition("/")[0]
        if known and not subject.path_exists(known.rstrip("/")):
            span = subject.document.span(("lint", "per_path", pattern), key=True)
            message = f"there is no file or folder `{shorten(known)}` beside this file"
            yield Finding(RULE.slug, message, span, "write the path as it is from the folder of this file")
