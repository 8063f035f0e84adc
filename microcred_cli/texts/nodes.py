"""A YAML document as nodes that know where they stand."""

from collections.abc import Iterator
from typing import NamedTuple

from microcred_cli.model.finding import Finding, Route
from microcred_cli.model.place import Span
from microcred_cli.texts.scalars import Value, resolve_plain_scalar


class _Placed:
    """What stands somewhere in a text. The span is made when it is asked for: hardly any is."""

    __slots__ = ("end", "start")
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


class Scalar(_Placed):
    """A single value; ``plain`` when it stands there without quotes."""

    __slots__ = ("plain", "text")

    def __init__(self, text: str, start: int, end: int, *, plain: bool) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.plain = plain

    @property
    def value(self) -> Value:
        """What the scalar means: text if quoted, else by the rules of YAML 1.2."""
        return resolve_plain_scalar(self.text) if self.plain else self.text


class Sequence(_Placed):
    """A list of nodes."""

    __slots__ = ("items",)

    def __init__(self, items: "list[Node]", start: int, end: int) -> None:
        self.items = items
        self.start = start
        self.end = end


class Mapping(_Placed):
    """Pairs of key and value in the order of the file."""

    __slots__ = ("pairs",)

    def __init__(self, pairs: "list[tuple[Scalar, Node]]", start: int, end: int) -> None:
        self.pairs = pairs
        self.start = start
        self.end = end

    def get(self, key: str) -> "Node | None":
        """Return the value of a key, None when it is absent."""
        for candidate, node in self.pairs:
            if candidate.text == key:
                return node
        return None


Node = Scalar | Sequence | Mapping


class Document(NamedTuple):
    """A text, its root node (None when it could not be read), and what was found while reading.

    ``doubles`` are the keys, each with its value, that were left out as they stand there a second time.
    """

    text: str
    root: Node | None
    findings: tuple[Finding, ...] = ()
    doubles: tuple[Node, ...] = ()

    def span(self, route: Route, *, key: bool = False) -> Span:
        """Return where a route leads: the value, or with ``key`` the key before it.

        A route that ends early (a missing key) leads to the nearest thing above it.
        """
        node = self.root
        span = node.span if node is not None else Span(0, 0)
        for step in route:
            if isinstance(node, Mapping):
                found = next((pair for pair in node.pairs if pair[0].text == step), None)
                if found is None:
                    return span
                node = found[1]
                span = found[0].span if key else node.span
            elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                span = node.span
            else:
                return span
        return span

    def scalars(self) -> Iterator[Scalar]:
        """Yield every scalar, keys and what was left out included, in no particular order."""
        pending: list[Node] = [*self.doubles] if self.root is None else [self.root, *self.doubles]
        while pending:
            node = pending.pop()
            if isinstance(node, Scalar):
                yield node
            elif isinstance(node, Sequence):
                pending.extend(node.items)
            else:
                for key, value in node.pairs:
                    yield key
                    pending.append(value)
