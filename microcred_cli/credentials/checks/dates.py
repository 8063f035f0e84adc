"""The dates: valid already, and still."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from microcred_cli.credentials.library import Document
from microcred_cli.model.verification import Check, CheckResult, Outcome
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.timestamps import parse_timestamp, write_timestamp

# Clocks differ.
LEEWAY = timedelta(minutes=5)


def check_dates(document: Document, proofs: Sequence[Document], now: datetime) -> CheckResult:
    """Return whether a credential and its proofs are valid at that moment (VC Data Model 2.0, 4.9)."""
    fault = _find_fault(document, now)
    for proof in proofs:
        fault = fault or _find_proof_fault(proof, now)
    if fault is not None:
        return CheckResult(Check.DATES, Outcome.FAILED, fault)
    end = f" to {document['validUntil']}" if "validUntil" in document else ", without end"
    return CheckResult(Check.DATES, Outcome.PASSED, f"valid from {document['validFrom']}{end}")


def _find_fault(document: Document, now: datetime) -> str | None:
    start, end = parse_timestamp(document.get("validFrom")), parse_timestamp(document.get("validUntil"))
    for name, moment in (("validFrom", start), ("validUntil", end)):
        if moment is None and (name in document or name == "validFrom"):
            return f"{name} `{shorten(str(document.get(name)))}` is not a date with time and zone"
    if start is not None and start > now + LEEWAY:
        return f"valid only from {write_timestamp(start)}"
    if end is not None and end < now:
        return f"expired on {write_timestamp(end)}"
    if start is not None and end is not None and end < start:
        return "it ends before it begins"
    return None


def _find_proof_fault(proof: Document, now: datetime) -> str | None:
    for name in ("created", "expires"):
        moment = parse_timestamp(proof.get(name))
        if moment is None and name in proof:
            return f"`{name}` of the proof is not a date with time and zone"
        if moment is not None and name == "created" and moment > now + LEEWAY:
            return f"signed only on {write_timestamp(moment)}"
        if moment is not None and name == "expires" and moment < now:
            return f"the proof expired on {write_timestamp(moment)}"
    return None
