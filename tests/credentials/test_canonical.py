"""The canonical form: PyLD's of the same document, under both texts of the context."""

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from microcred_cli.credentials.canonical import canonicalize, find_unknown_context, write_canonical
from microcred_cli.credentials.library import OB_CONTEXT
from microcred_cli.credentials.proof import strip_proof
from microcred_cli.model.refusal import Refusal
from microcred_cli.workflows.read_library import read_library
from tests.cli.program import Program
from tests.credentials.elsewhere import SMALL, canonicalize_elsewhere, read_text_a
from tests.interop.sample import build_credential, build_status, build_status_list

Badge = dict[str, Any]
LIBRARY = read_library()

# All but lone surrogates, and the characters that not all implementations write alike (see below).
OTHERWISE = [*map(chr, (*range(9), 11, 12, *range(14, 32), 127)), "\ufffe", "\uffff"]
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters=OTHERWISE)) | st.sampled_from(
    [
        *('"', "\\", "\\n", "\\u0041", "a\tb\nc\r\nd", "\u2028\u2029\x85", "\ufeff", "\U0001f44d\U0001f3fd"),
        *("e\u0301 \u00e9", "<urn:x> .", "_:c14n0", "\u202eabc", "x" * 40_000, "’" * 5_000),
    ]
)
IDENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.just("IdentityObject"),
            "identityType": st.sampled_from(["name", "emailAddress"]),
            "hashed": st.booleans(),
            "identityHash": st.sampled_from(["Z", "z"]) | TEXT,
        }
    ),
    min_size=1,
    max_size=4,
)
NODES = st.lists(
    st.fixed_dictionaries(
        {"type": st.just(["Alignment"]), "targetName": TEXT, "targetUrl": st.just("https://e.org/1")},
        optional={"targetCode": TEXT, "id": st.uuids().map(lambda each: f"urn:uuid:{each}")},
    ),
    min_size=1,
    max_size=3,
)
# As far as all processors agree: see test_numbers.
NUMBERS = st.integers(-(2**53), 2**53) | st.floats(-1e20, 1e20, exclude_min=True, exclude_max=True).filter(
    lambda number: number.is_integer() or not float(f"{number:.15E}").is_integer()
)


@st.composite
def badges(draw: st.DrawFn) -> Badge:
    badge = copy.deepcopy(SMALL)
    subject = badge["credentialSubject"]
    achievement = subject["achievement"]
    badge["name"] = draw(TEXT)
    badge["issuer"]["name"] = draw(TEXT)
    subject["identifier"] = draw(IDENTITIES)
    subject["creditsEarned"] = draw(NUMBERS)
    achievement["alignment"] = draw(NODES)
    achievement["criteria"] = {"narrative": draw(TEXT)}
    achievement["tag"] = draw(st.lists(TEXT, min_size=1, max_size=4))
    achievement["creditsAvailable"] = draw(NUMBERS)
    achievement["resultDescription"][0]["allowedValue"] = draw(st.lists(TEXT, min_size=1, max_size=3))
    return badge


@given(badges())
def test_badges_are_written_as_elsewhere(badge: Badge) -> None:
    canonical = canonicalize(badge, LIBRARY)
    assert canonical == canonicalize_elsewhere(badge, LIBRARY)
    assert canonical == canonicalize(json.loads(json.dumps(badge)), LIBRARY)


def shuffle(value: Any, data: st.DataObject) -> Any:
    """Return the value with the members of its objects, and the sets of it, in another order."""
    if isinstance(value, dict):
        keys = data.draw(st.permutations(sorted(value)))
        ordered = {"@context", "allowedValue"}
        return {key: value[key] if key in ordered else shuffle(value[key], data) for key in keys}
    if isinstance(value, list):
        return [shuffle(each, data) for each in data.draw(st.permutations(value))]
    return value


@given(badges(), st.data())
def test_the_order_of_members_does_not_matter(badge: Badge, data: st.DataObject) -> None:
    assert canonicalize(shuffle(badge, data), LIBRARY) == canonicalize(badge, LIBRARY)


def with_credits(number: float) -> Badge:
    badge = copy.deepcopy(SMALL)
    badge["credentialSubject"]["creditsEarned"] = number
    return badge


@pytest.mark.parametrize(
    ("number", "written"),
    [
        # JSON-LD 1.1 API, Data Round Tripping: whole numbers below 10^21 as they are, others in 16 digits.
        (0, "0"),
        (-0.0, "0"),
        (3, "3"),
        (3.0, "3"),
        (1e2, "100"),
        (2**53, "9007199254740992"),
        (123456789012345680.0, "123456789012345680"),
        (1e21, "1.0E21"),
        (-1.5e21, "-1.5E21"),
        (0.5, "5.0E-1"),
        (4.35, "4.35E0"),
        (9.3, "9.300000000000001E0"),
        (0.1 + 0.2, "3.0E-1"),
        (3.3000000000000003, "3.3E0"),
        (100.25, "1.0025E2"),
        (1e-7, "1.0E-7"),
        (5e-324, "4.940656458412465E-324"),
        (1.7976931348623157e308, "1.797693134862316E308"),
    ],
)
def test_numbers(number: float, written: str) -> None:
    canonical = canonicalize(with_credits(number), LIBRARY)
    assert isinstance(canonical, bytes)
    assert f'#creditsEarned> "{written}"^^<'.encode() in canonical
    assert canonical == canonicalize_elsewhere(with_credits(number), LIBRARY)


