"""What people read of a rubric, gathered once for all rules about wording."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import Enum, auto
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import NamedTuple

from microcred_cli.linting.subject import Subject
from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
"""A word or number; `well-known` and `team's` are one."""

_FINAL = " .,;:!…"
_AROUND_WORDS = _FINAL + "?\"'()[]{}<>“”„‘’«»*-–—"  # noqa: RUF001 - quotation marks
_BETWEEN_WORDS = "/–—"


class Kind(Enum):
    """What a text is."""

    ABOUT = auto()
    LEVEL = auto()
    SUBCOMPETENCY = auto()
    CRITERION = auto()
    DESCRIPTOR = auto()


class Passage:
    """A text that people read: where it stands, and how it reads without case and final punctuation.

    ``folded`` is filled in when all are there, because many are folded faster together.
    """

    __slots__ = ("folded", "kind", "node")
    folded: str

    def __init__(self, node: Scalar, kind: Kind) -> None:
        self.node = node
        self.kind = kind


class CriterionWording(NamedTuple):
    """The title of a criterion, the key before its descriptors, and these by level id, as in the file."""

    title: Passage
    key: Scalar | None
    descriptors: dict[str, Passage]


class Wording(NamedTuple):
    """All that people read of one rubric.

    ``criteria`` are those of each sub-competency in turn, ``passages`` all texts: titles, descriptors and
    what is said of the rubric and the badge as a whole. ``words`` are the words in them, ``doubled`` those
    that are there twice in a row, ``text`` is all of them, folded, and ``starts`` where each begins in it.
    Rules look there first, because in most rubrics they find nothing. One is the same only as itself.
    """

    levels: tuple[Passage, ...]
    subcompetencies: tuple[Passage, ...]
    criteria: tuple[tuple[CriterionWording, ...], ...]
    passages: tuple[Passage, ...]
    text: str
    starts: list[int]
    words: frozenset[str]
    doubled: frozenset[str]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def list_criteria(self) -> Iterator[CriterionWording]:
        """Yield every criterion of every sub-competency."""
        return chain.from_iterable(self.criteria)

    def find_passages(self, parts: Iterable[str]) -> list[Passage]:
        """Return the passages that have one of the parts in their folded text, in the order of the file."""
        places = set()
        for part in parts:
            at = self.text.find(part)
            while at >= 0:
                place = bisect_right(self.starts, at) - 1
                places.add(place)
                at = self.text.find(part, self.starts[place] + len(self.passages[place].folded))
        return [self.passages[place] for place in sorted(places)]


def read_wording(subject: Subject) -> Wording:
    """Return what people read of the rubric; it is gathered once, however many rules ask for it."""
    root = subject.document.root
    assert isinstance(root, Mapping)  # noqa: S101 - the structure of a subject is sound
    return _gather(root)


def fold_text(text: str) -> str:
    """Return the text as texts are compared: without case, with single spaces, without final punctuation."""
    folded = " ".join(text.casefold().split())
    return folded.rstrip(_FINAL) or folded


@lru_cache(maxsize=1)  # a mapping is the same one only as long as it is the same object
def _gather(root: Mapping) -> Wording:
    levels = [_read_title(level, Kind.LEVEL) for level in _list(root, "levels")]
    parts = _list(root, "subcompetencies")
    titles = [_read_title(part, Kind.SUBCOMPETENCY) for part in parts]
    criteria = [tuple([_read_criterion(each) for each in _list(part, "criteria")]) for part in parts]
    passages = [*_read(root, "title", "summary"), *levels]
    for title, within in zip(titles, criteria, strict=True):
        passages.append(title)
        for criterion in within:
            passages.append(criterion.title)
            passages += criterion.descriptors.values()
    passages += _read_badge(root.get("badge"))
    texts, tokens = _fold([passage.node.text for passage in passages])
    for passage, folded in zip(passages, texts, strict=True):
        passage.folded = folded
    text = "\n".join(texts)
    return Wording(
        tuple(levels),
        tuple(titles),
        tuple(criteria),
        tuple(passages),
        text,
        starts=list(accumulate([len(each) + 1 for each in texts[:-1]], initial=0)),
        words=_collect_words(tokens, text),
        doubled=frozenset([word for word, after in pairwise(tokens) if word == after]),
    )


def _fold(texts: list[str]) -> tuple[list[str], list[str]]:
    """Return each of the texts as `fold_text` does, and what stands between spaces in them."""
    whole = "\n".join(texts).casefold()
    tokens = whole.split()
    if " ".join(tokens) != whole.replace("\n", " ") or whole.count("\n") != len(texts) - 1:
        return [fold_text(text) for text in texts], tokens
    # There are no spaces to make single, as in nearly every file.
    return [text.rstrip(_FINAL) or text for text in whole.split("\n")], tokens


def _collect_words(tokens: Iterable[str], text: str) -> frozenset[str]:
    if any(sign in text for sign in _BETWEEN_WORDS):
        for sign in _BETWEEN_WORDS:
            text = text.replace(sign, " ")
        tokens = text.split()
    # Taking off what stands around each word once is five times as fast as looking for words.
    return frozenset([word if word.isalpha() else word.strip(_AROUND_WORDS) for word in set(tokens)])


def _read_criterion(node: Mapping) -> CriterionWording:
    title = _read_title(node, Kind.CRITERION)
    for key, written in node.pairs:
        if key.text == "descriptors" and isinstance(written, Mapping):
            kind = Kind.DESCRIPTOR
            descriptors = {
                level.text: Passage(text, kind) for level, text in written.pairs if isinstance(text, Scalar)
            }
            return CriterionWording(title, key, descriptors)
    return CriterionWording(title, None, {})


def _read_badge(node: Node | None) -> list[Passage]:
    if not isinstance(node, Mapping):
        return []
    european = node.get("european")
    elements = european.pairs if isinstance(european, Mapping) else []
    texts = [_make_passage(value, Kind.ABOUT) for _, value in elements if isinstance(value, Scalar)]
    return [*_read(node, "name", "description"), *texts]


def _read(node: Node | None, *keys: str) -> list[Passage]:
    """Return the texts of a mapping that is about the whole, under those keys that it has."""
    pairs = node.pairs if isinstance(node, Mapping) else []
    return [_make_passage(text, Kind.ABOUT) for key, text in pairs if key.text in keys]


def _read_title(node: Mapping, kind: Kind) -> Passage:
    return _make_passage(node.get("title"), kind)


def _make_passage(node: Node | None, kind: Kind) -> Passage:
    assert isinstance(node, Scalar)  # noqa: S101 - the structure is sound
    return Passage(node, kind)


def _list(node: Mapping, key: str) -> list[Mapping]:
    """Return the mappings in a list that the structure asks for."""
    entries = node.get(key)
    items = entries.items if isinstance(entries, Sequence) else []
    return [each for each in items if isinstance(each, Mapping)]
