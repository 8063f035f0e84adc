"""The terms of a badge: what PyLD loses on the way to RDF is refused here, and nothing else."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.credentials.canonical import canonicalize, read_statements
from microcred_cli.credentials.library import Library
from microcred_cli.credentials.terms import TermReader
from microcred_cli.model.refusal import Refusal
from microcred_cli.workflows.read_library import read_library
from tests.credentials.elsewhere import (
    SMALL,
    Place,
    RefusedElsewhereError,
    canonicalize_elsewhere,
    find_lost,
    get_at,
    list_nodes,
    list_places,
)
from tests.interop.sample import build_credential, build_status

LIBRARY = read_library()
READER = TermReader(LIBRARY)
Badge = dict[str, Any]


def check(document: Badge) -> Refusal | None:
    statements = read_statements(document, LIBRARY)
    return statements if isinstance(statements, Refusal) else READER.check(document, statements)


def list_terms(context: Any) -> Iterator[str]:
    for each in context if isinstance(context, list) else [context]:
        if isinstance(each, dict):
            for name, definition in each.items():
                if not name.startswith("@"):
                    yield name
                if isinstance(definition, dict):
                    yield from list_terms(definition.get("@context"))


TERMS = sorted({term for context in LIBRARY.contexts.values() for term in list_terms(context)})
NODES, PLACES = list(list_nodes(SMALL)), list(list_places(SMALL))


def change(place: Place, value: Any) -> Badge:
    """Return the small badge with something else at a place."""
    badge = copy.deepcopy(SMALL)
    get_at(badge, place[:-1])[place[-1]] = value
    return badge


PLAIN_VALUES = st.recursive(
    st.sampled_from(
        ["x", "urn:y:1", "https://e.org/x", "2026-01-15T09:30:00Z", "", 5, 1.5, True, False, None]
    )
    | st.sampled_from(["#a", "?q", "//e.org/x", "../x", "name", "Profile"]),
    lambda values: (
        st.lists(st.sampled_from(["x", "urn:y:1", 5, None]), max_size=2)
        | st.dictionaries(
            st.sampled_from(["id", "type", "name", "undefined", "narrative"]), values, max_size=2
        )
    ),
    max_leaves=3,
)
WILD_VALUES = st.recursive(
    PLAIN_VALUES | st.sampled_from(["_:b0", "http://a b/", "a b", "@id", -0.0, 1e21, 1e-7, "en", "de-"]),
    lambda values: (
        st.lists(values, max_size=2)
        | st.dictionaries(
            st.sampled_from(
                ["@value", "@type", "@language", "@direction", "@id", "@list", "@set", "@graph", "@index"]
            ),
            values,
            max_size=2,
        )
    ),
    max_leaves=4,
)
PLAIN_KEYS = st.sampled_from([*TERMS, "undefined", "", "a b"])
WILD_KEYS = PLAIN_KEYS | st.sampled_from(
    [
        *("@id", "@type", "@graph", "@included", "@reverse", "@index", "@nest", "@language", "@value"),
        *("@direction", "@base", "@vocab", "@none", "@list", "@set", "@json", "@undefined"),
        *("https://schema.org/name", "schema:name", "name:x", "xsd:string", "urn:k:1", "a:b c", "_:p"),
    ]
)
TYPES = st.sampled_from([*TERMS, "undefined", "https://e.org/T"])


@st.composite
def changed_badges(draw: st.DrawFn, keys: st.SearchStrategy[str], values: st.SearchStrategy[Any]) -> Badge:
    """Draw the small badge with one or two changes, at any depth."""
    badge = copy.deepcopy(SMALL)
    for _ in range(draw(st.integers(1, 2))):
        place, node = draw(st.sampled_from(PLACES)), draw(st.sampled_from(NODES))
        change = draw(st.sampled_from(["add", "replace", "rename", "move", "retype", "remove"]))
        try:
            holder = get_at(badge, place[:-1])
            match change:
                case "add":
                    get_at(badge, node)[draw(keys)] = draw(values)
                case "replace":
                    holder[place[-1]] = draw(values)
                case "rename":
                    holder[draw(keys)] = holder.pop(place[-1])
                case "move":
                    get_at(badge, node)[str(place[-1])] = holder.pop(place[-1])
                case "retype":
                    get_at(badge, node)["type"] = draw(TYPES | st.lists(TYPES, min_size=1, max_size=2))
                case _:
                    del holder[place[-1]]
        except (KeyError, IndexError, TypeError, AttributeError):
            continue  # the first change left nothing there for the second
    return badge


@given(changed_badges(WILD_KEYS, WILD_VALUES))
def test_what_is_accepted_has_lost_nothing_elsewhere(badge: Badge) -> None:
    if check(badge) is None:
        assert find_lost(badge, LIBRARY) is None
        assert canonicalize(badge, LIBRARY) == canonicalize_elsewhere(badge, LIBRARY)


CONTEXTS = st.lists(st.sampled_from(sorted(LIBRARY.contexts)), max_size=3)


@given(CONTEXTS, st.sampled_from(NODES), CONTEXTS)
def test_published_contexts_in_any_order(contexts: list[str], place: Place, nested: list[str]) -> None:
    badge = change((*place, "@context"), nested)
    if place:
        badge["@context"] = contexts
    refusal = check(badge)
    try:
        lost = find_lost(badge, LIBRARY)
    except RefusedElsewhereError:
        assert refusal is not None
        return
    assert (refusal is None) is (lost is None), (refusal, lost)
    if refusal is None:
        assert canonicalize(badge, LIBRARY) == canonicalize_elsewhere(badge, LIBRARY)


@given(changed_badges(PLAIN_KEYS, PLAIN_VALUES))
def test_what_has_lost_nothing_elsewhere_is_accepted(badge: Badge) -> None:
    refusal = check(badge)
    try:
        lost = find_lost(badge, LIBRARY)
    except RefusedElsewhereError:
        assert refusal is not None
        return
    # A term that brings a context of its own (`cnf`, `Achievement`), with a text for its value: pyoxigraph
    # opens the context all the same, and refuses it if it defines a protected term anew. PyLD does not.
    if refusal is not None and "Overriding the protected term" in refusal.reason:
        return
    # What JSON-LD keeps of a list in a list is a flat one; that is refused as well.
    assert (refusal is None) is (lost is None and not holds_nested_list(badge)), (refusal, lost)


def holds_nested_list(value: Any, *, within: bool = False) -> bool:
    if isinstance(value, dict):
        return any(map(holds_nested_list, value.values()))
    if isinstance(value, list):
        return within or any(holds_nested_list(each, within=True) for each in value)
    return False


@pytest.mark.parametrize(
    "badge", [SMALL, build_credential(), {**build_credential(), "credentialStatus": build_status(7)}]
)
def test_honest_badges_are_accepted_and_lose_nothing(badge: Badge) -> None:
    assert check(badge) is None
    assert find_lost(badge, LIBRARY) is None


IDENTITY = ("credentialSubject", "identifier", 0)
ACHIEVEMENT = ("credentialSubject", "achievement")


@pytest.mark.parametrize(
    ("place", "value", "reason"),
    [
        # What no context defines there, at any depth.
        (("undefined",), "x", "$.undefined: no context defines `undefined`"),
        ((*ACHIEVEMENT, "resultDescription", 0, "Undefined"), 5, "no context defines `Undefined`"),
        (
            ("issuer", "achievedLevel"),
            "urn:y:1",
            "$.issuer.achievedLevel: no context defines `achievedLevel`",
        ),
        ((*ACHIEVEMENT, "hashed"), True, "no context defines `hashed`"),
        (("@undefined",), "x", "keyword"),
        ((*IDENTITY, "type"), "Identity", "no context defines the type `Identity`"),
        ((*IDENTITY, "type"), ["IdentityObject", "role"], "no context defines the type `role`"),
        ((*ACHIEVEMENT, "type"), "Profile", "no context defines `criteria`"),
        # What says nothing.
        (("name",), None, "$.name: null is not signed"),
        ((*ACHIEVEMENT, "tag"), ["a", None], "$.credentialSubject.achievement.tag[1]: null is not signed"),
        ((*ACHIEVEMENT, "tag"), [], "an empty list is not signed"),
        ((*ACHIEVEMENT, "tag"), [["a"], "b"], "a list in a list is not signed"),
        # What means something else wherever the badge lies.
        (("id",), "badge", "`badge` is not a whole address"),
        (("id",), "", "`` is not a whole address"),
        (("id",), "_:b0", "`_:b0` is not a whole address"),
        (("id",), "http://a b/", "not a whole address"),
        (("id",), ["urn:x:0"], "@id value must be a string"),
        (("issuer",), "#me", "`#me` is not a whole address"),
        (("issuer", "id"), "/issuer", "`/issuer` is not a whole address"),
        ((*ACHIEVEMENT, "image"), "picture.svg", "`picture.svg` is not a whole address"),
        (("issuer", "type"), "#T", "no context defines the type `#T`"),
        (("issuer", "type"), "id", "no context defines the type `id`"),  # a keyword of JSON-LD
        (("@id",), "urn:x:0", "@id is defined twice"),
        (("issuer", "schema:name"), "I", "named by a term"),
        (("issuer", "https://schema.org/name"), "I", "named by a term"),
        # What is JSON-LD and not read here.
        (("@graph",), [{"id": "urn:x:9", "name": "x"}], "keyword"),
        (("@included",), [{"id": "urn:x:9", "name": "x"}], "keyword"),
        (("@reverse",), {"name": {"id": "urn:x:9"}}, "keyword"),
        (("issuer", "@nest"), {"name": "x"}, "keyword"),
        (("issuer", "@index"), "1", "keyword"),
        ((*ACHIEVEMENT, "tag"), {"@set": ["a", "b"]}, "lost"),
        ((*ACHIEVEMENT, "tag"), {"@list": ["a", "b"]}, "keyword"),
        ((*ACHIEVEMENT, "name"), {"@value": None}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": 5}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@direction": "ltr"}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@index": "1"}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@language": "not a language"}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@language": ""}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@type": ["urn:x:t"]}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@type": "@json"}, "form of a value"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@type": "@id"}, "@id"),
        ((*ACHIEVEMENT, "name"), {"@value": "A", "@language": "en", "@type": "urn:x:t"}, "@language"),
        (("_sd",), [0.1 + 0.2], "fractions of more than 16 digits"),  # a JSON literal
        # Contexts: published ones only, and none that changes what a protected term means.
        (("@context",), [*SMALL["@context"], {"name": "https://e.org/x"}], "name"),
        (("@context",), [*SMALL["@context"], {"tagline": "https://e.org/x"}], "only addresses"),
        (("@context",), [*SMALL["@context"], None], "only addresses"),
        (("@context",), None, "only addresses"),
        (("@context",), [*SMALL["@context"], "https://e.org/context"], "is not among those known"),
        (("issuer", "@context"), {"undefined": "https://e.org/x"}, "only addresses"),
        (("issuer", "@context"), "https://e.org/context", "is not among those known"),
    ],
)
def test_what_is_refused(place: Place, value: Any, reason: str) -> None:
    refusal = check(change(place, value))
    assert refusal is not None
    assert reason in refusal.reason


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("name",), {"@value": "B", "@language": "de-CH"}),
        (("name",), ["A", {"@value": "B", "@language": "en"}]),
        (("name",), {"@value": "B", "@type": "urn:x:t"}),
        (("issuer",), "did:example:1"),
        # To RDF this is a text of the type anyURI: it is kept as it is, and where it leads is for structure.
        (("credentialSubject", "result", 0, "resultDescription"), "#r"),
        (("issuer",), {"id": "did:example:1"}),
        (("type",), ["VerifiableCredential", "OpenBadgeCredential", "https://e.org/OwnCredential"]),
        ((*ACHIEVEMENT, "tag"), "a"),
        ((*ACHIEVEMENT, "tag"), ["a", "a"]),  # said twice
        ((*ACHIEVEMENT, "criteria"), {}),
        ((*ACHIEVEMENT, "criteria"), "https://e.org/criteria"),
        ((*ACHIEVEMENT, "resultDescription", 0, "allowedValue"), []),  # the one list whose order counts
        ((*ACHIEVEMENT, "resultDescription", 0, "allowedValue"), ["2", "1", "2"]),
        ((*ACHIEVEMENT, "creditsAvailable"), 4.5),
        (("credentialSubject", "identifier"), [{**get_at(SMALL, IDENTITY)}, {**get_at(SMALL, IDENTITY)}]),
        (("_sd",), {"a": [9.3, 1e300, None, {}, []], "b": 5}),  # a JSON literal
        (("@context",), [*SMALL["@context"], SMALL["@context"][1]]),
        (("issuer", "@context"), SMALL["@context"]),
    ],
)
def test_what_is_unusual_and_kept(place: Place, value: Any) -> None:
    badge = change(place, value)
    assert check(badge) is None
    assert find_lost(badge, LIBRARY) is None
    assert canonicalize(badge, LIBRARY) == canonicalize_elsewhere(badge, LIBRARY)


@pytest.mark.parametrize("types", [["A", "B"], ["B", "A"]])
def test_of_two_types_the_later_by_name_says_what_a_term_means(types: list[str]) -> None:
    # JSON-LD 1.1 API, expansion: the contexts of types are opened in the order of the types' names.
    inner = {name: {"@id": f"urn:{name}", "@context": {"p": f"urn:p{name}"}} for name in "AB"}
    library = Library({"urn:c": inner}, {})
    document = {"@context": "urn:c", "@id": "urn:x", "@type": types, "p": "1"}
    statements = read_statements(document, library)
    assert not isinstance(statements, Refusal)
    assert "urn:pB" in {each.predicate.value for each in statements}
    assert TermReader(library).check(document, statements) is None
    assert canonicalize(document, library) == canonicalize_elsewhere(document, library)


def test_one_of_two_that_look_alike_may_not_be_lost() -> None:
    # Neither has an id, and RDF has the text once: it must not stand for both.
    identity = get_at(SMALL, IDENTITY)
    lost = {**identity, "identityHash": {"@value": "Z", "@language": "not a language"}}
    kept = check(change(IDENTITY[:-1], [identity, identity]))
    assert kept is None
    assert check(change(IDENTITY[:-1], [identity, lost])) is not None
    statements = read_statements(change(IDENTITY[:-1], [identity]), LIBRARY)
    assert not isinstance(statements, Refusal)
    refusal = READER.check(change(IDENTITY[:-1], [identity, {**identity}]), statements)
    assert refusal is not None
    assert "identifier[1]" in refusal.reason


def test_no_statement_may_be_missing() -> None:
    statements = read_statements(SMALL, LIBRARY)
    assert not isinstance(statements, Refusal)
    unnoticed = [
        missing.predicate.value
        for missing in statements
        if READER.check(SMALL, [each for each in statements if each != missing]) is None
    ]
    # How the members of a list hang together is the processor's affair.
    assert unnoticed == ["http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"] * 2
