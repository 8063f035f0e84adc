"""The picture a rubric names for its badge, as the rules about it see it."""

from typing import TYPE_CHECKING

from microcred_cli.linting.subject import Subject

if TYPE_CHECKING:
    from microcred_cli.model.refusal import Refusal
    from microcred_cli.texts.picture_reader import Picture


def read_badge_picture(subject: Subject) -> "Picture | Refusal | None":
    """Return the picture, or why issuing would refuse it; None where none is named, looked at or readable."""
    badge = subject.rubric.badge
    if badge is None or badge.image is None or subject.read_image is None:
        return None
    data = subject.read_image(badge.image)
    if data is None:
        return None
    # Few rubrics bring a picture along.
    from microcred_cli.texts.picture_reader import read_picture  # noqa: PLC0415 - see above

    return read_picture(data)
