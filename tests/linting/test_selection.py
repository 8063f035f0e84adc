"""Which findings are asked for."""

import pytest

from microcred_cli.linting.selection import read_selection
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
    (linted,) = read_selection(select, ignore).apply([LINTED])
    assert [each.code for each in linted.findings] == codes


def test_an_unknown_rule_is_a_mistake_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="there is no rule `shown-at-lwest`") as caught:
        read_selection((), ("shown-at-lwest",))
    assert caught.value.advice == "did you mean `shown-at-lowest`?"
