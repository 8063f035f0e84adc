"""Templates to text. A template sees plain data and can do nothing but print it."""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from microcred_cli.texts.safe import safe

# Line breaks are spaces to a browser; zero-width joiners are spelling in Persian, in Indic scripts and in
# emoji, but nowhere beside Latin letters or one another.
_HARMLESS = re.compile(
    "([\t\n]|(?<=[^\x00-\xff\u2000-\u206f\ufeff])[\u200c\u200d](?=[^\x00-\xff\u2000-\u206f\ufeff]))"
)


class Renderer:
    """Renders templates that are handed over as text, by name.

    Whatever a template prints is escaped for HTML, and characters that hide or turn text around are
    written out. A template that speaks of something the context does not hold fails.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._environment = _PlainEnvironment(
            loader=DictLoader(sources),
            autoescape=True,
            undefined=StrictUndefined,
            finalize=_print,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # The loops, ranges and namespaces that Jinja offers by default can eat a machine.
        self._environment.globals.clear()

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the template's text; the context holds dicts, lists, texts, numbers and embedded pieces."""
        return self._environment.get_template(name).render(context)

    def embed(self, name: str, context: Mapping[str, object]) -> str:
        """Return the same as a finished piece, which goes into another template's context unescaped."""
        return Markup(self.render(name, context))  # noqa: S704 - everything in it was escaped when it was printed


class _PlainEnvironment(ImmutableSandboxedEnvironment):
    """A dot reaches a key of a dict, never an attribute or method of it."""

    intercepted_binops = frozenset({"*", "**"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Refuse: repeating a text or raising to a power takes any amount of memory and time."""
        message = f"{operator} is not available in a template"
        raise SecurityError(message)


def _print(value: object) -> object:
    # Macros and embedded pieces are Markup, cleaned when it was printed into.
    if type(value) is not str or value.isprintable():
        return value
    pieces = _HARMLESS.split(value)
    pieces[::2] = [safe(piece) for piece in pieces[::2]]
    return "".join(pieces)
