"""Whether the columns that tell learners apart join the gradebooks of one assessment."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from microcred_cli.model.gradebook import KEY_COLUMN, Gradebook
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem
from microcred_cli.texts.names import fold_name


@dataclass(frozen=True, slots=True)
class Unjoined:
    """A gradebook that shares no learner with the ``others``; the columns are those of the keys."""

    file: str
    others: tuple[str, ...]
    column: str | None
    other_columns: tuple[str, ...]


def find_unjoined(gradebooks: Sequence[Gradebook]) -> tuple[Unjoined, ...]:
    """Return the gradebooks that share no learner with any other; of two only the second, which says it all.

    A gradebook without learners has nothing to join.
    """
    books = [book for book in gradebooks if book.learners]
    keys = [{learner.key for learner in book.learners} for book in books]
    counts = Counter(key for each in keys for key in each)
    alone = [book for book, own in zip(books, keys, strict=True) if all(counts[key] == 1 for key in own)]
    if len(books) == 1:
        return ()
    if len(books) == 2:  # noqa: PLR2004 - a pair
        alone = alone[1:]
    return tuple(_describe(book, [each for each in books if each is not book]) for book in alone)


def check_keys(gradebooks: Sequence[Gradebook]) -> tuple[Problem, ...]:
    """Return a problem for each export that tells learners apart by another column than its system's first.

    A system's exports fall back on another column where one learner lacks a number: the same learners would
    then be two each.
    """
    first: dict[str, Gradebook] = {}
    problems = []
    for book in gradebooks:
        other = first.setdefault(book.system, book)
        here, there = book.facts.get(KEY_COLUMN, ""), other.facts.get(KEY_COLUMN, "")
        if here and there and fold_name(here) != fold_name(there):
            message = f"learners are told apart by “{here}” here, and by “{there}” in {other.file}"
            advice = "name the column that all files have under gradebook, learner in the project file"
            problems.append(Problem(message, Place(book.file), advice))
    return tuple(problems)


def _describe(book: Gradebook, others: Sequence[Gradebook]) -> Unjoined:
    columns = (other.facts.get(KEY_COLUMN) for other in others)
    return Unjoined(
        book.file,
        tuple(other.file for other in others),
        book.facts.get(KEY_COLUMN),
        tuple(dict.fromkeys(column for column in columns if column is not None)),
    )
