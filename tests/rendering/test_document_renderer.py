"""Templates of badge documents: what is printed is JSON, whatever it holds."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.model.refusal import Refusal
from microcred_cli.rendering.document_renderer import DocumentRenderer

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


def render(template: str, name: str = "t.json.j2", **context: object) -> str | Refusal:
    return DocumentRenderer({name: template}).render(name, context)


@given(JSON_VALUES)
def test_a_value_cannot_leave_its_place(value: Any) -> None:
    text = render('{"before": 1, "value": {{ value }}, "after": 2}', value=value)
    assert isinstance(text, str)
    assert json.loads(text) == {"before": 1, "value": value, "after": 2}


def test_who_is_used_to_the_filter_gets_no_second_quotes() -> None:
    assert render("{{ value | tojson }}", value="a") == '"a"'


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_markdown_is_printed_as_it_is(value: str) -> None:
    assert render("**{{ value }}**", "t.md.j2", value=value) == f"**{value}**"


@pytest.mark.parametrize(
    ("template", "reason"),
    [
        ("{{ missing }}", "missing"),
        ("{{ value.missing }}", "missing"),
        ("{% if %}", "t.json.j2, line 1"),
        ("\n\n{% nothing %}", "t.json.j2, line 3"),
        ("{{ value.__class__ }}", "t.json.j2"),
        ("{{ 'a' * 9 }}", "not available in a template"),
        ("{{ 9 ** 9 }}", "not available in a template"),
        ("{{ value | unknown }}", "unknown"),
        ("{{ 1 / 0 }}", "division"),
        ("{{ range(9) }}", "range"),
        ("{% include 'other' %}", "other"),
    ],
)
def test_a_template_at_fault_is_told_and_nothing_raised(template: str, reason: str) -> None:
    refusal = render(template, value={"a": 1})
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
