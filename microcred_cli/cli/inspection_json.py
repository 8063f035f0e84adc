"""What inspecting found, as JSON."""

import json
from collections.abc import Sequence
from typing import Any

from microcred_cli.cli.console import print_result
from microcred_cli.model.inspection import Inspected, ItemSummary
from microcred_cli.workflows.map_evidence import Mapped

FORMAT = "microcred-gradebook/1"


def print_inspection_json(inspected: Sequence[Inspected], mapped: Mapped) -> None:
    """Print the gradebooks, and which of their items the rubrics speak of."""
    document = {
        "format": FORMAT,
        "gradebooks": [_describe(each) for each in inspected],
        "mapping": _describe_mapping(mapped),
        "written": [path.as_posix() for path in mapped.written],
    }
    print_result(json.dumps(document, indent=2))


def _describe(inspected: Inspected) -> dict[str, Any]:
    gradebook = inspected.gradebook
    return {
        "file": gradebook.file,
        "system": gradebook.system,
        "reason": gradebook.reason,
        "facts": dict(gradebook.facts),
        "learners": inspected.learners,
        "items": [_describe_item(item) for item in inspected.items],
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


def _describe_item(item: ItemSummary) -> dict[str, Any]:
    return {
        "name": item.item.name,
        "heading": item.item.heading,
        "possible": None if item.item.possible is None else f"{item.item.possible:f}",
        "states": item.states,
        "in_words": item.in_words,
        "refused": item.refused,
        "lowest": None if item.lowest is None else f"{item.lowest:f}",
        "highest": None if item.highest is None else f"{item.highest:f}",
        "above_possible": item.above,
        "below_zero": item.below,
        "criteria": list(item.criteria),
    }


def _describe_mapping(mapped: Mapped) -> list[dict[str, Any]]:
    rows = []
    for each in mapped.mapping:
        file = mapped.files[each.rubric]
        rows.append(
            {
                "file": file.path.as_posix(),
                "rubric": file.rubric.id,
                "subcompetency": file.rubric.subcompetencies[each.subcompetency].id,
                "evidence": each.evidence,
                "state": each.state,
                "item": each.item,
                "candidates": list(each.candidates),
            }
        )
    return rows
