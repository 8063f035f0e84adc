"""What is wrong with a text that is not YAML, in the words of who writes rubrics; loaded only then."""

import re
from collections.abc import Callable
from typing import NamedTuple

from microcred_cli.model.place import Span
from microcred_cli.texts.lines import LINE_BREAK
from microcred_cli.texts.safe import shorten
from microcred_cli.texts.yaml_places import find_line, find_line_before, find_line_end

TABLE_ADVICE = "this is not a rubric; for a gradebook: `microcred inspect FILE`"

_TABS = re.compile(r" *(\t[ \t]*)")
_INDENT = re.compile(r" *")
_EMPTY = re.compile(r"[ \t]*(?:#[^\r\n]*)?")
_DASH_ALONE = re.compile(r" *-(?=[A-Za-z_])[^\r\n]*:")
_COLON_ALONE = re.compile(r"(?: *- +)* *([A-Za-z_][\w-]*):(?=[^\s:/])([^\r\n]*)")
_KEY = re.compile(r"((?: *- +)* *)([^\s:#,\[\]{}'\"-][^:\r\n]*|\"[^\"\r\n]*\"|'[^'\r\n]*'):(?=[ \t\r\n]|$)")
_ROW = re.compile(r"(?![#?&*!|>%-])[^\r\n:\[{]*(?:,[^\r\n]*,|;[^\r\n]*;|\t[^\r\n]*\t)")
_DASH = re.compile(r" *-(?: |$)")
# So many lines are looked at for one that explains the fault.
_MOST_LINES = 200


class Explanation(NamedTuple):
    """A finding of the reader: the rule, what is wrong, where, and what to do."""

    rule: str
    message: str
    span: Span
    advice: str


def looks_like_table(text: str) -> bool:
    """Return whether a text begins with rows of values rather than with keys."""
    return text[:4] == "PK\x03\x04" or _ROW.match(text) is not None


def explain(text: str, problem: str, context: str | None, start: int, opening: int) -> Explanation:
    """Return what libyaml's problem at ``start`` means; what it was reading then began at ``opening``."""
    start, opening = min(start, len(text)), min(opening, len(text))
    line = find_line(text, start)
    tabs = _TABS.match(text, line)
    # Inside brackets a tab before a line does no harm.
    if tabs is not None and (text[start : start + 1] == "\t" or problem.startswith("mapping values")):
        advice = "indent with spaces; editors can turn all tabs of a file into spaces"
        return Explanation("tab-indentation", "this line is indented with a tab", Span(*tabs.span(1)), advice)
    found = _explain_line(text, line) or _explain_problem(text, problem, start, opening)
    if found is not None:
        return found
    message = f"this is not YAML: {problem}" + (f" ({context})" if context else "")
    end = max(find_line_end(text, start), start + 1)
    return _report(message, Span(start, end), "check indentation, colons and quotes near here")


def _report(message: str, span: Span, advice: str) -> Explanation:
    return Explanation("not-yaml", message, span, advice)


def _explain_line(text: str, line: int) -> Explanation | None:
    """Return what can be seen in the line, or in the one before it, at which reading stopped."""
    if looks_like_table(text):
        return _report("this looks like a table, not like YAML", _mark_line(text, 0), TABLE_ADVICE)
    for each in (line, _find_full_line_before(text, line)):
        if each is None:
            continue
        span = _mark_line(text, each)
        written = text[span.start : span.end]
        if _DASH_ALONE.match(text, each) is not None:
            advice = f"put a space behind the hyphen: `- {shorten(written[1:])}`"
            return _report("there is no space behind this hyphen", span, advice)
        colon = _COLON_ALONE.match(text, each)
        if colon is not None and ": " not in colon[2]:
            advice = f"put a space behind the colon: `{colon[1]}: {shorten(colon[2].strip())}`"
            return _report("there is no space behind this colon", span, advice)
    return None


def _explain_problem(text: str, problem: str, start: int, opening: int) -> Explanation | None:
    """Return what libyaml's words mean, where it is known."""
    explained = next((_PROBLEMS[each] for each in _PROBLEMS if problem.startswith(each)), None)
    return None if explained is None else explained(text, start, opening)


def _explain_quote(text: str, _start: int, opening: int) -> Explanation:
    message = "the quote that opens here is never closed"
    return _report(message, _mark_rest(text, opening), "close it at the end of the text")


def _explain_escape(_text: str, start: int, _opening: int) -> Explanation:
    advice = "use 'single quotes', or write each backslash twice"
    return _report("a backslash between double quotes means something else", _one(start), advice)


def _explain_sign(text: str, start: int, _opening: int) -> Explanation | None:
    sign = text[start : start + 1]
    if not sign.strip():
        return None
    name = "a backtick" if sign == "`" else f"`{sign}`"
    advice = "put the whole text in quotes"
    return _report(f"a text cannot begin with {name}", _mark_rest(text, start), advice)


def _explain_bracket(text: str, start: int, _opening: int) -> Explanation | None:
    sign = text[start : start + 1]
    if sign not in {"]", "}", ","}:
        return None
    advice = "delete it, or put the text in quotes"
    return _report(f"`{sign}` has nothing before it to which it belongs", _one(start), advice)


