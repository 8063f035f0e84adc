"""``microcred schema``."""

import json
from enum import StrEnum
from typing import Annotated

import typer

from microcred_cli.cli.console import print_result
from microcred_cli.cli.exits import Status

EPILOG = """
[bold]Examples[/bold]

  microcred schema rubric > schema/rubric.schema.json

  microcred schema project > schema/project.schema.json

  microcred schema findings > findings.schema.json

[bold]In the first line of a rubric, for editors[/bold]

  # yaml-language-server: $schema=../schema/rubric.schema.json
"""


class Subject(StrEnum):
    """What there is a schema of."""

    RUBRIC = "rubric"
    PROJECT = "project"
    FINDINGS = "findings"


def schema(
    subject: Annotated[
        Subject,
        typer.Argument(metavar="rubric|project|findings", help="The kind of file.", show_default=False),
    ],
) -> Status:
    """Print the JSON Schema of a rubric, of the project file, or of `lint --format json`.

    Editors that know it complete keys, explain them, and mark mistakes while you type.
    """
    if subject is Subject.RUBRIC:
        from microcred_cli.schema.rubric import describe_rubric as describe
    elif subject is Subject.FINDINGS:
        from microcred_cli.linting.formats.json_schema import describe_findings as describe
    else:
        from microcred_cli.schema.project import describe_project as describe
    print_result(json.dumps(describe(), indent=2))
    return Status.GOOD
