"""The project file of a new project: answers go in, comments stay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.exchange.project_file import fill_project_file
from microcred_cli.files.package_data import read_data
from microcred_cli.model.project import Project
from microcred_cli.schema.project import read_project
from microcred_cli.texts.yaml_reader import read_yaml_text

TEMPLATE = read_data("templates", "project/microcred.yaml").decode()
ODD = [
    'the "North" College',
    "King's College",
    "'quoted'",
    "College: a place",
    "College:",
    ": colon first",
    "College #1",
    "# first",
    "- dash and space",
    "-x",
    "--name",
    "---",
    "...",
    "yes",
    "No",
    "on",
    "0123",
    "0x1F",
    "1e3",
    "12.50",
    "1:30",
    "2026-01-01",
    "null",
    "~",
    "true",
    "<<",
    "=",
    "[a",
    "{a}",
    "a, b",
    "&a",
    "*a",
    "!a",
    "@a",
    "`a`",
    "%a",
    "|",
    ">",
    "? a",
    "C:\\college",
    "a\\n",
    "tab\tinside",
    "two  spaces",
    "Universität Zürich",
    "東京大学",
    "جامعة القاهرة",
    "نمی\u200cشود",
    "École n\u0323o\u0308 1",
    "Campus 😀",
    "no-break\u00a0space",
    "é" * 3000,
]


def read(text: str) -> Project:
    document = read_yaml_text(text)
    project, findings = read_project(document)
    assert document.findings == ()
    assert findings == ()
    assert project is not None
    return project


def comments(text: str) -> list[str]:
    """Return the words of all comments; the template has no # elsewhere."""
    return [line.split("#", 1)[1].strip() for line in text.splitlines() if "#" in line]


def test_template_is_a_project_file_and_stays_byte_for_byte_without_answers() -> None:
    assert fill_project_file(TEMPLATE) == TEMPLATE
    project = read(TEMPLATE)
    assert project.issuer.name == "Example College"
    assert project.issuer.url is None
    assert project.rubrics == ("rubrics",)
    assert project.output == "out"
    assert project.keys == "keys"


def test_name_changes_one_line_and_takes_the_invitation_away() -> None:
    text = fill_project_file(TEMPLATE, name="Riverside College")
    changed = [
        (old, new) for old, new in zip(TEMPLATE.splitlines(), text.splitlines(), strict=True) if old != new
    ]
    assert changed == [
        (
            "  name: Example College             # change this: the institution's name, as badges show it",
            "  name: Riverside College           # the institution's name, as badges show it",
        )
    ]


def test_url_takes_the_place_of_its_placeholder() -> None:
    text = fill_project_file(TEMPLATE, url="https://riverside.example")
    changed = [
        (old, new) for old, new in zip(TEMPLATE.splitlines(), text.splitlines(), strict=True) if old != new
    ]
    assert changed == [
        (
            "  # url: https://www.example.edu    # its web address",
            "  url: https://riverside.example    # its web address",
        )
    ]


@pytest.mark.parametrize("url", [None, "https://riverside.example/a#b?c=d&e"])
@pytest.mark.parametrize("name", ODD)
def test_odd_names_stay_text_and_comments_survive(name: str, url: str | None) -> None:
    text = fill_project_file(TEMPLATE, name=name, url=url)
    project = read(text)
    assert project.issuer.name == name
    assert project.issuer.url == url
    kept = "\n".join(comments(text))
    for comment in comments(TEMPLATE):
        if not comment.startswith("url:"):
            assert comment.removeprefix("change this: ") in kept


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=60))
def test_every_printable_name_stays_itself(name: str) -> None:
    name = f"x{name}x" if name != name.strip() or not name.strip() else name
    assert read(fill_project_file(TEMPLATE, name=name)).issuer.name == name


@pytest.mark.parametrize("name", ["Riverside College", "東京大学"])
def test_plain_names_get_no_quotes(name: str) -> None:
    assert f"name: {name} " in fill_project_file(TEMPLATE, name=name)
