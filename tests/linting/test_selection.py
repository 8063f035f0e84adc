"""Which findings are asked for."""

import pytest

from microcred_cli.linting.selection import keep_selected, read_selection
from microcred_cli.model.errors import UnknownNameError
from tests.linting.samples import edit_rubric, lint_text

LINTED = lint_text(
    edit_rubric("shown_at: proficient", "shown_at: beginning").replace("proficient: 70%", "proficient: 7%")
)


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        ((), (), ["MC305", "MC302"]),
        (("MC3",), (), ["MC305", "MC302"]),
        (("mc305",), (), ["MC305"]),
        (("shown-at-lowest",), (), ["MC305"]),
        (("MC1,MC2",), (), []),
        (("MC305", "cuts-not-ascending"), (), ["MC305", "MC302"]),
        ((), ("MC302",), ["MC305"]),
        (("MC",), ("shown-at-lowest, MC302",), []),
    ],
)
def test_selection(select: tuple[str, ...], ignore: tuple[str, ...], codes: list[str]) -> None:
    linted = keep_selected(LINTED, read_selection(select, ignore).choose("rubric.yaml"))
    assert [each.code for each in linted.findings] == codes


def test_an_unknown_rule_is_a_mistake_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="there is no rule `shown-at-lwest`") as caught:
        read_selection((), ("shown-at-lwest",))
    assert caught.value.advice == "did you mean `shown-at-lowest`?"


@pytest.mark.parametrize(
    ("path", "codes"),
    [
        ("rubrics/a.yaml", {"MC301", "MC305"}),
        ("rubrics/old/a.yaml", {"MC301"}),
        ("rubrics/old/older/a.yaml", {"MC301"}),
        ("rubrics/old", {"MC301", "MC305"}),
        ("b.yaml", set()),
    ],
)
def test_rules_left_out_by_path(path: str, codes: set[str]) -> None:
    selection = read_selection(
        ("MC301", "MC305"), (), {"rubrics/old/*": ("shown-at-lowest",), "[b].yaml": ("MC3",)}
    )
    assert selection.choose(path) == codes
