"""The heading of an export."""

from collections.abc import Iterable

from microcred_cli.model.place import name_column
from microcred_cli.model.problem import Problem
from microcred_cli.texts.headed_table import HeadedTable
from microcred_cli.texts.names import fold_name


def check_headings(table: HeadedTable, columns: Iterable[int]) -> list[Problem]:
    """Return a problem for each of the columns whose heading stands twice or is blank over cells."""
    problems = []
    seen: dict[str, int] = {}
    for column in columns:
        folded = fold_name(table.heading[column])
        place = table.place(table.heading_row, column)
        if not folded:
            if any(row.cells[column].strip() for row in table.rows):
                problems.append(Problem("this column has no heading", place, "give it one, or delete it"))
        elif folded in seen:
            first = name_column(seen[folded] + 1)
            message = f"the heading stands over column {first} already"
            problems.append(Problem(message, place, "rename or delete one of the two"))
        else:
            seen[folded] = column
    return problems
