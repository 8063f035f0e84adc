"""A micro-credential in Europe should name the elements that others need to recognise it.

## What it is

The Council of the European Union recommends a list of standard elements for micro-credentials (2022/C 243/02,
Annex I). Badges name the learner, the title, the awarding body, the date and the learning outcomes anyway.
What only the programme knows stands under `badge: {european: ...}`: `country`, `workload`, `assessment`,
`participation` and `quality_assurance`; `level` where the learning has one; and, where relevant,
`prerequisites`, `supervision` and `stackability`. What is given stands in the badge, below its criteria. This
rule names those of the first five that are missing, where a badge seems to be meant for the European Union:
it has the section `european`, or its `language` is one of there, such as `nl` or `en-IE`.

## Why it matters

A university or employer in another country decides by them what the badge counts for. Without workload and
quality assurance most will not count it at all. If the badge stays inside a course, ignore this rule in the
project file.

## A bad example

    badge:
      name: Teamwork

## A good example

    badge:
      name: Teamwork
      european:
        country: NL
        workload: 2 ECTS
        level: EQF 5
        assessment: Portfolio and observation in team meetings
        participation: blended
        quality_assurance: Internal, within an accredited programme
        stackability: Counts toward the minor Leadership
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.rubric import EuropeanElements

RULE = Rule(
    "MC511", "european-elements", Severity.INFO, "A badge should name the elements that Europe recommends."
)

_NOTHING = EuropeanElements()
# Tags of languages that are at home in the Union alone, and of any language with a country of the Union.
_SCRIPT = "(?:-[A-Z][a-z]{3})?"
_EUROPEAN = re.compile(
    f"(?:bg|cs|da|de|el|et|fi|ga|hr|hu|it|lt|lv|mt|nl|pl|ro|sk|sl|sv){_SCRIPT}|[a-z]+{_SCRIPT}-"
    "(?:AT|BE|BG|CY|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)"
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield one finding that names all elements the badge section lacks."""
    badge = subject.rubric.badge
    if badge is None or (badge.european is None and not _EUROPEAN.fullmatch(subject.rubric.language)):
        return
    elements = badge.european or _NOTHING
    missing = [
        key
        for key, value in (
            ("country", elements.countries),
            ("workload", elements.workload),
            ("assessment", elements.assessment),
            ("participation", elements.participation),
            ("quality_assurance", elements.quality_assurance),
        )
        if not value
    ]
    if not missing:
        return
    names = ", ".join(f"`{key}`" for key in missing)
    message = f"of the elements that the EU recommends for micro-credentials it does not name {names}"
    span = subject.key("badge") if badge.european is None else subject.key("badge", "european")
    yield Finding(RULE.slug, message, span, "add them under `european`, with a `level` if there is one")
