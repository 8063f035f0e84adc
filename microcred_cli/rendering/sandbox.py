"""The environment every template runs in: it sees plain data and can do nothing but print it."""

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import DictLoader, StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment


class PlainEnvironment(ImmutableSandboxedEnvironment):
    """A dot reaches a key of a dict, never an attribute or method of it."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(
        self, sources: Mapping[str, str], *, autoescape: bool, finalize: Callable[[object], object] | None
    ) -> None:
        super().__init__(
            loader=DictLoader(sources),
            autoescape=autoescape,
            undefined=StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        # The loops, ranges and namespaces that Jinja offers by default can eat a machine.
        self.globals.clear()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of a key; what no dict holds is undefined."""
        if type(obj) is dict:
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002 - Jinja's signature
        """Refuse: repeating a text or raising to a power takes any amount of memory and time."""
        message = f"{operator} is not available in a template"
        raise SecurityError(message)
