"""The picture of a badge has to be an SVG or a PNG that a badge can carry.

## What it is

This rule looks at the picture that `badge: {image: ...}` names. It finds other kinds, whatever the file is
called; a damaged PNG, one that has a badge in it already, and one that is not 16 to 4,096 pixels on each
side; and a file of more than 256 KB.

## Why it matters

Issuing refuses such a picture, for everybody at once at the end of a term. Here there is time to export it
anew. The picture is part of every badge, so a large one makes thousands of badges large.

## A bad example

    badge:
      name: Teamwork
      image: teamwork.jpg

## A good example

    badge:
      name: Teamwork
      image: teamwork.png
"""

from collections.abc import Iterator

from microcred_cli.linting.badge_picture import read_badge_picture
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC503", "bad-image", Severity.ERROR, "A picture must be an SVG or PNG that a badge can carry.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when issuing would refuse the badge's picture for its form."""
    picture = read_badge_picture(subject)
    if picture is None:
        if _is_there(subject):
            message = "the picture cannot be read"
            yield Finding(RULE.slug, message, subject.value("badge", "image"), "see who may read the file")
        return
    # Few rubrics bring a picture along.
    from microcred_cli.model.refusal import Refusal  # noqa: PLC0415 - see above

    if isinstance(picture, Refusal):
        message, _, advice = picture.reason.partition("; ")
        yield Finding(RULE.slug, message, subject.value("badge", "image"), advice)


def _is_there(subject: Subject) -> bool:
    """Return whether there is a picture to look at; one that is missing is another rule's."""
    badge = subject.rubric.badge
    if badge is None or badge.image is None or subject.read_image is None:
        return False
    return subject.image_exists(badge.image)
