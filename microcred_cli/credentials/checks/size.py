"""How much a document may hold, so that no file keeps a verifier busy for long."""

from microcred_cli.credentials.library import Document, Json
from microcred_cli.model.refusal import Refusal

MAXIMUM_VALUES = 10_000
# Every context that is named is put in the place of its address, and is read there; those of the document
# once more for each of its proofs.
MAXIMUM_CONTEXTS = 64


def find_excess(document: Json) -> Refusal | None:
    """Return what a document has too much of to be read in reasonable time; None when it can be read.

    A value is an object, a list, a text, a number or a truth value, wherever it stands. The badge of a rubric
    with a hundred sub-competencies has half as many as are read.
    """
    values, contexts = 0, 0
    if isinstance(document, dict) and isinstance(document.get("proof"), list):
        contexts = len(document["proof"]) * _count_contexts(document)
    waiting = [document]
    while waiting:
        value = waiting.pop()
        values += 1
        if isinstance(value, dict):
            contexts += _count_contexts(value)
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        if values + len(waiting) > MAXIMUM_VALUES:
            return Refusal(f"it holds more than {MAXIMUM_VALUES:,} values, too many for a badge")
        if contexts > MAXIMUM_CONTEXTS:
            return Refusal(f"it names contexts more than {MAXIMUM_CONTEXTS} times, too often for a badge")
    return None


def _count_contexts(node: Document) -> int:
    named = node.get("@context")
    return len(named) if isinstance(named, list) else int(named is not None)
