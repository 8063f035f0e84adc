from dataclasses import replace
from decimal import Decimal

import pytest

from microcred_cli.model.rubric import Lateness
from microcred_cli.workflows.write_reports import render_reports
from tests.reports.builder import LEVELS, build_assessment, collect
from tests.reports.outline import Element, read_page

Pages = dict[str, Element]


def read_part(page: Element, title: str) -> Element:
    (part,) = (part for part in page.find_class("part") if part.find("h3")[0].text == title)
    return part


def read_criteria(part: Element) -> list[list[str]]:
    return [
        [entry.text for entry in criterion.find("dt", "dd")] for criterion in part.find_class("criterion")
    ]


def test_a_level_comes_with_its_descriptor_and_the_next_one(pages: Pages) -> None:
    assert read_criteria(read_part(pages["0001.html"], "Listens")) == [
        [
            "Reached: Proficient",
            "Sums up another's point reliably and says why it matters.",
            "Next: Exemplary",
            "Sums up another's point and helps others to do the same when the plan changes.",
        ]
    ]


def test_above_the_top_level_there_is_no_next(pages: Pages) -> None:
    criteria = read_criteria(read_part(pages["0001.html"], "Works toward shared goals"))
    assert [criterion[0] for criterion in criteria] == ["Reached: Exemplary", "Reached: Exemplary"]
    assert [len(criterion) for criterion in criteria] == [2, 2]


def test_below_the_lowest_level_the_first_is_next(pages: Pages) -> None:
    (criterion,) = read_criteria(read_part(pages["0002.html"], "Gives feedback"))
    assert criterion[0] == "Next: Beginning"
    assert len(criterion) == 2


@pytest.mark.parametrize("title", ["Listens", "Resolves conflict"])
def test_while_nothing_is_decided_the_page_says_what_is_asked_for(pages: Pages, title: str) -> None:
    (criterion,) = read_criteria(read_part(pages["0002.html"], title))
    assert criterion[0] == "Asked for: Proficient"
    assert len(criterion) == 2


def test_a_level_without_a_descriptor_says_so() -> None:
    assessment = build_assessment()
    rubric = assessment.rubrics[0]
    goals = rubric.subcompetencies[0]
    silent = goals._replace(criteria=(goals.criteria[0]._replace(descriptors={}),))
    rubrics = (rubric._replace(subcompetencies=(silent, *rubric.subcompetencies[1:])),)
    page = render_reports(replace(assessment, rubrics=rubrics))["reports/learners/0001.html"]
    assert "The rubric does not describe this level." in read_part(read_page(page), goals.title).text


@pytest.mark.parametrize(
    ("page", "title", "sentence"),
    [
        ("0001", "Listens", "A score of 3.25 reaches Proficient; shown from Proficient (3 points) up."),
        (
            "0001",
            "Resolves conflict",
            (
                "3 scores at Proficient (3 points) or above are needed, and there is 1."
                " Two more scores at Proficient (3 points) would be enough."
            ),
        ),
        (
            "0002",
            "Works toward shared goals",
            (
                "A score of 2.40 reaches Developing; Proficient (3 points) is needed."
                " One more score at Proficient (3 points) would be enough."
            ),
        ),
        (
            "0002",
            "Gives feedback",
            (
                "A score of 0.50 is below Beginning (1 point), the lowest level;"
                " Proficient (3 points) is needed."
            ),
        ),
        (
            "0002",
            "Listens",
            "2 scores are needed, and there is 1. One more score at Proficient (3 points) would be enough.",
        ),
        (
            "0002",
            "Resolves conflict",
            (
                "There is no score; 3 scores at Proficient (3 points) or above are needed."
                " Three scores at Proficient (3 points) would be enough."
            ),
        ),
    ],
)
def test_every_decision_is_explained_in_words(pages: Pages, page: str, title: str, sentence: str) -> None:
    assert sentence in read_part(pages[f"{page}.html"], title).text


