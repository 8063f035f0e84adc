"""Scalars that we write mean to every reader what they were written for."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence
from microcred_cli.texts.yaml_reader import read_yaml_text
from microcred_cli.texts.yaml_writer import write_scalar


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Team charter", "Team charter"),
        ("Essay 2, part (b)", "Essay 2, part (b)"),
        ("It's done: really", '"It\'s done: really"'),
        ("C#", "C#"),
        ("Quiz #2", '"Quiz #2"'),
        ("a:b", "a:b"),
        ("ends in:", '"ends in:"'),
        ("-x", "-x"),
        ("- x", '"- x"'),
        ("yes", '"yes"'),
        ("007", '"007"'),
        ("1.5", '"1.5"'),
        ("1:30", '"1:30"'),
        ("null", '"null"'),
        ("=", '"="'),
        ("2026-01-31", '"2026-01-31"'),
        ('say "hi" \\o/', 'say "hi" \\o/'),
        ('"hi" \\o/', '"\\"hi\\" \\\\o/"'),
        ("Прочитано ✓ 👩‍🎓", "Прочитано ✓ 👩‍🎓"),
        ("\u200fש", '"\\u200fש"'),
        ("", '""'),
    ],
)
def test_quotes_only_where_yaml_needs_them(text: str, written: str) -> None:
    assert write_scalar(text) == written


def test_the_quotes_asked_for() -> None:
    assert write_scalar("a", "'") == "'a'"
    assert write_scalar("it's", "'") == "'it''s'"
    assert write_scalar("a", '"') == '"a"'
    assert write_scalar("\u200fa", "'") == '"\\u200fa"'
    assert write_scalar("a, b") == "a, b"
    assert write_scalar("a, b", in_flow=True) == '"a, b"'


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text(st.sampled_from("ab01 :#-'\"[]{},&*!|>%@`?\\~=<.yYnoé\t\n\u2028\ufeff👩"), max_size=8),
    st.sampled_from(["yes", "No", "off", "012", "0x1F", "1_000", ".inf", "~", "<<", "---", "...", "1e5"]),
)


def read(text: str) -> Any:
    document = read_yaml_text(text)
    return None if document.root is None else simplify(document.root)


def simplify(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key.text: simplify(value) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [simplify(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value


@given(TEXTS, st.sampled_from(["", "'", '"']))
def test_any_text_reads_back(text: str, style: str) -> None:
    block = f"a:\n  - {write_scalar(text, style)}  # why\nb: c\n"
    scalar = write_scalar(text, style, in_flow=True)
    flow = f"a: [{scalar}, d]\nb: {{e: {scalar}}}\n"
    assert yaml.safe_load(block) == {"a": [text], "b": "c"}
    assert yaml.safe_load(flow) == {"a": [text, "d"], "b": {"e": text}}
    document = read_yaml_text(block)
    # Some characters belong into no rubric, however they are written.
    assert {finding.rule for finding in document.findings} <= {"control-character"}
    if document.root is not None:
        assert read(block) == {"a": [text], "b": "c"}
        assert read(flow) == {"a": [text, "d"], "b": {"e": text}}
