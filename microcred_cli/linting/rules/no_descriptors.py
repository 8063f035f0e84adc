"""With more than two levels, a criterion should say what they look like.

## What it is

A criterion has no descriptors, so that its title is all a marker has. This is pointed out once, at the
first criterion, when no criterion of the rubric has any. With two levels nothing is found: there the title
says what has to be met, as on a checklist.

## Why it matters

A title says what to look at, not how to tell one level from the next. Two markers then give different
levels for the same work, and learners cannot see what the next level would ask of them.

## A bad example

    criteria:
      - id: asks
        title: Asks back

## A good example

    criteria:
      - id: asks
        title: Asks back
        descriptors:
          beginning: Asks for what was said already.
          developing: Asks for what was left out.
          proficient: Asks what lies behind what was said.
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.wording import read_wording
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC402", "no-descriptors", Severity.INFO, "A criterion should say what its levels look like.")

_CHECKLIST = 2


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every criterion without descriptors, one for all when none has any."""
    if len(subject.rubric.levels) <= _CHECKLIST:
        return
    criteria = tuple(read_wording(subject).list_criteria())
    bare = [each for each in criteria if not each.descriptors]
    message = "this criterion does not say what its levels look like"
    if len(bare) == len(criteria) > 1:
        message = "no criterion of this rubric says what its levels look like"
        bare = bare[:1]
    for criterion in bare:
        advice = "add `descriptors:`, at least for the level to reach"
        yield Finding(RULE.slug, message, criterion.title.node.span, advice)
