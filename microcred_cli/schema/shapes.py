"""What lists and mappings may look like: each shape reads a node and describes itself as JSON Schema.

Shapes are named tuples, because every command makes these classes when it starts: a dataclass takes eight
times as long.
"""

from collections.abc import Callable
from collections.abc import Mapping as MappingType
from typing import Any, NamedTuple

from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Span
from microcred_cli.schema.reading import REFUSED, Description, MakeFix, Reading, Shape
from microcred_cli.schema.values import Choice, Text
from microcred_cli.texts.nodes import Document, Mapping, Node, Scalar, Sequence
from microcred_cli.texts.safe import shorten

# The key whose value is always the same.
_FORMAT = "format"


class ListOf(NamedTuple):
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


class OneOrMore(NamedTuple):
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


class MapOf(NamedTuple):
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
            name = self.key.read_text(key, reading)
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


class Field(NamedTuple):
    """A key of a record; ``about`` is shown by editors, ``attribute`` the name in the record."""

    key: str
    shape: Shape
    about: str
    required: bool = False
    attribute: str | None = None


class Record:
    """A mapping with known keys; ``make`` gets the values by attribute name."""

    def __init__(self, noun: str, fields: tuple[Field, ...], make: Callable[..., Any] = dict) -> None:
        self.noun = noun
        self.fields = fields
        self.make = make
        self._known = {each.key: each for each in fields}

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what ``make`` makes of the values that are there."""
        if not isinstance(node, Mapping):
            return reading.refuse_type(f"a mapping ({self.noun})", node, self._advise(node))
        present = {key.text for key, _ in node.pairs}
        values: dict[str, Any] = {}
        refused = False
        for key, value in node.pairs:
            each = self._known.get(key.text)
            if each is None:
                free = [name for name in self._known if name not in present]
                self._refuse_key(key, node, free, reading)
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
                    self._insert_format(each, node) if each.key == _FORMAT else None,
                )
                refused = True
        return REFUSED if refused else self.make(**values)

    def _advise(self, node: Node) -> str | None:
        """Return how to write a value that stands there without its key."""
        first = next((each.key for each in self.fields if each.required), None)
        if first is None or not isinstance(node, Scalar) or not node.text:
            return None
        return f"write `{first}: {shorten(node.text)}`"

    def _refuse_key(self, key: Scalar, node: Mapping, free: list[str], reading: Reading) -> None:
        advice = reading.advise(key.text, free) if free else "delete it"
        message = f"{self.noun} has no key `{shorten(key.text)}`"

        def mend(document: Document) -> Fix | None:
            from microcred_cli.schema.mending import mend_key  # noqa: PLC0415 - hardly any file needs it

            return mend_key(document, key, node, [each.key for each in self.fields], free)

        reading.refuse("unknown-key", message, key.span, advice, mend)

    def _insert_format(self, field: Field, node: Mapping) -> MakeFix | None:
        """Return what inserts the format where nothing else is missing, and this must be such a file."""
        if any(each.required and each is not field and node.get(each.key) is None for each in self.fields):
            return None

        def mend(document: Document) -> Fix | None:
            from microcred_cli.schema.mending import mend_missing_format  # noqa: PLC0415 - as above

            text = field.shape.example if isinstance(field.shape, Text) else None
            return None if text is None else mend_missing_format(document, node, field.key, text)

        return mend

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


class Tagged(NamedTuple):
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
            message = f"{self.noun} lacks the key `{self.key}`"
            return reading.refuse(
                "missing-key", message, _opening(node), about, _rename_to(node, (self.key,))
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


class ByKind(NamedTuple):
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


class Converted(NamedTuple):
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


class ByKey(NamedTuple):
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
            message = f"{self.noun} needs {words}"
            make_fix = _rename_to(node, tuple(self.variants))
            return reading.refuse("missing-key", message, _opening(node), None, make_fix)
        if len(named) > 1:
            second = next(key for key, _ in node.pairs if key.text in named[1:])
            message = f"{self.noun} has both `{named[0]}` and `{second.text}`"
            advice = f"keep one of them; a rule may hold another: {{{named[0]}: [a, {{{second.text}: …}}]}}"
            return reading.refuse("unknown-key", message, second.span, advice)
        return self.variants[named[0]].read(node, reading)

    def describe(self) -> Description:
        """Return the JSON Schema: one of the variants, told apart by their required keys."""
        return {"anyOf": [record.describe() for record in self.variants.values()]}


class Reference(NamedTuple):
    """A shape that is used inside itself, by name."""

    name: str
    resolve: Callable[[], Shape]

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what the named shape reads."""
        return self.resolve().read(node, reading)

    def describe(self) -> Description:
        """Return a pointer into the definitions."""
        return {"$ref": f"#/definitions/{self.name}"}


def _rename_to(node: Mapping, wanted: tuple[str, ...]) -> MakeFix:
    """Return what makes one of the wanted keys of one that is like it."""

    def mend(document: Document) -> Fix | None:
        from microcred_cli.schema.mending import mend_missing_key  # noqa: PLC0415 - hardly any file needs it

        return mend_missing_key(document, node, wanted)

    return mend


def _opening(node: Mapping) -> Span:
    """Return where a mapping begins: its first key rather than all its lines."""
    return node.pairs[0][0].span if node.pairs else node.span
