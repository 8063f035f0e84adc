"""What a value may look like: each shape reads a node and describes itself as JSON Schema (draft 7)."""

import re
from collections.abc import Callable, Mapping as MappingType
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from microcred_cli.model.finding import Finding
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence
from microcred_cli.texts.suggest import advise_name

Description = dict[str, Any]


class _Refused:
    """The value of what could not be read."""


REFUSED = _Refused()


class Reading:
    """The findings of one document, as its shapes report them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def refuse(self, rule: str, message: str, span: Span, advice: str | None = None) -> _Refused:
        """Note a finding; the value is then REFUSED."""
        self.findings.append(Finding(rule, message, span, advice))
        return REFUSED

    def refuse_type(self, expected: str, node: Node) -> _Refused:
        """Note that a node is of the wrong kind."""
        if isinstance(node, Scalar) and node.value is None:
            return self.refuse("empty-value", f"{expected} is missing here", node.span)
        found = describe_kind(node)
        advice = "put it in quotes" if expected.startswith("text") and isinstance(node, Scalar) else None
        return self.refuse("wrong-type", f"expected {expected}, found {found}", node.span, advice)


def describe_kind(node: Node) -> str:
    """Return what a node is, in words."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    value = node.value
    if isinstance(value, bool):
        return f"the truth value `{node.text}`"
    if isinstance(value, Decimal):
        return f"the number `{node.text}`"
    return f"the text `{node.text}`" if node.text else "an empty text"


class Shape(Protocol):
    """What a value may look like."""

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the value the node holds, or REFUSED after noting why."""

    def describe(self) -> Description:
        """Return the JSON Schema of the shape."""


@dataclass(frozen=True, slots=True)
class Text:
    """Text; with ``pattern`` (ECMA-262 and Python alike) of a certain form that ``form`` names."""

    pattern: str | None = None
    form: str = "text"
    rule: str = "wrong-type"
    example: str | None = None
    maximum: int = 10_000

    def read(self, node: Node, reading: Reading) -> str | _Refused:
        """Return the text."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return reading.refuse_type("text" if self.pattern is None else f"text ({self.form})", node)
        text = node.text
        if not text.strip():
            return reading.refuse("empty-value", "the text is empty", node.span)
        if len(text) > self.maximum:
            return reading.refuse(
                "out-of-range", f"the text has {len(text)} characters, at most {self.maximum}", node.span
            )
        if self.pattern is not None and re.fullmatch(self.pattern, text, re.ASCII) is None:
            advice = f"for example `{self.example}`" if self.example else None
            return reading.refuse(self.rule, f"`{text}` is not {self.form}", node.span, advice)
        return text

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
            return reading.refuse_type(f"text ({self.noun})", node)
        if node.text not in self.values:
            advice = advise_name(node.text, self.values)
            return reading.refuse(self.rule, f"there is no {self.noun} `{node.text}`", node.span, advice)
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
        if not isinstance(value, Decimal) or isinstance(value, bool):
            return reading.refuse_type(noun, node)
        if not self.minimum <= value <= self.maximum:
            bounds = f"from {self.minimum} to {self.maximum}"
            return reading.refuse("out-of-range", f"{node.text} is not {bounds}", node.span)
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

    def read(self, node: Node, reading: Reading) -> Decimal | _Refused:
        """Return the percentage as a number: 65% is 65."""
        if not isinstance(node, Scalar) or isinstance(node.value, bool) or node.value is None:
            return reading.refuse_type("a percentage", node)
        if isinstance(node.value, Decimal) or re.fullmatch(self._PATTERN, node.text, re.ASCII) is None:
            return reading.refuse(
                "bad-percentage", f"`{node.text}` is not a percentage", node.span, "for example `65%`"
            )
        return Decimal(node.text[:-1])

    def describe(self) -> Description:
        """Return the JSON Schema: a string with its pattern."""
        return {"type": "string", "pattern": f"^(?:{self._PATTERN})$", "examples": ["65%"]}


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of one shape with at least one entry."""

    shape: Shape
    noun: str = "a list"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return a tuple of what the entries hold."""
        if not isinstance(node, Sequence):
            return reading.refuse_type(self.noun, node)
        if not node.items:
            return reading.refuse("empty-value", "the list is empty", node.span)
        values = tuple(self.shape.read(item, reading) for item in node.items)
        return REFUSED if REFUSED in values else values

    def describe(self) -> Description:
        """Return the JSON Schema: an array."""
        return {"type": "array", "items": self.shape.describe(), "minItems": 1}


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping whose keys are free within a form, with at least one entry."""

    key: Text
    shape: Shape
    noun: str

    def read(self, node: Node, reading: Reading) -> Any:
        """Return a dict from key to value."""
        if not isinstance(node, Mapping):
            return reading.refuse_type(self.noun, node)
        if not node.pairs:
            return reading.refuse("empty-value", "the mapping is empty", node.span)
        values = {}
        refused = False
        for key, value in node.pairs:
            # A key is text however it is written: JSON knows no others.
            name = self.key.read(Scalar(key.text, key.span, plain=False), reading)
            read = self.shape.read(value, reading)
            refused = refused or name is REFUSED or read is REFUSED
            values[key.text] = read
        return REFUSED if refused else values

    def describe(self) -> Description:
        """Return the JSON Schema: an object with named keys."""
        return {
            "type": "object",
            "propertyNames": {"pattern": self.key.describe()["pattern"], "maxLength": self.key.maximum},
            "additionalProperties": self.shape.describe(),
            "minProperties": 1,
        }


@dataclass(frozen=True, slots=True)
class Field:
    """A key of a record; ``about`` is shown by editors, ``attribute`` the name in the record."""

    key: str
    shape: Shape
    about: str
    required: bool = False
    attribute: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A mapping with known keys; ``make`` gets the values by attribute name."""

    noun: str
    fields: tuple[Field, ...]
    make: Callable[..., Any] = dict

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what ``make`` makes of the values that are there."""
        if not isinstance(node, Mapping):
            return reading.refuse_type(f"a mapping ({self.noun})", node)
        known = {each.key: each for each in self.fields}
        values: dict[str, Any] = {}
        refused = False
        present = set()
        for key, value in node.pairs:
            each = known.get(key.text)
            if each is None:
                advice = advise_name(key.text, [name for name in known if node.get(name) is None])
                reading.refuse(
                    "unknown-key", f"{self.noun} has no key `{key.text}`", key.span, advice
                )
                refused = True
                continue
            present.add(each.key)
            read = each.shape.read(value, reading)
            refused = refused or read is REFUSED
            values[each.attribute or each.key] = read
        for each in self.fields:
            if each.required and each.key not in present:
                reading.refuse(
                    "missing-key",
                    f"{self.noun} lacks the key `{each.key}`",
                    _opening(node),
                    each.about,
                )
                refused = True
        return REFUSED if refused else self.make(**values)

    def describe(self) -> Description:
        """Return the JSON Schema: an object with these properties and no others."""
        properties = {}
        for each in self.fields:
            properties[each.key] = {**each.shape.describe(), "description": each.about}
            if "$ref" in properties[each.key]:  # draft 7 reads nothing beside $ref
                properties[each.key] = {"allOf": [each.shape.describe()], "description": each.about}
        description: Description = {
            "type": "object",
            "properties": properties,
            "additionalProperties": False,
        }
        required = [each.key for each in self.fields if each.required]
        if required:
            description["required"] = required
        return description


@dataclass(frozen=True, slots=True)
class Tagged:
    """A record whose other keys depend on the word under one key."""

    noun: str
    key: str
    choice: Choice
    variants: MappingType[str, Record]

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what the variant makes of the mapping."""
        if not isinstance(node, Mapping):
            return reading.refuse_type(f"a mapping ({self.noun})", node)
        tag = node.get(self.key)
        if tag is None:
            about = f"one of {', '.join(self.variants)}"
            return reading.refuse(
                "missing-key", f"{self.noun} lacks the key `{self.key}`", _opening(node), about
            )
        if self.choice.read(tag, reading) is REFUSED or not isinstance(tag, Scalar):
            return REFUSED
        return self.variants[tag.text].read(node, reading)

    def describe(self) -> Description:
        """Return the JSON Schema: one of the variants."""
        variants = []
        for word, record in self.variants.items():
            description = record.describe()
            description["properties"][self.key] = {"const": word}
            variants.append(description)
        return {"oneOf": variants}


