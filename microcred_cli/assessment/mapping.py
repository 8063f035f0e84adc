"""Which item of the gradebooks each piece of evidence is, and what a rubric may better call it.

Proposals are for a person to look at, and careful: none where two would do.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from microcred_cli.assessment.matching import find_criteria, find_items, list_criteria, take_the_same
from microcred_cli.model.gradebook import Gradebook, Item
from microcred_cli.model.rubric import EvidenceItem, Rubric, SubCompetency
from microcred_cli.texts.likeness import Likeness, NameParts, compare_names, split_name
from microcred_cli.texts.names import fold_name

LEAST_OF_ITEM = Fraction(2, 3)
"""Of the letters of the longer name, so many are in words of both: Team charter, Team Charter final."""
LEAST_OF_TITLE = Fraction(1, 2)
"""The same where an item is compared with a title, which is a phrase: Feedback, Gives feedback."""
# A gradebook has no more items that people named. Among more, likeness tells nothing, and it takes long.
_COMPARED = 1_000
_LISTED = 8


class MappingState(StrEnum):
    """What is known of an evidence item: it is there, it or a further one is proposed, or why not.

    By criterion: it is there, and the evidence names none of the criteria that all its scores are by.
    """

    SAME = "same"
    BY_CRITERION = "by criterion"
    PROPOSED = "proposed"
    ADDITION = "addition"
    TIE = "tie"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MappedEvidence:
    """An evidence item, by its numbers in the rubrics, and the item of the gradebooks it is or may be.

    ``position`` and ``evidence`` are None for an addition. ``item`` is what the rubric is to call the item;
    where several would do it is None, and the first of them are the ``candidates``.
    """

    rubric: int
    subcompetency: int
    position: int | None
    evidence: str | None
    state: MappingState
    item: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_proposal(self) -> bool:
        """Whether the rubric would change."""
        return self.state in {MappingState.PROPOSED, MappingState.ADDITION}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """An item of the gradebooks: its name folded and as a rubric writes it, and its parts."""

    folded: str
    name: str
    parts: NameParts


@dataclass(frozen=True, slots=True)
class _Claim:
    """What the evidence of a (folded) name may be: candidates that are like it in the same degree."""

    evidence: str
    likeness: Likeness
    candidates: tuple[_Candidate, ...]

    def beats(self, other: "_Claim") -> bool:
        """Return whether this is of another name, and as much like the item they share, or more."""
        return self.evidence != other.evidence and self.likeness >= other.likeness


def propose_mapping(rubrics: Sequence[Rubric], gradebooks: Sequence[Gradebook]) -> tuple[MappedEvidence, ...]:
    """Return for all evidence of the rubrics, in their order, which item it is or may be.

    An item that a gradebook has, as assessing would find it by any of its names, is the same. Any other is
    compared with the items of all gradebooks (compare_names with LEAST_OF_ITEM); of the most alike there
    must be just one. Not proposed are an item that the sub-competency takes for the same evidence already,
    and one that the rubric names elsewhere, unless the two names differ in spelling only. Two different
    names that one item is most like are a tie, and so are several items of a name. An item that no evidence
    is or may be is an addition to the one sub-competency whose title, or the title of a criterion, it is
    most like (with LEAST_OF_TITLE). By criterion is an item that assessing would ask a criterion for.
    Where the gradebooks have more than 1,000 names of items, nothing is proposed: the same, or none.
    """
    candidates = _list_candidates(gradebooks)
    books = [_Book(gradebook) for gradebook in gradebooks]
    parts = [_RubricMapping(number, rubric, books, candidates) for number, rubric in enumerate(rubrics)]
    mapping = [row for part in parts for row in part.list_rows()]
    free = [each for each in candidates if not any(part.speaks_of(each) for part in parts)]
    for number, rubric in enumerate(rubrics):
        mapping += _propose_additions(number, rubric, free, books)
    return tuple(sorted(mapping, key=lambda each: (each.rubric, each.subcompetency)))


def _list_candidates(gradebooks: Sequence[Gradebook]) -> list[_Candidate]:
    """Return the items by name, each once; none where there are too many to compare."""
    found: dict[str, _Candidate] = {}
    for gradebook in gradebooks:
        for item in gradebook.items:
            folded = fold_name(item.name)
            if folded and folded not in found:
                if len(found) == _COMPARED:
                    return []
                found[folded] = _Candidate(folded, " ".join(item.name.split()), split_name(item.name))
    return list(found.values())


class _Book:
    """A gradebook's items by what they may be called, so that each is folded once."""

    def __init__(self, gradebook: Gradebook) -> None:
        self.criteria = list_criteria(gradebook)
        self.by_name: dict[str, list[Item]] = {}
        self.by_grade: dict[str, set[str]] = {}
        for item in (*gradebook.items, *gradebook.unread):
            for folded in {fold_name(name) for name in (item.heading, item.name, *item.names)}:
                self.by_name.setdefault(folded, []).append(item)
        for item in gradebook.items:
            self.by_grade.setdefault(item.graded, set()).add(fold_name(item.name))

    def find(self, name: str) -> list[Item]:
        """Return what a rubric means by a name."""
        return find_items(name, self.by_name.get(fold_name(name), ()))

    def find_named(self, folded: str) -> list[Item]:
        """Return the items of that very name."""
        return [item for item in self.by_name.get(folded, ()) if fold_name(item.name) == folded]


def _choose_names(candidate: _Candidate, books: Sequence[_Book]) -> tuple[str, ...]:
    """Return what a rubric may call an item: its name, or headings where the name means others too."""
    for book in books:
        named = book.find_named(candidate.folded)
        if named and (len(named) > 1 or book.find(candidate.name) != named):
            return tuple(" ".join(item.heading.split()) for item in named)
    return (candidate.name,)


