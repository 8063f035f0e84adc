"""RDF canonicalization: the W3C's tests of RDFC-1.0, each with its verdict."""

import json
from typing import NamedTuple

import pytest
from pyoxigraph import RdfFormat, parse

from microcred_cli.credentials.canonical import write_canonical
from microcred_cli.model.refusal import Refusal
from tests.shared import SHARED, find_shared

SUITE = ("corpora", "rdf-canon", "tests")

# What is asked for there and not here. The labels of a map test cannot be seen from outside, but each has an
# eval test beside it over the same statements, in which the labels stand.
SHA_384 = "hashes with SHA-384, which eddsa-rdfc-2022 does not use"
MAP = "asks for the labels alone; the eval test beside it has them"


class Case(NamedTuple):
    """A test of the suite; ``result`` is None where there must be none."""

    name: str
    kind: str
    action: str
    result: str | None
    hashed_with: str

    @property
    def outside(self) -> str | None:
        if self.hashed_with != "SHA256":
            return SHA_384
        return MAP if self.kind == "rdfc:RDFC10MapTest" else None


def list_cases() -> list[Case]:
    path = SHARED.joinpath(*SUITE, "manifest.jsonld")
    if not path.exists():
        return []
    return [
        Case(
            entry["id"].removeprefix("#"),
            entry["type"],
            entry["action"],
            entry.get("result"),
            entry.get("hashAlgorithm", "SHA256"),
        )
        for entry in json.loads(path.read_text(encoding="utf-8"))["entries"]
    ]


CASES = list_cases()
WITHIN = [case for case in CASES if case.outside is None]


def read(name: str) -> bytes:
    return find_shared(*SUITE).joinpath(name).read_bytes()


def canonicalize(name: str) -> bytes | Refusal:
    return write_canonical(parse(read(name), format=RdfFormat.N_QUADS))


@pytest.mark.parametrize("case", WITHIN, ids=[case.name for case in WITHIN])
def test_statements_are_written_as_the_w3c_writes_them(case: Case) -> None:
    made = canonicalize(case.action)
    if case.result is None:
        assert isinstance(made, Refusal)
        assert "look alike" in made.reason
    else:
        assert made == read(case.result)


@pytest.mark.parametrize("result", sorted({case.result for case in WITHIN if case.result}))
def test_what_is_canonical_stays_so(result: str) -> None:
    assert canonicalize(result) == read(result)


def test_the_whole_suite_is_accounted_for() -> None:
    find_shared(*SUITE)
    verdicts = [case.outside or ("equal" if case.result else "refused") for case in CASES]
    assert {each: verdicts.count(each) for each in set(verdicts)} == {
        "equal": 63,
        "refused": 1,
        MAP: 20,
        SHA_384: 2,
    }
    evaluated = {case.action for case in WITHIN if case.kind == "rdfc:RDFC10EvalTest"}
    assert {case.action for case in CASES if case.outside == MAP} <= evaluated


@pytest.mark.parametrize("count", [5, 10, 30])
def test_cliques_are_refused_before_they_cost_anything(count: int) -> None:
    # What test074c asks of ten nodes; there are n! orders of them to try.
    lines = [f"_:e{one} <urn:p> _:e{other} .\n" for one in range(count) for other in range(count)]
    assert isinstance(write_canonical(parse("".join(lines), format=RdfFormat.N_QUADS)), Refusal)


def test_nothing_but_a_line_feed_ends_a_line() -> None:
    literal = "a\x0b\x0c\x85\u2028\u2029\x1cb"
    lines = f'<urn:s> <urn:p> "{literal}" .\n<urn:r> <urn:p> "b" .\n'
    made = write_canonical(parse(lines, format=RdfFormat.N_QUADS))
    written = literal.replace("\x0b", "\\u000B").replace("\x0c", "\\f").replace("\x1c", "\\u001C")
    assert made == f'<urn:r> <urn:p> "b" .\n<urn:s> <urn:p> "{written}" .\n'.encode()
