"""`microcred inspect`."""

from typing import TYPE_CHECKING, Any

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Decimal, Format, Gradebooks, OutputFormat, Quiet, ShowNames

if TYPE_CHECKING:
    from decimal import Decimal as Number

    from microcred_cli.workflows.inspect_gradebook import Inspected

FORMAT = "microcred-gradebook/1"
EPILOG = """
[bold]Examples[/bold]

  microcred inspect gradebook.csv

  microcred inspect gradebook.csv --format json
"""


def inspect(
    gradebooks: Gradebooks,
    decimal: Decimal = None,
    output_format: Format = OutputFormat.TEXT,
    show_names: ShowNames = False,
    quiet: Quiet = False,
) -> Status:
    """Show what an export is: its system, items, learners, and what the cells say."""
    from microcred_cli.cli.problems import print_problems
    from microcred_cli.workflows.inspect_gradebook import inspect_gradebook

    inspected = [inspect_gradebook(path, None if decimal is None else str(decimal)) for path in gradebooks]
    if output_format is OutputFormat.JSON:
        _print_json(inspected)
    else:
        for each in inspected:
            _print_text(each, quiet=quiet)
    problems = [problem for each in inspected for problem in each.gradebook.problems]
    if problems:
        print_problems(
            problems,
            show_names=show_names,
            outcome="assess refuses them; a cell, if a rubric uses its item",
        )
        return Status.FINDINGS
    return Status.GOOD


def _print_text(inspected: "Inspected", *, quiet: bool) -> None:
    from microcred_cli.cli.tables import fits, print_table
    from microcred_cli.texts.safe import safe

    gradebook = inspected.gradebook
    print_result(safe(f"{gradebook.file}: {gradebook.system}"))
    if gradebook.reason:
        print_result(safe(f"  because {gradebook.reason}"))
    for name, fact in gradebook.facts.items():
        print_result(safe(f"  {name}: {fact}"))
    print_result(f"  learners: {len(gradebook.learners)}")
    print_result(f"  items: {len(gradebook.items)}\n")
    if not inspected.items:
        return
    for headings, rows in (_list_columns(inspected), _list_few_columns(inspected)):
        if fits(headings, rows):
            break
    print_table(headings, rows, numeric=frozenset(range(1, len(headings))))
    print_message("name these items in a rubric; the number in brackets may be left out", quiet=quiet)


def _list_columns(inspected: "Inspected") -> tuple[list[str], list[list[str]]]:
    """Return heading and rows with the number of cells in each state that occurs."""
    from microcred_cli.model.gradebook import CellState

    states = [state for state in CellState if any(item.states.get(state) for item in inspected.items)]
    headings = ["item", "possible", *(state.replace(" ", "\n") for state in states)]
    in_words = any(item.in_words for item in inspected.items)
    rows = [
        [
            item.item.heading,
            _write(item.item.possible),
            *(str(item.states.get(state, 0)) for state in states),
            *([str(item.in_words)] if in_words else []),
            str(item.refused),
            _write(item.lowest),
            _write(item.highest),
        ]
        for item in inspected.items
    ]
    return [*headings, *(["in\nwords"] if in_words else []), "refused", "lowest", "highest"], rows


def _list_few_columns(inspected: "Inspected") -> tuple[list[str], list[list[str]]]:
    """Return the same for a narrow terminal: cells with a score and cells without."""
    from microcred_cli.model.gradebook import CellState

    rows = []
    for item in inspected.items:
        scores = item.states.get(CellState.SCORE, 0)
        without = sum(item.states.values()) - scores
        rows.append(
            [item.item.heading, _write(item.item.possible), str(scores), str(without), str(item.refused)]
        )
    return ["item", "possible", "score", "no\nscore", "refused"], rows


def _write(number: "Number | None") -> str:
    return "" if number is None else f"{number:f}"


def _print_json(inspected: list["Inspected"]) -> None:
    import json

    print_result(
        json.dumps({"format": FORMAT, "gradebooks": [_describe(each) for each in inspected]}, indent=2)
    )


def _describe(inspected: "Inspected") -> dict[str, Any]:
    gradebook = inspected.gradebook
    return {
        "file": gradebook.file,
        "system": gradebook.system,
        "reason": gradebook.reason,
        "facts": dict(gradebook.facts),
        "learners": len(gradebook.learners),
        "items": [
            {
                "name": item.item.name,
                "heading": item.item.heading,
                "possible": None if item.item.possible is None else f"{item.item.possible:f}",
                "states": item.states,
                "in_words": item.in_words,
                "refused": item.refused,
                "lowest": None if item.lowest is None else f"{item.lowest:f}",
                "highest": None if item.highest is None else f"{item.highest:f}",
            }
            for item in inspected.items
        ],
        "problems": [
            {
                "row": problem.place.row,
                "column": problem.place.column,
                "heading": problem.place.heading,
                "message": problem.message,
                "help": problem.help,
            }
            for problem in gradebook.problems
        ],
    }
