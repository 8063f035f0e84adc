"""What a single value may look like; named tuples, as the shapes of lists and mappings are."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from microcred_cli.model.fix import Fix
from microcred_cli.schema.reading import Description, Reading, Refused
from microcred_cli.texts.nodes import Document, Node, Scalar
from microcred_cli.texts.safe import shorten


@cache
def _compile(pattern: str) -> re.Pattern[str]:
    """Return the pattern, compiled when it is first needed: most runs need few of them."""
    return re.compile(pattern, re.ASCII)


class Text(NamedTuple):
    """Text; with ``pattern`` (ECMA-262 and Python alike) of a certain form that ``form`` names.

    ``refers`` is the list of the file to one of whose ids it speaks.
    """

    pattern: str | None = None
    form: str = "text"
    rule: str = "wrong-type"
    example: str | None = None
    maximum: int = 10_000
    refers: str | None = None

    def read(self, node: Node, reading: Reading) -> str | Refused:
        """Return the text."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return reading.refuse_type(
                self.form, node, self._advise(node, reading), lambda document: self._mend(node, document)
            )
        return self.read_text(node, reading)

    def read_text(self, node: Scalar, reading: Reading) -> str | Refused:
        """Return the text of a scalar that is one however it is written, such as a key."""
        text = node.text
        if not text.strip():
            return reading.refuse("empty-value", "the text is empty", node.span)
        if len(text) > self.maximum:
            return reading.refuse(
                "out-of-range", f"the text has {len(text)} characters, at most {self.maximum}", node.span
            )
        # Without another call, as most of a file is texts.
        if self.pattern is not None and re.fullmatch(self.pattern, text, re.ASCII) is None:
            message = f"`{shorten(text)}` is not {self.form}"
            return reading.refuse(
                self.rule,
                message,
                node.span,
                self._advise(node, reading),
                lambda document: self._mend(node, document),
            )
        return text

    def accepts(self, text: str) -> bool:
        """Return whether the text is of the form."""
        return self.pattern is None or _compile(self.pattern).fullmatch(text) is not None

    def _mend(self, node: Node, document: Document) -> Fix | None:
        from microcred_cli.schema.mending import mend_text  # noqa: PLC0415 - hardly any file needs it

        return mend_text(document, node, self)

    def _advise(self, node: Node, reading: Reading) -> str | None:
        from microcred_cli.schema.advice import advise_text  # noqa: PLC0415 - hardly any file needs it

        return None if reading.is_full else advise_text(self, node, reading.document)

    def describe(self) -> Description:
        """Return the JSON Schema: a string with its pattern."""
        description: Description = {"type": "string", "maxLength": self.maximum}
        description["pattern"] = r"\S" if self.pattern is None else f"^(?:{self.pattern})$"
        if self.example is not None:
            description["examples"] = [self.example]
        return description


class Choice(NamedTuple):
    """One of several words."""

    values: tuple[str, ...]
    rule: str
    noun: str
    make: Callable[[str], Any] = str

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what ``make`` makes of the word."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return reading.refuse_type(f"the name of a {self.noun}", node, self.advise("", reading))
        if node.text not in self.values:
            advice = self.advise(node.text, reading)
            message = f"there is no {self.noun} `{shorten(node.text)}`"
            return reading.refuse(
                self.rule, message, node.span, advice, lambda document: self._mend(node, document)
            )
        return self.make(node.text)

    def advise(self, name: str, reading: Reading) -> str | None:
        """Return a line of help for an unknown word; None where nobody will read it."""
        from microcred_cli.schema.advice import advise_word  # noqa: PLC0415 - hardly any file needs it

        return None if reading.is_full else advise_word(self.rule, name, self.values, reading.document)

    def _mend(self, node: Scalar, document: Document) -> Fix | None:
        from microcred_cli.schema.mending import mend_word  # noqa: PLC0415 - hardly any file needs it

        return mend_word(document, node, self.rule, self.values)

    def describe(self) -> Description:
        """Return the JSON Schema: an enumeration."""
        return {"type": "string", "enum": list(self.values)}


class Number(NamedTuple):
    """A number within bounds, both included."""

    minimum: Decimal
    maximum: Decimal
    whole: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        """Return an exact Decimal, an int when whole numbers are asked for."""
        noun = "a whole number" if self.whole else "a number"
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(node, Scalar) or not isinstance(value, Decimal):
            from microcred_cli.schema.advice import advise_number  # noqa: PLC0415 - hardly any file needs it

            advice = advise_number(self, node)
            return reading.refuse_type(noun, node, advice, lambda document: self._mend(node, document))
        if not self.minimum <= value <= self.maximum:
            bounds = f"from {self.minimum} to {self.maximum}"
            return reading.refuse("out-of-range", f"{shorten(node.text)} is not {bounds}", node.span)
        if self.whole:
            if value != value.to_integral_value():
                return reading.refuse_type(noun, node)
            return int(value)
        return value

    def _mend(self, node: Node, document: Document) -> Fix | None:
        from microcred_cli.schema.mending import mend_number  # noqa: PLC0415 - hardly any file needs it

        return mend_number(document, node, self.accepts)

    def accepts(self, value: Decimal) -> bool:
        """Return whether the number is within the bounds."""
        whole = not self.whole or value == value.to_integral_value()
        return whole and self.minimum <= value <= self.maximum

    def describe(self) -> Description:
        """Return the JSON Schema: a number or integer with bounds."""
        as_json = int if self.minimum == int(self.minimum) and self.maximum == int(self.maximum) else float
        return {
            "type": "integer" if self.whole else "number",
            "minimum": as_json(self.minimum),
            "maximum": as_json(self.maximum),
        }


class Percentage:
    """A share written with its sign, from 0% to 100%."""

    _PATTERN = r"(?:100|[0-9]{1,2}(?:\.[0-9]{1,4})?)%"

    def read(self, node: Node, reading: Reading) -> Decimal | Refused:
        """Return the percentage as a number: 65% is 65."""
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or node.value is None:
            return reading.refuse_type("a percentage", node, "for example `65%`")
        if not self.accepts(node.text):
            advice = self._advise(node)
            message = f"`{shorten(node.text)}` is not a percentage"
            return reading.refuse(
                "bad-percentage", message, node.span, advice, lambda document: self._mend(node, document)
            )
        return Decimal(node.text[:-1])

    def _advise(self, node: Scalar) -> str:
        """Suggest a percentage, but none where 0.6 may be meant for 60% or for 0.6%."""
        if "," in node.text:
            from microcred_cli.schema.advice import advise_percentage  # noqa: PLC0415 - as above

            return advise_percentage(node.text, self.accepts)
        if not self.accepts(f"{node.text}%"):
            return "for example `65%`"
        if isinstance(node.value, Decimal) and Decimal(0) < node.value <= 1:
            return f"write `{(node.value * 100).normalize():f}%` if a share of one is meant"
        return f"did you mean `{node.text}%`?"

    def accepts(self, text: str) -> bool:
        """Return whether the text is such a percentage."""
        return re.fullmatch(self._PATTERN, text, re.ASCII) is not None

    def _mend(self, node: Scalar, document: Document) -> Fix | None:
        from microcred_cli.schema.mending import mend_percentage  # noqa: PLC0415 - hardly any file needs it

        return mend_percentage(document, node, self.accepts)

    def describe(self) -> Description:
        """Return the JSON Schema: a string with its pattern."""
        return {"type": "string", "pattern": f"^(?:{self._PATTERN})$", "examples": ["65%"]}
