"""The badge's picture has to be there.

## What it is

`badge: {image: ...}` is the path of a picture, seen from the folder of the rubric. This rule finds a path
that leads to no file.

## Why it matters

Badges are issued to many learners at once. If the picture is missing, issuing stops when everybody is
waiting for it; here it is one word to correct.

## A bad example

    badge:
      name: Teamwork
      image: pictures/teamwrok.svg

## A good example

    badge:
      name: Teamwork
      image: pictures/teamwork.svg
"""

from collections.abc import Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule("MC208", "missing-image", Severity.ERROR, "The badge's picture must be there.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when the badge names a picture and there is no such file."""
    badge = subject.rubric.badge
    if badge is not None and badge.image is not None and not subject.image_exists(badge.image):
        message = f"there is no file `{shorten(badge.image)}`"
        advice = "the path is seen from the folder of this file; upper and lower case differ"
        yield Finding(RULE.slug, message, subject.value("badge", "image"), advice)
