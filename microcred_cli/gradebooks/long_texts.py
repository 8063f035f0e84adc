"""What became of the texts of a long table: tables by which all rows that say the same are read as one was.

See ``long_sql``: each text has a witness, a row that the reader of the layout has read.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from microcred_cli.gradebooks.long_sql import USED, LongColumns, find_rowid
from microcred_cli.model.gradebook import AGREED, CellState, Gradebook, Score
from microcred_cli.model.table import ColumnType, Table, build_table
from microcred_cli.texts.names import fold_name

_TEXT, _INTEGER, _NUMBER = ColumnType.TEXT, ColumnType.INTEGER, ColumnType.NUMBER


def build_used(texts: Sequence[str], numbers: Mapping[str, int]) -> Table:
    """Return USED: the texts that name items in use, with the number of each by its folded name."""
    rows = [(text, numbers[name]) for text in texts if (name := fold_name(text)) in numbers]
    return build_table(USED, {"text": _TEXT, "item": _INTEGER}, rows)


def build_texts(
    columns: LongColumns, rows: Sequence[Mapping[str, Any]], gradebook: Gradebook
) -> Iterator[Table]:
    """Yield a table for each column that is looked up: of words, and of those that the layout may have.

    ``rows`` are the cells of the witnesses, and the gradebook is what the reader made of them.
    """
    cells = {row["row_id"]: row for row in rows}
    pairs = [(cells[find_rowid(score.row)], score) for score in gradebook.scores]
    words = {row["word"]: _describe_word(score) for row, score in pairs if row["word"] is not None}
    kinds = {"text": _TEXT, "is_score": _INTEGER, "value": _NUMBER, "label": _TEXT}
    yield build_table("words_read", kinds, [(text, *read) for text, read in words.items()])
    if columns.has("possible"):
        possible = {
            row["possible_word"]: score.possible for row, score in pairs if row["possible_word"] is not None
        }
        yield build_table("possible_read", {"text": _TEXT, "value": _NUMBER}, list(possible.items()))
    if columns.has("date"):
        dates = {row["date"]: score.at for row, score in pairs if row["date"] is not None}
        yield build_table("date_read", {"text": _TEXT, "value": _INTEGER}, list(dates.items()))
    for name, kind in (("criterion", _TEXT), ("source", _TEXT), ("attempt", _INTEGER), ("late", _INTEGER)):
        if columns.has(name):
            read = {row[name]: _read(score, name) for row, score in pairs}
            yield build_table(f"{name}_read", {"text": _TEXT, "value": kind}, list(read.items()))
    if columns.has("rater"):
        raters = {row["rater"]: score.rater for row, score in pairs}
        kinds = {"text": _TEXT, "written": _TEXT, "value": _TEXT, "agreed": _INTEGER}
        yield build_table("rater_read", kinds, [_describe_rater(*each) for each in raters.items()])


def _describe_word(score: Score) -> tuple[int, object, str | None]:
    is_score = int(score.state is CellState.SCORE)
    return is_score, score.value, None if score.label is None else fold_name(score.label)


def _read(score: Score, name: str) -> object:
    if name == "criterion":
        return None if score.criterion is None else fold_name(score.criterion)
    if name == "late":
        return int(bool(score.late))
    return score.source if name == "source" else score.attempt


def _describe_rater(text: str, rater: str | None) -> tuple[str, str | None, str | None, int]:
    folded = None if rater is None else fold_name(rater)
    return text, rater, folded, int(folded == AGREED)
