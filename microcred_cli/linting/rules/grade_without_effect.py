"""Every word under `grades` has to be one that a cell can be read as.

## What it is

`grades` says which level a word of the gradebook stands for. This rule finds a number under it, because a
cell with a number is read as points, never as a word; and a word that differs from one before it only in
case or spaces, because they are the same word.

## Why it matters

The entry has no effect. A grade of 1 that stands for the top level would count as one point, and of two
entries for one word only one can hold.

## A bad example

    grades: {1: exemplary, B: proficient, b: developing}

## A good example

    grades: {A: exemplary, B: proficient, C: developing}
"""

from collections.abc import Iterable, Iterator

from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.fix import Fix
from microcred_cli.model.place import Span
from microcred_cli.texts.names import fold_name
from microcred_cli.texts.nodes import Document
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC307", "grade-without-effect", Severity.ERROR, "A cell must be readable as the words under `grades`."
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every number under `grades`, and every word that stood there before."""
    for number, subcompetency in enumerate(subject.rubric.subcompetencies):
        for place, item in enumerate(subcompetency.evidence):
            for word, first, message, advice in _find_faults(item.grades):
                span = subject.key("subcompetencies", number, "evidence", place, "grades", word)
                # Where the entry says again what stands before it, nothing gets lost.
                again = first != word
                lost = again and item.grades[first] != item.grades[word]
                fix = None if lost else _delete(subject.document, span, safe=again)
                yield Finding(RULE.slug, message, span, advice, fix)


def _find_faults(words: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    """Yield each word that no cell can be read as, the first that is the same, why, and what to do."""
    seen: dict[str, str] = {}
    for word in words:
        first = seen.setdefault(fold_name(word), word)
        if first != word:
            message = f"`{shorten(word)}` is the same word as `{shorten(first)}` before it"
            yield word, first, message, "delete one of the two"
        elif _is_number(word.strip()):
            message = f"a cell with `{shorten(word)}` is read as a number, not as a word"
            yield word, first, message, "take it out; `cuts` says from which share on a level is reached"


def _delete(document: Document, span: Span, *, safe: bool) -> Fix | None:
    # Hardly any file needs these.
    from microcred_cli.texts.yaml_deletions import delete_pair_at  # noqa: PLC0415 - see above
    from microcred_cli.texts.yaml_fixes import delete  # noqa: PLC0415 - see above

    return delete("the entry", delete_pair_at(document, span.start), safe=safe)


def _is_number(word: str) -> bool:
    # Most rubrics have no grades and never need the grammar of numbers.
    from microcred_cli.texts.numbers import DecimalMark, parse_number  # noqa: PLC0415 - see above

    return any(parse_number(word, mark) is not None for mark in DecimalMark)
