"""What PyLD, a JSON-LD processor that others wrote, makes of a document."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyld import jsonld  # type: ignore[import-untyped] # it has no types

from microcred_cli.credentials.library import OB_CONTEXT, Library
from microcred_cli.workflows.read_library import read_library
from tests.shared import find_shared

Place = tuple[str | int, ...]

SMALL: dict[str, Any] = {
    "@context": [
        "https://www.w3.org/ns/credentials/v2",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
    ],
    "id": "urn:x:0",
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "name": "B",
    "issuer": {"id": "did:example:1", "type": ["Profile"], "name": "I"},
    "validFrom": "2026-01-15T09:30:00Z",
    "credentialSubject": {
        "type": ["AchievementSubject"],
        "identifier": [
            {"type": "IdentityObject", "identityType": "name", "hashed": False, "identityHash": "Z"}
        ],
        "achievement": {
            "id": "urn:x:2",
            "type": ["Achievement"],
            "name": "A",
            "criteria": {"narrative": "n"},
            "description": "d",
            "tag": ["a", "b"],
            "resultDescription": [
                {
                    "id": "urn:x:3",
                    "type": ["ResultDescription"],
                    "name": "R",
                    "resultType": "RubricCriterionLevel",
                    "allowedValue": ["1", "2"],
                }
            ],
        },
        "result": [{"type": ["Result"], "resultDescription": "urn:x:3", "value": "1"}],
    },
}
"""A badge in which every kind of value stands once, small enough to be taken apart."""

# What relative addresses are resolved against, so that they show.
_HERE = "here://here/here"
_RELATIVE = re.compile("<here:[^>]*>")


class RefusedElsewhereError(Exception):
    """PyLD reads no JSON-LD in it, or nothing that could be written as RDF."""


def canonicalize_elsewhere(document: Mapping[str, Any], library: Library) -> bytes:
    """Return PyLD's canonical N-Quads. Raises RefusedElsewhereError."""

    def load(address: str, _options: object) -> dict[str, Any]:
        context = {"@context": library.contexts[address]}
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": address,
            "document": context,
        }

    settings = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "documentLoader": load,
        "base": _HERE,
    }
    try:
        return str(jsonld.normalize(document, settings)).encode()
    except (jsonld.JsonLdError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise RefusedElsewhereError(str(error)) from error


def find_lost(document: Mapping[str, Any], library: Library) -> Place | str | None:
    """Return a place of the document that PyLD's canonical form does not depend on; None when there is none.

    That is what it means that a signature does not cover it: it can be taken away, and nothing changes. What
    is said twice is not lost, and a relative address is: what it means depends on where the document lies.
    """
    whole = canonicalize_elsewhere(document, library)
    relative = _RELATIVE.search(whole.decode())
    if relative is not None:
        return relative[0]
    idle = [place for place in list_places(document) if _leaves(document, (place,), library) == whole]
    for place in idle:
        if not any(_leaves(document, (place, other), library) != whole for other in idle if other != place):
            return place
    return None


def _leaves(document: Mapping[str, Any], places: tuple[Place, ...], library: Library) -> bytes | None:
    """Return the canonical form without what stands at these places."""
    rest = copy.deepcopy(dict(document))
    for place in sorted(places, key=str, reverse=True):
        try:
            del get_at(rest, place[:-1])[place[-1]]
        except (KeyError, IndexError):
            continue
    try:
        return canonicalize_elsewhere(rest, library)
    except RefusedElsewhereError:
        return None


def list_places(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where the members of objects and lists stand, but for those of contexts."""
    if isinstance(value, dict):
        members: Any = [(key, each) for key, each in value.items() if key != "@context"]
    else:
        members = enumerate(value) if isinstance(value, list) else ()
    for key, each in members:
        yield (*place, key)
        yield from list_places(each, (*place, key))


def list_nodes(value: Any, place: Place = ()) -> Iterator[Place]:
    """Yield where the objects of a document stand."""
    if isinstance(value, dict):
        yield place
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(each, dict | list) and key != "@context":
            yield from list_nodes(each, (*place, key))


def get_at(value: Any, place: Place) -> Any:
    """Return what stands at a place."""
    for step in place:
        value = value[step]
    return value


def read_text_a() -> Library:
    """Return the library with the other text of context 3.0.3, the one that lacks two terms."""
    library = read_library()
    text = find_shared("standards", "npm-open-badges-context", "context-3.0.3.json").read_text(
        encoding="utf-8"
    )
    contexts = {**library.contexts, OB_CONTEXT: json.loads(text)["@context"]}
    assert contexts[OB_CONTEXT] != library.contexts[OB_CONTEXT]
    return replace(library, contexts=contexts)
