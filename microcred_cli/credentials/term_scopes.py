"""Which terms are defined where in a document: the part of JSON-LD's context processing that badges need.

JSON-LD 1.1 Processing Algorithms, sections 4.1 (contexts) and 5.1 (expansion), for contexts that come from
the library. What those contexts do not use (``@vocab``, ``@import``, ``@nest``, language and index maps) is
not here; a context that uses it is refused when it is read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from microcred_cli.credentials.library import Json, Library

_KNOWN = frozenset({"@id", "@type", "@container", "@context", "@protected"})
_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
# A definition may lead over others, but not in a circle.
_CHAIN = 4
NOTHING: Final = object()
"""Stands for a scoped context that is not there; None is one that clears all terms."""


class UnknownContextError(KeyError):
    """A context address the library does not have."""


class UnsupportedContextError(ValueError):
    """A context that uses what the contexts of Open Badges do not."""


@dataclass(frozen=True, slots=True)
class Term:
    """A defined term: what it stands for, how its values are typed and held, and the context within it."""

    iri: str
    coercion: str | None = None
    container: str | None = None
    context: Json = field(default=NOTHING)


@dataclass(frozen=True, slots=True)
class Scope:
    """The terms defined at one place; ``outer`` are those that nested nodes return to."""

    terms: Mapping[str, Term]
    outer: "Scope | None" = None

    @property
    def inherited(self) -> "Scope":
        """The scope nested nodes start from: a context that came with a type ends with its node."""
        return self.outer if self.outer is not None else self

    def expand(self, name: str) -> str | None:
        """Return the keyword or absolute IRI that a key or type stands for; None when it is undefined."""
        term = self.terms.get(name)
        if term is not None:
            return term.iri
        return name if name.startswith("@") or is_absolute(name) else None


EMPTY = Scope({})


def is_absolute(iri: str) -> bool:
    """Return whether this is an IRI that means the same everywhere (RFC 3987): not a relative reference."""
    return _ABSOLUTE.fullmatch(iri) is not None


class Scopes:
    """Works out scopes by the contexts of a library, and remembers them: documents repeat themselves."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._opened = lru_cache(maxsize=1024)(self._open_addresses)

    def open_context(self, scope: Scope, context: Json) -> Scope:
        """Return the scope within a context. Raises UnknownContextError and UnsupportedContextError."""
        addresses = context if isinstance(context, list) else [context]
        if scope is EMPTY and all(isinstance(each, str) for each in addresses):
            return self._opened(tuple(addresses))
        for each in addresses:
            scope = self._add(scope, each)
        return scope

    def open_types(self, scope: Scope, types: list[str]) -> Scope:
        """Return the scope within a node of these types: the contexts of their terms, in order of name."""
        opened = scope
        for name in sorted(types):
            term = scope.terms.get(name)
            if term is not None and term.context is not NOTHING:
                opened = Scope(self._add(opened, term.context).terms, scope.inherited)
        return opened

    def _open_addresses(self, addresses: tuple[str, ...]) -> Scope:
        scope = EMPTY
        for each in addresses:
            scope = self._add(scope, each)
        return scope

    def _add(self, scope: Scope, context: Json) -> Scope:
        if context is None:
            return EMPTY
        if isinstance(context, str):
            if context not in self._library.contexts:
                raise UnknownContextError(context)
            return self.open_context(scope, self._library.contexts[context])
        if isinstance(context, list):
            return self.open_context(scope, context)
        if not isinstance(context, dict):
            raise UnsupportedContextError(str(type(context)))
        terms = dict(scope.terms)
        for name, definition in context.items():
            if name in {"@version", "@protected"}:
                continue
            if name.startswith("@"):
                raise UnsupportedContextError(name)
            term = _define(name, definition, context, terms)
            if term is None:
                terms.pop(name, None)
            else:
                terms[name] = term
        return Scope(terms, scope.outer)


def _define(
    name: str, definition: Json, context: Mapping[str, Json], terms: Mapping[str, Term]
) -> Term | None:
    if definition is None:
        return None
    if isinstance(definition, str):
        return Term(_expand(definition, context, terms))
    unknown = set(definition) - _KNOWN
    if unknown:
        raise UnsupportedContextError(min(unknown))
    identifier = definition.get("@id", name)
    if identifier is None:
        return None
    coercion = definition.get("@type")
    container = definition.get("@container")
    if container not in {None, "@set", "@list", "@graph"}:
        raise UnsupportedContextError(f"@container {container}")
    return Term(
        _expand(identifier, context, terms),
        None if coercion is None else _expand(coercion, context, terms),
        container,
        definition.get("@context", NOTHING),
    )


def _expand(name: str, context: Mapping[str, Json], terms: Mapping[str, Term], depth: int = 0) -> str:
    """Return the keyword or IRI of a definition, which may speak of a term or prefix defined beside it."""
    if name.startswith("@"):
        return name
    prefix, colon, rest = name.partition(":")
    if depth <= _CHAIN and not rest.startswith("//"):
        defined = context.get(prefix)
        if isinstance(defined, dict):
            defined = defined.get("@id")
        if isinstance(defined, str) and defined != prefix:
            return _expand(defined, context, terms, depth + 1) + rest
        if prefix in terms:
            return terms[prefix].iri + rest
    if not colon or not is_absolute(name):
        raise UnsupportedContextError(name)
    return name
