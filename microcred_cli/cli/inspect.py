"""`microcred inspect`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from microcred_cli.cli.console import print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Decimal, Format, OutputFormat, ShowNames

if TYPE_CHECKING:
    from microcred_cli.workflows.inspect_gradebook import Inspected

FORMAT = "microcred-gradebook/1"
EPILOG = """
[bold]Examples[/bold]

  microcred inspect gradebook.csv

  microcred inspect gradebook.csv --format json
"""


def inspect(
    gradebooks: Annotated[
        list[Path],
        typer.Argument(metavar="GRADEBOOK...", help="Gradebook exports, as downloaded.", show_default=False),
    ],
    decimal: Decimal = None,
    output_format: Format = OutputFormat.TEXT,
    show_names: ShowNames = False,
) -> Status:
    """Show what an export is: its system, items, learners, and what the cells say."""
    from microcred_cli.cli.problems import print_problems
    from microcred_cli.workflows.inspect_gradebook import inspect_gradebook

    inspected = [inspect_gradebook(path, None if decimal is None else str(decimal)) for path in gradebooks]
    if output_format is OutputFormat.JSON:
        _print_json(inspected)
    else:
        for each in inspected:
            _print_text(each)
    problems = [problem for each in inspected for problem in each.gradebook.problems]
    if problems:
        print_problems(
            problems, show_names=show_names, outcome="such cells are refused when a rubric uses them"
        )
        return Status.FINDINGS
    return Status.GOOD


def _print_text(inspected: "Inspected") -> None:
    from microcred_cli.cli.tables import print_table
    from microcred_cli.model.gradebook import CellState
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
    states = [state for state in CellState if any(item.states.get(state) for item in inspected.items)]
    headings = ["item", "possible", *states, "refused", "lowest", "highest"]
    rows = [
        [
            item.item.heading,
            "" if item.item.possible is None else f"{item.item.possible:f}",
            *(str(item.states.get(state, 0)) for state in states),
            str(item.refused),
            "" if item.lowest is None else f"{item.lowest:f}",
            "" if item.highest is None else f"{item.highest:f}",
        ]
        for item in inspected.items
    ]
    print_table(headings, rows, numeric=frozenset(range(1, len(headings))))
    print_message("name these items in a rubric as evidence; the number in brackets may be left out")


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
