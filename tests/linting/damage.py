"""Valid files, written in other ways and damaged in the ways that fixes know of."""

import re
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
Change = Callable[[re.Match[str], Draw], Any]

_KEYS = re.compile(
    r"\b(format|version|title|levels|points|shown_at|subcompetencies|criteria|descriptors|evidence|item|cuts"
    r"|source|decide|by|latest|at_least|award|all|any|badge|image|tags|alignment|expires_after|grades|issuer"
    r"|output)(?=: )"
)
_WORDS = re.compile(
    r"(?<=: )(instructor|learner|employer|average|decaying-average|drop-lowest|mean-of-highest|highest|latest"
    r"|best|leave-out|canvas|levels|plain|hashed)\b"
)
_NAMES = re.compile(
    r"(?<=[ \[{])(beginning|developing|proficient|exemplary|listens|gives-feedback|shared-goals)\b"
)
_NUMBERS = re.compile(r"(?<=: )[0-9]+(?=[,}\r\n])")
_SHARES = re.compile(r"[0-9]+%")
_VERSION = re.compile(r"(?<=version: )1\.0\.0")
_DURATION = re.compile(r"(?<=: )([0-9]) (years?)")
_ADDRESS = re.compile(r"https?://(?=[a-z.]+)")
_TITLE = re.compile(r"(?<=title: )[A-Z][A-Za-z ]*(?=[,}\r\n])")
_VALUE = re.compile(r"(?<=: )[A-Za-z0-9][A-Za-z0-9 ]*(?=[,}\r\n])")
_LINE = re.compile(r"^ *[a-z_]+: [^\r\n]*\r?\n", re.MULTILINE)
_ENTRY = re.compile(r"^ *- [^\r\n]*\r?\n", re.MULTILINE)
_PAIR = re.compile(r"(?<=[{ ])[a-z-]+: [^,{}\[\]\r\n]+(?=, |})")
_NAME = re.compile(r"(?<=\[)[a-z-]+(?=[,\]])")
_ITEM = re.compile(r"^( *)- (item: [^\r\n]*)(\r?\n)", re.MULTILINE)
_LINE_END = re.compile(r"(?<=\S)(?=\r?\n)")
_FORMAT = re.compile(r"format: [^\r\n]*\r?\n")
_LETTER = re.compile(r"(?<=[a-z])[a-z]")
_CUTS = re.compile(r"([0-9]+)%, ([a-z]+): ([0-9]+)%")
_LEVELS = re.compile(r"(?<=points: )([1-4])([^\r\n]*\r?\n[^\r\n]*points: )([1-4])")
_SHORT_MAP = re.compile(r"^( *)([a-z]+): \{([^{}\[\]\"]+)\}(?=\r?\n)", re.MULTILINE)
_COMMA = re.compile(r", (?=[a-z])")

SLUGS = (
    "shown-at-lowest",
    "MC305",
    "missing-image",
    "vague-word",
    "no-such-rule",
    "shown_at_lowest",
    "Vague Word",
)


def _pick(*choices: str) -> Change:
    """Return what writes one of the texts, in which {} stands for what was there."""
    return lambda match, draw: draw(st.sampled_from(choices)).replace("{}", match[0])


def _respell(match: re.Match[str], draw: Draw) -> Any:
    text = match[0]
    spellings = (
        text.title(),
        text.upper(),
        text.replace("_", "-"),
        text.replace("-", "_"),
        text.replace("-", " "),
    )
    typos = (text[1:], text[:-1], f"{text}s", f"{text[:2]}{text[3:]}", f"{text[1]}{text[0]}{text[2:]}")
    return draw(st.sampled_from((*spellings, *typos, f'"{text.title()}"')))


def _suppress(match: re.Match[str], draw: Draw) -> str:
    verb = draw(st.sampled_from(("ignore", "ignore", "ignore-file", "Ignore", "ignor")))
    names = draw(st.lists(st.sampled_from(SLUGS), min_size=1, max_size=3).map(", ".join))
    return f"{match[0]}  # microcred: {verb}[{names}] why"


def _weigh(match: re.Match[str], draw: Draw) -> str:
    indent, item, end = match.groups()
    first, second = draw(st.sampled_from(((item, "weight: 2"), ("weight: 1", item))))
    return f"{indent}- {first}{end}{indent}  {second}{end}"


DAMAGES: tuple[tuple[re.Pattern[str], Change], ...] = (
    (_KEYS, _respell),
    (_WORDS, _respell),
    (_NAMES, _respell),
    (_NUMBERS, _pick('"{}"', "'{}'", "{}.0", "{}_0", "0{}", "no", '"{},5"')),
    (
        _SHARES,
        lambda match, draw: draw(
            st.sampled_from((match[0][:-1], f"{match[0][:-1]} %", f'"0.{match[0][:-1]}"'))
        ),
    ),
    (_VERSION, _pick("1.0", "v{}", "v2", '"1"', "01.0")),
    (
        _DURATION,
        lambda match, draw: draw(
            st.sampled_from((f"{match[1]}{match[2].title()}", f"{match[1]} yrs", "P3Y"))
        ),
    ),
    (_ADDRESS, lambda match, draw: draw(st.sampled_from(("", match[0].upper())))),
    (
        _TITLE,
        _pick(
            "no", "2026", "true", "1:30", "!!str {}", "!!str 5", "!!int {}", "0x1F", "012", "2026-01-31", "~"
        ),
    ),
    (_VALUE, _pick("!!str {}", "'{}'", "|\n                  {}", "\u202e{}", "{}\x07", "&a {}")),
    (_LINE, _pick("{}{}", "{}{}{}")),
    (_ENTRY, _pick("{}{}")),
    (_PAIR, _pick("{}, {}", "{} , {} ,{}")),
    (_NAME, _pick("{}, {}", "{},\n  {}", "{},  # which\n  {}", "{}, {} ")),
    (_ITEM, _weigh),
    (_LINE_END, _suppress),
    (_FORMAT, _pick("", "format: Microcred/1\n", "Format: microcred/1\n")),
    (_LETTER, _pick("", "{}{}")),
    (_CUTS, lambda match, _: f"{match[3]}%, {match[2]}: {match[1]}%"),
    (_LEVELS, lambda match, _: f"{match[3]}{match[2]}{match[1]}"),
)

STYLES: tuple[tuple[re.Pattern[str], Change], ...] = (
    (_LINE_END, _pick("  # aside", "   # and: more, [of] {it}", "\n", "\n  # alone", "\n# left")),
    (_LINE, _pick("{}\n", "\n{}", "# above\n{}")),
    (_SHORT_MAP, lambda match, _: _spread(match)),
    (_COMMA, _pick(" , ", ",\n        ", ",   # split\n            ", ",  ")),
)


def _spread(match: re.Match[str]) -> str:
    indent = match[1]
    pairs = "".join(f"\n{indent}    {each.strip()}" for each in match[3].split(", "))
    return f"{indent}{match[2]}:{pairs}"


def change_somewhere(
    text: str, changes: tuple[tuple[re.Pattern[str], Change], ...], data: st.DataObject
) -> str:
    """Return the text with one of the changes at one of the places where it can be."""
    pattern, change = data.draw(st.sampled_from(changes))
    places = list(pattern.finditer(text))
    if not places:
        return text
    match = data.draw(st.sampled_from(places))
    return f"{text[: match.start()]}{change(match, data.draw)}{text[match.end() :]}"
