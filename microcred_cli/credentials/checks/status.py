"""The status: whether the issuer has revoked or suspended the badge."""

from collections.abc import Mapping

from microcred_cli.credentials.checks.issuer import find_issuer
from microcred_cli.credentials.library import Document, Json
from microcred_cli.credentials.status_list import decode_list, read_bit
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.verification import Check, CheckResult, Outcome
from microcred_cli.texts.safe import shorten

ENTRY = "BitstringStatusListEntry"
LIST_CREDENTIAL = "BitstringStatusListCredential"
LIST = "BitstringStatusList"
_BARRING = {"revocation": "revoked", "suspension": "suspended"}


def check_status(document: Document, lists: Mapping[str, Document]) -> CheckResult:
    """Return whether a badge is revoked, by status lists (by id) whose own proof has been checked."""
    entry: Json = document.get("credentialStatus")
    if entry is None:
        return _conclude(Outcome.PASSED, "the badge names no status list: it cannot be revoked")
    found = _find_list(entry, lists)
    if isinstance(found, Refusal):
        return _conclude(Outcome.UNCHECKED, found.reason)
    bit = _look_up(document, entry, found)
    if isinstance(bit, Refusal):
        return _conclude(Outcome.FAILED, bit.reason)
    barred = _BARRING.get(str(entry.get("statusPurpose")))
    if bit and barred is not None:
        return _conclude(Outcome.FAILED, f"{barred} by the issuer")
    return _conclude(Outcome.PASSED, f"not {barred or 'barred'}, by the list that was given")


def _find_list(entry: Json, lists: Mapping[str, Document]) -> Document | Refusal:
    """Return the list an entry names, or why it cannot be looked at."""
    kind = entry.get("type") if isinstance(entry, dict) else "list"
    if kind not in (ENTRY, [ENTRY]) or entry.get("statusSize", 1) != 1:
        return Refusal(
            f"a status of the kind `{shorten(str(kind))}`, or of several bits, is not checked here"
        )
    address = entry.get("statusListCredential")
    found = lists.get(address) if isinstance(address, str) else None
    return Refusal(f"the status list {shorten(str(address))} was not given") if found is None else found


def _look_up(document: Document, entry: Document, found: Document) -> bool | Refusal:
    """Return the badge's bit in a list, or why the list says nothing of it."""
    if find_issuer(found) != find_issuer(document):
        return Refusal("the status list is another issuer's")
    purpose, subject = entry.get("statusPurpose"), found["credentialSubject"]
    if not isinstance(purpose, str) or purpose not in _list_purposes(subject):
        return Refusal(f"the status list is not about `{shorten(str(purpose))}`")
    bits = decode_list(subject.get("encodedList"))
    return bits if isinstance(bits, Refusal) else read_bit(bits, entry.get("statusListIndex"))


def _conclude(outcome: Outcome, message: str) -> CheckResult:
    return CheckResult(Check.STATUS, outcome, message)


def _list_purposes(subject: Document) -> list[Json]:
    purpose: Json = subject.get("statusPurpose")
    return purpose if isinstance(purpose, list) else [purpose]
