"""The commands, in the groups and the order in which `microcred --help` lists them."""

from collections.abc import Callable
from typing import Annotated

import typer

from microcred_cli import __version__
from microcred_cli.cli import (
    agreement,
    assess,
    audit,
    diff,
    explain,
    init,
    inspect,
    issue,
    key,
    lint,
    report,
    rule,
    schema,
    verify,
)
from microcred_cli.cli.console import print_result
from microcred_cli.cli.exits import Status
from microcred_cli.cli.guard import guard

EPILOG = """
[bold]Examples[/bold]

  microcred init my-course             a project that works at once

  microcred lint rubrics/              is anything wrong with the rubrics?

  microcred inspect gradebook.csv      what is in this export?

  microcred assess gradebook.csv       who has shown what?

  microcred explain 1042               why was it decided so?
"""

app = typer.Typer(
    name="microcred",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=EPILOG,
)


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if asked:
        print_result(f"microcred {__version__}")
        raise typer.Exit


@app.callback()
def describe_program(
    _version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Decide from a rubric and a gradebook export what each learner has shown, and say why."""


def _add(
    name: str, panel: str, body: Callable[..., Status], epilog: str = "", group: typer.Typer = app
) -> None:
    group.command(name, rich_help_panel=panel, epilog=epilog)(guard(body))


_add("init", "Start", init.init, init.EPILOG)
_add("lint", "Rubrics", lint.lint, lint.EPILOG)
_add("rule", "Rubrics", rule.rule, rule.EPILOG)
_add("schema", "Rubrics", schema.schema, schema.EPILOG)
_add("inspect", "Gradebooks and decisions", inspect.inspect, inspect.EPILOG)
_add("assess", "Gradebooks and decisions", assess.assess, assess.EPILOG)
_add("explain", "Gradebooks and decisions", explain.explain, explain.EPILOG)
_add("diff", "Gradebooks and decisions", diff.diff, diff.EPILOG)
_add("audit", "Gradebooks and decisions", audit.audit, audit.EPILOG)
_add("agreement", "Gradebooks and decisions", agreement.agreement, agreement.EPILOG)
_add("report", "Gradebooks and decisions", report.report, report.EPILOG)

_add("issue", "Badges", issue.issue, issue.EPILOG)
_add("verify", "Badges", verify.verify, verify.EPILOG)

_keys = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help=key.HELP, epilog=key.EPILOG)
app.add_typer(_keys, name="key", rich_help_panel="Badges")
_add("new", "Commands", key.new, key.NEW_EPILOG, _keys)
_add("list", "Commands", key.list_, key.LIST_EPILOG, _keys)
_add("show", "Commands", key.show, key.SHOW_EPILOG, _keys)
