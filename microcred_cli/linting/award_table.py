"""An award rule as a table: for each choice of what is shown and held, whether the award is earned.

A table is one number with a bit for each choice: the lowest for nothing, the highest for everything.
"""

from collections.abc import Iterable, Mapping, Sequence

from microcred_cli.model.award import AtLeast, AwardRule, Leaf, Points

Columns = Mapping[Leaf, int]


def build_columns(leaves: Sequence[Leaf]) -> Columns:
    """Return the table of each leaf alone; there are two to the power of their number of choices."""
    size = 1 << len(leaves)
    columns = {}
    for place, leaf in enumerate(leaves):
        width = 1 << place
        column = ((1 << width) - 1) << width
        while (width := width * 2) < size:
            column |= column << width
        columns[leaf] = column
    return columns


def tabulate(rule: AwardRule, columns: Columns, replaced: Mapping[int, int] | None = None) -> int:
    """Return the table of a rule; ``replaced`` has tables to take for parts of it, by their ``id``."""
    if replaced and (table := replaced.get(id(rule))) is not None:
        return table
    everything = fill(columns)
    match rule:
        case AtLeast(count, parts):
            tables = [tabulate(part, columns, replaced) for part in parts]
            return _count_met(max(count, 1), tables, everything)
        case Points(points, parts, required):
            pairs = [(columns[part], worth) for part, worth in parts]
            table = _count_points(points, pairs, everything)
            for part in required:
                table &= columns[part]
            return table
        case _:
            return columns[rule]


def fill(columns: Columns) -> int:
    """Return the table in which every choice is enough."""
    return (1 << (1 << len(columns))) - 1


def depends_on(table: int, leaf: Leaf, columns: Columns) -> bool:
    """Return whether a leaf makes a difference for any choice of the others."""
    column = columns[leaf]
    width = column & -column  # the lowest bit of a leaf's column is as far from the lowest as its partner
    return (table & column) >> (width.bit_length() - 1) != table & ~column


def _count_met(count: int, tables: Iterable[int], everything: int) -> int:
    """Return for which choices at least so many of the tables hold."""
    reached = [everything, *([0] * count)]
    for table in tables:
        for number in range(count, 0, -1):
            reached[number] |= reached[number - 1] & table
    return reached[count]


def _count_points(points: int, pairs: Iterable[tuple[int, int]], everything: int) -> int:
    """Return for which choices the tables that hold give at least so many points."""
    sums = {0: everything}
    for table, worth in pairs:
        after: dict[int, int] = {}
        for total, choices in sums.items():
            more = min(total + worth, points)
            after[total] = after.get(total, 0) | (choices & ~table)
            after[more] = after.get(more, 0) | (choices & table)
        sums = after
    return sums.get(points, 0)
