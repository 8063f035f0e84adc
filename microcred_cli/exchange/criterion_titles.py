"""The title of a criterion from a description, as other tools have them: of any length, on several lines."""

from microcred_cli.exchange.draft import Loss
from microcred_cli.model.place import Place

_LONGEST = 500
_SENTENCE_ENDS = (".", ",", ";", ":", "!", "?")


def title_criterion(title: str, text: str, place: Place | None = None) -> tuple[str, tuple[Loss, ...]]:
    """Return the description as the title of a criterion, or that of what it describes where there is none.

    There is a loss where the description is too long.
    """
    line = join_lines(text)
    if len(line) > _LONGEST:
        return title, (Loss(f"the description of “{title}”: it is too long for a criterion's title", place),)
    return line or title, ()


def join_lines(text: str) -> str:
    """Return a text of several lines on one, as a person would run them together."""
    lines = text.split("\n")
    joined = [line if line.endswith(_SENTENCE_ENDS) else f"{line};" for line in lines[:-1]]
    return " ".join((*joined, lines[-1]))
