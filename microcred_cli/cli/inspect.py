"""`microcred inspect`."""

from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Decimal, Format, Gradebooks, OutputFormat, Quiet, Rubrics, ShowNames

if TYPE_CHECKING:
    from decimal import Decimal as Number

    from microcred_cli.model.inspection import Inspected
    from microcred_cli.workflows.map_evidence import Mapped

_WIDE = 160

EPILOG = """
[bold]Examples[/bold]

  microcred inspect gradebook.csv                          what it holds; which items the rubrics speak of

  microcred inspect gradebook.csv --rubric teamwork.yaml   the same for one rubric, without a project

  microcred inspect gradebook.csv --write                  put the names that are proposed into the rubrics
"""


def inspect(
    gradebooks: Gradebooks,
    rubrics: Rubrics = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write what is proposed into the rubrics, and nothing else.")
    ] = False,
    decimal: Decimal = None,
    output_format: Format = OutputFormat.TEXT,
    show_names: ShowNames = False,
    quiet: Quiet = False,
) -> Status:
    """Show what an export is: its system, items, learners, and what the cells say.

    Beside it, which items the rubrics speak of, and what they may mean where a name is a little different.
    """
    from microcred_cli.cli.problems import print_problems
    from microcred_cli.workflows.inspect_gradebook import inspect_gradebook
    from microcred_cli.workflows.map_evidence import map_evidence

    inspected = [inspect_gradebook(path, None if decimal is None else str(decimal)) for path in gradebooks]
    mapped = map_evidence([each.gradebook for each in inspected], rubrics or (), write=write)
    if output_format is OutputFormat.JSON:
        from microcred_cli.cli.inspection_json import print_inspection_json

        print_inspection_json(inspected, mapped)
    else:
        from microcred_cli.cli.mapping_text import print_mapping

        for each in inspected:
            _print_text(each, quiet=quiet)
        if any(each.items for each in inspected):
            print_mapping(mapped)
    status = _report_mapping(mapped, named=bool(rubrics) or write, write=write, quiet=quiet)
    problems = [problem for each in inspected for problem in each.gradebook.problems]
    if problems:
        several = len({problem.place.file.partition(":")[0] for problem in problems}) > 1
        files = "these files" if several else "this file"
        print_problems(
            problems,
            show_names=show_names,
            outcome=f"assess refuses {files} until mended (a wrong score only if a rubric uses its item)",
        )
        return Status.FINDINGS
    return status


def _report_mapping(mapped: "Mapped", *, named: bool, write: bool, quiet: bool) -> Status:
    """Say what came of the proposals; the status is bad where rubrics that were named are."""
    from microcred_cli.cli.mapping_text import list_notes, list_obstacles
    from microcred_cli.cli.problems import print_findings

    if mapped.faulty and named:
        print_findings([each.linted for each in mapped.faulty])
        if write:
            print_message("nothing was written")
        return Status.FINDINGS
    for note in list_notes(mapped, write=write):
        print_message(note, quiet=quiet)
    for line in list_obstacles(mapped):
        print_message(line)
    return Status.FINDINGS if mapped.obstacles else Status.GOOD


def _print_text(inspected: "Inspected", *, quiet: bool) -> None:
    from microcred_cli.texts.safe import safe

    gradebook = inspected.gradebook
    print_result(safe(f"{gradebook.file}: {gradebook.system}"))
    if gradebook.reason:
        print_result(safe(f"  because {gradebook.reason}"))
    for name, fact in gradebook.facts.items():
        print_result(safe(f"  {name}: {fact}"))
    print_result(f"  learners: {inspected.learners}")
    print_result(f"  items: {len(gradebook.items)}\n")
    if not inspected.items:
        return
    _print_items(inspected, quiet=quiet)
    for each in inspected.items:
        if each.criteria:
            criteria = ", ".join(each.criteria)
            print_result(safe(f"{each.item.heading} has scores by criterion: {criteria}"))
    hint = "; the number in brackets may be left out" if _has_needless_numbers(inspected) else ""
    print_message(f"name these items in a rubric{hint}", quiet=quiet)


def _print_items(inspected: "Inspected", *, quiet: bool) -> None:
    """Print the table of items; on a narrow terminal with fewer columns, and how to see the others."""
    from microcred_cli.cli.tables import fits, measure_table, print_table

    whole = _list_columns(inspected)
    narrow = not fits(*whole)
    headings, rows = _list_few_columns(inspected) if narrow else whole
    print_table(headings, rows, numeric=frozenset(range(1, len(headings))))
    if narrow:
        width = max(_WIDE, measure_table(*whole))
        print_message(
            f"narrow terminal: COLUMNS={width} or --format json shows every state and the range",
            quiet=quiet,
        )


def _has_needless_numbers(inspected: "Inspected") -> bool:
    """Return whether names have a number in brackets behind them, as in Canvas, and differ without it."""
    from microcred_cli.texts.names import fold_name

    if len({fold_name(each.item.name) for each in inspected.items}) < len(inspected.items):
        return False
    ends = (each.item.heading.removeprefix(each.item.name) for each in inspected.items)
    return any(end.startswith(" (") and end.endswith(")") and end[2:-1].isdecimal() for end in ends)


def _list_columns(inspected: "Inspected") -> tuple[list[str], list[list[str]]]:
    """Return heading and rows with the number of cells in each state that occurs, and of odd scores."""
    from microcred_cli.model.gradebook import CellState

    items = inspected.items
    columns = [("item", [item.item.heading for item in items])]
    columns.append(("possible", [_write(item.item.possible) for item in items]))
    columns += [
        (state.replace(" ", "\n"), [str(item.states.get(state, 0)) for item in items])
        for state in CellState
        if any(item.states.get(state) for item in items)
    ]
    if any(item.in_words for item in items):
        columns.append(("in\nwords", [str(item.in_words) for item in items]))
    columns.append(("refused", [str(item.refused) for item in items]))
    columns.append(("lowest", [_write(item.lowest) for item in items]))
    columns.append(("highest", [_write(item.highest) for item in items]))
    if any(item.above for item in items):
        columns.append(("above\npossible", [str(item.above) for item in items]))
    if any(item.below for item in items):
        columns.append(("below\nzero", [str(item.below) for item in items]))
    return _turn(columns)


def _list_few_columns(inspected: "Inspected") -> tuple[list[str], list[list[str]]]:
    """Return the same for a narrow terminal: cells with a score and cells without."""
    from microcred_cli.model.gradebook import CellState

    items = inspected.items
    scores = [item.states.get(CellState.SCORE, 0) for item in items]
    columns = [
        ("item", [item.item.heading for item in items]),
        ("possible", [_write(item.item.possible) for item in items]),
        ("score", [str(score) for score in scores]),
        (
            "no\nscore",
            [str(sum(item.states.values()) - score) for item, score in zip(items, scores, strict=True)],
        ),
        ("refused", [str(item.refused) for item in items]),
    ]
    if any(item.above or item.below for item in items):
        columns.append(("odd", [str(item.above + item.below) for item in items]))
    return _turn(columns)


def _turn(columns: "list[tuple[str, list[str]]]") -> tuple[list[str], list[list[str]]]:
    """Return the headings of columns, and their cells row by row."""
    return [heading for heading, _ in columns], [
        list(row) for row in zip(*(c for _, c in columns), strict=True)
    ]


def _write(number: "Number | None") -> str:
    return "" if number is None else f"{number:f}"