def test_evidence_without_a_score_is_named_with_what_its_cell_says(pages: Pages) -> None:
    (beside,) = read_part(pages["0002.html"], "Listens").find_class("beside")
    assert [entry.text for entry in beside.find("p", "li")] == [
        "Evidence without a score",
        "Meeting minutes: missing gradebook.csv, row 6, column D",
        "Peer review 2, Tone: excused gradebook.csv, row 6, column F",
    ]
    assert read_part(pages["0001.html"], "Works toward shared goals").find_class("beside") == []


def test_scores_set_aside_are_listed_with_their_reason_and_cell(pages: Pages) -> None:
    (beside,) = read_part(pages["0002.html"], "Works toward shared goals").find_class("beside")
    assert [entry.text for entry in beside.find("p", "li")] == [
        "Scores set aside",
        (
            "Sprint review: 9 of 10 (2026-10-01, by R. Okafor, attempt 1);"
            " replaced: there is a newer score of the same work gradebook.csv, row 6, column E"
        ),
        (
            "Sprint review: Proficient; too old: older than 2 years on 2026-11-24"
            " gradebook.csv, row 7, column E"
        ),
    ]


def test_the_calculation_is_told_with_its_numbers(pages: Pages) -> None:
    part = read_part(pages["0001.html"], "Works toward shared goals")
    assert part.find_class("calculation")[0].text == "Result: The best of 2 scores = 4."
    # The folder made by hand holds no steps for this one, and none are made up.
    assert read_part(pages["0001.html"], "Listens").find_class("calculation") == []


def test_the_award_says_what_is_missing(pages: Pages) -> None:
    missing = pages["0003.html"].find_class("missing")[0].find("li")
    assert [entry.text for entry in missing] == [
        (
            "Listens: 2 scores are needed, and there is 1."
            " One more score at Proficient (3 points) would be enough."
        ),
        (
            "Resolves conflict: A score of 1.00 reaches Beginning; Proficient (3 points) is needed."
            " Three more scores at Proficient (3 points) would be enough."
        ),
    ]
    assert "Works toward shared goals; and at least 2 of Listens, Gives feedback and Resolves conflict" in (
        pages["0003.html"].text
    )


def test_an_earned_award_misses_nothing(pages: Pages) -> None:
    assert pages["0001.html"].find_class("earned")[0].text == "✓ Earned"
    assert pages["0001.html"].find_class("missing") == []


def test_a_decision_by_a_person_says_whose_and_why(pages: Pages) -> None:
    part = read_part(pages["0003.html"], "Gives feedback")
    assert [line.text for line in part.find_class("hand-note")[0].find("p")] == [
        "Decided by M. Ito on 2026-11-20: Gave excellent feedback in the studio",
        ("The method says not yet. A score of 2.78 reaches Developing; Proficient (3 points) is needed."),
        "Out of date: evidence has come or changed since.",
    ]
    assert part.find_class("enough") == []
    recent = read_part(pages["0004.html"], "Gives feedback")
    assert [line.text for line in recent.find_class("hand-note")[0].find("p")] == [
        "Decided by M. Ito on 2026-11-20: Seen at work",
        "The method says not assessed. There is no score; 1 score is needed.",
    ]


def test_evidence_is_listed_with_where_it_stands(pages: Pages) -> None:
    rows = read_part(pages["0001.html"], "Works toward shared goals").find("tbody")[0].find("tr")
    cells = [[cell.text for cell in row.children] for row in rows]
    assert [cells[0][:4], cells[1][:4]] == [
        ["1", "Team charter", "7 / 10 × 4 = 2.8", "2.8"],
        ["2", "Sprint review", "10 / 10 × 4 = 4", "4"],
    ]
    assert cells[0][4:] == ["2026-10-15", "R. Okaforinstructor", "gradebook.csv, row 5, column D"]
    assert cells[1][4:] == ["2026-11-15", "R. Okaforinstructor", "gradebook.csv, row 6, column E"]


