"""Each skill needs naming only once.

## What it is

Two entries under `alignment` have the same `url`.

## Why it matters

The badge would show one skill twice. Mostly the entry was copied, and the address of the second skill was
never put in: then the badge lacks it.

## A bad example

    alignment:
      - {framework: ESCO, name: work in teams, url: "http://data.europa.eu/esco/skill/60c7..."}
      - {framework: ESCO, name: lead others, url: "http://data.europa.eu/esco/skill/60c7..."}

## A good example

    alignment:
      - {framework: ESCO, name: work in teams, url: "http://data.europa.eu/esco/skill/60c7..."}
      - {framework: ESCO, name: lead others, url: "http://data.europa.eu/esco/skill/b8f9..."}
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule("MC507", "repeated-alignment", Severity.WARNING, "Each skill needs naming only once.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every address that stood in the list before."""
    badge = subject.rubric.badge
    seen: dict[str, str] = {}
    for place, each in enumerate(() if badge is None else badge.alignment):
        first = seen.get(each.url)
        if first is not None:
            message = f"this is the address of `{shorten(first)}` already"
            advice = "delete the entry" if first == each.name else "give the address of this skill"
            yield Finding(RULE.slug, message, subject.value("badge", "alignment", place, "url"), advice)
        seen.setdefault(each.url, each.name)
