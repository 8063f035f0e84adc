"""Whether a proof covers all of a document: every term defined, and no value lost on the way to RDF.

What no context defines is dropped without a word when a document becomes RDF, and is then not signed.
Verifiers in JSON-LD's safe mode refuse such documents, and so does this (W3C VC Data Integrity 1.0, section
2.4.1; 1EdTech Open Badges 3.0, issuer conformance).
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from microcred_cli.credentials.library import Document, Json, Library
from microcred_cli.credentials.term_scopes import (
    EMPTY,
    NOTHING,
    Scope,
    Scopes,
    Term,
    UnknownContextError,
    UnsupportedContextError,
    is_absolute,
)
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.safe import shorten

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_BLANK = "_:"
# BCP 47, as far as every JSON-LD processor keeps a value of that language.
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{2,8})*", re.ASCII)
# The form of numbers, truth values and JSON in RDF is the processor's affair; that they are there is ours.
_SOMETHING = ""


class _Statement(NamedTuple):
    """What a place in the document says, its terms written as ``_name`` writes those of RDF.

    But nodes without an id are numbered here, so that two that look alike stay two.
    """

    subject: str
    predicate: str
    value: str
    place: str


class _Node(NamedTuple):
    """A node about to be walked: the scopes to read its types and its keys by, and its name."""

    members: Document
    outer: Scope
    inner: Scope
    types: list[str]
    name: str
    place: str


class _LostError(Exception):
    """Something is not covered; ends a walk."""


class TermReader:
    """Reads documents by the contexts of a library."""

    def __init__(self, library: Library) -> None:
        self._scopes = Scopes(library)
        self._blanks = (f"{_BLANK}{number}" for number in count())

    def check(self, document: Document, statements: Sequence[Quad]) -> Refusal | None:
        """Return why some of the document is not among its RDF statements; None when all of it is.

        ``statements`` are what the JSON-LD processor made of the document.
        """
        made = Counter(
            (_name(each.subject), each.predicate.value, _name(each.object)) for each in set(statements)
        )
        about = {(subject, predicate) for subject, predicate, _ in made}
        told: dict[tuple[str, str, str], set[tuple[str, str]]] = {}
        try:
            for each in self._walk(self._open(document, EMPTY, NOTHING, "$")):
                subject, predicate, value = _mask(each.subject), each.predicate, _mask(each.value)
                same = told.setdefault((subject, predicate, value), set())
                same.add((each.subject, each.value))
                if (subject, predicate) not in about or (
                    value and len(same) > made[subject, predicate, value]
                ):
                    return Refusal(f"{each.place} is lost on the way to RDF, so the proof does not cover it")
        except UnknownContextError as error:
            return Refusal(f"the context {shorten(str(error.args[0]))} is not among those known here")
        except UnsupportedContextError as error:
            return Refusal(f"a context uses {error}, which is not read here")
        except _LostError as error:
            return Refusal(str(error))
        return None

    def _open(self, members: Document, scope: Scope, within: Json, place: str) -> _Node:
        outer = scope.inherited if within is NOTHING else self._scopes.open_context(scope.inherited, within)
        if "@context" in members:
            outer = self._scopes.open_context(outer, _only_addresses(members["@context"], place))
        types = _list_types(members, outer, place)
        inner = self._scopes.open_types(outer, types)
        name = _find_id(members, inner, place) or next(self._blanks)
        return _Node(members, outer, inner, types, name, place)

    def _walk(self, node: _Node) -> Iterator[_Statement]:
        for name in node.types:
            iri = node.outer.expand(name)
            if iri is None or iri.startswith("@"):
                message = f"{node.place}.type: no context defines the type `{shorten(name)}`"
                raise _LostError(message)
            yield _Statement(node.name, _TYPE, f"<{iri}>", f"{node.place}.type")
        for key, value in node.members.items():
            if key == "@context":
                continue
            place = f"{node.place}.{shorten(key)}"
            iri = node.inner.expand(key)
            if iri is None:
                message = f"{place}: no context defines `{shorten(key)}`"
                raise _LostError(message)
            if iri in {"@id", "@type"}:
                continue
            if iri.startswith("@"):
                message = f"{place}: this keyword of JSON-LD is not read here"
                raise _LostError(message)
            if key not in node.inner.terms:
                # It would be signed. But who looks for `validUntil` would not find it under its address, so
                # whoever holds a badge could take what limits it out of sight without breaking the proof.
                message = f"{place}: a property is named by a term, not by its address"
                raise _LostError(message)
            yield from self._walk_values(node, node.inner.terms[key], value, place)

    def _walk_values(self, node: _Node, term: Term, value: Json, place: str) -> Iterator[_Statement]:
        subject, predicate = node.name, term.iri
        if term.coercion == "@json" or term.container == "@list":
            yield _Statement(subject, predicate, _SOMETHING, place)
        if term.coercion == "@json":
            if _has_long_fraction(value):
                message = f"{place}: fractions of more than 16 digits are not read here"
                raise _LostError(message)
            return
        if term.container == "@list":
            predicate = _FIRST
        elif value == []:
            message = f"{place}: an empty list is not signed"
            raise _LostError(message)
        for index, each in enumerate(value if isinstance(value, list) else [value]):
            where = f"{place}[{index}]" if isinstance(value, list) else place
            if term.container == "@list":
                subject = next(self._blanks)
            if isinstance(each, dict) and "@value" not in each:
                nested = self._open(each, node.inner, term.context, where)
                # A proof stands in a graph of its own, and what points to it points to the graph.
                name = next(self._blanks) if term.container == "@graph" else nested.name
                yield _Statement(subject, predicate, name, where)
                yield from self._walk(nested)
            else:
                yield _Statement(subject, predicate, self._read_value(node, term, each, where), where)

    def _read_value(self, node: _Node, term: Term, value: Json, place: str) -> str:
        if isinstance(value, dict):
            if not _is_plain(value):
                message = f"{place}: this form of a value is not read here"
                raise _LostError(message)
            return f'"{value["@value"]}'
        if value is None or isinstance(value, list):
            message = f"{place}: {'null' if value is None else 'a list in a list'} is not signed"
            raise _LostError(message)
        if not isinstance(value, str):
            return _SOMETHING
        if term.coercion not in {"@id", "@vocab"}:
            return f'"{value}'
        if term.coercion == "@id":
            iri = value if is_absolute(value) else None
        else:
            scope = node.inner
            if term.context is not NOTHING:
                scope = self._scopes.open_context(scope, term.context)
            iri = scope.expand(value)
        if iri is None or iri.startswith("@"):
            message = f"{place}: `{shorten(value)}` is not a whole address"
            raise _LostError(message)
        return f"<{iri}>"


def _name(term: object) -> str:
    match term:
        case NamedNode():
            return f"<{term.value}>"
        case Literal():
            return f'"{term.value}'
        case BlankNode():
            return _BLANK
        case _:
            message = "RDF-star has no place in a badge"
            raise TypeError(message)


def _mask(name: str) -> str:
    return _BLANK if name.startswith(_BLANK) else name


def _is_plain(value: Document) -> bool:
    """Return whether a value object holds a text, and at most a type or a language with it."""
    others = {key: each for key, each in value.items() if key != "@value"}
    if not isinstance(value["@value"], str) or not all(isinstance(each, str) for each in others.values()):
        return False
    language = others.pop("@language", "und")
    return _LANGUAGE.fullmatch(language) is not None and (
        not others or (set(others) == {"@type"} and not others["@type"].startswith("@"))
    )


def _has_long_fraction(value: Json) -> bool:
    """Return whether a JSON literal holds a number that loses digits where numbers become RDF."""
    if isinstance(value, dict):
        return any(map(_has_long_fraction, value.values()))
    if isinstance(value, list):
        return any(map(_has_long_fraction, value))
    return isinstance(value, float) and float(f"{value:.15E}") != value


def _only_addresses(context: Json, place: str) -> Json:
    """Return a document's context. A document that defined its own terms could give any word any meaning."""
    addresses = context if isinstance(context, list) else [context]
    if not all(isinstance(each, str) for each in addresses):
        message = f"{place}.@context: only addresses of published contexts are read here"
        raise _LostError(message)
    return context


def _list_types(members: Document, scope: Scope, place: str) -> list[str]:
    types: list[str] = []
    for key, value in members.items():
        if scope.expand(key) == "@type":
            named = value if isinstance(value, list) else [value]
            if not named or not all(isinstance(each, str) for each in named):
                message = f"{place}.{key}: a type is a text"
                raise _LostError(message)
            types += named
    return types


def _find_id(members: Document, scope: Scope, place: str) -> str | None:
    """Return the node's name in RDF, if it has one."""
    named = [(key, value) for key, value in members.items() if scope.expand(key) == "@id"]
    if not named:
        return None
    key, value = named[0]
    if len(named) > 1 or not isinstance(value, str) or not is_absolute(value):
        message = f"{place}.{key}: `{shorten(str(value))}` is not a whole address"
        raise _LostError(message)
    return f"<{value}>"
