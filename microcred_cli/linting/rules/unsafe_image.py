"""The SVG of a badge may hold nothing but the picture.

## What it is

This rule looks into the SVG that `badge: {image: ...}` names. It finds scripts, links, texts and styles that
load something from elsewhere, a DOCTYPE, and a badge that is in it already; and it finds an SVG that cannot
be read.

## Why it matters

Every badge carries the picture, and wallets and web pages show it to people who trust it. What could do more
than be seen is refused when badges are issued, for everybody at once at the end of a term; here there is time
to export the picture anew.

## A bad example

    <svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">...</svg>

## A good example

    <svg xmlns="http://www.w3.org/2000/svg">...</svg>
"""

from collections.abc import Iterator

from microcred_cli.linting.badge_picture import read_badge_picture
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity

RULE = Rule("MC502", "unsafe-image", Severity.ERROR, "An SVG may hold nothing but the picture.")


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding when issuing would refuse what is in the badge's SVG."""
    picture = read_badge_picture(subject)
    if picture is None:
        return
    # Few rubrics bring a picture along, and reading XML takes time to import.
    from microcred_cli.texts.picture_reader import INSTEAD_OF_SVG, Picture  # noqa: PLC0415 - see above
    from microcred_cli.texts.svg_reader import find_active_content  # noqa: PLC0415 - see above

    if not isinstance(picture, Picture) or picture.sides is not None:
        return
    refusal = find_active_content(picture.data)
    if refusal is not None:
        yield Finding(RULE.slug, refusal.reason, subject.value("badge", "image"), INSTEAD_OF_SVG)
