"""The words of our own grid: the rows above the table, and the columns beside the levels."""

from enum import Enum, auto
from typing import NamedTuple

from microcred_cli.texts.names import fold_name

PART, CRITERION, EVIDENCE, DECIDE = "Sub-competency", "Criterion", "Evidence", "Decided by"
PART_ID, CRITERION_ID = "Sub-competency id", "Criterion id"
FORMAT_ROW, LEVEL_IDS = "Format", "Level ids"


class Kind(Enum):
    """How the value of a row is written."""

    TEXT = auto()
    FLOW = auto()


class HeadRow(NamedTuple):
    """A row above the table: its name, and where in the rubric's file its value stands."""

    name: str
    route: tuple[str, ...]
    kind: Kind


HEAD = (
    HeadRow("Title", ("title",), Kind.TEXT),
    HeadRow("Id", ("id",), Kind.TEXT),
    HeadRow("Version", ("version",), Kind.TEXT),
    HeadRow("Summary", ("summary",), Kind.TEXT),
    HeadRow("Language", ("language",), Kind.TEXT),
    HeadRow("Shown at", ("shown_at",), Kind.TEXT),
    HeadRow("Precision", ("precision",), Kind.FLOW),
    HeadRow("Award", ("award",), Kind.FLOW),
    HeadRow("Compatibility", ("compatibility",), Kind.TEXT),
    HeadRow("Badge name", ("badge", "name"), Kind.TEXT),
    HeadRow("Badge description", ("badge", "description"), Kind.TEXT),
    HeadRow("Badge image", ("badge", "image"), Kind.TEXT),
    HeadRow("Badge tags", ("badge", "tags"), Kind.FLOW),
    HeadRow("Badge alignment", ("badge", "alignment"), Kind.FLOW),
    HeadRow("Badge expires after", ("badge", "expires_after"), Kind.TEXT),
    HeadRow("Badge European elements", ("badge", "european"), Kind.FLOW),
)
"""The rows for what a rubric says as a whole, in the order of its file."""

NAMES = (FORMAT_ROW, LEVEL_IDS, *(row.name for row in HEAD))


def find_row(cell: str) -> HeadRow | None:
    """Return the row of that name, whatever the case and with or without a colon."""
    name = fold_name(cell.rstrip().removesuffix(":"))
    return next((row for row in HEAD if fold_name(row.name) == name), None)
