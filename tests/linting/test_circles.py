"""Rubrics whose awards ask for each other's badges."""

import pytest

from microcred_cli.linting.engine import compare_files
from tests.linting.samples import RUBRIC, lint_text

AWARD = "{all: [listens, {any: [gives-feedback]}]}"


def find_circles(*rubrics: tuple[str, str]) -> list[tuple[str, str]]:
    """Return file and message of the findings for rubrics that are given by id and award."""
    texts = [
        RUBRIC.replace("id: teamwork", f"id: {name}", 1)
        .replace("1.0.0", f"1.0.{number}", 1)
        .replace(AWARD, award, 1)
        for number, (name, award) in enumerate(rubrics)
    ]
    compared = compare_files([lint_text(text, f"{number}.yaml") for number, text in enumerate(texts)])
    assert all(each.slug == "held-in-a-circle" for file in compared for each in file.findings)
    assert all((file.rubric is None) == bool(file.findings) for file in compared)
    return [(each.file, each.message) for file in compared for each in file.findings]


def ask_for(*names: str) -> str:
    return f"{{all: [listens, gives-feedback, {', '.join(f'{{held: {name}}}' for name in names)}]}}"


@pytest.mark.parametrize(
    "rubrics",
    [
        [("a", ask_for("b")), ("b", "all")],
        [("a", ask_for("b", "c")), ("b", ask_for("c")), ("c", "all")],
        [("a", ask_for("b")), ("b", ask_for("elsewhere"))],
    ],
)
def test_a_ladder_is_no_circle(rubrics: list[tuple[str, str]]) -> None:
    assert find_circles(*rubrics) == []


def test_two_that_ask_for_each_other() -> None:
    assert find_circles(("a", ask_for("b")), ("b", ask_for("a"))) == [
        ("0.yaml", "the badge of `b` asks for this one in turn"),
        ("1.yaml", "the badge of `a` asks for this one in turn"),
    ]


def test_a_longer_circle_names_its_way() -> None:
    assert find_circles(
        ("a", ask_for("b")), ("b", ask_for("c")), ("c", ask_for("d")), ("d", ask_for("a"))
    ) == [
        ("0.yaml", "the badge of `b` asks for this one in turn, by way of `c` and `d`"),
        ("1.yaml", "the badge of `c` asks for this one in turn, by way of `d` and `a`"),
        ("2.yaml", "the badge of `d` asks for this one in turn, by way of `a` and `b`"),
        ("3.yaml", "the badge of `a` asks for this one in turn, by way of `b` and `c`"),
    ]


def test_who_only_asks_for_a_badge_of_a_circle_is_not_in_it() -> None:
    found = find_circles(("a", ask_for("b")), ("b", ask_for("a")), ("c", ask_for("a", "b")))
    assert [file for file, _ in found] == ["0.yaml", "1.yaml"]


def test_a_badge_that_is_asked_for_twice_is_told_of_once() -> None:
    award = "{any: [{all: [listens, {held: b}]}, {all: [gives-feedback, {held: b}]}]}"
    assert [file for file, _ in find_circles(("a", award), ("b", ask_for("a")))] == ["0.yaml", "1.yaml"]


def test_a_long_way_is_cut_short() -> None:
    names = "abcdefg"
    rubrics = [(name, ask_for(names[(place + 1) % 7])) for place, name in enumerate(names)]
    assert find_circles(*rubrics)[0][1].endswith("in turn, by way of `c`, `d`, `e` and 2 more")


def test_versions_of_a_rubric_have_one_badge() -> None:
    found = find_circles(("a", "all"), ("a", ask_for("b")), ("b", ask_for("a")))
    assert [file for file, _ in found] == ["1.yaml", "2.yaml"]
