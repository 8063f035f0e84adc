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


class ListOf(NamedTuple):
    """A list of one shape with at least one entry."""

    shape: Shape
    noun: str = "a list"

    def read(self, node: Node, reading: Reading) -> Any:
        """Return a tuple of what the entries hold."""
        if not isinstance(node, Sequence):
            from microcred_cli.schema.wrapping import refuse_list  # noqa: PLC0415 - hardly any file needs it

            return refuse_list(self, node, reading)
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
    example: str | None = None

    def read(self, node: Node, reading: Reading) -> Any:
        """Return a dict from key to value."""
        if not isinstance(node, Mapping):
            from microcred_cli.schema.wrapping import refuse_map  # noqa: PLC0415 - hardly any file needs it

            return refuse_map(self, node, reading)
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
        if refused:
            from microcred_cli.schema.commas import report_commas  # noqa: PLC0415 - hardly any file needs it

            report_commas(node, lambda _: self.shape, self._find_keys(reading), reading)
        return REFUSED if refused else values

    def _find_keys(self, reading: Reading) -> Callable[[str], bool]:
        """Return what tells whether a key can be meant as one: it names what there is, or may do so."""
        from microcred_cli.schema.ids import list_ids  # noqa: PLC0415 - as above

        known = self.key.refers is not None and not reading.is_full
        ids = frozenset(list_ids(reading.document, self.key.refers or "")) if known else frozenset()
        return ids.__contains__ if ids else self.key.accepts

    def describe(self) -> Description:
        """Return the JSON Schema: an object with named keys."""
        return {
            "type": "object",
            "propertyNames": {"pattern": self.key.describe()["pattern"], "maxLength": self.key.maximum},
            "additionalProperties": self.shape.describe(),
            "minProperties": 1,
        }


class Field(NamedTuple):
    """A key of a record; ``about`` is shown by editors, ``attribute`` the name in the record.

    ``example`` is a value as it is written, where the shape has none to show.
    """

    key: str
    shape: Shape
    about: str
    required: bool = False
    attribute: str | None = None
    example: str | None = None


class Record:
    """A mapping with known keys; ``make`` gets the values by attribute name, ``is_root``: it is a file."""

    def __init__(
        self,
        noun: str,
        fields: tuple[Field, ...],
        make: Callable[..., Any] = dict,
        *,
        is_root: bool = False,
    ) -> None:
        self.noun = noun
        self.fields = fields
        self.make = make
        self.is_root = is_root
        self._known = {each.key: each for each in fields}
        self._required = {each.key for each in fields if each.required}

    def read(self, node: Node, reading: Reading) -> Any:
        """Return what ``make`` makes of the values that are there."""
        if not isinstance(node, Mapping):
            from microcred_cli.schema.wrapping import refuse_record  # noqa: PLC0415 - hardly any file needs it

            return refuse_record(self, node, reading)
        values: dict[str, Any] = {}
        present = set()
        refused = strange = False
        for key, value in node.pairs:
            each = self._known.get(key.text)
            if each is None:
                strange = True
                continue
            read = each.shape.read(value, reading)
            refused = refused or read is REFUSED
            present.add(each.key)
            values[each.attribute or each.key] = read
        if strange or not self._required <= present:
            self._report_keys(node, reading)
            return REFUSED
        return REFUSED if refused else self.make(**values)

    def _report_keys(self, node: Mapping, reading: Reading) -> None:
        from microcred_cli.schema.commas import report_commas  # noqa: PLC0415 - hardly any file needs it
        from microcred_cli.schema.key_faults import report_keys  # noqa: PLC0415 - as above

        rests = report_commas(node, self._find_shape, self._known.__contains__, reading)
        report_keys(self, node, rests, reading)

    def _find_shape(self, key: str) -> Shape | None:
        field = self._known.get(key)
        return None if field is None else field.shape

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
            from microcred_cli.schema.wrapping import refuse_tagged  # noqa: PLC0415 - hardly any file needs it

            return refuse_tagged(self, node, reading)
        tag = node.get(self.key)
        if tag is None:
            about = f"add `{self.key}:` and one of {', '.join(self.variants)}"
            message = f"{self.noun} lacks the key `{self.key}`"
            return reading.refuse(
                "missing-key", message, find_opening(node), about, _rename_to(node, (self.key,))
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
            from microcred_cli.schema.wrapping import refuse_kind  # noqa: PLC0415 - hardly any file needs it

            return refuse_kind(self, node, reading)
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
            advice = "for example `all: [first-id, second-id]`" if "all" in self.variants else None
            return reading.refuse("missing-key", message, find_opening(node), advice, make_fix)
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


def find_opening(node: Mapping) -> Span:
    """Return where a mapping begins: its first key rather than all its lines."""
    return node.pairs[0][0].span if node.pairs else node.span
