"""Each tag needs to stand there only once.

## What it is

A word under `tags` stands there a second time; upper and lower case and the number of spaces make no
difference.

## Why it matters

It is found no better, and every badge shows the word twice. Perhaps another word was meant.

## A bad example

    tags: [teamwork, collaboration, Teamwork]

## A good example

    tags: [teamwork, collaboration]
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Fix
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.safe import shorten

RULE = Rule("MC510", "repeated-tag", Severity.WARNING, "Each tag needs to stand there only once.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every tag that stood in the list before."""
    badge = subject.rubric.badge
    if badge is None or len(badge.tags) < 2:  # noqa: PLR2004 - one tag repeats none
        return
    seen: set[str] = set()
    for place, tag in enumerate(badge.tags):
        folded = fold_name(tag)
        if folded in seen:
            message = f"the tag `{shorten(tag)}` stands there already"
            fix = _delete(subject, place)
            yield Finding(RULE.slug, message, subject.value("badge", "tags", place), "delete it", fix)
        seen.add(folded)


def _delete(subject: Subject, place: int) -> Fix | None:
    """Return the fix that takes a tag out; None beside a comment."""
    # Most runs have nothing to mend.
    from microcred_cli.texts.yaml_deletions import delete_item_at  # noqa: PLC0415 - see above
    from microcred_cli.texts.yaml_fixes import delete  # noqa: PLC0415 - see above

    span = subject.value("badge", "tags", place)
    return delete("the tag", delete_item_at(subject.document, span.start), safe=False)
