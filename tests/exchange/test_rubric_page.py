"""The page to print."""

import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from microcred_cli.model.rubric import Rubric
from microcred_cli.workflows.export_rubric import render_page
from tests.exchange.test_grid import LIBRARY, make_rubric, make_tree
from tests.exchange.wide_rubrics import draw_tree, read_text, read_tree
from tests.reports.test_browser import CHROMIUM, QUIET

VOID = {"meta", "link", "br", "img"}


class _Page(HTMLParser):
    """The page as a tree that must be closed everywhere, and what of it counts."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.headings: list[int] = []
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        self.attributes.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def read_page(rubric: Rubric) -> _Page:
    page = _Page()
    page.feed(render_page(rubric))
    page.close()
    assert page.open == []
    return page


def make_single() -> Rubric:
    tree = make_tree(badge={"name": "Teamwork", "tags": ["a", "b"], "expires_after": "3 years"})
    del tree["subcompetencies"][0]["criteria"][1]
    rubric = read_tree(tree)
    assert rubric is not None
    return rubric


@pytest.mark.parametrize("rubric", [make_rubric(), make_single()], ids=["several", "single"])
def test_the_page_is_accessible(rubric: Rubric) -> None:
    page = read_page(rubric)
    assert ("html", {"lang": "en"}) in page.attributes
    assert page.headings[0] == 1
    assert page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert all("scope" in attributes for tag, attributes in page.attributes if tag == "th")
    ids = [attributes["id"] for _, attributes in page.attributes if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = {
        attributes["aria-labelledby"] for _, attributes in page.attributes if "aria-labelledby" in attributes
    }
    assert labels <= set(ids)


def test_the_page_is_one_file_without_scripts_or_references() -> None:
    rubric = make_rubric(
        badge={
            "name": "Teamwork",
            "alignment": [{"framework": "ESCO", "name": "work in teams", "url": "https://example.org/skill"}],
        }
    )
    page = read_page(rubric)
    tags = {tag for tag, _ in page.attributes}
    assert tags.isdisjoint({"script", "img", "iframe", "a", "form", "object"})
    assert {attributes.get("href") for tag, attributes in page.attributes if tag == "link"} == {"data:,"}
    assert not any(name.startswith("on") for _, attributes in page.attributes for name in attributes)
    assert "https://example.org/skill" in page.text
    html = render_page(rubric)
    assert "url(" not in html
    assert "@import" not in html
    assert "@page" in html


def test_everything_is_on_the_page() -> None:
    page = read_page(make_rubric(summary="Works with others.", award={"at_least": 1}))
    for text in (
        "Teamwork",
        "Works with others.",
        "The badge asks for Listens or Speaks",
        "shown from High (2 points) up",
        "Lets others finish.",
        "Asks what was meant.",
        "Minutes (given by an employer)",
        "n-mastery, n 2",
        "Version 1.0.0 of the rubric teamwork",
    ):
        assert text in page.text


def test_single_criteria_stand_in_one_table() -> None:
    assert [tag for tag, _ in read_page(make_single()).attributes].count("table") == 1
    assert [tag for tag, _ in read_page(make_rubric()).attributes].count("table") == 2


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=20)
@given(draw_tree())
def test_no_text_breaks_out_of_its_place(tree: dict[str, Any]) -> None:
    rubric = read_tree(tree)
    assume(rubric is not None)
    assert rubric is not None
    assert {tag for tag, _ in read_page(rubric).attributes}.isdisjoint({"script", "b", "img"})


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_sticks_out_sideways(tmp_path: Path, width: int) -> None:
    tree = make_tree("Incomprehensibilities-and-counterrevolutionaries" * 2)
    tree["levels"] = [
        {"id": each, "title": f"Counterrevolutionarily {each}", "points": points}
        for points, each in enumerate(["a", "b", "c", "d", "e", "low", "high"])
    ]
    rubric = read_tree(tree)
    assert rubric is not None
    (tmp_path / "page.html").write_text(render_page(rubric), encoding="utf-8")
    frame = (
        f'<!doctype html><iframe width="{width}" height="900" src="page.html" style="border: 0"></iframe>'
        "<output></output>"
        '<script>addEventListener("load", () => {'
        'const page = document.querySelector("iframe").contentDocument.documentElement;'
        'document.querySelector("output").textContent = `${page.scrollWidth} of ${page.clientWidth}`;'
        "});</script>"
    )
    (tmp_path / "frame.html").write_text(frame, encoding="utf-8")
    command = [str(CHROMIUM), *QUIET, "--allow-file-access-from-files", "--virtual-time-budget=5000"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom", (tmp_path / "frame.html").as_uri()]
    shown = subprocess.run(command, capture_output=True, check=True, timeout=90, text=True).stdout
    measured = re.search(r"<output>(\d+) of (\d+)</output>", shown)
    assert measured is not None, shown
    assert int(measured[1]) <= int(measured[2]) == width


@pytest.mark.parametrize("path", LIBRARY, ids=[path.stem for path in LIBRARY])
def test_the_library_has_pages(path: Path) -> None:
    rubric = read_text(path.read_text(encoding="utf-8"))
    assert rubric is not None
    assert rubric.title in read_page(rubric).text
