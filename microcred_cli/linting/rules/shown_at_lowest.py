"""A sub-competency that counts as shown at the lowest level is shown by nearly everyone.

## What it is

`shown_at` names the level from which a sub-competency counts as shown. This rule points out that it is the
lowest one.

## Why it matters

Work of any quality would earn the badge, so the badge would say nothing about the learner. If the lowest
level is already what you expect (a scale such as "met", "met with distinction"), suppress the warning
and say so.

## A bad example

    levels:
      - {id: beginning,  title: Beginning,  points: 1}
      - {id: proficient, title: Proficient, points: 2}
    shown_at: beginning

## A good example

    levels:
      - {id: beginning,  title: Beginning,  points: 1}
      - {id: proficient, title: Proficient, points: 2}
    shown_at: proficient
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC305", "shown-at-lowest", Severity.WARNING, "The lowest level should not be enough.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when the first level of the list is the one to reach."""
    lowest, *others = subject.rubric.levels
    if subject.rubric.shown_at == lowest.id:
        which = "lowest" if others else "only"
        message = f"`{lowest.id}` is the {which} level, so nearly any work counts as shown"
        advice = "name a higher level" if others else "add a level below it, for work that is not enough"
        yield Finding(RULE.slug, message, subject.value("shown_at"), advice)
