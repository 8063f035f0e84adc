"""The proof: whether the signature holds for what the document says now."""

from collections.abc import Sequence
from dataclasses import dataclass

from microcred_cli.credentials.checks.issuer import DID_KEY
from microcred_cli.credentials.library import Document, Json
from microcred_cli.credentials.proof import CRYPTOSUITE, TYPE, has_signed, read_signature
from microcred_cli.model.key import Algorithm
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, CheckResult, Outcome
from microcred_cli.texts.multikey import decode_did_key, name_method
from microcred_cli.texts.safe import shorten


@dataclass(frozen=True, slots=True)
class ProofFinding:
    """What is known of the proofs of a document: the result, and the proofs whose signatures hold."""

    result: CheckResult
    holding: tuple[Document, ...] = ()


def list_proofs(document: Document) -> tuple[Document, ...]:
    """Return the proofs of a document: one, or a set of them."""
    proof: Json = document.get("proof")
    proofs = proof if isinstance(proof, list) else [proof]
    return tuple(each for each in proofs if isinstance(each, dict))


def check_proof(
    document: Document, digest: bytes | Refusal, options: Sequence[bytes | Refusal]
) -> ProofFinding:
    """Return whether every proof that can be checked holds, and at least one could be.

    ``digest`` stands for the document without its proofs, each of ``options`` for those of a proof. Proofs of
    another cryptosuite, or by a key that has to be looked up online, stay unchecked.
    """
    proofs = list_proofs(document)
    if not proofs:
        return _conclude(Outcome.FAILED, "there is no proof")
    if isinstance(document["proof"], list) and len(proofs) != len(document["proof"]):
        return _conclude(Outcome.FAILED, "one of the proofs is none")
    unchecked: list[str] = []
    holding: list[Document] = []
    for proof, each in zip(proofs, options, strict=True):
        key = _find_key(proof)
        if isinstance(key, Refusal):
            unchecked.append(key.reason)
            continue
        fault = _find_fault(proof, key, _join(each, digest))
        if fault is not None:
            return _conclude(Outcome.FAILED, fault)
        holding.append(proof)
    if not holding:
        return _conclude(Outcome.UNCHECKED, unchecked[0])
    more = f"; {len(unchecked)} more not checked" if unchecked else ""
    result = CheckResult(Check.PROOF, Outcome.PASSED, f"the {CRYPTOSUITE} signature holds{more}")
    return ProofFinding(result, tuple(holding))


def _conclude(outcome: Outcome, message: str) -> ProofFinding:
    return ProofFinding(CheckResult(Check.PROOF, outcome, message))


def _find_key(proof: Document) -> str | Refusal:
    """Return the did:key whose key is to be tried; a refusal where this program cannot know."""
    kind, suite = proof.get("type"), proof.get("cryptosuite")
    if kind != TYPE or suite != CRYPTOSUITE:
        name = shorten(str(suite if kind == TYPE else kind))
        return Refusal(f"proofs of the kind `{name}` are not checked here")
    if "previousProof" in proof or "@context" in proof:
        return Refusal("proofs that depend on others or bring their own context are not checked here")
    method = proof.get("verificationMethod")
    if isinstance(method, str) and not method.startswith(DID_KEY):
        return Refusal(f"the key {shorten(method)} can only be looked up online")
    return str(method).partition("#")[0]


def _find_fault(proof: Document, did: str, message: bytes | Refusal) -> str | None:
    key = decode_did_key(did)
    if isinstance(key, Refusal):
        return key.reason
    if key.algorithm is not Algorithm.ED25519 or proof["verificationMethod"] != name_method(did):
        return f"`{shorten(str(proof['verificationMethod']))}` does not name an Ed25519 key"
    signature = read_signature(proof.get("proofValue"))
    if isinstance(signature, Refusal):
        return signature.reason
    if isinstance(message, Refusal):
        return message.reason
    if not has_signed(key, signature, message):
        return "the signature does not hold: the badge was changed, or signed with another key"
    return None


def _join(options: bytes | Refusal, digest: bytes | Refusal) -> bytes | Refusal:
    if isinstance(options, Refusal):
        return options
    return digest if isinstance(digest, Refusal) else options + digest
