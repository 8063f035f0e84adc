"""Titles become ids that files and addresses can be named after."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.slugs import LONGEST, make_slug

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Teamwork", "teamwork"),
        ("  Works toward shared goals!  ", "works-toward-shared-goals"),
        ("Écoute & réponse", "ecoute-and-reponse"),
        ("Straße, Øre, Łódź", "strasse-ore-lodz"),
        ("C++ / C#", "c-c"),
        ("21st-century skills", "21st-century-skills"),
        ("日本語", "part-1"),
        ("", "part-1"),
        ("---", "part-1"),
        ("ﬁne ①", "fine-1"),
    ],
)
def test_a_title_becomes_an_id(title: str, slug: str) -> None:
    assert make_slug(title) == slug


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert make_slug("Listens", ["listens"]) == "listens-2"
    assert make_slug("Listens", ["listens", "listens-2"]) == "listens-3"
    assert make_slug("聞く", ["part-1"]) == "part-2"
    assert make_slug("聞く", instead="level") == "level-1"


def test_numbers_go_up_one_by_one_and_thousands_of_one_name_are_quick() -> None:
    taken: set[str] = set()
    for _ in range(20_000):
        taken.add(make_slug("Ω", taken))
    assert taken == {f"part-{number}" for number in range(1, 20_001)}


@given(st.sets(st.integers(2, 30)))
def test_a_number_is_free_even_where_numbers_were_left_out(numbers: set[int]) -> None:
    taken = {"listens", *(f"listens-{number}" for number in numbers)}
    assert make_slug("Listens", taken) not in taken


@given(st.text(max_size=400), st.integers(0, 3))
def test_whatever_the_title_the_id_is_one_and_free(title: str, times: int) -> None:
    taken: list[str] = []
    for _ in range(times + 1):
        slug = make_slug(title, taken)
        assert SLUG.fullmatch(slug)
        assert len(slug) <= LONGEST
        assert slug not in taken
        taken.append(slug)
