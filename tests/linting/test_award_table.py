"""The table of an award rule, against the logic that decides awards; and what is found by it."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.linting.award_table import build_columns, depends_on, tabulate
from microcred_cli.model.award import (
    AtLeast,
    Award,
    AwardRule,
    Held,
    Leaf,
    Points,
    Shown,
    Standing,
    decide_award,
)
from microcred_cli.model.decision import Decision
from tests.linting.samples import edit_rubric, lint_text

LEAVES: tuple[Leaf, ...] = (Shown("a"), Shown("b"), Shown("a", "employer"), Held("r"))
SHOWN = (Shown("a"), Shown("b"), Shown("a", "employer"))


@st.composite
def draw_points(draw: st.DrawFn) -> Points:
    parts = draw(st.lists(st.tuples(st.sampled_from(SHOWN), st.integers(0, 4)), min_size=1, max_size=4))
    required = draw(st.lists(st.sampled_from(SHOWN), max_size=2))
    return Points(draw(st.integers(1, 8)), tuple(parts), tuple(required))


RULES: st.SearchStrategy[AwardRule] = st.recursive(
    st.sampled_from(LEAVES) | draw_points(),
    lambda parts: st.builds(
        lambda count, many: AtLeast(count, tuple(many)), st.integers(1, 4), st.lists(parts, max_size=4)
    ),
    max_leaves=8,
)


def decide(rule: AwardRule, met: dict[Leaf, bool]) -> bool:
    """Return what the logic of awards says where everything is decided."""
    words = {True: Decision.SHOWN, False: Decision.NOT_YET}
    standing = Standing(
        {leaf.subcompetency: words[met[leaf]] for leaf in SHOWN if leaf.source is None},
        {(leaf.subcompetency, leaf.source): words[met[leaf]] for leaf in SHOWN if leaf.source is not None},
        {"r": Award.EARNED if met[Held("r")] else Award.NOT_YET},
    )
    return decide_award(rule, standing) is Award.EARNED


@given(RULES)
def test_the_table_says_what_the_logic_says(rule: AwardRule) -> None:
    columns = build_columns(LEAVES)
    table = tabulate(rule, columns)
    outcomes = {}
    for choice in product((False, True), repeat=len(LEAVES)):
        met = dict(zip(LEAVES, choice, strict=True))
        bit = sum(1 << place for place, is_met in enumerate(choice) if is_met)
        outcomes[choice] = decide(rule, met)
        assert bool(table >> bit & 1) is outcomes[choice]
    for place, leaf in enumerate(LEAVES):
        matters = any(
            outcomes[choice] != outcomes[(*choice[:place], not choice[place], *choice[place + 1 :])]
            for choice in outcomes
        )
        assert depends_on(table, leaf, columns) is matters


def find_idle(award: str) -> list[str]:
    """Return what the rule points out in an award, as it stands there."""
    text = edit_rubric("{all: [listens, {any: [gives-feedback]}]}", award)
    return [
        text[each.span.start : each.span.end]
        for each in lint_text(text).findings
        if each.slug == "part-without-effect"
    ]


def test_of_two_that_say_the_same_the_second_is_pointed_out() -> None:
    award = "{any: [{all: [listens, {held: r}]}, {all: [{held: r}, listens]}, gives-feedback]}"
    assert find_idle(award) == ["{all: [{held: r}, listens]}"]


def test_what_is_inside_an_idle_part_is_not_told_again() -> None:
    award = "{any: [listens, {all: [listens, {any: [gives-feedback, {held: r}]}]}]}"
    assert find_idle(award) == ["{all: [listens, {any: [gives-feedback, {held: r}]}]}"]


def test_an_idle_name_beside_an_idle_part() -> None:
    inner = "{points: 2, of: {gives-feedback: 2, listens: 1}}"
    award = f"{{any: [{inner}, {{all: [gives-feedback, {{held: r}}]}}]}}"
    assert find_idle(award) == ["listens", "{all: [gives-feedback, {held: r}]}"]


def test_large_awards_are_left_alone() -> None:
    badges = ", ".join(f"{{held: r{number}}}" for number in range(10))
    assert find_idle(f"{{any: [listens, {{all: [listens, {badges}]}}]}}") == []
    nested = "listens"
    for _ in range(30):
        nested = f"{{any: [listens, {nested}]}}"
    assert find_idle(f"{{any: [listens, {nested}]}}") == []


def test_thousands_of_parts_take_no_time() -> None:
    many = ", ".join(["listens"] * 20_000)
    assert find_idle(f"{{any: [{{all: [{many}]}}, gives-feedback]}}") == []