def _explain_colon(text: str, start: int, _opening: int) -> Explanation | None:
    """Return why a colon cannot stand there: a second one in its line, or a line too far to the right."""
    line = find_line(text, start)
    key = _KEY.match(text, line)
    if key is not None and key.end() <= start:
        advice = "a text with a colon and a space in it has to stand in quotes"
        return _report("a second colon stands in this line", _mark_rest(text, start), advice)
    return _explain_depth(text, line)


def _explain_depth(text: str, line: int) -> Explanation | None:
    """Return below which key the line stands too far to the right."""
    column = _measure(text, line)
    above: int | None = line
    for _ in range(_MOST_LINES):
        above = _find_full_line_before(text, above)
        found = None if above is None else _KEY.match(text, above)
        if above is None:
            return None
        if found is not None and len(found[1]) < column:
            name = shorten(found[2].strip("'\""))
            message = f"this line is indented further than `{name}` above it"
            advice = f"indent it as far as `{name}`: with {_count_spaces(len(found[1]))}"
            return _report(message, _mark_line(text, line), advice)
    return None


def _explain_bare_line(text: str, start: int, _opening: int) -> Explanation | None:
    line = find_line(text, start)
    before = _find_full_line_before(text, line) if text[line:start].strip() == "" else line
    if before is None or _KEY.match(text, before) is not None:
        return None
    advice = "a line begins with a key and a colon, or is indented to go on with the text above it"
    return _report("this line has no key with a colon", _mark_line(text, before), advice)


def _explain_brackets(text: str, start: int, opening: int) -> Explanation | None:
    sign = text[opening : opening + 1]
    if sign not in {"[", "{"}:
        return None
    number = len(LINE_BREAK.findall(text, 0, opening)) + 1
    closing = "]" if sign == "[" else "}"
    message = f"the `{sign}` in line {number} is not closed, or a comma is missing before this"
    advice = f"put a comma between entries and `{closing}` behind the last; quote a text with a colon in it"
    return _report(message, _mark_rest(text, start), advice)


def _explain_place(text: str, start: int, _opening: int) -> Explanation | None:
    """Return why something cannot stand there: behind a closing quote, or no line is as far indented."""
    line = find_line(text, start)
    before = text[line:start].rstrip()
    if before.endswith(('"', "'")):
        advice = "put all of the text into the quotes; inside single quotes, write ' twice"
        return _report("there is more text behind the closing quote", _mark_rest(text, start), advice)
    if before.strip():
        return None
    column, span = _measure(text, line), _mark_line(text, line)
    columns = sorted(_list_columns(text, line, column))
    if columns and column > columns[-1] and _DASH.match(text, line) is None:
        return _explain_depth(text, line)
    if column not in columns:
        wanted = " or ".join(map(str, columns[-2:]))
        advice = f"indent it as far as the lines it belongs to: with {wanted} spaces"
        return _report("no line to which this one could belong is as far indented", span, advice)
    if _DASH.match(text, line) is not None:
        advice = "indent it to the right of the key whose list it belongs to, or delete the hyphen"
        return _report("this line begins with a hyphen, those beside it do not", span, advice)
    advice = "begin it with a hyphen and a space, or indent it as far as the entry above it"
    return _report("this line begins with no hyphen, those beside it do", span, advice)


def _list_columns(text: str, line: int, column: int) -> set[int]:
    """Return how far those lines above are indented of whose lists and mappings the line could be a part."""
    columns: set[int] = set()
    innermost: int | None = None
    above: int | None = line
    for _ in range(_MOST_LINES):
        above = _find_full_line_before(text, above)
        if above is None:
            break
        places = {_measure(text, above)}
        if _DASH.match(text, above) is not None and (found := _KEY.match(text, above)) is not None:
            places.add(len(found[1]))
        open_here = {each for each in places if innermost is None or each < innermost or each == column}
        columns |= open_here
        innermost = min(places) if innermost is None else min(innermost, *places)
    return columns


def _find_full_line_before(text: str, line: int | None) -> int | None:
    """Return where the last line before this one starts that holds more than a comment."""
    for _ in range(_MOST_LINES):
        before = line if line is None else find_line_before(text, line)
        if before is None or before == line:
            return None
        line = before
        if _EMPTY.fullmatch(text, line, find_line_end(text, line)) is None:
            return line
    return None


def _measure(text: str, line: int) -> int:
    indent = _INDENT.match(text, line)
    return 0 if indent is None else indent.end() - line


def _count_spaces(number: int) -> str:
    return {0: "no space", 1: "1 space"}.get(number, f"{number} spaces")


def _mark_line(text: str, line: int) -> Span:
    """Return where the line stands without the spaces around it."""
    end = find_line_end(text, line)
    written = text[line:end]
    return Span(line + len(written) - len(written.lstrip()), line + len(written.rstrip()))


def _mark_rest(text: str, start: int) -> Span:
    return Span(start, max(find_line_end(text, start), start))


def _one(start: int) -> Span:
    return Span(start, start + 1)


_PROBLEMS: dict[str, Callable[[str, int, int], Explanation | None]] = {
    "mapping values": _explain_colon,
    "could not find expected ':'": _explain_bare_line,
    "found unexpected end of stream": _explain_quote,
    "found unknown escape": _explain_escape,
    "found character that cannot start": _explain_sign,
    "did not find expected node content": _explain_bracket,
    "did not find expected ',' or '}'": _explain_brackets,
    "did not find expected ',' or ']'": _explain_brackets,
    "did not find expected key": _explain_place,
    "did not find expected '-'": _explain_place,
}
