"""Options that several commands share."""

from enum import StrEnum
from pathlib import Path
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


class DecimalMark(StrEnum):
    """The decimal marks an export may use."""

    POINT = "."
    COMMA = ","


Decimal = Annotated[
    DecimalMark | None,
    typer.Option("--decimal", help="The decimal mark, for an export that does not show it."),
]
Gradebooks = Annotated[
    list[Path],
    typer.Argument(
        metavar="GRADEBOOK...",
        help="Gradebook exports, as downloaded.",
        show_default=False,
        readable=False,  # the file's own error says more than a usage message
    ),
]
NoInput = Annotated[bool, typer.Option("--no-input", help="Never ask; end with an error instead.")]
PassphraseFile = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help="A file, or a pipe, whose first line is the key's passphrase.",
        readable=False,  # the file's own error says more than a usage message
    ),
]
Rubrics = Annotated[
    list[Path] | None,
    typer.Option(
        "--rubric",
        "-r",
        readable=False,  # as above
        metavar="FILE",
        help="A rubric, or a folder of them; the project's when left out.",
    ),
]
Overrides = Annotated[
    Path | None,
    typer.Option(
        "--overrides",
        readable=False,  # as above
        metavar="FILE",
        help="What persons decided instead; the project's overrides.csv when left out.",
    ),
]
Held = Annotated[
    Path | None,
    typer.Option(
        "--held",
        readable=False,  # as above
        metavar="FILE",
        help="An awards.csv that says who holds which badge, for awards that ask for others.",
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="DATE",
        help="The day from which `within` counts back and badges expire; today when left out.",
    ),
]
SkipInvalid = Annotated[
    bool,
    typer.Option(
        "--skip-invalid",
        help="Leave out learners with a problem in their own rows, and decide on everybody else.",
    ),
]
Quiet = Annotated[
    bool,
    typer.Option(
        "--quiet", "-q", help="Print no messages, only results and errors.", rich_help_panel="Output"
    ),
]
ShowNames = Annotated[
    bool,
    typer.Option("--show-names", help="Let messages name learners, not only rows.", rich_help_panel="Output"),
]
