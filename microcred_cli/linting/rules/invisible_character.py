"""Names that a gradebook is searched for have no characters that nobody can see.

## What it is

A zero-width space, a soft hyphen or a word joiner takes no room on the screen. This rule finds them in the
names of items and criteria, in the words under `grades`, in the titles of levels, and in the name and tags of
the badge. Spaces that do not break are found nowhere: they count as spaces.

## Why it matters

They come along when text is copied from a web page, a PDF or a text processor. The name looks right, and
still is not the one in the gradebook, so that its scores never count and nobody sees why; and who searches
for the badge by its tag does not find it.

## A bad example

    - item: Peer review     # between the words stands an invisible U+200B

## A good example

    - item: Peer review
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Route, Severity
from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.model.rubric import Rubric

RULE = Rule(
    "MC015", "invisible-character", Severity.WARNING, "Names must not hold characters that nobody can see."
)

# Not the joiners U+200C and U+200D: many scripts, and emoji, need them.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060-\u2064\u3164\uffa0]")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for the first invisible character of each name."""
    text = subject.document.text
    if text.isascii() and "\\" not in text:
        return
    for name, route, key in _list_names(subject.rubric):
        match = None if name.isascii() else _INVISIBLE.search(name)
        if match is None:
            continue
        span = subject.key(*route) if key else subject.value(*route)
        place = text.find(match[0], span.start, span.end)
        message = f"U+{ord(match[0]):04X} in this name cannot be seen, and makes it another name"
        fix = None
        if place >= 0:  # and not an escape
            span = Span(place, place + 1)
            # Unsafe: the gradebook may have it too.
            fix = Fix("delete the invisible character", (Edit(span, ""),), safe=False)
        yield Finding(RULE.slug, message, span, "delete it", fix)


def _list_names(rubric: Rubric) -> Iterator[tuple[str, Route, bool]]:
    """Yield each name that is compared with something outside, its route, and whether it is a key."""
    for place, level in enumerate(rubric.levels):
        yield level.title, ("levels", place, "title"), False
    for number, subcompetency in enumerate(rubric.subcompetencies):
        for place, item in enumerate(subcompetency.evidence):
            route = ("subcompetencies", number, "evidence", place)
            yield item.item, (*route, "item"), False
            if item.criterion is not None:
                yield item.criterion, (*route, "criterion"), False
            for word in item.grades:
                yield word, (*route, "grades", word), True
    if rubric.badge is not None:
        yield rubric.badge.name, ("badge", "name"), False
        for place, tag in enumerate(rubric.badge.tags):
            yield tag, ("badge", "tags", place), False
