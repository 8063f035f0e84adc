"""The vectors of W3C's EdDSA Cryptosuites v1.0: every step of `eddsa-rdfc-2022`, to the byte."""

import copy
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from microcred_cli.credentials.canonical import canonicalize, read_statements
from microcred_cli.credentials.checks.proof import check_proof, list_proofs
from microcred_cli.credentials.library import Library
from microcred_cli.credentials.proof import (
    attach_proof,
    complete_options,
    describe_proof,
    digest_statements,
    strip_proof,
)
from microcred_cli.credentials.verification import Verifier
from microcred_cli.model.key import Algorithm, PublicKey
from microcred_cli.model.verification import Check, Outcome
from microcred_cli.texts.base58 import decode_base58
from microcred_cli.texts.multikey import decode_multikey, encode_multikey
from microcred_cli.workflows.read_library import read_library
from tests.credentials.elsewhere import canonicalize_elsewhere
from tests.shared import find_shared

NOW = datetime(2025, 1, 1, tzinfo=UTC)
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
CITIZENSHIP = "https://w3id.org/citizenship/v4rc1"

# The context of the `employ` vector is not published with it. These are the terms the vector uses, defined as
# its canonical form shows them; were one of them wrong, no hash would come out right.
_XSD_DATE = "http://www.w3.org/2001/XMLSchema#dateTime"
_C, _S = "https://w3id.org/citizenship#", "https://schema.org/"
CITIZENSHIP_TERMS = {
    **{
        name: f"{_C}{name}"
        for name in (
            *(
                "EmploymentAuthorizationDocumentCredential",
                "EmployablePerson",
                "EmploymentAuthorizationDocument",
            ),
            *("employmentAuthorizationDocument", "birthCountry", "lprCategory", "lprNumber"),
        )
    },
    **{
        name: f"{_S}{name}"
        for name in ("Person", "additionalName", "familyName", "gender", "givenName", "identifier")
    },
    "image": {"@id": f"{_S}image", "@type": "@id"},
    "birthDate": {"@id": f"{_S}birthDate", "@type": _XSD_DATE},
    "residentSince": {"@id": f"{_C}residentSince", "@type": _XSD_DATE},
}
# The examples' context defines any word (`@vocab`). This says the same of the two words that are used.
EXAMPLES_TERMS = {
    "AlumniCredential": "https://www.w3.org/ns/credentials/examples#AlumniCredential",
    "alumniOf": "https://www.w3.org/ns/credentials/examples#alumniOf",
}


class Vector:
    """A folder of vectors, and the document they are about."""

    def __init__(self, folder: str, unsigned: str) -> None:
        self.folder = find_shared("standards", "w3c-vc-di-eddsa", "TestVectors")
        self.files = self.folder / "eddsa-rdfc-2022" / folder
        self.unsigned = json.loads((self.folder / unsigned).read_text(encoding="utf-8"))

    def text(self, name: str) -> str:
        return (self.files / f"{name}DataInt.txt").read_text(encoding="utf-8")

    def json(self, name: str) -> dict[str, Any]:
        document: dict[str, Any] = json.loads(
            (self.files / f"{name}DataInt.json").read_text(encoding="utf-8")
        )
        return document

    def key(self) -> Ed25519PrivateKey:
        pair = json.loads((self.folder / "keyPair.json").read_text(encoding="utf-8"))
        data = decode_base58(pair["privateKeyMultibase"][1:])
        assert isinstance(data, bytes)
        assert data[:2] == b"\x80\x26"
        key = Ed25519PrivateKey.from_private_bytes(data[2:])
        public = PublicKey(Algorithm.ED25519, key.public_key().public_bytes_raw())
        assert encode_multikey(public) == pair["publicKeyMultibase"]
        assert decode_multikey(pair["publicKeyMultibase"]) == public
        return key


@pytest.fixture(params=[("", "unsigned.json"), ("employ", "employmentAuth.json")], ids=["alumni", "employ"])
def vector(request: pytest.FixtureRequest) -> Vector:
    return Vector(*request.param)


@pytest.fixture(scope="module")
def library() -> Library:
    path = find_shared("standards", "w3c-vc-data-model", "contexts", "credentials", "examples", "v2")
    contexts = {
        **read_library().contexts,
        EXAMPLES: json.loads(path.read_text(encoding="utf-8"))["@context"],
        CITIZENSHIP: CITIZENSHIP_TERMS,
    }
    return replace(read_library(), contexts=contexts)


def test_the_document_has_its_canonical_form_and_hash(vector: Vector, library: Library) -> None:
    canonical = canonicalize(vector.unsigned, library)
    assert canonical == vector.text("canonDoc").encode()
    digest = digest_statements(read_statements(vector.unsigned, library))
    assert isinstance(digest, bytes)
    assert digest.hex() == vector.text("docHash")
    assert canonicalize_elsewhere(vector.unsigned, library) == canonical


def test_the_options_have_their_canonical_form_and_hash(vector: Vector, library: Library) -> None:
    (proof,) = list_proofs(vector.json("signed"))
    options = complete_options(proof, vector.unsigned)
    assert options == vector.json("proofConfig")
    canonical = canonicalize(options, library)
    assert isinstance(canonical, bytes)
    assert canonical.decode() == vector.text("proofCanon")
    digest = digest_statements(read_statements(options, library))
    assert isinstance(digest, bytes)
    assert digest.hex() == vector.text("proofHash")


