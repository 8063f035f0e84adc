"""No badge is accepted here that an independent verification refuses, however it was taken apart."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Any

from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from pyld.jsonld import JsonLdError  # type: ignore[import-untyped] # it has no types

from microcred_cli.credentials.verification import Verifier
from microcred_cli.model.verification import Outcome
from microcred_cli.workflows.read_library import read_library
from tests.credentials import forging
from tests.interop.sample import ACHIEVEMENT, CREDENTIALS, ISSUER, OPEN_BADGES, build_credential

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
VC = "https://www.w3.org/2018/credentials#"
KEYS = (
    *(
        "id",
        "@id",
        "type",
        "@type",
        "name",
        "description",
        "evidence",
        "result",
        "image",
        "validUntil",
        "url",
    ),
    *("credentialStatus", "issuer", "proof", "expires", "awardedDate", "endorsement", "tag", "honours"),
    *("@context", "@graph", "@included", "@reverse", "@nest", "@value", "@list", "@set", "@index", "@json"),
    *(f"{VC}validUntil", f"{VC}issuer", f"{OB}achievedLevel", f"{OB}result", "https://schema.org/name"),
)
VALUES: tuple[Any, ...] = (
    *("x", "", 1, 1.5, True, None, [], {}, ["a", "a"], "urn:example:a", "_:a", "#a", ACHIEVEMENT, ISSUER),
    *("2026-02-01T00:00:00Z", "2099-01-01T00:00:00Z", "Result", "Achievement", "3.250"),
    *({"@value": "x"}, {"@value": "x", "@language": "en"}, {"@id": "urn:example:a"}, {"@list": ["x"]}),
    *(
        {"@value": "2026-02-01T00:00:00Z", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"},
        {"@set": ["x"]},
    ),
    *(CREDENTIALS, f"{OPEN_BADGES}/context-3.0.1.json", f"{OPEN_BADGES}/context-3.0.2.json"),
    *(
        {"honours": "https://example.org/honours"},
        {"@vocab": "https://example.org/any#"},
        {"type": ["Evidence"]},
    ),
)
CHANGES = ("put", "drop", "rename", "wrap", "unwrap", "double", "turn", "move", "swap", "add")


@cache
def _get_verifier() -> Verifier:
    return Verifier(read_library())


@cache
def _sign() -> dict[str, Any]:
    document = build_credential()
    document["validUntil"] = "2026-12-31T00:00:00Z"
    document["evidence"] = [{"type": ["Evidence"], "name": "Charter"}, {"id": ISSUER, "type": ["Evidence"]}]
    document["credentialSubject"]["achievement"]["creator"] = {"id": ISSUER, "type": ["Profile"], "name": "C"}
    document["credentialSubject"]["achievement"]["creditsAvailable"] = 1.5
    del document["credentialSubject"]["result"][0]["id"]
    return forging.sign(document, {"expires": "2026-12-31T00:00:00Z"})


def _list_places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every container and key in a document."""
    for key in list(value) if isinstance(value, dict) else range(len(value)):
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _list_places(value[key])


@st.composite
def change_badges(draw: st.DrawFn) -> dict[str, Any]:
    """Draw the signed badge with one to three changes to its structure."""
    badge = deepcopy(_sign())
    for _ in range(draw(st.integers(1, 3))):
        _change(draw, badge)
    return badge


def _change(draw: st.DrawFn, badge: dict[str, Any]) -> None:
    places = list(_list_places(badge))
    at = st.sampled_from(range(len(places)))
    parent, key = places[draw(at)]
    value, kind = parent[key], draw(st.sampled_from(CHANGES))
    event(kind)
    if kind == "put":
        parent[key] = deepcopy(draw(st.sampled_from(VALUES)))
    elif kind == "drop":
        del parent[key]
    elif kind == "rename" and isinstance(parent, dict):
        parent[draw(st.sampled_from(KEYS))] = parent.pop(key)
    elif kind == "wrap":
        parent[key] = draw(st.sampled_from([[value], {"@value": value}, {"@id": value}, {"@set": [value]}]))
    elif kind == "unwrap" and isinstance(value, list | dict) and len(value) == 1:
        parent[key] = value[0] if isinstance(value, list) else next(iter(value.values()))
    elif kind == "double" and isinstance(value, list):
        parent[key] = [*value, *deepcopy(value)]
    elif kind == "turn" and isinstance(value, list):
        value.reverse()
    elif kind in {"move", "swap"}:
        _exchange((parent, key), places[draw(at)], draw, kind)
    elif kind == "add" and isinstance(value, dict):
        value[draw(st.sampled_from(KEYS))] = deepcopy(draw(st.sampled_from(VALUES)))


def _exchange(one: tuple[Any, Any], other: tuple[Any, Any], draw: st.DrawFn, kind: str) -> None:
    """Put a copy of one value where another is, or beside it; a copy, so that nothing holds itself."""
    (parent, key), (target, place) = one, other
    value, former = deepcopy(parent[key]), deepcopy(target[place])
    if kind == "swap":
        parent[key] = former
    elif isinstance(target, dict):
        place = draw(st.sampled_from((key, *KEYS))) if isinstance(key, str) else place
        del parent[key]
    target[place] = value


def _is_accepted(badge: dict[str, Any]) -> bool:
    results = _get_verifier().verify(badge, NOW)
    return all(each.outcome is Outcome.PASSED for each in results)


def test_the_badge_itself_is_accepted_by_both() -> None:
    assert _is_accepted(_sign())
    assert forging.find_flaw(_sign(), NOW) is None


@given(change_badges())
@settings(max_examples=max(settings().max_examples, 120))
def test_changed_after_it_was_signed(badge: dict[str, Any]) -> None:
    accepted = _is_accepted(badge)
    event("accepted" if accepted else "refused")
    if accepted:
        assert forging.find_flaw(badge, NOW) is None


@given(change_badges())
@settings(max_examples=max(settings().max_examples, 80))
def test_changed_and_signed_again(badge: dict[str, Any]) -> None:
    try:
        badge = forging.sign(badge, {"expires": "2026-12-31T00:00:00Z"})
    except (JsonLdError, KeyError, ValueError, TypeError, AttributeError):
        assume(False)  # noqa: FBT003 - hypothesis takes it by position
    accepted = _is_accepted(badge)
    event("accepted" if accepted else "refused")
    if accepted:
        assert forging.find_flaw(badge, NOW) is None
