"""Layouts in which a row is a learner and a column an item."""

from collections.abc import Mapping

from microcred_cli.gradebooks.cells import CellReader, describe_refused_cell
from microcred_cli.model.gradebook import Item, Score
from microcred_cli.model.problem import Problem
from microcred_cli.texts.csv_reader import CsvRow, CsvTable
from microcred_cli.texts.numbers import DecimalMark


def read_row(
    table: CsvTable, row: CsvRow, learner: str, items: Mapping[int, Item], reader: CellReader
) -> tuple[list[Score], list[Problem]]:
    """Return one learner's scores in the items (by column, from 0), and the cells refused."""
    scores = []
    problems = []
    for column, item in items.items():
        text = row.cells[column]
        cell = reader.read(text)
        if cell is None:
            message, advice = describe_refused_cell(text, reader.mark)
            problems.append(Problem(message, table.place(row.number, column), advice, content=text))
            continue
        scores.append(
            Score(
                learner,
                item.heading,
                cell.state,
                cell.value,
                cell.label,
                item.possible,
                row.number,
                column + 1,
            )
        )
    return scores, problems


def describe_reading(table: CsvTable, mark: DecimalMark, key_column: int) -> dict[str, str]:
    """Return what a person wants to know of how a table was read."""
    return {
        "encoding": table.encoding,
        "delimiter": table.delimiter_name,
        "decimal mark": "point" if mark is DecimalMark.POINT else "comma",
        "learners told apart by": table.heading[key_column],
    }