def test_signing_yields_the_vector_to_the_byte(vector: Vector, library: Library) -> None:
    config = vector.json("proofConfig")
    options = describe_proof(config["verificationMethod"], config["created"])
    assert complete_options(options, vector.unsigned) == config
    hashes = [
        digest_statements(read_statements(each, library))
        for each in (complete_options(options, vector.unsigned), vector.unsigned)
    ]
    message = b"".join(each for each in hashes if isinstance(each, bytes))
    assert message.hex() == vector.text("combinedHash")
    signature = vector.key().sign(message)
    assert signature.hex() == vector.text("sigHex")
    signed = attach_proof(vector.unsigned, options, signature)
    assert signed["proof"]["proofValue"] == vector.text("sigBTC58")
    assert signed == vector.json("signed")
    assert strip_proof(signed) == vector.unsigned


def verify(document: Mapping[str, Any], library: Library) -> dict[Check, Outcome]:
    results = Verifier(library).verify(document, NOW)
    return {result.check: result.outcome for result in results}


def test_the_signed_vector_verifies(vector: Vector, library: Library) -> None:
    outcomes = verify(vector.json("signed"), library)
    assert outcomes[Check.PROOF] is Outcome.PASSED
    assert outcomes[Check.DATES] is Outcome.PASSED
    # It is no badge, and its issuer is not the key.
    assert outcomes[Check.STRUCTURE] is Outcome.FAILED
    assert outcomes[Check.ISSUER] is Outcome.FAILED


def test_all_terms_are_covered_where_each_is_defined(vector: Vector, library: Library) -> None:
    explicit = replace(library, contexts={**library.contexts, EXAMPLES: EXAMPLES_TERMS})
    assert canonicalize(vector.unsigned, explicit) == vector.text("canonDoc").encode()
    outcomes = verify(vector.json("signed"), explicit)
    assert outcomes[Check.TERMS] is Outcome.PASSED
    assert outcomes[Check.PROOF] is Outcome.PASSED


def test_a_context_that_defines_every_word_is_not_read(library: Library) -> None:
    results = Verifier(library).verify(Vector("", "unsigned.json").json("signed"), NOW)
    terms = next(result for result in results if result.check is Check.TERMS)
    assert terms.outcome is Outcome.FAILED
    assert "@vocab" in terms.message


def list_changes(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the document with one of its texts changed; lists of contexts and the context stay."""
    for place in _list_texts({key: each for key, each in document.items() if key != "@context"}):
        changed: Any = copy.deepcopy(document)
        node = changed
        for step in place[:-1]:
            node = node[step]
        text = node[place[-1]]
        node[place[-1]] = f"{text[:-1]}{'1' if text[-1] != '1' else '2'}"
        yield changed


def _list_texts(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(value, str):
        yield place
    elif isinstance(value, dict | list):
        for key, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _list_texts(each, (*place, key))


def test_no_change_of_the_vector_verifies(vector: Vector, library: Library) -> None:
    changes = list(list_changes(vector.json("signed")))
    assert len(changes) >= 14
    for changed in changes:
        assert verify(changed, library)[Check.PROOF] is not Outcome.PASSED, changed


# What the W3C's set and chain of proofs come to: a set holds if each of its proofs does, and a proof that
# depends on others is not looked at.
@pytest.mark.parametrize(
    ("name", "holding", "message"),
    [
        ("signedProofSet1", 1, "the eddsa-rdfc-2022 signature holds"),
        ("signedProofSet2", 2, "the eddsa-rdfc-2022 signature holds"),
        ("signedProofChain1", 2, "the eddsa-rdfc-2022 signature holds; 1 more not checked"),
        ("signedProofChain2", 2, "the eddsa-rdfc-2022 signature holds; 2 more not checked"),
    ],
)
def test_sets_and_chains_of_proofs(name: str, holding: int, message: str, library: Library) -> None:
    path = find_shared("standards", "w3c-vc-di-eddsa", "TestVectors", "proof-set-chain", f"{name}.json")
    document = json.loads(path.read_text(encoding="utf-8"))
    digest = digest_statements(read_statements(strip_proof(document), library))
    options = [
        digest_statements(read_statements(complete_options(proof, document), library))
        for proof in list_proofs(document)
    ]
    finding = check_proof(document, digest, options)
    assert finding.result.outcome is Outcome.PASSED
    assert finding.result.message == message
    assert finding.holding == list_proofs(document)[:holding]


def test_the_other_cryptosuites_stay_unchecked(library: Library) -> None:
    folder = find_shared("standards", "w3c-vc-di-eddsa", "TestVectors")
    for name in ("eddsa-jcs-2022/signedJCS.json", "Ed25519Signature2020/signedEdSig.json"):
        document = json.loads((folder / name).read_text(encoding="utf-8"))
        finding = check_proof(document, b"", [b""])
        assert finding.result.outcome is Outcome.UNCHECKED
        assert not finding.holding
        assert Verifier(library).verify(document, NOW)[2].outcome is Outcome.UNCHECKED