@dataclass(frozen=True, slots=True)
class ByKind:
    """One shape when a single value stands there, another when a mapping does."""

    noun: str
    scalar: Shape
    mapping: Shape

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what the shape for this kind of node reads."""
        if isinstance(node, Sequence):
            return reading.refuse_type(self.noun, node)
        return (self.mapping if isinstance(node, Mapping) else self.scalar).read(node, reading)

    def describe(self) -> Description:
        """Return the JSON Schema: either of the two."""
        return {"anyOf": [self.scalar.describe(), self.mapping.describe()]}


@dataclass(frozen=True, slots=True)
class ByKey:
    """A mapping whose form depends on which of several keys it has: exactly one of them."""

    noun: str
    variants: MappingType[str, Record]

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what the variant with the key that is there makes of the mapping."""
        if not isinstance(node, Mapping):
            return reading.refuse_type(f"a mapping ({self.noun})", node)
        named = [key for key in self.variants if node.get(key) is not None]
        if not named:
            words = " or ".join(f"`{key}`" for key in self.variants)
            return reading.refuse("missing-key", f"{self.noun} needs {words}", _opening(node))
        return self.variants[named[0]].read(node, reading)

    def describe(self) -> Description:
        """Return the JSON Schema: one of the variants, told apart by their required keys."""
        return {"anyOf": [record.describe() for record in self.variants.values()]}


@dataclass(frozen=True, slots=True)
class Reference:
    """A shape that is used inside itself, by name."""

    name: str
    resolve: Callable[[], Shape] = field(repr=False)

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what the named shape reads."""
        return self.resolve().read(node, reading)

    def describe(self) -> Description:
        """Return a pointer into the definitions."""
        return {"$ref": f"#/definitions/{self.name}"}


def _opening(node: Mapping) -> Span:
    """Return where a mapping begins: its first key rather than all its lines."""
    return node.pairs[0][0].span if node.pairs else node.span
