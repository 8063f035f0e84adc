"""Which pieces of evidence are doubly marked, and the gradebooks that only some of their marks make."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import NamedTuple

from microcred_cli.assessment.matching import Cell
from microcred_cli.model.gradebook import AGREED, CellState, Gradebook, Learner, Score
from microcred_cli.model.place import Place
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.names import fold_name


@dataclass(frozen=True, slots=True)
class DoubleMarking:
    """A piece of evidence that two or more raters marked.

    ``marks`` holds one of each rater, the first mark first; ``agreed`` is apart from them; ``cells`` are all
    these and the older marks that a rater replaced.
    """

    marks: tuple[Cell, ...]
    agreed: Cell | None
    cells: tuple[Cell, ...]


class _Identity(NamedTuple):
    """What the marks of one piece have in common. An empty text or -1: not said."""

    learner: str
    item: str
    criterion: str
    attempt: int
    source: str


def find_double_markings(
    gradebooks: Sequence[Gradebook], rubrics: Sequence[Rubric]
) -> tuple[DoubleMarking, ...]:
    """Return the pieces with marks of different raters: same learner, item, criterion, attempt and source.

    A mark is a score whose rater is named. One that names no source has that of its item in the rubrics. Of
    several marks of one rater the newest stands. The first mark is the oldest, undated being oldest of all,
    or else that of the rater whose name comes first.
    """
    sources = _list_sources(rubrics)
    groups: dict[_Identity, dict[str, list[Cell]]] = {}
    for book, gradebook in enumerate(gradebooks):
        for score in gradebook.scores:
            if score.rater is None or score.state is not CellState.SCORE:
                continue
            item = fold_name(score.item)
            identity = _Identity(
                score.learner,
                item,
                fold_name(score.criterion or ""),
                -1 if score.attempt is None else score.attempt,
                score.source or sources.get(item) or "",
            )
            of_rater = groups.setdefault(identity, {}).setdefault(fold_name(score.rater), [])
            of_rater.append(Cell(gradebook.file, score, book))
    markings = []
    for _, by_rater in sorted(groups.items()):
        newest = {rater: max(cells, key=_order_mark) for rater, cells in by_rater.items()}
        agreed = newest.pop(AGREED, None)
        if len(newest) > 1:
            marks = tuple(sorted(newest.values(), key=_order_mark))
            markings.append(DoubleMarking(marks, agreed, tuple(chain(*by_rater.values()))))
    return tuple(markings)


def _list_sources(rubrics: Sequence[Rubric]) -> Mapping[str, str | None]:
    """Return who gives the scores of each item; None where the rubrics take it from several."""
    sources: dict[str, str | None] = {}
    for rubric in rubrics:
        for evidence in chain.from_iterable(part.evidence for part in rubric.subcompetencies):
            item = fold_name(evidence.item)
            if sources.setdefault(item, evidence.source) != evidence.source:
                sources[item] = None
    return sources


def _order_mark(cell: Cell) -> tuple[bool, int, str, str]:
    rater = cell.score.rater or ""
    return cell.score.at is not None, cell.score.at or 0, fold_name(rater), rater


def keep_marks(
    gradebooks: Sequence[Gradebook], markings: Sequence[DoubleMarking], nth: int
) -> tuple[Gradebook, ...]:
    """Return the gradebooks as if only the n-th mark (from 0) of each doubly marked piece had been given."""
    left_out = {cell.place for marking in markings for cell in marking.cells}
    return _leave_out(gradebooks, left_out - {marking.marks[nth].place for marking in markings})


def isolate_marks(
    gradebooks: Sequence[Gradebook], markings: Sequence[DoubleMarking]
) -> tuple[Gradebook, ...]:
    """Return the gradebooks as if the doubly marked pieces, with the agreed marks, were of other learners.

    None of these has two marks of an item, so what the points of a mark are depends on nothing but the mark:
    no rule sets it aside for another.
    """
    keys = _name_strangers(gradebooks, markings)
    left_out = {cell.place for marking in markings for cell in marking.cells} - set(keys)
    books = []
    for gradebook in _leave_out(gradebooks, left_out):
        scores = []
        strangers: dict[str, Learner] = {}
        for score in gradebook.scores:
            key = keys.get(_place(gradebook, score))
            scores.append(score if key is None else score._replace(learner=key))
            if key is not None:
                strangers.setdefault(key, Learner(key, row=score.row))
        learners = (*gradebook.learners, *strangers.values())
        books.append(replace(gradebook, learners=learners, scores=tuple(scores)))
    return tuple(books)


def _name_strangers(
    gradebooks: Sequence[Gradebook], markings: Sequence[DoubleMarking]
) -> Mapping[Place, str]:
    """Return by the place of each mark a key that no learner has, another one for each mark of an item."""
    taken = {fold_name(learner.key) for gradebook in gradebooks for learner in gradebook.learners}
    by_item: dict[str, Iterator[str]] = {}
    keys = {}
    for cell in chain.from_iterable((*marking.marks, marking.agreed) for marking in markings):
        if cell is not None:
            item = fold_name(cell.score.item)
            keys[cell.place] = next(by_item.setdefault(item, _count_strangers(taken)))
    return keys


def _count_strangers(taken: AbstractSet[str]) -> Iterator[str]:
    return (key for number in count(1) if (key := f"mark {number}") not in taken)


def _leave_out(gradebooks: Sequence[Gradebook], places: set[Place]) -> tuple[Gradebook, ...]:
    return tuple(
        replace(
            gradebook,
            scores=tuple(score for score in gradebook.scores if _place(gradebook, score) not in places),
        )
        for gradebook in gradebooks
    )


def _place(gradebook: Gradebook, score: Score) -> Place:
    return Place(gradebook.file, score.row, score.column)
