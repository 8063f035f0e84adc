from dataclasses import replace

import pytest

from microcred_cli.model.results import LeftOut
from microcred_cli.workflows.write_reports import render_reports
from tests.reports.builder import build_assessment
from tests.reports.outline import Element, read_page

Pages = dict[str, Element]


def read_heat_table(page: Element) -> list[list[str]]:
    body = page.find_class("heat")[0].find("tbody")[0]
    return [[cell.text for cell in row.children] for row in body.find("tr")]


def test_paths_are_numbers_in_the_order_of_the_learners() -> None:
    assert list(render_reports(build_assessment())) == [
        "reports/index.html",
        "reports/learners/0001.html",
        "reports/learners/0002.html",
        "reports/learners/0003.html",
        "reports/learners/0004.html",
    ]


def test_every_decision_is_written_in_its_cell(pages: Pages) -> None:
    ada, kim, other_kim, nameless = read_heat_table(pages["index.html"])
    assert ada[1:] == [
        "✓ Exemplaryshown · 4.00",
        "✓ Proficientshown · 3.25",
        "✓ Proficientshown · 3.00",
        "◇ Insufficient evidence1 of 3 scores high enough",
        "✓ Earned3 of 4 shown",
    ]
    assert kim[1:] == [
        "○ Developingnot yet · 2.40",
        "◇ Insufficient evidence1 of 2 scores",
        "○ No levelnot yet · 0.50",
        "– Not assessed",
        "○ Not yet0 of 4 shown",
    ]
    assert other_kim[3] == "✓ Proficientshowndecided by a person, out of date"
    assert nameless[3] == "✓ Proficientshowndecided by a person"


def test_learners_of_one_name_are_told_apart_by_key(pages: Pages) -> None:
    names = [row[0] for row in read_heat_table(pages["index.html"])]
    assert names == ["Ada Okonkwos1001", "Alex Kims1002", "Alex Kims1003", "s1004"]
    links = [link.attributes["href"] for link in pages["index.html"].find_class("heat")[0].find("a")]
    assert links == [f"learners/{number:04d}.html" for number in (1, 2, 3, 4)]


def test_the_summary_counts_awards(pages: Pages) -> None:
    figures = pages["index.html"].find_class("figures")[0].children
    assert [figure.text for figure in figures] == ["Learners4", "Earned1", "Not yet1", "Incomplete2"]


def test_levels_and_decisions_are_counted_for_each_subcompetency(pages: Pages) -> None:
    rows = pages["index.html"].find_class("spread")[0].find("tbody")[0].find("tr")
    counts = {row.children[0].text: [int(cell.text) for cell in row.children[1:]] for row in rows}
    assert counts == {
        "Works toward shared goals": [0, 1, 1, 1, 0, 2, 1, 0, 1],
        "Listens": [0, 0, 1, 0, 0, 1, 0, 2, 1],
        "Gives feedback": [0, 0, 3, 0, 1, 3, 1, 0, 0],
        "Resolves conflict": [1, 0, 0, 0, 0, 0, 1, 1, 2],
    }


def test_bars_show_the_same_numbers(pages: Pages) -> None:
    bar = pages["index.html"].find_class("bar")[2]
    assert bar.find("title")[0].text == "Gives feedback: learners at each level"
    assert bar.find("desc")[0].text == "Proficient 3; No level 1"
    assert [text.text for text in bar.find("text")] == ["3", "1"]
    widths = [shape.attributes["width"] for group in bar.find("g") for shape in group.find("rect")]
    assert widths == ["75.00%", "25.00%"]


def test_a_sliver_of_a_bar_carries_no_number() -> None:
    assessment = build_assessment()
    first = assessment.learners[0]
    copies = [replace(first, key=f"copy{number}") for number in range(30)]
    grown = replace(
        assessment,
        learners=(*assessment.learners, *copies),
        decisions=assessment.decisions
        + tuple(replace(row, learner=copy.key) for copy in copies for row in assessment.decisions[:4]),
        awards=assessment.awards + tuple(replace(assessment.awards[0], learner=copy.key) for copy in copies),
    )
    page = read_page(render_reports(grown)["reports/index.html"])
    assert [text.text for text in page.find_class("bar")[0].find("text")] == ["31"]


def test_sources_name_the_inputs_and_options(pages: Pages) -> None:
    text = pages["index.html"].text
    assert "exports/gradebook.csv" in text
    assert "9f" * 32 in text
    assert "engine: duckdb" in text
    assert "assessed 2026-11-24, 00:21 UTC" in text


def test_options_and_left_out_are_silent_when_there_is_nothing_to_say() -> None:
    assessment = build_assessment()
    bare = replace(assessment, manifest=replace(assessment.manifest, options={}))
    page = read_page(render_reports(bare)["reports/index.html"])
    assert [heading.text for heading in page.find("h3")] == ["Learners", "How the levels are spread"]
    assert [heading.text for heading in page.find("h2")] == ["Teamwork", "Sources"]
    assert "left out" not in page.text


def test_who_is_left_out_is_said_above_and_why_below() -> None:
    left_out = (
        LeftOut("s1005", "exports/gradebook.csv", 9, 6, "this is not a score"),
        LeftOut("s1005", "exports/gradebook.csv", 9, 7, "this is not a score"),
        LeftOut("<s1006>", "exports/gradebook.csv", 10, None, "the same learner stands in row 9 already"),
    )
    pages = render_reports(replace(build_assessment(), left_out=left_out))
    page = read_page(pages["reports/index.html"])
    (link,) = [each for each in page.find("a") if each.attributes["href"] == "#left-out"]
    assert link.text == "2 learners left out"
    assert [heading.text for heading in page.find("h2")] == ["Teamwork", "Left out", "Sources"]
    (table,) = [each for each in page.find("table") if "about whom nothing is decided" in each.text]
    rows = [[cell.text for cell in row.children] for row in table.find("tbody")[0].find("tr")]
    assert rows == [
        ["s1005", "exports/gradebook.csv", "9", "F", "this is not a score"],
        ["s1005", "exports/gradebook.csv", "9", "G", "this is not a score"],
        ["<s1006>", "exports/gradebook.csv", "10", "–", "the same learner stands in row 9 already"],
    ]
    # A learner's page says nothing of others.
    assert not any(b"s1005" in data for name, data in pages.items() if "learners" in name)


def test_each_rubric_has_a_section_and_a_way_to_it(pages_of_two: Pages) -> None:
    page = pages_of_two["index.html"]
    assert [heading.text for heading in page.find("h2")] == ["Teamwork", "Academic writing", "Sources"]
    targets = [link.attributes["href"] for link in page.find("nav")[0].find("a")]
    assert targets == ["#r1", "#r2"]
    assert page.find("title")[0].text == "Teamwork and Academic writing: cohort report"


@pytest.mark.parametrize("rubrics", [0, 1])
def test_an_empty_cohort_is_still_a_page(rubrics: int) -> None:
    assessment = build_assessment()
    used = assessment.rubrics[:rubrics]
    empty = replace(assessment, rubrics=used, learners=(), decisions=(), awards=(), pieces=(), gaps=())
    pages = render_reports(empty)
    assert list(pages) == ["reports/index.html"]
    page = read_page(pages["reports/index.html"])
    assert "0 learners" in page.text
    assert [desc.text for desc in page.find("desc")] == ["No learners"] * 4 * rubrics
