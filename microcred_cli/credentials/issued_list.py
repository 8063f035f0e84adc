"""``issued.csv``: which badge is whose, so that badges can be delivered. It names learners."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.csv_reader import read_csv
from microcred_cli.texts.csv_writer import read_guarded, write_csv

ISSUED = "issued.csv"


@dataclass(frozen=True, slots=True)
class IssuedRow:
    """A badge, its files, who holds it, and what for."""

    badge: str
    json: str
    svg: str
    learner: str
    name: str
    email: str
    rubric: str
    version: str
    valid_from: str


_HEADING = tuple(field.name for field in fields(IssuedRow))


def merge_rows(before: Iterable[IssuedRow], now: Iterable[IssuedRow]) -> tuple[IssuedRow, ...]:
    """Return the rows of both, one a badge: the order of the first, newer rows in the place of older ones."""
    return tuple({row.badge: row for row in (*before, *now)}.values())


def write_issued(rows: Iterable[IssuedRow]) -> bytes:
    """Return the file."""
    return write_csv(_HEADING, map(astuple, rows))


def read_issued(data: bytes) -> tuple[IssuedRow, ...] | Refusal:
    """Return the rows of the file."""
    table = read_csv(ISSUED, data, bounded=False)
    if table.problems or tuple(table.heading) != _HEADING:
        return Refusal("it is not as microcred writes it")
    return tuple(IssuedRow(*map(read_guarded, row.cells)) for row in table.rows)
