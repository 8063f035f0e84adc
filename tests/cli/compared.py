"""Comparing by the program, and the decisions that change."""

import json
from typing import Any

from tests.cli.program import Program


def diff(program: Program, *arguments: str) -> dict[str, Any]:
    run = program("diff", *arguments, "--format", "json")
    assert run.status == 0, run.output
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["format"] == "microcred-diff/1", document["format"]
    return document


def changes(document: dict[str, Any]) -> list[tuple[str, ...]]:
    return [
        (
            each["learner"],
            each["subcompetency"],
            each["change"],
            each["before"]["decision"],
            each["after"]["decision"],
        )
        for each in document["decisions"]
    ]
