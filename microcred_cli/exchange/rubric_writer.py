"""A rubric as a person would write its file: blank lines between parts, short things on one line, remarks."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

from microcred_cli.exchange.draft import Draft, Tree
from microcred_cli.model.finding import Route
from microcred_cli.model.number_words import write_number
from microcred_cli.texts.scalars import is_ambiguous_scalar, resolve_plain_scalar
from microcred_cli.texts.yaml_reader import read_yaml_text

MODELINE = "# yaml-language-server: $schema=../schema/rubric.schema.json\n"
_WIDTH = 108
_LONGEST_LINE = 1_000_000
_REMARK_COLUMN = 42
_LOWEST_FIRST = "lowest first"
# Mappings and lists that are read at a glance.
_ON_ONE_LINE = frozenset({"cuts", "grades", "decide", "award", "tags", "at_least", "late", "required"})
# A blank line goes before these, and before every sub-competency but the first.
_SECTIONS = frozenset({"levels", "subcompetencies", "award", "badge"})


class _Representer(RoundTripRepresenter):
    """Numbers as they are, not as binary fractions."""

    def represent_decimal(self, number: Decimal) -> ScalarNode:
        kind = "int" if number == number.to_integral_value() else "float"
        node: ScalarNode = self.represent_scalar(f"tag:yaml.org,2002:{kind}", write_number(number))
        return node


_Representer.add_representer(Decimal, _Representer.represent_decimal)


def write_rubric(tree: Tree) -> str:
    """Return the text of the file of a rubric; reading it gives what is in the tree."""
    return write_draft(Draft(tree, {}))


def write_draft(draft: Draft) -> str:
    """Return the text of the file, with the remarks of the draft as comments."""
    text = _dump(draft, _WIDTH)
    # ruamel.yaml loses spaces at which it breaks a text in quotes; then lines are as long as they are.
    return text if _holds_texts(text, draft.tree) else _dump(draft, _LONGEST_LINE)


def _dump(draft: Draft, width: int) -> str:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.width = width
    yaml.indent(mapping=2, sequence=4, offset=2)
    stream = StringIO()
    yaml.dump(_Layout({("levels",): _LOWEST_FIRST, **draft.remarks}).arrange(draft.tree), stream)
    return f"{MODELINE}{stream.getvalue()}"


def _holds_texts(text: str, tree: Tree) -> bool:
    """Return whether every text of the tree is read from the file as it was."""
    return Counter(_list_texts(tree)) <= Counter(scalar.text for scalar in read_yaml_text(text).scalars())


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from value
        for each in value.values():
            yield from _list_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _list_texts(each)


class _Layout:
    """Turns the tree into what ruamel.yaml writes, with its layout."""

    def __init__(self, remarks: Mapping[Route, str]) -> None:
        self._remarks = remarks

    def arrange(self, tree: Tree) -> CommentedMap:
        arranged = self._arrange_mapping(tree, ())
        for key in _SECTIONS & tree.keys():
            arranged.yaml_set_comment_before_after_key(key, before="\n")
        return arranged

    def _arrange(self, value: Any, route: Route) -> Any:
        if isinstance(value, str):
            return write_text(value)
        if isinstance(value, Mapping):
            arranged: CommentedMap | CommentedSeq = self._arrange_mapping(value, route)
        elif isinstance(value, list):
            arranged = self._arrange_list(value, route)
        else:
            return value
        if _is_on_one_line(route) and not _holds_lines(value):
            arranged.fa.set_flow_style()
        return arranged

    def _arrange_mapping(self, mapping: Mapping[str, Any], route: Route) -> CommentedMap:
        arranged = CommentedMap()
        for key, value in mapping.items():
            # The parameter `n` is one of the keys of a rubric; other mappings have keys of people's own.
            name = key if route[-1:] == ("decide",) else write_text(key)
            arranged[name] = self._arrange(value, (*route, key))
            self._add_remark(arranged, key, (*route, key))
        return arranged

    def _arrange_list(self, values: list[Any], route: Route) -> CommentedSeq:
        arranged = CommentedSeq(self._arrange(each, (*route, place)) for place, each in enumerate(values))
        for place in range(len(values)):
            self._add_remark(arranged, place, (*route, place))
            if route == ("subcompetencies",) and place:
                arranged.yaml_set_comment_before_after_key(place, before="\n")
        return arranged

    def _add_remark(self, arranged: CommentedMap | CommentedSeq, key: str | int, route: Route) -> None:
        remark = self._remarks.get(route)
        if remark is not None:
            arranged.yaml_add_eol_comment(remark, key, column=_REMARK_COLUMN)


def _is_on_one_line(route: Route) -> bool:
    """Return whether what stands at the route is written with brackets or braces."""
    if any(isinstance(step, str) and step in _ON_ONE_LINE for step in route):
        return True
    return route[:1] == ("levels",) and len(route) > 1


def _holds_lines(value: Any) -> bool:
    """Return whether a text inside has several lines, so that it cannot stand on one."""
    if isinstance(value, str):
        return "\n" in value
    if isinstance(value, Mapping):
        return any(map(_holds_lines, value.values()))
    return isinstance(value, list) and any(map(_holds_lines, value))


def write_text(text: str) -> str:
    """Return the text in the style it needs: quoted where it would not be text, a block of several lines."""
    plain = isinstance(resolve_plain_scalar(text), str) and not is_ambiguous_scalar(text)
    # Inside braces libyaml takes these for the mark of a key or a value, where YAML 1.2 does not.
    if not plain or text.startswith(("?", ":")):
        quoted: str = DoubleQuotedScalarString(text)
        return quoted
    if "\n" in text and _is_plain_block(text):
        block: str = LiteralScalarString(text)
        return block
    return text


def _is_plain_block(text: str) -> bool:
    """Return whether a literal block gives the text back: no line is blank or has spaces around it."""
    return all(line and line.isprintable() and line == line.strip() for line in text.split("\n"))
