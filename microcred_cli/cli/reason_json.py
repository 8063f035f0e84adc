"""A reason for a change, as JSON."""

from typing import Any

from microcred_cli.model.comparison import Reason
from microcred_cli.model.place import Place


def write_reason(reason: Reason) -> dict[str, Any]:
    """Return the reason with the cells it speaks of; null where there is none."""
    return {
        "kind": reason.kind,
        "text": reason.text,
        "item": reason.item,
        "before": _write_place(reason.before),
        "after": _write_place(reason.after),
    }


def _write_place(place: Place | None) -> dict[str, Any] | None:
    return None if place is None else {"file": place.file, "row": place.row, "column": place.column}