def test_a_bare_piece_shows_dashes_and_a_full_one_everything() -> None:
    assessment = build_assessment()
    bare, full, *rest = assessment.pieces
    bare = replace(bare, possible=None, date=None, rater=None, source=None, conversion="points")
    full = replace(
        full, criterion="Shared goals", attempt=2, conversion="cuts", weight=Decimal(2), uncut=Decimal(4)
    )
    full = replace(full, points=Decimal(2), factor=Decimal(0))
    rubric = assessment.rubrics[0]
    part = rubric.subcompetencies[0]
    item = part.evidence[1]._replace(cuts={"proficient": Decimal(70), "exemplary": Decimal("92.5")})
    choice = part.decide._replace(late=Lateness(at_most="developing"))
    part = part._replace(evidence=(part.evidence[0], item), decide=choice)
    rubric = rubric._replace(subcompetencies=(part, *rubric.subcompetencies[1:]))
    assessment = replace(assessment, rubrics=(rubric,), pieces=(bare, full, *rest))
    page = render_reports(assessment)["reports/learners/0001.html"]
    first, second = read_part(read_page(page), "Works toward shared goals").find("tbody")[0].find("tr")
    assert [cell.text for cell in first.children][2:6] == ["7 level points", "2.8", "–", "–"]
    assert [cell.text for cell in second.children][1:4] == [
        "Sprint reviewShared goalsweight 2attempt 2",
        (
            "10 / 10 is Exemplary = 4 by the cuts Proficient 70%, Exemplary 92.5%;"
            " late: at most Developing, 4 cut to 2left out"
        ),
        "2",
    ]


def test_several_pieces_are_drawn_over_the_line_of_what_is_shown(pages: Pages) -> None:
    part = read_part(pages["0001.html"], "Listens")
    (chart,) = part.find_class("timeline")
    assert chart.find("desc")[0].text == "Level points, oldest first: 2.60, 3.20, 4.00."
    dashed = [line for line in chart.find("line") if "stroke-dasharray" in line.attributes]
    assert [line.attributes["y1"] for line in dashed] == ["39.5"]
    points = chart.find("polyline")[0].attributes["points"].split()
    heights = [float(point.partition(",")[2]) for point in points]
    assert heights == [48.1, 35.2, 18.0]
    assert read_part(pages["0001.html"], "Gives feedback").find("svg") == []


def test_a_crowded_timeline_leaves_its_numbers_to_the_table() -> None:
    assessment = build_assessment()
    many = collect("s1001", "goals", [("Team charter", "5")] * 9)
    page = read_page(render_reports(replace(assessment, pieces=many))["reports/learners/0001.html"])
    (chart,) = page.find_class("timeline")
    assert [text.text for text in chart.find("text")] == ["1", "2", "3", "4"]


def test_levels_without_any_points_still_have_a_timeline() -> None:
    assessment = build_assessment()
    flat = assessment.rubrics[0]._replace(
        levels=tuple(level._replace(points=level.points * 0) for level in LEVELS)
    )
    page = read_page(render_reports(replace(assessment, rubrics=(flat,)))["reports/learners/0001.html"])
    assert {line.attributes["y1"] for line in page.find_class("timeline")[0].find("line")} == {"104.0"}


def test_the_page_leads_to_nobody_else(pages: Pages) -> None:
    for name, page in pages.items():
        if name != "index.html":
            assert all(link.attributes["href"].startswith("#r") for link in page.find("a"))
    assert "Kim" not in pages["0001.html"].text
    assert "s1003" not in pages["0002.html"].text


def test_without_a_name_the_key_stands_alone(pages: Pages) -> None:
    assert pages["0004.html"].find("h1")[0].text == "s1004"
    assert pages["0004.html"].text.count("s1004") == 2  # the title and the heading


def test_every_rubric_has_its_section(pages_of_two: Pages) -> None:
    headings = [heading.text for heading in pages_of_two["0001.html"].find("h2")]
    assert headings == ["Teamwork", "Academic writing"]


def test_a_rubric_without_a_summary_has_no_empty_paragraph() -> None:
    assessment = build_assessment()
    rubrics = (assessment.rubrics[0]._replace(summary=None),)
    for page in render_reports(replace(assessment, rubrics=rubrics)).values():
        assert all(paragraph.text for paragraph in read_page(page).find("p"))
