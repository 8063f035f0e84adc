"""`microcred rubrics`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import find_width, print_message, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, OutputFormat, Quiet
from microcred_cli.cli.shell_words import quote_path
from microcred_cli.model.errors import UsageError
from microcred_cli.texts.safe import safe

if TYPE_CHECKING:
    from microcred_cli.workflows.browse_rubrics import ShelvedRubric

FORMAT = "microcred-rubrics/1"
EPILOG = """
[bold]Examples[/bold]

  microcred rubrics                          what there is

  microcred rubrics empathy                  what it looks at, level by level

  microcred rubrics empathy --copy           into the project, to adapt

  microcred rubrics empathy --copy --sample  with made-up learners to try it on

  microcred init my-course --rubric empathy  a project that begins with it
"""


def rubrics(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="The rubric. Without it: a list of all.", show_default=False),
    ] = None,
    copy: Annotated[
        bool, typer.Option("--copy", help="Copy the rubric and the picture of its badge, to adapt them.")
    ] = False,
    sample: Annotated[
        bool, typer.Option("--sample", help="With --copy: a gradebook of made-up learners beside it.")
    ] = False,
    target: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="DIR",
            help="With --copy: the folder; the project's rubrics, or the current one, when left out.",
            show_default=False,
        ),
    ] = None,
    output_format: Format = OutputFormat.TEXT,
    quiet: Quiet = False,
) -> Status:
    """Show the library of rubrics, one of them, or copy it."""
    from microcred_cli.workflows.browse_rubrics import find_rubric, list_rubrics

    if not copy and (sample or target):
        raise UsageError("--sample and --to say how to copy", "add --copy")
    if name is None:
        if copy:
            raise UsageError("--copy needs the name of a rubric", "`microcred rubrics` lists all")
        shelved = list_rubrics()
        if output_format is OutputFormat.JSON:
            print_result(_write_json(shelved, details=False))
        else:
            _print_list(shelved, quiet=quiet)
        return Status.GOOD
    found = find_rubric(name)
    if copy:
        _copy(found, target, sample=sample, quiet=quiet)
    elif output_format is OutputFormat.JSON:
        print_result(_write_json((found,), details=True))
    else:
        _print_rubric(found, quiet=quiet)
    return Status.GOOD


def _print_list(shelved: "tuple[ShelvedRubric, ...]", *, quiet: bool) -> None:
    width = max(len(each.name) for each in shelved)
    shelf = ""
    for each in shelved:
        if each.shelf != shelf:
            print_result(f"{'' if not shelf else chr(10)}{name_shelf(each.shelf)}")
            shelf = each.shelf
        print_result(_fit(f"  {each.name:<{width}}  ", safe(each.rubric.summary or each.rubric.title)))
    print_message(quiet=quiet)
    print_message(
        "microcred rubrics NAME shows one, microcred rubrics NAME --copy takes it along", quiet=quiet
    )


def name_shelf(shelf: str) -> str:
    """Return the name of a set as people read it."""
    return shelf.replace("-", " ").capitalize()


def _fit(label: str, text: str) -> str:
    """Return the label and the text behind it, on as many lines as the terminal needs."""
    width = find_width()
    if width is None:
        return f"{label}{text}"
    from textwrap import fill

    least = len(label) + 20
    return fill(text, max(width, least), initial_indent=label, subsequent_indent=" " * len(label))


def _print_rubric(found: "ShelvedRubric", *, quiet: bool) -> None:
    from microcred_cli.model.award_words import describe_rule
    from microcred_cli.model.method_words import describe_method

    rubric = found.rubric
    print_result(safe(f"{rubric.title} {rubric.version}"))
    if rubric.summary:
        print_result(_fit("", safe(rubric.summary)))
    for part in rubric.subcompetencies:
        print_result(f"\n{safe(part.title)}")
        for criterion in part.criteria:
            print_result(_fit("  ", safe(criterion.title)))
            for level in rubric.levels:
                mark = "*" if level.id == rubric.shown_at else " "
                label = f"  {mark} {safe(level.title)}: "
                print_result(_fit(label, safe(criterion.descriptors.get(level.id, "not described"))))
        print_result(_fit("  Evidence: ", safe(", ".join(each.item for each in part.evidence))))
        print_result(_fit("  Decided by ", safe(describe_method(rubric, part.decide))))
    print_result()
    print_result(_fit("The badge asks for ", f"{safe(describe_rule(rubric, rubric.award))}."))
    print_message(quiet=quiet)
    print_message(f"* shown from here up. To adapt it: microcred rubrics {found.name} --copy", quiet=quiet)


def _copy(found: "ShelvedRubric", target: Path | None, *, sample: bool, quiet: bool) -> None:
    from microcred_cli.workflows.browse_rubrics import copy_rubric

    written = copy_rubric(found, target, sample=sample)
    print_result("Copied")
    for path in written:
        print_result(f"  {safe(path.as_posix())}")
    rubric = quote_path(written[0])
    steps = [f"microcred lint {rubric}"]
    if sample:
        steps.append(f"microcred assess {quote_path(written[-1])} --rubric {rubric}")
    print_message(quiet=quiet)
    print_message("Next: put in the names of your assignments, then", quiet=quiet)
    for step in steps:
        print_message(f"  {step}", quiet=quiet)


def _write_json(shelved: "tuple[ShelvedRubric, ...]", *, details: bool) -> str:
    described = []
    for each in shelved:
        rubric = each.rubric
        entry: dict[str, object] = {
            "name": each.name,
            "set": each.shelf,
            "title": rubric.title,
            "version": rubric.version,
            "summary": rubric.summary,
            "subcompetencies": [part.title for part in rubric.subcompetencies],
        }
        if details:
            entry["text"] = each.read_files()[f"{each.name}.yaml"].decode()
        described.append(entry)
    return json.dumps({"format": FORMAT, "rubrics": described}, indent=2, ensure_ascii=False)