class _RubricMapping:
    """The mapping of one rubric's evidence: what is known, and what each unknown item is most like."""

    def __init__(
        self,
        number: int,
        rubric: Rubric,
        books: Sequence[_Book],
        candidates: Sequence[_Candidate],
    ) -> None:
        self.number = number
        self.rubric = rubric
        self.books = books
        self.known: dict[str, Sequence[Sequence[Item]]] = {}
        for name in {each.item for part in rubric.subcompetencies for each in part.evidence}:
            found = [book.find(name) for book in books]
            if any(found):
                self.known[name] = found
        self.names = {name: self._fold_names(found) for name, found in self.known.items()}
        self.named = {name for names in self.names.values() for name in names}
        self.claims = {
            (at, position): claim
            for at, part in enumerate(rubric.subcompetencies)
            for position, evidence in enumerate(part.evidence)
            if evidence.item not in self.known
            and (claim := self._claim(part, evidence, candidates)) is not None
        }

        self.claimed: dict[str, list[_Claim]] = {}
        for claim in self.claims.values():
            for candidate in claim.candidates:
                self.claimed.setdefault(candidate.folded, []).append(claim)

    def speaks_of(self, candidate: _Candidate) -> bool:
        """Return whether evidence is that item, or may be it."""
        return candidate.folded in self.named or candidate.folded in self.claimed

    def list_rows(self) -> Iterator[MappedEvidence]:
        """Yield a row for each piece of evidence."""
        for at, part in enumerate(self.rubric.subcompetencies):
            for position, evidence in enumerate(part.evidence):
                row = MappedEvidence(self.number, at, position, evidence.item, MappingState.NONE)
                found = self.known.get(evidence.item)
                claim = self.claims.get((at, position))
                if found is not None:
                    row = self._describe_known(row, evidence, found)
                elif claim is not None:
                    row = self._describe_claim(row, claim)
                yield row

    def _claim(
        self, part: SubCompetency, evidence: EvidenceItem, candidates: Sequence[_Candidate]
    ) -> _Claim | None:
        """Return the candidates most like a piece of evidence."""
        parts = split_name(evidence.item)
        repeated = {
            name
            for other in part.evidence
            if take_the_same(evidence, other)
            for name in self.names.get(other.item, ())
        }
        found: dict[Likeness, list[_Candidate]] = {}
        for candidate in candidates:
            likeness = compare_names(parts, candidate.parts, LEAST_OF_ITEM)
            elsewhere = candidate.folded in self.named and likeness < Likeness.SPELLING
            if likeness and not elsewhere and candidate.folded not in repeated:
                found.setdefault(likeness, []).append(candidate)
        return _Claim(fold_name(evidence.item), max(found), tuple(found[max(found)])) if found else None

    def _describe_claim(self, row: MappedEvidence, claim: _Claim) -> MappedEvidence:
        names = tuple(
            name for candidate in claim.candidates[:_LISTED] for name in _choose_names(candidate, self.books)
        )
        if any(other.beats(claim) for other in self.claimed[claim.candidates[0].folded]):
            return replace(row, state=MappingState.TIE, candidates=names)
        return _decide_row(row, names, MappingState.PROPOSED)

    def _fold_names(self, found: Sequence[Sequence[Item]]) -> set[str]:
        """Return the names of what was found in each gradebook, and of other columns of the same grade."""
        return {
            name
            for items, book in zip(found, self.books, strict=True)
            for item in items
            for name in (fold_name(item.name), *book.by_grade.get(item.graded, ()))
        }

    def _describe_known(
        self, row: MappedEvidence, evidence: EvidenceItem, found: Sequence[Sequence[Item]]
    ) -> MappedEvidence:
        """Return the row of evidence that gradebooks have, some perhaps several times under one name."""
        several = next((items for items in found if len(items) > 1), None)
        if several is not None:
            return _decide_row(row, tuple(item.heading for item in several), MappingState.SAME)
        _, only_by_criterion = find_criteria(found, [book.criteria for book in self.books])
        asked = evidence.criterion is None and only_by_criterion
        name = next(items[0].name for items in found if items)
        return _decide_row(row, (name,), MappingState.BY_CRITERION if asked else MappingState.SAME)


def _decide_row(row: MappedEvidence, names: tuple[str, ...], state: MappingState) -> MappedEvidence:
    """Return the row with the one item there is, or with all as candidates."""
    if len(names) == 1:
        return replace(row, state=state, item=names[0])
    return replace(row, state=MappingState.TIE, candidates=names)


def _propose_additions(
    number: int, rubric: Rubric, free: Sequence[_Candidate], books: Sequence[_Book]
) -> Iterator[MappedEvidence]:
    """Yield a row for each item that is like what a sub-competency is called; several for a tie."""
    titles = [
        [split_name(title) for title in (part.title, *(each.title for each in part.criteria))]
        for part in rubric.subcompetencies
    ]
    for candidate in free:
        likenesses = [max(_compare_title(candidate.parts, title) for title in each) for each in titles]
        best = max(likenesses)
        places = [at for at, likeness in enumerate(likenesses) if likeness is best]
        if best is Likeness.NONE:
            continue
        names = _choose_names(candidate, books)
        for at in places:
            row = MappedEvidence(number, at, None, None, MappingState.NONE)
            if len(places) == 1:
                yield _decide_row(row, names, MappingState.ADDITION)
            else:
                yield replace(row, state=MappingState.TIE, candidates=names)


def _compare_title(item: NameParts, title: NameParts) -> Likeness:
    """Return how like an item is to a title; a number such as that of Feedback 2 is none of the title's."""
    return compare_names(item if title.numbers else replace(item, numbers=()), title, LEAST_OF_TITLE)
