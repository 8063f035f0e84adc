"""The words that rules about wording look for, one module a language, named after its tag."""

from functools import cache
from importlib import import_module
from typing import NamedTuple

LANGUAGES = frozenset({"en"})
"""The languages whose words are known; rubrics in others are only looked at by rules that need none."""


class WordLists(NamedTuple):
    """The words of one language, in lower case. Phrases are tuples of words.

    ``degree``: how much or how often, without saying how one would tell; ``partial`` are those that mean
    less than wholly or always, and ``fillers`` go with them, as one of ``joiners`` does between two;
    behind one of ``approximations`` one of ``nothing`` is one as well. Before one of its ``kinds`` a word
    says which of them it is, and not how much of it.

    ``vague``: praise and blame that say nothing of what is seen, unless they stand in one of ``terms``, or
    one of ``reasons`` is in the text, or one of ``aims`` follows, or later one of ``clauses``, or a word
    before that ends as ``measure_end`` and is none of degree says by what it is measured. ``blame`` may be
    what a learner with one of ``finders`` looks for, unless one of ``copulas`` says that the work is so.

    ``level_phrases``: the patterns of texts that only name a level, and ``level_hints`` one of which is in
    each; ``absences``: of texts that say that there is nothing to mark.

    ``hidden``: verbs and phrases for what goes on in a head, by their first words; so do ``states`` that
    one of ``shows`` stands before, not parted from it by one of ``partings``, and one of ``state_ends`` or
    nothing behind. ``hidden_hints`` are one word of each. ``openings``, and words that end as
    ``opening_end`` says, may stand before them. ``hidden_or_things`` are nouns unless one of ``objects`` is
    behind them, and with one of ``nothing`` behind them all say what is not known. One of ``signs``, and of
    a state one of ``state_signs``, says how it is seen after all.

    ``acts``: what somebody does, as it is said of a learner, and what cannot be anything else;
    ``orders``: the same, said to the learner; ``acts_or_things`` may be nouns as well, unless one of
    ``articles`` follows, or a word for several things, which ends as an act does and is none of
    ``no_things``, and then nothing or one of ``behind_things``. ``joiners`` stand between two of them;
    one of ``references`` says that both are about one thing, or that the learner does only one. An act
    ends as ``third_person`` says and not as ``not_third_person`` does.

    ``blanks``: the patterns of texts that stand for one nobody has written yet, and ``blank_words`` one of
    which is in each; ``blank_orders`` are what begins one in brackets. After a marker such as TODO, one of
    ``marked`` says that markers are what the text is about. ``pointers``: the patterns of texts that only
    point at another, whose group is the name of a level, and ``pointer_words`` one of which is in each.
    """

    degree: frozenset[str]
    partial: frozenset[str]
    fillers: frozenset[str]
    approximations: frozenset[str]
    kinds: frozenset[tuple[str, str]]
    vague: frozenset[str]
    terms: frozenset[tuple[str, str]]
    reasons: frozenset[str]
    aims: frozenset[str]
    clauses: frozenset[str]
    measure_end: str
    blame: frozenset[str]
    finders: frozenset[str]
    copulas: frozenset[str]
    level_phrases: tuple[str, ...]
    level_hints: frozenset[str]
    absences: tuple[str, ...]
    hidden: dict[str, list[tuple[str, ...]]]
    shows: frozenset[str]
    states: frozenset[str]
    state_ends: frozenset[str]
    partings: frozenset[str]
    hidden_hints: frozenset[str]
    openings: frozenset[str]
    opening_end: str
    hidden_or_things: frozenset[str]
    objects: frozenset[str]
    nothing: frozenset[str]
    signs: frozenset[str]
    state_signs: frozenset[str]
    acts: frozenset[str]
    orders: frozenset[str]
    acts_or_things: frozenset[str]
    articles: frozenset[str]
    no_things: frozenset[str]
    behind_things: frozenset[str]
    joiners: frozenset[str]
    references: frozenset[str]
    blanks: tuple[str, ...]
    blank_words: frozenset[str]
    blank_orders: tuple[str, ...]
    pointers: tuple[str, ...]
    pointer_words: frozenset[str]
    marked: frozenset[str]
    third_person: str
    not_third_person: str

    def is_of_learner(self, verb: str) -> bool:
        """Return whether the verb is one of ``acts`` by its form, and not one of ``orders``."""
        return verb.endswith(self.third_person) and not verb.endswith(self.not_third_person)

    # There is one a language, and results are kept for it.
    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


@cache
def load_words(language: str) -> WordLists | None:
    """Return the words of the language with that tag; None when they are not known."""
    name = language.partition("-")[0]
    if name not in LANGUAGES:
        return None
    lists: WordLists = import_module(f"microcred_cli.linting.words.{name}").WORDS
    return lists
