"""``microcred rule``."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from microcred_cli.cli.console import find_width, print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.options import Format, OutputFormat
from microcred_cli.model.errors import UnknownNameError

if TYPE_CHECKING:
    from microcred_cli.linting.rule import Rule

FORMAT = "microcred-rules/1"
EPILOG = """
[bold]Examples[/bold]

  microcred rule                       all rules

  microcred rule cuts-not-ascending    what it wants, why, and an example

  microcred rule MC302                 the same
"""


def rule(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[CODE|SLUG]", help="The rule. Without it: a list of all.", show_default=False
        ),
    ] = None,
    format_: Format = OutputFormat.TEXT,
) -> Status:
    """Say what a rule of `microcred lint` wants and why."""
    from microcred_cli.linting.catalog import CATALOG, load_documentation, load_rule

    if name is None:
        rules = [load_rule(entry.slug) for entry in CATALOG]
        print_result(_list_json(rules) if format_ is OutputFormat.JSON else _list_text(rules))
        return Status.GOOD
    chosen = load_rule(_find_slug(name))
    documentation = load_documentation(chosen.slug)
    if format_ is OutputFormat.JSON:
        described = {"format": FORMAT, "rules": [{**_describe(chosen), "documentation": documentation}]}
        print_result(json.dumps(described, indent=2))
    else:
        print_result(f"{chosen.code} {chosen.slug} ({_weigh(chosen)})\n\n{_fit(documentation)}")
    return Status.GOOD


def _find_slug(name: str) -> str:
    from microcred_cli.linting.catalog import find_entry, list_names
    from microcred_cli.texts.suggest import advise_name

    entry = find_entry(name)
    if entry is None:
        advice = f"{advise_name(name, list_names())}; `microcred rule` lists all"
        raise UnknownNameError(f"there is no rule `{name}`", advice)
    return entry.slug


def _describe(each: "Rule") -> dict[str, object]:
    return {
        "code": each.code,
        "slug": each.slug,
        "severity": each.severity.value,
        "summary": each.summary,
        "suppressible": each.suppressible,
    }


def _weigh(each: "Rule") -> str:
    return f"{each.severity}, {'can' if each.suppressible else 'cannot'} be suppressed"


def _list_json(rules: "list[Rule]") -> str:
    return json.dumps({"format": FORMAT, "rules": [_describe(each) for each in rules]}, indent=2)


def _list_text(rules: "list[Rule]") -> str:
    width = max(len(each.slug) for each in rules)
    return "\n".join(
        f"{each.code}  {each.slug:<{width}}  {each.severity:<7}  {each.summary}" for each in rules
    )


def _fit(documentation: str) -> str:
    """Return the page with its paragraphs as wide as the terminal; examples stay as they are."""
    width = find_width()
    if width is None:
        return documentation
    from textwrap import fill

    paragraphs = documentation.split("\n\n")
    return "\n\n".join(each if each.startswith((" ", "#")) else fill(each, width) for each in paragraphs)
