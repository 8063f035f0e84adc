"""`microcred init`: a project that works at once."""

from pathlib import Path
from typing import Annotated

import typer

from microcred_cli.cli.console import print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.shell_words import quote_path
from microcred_cli.texts.safe import safe

EPILOG = """
[bold]Examples[/bold]

  microcred init                                       in this folder

  microcred init my-course --name "Riverside College"  in a new one

  microcred init my-course --rubric empathy            with another rubric of the library
"""

_ABOUT = {
    "microcred.yaml": "the project: institution and folders",
    "schema/rubric.schema.json": "helps your editor to complete and check rubrics",
    "schema/project.schema.json": "the same for microcred.yaml",
    "gradebook.csv": "a sample export with made-up learners",
    ".github/workflows/lint-rubrics.yml": "checks the rubrics on GitHub on every change",
    ".gitignore": "keeps names and keys out of version control",
}
_ABOUT_KINDS = {".yaml": "a rubric to start from", ".svg": "the picture of its badge"}


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[DIR]", help="The folder of the project; created if need be.")
    ] = Path(),
    name: Annotated[
        str | None,
        typer.Option("--name", metavar="INSTITUTION", help="The institution's name, as badges show it."),
    ] = None,
    url: Annotated[
        str | None, typer.Option("--url", metavar="URL", help="The institution's web address.")
    ] = None,
    rubric: Annotated[
        str | None,
        typer.Option(
            "--rubric",
            metavar="NAME",
            help="The rubric of the library to start from; `microcred rubrics` lists them.",
            show_default="teamwork",
        ),
    ] = None,
) -> Status:
    """Start a project: project file, a rubric, a sample gradebook, a check for GitHub.

    No file that exists is touched: if one of them is there already, nothing is written.
    """
    from microcred_cli.workflows.start_project import GRADEBOOK, start_project

    created = start_project(folder, name=name, url=url, rubric=rubric)
    here = folder == Path()
    print_result("Created" if here else f"Created in {safe(str(folder))}")
    width = max(map(len, created)) + 2
    for each in created:
        about = _ABOUT.get(each) or _ABOUT_KINDS[Path(each).suffix]
        print_result(f"  {each:<{width}}{about}")
    print_result()
    print_result("Next")
    if not here:
        print_result(f"  cd {quote_path(folder)}")
    if name is None:
        print_result("  edit microcred.yaml: your institution's name, as badges will show it")
    print_result("  microcred lint")
    print_result(f"  microcred assess {GRADEBOOK}")
    print_result("  microcred key new")
    print_result("  microcred issue")
    return Status.GOOD
