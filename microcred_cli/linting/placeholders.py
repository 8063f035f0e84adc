"""Texts that stand for one that nobody has written yet."""

import re
from collections.abc import Iterator
from functools import cache

from microcred_cli.linting.wording import Kind, Passage, Wording
from microcred_cli.linting.words import WordLists

# As the whole of a text, in any language.
_ALONE = frozenset({
    ".", "/", "-", "--", "---", "–", "—", "…", "...", "..", "....", "?", "??", "_", "__", "___", "n/a", "n.a",
    "tbd", "tba", "tbc", "fixme", "[...]", "[…]", "(...)", "<...>", "<…>",
})  # fmt: skip
# In every text with a marker is one of these words or signs, before every order in brackets an opening.
_HINTS = frozenset({"tbd", "todo", "fixme", "lorem"})
_SIGNS = ("xxx", "???")
_OPENINGS = ("<", "[", "{")
# In capitals, since `todo` is a word in Spanish; what programmers leave in their code, which a rubric may be
# about, only where it speaks of the rubric itself.
_MARKED = re.compile(
    r"\bTBD\b|\b[Ll]orem\s+ipsum\b|\?{3,}|\b[Xx]{3,}\b"
    r"|\A\s*(?:TODO|FIXME)\b(?:\s*:)?|\b(?:TODO|FIXME)(?=:)|(?<=[\[(<])(?:TODO|FIXME)\b"
)
_BRACKETS = frozenset("[(<")
_FOLLOWING = re.compile(r"[\s`'\"]*(\w+)")
# No blank is longer; what is, is a sentence.
_LONGEST = 80


def find_placeholders(wording: Wording, words: WordLists | None) -> Iterator[tuple[Passage, int, int]]:
    """Yield each passage that is a placeholder or has one in it, and from where to where.

    Without ``words`` only what is one in every language is found.
    """
    # `+` and `-` are the levels of some scales, and `n/a` may be one.
    alone = [each for each in wording.passages if each.folded in _ALONE and each.kind is not Kind.LEVEL]
    for passage in alone:
        yield passage, *_strip(passage.node.text)
    hints = [*_SIGNS, *(wording.words & _HINTS)]
    if words is not None:
        hints += [*_OPENINGS, *(wording.words & words.blank_words)]
    found = {id(passage) for passage in alone}
    for passage in wording.find_passages(hints):
        place = None if id(passage) in found else _find_in(passage, words)
        if place is not None:
            found.add(id(passage))
            yield passage, *place
    if words is not None:
        for passage in _find_pointers(wording, words):
            if id(passage) not in found:
                yield passage, *_strip(passage.node.text)


def _find_pointers(wording: Wording, words: WordLists) -> Iterator[Passage]:
    """Yield each descriptor that only points at another, as in `same as developing but better`."""
    pattern, names = _compile_blanks(words.pointers), None
    for passage in wording.find_passages(wording.words & words.pointer_words):
        if passage.kind is Kind.DESCRIPTOR and len(passage.folded) <= _LONGEST:
            match = pattern.fullmatch(passage.folded)
            if match is not None and names is None:
                names = {level.folded for level in wording.levels}
                names.update(*[each.descriptors for each in wording.list_criteria()])
            if match is not None and names is not None and (match[1] is None or match[1] in names):
                yield passage


def _find_in(passage: Passage, words: WordLists | None) -> tuple[int, int] | None:
    text = passage.node.text
    marker = _find_marker(text, words)
    if marker is not None or words is None:
        return marker
    if len(passage.folded) <= _LONGEST and _compile_blanks(words.blanks).fullmatch(passage.folded):
        return _strip(text)
    match = _compile_brackets(words.blank_orders).search(text)
    return None if match is None else match.span()


def _find_marker(text: str, words: WordLists | None) -> tuple[int, int] | None:
    for match in _MARKED.finditer(text):
        start, end = match.start() + len(match[0]) - len(match[0].lstrip()), match.end()
        if words is None:
            # The word for `all` in languages whose lists are not here may be a title in capitals.
            if (
                match[0].strip() != "TODO"
                or text[start - 1 : start] in _BRACKETS
                or text[end : end + 1] == ":"
            ):
                return start, end
            continue
        following = _FOLLOWING.match(text, end)
        # `TODO comments are taken out` is about comments.
        if following is None or following[1].casefold() not in words.marked:
            return start, end
    return None


def _strip(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text.rstrip())


@cache
def _compile_blanks(blanks: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(blanks))


@cache
def _compile_brackets(orders: tuple[str, ...]) -> re.Pattern[str]:
    begin = "|".join(map(re.escape, orders))
    pairs = (("<", ">"), ("[", "]"), ("{", "}"))
    parts = (rf"\{start}\s*(?:{begin})\b[^\{start}\{end}]+\{end}" for start, end in pairs)
    return re.compile("|".join(parts), re.IGNORECASE)
