"""The generic long layout in SQL, for a table too large to be read row by row.

Strictness is written once, in the reader of the layout. An engine takes only what needs no judgement: numbers
and dates in their plainest form, by the patterns of the grammar itself. Of everything else it tells which
different texts there are. One row of each kind, a witness, is read by the reader, and what became of a
witness's cells holds for all rows that say the same. Of the numbers of a kind the least and the greatest have
a witness, so that what is wrong with any of them is wrong with one of the two.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from microcred_cli.gradebooks.generic_long import OPTIONAL, REQUIRED
from microcred_cli.gradebooks.learners import LOST_DIGITS, is_key
from microcred_cli.model.table import ColumnType, Table, build_table
from microcred_cli.texts.dates import FIRST_MOMENT, LAST_MOMENT, PLAIN_FORMATS, ZONED
from microcred_cli.texts.headed_table import HeadedTable, find_column
from microcred_cli.texts.names import WHITE_SPACE, fold_name
from microcred_cli.texts.numbers import PLAIN, DecimalMark
from microcred_cli.texts.sheet import SheetRow

TEXTS = "texts"
"""The view of the table as it stands in the file, with the columns c0, c1 …"""
ROWS = "long_rows"
"""The table that is made of it: plain numbers and dates as such, everything else as its text."""
KINDS = "kinds"
"""The table of what rows say but for their numbers, learners and dates: one row a kind."""
USED = "used"
"""The texts that name items in use."""
KEYS = "keys"
"""The table of the texts that name learners, with the rowid of the first row of each."""
ODD_KEYS = "odd_keys"
"""The table of those of them that lower case alone does not fold."""
# Words of visible ASCII with single spaces between them: what folding leaves as it is but for case.
_PLAIN_KEY = "[!-~]+(?: [!-~]+)*"
# Columns whose texts are looked up one by one; the others are texts of their own in ROWS.
_AS_TEXT = ("criterion", "source", "rater", "attempt", "late", "name", "email")
_NUMBERS = {"score": ("value", "word", "scale"), "possible": ("possible", "possible_word", "possible_scale")}
_OF_KIND = (
    "item",
    "criterion",
    "source",
    "word",
    "scale",
    "possible",
    "possible_word",
    "possible_scale",
)
# So many texts with a mark in them are looked at; others than numbers have one as well.
_MARKED = 10_000
WORD_COLUMNS = {"score": "word", "possible": "possible_word"}
"""Where the texts of these columns are that are no plain numbers."""
_FIRST_ROW = 2
"""The number of the row below the heading."""


@dataclass(frozen=True, slots=True)
class LongColumns:
    """Which columns of a table are those of the layout, by name, counted from 0; and its heading."""

    heading: tuple[str, ...]
    places: Mapping[str, int]

    def has(self, name: str) -> bool:
        """Return whether the table has that column."""
        return name in self.places


def find_columns(table: HeadedTable) -> LongColumns:
    """Return where the columns of the layout are in a table."""
    found = {name: find_column(table, name) for name in (*REQUIRED, *OPTIONAL)}
    return LongColumns(
        tuple(table.heading), {name: column for name, column in found.items() if column is not None}
    )


def compose_rows(columns: LongColumns, mark: DecimalMark) -> str:
    """Return the query of ROWS; its rowid counts the rows of the file from 0."""
    texts = [f"coalesce(t.c{at}, '') as {name}" for name, at in columns.places.items()]
    texts.append("t.is_whole")
    told = ["r.learner", "r.item", "r.is_whole"]
    for name, (value, word, scale) in _NUMBERS.items():
        if columns.has(name):
            texts.append(f"{_compose_number(f't.c{columns.places[name]}', mark)} as {name}_number")
            decimals = f"length(r.{name}) - strpos(r.{name}, '{mark}')"
            told.append(f"r.{name}_number as {value}")
            told.append(f"case when r.{name}_number is null then r.{name} end as {word}")
            has_mark = f"strpos(r.{name}, '{mark}') > 0"
            told.append(f"case when {has_mark} then cast(least({decimals}, 255) as utinyint) end as {scale}")
    if columns.has("date"):
        date = f"t.c{columns.places['date']}"
        texts.append(f"{_compose_date(date)} as moment")
        told += ["r.moment", "case when r.moment is null and r.date <> '' then r.date end as date"]
    told += [f"r.{name}" for name in _AS_TEXT if columns.has(name)]
    # Every part is a text of our own.
    return f"select {', '.join(told)} from (select {', '.join(texts)} from {TEXTS} t) r"


def _compose_number(text: str, mark: DecimalMark) -> str:
    pattern = PLAIN if mark is DecimalMark.POINT else PLAIN.replace("\\.", mark)
    # With a zero before it, a number can be told from its value no more.
    pattern = pattern.replace("[0-9]{1,7}", "(?:0|[1-9][0-9]{0,6})", 1)
    written = text if mark is DecimalMark.POINT else f"replace({text}, '{mark}', '.')"
    return f"case when regexp_full_match({text}, '{pattern}') then cast({written} as decimal(18,9)) end"


def _compose_date(text: str) -> str:
    """Read a date in seconds since 1970, if it is one that engines understand as the grammar does."""
    seconds = "cast(epoch({}) as bigint)"
    cases = []
    for length, form in PLAIN_FORMATS.items():
        # Engines pass over white space at the end, and, where a format has a space, over any there.
        plain = seconds.format(f"try_strptime({text}, '{form}')")
        spaceless = seconds.format(f"try_strptime(replace({text}, ' ', 'T'), '{form}')")
        # What does not fit takes them ten times as long, so that it is not tried.
        moment = f"case when contains({text}, ' ') then {spaceless} else {plain} end"
        digit = f"case when right({text}, 1) between '0' and '9' then {moment} end"
        cases.append(f"when {length} then {moment if form.endswith('Z') else digit}")
    sign = f"case when left(right({text}, 6), 1) = '-' then -1 else 1 end"
    minutes = f"60 * cast(left(right({text}, 5), 2) as bigint) + cast(right({text}, 2) as bigint)"
    local = seconds.format(f"try_cast(left({text}, 19) as timestamp)")
    moment = f"{local} - {sign} * 60 * ({minutes})"
    sound = f"regexp_full_match({text}, '{ZONED}') and {moment} between {FIRST_MOMENT} and {LAST_MOMENT}"
    cases.append(f"when 25 then case when {sound} then {moment} end")
    # Engines know a year 0, calendars do not.
    return f"case when {text} >= '0001' then case strlen({text}) {' '.join(cases)} end end"


def compose_kinds(columns: LongColumns) -> str:
    """Return the query of KINDS: the rows by what they say but for their numbers, learners and dates.

    ``first`` is the rowid of the first row of a kind, ``least`` and ``greatest`` are those of its numbers.
    """
    present = {"item", "word", "scale", *columns.places}
    present |= {"possible_word", "possible_scale"} if columns.has("possible") else set()
    names = ", ".join(f"r.{name}" for name in _OF_KIND if name in present)
    return (
        f"select {names}, count(*) as rows, min(r.rowid) as first, arg_min(r.rowid, r.value) as least,"
        f" arg_max(r.rowid, r.value) as greatest from {ROWS} r where r.item is not null group by {names}"
    )


def list_witnesses(columns: LongColumns) -> Iterator[str]:
    """Yield the queries that name witnesses, by the rowid of their rows; ROWS, KINDS and USED are there.

    Together they have a row for every different thing the table says that its rules may ask about, but for
    what only several rows say together: whose key, name or e-mail is written in two ways, and what stands
    there twice.
    """
    yield f"select min(k.first) from {KINDS} k group by k.item"
    for row in ("first", "least", "greatest"):
        yield f"select k.{row} from {KINDS} k join {USED} u on u.text = k.item"
    for name in ("date", "attempt", "late", "rater"):
        if columns.has(name):
            yield (
                f"select min(r.rowid) from {ROWS} r join {USED} u on u.text = r.item"
                f" where r.{name} is not null group by r.{name}"
            )
    for name, (value, word, scale) in _NUMBERS.items():
        if columns.has(name):
            # Whether the mark before three digits divides decimals is seen by how many digits precede it.
            yield (
                f"select min(r.rowid) from {ROWS} r where r.{scale} is not null"
                f" group by r.{scale}, abs(r.{value}) >= 1 and abs(r.{value}) < 1000"
            )
            # Also of items that are not in use: a mark holds for the whole file.
            marked = f"select min(r.rowid) from {ROWS} r where {_has_mark(word)} group by r.{word}"
            yield f"select * from ({marked} limit {_MARKED})"


def compose_marks(columns: LongColumns, mark: DecimalMark) -> Iterator[str]:
    """Yield queries of texts that show the decimal mark of a table that has been read by this one."""
    for name, (value, word, scale) in _NUMBERS.items():
        if columns.has(name):
            yield f"select distinct r.{word} from {ROWS} r where {_has_mark(word)} limit {_MARKED}"
            whole = f"cast(trunc(abs(r.{value})) as bigint)"
            shape = f"r.{scale}, abs(r.{value}) >= 1 and abs(r.{value}) < 1000"
            text = f"{whole} || '{mark}' || repeat('0', r.{scale})"
            plain = f"r.{scale} is not null and r.{value} is not null"
            yield f"select min({text}) from {ROWS} r where {plain} group by {shape}"


def _has_mark(word: str) -> str:
    return f"(contains(r.{word}, ',') or contains(r.{word}, '.'))"


def compose_blank_rows(columns: LongColumns) -> str:
    """Return the query of the rowids of rows in which every column of the layout is blank."""
    names = ["learner", "item", "word", *(name for name in _AS_TEXT if columns.has(name))]
    names += ["possible_word"] * columns.has("possible")
    conditions = [f"trim(r.{name}, '{WHITE_SPACE}') = ''" for name in names]
    if columns.has("date"):
        conditions += ["r.moment is null", f"coalesce(trim(r.date, '{WHITE_SPACE}'), '') = ''"]
    return f"select r.rowid from {ROWS} r where {' and '.join(conditions)}"


def compose_cells(columns: LongColumns) -> str:
    """Return the query of what ``write_row`` needs, for the rowids given as a parameter, in their order."""
    names = ["rowid", "learner", "item", "value", "word", "scale"]
    names += ["possible", "possible_word", "possible_scale"] * columns.has("possible")
    names += ["moment", "date"] * columns.has("date")
    names += [name for name in _AS_TEXT if columns.has(name)]
    told = ", ".join(f"r.{name}" for name in names if name not in {"moment", "rowid"})
    moment = ", make_timestamp(r.moment * 1000000) as moment" * columns.has("date")
    return (
        f"select r.rowid as row_id, {told}{moment} from {ROWS} r"
        " where r.rowid in (select unnest(cast(? as bigint[]))) order by r.rowid"
    )


def write_row(columns: LongColumns, cells: Mapping[str, Any], mark: DecimalMark) -> SheetRow:
    """Return a row as it stands in the file, by the cells of ``compose_cells``.

    A plain date may be written in another way, and columns that the layout has not are blank.
    """
    written = [""] * len(columns.heading)
    for name, at in columns.places.items():
        if name in _NUMBERS:
            value, word, scale = (cells[each] for each in _NUMBERS[name])
            written[at] = word if value is None else _write_number(value, scale, mark)
        elif name == "date" and cells["moment"] is not None:
            written[at] = _write_moment(cells["moment"])
        else:
            written[at] = cells[name] or ""
    return SheetRow(cells["row_id"] + _FIRST_ROW, written)


def _write_moment(moment: datetime) -> str:
    """Write a day alone where that is all it says."""
    is_day = moment.hour == moment.minute == moment.second == 0
    written = moment.strftime("%Y-%m-%d" if is_day else "%Y-%m-%dT%H:%M:%SZ")
    return written.rjust(10 if is_day else 20, "0")


def _write_number(value: Decimal, scale: int | None, mark: DecimalMark) -> str:
    return f"{value:.{scale or 0}f}".replace(".", mark)


def find_rowid(row: int) -> int:
    """Return the rowid of the row of that number in the file."""
    return row - _FIRST_ROW


def list_rows(columns: LongColumns, rows: Sequence[Mapping[str, Any]], mark: DecimalMark) -> list[SheetRow]:
    """Return rows of ``compose_cells`` as the sheet has them, the heading first."""
    return [SheetRow(1, list(columns.heading)), *(write_row(columns, row, mark) for row in rows)]


def compose_keys() -> str:
    """Return the query of KEYS."""
    plain = (
        f"regexp_full_match(r.learner, '{_PLAIN_KEY}') and not regexp_full_match(r.learner, '{LOST_DIGITS}')"
    )
    return (
        f"select r.learner as text, min(r.rowid) as first, {plain} as plain"
        f" from {ROWS} r where r.learner is not null group by r.learner"
    )


def build_odd_keys(texts: Iterable[str]) -> Table:
    """Return ODD_KEYS for these texts; one that tells nobody apart has no key."""
    rows = [
        (text, key, fold_name(key)) if is_key(key := text.strip()) else (text, None, None) for text in texts
    ]
    return build_table(ODD_KEYS, dict.fromkeys(("text", "key", "folded"), ColumnType.TEXT), rows)


LEARNER_KEYS = f"""select k.text, k.first, case when k.plain then k.text else o.key end as key,
       case when k.plain then lower(k.text) else o.folded end as folded
from {KEYS} k
left join {ODD_KEYS} o on o.text = k.text"""
"""The query of what each text of KEYS comes to; null where it names nobody."""


def compose_item_counts(columns: LongColumns) -> str:
    """Return the query of how many cells say what, by item and, where it is no plain number, its text.

    Item, text, cells, least, greatest, how many below zero and how many above the points possible.
    """
    above = "count(case when r.value > r.possible then 1 end)" if columns.has("possible") else "0"
    return (
        "select r.item, r.word, count(*), min(r.value), max(r.value),"
        f" count(case when r.value < 0 then 1 end), {above}"
        f" from {ROWS} r where r.item is not null group by r.item, r.word"
    )


def compose_alike(column: str) -> str:
    """Return the query of how many rows have the text of a parameter in a column of ROWS.

    Of items in use; but whom or what a row is about is asked of every row.
    """
    used = "" if column in {"learner", "item"} else f" join {USED} u on u.text = r.item"
    return f"select count(*) from {ROWS} r{used} where r.{column} = ?"
