"""The address of a skill leads to the framework that it is said to be of.

## What it is

Skills of ESCO have addresses at data.europa.eu/esco, and pages at esco.ec.europa.eu; those of O*NET are at
onetonline.org or onetcenter.org, and those of SFIA at sfia-online.org. This rule points out an alignment that
names one of these frameworks and has its address elsewhere. It also points out addresses at example.org,
example.com and example.net, which are kept for examples.

## Why it matters

Programs know a skill by its address, not by its name. With another one, a badge that says ESCO is found by
nobody who searches for skills of ESCO, and an employer who follows the link finds something else.

## A bad example

    alignment:
      - framework: ESCO
        name: work in teams
        url: https://www.our-college.example/esco/teams

## A good example

    alignment:
      - framework: ESCO
        name: work in teams
        url: http://data.europa.eu/esco/skill/60c78287-22eb-4103-9c8c-28deaa460da0
"""

import re
from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC506", "alignment-address", Severity.WARNING, "The address of a skill must be one of its framework."
)

# A name of the framework, the beginning of its addresses, and what to tell people.
_HOMES = (
    (
        re.compile(r"\besco\b", re.IGNORECASE),
        re.compile(
            r"https?://(?:data\.europa\.eu/esco/|(?:www\.)?ec\.europa\.eu/esco/|esco\.ec\.europa\.eu/)"
        ),
        "the concept's URI on its page at https://esco.ec.europa.eu",
    ),
    (
        re.compile(r"\bo\*net\b", re.IGNORECASE),
        re.compile(r"https?://(?:[\w-]+\.)*(?:onetonline|onetcenter)\.org(?:[:/?#]|$)"),
        "its page at https://www.onetonline.org",
    ),
    (
        re.compile(r"\bsfia\b", re.IGNORECASE),
        re.compile(r"https?://(?:[\w-]+\.)*sfia-online\.org(?:[:/?#]|$)"),
        "its page at https://sfia-online.org",
    ),
)
_EXAMPLE = re.compile(r"https?://(?:[\w-]+\.)*example\.(?:org|com|net)(?:[:/?#]|$)")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every alignment whose address cannot be that of the skill."""
    badge = subject.rubric.badge
    for place, each in enumerate(() if badge is None else badge.alignment):
        # The host of an address has no case; that of a path matters to nobody here.
        url = each.url.lower()
        home = next((home for home in _HOMES if home[0].search(each.framework)), None)
        message = advice = None
        if home is not None and not home[1].match(url):
            message, advice = f"this is no address of {shorten(each.framework)}", f"take {home[2]}"
        elif _EXAMPLE.match(url):
            message, advice = "this address is kept for examples", "give the address of the skill"
        if message is not None:
            yield Finding(RULE.slug, message, subject.value("badge", "alignment", place, "url"), advice)
