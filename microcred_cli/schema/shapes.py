"""What lists and mappings may look like: each shape reads a node and describes itself as JSON Schema."""

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass, field
from typing import Any

from microcred_cli.model.place import Span
from microcred_cli.schema.reading import REFUSED, Description, Reading, Shape
from microcred_cli.schema.values import Choice, Text
from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten


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
class OneOrMore:
    """One of a shape, or a list of them."""

    shape: Shape
    noun: str

    def read(self, node: Node, reading: Reading) -> Any:
        """Return a tuple, of one where there is no list."""
        if isinstance(node, Sequence):
            return ListOf(self.shape).read(node, reading)
        if isinstance(node, Mapping):
            return reading.refuse_type(self.noun, node)
        value = self.shape.read(node, reading)
        return REFUSED if value is REFUSED else (value,)

    def describe(self) -> Description:
        """Return the JSON Schema: either of the two."""
        return {"anyOf": [self.shape.describe(), ListOf(self.shape).describe()]}


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
            return reading.refuse_type(f"a mapping ({self.noun})", node, self._advise(node))
        known = {each.key: each for each in self.fields}
        present = {key.text for key, _ in node.pairs}
        values: dict[str, Any] = {}
        refused = False
        for key, value in node.pairs:
            each = known.get(key.text)
            if each is None:
                self._refuse_key(key, [name for name in known if name not in present], reading)
                refused = True
                continue
            read = each.shape.read(value, reading)
            refused = refused or read is REFUSED
            values[each.attribute or each.key] = read
        for each in self.fields:
            if each.required and each.key not in present:
                reading.refuse(
                    "missing-key",
                    f"{self.noun} lacks the key `{each.key}`",
                    _opening(node),
                    f"add `{each.key}:` {each.about[0].lower()}{each.about[1:]}",
                )
                refused = True
        return REFUSED if refused else self.make(**values)

    def _advise(self, node: Node) -> str | None:
        """Return how to write a value that stands there without its key."""
        first = next((each.key for each in self.fields if each.required), None)
        if first is None or not isinstance(node, Scalar) or not node.text:
            return None
        return f"write `{first}: {shorten(node.text)}`"

    def _refuse_key(self, key: Scalar, free: list[str], reading: Reading) -> None:
        advice = reading.advise(key.text, free) if free else "delete it"
        message = f"{self.noun} has no key `{shorten(key.text)}`"
        reading.refuse("unknown-key", message, key.span, advice)

    def describe(self) -> Description:
        """Return the JSON Schema: an object with these properties and no others."""
        description: Description = {
            "type": "object",
            "properties": {
                each.key: {**each.shape.describe(), "description": each.about} for each in self.fields
            },
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
class Converted:
    """A shape whose short form stands for a record: ``make`` gets the value unless it is one already."""

    shape: Shape
    make: type

    def read(self, node: Node, reading: Reading) -> Any:
        """Return the record."""
        value = self.shape.read(node, reading)
        return value if value is REFUSED or isinstance(value, self.make) else self.make(value)

    def describe(self) -> Description:
        """Return the JSON Schema of the shape."""
        return self.shape.describe()


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
        if len(named) > 1:
            second = next(key for key, _ in node.pairs if key.text in named[1:])
            message = f"{self.noun} has both `{named[0]}` and `{second.text}`"
            advice = f"keep one of them; a rule may hold another: {{{named[0]}: [a, {{{second.text}: …}}]}}"
            return reading.refuse("unknown-key", message, second.span, advice)
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
