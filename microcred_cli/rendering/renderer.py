"""Templates to text. A template sees plain data and can do nothing but print it."""

import re
from collections.abc import Mapping

from markupsafe import Markup

from microcred_cli.rendering.sandbox import PlainEnvironment
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
        self._environment = PlainEnvironment(sources, autoescape=True, finalize=_print)

    def render(self, name: str, context: Mapping[str, object]) -> str:
        """Return the template's text; the context holds dicts, lists, texts, numbers and embedded pieces."""
        return self._environment.get_template(name).render(context)

    def embed(self, name: str, context: Mapping[str, object]) -> str:
        """Return the same as a finished piece, which goes into another template's context unescaped."""
        return Markup(self.render(name, context))  # noqa: S704 - everything in it was escaped when it was printed


def _print(value: object) -> object:
    # Macros and embedded pieces are Markup, cleaned when it was printed into.
    if type(value) is not str or value.isprintable():
        return value
    pieces = _HARMLESS.split(value)
    pieces[::2] = [safe(piece) for piece in pieces[::2]]
    return "".join(pieces)
