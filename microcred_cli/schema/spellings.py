"""What was most likely meant by a value that is not of the form it should be.

Each function returns the value in that form and whether the two differ only in case and in what parts words,
or None. Whether the form accepts it is for others to see.
"""

import re
from collections.abc import Callable

from microcred_cli.texts.suggest import fold_spelling

Spelling = tuple[str, bool]

_BETWEEN_WORDS = re.compile(r"[\s_./-]+")
_VERSION = re.compile(r"[vV]?([0-9]+)((?:\.[0-9]+)*)([-+][0-9A-Za-z.+-]+)?", re.ASCII)
_DURATION = re.compile(r"([0-9]+|[a-z]+)[\s_-]*([a-z]+)\.?", re.ASCII)
_ISO_DURATION = re.compile(r"P([0-9]+)([DWMY])", re.ASCII)
_SCHEME = re.compile(r"https?://", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/?#].*)?", re.IGNORECASE | re.ASCII)
_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBERS = {word: str(number) for number, word in enumerate(_NUMBER_WORDS, start=1)}
_UNITS = {
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), "week"),
    # A single m could be minutes.
    **dict.fromkeys(("mo", "mos", "mth", "mths", "month", "months"), "month"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
}
_LANGUAGES = {
    **dict.fromkeys(("english",), "en"),
    **dict.fromkeys(("german", "deutsch"), "de"),
    **dict.fromkeys(("french", "français", "francais"), "fr"),
    **dict.fromkeys(("spanish", "español", "espanol"), "es"),
    **dict.fromkeys(("dutch", "nederlands"), "nl"),
    **dict.fromkeys(("italian", "italiano"), "it"),
    **dict.fromkeys(("portuguese", "português", "portugues"), "pt"),
    **dict.fromkeys(("danish", "dansk"), "da"),
    **dict.fromkeys(("swedish", "svenska"), "sv"),
    **dict.fromkeys(("finnish", "suomi"), "fi"),
    **dict.fromkeys(("polish", "polski"), "pl"),
}


def spell(rule: str, text: str, example: str | None) -> Spelling | None:
    """Return what a text that breaks the rule most likely means; the example is one that does not."""
    if rule == "bad-format":
        return _spell_format(text, example or "")
    respell = _RESPELLERS.get(rule)
    return None if respell is None else respell(text.strip())


def spell_id(text: str) -> Spelling | None:
    """Return words as an id. Never the same: other files and badges may know it as it is written."""
    return _BETWEEN_WORDS.sub("-", text.lower()).strip("-"), False


def _spell_version(text: str) -> Spelling | None:
    match = _VERSION.fullmatch(text)
    if match is None:
        return None
    major, rest, more = match.groups()
    parts = rest.count(".")
    if parts == 2:  # noqa: PLR2004 - behind the first, so three in all
        return f"{major}{rest}{more or ''}", True
    # One number alone may be a year, or how often somebody has revised it.
    return None if parts > 1 or more else (f"{major}{rest or '.0'}.0", parts == 1)


def _spell_language(text: str) -> Spelling | None:
    named = _LANGUAGES.get(text.casefold())
    if named is not None:
        return named, False
    first, *others = text.replace("_", "-").replace(" ", "-").split("-")
    sized = (each.title() if len(each) == 4 else each.upper() for each in others)  # noqa: PLR2004 - a script
    return "-".join((first.lower(), *sized)), True


def _spell_duration(text: str) -> Spelling | None:
    iso = _ISO_DURATION.fullmatch(text)
    if iso is not None:
        written, unit = iso[1], {"D": "day", "W": "week", "M": "month", "Y": "year"}[iso[2]]
    else:
        match = _DURATION.fullmatch(text.lower())
        if match is None or match[2] not in _UNITS:
            return None
        written, unit = match[1], _UNITS[match[2]]
    number = _NUMBERS.get(written, written).lstrip("0")
    meant = f"{number} {unit}{'' if number == '1' else 's'}"
    spelling = fold_spelling(text)
    return meant, spelling in {f"{number}{unit}", f"{number}{unit}s"}


def _spell_url(text: str) -> Spelling | None:
    scheme = _SCHEME.match(text)
    if scheme is not None:
        return f"{scheme[0].lower()}{text[scheme.end() :]}", True
    return (f"https://{text}", False) if _HOST.fullmatch(text) else None


def _spell_path(text: str) -> Spelling | None:
    return text.replace("\\", "/"), False


def _spell_format(text: str, example: str) -> Spelling | None:
    if fold_spelling(text) == fold_spelling(example):
        return example, True
    bare = text.removesuffix(".0").replace("/", "")
    return (example, False) if fold_spelling(bare) == fold_spelling(example.replace("/", "")) else None


_RESPELLERS: dict[str, Callable[[str], Spelling | None]] = {
    "bad-id": spell_id,
    "bad-version": _spell_version,
    "bad-language": _spell_language,
    "bad-duration": _spell_duration,
    "bad-url": _spell_url,
    "bad-path": _spell_path,
}
