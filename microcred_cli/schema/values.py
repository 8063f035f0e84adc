"""What a single value may look like."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from microcred_cli.schema.reading import Description, Reading, Refused
from microcred_cli.texts.nodes import Node, Scalar
from microcred_cli.texts.safe import shorten


@dataclass(frozen=True, slots=True)
class Text:
    """Text; with ``pattern`` (ECMA-262 and Python alike) of a certain form that ``form`` names."""

    pattern: str | None = None
    form: str = "text"
    rule: str = "wrong-type"
    example: str | None = None
    maximum: int = 10_000

    def read(self, node: Node, reading: Reading) -> str | Refused:
        """Return the text."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return reading.refuse_type(self.form, node, self._advise(node))
        text = node.text
        if not text.strip():
            return reading.refuse("empty-value", "the text is empty", node.span)
        if len(text) > self.maximum:
            return reading.refuse(
                "out-of-range", f"the text has {len(text)} characters, at most {self.maximum}", node.span
            )
        if self.pattern is not None and re.fullmatch(self.pattern, text, re.ASCII) is None:
            message = f"`{shorten(text)}` is not {self.form}"
            return reading.refuse(self.rule, message, node.span, self._advise(node))
        return text

    def _advise(self, node: Node) -> str | None:
        """Return what to write instead: the same in quotes, if that would do."""
        if isinstance(node, Scalar) and node.text and not isinstance(node.value, str):
            quotable = self.pattern is None or re.fullmatch(self.pattern, node.text, re.ASCII) is not None
            if quotable:
                return f'write it in quotes: "{shorten(node.text)}"'
        if isinstance(node, Scalar) and node.value is None:
            return "write it out, in quotes if it begins with #"
        folded = node.text.strip().lower().replace(" ", "-") if isinstance(node, Scalar) else ""
        if self.rule == "bad-id" and self.pattern and re.fullmatch(self.pattern, folded, re.ASCII):
            return f"did you mean `{folded}`?"
        return f"for example `{self.example}`" if self.example else None

    def describe(self) -> Description:
        """Return the JSON Schema: a string with its pattern."""
        description: Description = {"type": "string", "maxLength": self.maximum}
        description["pattern"] = r"\S" if self.pattern is None else f"^(?:{self.pattern})$"
        if self.example is not None:
            description["examples"] = [self.example]
        return description


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several words."""

    values: tuple[str, ...]
    rule: str
    noun: str
    make: Callable[[str], Any] = str

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what ``make`` makes of the word."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return reading.refuse_type(f"the name of a {self.noun}", node, reading.advise("", self.values))
        if node.text not in self.values:
            advice = reading.advise(node.text, self.values)
            return reading.refuse(
                self.rule, f"there is no {self.noun} `{shorten(node.text)}`", node.span, advice
            )
        return self.make(node.text)

    def describe(self) -> Description:
        """Return the JSON Schema: an enumeration."""
        return {"type": "string", "enum": list(self.values)}


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds, both included."""

    minimum: Decimal
    maximum: Decimal
    whole: bool = False

    def read(self, node: Node, reading: Reading) -> Any:
        """Return an exact Decimal, an int when whole numbers are asked for."""
        noun = "a whole number" if self.whole else "a number"
        value = node.value if isinstance(node, Scalar) else None
        if not isinstance(node, Scalar) or not isinstance(value, Decimal):
            return reading.refuse_type(noun, node, f"for example `{max(self.minimum, Decimal(2)):f}`")
        if not self.minimum <= value <= self.maximum:
            bounds = f"from {self.minimum} to {self.maximum}"
            return reading.refuse("out-of-range", f"{shorten(node.text)} is not {bounds}", node.span)
        if self.whole:
            if value != value.to_integral_value():
                return reading.refuse_type(noun, node)
            return int(value)
        return value

    def describe(self) -> Description:
        """Return the JSON Schema: a number or integer with bounds."""
        as_json = int if self.minimum == int(self.minimum) and self.maximum == int(self.maximum) else float
        return {
            "type": "integer" if self.whole else "number",
            "minimum": as_json(self.minimum),
            "maximum": as_json(self.maximum),
        }


@dataclass(frozen=True, slots=True)
class Percentage:
    """A share written with its sign, from 0% to 100%."""

    _PATTERN = r"(?:100|[0-9]{1,2}(?:\.[0-9]{1,4})?)%"

    def read(self, node: Node, reading: Reading) -> Decimal | Refused:
        """Return the percentage as a number: 65% is 65."""
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or node.value is None:
            return reading.refuse_type("a percentage", node, "for example `65%`")
        if re.fullmatch(self._PATTERN, node.text, re.ASCII) is None:
            advice = self._advise(node)
            message = f"`{shorten(node.text)}` is not a percentage"
            return reading.refuse("bad-percentage", message, node.span, advice)
        return Decimal(node.text[:-1])

    def _advise(self, node: Scalar) -> str:
        """Suggest a percentage, but none where 0.6 may be meant for 60% or for 0.6%."""
        if re.fullmatch(self._PATTERN, f"{node.text}%", re.ASCII) is None:
            return "for example `65%`"
        if isinstance(node.value, Decimal) and Decimal(0) < node.value <= 1:
            return f"write `{(node.value * 100).normalize():f}%` if a share of one is meant"
        return f"did you mean `{node.text}%`?"

    def describe(self) -> Description:
        """Return the JSON Schema: a string with its pattern."""
        return {"type": "string", "pattern": f"^(?:{self._PATTERN})$", "examples": ["65%"]}
