import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from microcred_cli.workflows.write_reports import render_reports
from tests.reports.builder import build_assessment
from tests.reports.outline import Element, read_page

Pages = dict[str, Element]


def walk(page: Element) -> Iterator[Element]:
    for child in page.children:
        yield child
        yield from walk(child)


def test_headings_are_one_h1_and_then_in_order(pages: Pages, pages_of_two: Pages) -> None:
    for page in (*pages.values(), *pages_of_two.values()):
        ranks = [int(heading.tag[1]) for heading in page.find("h1", "h2", "h3", "h4", "h5", "h6")]
        assert ranks[0] == 1
        assert ranks.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_every_table_has_a_caption_and_scoped_heads(pages: Pages) -> None:
    for page in pages.values():
        for table in page.find("table"):
            assert table.children[0].tag == "caption"
            assert table.children[0].text
            assert all(head.attributes.get("scope") for head in table.find("th"))
            assert all(row.find("th") for row in table.find("tbody")[0].find("tr"))


def test_every_table_stands_in_a_region_that_the_keyboard_can_scroll(pages: Pages) -> None:
    for page in pages.values():
        ids = {element.attributes.get("id") for element in walk(page)}
        regions = page.find_class("scroll")
        assert sum(len(region.find("table")) for region in regions) == len(page.find("table"))
        for region in regions:
            assert region.attributes["tabindex"] == "0"
            label = region.attributes.get("aria-labelledby")
            assert label in ids if label else region.attributes["aria-label"]


def test_pictures_are_named_by_what_is_in_them(pages: Pages) -> None:
    for page in pages.values():
        for picture in page.find("svg"):
            assert picture.attributes["role"] == "img"
            named = {
                element.attributes["id"] for element in picture.find("title", "desc") if element.attributes
            }
            assert set(picture.attributes["aria-labelledby"].split()) == named
            assert len(named) == 2


def test_ids_are_unique(pages: Pages, pages_of_two: Pages) -> None:
    for page in (*pages.values(), *pages_of_two.values()):
        ids = [element.attributes["id"] for element in walk(page) if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        targets = [link.attributes["href"] for link in page.find("a")]
        assert {target[1:] for target in targets if target.startswith("#")} <= set(ids)


def test_the_language_is_the_rubric_s() -> None:
    assessment = build_assessment()
    german = replace(assessment, rubrics=(assessment.rubrics[0]._replace(language="de"),))
    for page in render_reports(german).values():
        assert read_page(page).find("html")[0].attributes["lang"] == "de"


def test_nothing_is_fetched_and_nothing_runs(pages: Pages) -> None:
    for name, page in pages.items():
        policies = [
            meta.attributes["content"] for meta in page.find("meta") if "http-equiv" in meta.attributes
        ]
        assert policies == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]
        assert page.find("script", "iframe", "object", "img", "form") == []
        for element in walk(page):
            assert not any(attribute.startswith("on") for attribute in element.attributes)
            assert "src" not in element.attributes
            target = element.attributes.get("href", "#")
            assert re.fullmatch(r"#[\w-]+|#|data:,|learners/[0-9]{4}\.html", target), (name, target)
        assert "url(" not in page.find("style")[0].text
        assert "@import" not in page.find("style")[0].text


def test_charts_write_their_colours_out(pages: Pages) -> None:
    for page in pages.values():
        for picture in page.find("svg"):
            fills = {element.attributes.get("fill", "none") for element in walk(picture)}
            assert all(re.fullmatch(r"none|#[0-9a-f]{6}|url\(#r[0-9]+-s[0-9]+-h\)", fill) for fill in fills)
