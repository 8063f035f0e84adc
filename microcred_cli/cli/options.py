"""Options that several commands share."""

from enum import StrEnum
from typing import Annotated

import typer


class OutputFormat(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


Format = Annotated[
    OutputFormat,
    typer.Option("--format", help="How the result is printed.", rich_help_panel="Output"),
]
Quiet = Annotated[
    bool,
    typer.Option("--quiet", "-q", help="Print no messages, only results and errors.", rich_help_panel="Output"),
]
ShowNames = Annotated[
    bool,
    typer.Option(
        "--show-names", help="Let messages name learners, not only rows.", rich_help_panel="Output"
    ),
]