@pytest.mark.parametrize(
    "number", [3.0000000000000004, 2.9999999999999996, -1.0000000000000002, 100.00000000000001, 1e15 + 0.5]
)
def test_a_number_that_would_pass_for_a_whole_one_is_refused(number: float) -> None:
    refused = canonicalize(with_credits(number), LIBRARY)
    assert refused == Refusal(f"the number {number!r} has more digits than a proof covers")


def test_where_numbers_are_written_otherwise_elsewhere() -> None:
    # Whole numbers of 21 digits: pyoxigraph writes an exponent where the specification has none. Nobody earns
    # 10^20 credits, and what is written in two ways is refused as changed, never taken for something else.
    for number in (1e20, 9.99e20):
        assert canonicalize(with_credits(number), LIBRARY) != canonicalize_elsewhere(
            with_credits(number), LIBRARY
        )


def test_control_characters_are_escaped() -> None:
    # RDFC-1.0, 5.2. Not all others do so: URDNA2015 has control characters as they are, and rdf-canonize the
    # two code points that XML does not know. A signature over one would not hold there.
    short = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r"}
    for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF):
        canonical = canonicalize({**SMALL, "name": f"a{chr(code)}b"}, LIBRARY)
        assert isinstance(canonical, bytes)
        escape = short.get(chr(code), f"\\u{code:04X}")
        assert f'<urn:x:0> <https://schema.org/name> "a{escape}b" .\n'.encode() in canonical


@pytest.mark.parametrize(
    "document",
    [build_credential(), build_status_list(7), {**build_credential(), "credentialStatus": build_status(7)}],
)
def test_the_samples_are_written_as_elsewhere_under_both_texts(document: Badge) -> None:
    text_a = read_text_a()
    canonical = canonicalize(document, LIBRARY)
    assert canonical == canonicalize(document, text_a)
    assert canonical == canonicalize_elsewhere(document, LIBRARY) == canonicalize_elsewhere(document, text_a)


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Badge]]:
    """Yield the badges of the sample project, with names and scores in them."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        program = Program(tmp_path_factory.mktemp("project"), monkeypatch)
        assert program("init", "--name", "Café «Ω» & Co", "--url", "https://example.edu").status == 0
        project = program.folder / "microcred.yaml"
        told = "\nrecipient: {name: plain}\nresults: scores\n"
        project.write_text(project.read_text(encoding="utf-8") + told, encoding="utf-8")
        commands = ("assess gradebook.csv --no-reports", "key new --unencrypted", "issue --yes")
        for command in commands:
            run = program(*command.split())
            assert run.status == 0, run.output
        files = sorted((program.folder / "badges").glob("*.json"))
        yield [json.loads(file.read_text(encoding="utf-8")) for file in files]


def test_what_is_issued_is_written_alike_by_both_and_under_both_texts(issued: list[Badge]) -> None:
    assert issued
    text_a = read_text_a()
    for badge in issued:
        for document in (strip_proof(badge), {"@context": badge["@context"], **badge["proof"]}):
            forms = {
                write(document, library)
                for library in (LIBRARY, text_a)
                for write in (canonicalize, canonicalize_elsewhere)
            }
            assert len(forms) == 1


def test_the_two_texts_are_not_the_same() -> None:
    # What would go wrong: a term that only one of them defines.
    text_a = read_text_a()
    badge = {**SMALL, "endorsementJwt": ["x"]}
    assert canonicalize(badge, text_a) != canonicalize(badge, LIBRARY)


@pytest.mark.parametrize(
    ("context", "unknown"),
    [
        (SMALL["@context"], None),
        ([*SMALL["@context"], "https://e.org/context"], "https://e.org/context"),
        ("https://e.org/context", "https://e.org/context"),
        (["", OB_CONTEXT], ""),
        ([f"{OB_CONTEXT}#", OB_CONTEXT], f"{OB_CONTEXT}#"),
        (None, None),
        (5, None),
        ([{"x": "urn:x"}], None),
    ],
)
def test_contexts_come_from_the_library_only(context: Any, unknown: str | None) -> None:
    for document in ({**SMALL, "@context": context}, {**SMALL, "issuer": [{"@context": context}]}):
        assert find_unknown_context(document, LIBRARY) == unknown
        if unknown is not None:
            refusal = canonicalize(document, LIBRARY)
            assert isinstance(refusal, Refusal)
            assert "is not among those known here" in refusal.reason


@pytest.mark.parametrize(
    "context", [5, {"@import": "https://e.org/c"}, {"x": {"@id": "urn:x", "@context": "c"}}]
)
def test_contexts_that_are_none_are_refused(context: Any) -> None:
    assert isinstance(canonicalize({**SMALL, "@context": context}, LIBRARY), Refusal)


def test_a_context_that_names_another_is_refused() -> None:
    # No published one does, and nothing is ever fetched.
    contexts = {**LIBRARY.contexts, "https://e.org/c": ["https://e.org/d"]}
    document = {**SMALL, "@context": "https://e.org/c"}
    assert isinstance(canonicalize(document, replace(LIBRARY, contexts=contexts)), Refusal)


EDGES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from("pq"), st.integers(0, 6)), min_size=1, max_size=12
)


def write_edges(edges: list[tuple[int, str, int]], names: list[int]) -> str:
    return "".join(f"_:e{names[one]} <urn:{name}> _:e{names[other]} .\n" for one, name, other in edges)


@given(EDGES, st.permutations(range(7)), st.data())
def test_the_names_of_nodes_without_an_id_do_not_matter(
    edges: list[tuple[int, str, int]], names: list[int], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(edges))
    forms = [
        write_canonical(parse(lines, format=RdfFormat.N_QUADS))
        for lines in (write_edges(edges, list(range(7))), write_edges(shuffled, names))
    ]
    assert forms[0] == forms[1]
