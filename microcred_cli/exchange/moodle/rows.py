"""The rows of a competency framework of Moodle: columns, scales, and what each row has."""

import html
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.html_text import clean_line, read_text
from microcred_cli.texts.json_reader import Json, read_json
from microcred_cli.texts.sheet import Sheet, SheetRow

# In the order of ``framework_importer::list_required_headers``, as Moodle's English words them.
COLUMNS = {
    "parent": "Parent id number",
    "key": "Id number",
    "title": "Shortname",
    "text": "Description",
    "format": "Description format",
    "values": "Scale values",
    "configuration": "Scale configuration",
    "rule type": "Rule type (optional)",
    "rule outcome": "Rule outcome (optional)",
    "rule": "Rule config (optional)",
    "related": "Cross referenced competency id numbers",
    "exported": "Exported id (optional)",
    "framework": "Is framework",
    "taxonomy": "Taxonomy",
}
_TELLING = frozenset({"parent id number", "id number", "scale configuration", "is framework"})
_PLAIN_TEXT = "2"
_FALSE = frozenset({"", "0", "false", "no"})


class Scale(NamedTuple):
    """Values, lowest first, and the place of the lowest that means proficient, if the file says so."""

    titles: tuple[str, ...] = ()
    lowest_proficient: int | None = None
    faults: tuple[str, ...] = ()


class Competency(NamedTuple):
    """A row: the framework itself or a competency. ``exported`` is the number by which rules name it."""

    key: str
    parent: str
    title: str
    text: str
    scale: Scale
    rule_type: str
    rule_outcome: str
    rule: str
    exported: str
    is_related: bool
    place: Place


class Rows(NamedTuple):
    """The row of the framework and those of the competencies."""

    framework: Competency | None
    competencies: tuple[Competency, ...]
    problems: tuple[Problem, ...]


def is_framework_file(sheet: Sheet) -> bool:
    """Return whether the table is a framework: by its English headings, or by what its columns hold."""
    if _TELLING.issubset(sheet.fold_heading()):
        return True
    columns = _number_columns()
    return any(
        len(row.cells) > columns["framework"]
        and row.cells[columns["framework"]].strip() == "1"
        and row.cells[columns["configuration"]].lstrip().startswith('[{"scaleid"')
        for row in sheet.rows[1:]
    )


def _number_columns() -> dict[str, int]:
    return {name: place for place, name in enumerate(COLUMNS)}


def read_rows(sheet: Sheet) -> Rows:
    """Return what the rows have, with a problem for every row that Moodle could not take in either."""
    heading = sheet.fold_heading()
    columns = _number_columns()
    if _TELLING.issubset(heading):
        columns = {
            name: heading.index(title.casefold())
            for name, title in COLUMNS.items()
            if title.casefold() in heading
        }
    reader = _Reader(sheet.file, columns)
    for row in sheet.rows[1:]:
        reader.read_row(row)
    return Rows(reader.framework, tuple(reader.competencies), (*sheet.problems, *reader.problems))


class _Reader:
    def __init__(self, file: str, columns: Mapping[str, int]) -> None:
        self.file = file
        self.columns = columns
        self.framework: Competency | None = None
        self.competencies: list[Competency] = []
        self.problems: list[Problem] = []
        self._keys: dict[str, int] = {}
        self._scales: dict[tuple[str, str], Scale] = {}

    def read_row(self, row: SheetRow) -> None:
        """Take in the framework or a competency."""
        entry = self._read_entry(row)
        is_framework = self._text(row, "framework").casefold() not in _FALSE
        if not entry.title:
            self._refuse(row, "title", "this row has no name", "give it a short name")
        elif is_framework and self.framework is not None:
            self._refuse(row, "framework", "this is a second framework", "put each into a file of its own")
        elif is_framework:
            self.framework = entry
        elif not entry.key:
            self._refuse(row, "key", "this competency has no id number", "give it one")
        elif self._keys.setdefault(entry.key, row.number) != row.number:
            message = f"row {self._keys[entry.key]} has the same id number"
            self._refuse(row, "key", message, "give every competency its own")
        else:
            self.competencies.append(entry)

    def _read_entry(self, row: SheetRow) -> Competency:
        text = self._text(row, "text")
        if self._text(row, "format") == _PLAIN_TEXT:
            text = "\n".join(html.escape(line) for line in text.splitlines())
        return Competency(
            self._text(row, "key"),
            self._text(row, "parent"),
            clean_line(self._text(row, "title")),
            read_text(text),
            self._read_scale(self._text(row, "values"), self._text(row, "configuration")),
            self._text(row, "rule type").casefold().lstrip("\\"),
            self._text(row, "rule outcome"),
            self._text(row, "rule"),
            self._text(row, "exported"),
            bool(self._text(row, "related")),
            Place(self.file, row.number),
        )

    def _read_scale(self, values: str, configuration: str) -> Scale:
        """Return the scale; the same cells stand in many rows."""
        known = self._scales.get((values, configuration))
        return known or self._scales.setdefault((values, configuration), _read_scale(values, configuration))

    def _text(self, row: SheetRow, name: str) -> str:
        column = self.columns.get(name, len(row.cells))
        return row.cells[column].strip() if column < len(row.cells) else ""

    def _refuse(self, row: SheetRow, name: str, message: str, advice: str) -> None:
        column = self.columns.get(name)
        where = Place(self.file, row.number, None if column is None else column + 1, COLUMNS[name])
        self.problems.append(Problem(message, where, advice))


def _read_scale(values: str, configuration: str) -> Scale:
    titles = [clean_line(each) for each in values.split(",")] if values else []
    while titles and not titles[-1]:
        titles.pop()
    named = tuple(title or f"Level {number}" for number, title in enumerate(titles, start=1))
    proficient = sorted({place for place in _list_proficient(configuration) if 0 <= place < len(named)})
    if not proficient:
        return Scale(named)
    lowest = proficient[0]
    above = [named[place] for place in range(lowest, len(named)) if place not in proficient]
    faults = [f"that “{title}” is not proficient, though it is above “{named[lowest]}”" for title in above]
    return Scale(named, lowest, tuple(faults))


def _list_proficient(configuration: str) -> Iterator[int]:
    """Yield the places, from 0, of the values that mean proficient."""
    parsed = read_json(configuration.encode("utf-8", "replace")) if configuration else None
    for each in parsed if isinstance(parsed, list) else ():
        if isinstance(each, dict) and is_set(each.get("proficient")):
            number = read_number(each.get("id"))
            if number is not None:
                yield number - 1


def read_number(value: Json) -> int | None:
    """Return a whole number that Moodle wrote as one or as text."""
    if (
        isinstance(value, str)
        and value.isascii()
        and value.isdigit()
        and len(value) <= len("9007199254740991")
    ):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def is_set(value: Json) -> bool:
    """Return whether PHP takes the value for true."""
    return value not in {None, False, "", "0"} if not isinstance(value, list | dict) else bool(value)


def read_configuration(text: str) -> dict[str, Json]:
    """Return the object that a cell holds as JSON, an empty one where it holds none."""
    parsed = read_json(text.encode("utf-8", "replace")) if text else None
    return parsed if isinstance(parsed, dict) and not isinstance(parsed, Refusal) else {}
