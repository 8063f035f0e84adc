"""The issuer: whether the key that signed is the issuer's own."""

from collections.abc import Sequence

from microcred_cli.credentials.library import Document, Json
from microcred_cli.credentials.proof import PURPOSE
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, CheckResult, Outcome
from microcred_cli.texts.multikey import decode_did_key, name_method
from microcred_cli.texts.safe import shorten

DID_KEY = "did:key:"
_BEST_FIRST = (Outcome.PASSED, Outcome.UNCHECKED, Outcome.FAILED)


def find_issuer(document: Document) -> str | None:
    """Return the id of a credential's issuer."""
    issuer: Json = document.get("issuer")
    identifier = issuer.get("id") if isinstance(issuer, dict) else issuer
    return identifier if isinstance(identifier, str) else None


def check_issuer(document: Document, proofs: Sequence[Document]) -> CheckResult:
    """Return whether one of these proofs was made by the issuer (VC Data Integrity 1.0, section 4.2).

    A did:key says itself which key it is; for any other issuer somebody has to ask the issuer, online.
    ``proofs`` are those whose signature holds; without any, those that are there.
    """
    issuer = find_issuer(document)
    if issuer is None:
        return CheckResult(Check.ISSUER, Outcome.FAILED, "the badge names no issuer")
    if not proofs:
        return CheckResult(Check.ISSUER, Outcome.UNCHECKED, "there is no proof to bind to the issuer")
    results = [_bind(proof, issuer) for proof in proofs]
    return min(results, key=lambda result: _BEST_FIRST.index(result.outcome))


def _bind(proof: Document, issuer: str) -> CheckResult:
    method, purpose = proof.get("verificationMethod"), proof.get("proofPurpose")
    outcome = Outcome.FAILED
    if purpose != PURPOSE:
        message = f"the proof was made for `{shorten(str(purpose))}`, not to issue"
    elif not issuer.startswith(DID_KEY) and not str(method).startswith(DID_KEY):
        message = f"whether the key is that of {shorten(issuer)} can only be asked online"
        outcome = Outcome.UNCHECKED
    elif issuer.startswith(DID_KEY) and isinstance(key := decode_did_key(issuer), Refusal):
        message = f"the issuer is no key: {key.reason}"
    elif method != name_method(issuer):
        message = f"the badge says {shorten(issuer)} issued it, but the key is another's"
    else:
        message = f"signed by the key of {issuer}"
        outcome = Outcome.PASSED
    return CheckResult(Check.ISSUER, outcome, message)
