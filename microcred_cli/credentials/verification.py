"""All checks of a badge, as a table."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from pyoxigraph import Quad

from microcred_cli.credentials.canonical import find_unknown_context, read_statements
from microcred_cli.credentials.checks.characters import find_control_character
from microcred_cli.credentials.checks.dates import check_dates
from microcred_cli.credentials.checks.issuer import check_issuer
from microcred_cli.credentials.checks.proof import check_proof, list_proofs
from microcred_cli.credentials.checks.size import find_excess
from microcred_cli.credentials.checks.status import LIST, LIST_CREDENTIAL, check_status
from microcred_cli.credentials.checks.structure import StructureReader
from microcred_cli.credentials.library import VC_CONTEXT, Document, Json, Library
from microcred_cli.credentials.proof import complete_options, digest_statements, strip_proof
from microcred_cli.credentials.terms import TermReader
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, CheckResult, Outcome
from microcred_cli.texts.safe import shorten


class Verifier:
    """Verifies badges by the contexts and the schema of a library. Nothing is ever fetched."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._structure = StructureReader(library)
        self._terms = TermReader(library)

    def verify(
        self, document: Json, now: datetime, lists: Mapping[str, Document] | None = None
    ) -> tuple[CheckResult, ...]:
        """Return one result a check, in the order of ``Check``.

        ``now`` has a zone; ``lists`` are status lists by their id, from ``accept_list``.
        """
        excess = find_excess(document)
        fault = excess or self._structure.check(document)
        structure = _conclude(
            Check.STRUCTURE, fault, "an Open Badge 3.0 by the official schema and beyond it"
        )
        if excess or not isinstance(document, dict) or "@context" not in document:
            reason = "it is no badge" if excess is None else "it is too large"
            rest = [CheckResult(check, Outcome.UNCHECKED, reason) for check in list(Check)[1:]]
            return structure, *rest
        return structure, *self._verify_credential(document, now), check_status(document, lists or {})

    def accept_list(self, document: Json, now: datetime) -> Refusal | None:
        """Return why a status list is not to be relied on; None when it is the issuer's own and current."""
        if not isinstance(document, dict) or not isinstance(document.get("id"), str):
            return Refusal("it is not a status list")
        contexts, types = document.get("@context"), document.get("type")
        subject = document.get("credentialSubject")
        if (
            not isinstance(contexts, list)
            or contexts[:1] != [VC_CONTEXT]
            or not isinstance(types, list)
            or LIST_CREDENTIAL not in types
            or not isinstance(subject, dict)
            or subject.get("type") not in (LIST, [LIST])
        ):
            return Refusal("it is not a status list")
        excess = find_excess(document)
        if excess is not None:
            return excess
        for result in self._verify_credential(document, now):
            if result.outcome is not Outcome.PASSED:
                return Refusal(f"{result.check}: {result.message}")
        return None

    def digest(self, document: Document) -> bytes | Refusal:
        """Return what stands for an unsigned badge in its proof, or what forbids to sign it.

        That are its structure, terms that no proof would cover, and control characters, which not all
        implementations of RDF canonicalization write in the same way.
        """
        fault = find_excess(document) or self._structure.check(document) or find_control_character(document)
        statements = read_statements(document, self._library) if fault is None else fault
        return self._find_lost(document, statements) or digest_statements(statements)

    def _verify_credential(self, document: Document, now: datetime) -> tuple[CheckResult, ...]:
        """Return what any verifiable credential is checked for: terms, proof, issuer, dates."""
        proofs = list_proofs(document)
        unsigned = strip_proof(document)
        options = [complete_options(proof, document) for proof in proofs]
        statements = [read_statements(each, self._library) for each in (unsigned, *options)]
        terms, finding = self._check_coverage((unsigned, *options), statements), None
        if terms.outcome is not Outcome.UNCHECKED:
            digest, *others = map(digest_statements, statements)
            finding = check_proof(document, digest, others)
        return (
            terms,
            finding.result if finding else CheckResult(Check.PROOF, Outcome.UNCHECKED, terms.message),
            check_issuer(document, (finding.holding if finding else ()) or proofs),
            check_dates(document, proofs, now),
        )

    def _check_coverage(
        self, documents: Sequence[Document], statements: Sequence[tuple[Quad, ...] | Refusal]
    ) -> CheckResult:
        """Look for what is lost of a document and of its proofs' options."""
        for document in documents:
            unknown = find_unknown_context(document, self._library)
            if unknown is not None:
                message = f"the context {shorten(unknown)} is not among those known here"
                return CheckResult(Check.TERMS, Outcome.UNCHECKED, message)
        faults = map(self._find_lost, documents, statements)
        fault = next((each for each in faults if each is not None), None)
        return _conclude(Check.TERMS, fault, "every term is defined, and the proof covers all of it")

    def _find_lost(self, document: Document, statements: tuple[Quad, ...] | Refusal) -> Refusal | None:
        return statements if isinstance(statements, Refusal) else self._terms.check(document, statements)


def _conclude(check: Check, fault: Refusal | None, praise: str) -> CheckResult:
    if fault is None:
        return CheckResult(check, Outcome.PASSED, praise)
    return CheckResult(check, Outcome.FAILED, fault.reason)
