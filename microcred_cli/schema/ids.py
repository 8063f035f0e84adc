"""The ids in a document whose structure may have faults."""

from microcred_cli.texts.nodes import Document, Mapping, Scalar, Sequence


def list_ids(document: Document | None, *names: str) -> list[str]:
    """Return the ids of the entries in the lists of those names, in the order of the file."""
    root = None if document is None else document.root
    lists = [root.get(name) for name in names] if isinstance(root, Mapping) else []
    entries = [each for found in lists if isinstance(found, Sequence) for each in found.items]
    ids = (each.get("id") for each in entries if isinstance(each, Mapping))
    return [each.text for each in ids if isinstance(each, Scalar)]
