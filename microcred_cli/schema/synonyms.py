"""Other words for the words of rubric and project files; loaded only when one is not known.

Each word stands here without case, spaces, hyphens and underscores.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from microcred_cli.texts.suggest import find_replacement, fold_spelling

_KEYS = {
    **dict.fromkeys(("name", "label", "heading"), ("title", "item", "framework")),
    "title": ("name", "item"),
    **dict.fromkeys(("description", "about", "abstract", "definition"), ("summary",)),
    **dict.fromkeys(
        ("threshold", "pass", "passmark", "passing", "passat", "mastery", "masteryat", "masterylevel"),
        ("shown_at",),
    ),
    **dict.fromkeys(("scale", "ratings", "performancelevels"), ("levels",)),
    **dict.fromkeys(
        ("outcomes", "competencies", "skills", "objectives", "learningoutcomes"), ("subcompetencies",)
    ),
    **dict.fromkeys(("assignment", "task", "activity"), ("item", "evidence")),
    **dict.fromkeys(("assignments", "tasks", "activities", "items", "assessments"), ("evidence",)),
    **dict.fromkeys(("value", "score", "mark"), ("points",)),
    **dict.fromkeys(("indicators", "criterias"), ("criteria",)),
    **dict.fromkeys(("method", "calculation", "aggregation"), ("by", "decide")),
    **dict.fromkeys(("thresholds", "cutoffs", "cutscores"), ("cuts",)),
    **dict.fromkeys(("picture", "icon", "logo"), ("image",)),
    **dict.fromkeys(("keywords", "topics"), ("tags",)),
    **dict.fromkeys(("expires", "expiry", "validity", "validfor"), ("expires_after",)),
    **dict.fromkeys(("lang", "locale"), ("language",)),
    **dict.fromkeys(("link", "address", "website", "homepage"), ("url",)),
    **dict.fromkeys(("and", "every", "each", "allof"), ("all",)),
    **dict.fromkeys(("or", "either", "oneof", "anyof"), ("any",)),
    **dict.fromkeys(("min", "minimum", "atleastof"), ("at_least",)),
}
_METHODS = {
    **dict.fromkeys(("mean", "avg", "arithmeticmean", "simpleaverage"), "average"),
    **dict.fromkeys(("best", "max", "maximum", "top", "highestscore", "bestscore"), "highest"),
    **dict.fromkeys(("last", "newest", "mostrecent", "recent", "latestscore", "lastscore"), "latest"),
    **dict.fromkeys(("mode", "modal", "mostfrequent"), "most-common"),
    **dict.fromkeys(("droplow", "dropthelowest", "droplowestscore"), "drop-lowest"),
    **dict.fromkeys(("meanofbest", "averageofhighest", "bestofn"), "mean-of-highest"),
    **dict.fromkeys(("middle",), "median"),
}
_SOURCES = {
    **dict.fromkeys(("teacher", "tutor", "professor", "lecturer", "faculty"), "instructor"),
    **dict.fromkeys(("student", "self"), "learner"),
}
_WORDS = {"unknown-method": _METHODS, "unknown-source": _SOURCES}
# `mean` is as like `median` as many a slip is like what was meant, and decides otherwise.
_ALIKE = {"unknown-method": 0.85}
_USUALLY_ALIKE = 0.75


class Meant(NamedTuple):
    """The known word that is meant; ``same``: it is only written otherwise, ``other``: it is a synonym."""

    name: str
    same: bool = False
    other: bool = False


def find_key(name: str, known: Iterable[str]) -> Meant | None:
    """Return which of the known keys an unknown one stands for, if that can be told."""
    candidates = list(known)
    replacement = find_replacement(name, candidates)
    if replacement is not None and replacement.same:
        return Meant(replacement.name, same=True)
    for each in _KEYS.get(fold_spelling(name), ()):
        if each in candidates:
            return Meant(each, other=True)
    return None if replacement is None else Meant(replacement.name)


def find_word(rule: str, name: str, known: Collection[str]) -> Meant | None:
    """Return which of the known words of the rule an unknown one stands for, if that can be told."""
    found = _WORDS.get(rule, {}).get(fold_spelling(name))
    if found in known:
        return Meant(found, other=True) if found is not None else None
    replacement = find_replacement(name, known, _ALIKE.get(rule, _USUALLY_ALIKE))
    return None if replacement is None else Meant(replacement.name, replacement.same)


def advises_by_letters(rule: str) -> bool:
    """Return whether a word may be suggested that is only somewhat like the unknown one."""
    return rule not in _ALIKE
