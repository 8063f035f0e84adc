"""The commands, in the groups and the order in which `microcred --help` lists them."""

from importlib import import_module
from keyword import iskeyword
from types import ModuleType
from typing import Annotated

import typer

from microcred_cli import __version__
from microcred_cli.cli.console import print_result
from microcred_cli.cli.guard import guard

EPILOG = """
[bold]Examples[/bold]

  microcred init my-course             a project that works at once

  microcred lint rubrics/              is anything wrong with the rubrics?

  microcred inspect gradebook.csv      what is in this export?

  microcred assess gradebook.csv       who has shown what?

  microcred explain 1042               why was it decided so?
"""

_PANELS = {
    "Start": ("init",),
    "Rubrics": ("rubrics", "lint", "rule", "schema", "import", "export"),
    "Gradebooks and decisions": ("inspect", "assess", "explain", "diff", "audit", "agreement", "report"),
    "Badges": ("issue", "verify"),
}
_KEYS = "key"


def make_app(asked: str | None = None) -> typer.Typer:
    """Return the program; if what was asked for is one of its commands, with that one alone.

    The other commands then need not be imported, which takes longer than many of them run.
    """
    app = typer.Typer(
        name="microcred",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode="rich",
        context_settings={"help_option_names": ["-h", "--help"]},
        epilog=EPILOG,
    )
    app.callback()(describe_program)
    known = asked == _KEYS or any(asked in names for names in _PANELS.values())
    for panel, names in _PANELS.items():
        for name in names:
            if name == asked or not known:
                module = _load_module(name)
                app.command(name, rich_help_panel=panel, epilog=module.EPILOG)(
                    guard(getattr(module, _name_in_python(name)))
                )
    if asked == _KEYS or not known:
        app.add_typer(_make_keys(), name=_KEYS, rich_help_panel="Badges")
    return app


def _make_keys() -> typer.Typer:
    key = _load_module(_KEYS)
    keys = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", help=key.HELP, epilog=key.EPILOG)
    keys.command("new", epilog=key.NEW_EPILOG)(guard(key.new))
    keys.command("list", epilog=key.LIST_EPILOG)(guard(key.list_))
    keys.command("show", epilog=key.SHOW_EPILOG)(guard(key.show))
    return keys


def _load_module(name: str) -> ModuleType:
    return import_module(f"microcred_cli.cli.{_name_in_python(name)}")


def _name_in_python(name: str) -> str:
    """Return the name of the command's module and function: no word that Python keeps for itself."""
    return f"{name}_" if iskeyword(name) else name


def _print_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it with the flag
    if asked:
        print_result(f"microcred {__version__}")
        raise typer.Exit


def describe_program(
    _version: Annotated[
        bool,
        typer.Option("--version", "-V", help="Print the version.", callback=_print_version, is_eager=True),
    ] = False,
) -> None:
    """Decide from a rubric and a gradebook export what each learner has shown, and say why."""
