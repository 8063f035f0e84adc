"""The picture of a badge should be as high as it is wide.

## What it is

This rule looks at the size of the picture that `badge: {image: ...}` names, in a PNG or in the first tag of
an SVG, and points out one side that is more than a tenth longer than the other.

## Why it matters

Wallets, profiles and lists of badges have square places. A wide logo is cut off there, or shown so small that
nobody can read it.

## A bad example

    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 300">...</svg>

## A good example

    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600">...</svg>
"""

from collections.abc import Iterator

from microcred_cli.linting.badge_picture import read_badge_picture
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC504", "image-not-square", Severity.INFO, "A picture should be as high as it is wide.")

_TOLERANCE = 1.1


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when one side of the badge's picture is clearly longer."""
    picture = read_badge_picture(subject)
    if picture is None:
        return
    # Few rubrics bring a picture along.
    from microcred_cli.texts.picture_reader import Picture, measure_picture  # noqa: PLC0415 - see above

    sides = measure_picture(picture) if isinstance(picture, Picture) else None
    if sides is not None and max(sides) > _TOLERANCE * min(sides):
        message = f"the picture is {sides[0]:g} wide and {sides[1]:g} high, and most places for it are square"
        yield Finding(RULE.slug, message, subject.value("badge", "image"), "put it on a square ground")
