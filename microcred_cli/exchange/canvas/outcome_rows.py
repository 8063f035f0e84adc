"""The rows of the CSV by which Canvas takes outcomes in and gives them out.

Layout from ``lib/outcomes/csv_importer.rb``, ``lib/outcomes/import.rb`` and ``outcome_export.rb`` of
instructure/canvas-lms: columns in any order, ``ratings`` the last, under which and behind which stand pairs
of points and description, as many as an outcome has. Numbers are as the account's language writes them.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.scales import Rating
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.html_text import clean_line, read_line, read_text
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.numbers import DecimalMark, find_decimal_marks, parse_number
from microcred_cli.texts.sheet import Sheet, SheetRow

REQUIRED = frozenset({"title", "vendor_guid", "object_type"})
RATINGS = "ratings"
_HIGHEST_POINTS = 10_000
_PAIR = 2
# A rating has one text in Canvas. A short one is a name, a long one says what the level looks like.
_LONGEST_NAME = 60
_ACTIVE = frozenset({"", "active"})


class Entry(NamedTuple):
    """What a row has, whether it is a group or an outcome; ``mastery`` and what follows are an outcome's."""

    kind: str
    guid: str
    title: str
    name: str
    description: str
    parents: tuple[str, ...]
    is_deleted: bool
    place: Place
    mastery: Decimal | None = None
    ratings: tuple[Rating, ...] = ()
    method: str = ""
    number: int | None = None
    friendly: str = ""


class Entries(NamedTuple):
    """The rows, and whether the columns are there that not every Canvas has."""

    entries: tuple[Entry, ...]
    columns: frozenset[str]
    problems: tuple[Problem, ...]


def read_entries(sheet: Sheet) -> Entries:
    """Return the groups and outcomes, with a problem for every cell that Canvas would refuse as well."""
    heading = sheet.fold_heading()
    first_rating = heading.index(RATINGS) if RATINGS in heading else len(heading)
    columns: dict[str, int] = {}
    for column, name in enumerate(heading[:first_rating]):
        columns.setdefault(name, column)
    reader = _Reader(sheet.file, columns, first_rating, _find_mark(sheet, columns, first_rating))
    entries = tuple(entry for row in sheet.rows[1:] for entry in reader.read_row(row))
    found = frozenset(columns) | ({RATINGS} if RATINGS in heading else frozenset())
    return Entries(entries, found, (*sheet.problems, *reader.problems))


def _find_mark(sheet: Sheet, columns: Mapping[str, int], first_rating: int) -> DecimalMark:
    """Return how the file writes fractions; of a file that does it both ways, points are taken."""
    mastery = columns.get("mastery_points")
    cells: list[str] = []
    for row in sheet.rows[1:]:
        if mastery is not None:
            cells += row.cells[mastery : mastery + 1]
        cells += row.cells[first_rating::_PAIR]
    marks = find_decimal_marks(cell.strip() for cell in cells)
    return DecimalMark.COMMA if list(marks) == [DecimalMark.COMMA] else DecimalMark.POINT


class _Reader:
    def __init__(self, file: str, columns: Mapping[str, int], first_rating: int, mark: DecimalMark) -> None:
        self.file = file
        self.columns = columns
        self.first_rating = first_rating
        self.mark = mark
        self.problems: list[Problem] = []
        self.seen: dict[tuple[str, str], int] = {}

    def read_row(self, row: SheetRow) -> Iterator[Entry]:
        """Yield what the row has, unless it is refused."""
        kind, guid = self._text(row, "object_type").casefold(), self._text(row, "vendor_guid")
        entry = Entry(
            kind,
            guid,
            clean_line(self._text(row, "title")),
            clean_line(self._text(row, "display_name")),
            read_text(self._text(row, "description")),
            tuple(dict.fromkeys(self._text(row, "parent_guids").split())),
            self._text(row, "workflow_state").casefold() not in _ACTIVE,
            Place(self.file, row.number),
        )
        if kind not in {"group", "outcome"}:
            message = "this is neither a group nor an outcome"
            self._refuse(row, "object_type", message, "write group or outcome")
        elif not entry.title:
            self._refuse(row, "title", f"this {kind} has no title", "give it one")
        elif guid and self.seen.setdefault((kind, guid), row.number) != row.number:
            message = f"row {self.seen[kind, guid]} has the same vendor_guid"
            self._refuse(row, "vendor_guid", message, "leave out one of the two, or give it another")
        else:
            yield entry if kind == "group" else self._complete(row, entry)

    def _complete(self, row: SheetRow, entry: Entry) -> Entry:
        """Return the entry with what only an outcome has."""
        method = fold_name(self._text(row, "calculation_method"))
        return entry._replace(
            mastery=self._read_points(row, self.columns.get("mastery_points"), "mastery_points"),
            ratings=tuple(_name_ratings(list(self._read_ratings(row)))),
            method=method.replace(" ", "_"),
            number=self._read_count(row),
            friendly=read_line(self._text(row, "friendly_description")),
        )

    def _text(self, row: SheetRow, name: str) -> str:
        column = self.columns.get(name, len(row.cells))
        return row.cells[column].strip() if column < len(row.cells) else ""

    def _refuse(
        self, row: SheetRow, heading: str, message: str, advice: str, column: int | None = None
    ) -> None:
        column = self.columns.get(heading) if column is None else column
        where = Place(self.file, row.number, None if column is None else column + 1, heading)
        self.problems.append(Problem(message, where, advice))

    def _read_points(self, row: SheetRow, column: int | None, heading: str) -> Decimal | None:
        text = row.cells[column].strip() if column is not None and column < len(row.cells) else ""
        if not text:
            return None
        points = parse_number(text, self.mark)
        if points is None or not 0 <= points <= _HIGHEST_POINTS:
            message = f"these points are no number from 0 to {_HIGHEST_POINTS:,}"
            self._refuse(row, heading, message, "write a number such as 3 or 2.5", column)
            return None
        return points

    def _read_count(self, row: SheetRow) -> int | None:
        text = self._text(row, "calculation_int")
        number = parse_number(text, self.mark)
        if number is None or number != number.to_integral_value():
            if text:
                message = "this is no whole number"
                self._refuse(row, "calculation_int", message, "write a number such as 65, or nothing")
            return None
        return int(number)

    def _read_ratings(self, row: SheetRow) -> Iterator[tuple[Decimal, str]]:
        for column in range(self.first_rating, len(row.cells), _PAIR):
            text = clean_line(row.cells[column + 1]) if column + 1 < len(row.cells) else ""
            if not row.cells[column].strip():
                if text:
                    advice = "write the points before the description"
                    self._refuse(row, RATINGS, "this rating has no points", advice, column)
                continue
            points = self._read_points(row, column, RATINGS)
            if points is not None:
                yield points, text


def _name_ratings(ratings: Sequence[tuple[Decimal, str]]) -> Iterator[Rating]:
    """Yield the ratings: by name where all texts are short, else by number, the texts as descriptors."""
    order = sorted({points for points, _ in ratings})
    numbers = {points: f"Level {number}" for number, points in enumerate(order, start=1)}
    are_names = all(len(text) <= _LONGEST_NAME for _, text in ratings)
    for points, text in ratings:
        yield Rating(text or numbers[points], points) if are_names else Rating(numbers[points], points, text)
