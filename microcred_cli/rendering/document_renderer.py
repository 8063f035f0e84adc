"""Templates to the documents of badges: JSON, and texts in Markdown that go into them."""

import json
from collections.abc import Mapping

from jinja2.exceptions import TemplateError
from markupsafe import Markup

from microcred_cli.model.refusal import Refusal
from microcred_cli.rendering.sandbox import PlainEnvironment

JSON = ".json.j2"


class DocumentRenderer:
    """Renders templates that are handed over as text, by name.

    In a template whose name ends in ``.json.j2`` whatever is printed becomes JSON, quotes included, so that
    no value can leave its place; in all others it is printed as it is.
    """

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._json = PlainEnvironment(sources, autoescape=False, finalize=_write_json)
        self._text = PlainEnvironment(sources, autoescape=False, finalize=None)

    def render(self, name: str, context: Mapping[str, object]) -> str | Refusal:
        """Return the template's text, or where the template is at fault: a programme may have edited it."""
        environment = self._json if name.endswith(JSON) else self._text
        try:
            return environment.get_template(name).render(context)
        except TemplateError as error:
            line = getattr(error, "lineno", None)
            return Refusal(f"{name}{f', line {line}' if line else ''}: {error.message}")
        except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            return Refusal(f"{name}: {error}")


def _write_json(value: object) -> object:
    # What the filter `tojson` made is JSON already. What the context lacks says so when it becomes text.
    return value if isinstance(value, Markup) else json.dumps(value, ensure_ascii=False, default=str)
