"""What is around a place in a YAML text."""

import pytest

from microcred_cli.texts.nodes import Scalar
from microcred_cli.texts.yaml_places import find_around, find_line_before
from microcred_cli.texts.yaml_reader import read_yaml_text


@pytest.mark.parametrize(
    ("text", "place", "names"),
    [
        ("a: [b, {c: d}]\n", "d", "Mapping Sequence Mapping Scalar"),
        ("a: [b, {c: d}]\n", "c", "Mapping Sequence Mapping Scalar"),
        ("a: [b, {c: d}]\n", "{", "Mapping Sequence Mapping"),
        ("{ a: 1}\n", "{", "Mapping"),
        ("[ a]\n", "[", "Sequence"),
        ("a: b # c\n", "c", ""),
    ],
)
def test_from_the_root_to_the_innermost(text: str, place: str, names: str) -> None:
    path = find_around(read_yaml_text(text), text.rindex(place))
    assert " ".join(type(node).__name__ for node in path) == names
    assert [node.text for node in path if isinstance(node, Scalar)] in ([place], [])


@pytest.mark.parametrize(
    ("text", "start", "before"),
    [("a\nb", 2, 0), ("a\r\nb", 3, 0), ("a\rb", 2, 0), ("a\n\nb", 3, 2), ("a", 0, 0)],
)
def test_the_line_before(text: str, start: int, before: int) -> None:
    assert find_line_before(text, start) == before
