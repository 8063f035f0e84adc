"""The canonical form of a document: what a proof signs.

RDF Dataset Canonicalization 1.0 (https://www.w3.org/TR/rdf-canon/) of the JSON-LD document, by pyoxigraph.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse, serialize

from microcred_cli.credentials.library import Document, Json, Library
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.safe import shorten

# Telling blank nodes apart that look alike can take time that grows with the factorial of their number
# (RDFC-1.0, "Dataset Poisoning"). Measured with pyoxigraph 0.5: within these bounds at most 0.2 s, a step
# beyond them seconds and then hours. Honest badges have no two nodes that look alike, or a few leaves.
MAXIMUM_TWINS = 18
MAXIMUM_NEIGHBOURS = 3
_WHOLE_BELOW = 1e21


def read_statements(document: Document, library: Library) -> tuple[Quad, ...] | Refusal:
    """Return the RDF statements a JSON-LD document makes; contexts come from the library only."""
    unknown = find_unknown_context(document, library)
    if unknown is not None:
        return Refusal(f"the context {shorten(unknown)} is not among those known here")
    try:
        text = _write_json(document, library)
    except _InexactNumberError as error:
        return Refusal(f"the number {error} has more digits than a proof covers")
    try:
        return tuple(parse(text, format=RdfFormat.JSON_LD))
    except (SyntaxError, ValueError) as error:
        return Refusal(f"it is not JSON-LD: {error}")


def write_canonical(statements: Iterable[Quad]) -> bytes | Refusal:
    """Return the statements as canonical N-Quads, sorted by code point.

    Refused are statements whose blank nodes look too much alike to be told apart in reasonable time.
    """
    dataset = Dataset(statements)
    if _has_many_twins(tuple(dataset)):
        return Refusal("it has too many nodes without an id that look alike")
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    # Only line feeds end a line here; str.splitlines() knows others, which literals may hold.
    text = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    lines = text.decode("utf-8").split("\n")
    return "".join(sorted(f"{line}\n" for line in lines if line)).encode("utf-8")


def canonicalize(document: Document, library: Library) -> bytes | Refusal:
    """Return the canonical N-Quads of a JSON-LD document."""
    statements = read_statements(document, library)
    return statements if isinstance(statements, Refusal) else write_canonical(statements)


def find_unknown_context(value: Json, library: Library) -> str | None:
    """Return the first context address in a document that the library does not have."""
    nested: Iterable[Json] = ()
    if isinstance(value, dict):
        contexts = value.get("@context")
        for each in contexts if isinstance(contexts, list) else [contexts]:
            if isinstance(each, str) and each not in library.contexts:
                return each
        nested = value.values()
    elif isinstance(value, list):
        nested = value
    found = (find_unknown_context(each, library) for each in nested)
    return next((each for each in found if each is not None), None)


def _write_json(value: Json, library: Library) -> str:
    """Return the value as JSON, every context address replaced by the context it stands for."""
    if isinstance(value, dict):
        members = (
            (
                key,
                json.dumps(_replace_context(each, library))
                if key == "@context"
                else _write_json(each, library),
            )
            for key, each in value.items()
        )
        return f"{{{','.join(f'{json.dumps(key)}:{each}' for key, each in members)}}}"
    if isinstance(value, list):
        return f"[{','.join(_write_json(each, library) for each in value)}]"
    return _write_number(value) if isinstance(value, float) else json.dumps(value)


class _InexactNumberError(Exception):
    """A number differs from a whole one only beyond the digits that stand in RDF."""


def _write_number(number: float) -> str:
    """Return a number as it is to stand in RDF (JSON-LD 1.1 Processing Algorithms, Data Round Tripping).

    pyoxigraph keeps the digits it is given; the specification asks for 16 of them, so that 9.3 is
    9.300000000000001E0, and for no exponent where the number is whole and below 10²¹. Of 3.0000000000000004
    it asks for 3.0E0, which pyoxigraph would take for the whole number 3: another would then pass for it.
    """
    if number.is_integer() and abs(number) < _WHOLE_BELOW:
        return str(int(number))
    written = f"{number:.15E}"
    if not number.is_integer() and float(written).is_integer():
        raise _InexactNumberError(number)
    digits, _, exponent = written.partition("E")
    whole, _, fraction = digits.rstrip("0").partition(".")
    return f"{whole}.{fraction or '0'}E{int(exponent)}"


def _replace_context(value: Json, library: Library) -> Json:
    # A list within the list is no context of JSON-LD, so its addresses stay for the parser to refuse.
    if isinstance(value, list):
        return [library.contexts[each] if isinstance(each, str) else each for each in value]
    return library.contexts[value] if isinstance(value, str) else value


def _has_many_twins(quads: Sequence[Quad]) -> bool:
    """Return whether blank nodes that look alike have too many blank neighbours to try all orders of.

    Alike are those whose surroundings are the same seen one step far, as the algorithm sees them at first.
    """
    around: dict[BlankNode, list[str]] = {}
    neighbours: dict[BlankNode, set[BlankNode]] = {}
    for quad in quads:
        terms = (quad.subject, quad.object, quad.graph_name)
        nodes = {term for term in terms if isinstance(term, BlankNode)}
        for node in nodes:
            seen = " ".join(_mask(term, node) for term in terms)
            around.setdefault(node, []).append(f"{quad.predicate} {seen}")
            neighbours.setdefault(node, set()).update(nodes - {node})
    looks = {node: "\n".join(sorted(lines)) for node, lines in around.items()}
    alike = Counter(looks.values())
    branching = [len(neighbours[node]) for node, look in looks.items() if alike[look] > 1]
    branching = [count for count in branching if count > 1]
    return len(branching) > MAXIMUM_TWINS or max(branching, default=0) > MAXIMUM_NEIGHBOURS


def _mask(term: object, node: BlankNode) -> str:
    if isinstance(term, BlankNode):
        return "_:a" if term == node else "_:z"
    return str(term)
