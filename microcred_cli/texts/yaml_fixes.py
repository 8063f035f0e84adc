"""Fixes of YAML texts, made of their edits."""

from collections.abc import Collection, Iterable

from microcred_cli.model.fix import Edit, Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.suggest import find_replacement, fold_spelling
from microcred_cli.texts.yaml_edits import replace_text
from microcred_cli.texts.yaml_places import is_doubled

# A file may hold thousands of names.
_MOST_BESIDE = 200


def rename(
    document: Document, span: Span, name: str, known: Iterable[str], taken: Collection[str] = ()
) -> Fix | None:
    """Return the fix that writes the one known name that an unknown one most likely stands for.

    It is safe where the two differ only in case and in what parts words. None where no name, or more than
    one, comes into question, and where it is taken, in this spelling or another, by what stands beside it.
    """
    replacement = find_replacement(name, known)
    if replacement is None or len(taken) > _MOST_BESIDE:
        return None
    spelling = fold_spelling(replacement.name)
    if any(each != name and fold_spelling(each) == spelling for each in taken):
        return None
    return write(document, span, replacement.name, safe=replacement.same)


def write(document: Document, span: Span, text: str, *, safe: bool) -> Fix | None:
    """Return the fix that writes a text in the place of the scalar there.

    None for one of several lines, and for a key that stands there a second time: it would stay behind.
    """
    if document.text[span.start : span.start + 1] in {"|", ">"} or is_doubled(document, span):
        return None
    return Fix(f"write `{shorten(text)}`", (replace_text(document, span, text),), safe)


def delete(what: str, edit: Edit | None, *, safe: bool) -> Fix | None:
    """Return the fix that deletes something, if it can be deleted."""
    return None if edit is None else Fix(f"delete {what}", (edit,), safe)
