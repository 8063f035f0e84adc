"""Grids that somebody drew."""

import csv
import io
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.draft import Draft
from microcred_cli.exchange.drafting import GUESSED_THRESHOLD, NAMELESS_ITEM
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.rubric import Rubric
from tests.exchange.wide_rubrics import HARD_TEXTS
from tests.shared import find_shared
from tests.texts.spreadsheets import pack_ods, pack_xlsx, write_ods, write_xlsx

Table = Sequence[Sequence[str]]
CLARITY = (
    "Clarity",
    "The reader is lost.",
    "The reader can follow most of it.",
    "Every step leads to the next.",
)
SOURCES = (
    "Sources",
    "Names no source.",
    "Names some of its sources.",
    "Names every source where it is used.",
)


def read_draft(table: Table, name: str = "essay.csv") -> Draft:
    return read_file(name, write_table(table))


def write_table(table: Table) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(table)
    return stream.getvalue().encode()


def read_file(name: str, data: bytes) -> Draft:
    imported = read_rubrics(name, data)
    assert imported.problems == ()
    assert imported.system == "a spreadsheet grid"
    (draft,) = imported.drafts
    return draft


def lint(draft: Draft) -> Rubric:
    linted = lint_rubric("drawn.yaml", write_draft(draft).encode(), lambda _: True)
    assert linted.rubric is not None, linted.findings
    return linted.rubric


def flip(row: Sequence[str]) -> list[str]:
    return [row[0], *reversed(row[1:])]


HEADINGS = {
    "points in brackets": ["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"],
    "points with a word": ["Criteria", "Weak (1 pt)", "Fine (2 pts)", "Splendid (4 points)"],
    "points in square brackets": ["", "Weak [1]", "Fine [2]", "Splendid [4]"],
    "points before": ["Criteria", "1 - Weak", "2 - Fine", "4 - Splendid"],
    "points before a colon": ["Criteria", "1: Weak", "2: Fine", "4: Splendid"],
    "points behind a dash": ["Criteria", "Weak – 1", "Fine – 2", "Splendid – 4"],
    "points behind a colon": ["Criteria", "Weak: 1 pt", "Fine: 2 pts", "Splendid: 4 pts"],
    "points on a line of their own": ["Criteria", "Weak\n1 pt", "Fine\n2 pts", "Splendid\n4 pts"],
    "HTML": ["Criteria", "<b>Weak</b> (1)", "<p>Fine (2)</p>", "Splendid&nbsp;(4)"],
}


@pytest.mark.parametrize("upward", [True, False], ids=["lowest first", "highest first"])
@pytest.mark.parametrize("heading", HEADINGS.values(), ids=HEADINGS)
def test_points_in_headings_make_the_levels(heading: list[str], *, upward: bool) -> None:
    table = [heading, CLARITY, SOURCES]
    draft = read_draft(table if upward else [flip(row) for row in table])
    rubric = lint(draft)
    assert [(level.id, level.title, str(level.points)) for level in rubric.levels] == [
        ("weak", "Weak", "1"),
        ("fine", "Fine", "2"),
        ("splendid", "Splendid", "4"),
    ]
    assert [part.title for part in rubric.subcompetencies] == ["Clarity", "Sources"]
    assert rubric.subcompetencies[0].criteria[0].descriptors == {
        "weak": CLARITY[1],
        "fine": CLARITY[2],
        "splendid": CLARITY[3],
    }
    assert draft.losses == ()
    assert ("levels",) not in draft.remarks


def test_what_no_grid_says_is_guessed_and_said() -> None:
    draft = read_draft([["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"], CLARITY, SOURCES])
    assert draft.tree["shown_at"] == "fine"
    assert draft.remarks == {
        ("shown_at",): GUESSED_THRESHOLD,
        ("subcompetencies", 0, "evidence", 0, "item"): NAMELESS_ITEM,
        ("subcompetencies", 1, "evidence", 0, "item"): NAMELESS_ITEM,
    }
    assert draft.tree["title"] == "essay"
    assert [part["evidence"] for part in draft.tree["subcompetencies"]] == [
        [{"item": "Clarity"}],
        [{"item": "Sources"}],
    ]


@pytest.mark.parametrize(
    "heading",
    [
        ["Criteria", "Beginning", "Proficient", "Exemplary"],
        ["", "Needs improvement", "Satisfactory", "Excellent"],
        ["Skill", "Not met", "Partially met", "Fully met"],
        ["Criterion", "Poor performance", "Average work", "Outstanding performance"],
        ["Criteria", "Level 1", "Level 2", "Level 3"],
        ["Criteria", "1", "2", "3"],
        ["Criteria", "D: poor (below 50%)", "C - good", "A: Excellent (90-100%)"],
    ],
)
@pytest.mark.parametrize("upward", [True, False])
def test_known_words_and_numbers_tell_the_order(heading: list[str], *, upward: bool) -> None:
    table = [heading, CLARITY, SOURCES]
    draft = read_draft(table if upward else [flip(row) for row in table])
    rubric = lint(draft)
    lowest = rubric.levels[0].id
    assert rubric.subcompetencies[0].criteria[0].descriptors[lowest] == CLARITY[1]
    assert draft.losses == ()


def test_one_unknown_word_among_known_ones_is_a_level_at_either_end() -> None:
    rubric = lint(read_draft([["Criteria", "Seedling", "Developing", "Proficient"], CLARITY, SOURCES]))
    assert [level.title for level in rubric.levels] == ["Seedling", "Developing", "Proficient"]
    rubric = lint(read_draft([["Criteria", "Developing", "Proficient", "Towering"], CLARITY, SOURCES]))
    assert [level.title for level in rubric.levels] == ["Developing", "Proficient", "Towering"]


def test_an_order_that_nothing_tells_is_stated_as_a_guess() -> None:
    draft = read_draft([["Criteria", "Tree", "Shrub", "Seedling"], flip(CLARITY), flip(SOURCES)])
    assert [level["title"] for level in draft.tree["levels"]] == ["Seedling", "Shrub", "Tree"]
    assert "guess" in draft.remarks["levels",]
    (loss,) = draft.losses
    assert "“Tree”, the first" in loss.message
    assert str(loss.place) == "essay.csv, row 1"
    lint(draft)


def test_a_row_of_points_is_no_criterion() -> None:
    heading = ["", "Capstone", "Milestones", "", "Benchmark"]
    points = ["", "4", "3", "2", "1"]
    rows = [[name, "Goes beyond it.", *flip([name, *texts])[1:]] for name, *texts in (CLARITY, SOURCES)]
    rubric = lint(read_draft([heading, points, *rows]))
    assert [(level.title, str(level.points)) for level in rubric.levels] == [
        ("Benchmark", "1"),
        ("Milestones 2", "2"),
        ("Milestones 3", "3"),
        ("Capstone", "4"),
    ]
    assert len(rubric.subcompetencies) == 2


def test_points_below_each_criterion_are_none_of_its_descriptors() -> None:
    points = ["", "1", "2", "4"]
    table = [["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"], CLARITY, points, SOURCES, points]
    rubric = lint(read_draft(table))
    assert [part.criteria[0].descriptors["weak"] for part in rubric.subcompetencies] == [
        CLARITY[1],
        SOURCES[1],
    ]


def test_a_blank_corner_is_enough() -> None:
    rubric = lint(read_draft([["", "Tree", "Shrub", "Seedling"], flip(CLARITY), flip(SOURCES)]))
    assert [level.title for level in rubric.levels] == ["Seedling", "Shrub", "Tree"]


def test_a_title_above_gives_the_title() -> None:
    table = [["Essay rubric"], [], ["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"], CLARITY, SOURCES]
    draft = read_draft(table)
    assert (draft.tree["title"], draft.tree["id"]) == ("Essay rubric", "essay-rubric")


def test_lines_to_fill_in_are_passed_over() -> None:
    table = [
        ["Essay rubric"],
        ["Student:", ""],
        ["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"],
        CLARITY,
        [],
        SOURCES,
        ["Total", "", "", ""],
        ["Comments:"],
    ]
    assert [part.title for part in lint(read_draft(table)).subcompetencies] == ["Clarity", "Sources"]


@pytest.mark.parametrize("heading", ["Points", "Weight", "Score", "Comments", ""])
def test_a_column_beside_the_levels_is_said_to_be_lost(heading: str) -> None:
    table = [
        ["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)", heading],
        [*CLARITY, "10"],
        [*SOURCES, "20"],
    ]
    draft = read_draft(table)
    (loss,) = draft.losses
    assert (heading or "without a heading") in loss.message
    assert loss.place is not None
    assert loss.place.column == 5
    assert len(lint(draft).levels) == 3


def test_two_columns_before_the_levels_are_groups_and_criteria() -> None:
    table = [
        ["Category", "Criterion", "Weak (1)", "Fine (2)", "Splendid (4)"],
        ["Content", *CLARITY],
        ["", *SOURCES],
        ["Form", "Length", "Far too long.", "Somewhat too long.", "As long as asked for."],
    ]
    rubric = lint(read_draft(table))
    assert [(part.title, [each.title for each in part.criteria]) for part in rubric.subcompetencies] == [
        ("Content", ["Clarity", "Sources"]),
        ("Form", ["Length"]),
    ]


def test_a_row_with_nothing_but_a_name_heads_those_below_it() -> None:
    length = ["Length", "Far too long.", "Somewhat too long.", "As long as asked for."]
    table = [["", "Weak (1)", "Fine (2)", "Splendid (4)"], ["Content"], CLARITY, SOURCES, ["Form"], length]
    rubric = lint(read_draft(table))
    assert [(part.title, len(part.criteria)) for part in rubric.subcompetencies] == [
        ("Content", 2),
        ("Form", 1),
    ]


def test_merged_groups_of_spreadsheets_are_read() -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Essay</t></is></c></row>'
        '<row r="2">{0}</row><row r="3">{1}</row><row r="4">{2}</row>'
    )
    texts = [
        ["Category", "Criterion", "Weak (1)", "Fine (2)"],
        ["Content", *CLARITY[:3]],
        ["", *SOURCES[:3]],
    ]
    written = [
        "".join(
            f'<c r="{"ABCD"[column]}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
            for column, text in enumerate(cells)
            if text
        )
        for row, cells in enumerate(texts, start=2)
    ]
    merged = '<mergeCells count="2"><mergeCell ref="A1:D1"/><mergeCell ref="A3:A4"/></mergeCells>'
    draft = read_file("essay.xlsx", pack_xlsx({"Sheet1": rows.format(*written)}, after=merged))
    rubric = lint(draft)
    assert rubric.title == "Essay"
    assert [(part.title, len(part.criteria)) for part in rubric.subcompetencies] == [("Content", 2)]


def test_merged_groups_of_open_documents_are_read() -> None:
    def cell(text: str, more: str = "") -> str:
        return (
            f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p></table:table-cell>'
        )

    rows = [
        "".join(map(cell, ["Category", "Criterion", "Weak (1)", "Fine (2)"])),
        cell("Content", ' table:number-rows-spanned="2"') + "".join(map(cell, CLARITY[:3])),
        "<table:covered-table-cell/>" + "".join(map(cell, SOURCES[:3])),
    ]
    data = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    rubric = lint(read_file("essay.ods", pack_ods({"Sheet1": data})))
    assert [(part.title, len(part.criteria)) for part in rubric.subcompetencies] == [("Content", 2)]


@pytest.mark.parametrize(("suffix", "write"), [("xlsx", write_xlsx), ("ods", write_ods)])
def test_spreadsheets_are_read_by_their_sheets(suffix: str, write: object) -> None:
    assert callable(write)
    table = [["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"], CLARITY, SOURCES]
    draft = read_file(f"essay.{suffix}", write(table, "Oral exam"))
    assert draft.tree["title"] == "Oral exam"


def test_a_criterion_that_goes_on_in_the_next_row_is_one() -> None:
    table = [
        ["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"],
        CLARITY,
        ["", "Nor does it end.", "", ""],
        SOURCES,
    ]
    rubric = lint(read_draft(table))
    assert rubric.subcompetencies[0].criteria[0].descriptors["weak"] == f"{CLARITY[1]}\nNor does it end."
    assert len(rubric.subcompetencies) == 2


def test_a_criterion_with_its_description_below_the_name_keeps_both() -> None:
    row = ["Clarity\nHow easily one can follow", *CLARITY[1:]]
    (part,) = lint(read_draft([["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"], row])).subcompetencies
    assert (part.title, part.criteria[0].title) == ("Clarity", "How easily one can follow")


def test_a_table_with_its_levels_down_is_turned() -> None:
    table = [
        ["", "Clarity", "Sources"],
        ["Splendid (4)", CLARITY[3], SOURCES[3]],
        ["Fine (2)", CLARITY[2], SOURCES[2]],
        ["Weak (1)", CLARITY[1], SOURCES[1]],
    ]
    rubric = lint(read_draft(table))
    assert [level.title for level in rubric.levels] == ["Weak", "Fine", "Splendid"]
    assert [part.title for part in rubric.subcompetencies] == ["Clarity", "Sources"]
    assert rubric.subcompetencies[1].criteria[0].descriptors["splendid"] == SOURCES[3]


def test_ranges_stand_for_their_upper_end() -> None:
    draft = read_draft([["Criteria", "Weak (0-4)", "Fine (5-7)", "Splendid (8-10)"], CLARITY, SOURCES])
    assert [level["points"] for level in draft.tree["levels"]] == [4, 7, 10]
    assert [loss.message.partition("”")[0] for loss in draft.losses] == ["“Weak", "“Fine", "“Splendid"]


def test_the_same_points_twice_are_said_to_be_lost() -> None:
    draft = read_draft([["Criteria", "Beginning (1)", "Developing (1)", "Proficient (2)"], CLARITY, SOURCES])
    assert [level["points"] for level in draft.tree["levels"]] == [1, 2, 3]
    assert any("the points of the levels" in loss.message for loss in draft.losses)
    lint(draft)


NO_GRIDS: dict[str, Table] = {
    "a gradebook": [
        ["Student", "Essay (10)", "Talk (20)"],
        ["Ada Lovelace", "8", "19"],
        ["Alan Turing", "9", "12"],
    ],
    "a gradebook with feedback": [
        ["Name", "Email", "Essay (10)", "Essay (Feedback)", "Talk (20)", "Talk (Feedback)"],
        ["Ada", "ada@example.org", "8", "You wrote a fine essay.", "9", "You spoke clearly."],
    ],
    "a list of levels": [["Excellent", "4"], ["Good", "3"], ["Poor", "1"]],
    "marks": [
        ["Criteria", "Excellent", "Good", "Poor"],
        ["Clarity", "4", "2", "0"],
        ["Sources", "4", "2", "0"],
    ],
    "one level": [["Criteria", "Excellent"], ["Clarity", "Every step leads to the next."]],
    "scores, one a row": [["learner", "item", "score"], ["ada", "A long essay on rubrics", "3"]],
    "numbers": [["a", "b"], ["1", 'ha\n"ha"'], ["3", "4"]],
    "an inventory": [["Item", "Price", "Remarks"], ["Chairs", "12", "They are in the cellar."]],
    "blank": [["", ""], [" "]],
    "words": [["Nothing here is a rubric."], ["And this line is none, either."]],
}


@pytest.mark.parametrize("table", NO_GRIDS.values(), ids=NO_GRIDS)
def test_other_tables_are_no_grids(table: Table) -> None:
    imported = read_rubrics("table.csv", write_table(table))
    assert imported.system == "unknown"
    assert imported.drafts == ()
    assert imported.problems


def test_no_gradebook_is_taken_for_a_grid() -> None:
    taken = [
        path.name
        for path in sorted(find_shared("gradebooks").rglob("*"))
        if path.suffix in {".csv", ".tsv", ".xls", ".xlsx", ".ods"}
        and "grid" in read_rubrics(path.name, path.read_bytes()).system
    ]
    assert taken == []


def test_too_many_criteria_are_refused_with_their_row() -> None:
    rows = [["Clarity", "Weak at being clear.", "Quite clear."]] * 10_000
    imported = read_rubrics("long.csv", write_table([["Criteria", "Weak (1)", "Fine (2)"], *rows]))
    (problem,) = imported.problems
    assert problem.place.row == 502
    assert imported.drafts == ()


def test_hundreds_of_criteria_of_one_name_are_told_apart() -> None:
    rows = [["Clarity", "Weak at being clear.", "Quite clear."]] * 500
    rubric = lint(read_draft([["Criteria", "Weak (1)", "Fine (2)"], *rows]))
    assert len({part.id for part in rubric.subcompetencies}) == 500


def test_ragged_rows_are_filled_with_blanks() -> None:
    rubric = lint(
        read_draft([["Criteria", "Weak (1)", "Fine (2)", "Splendid (4)"], CLARITY[:3], [*SOURCES, "", ""]])
    )
    assert set(rubric.subcompetencies[0].criteria[0].descriptors) == {"weak", "fine"}


@pytest.mark.parametrize(
    ("columns", "rows"), [(9_999, 60), (99, 10_000), (3, 10_000)], ids=["wide", "large", "long"]
)
def test_tables_of_any_size_are_told_quickly(columns: int, rows: int) -> None:
    table = [["Item", *["Some words here"] * columns]] * rows
    start = time.perf_counter()
    imported = read_rubrics("table.csv", write_table(table))
    assert time.perf_counter() - start < 10
    assert imported.drafts == ()


@given(
    st.lists(
        st.lists(st.sampled_from([*HARD_TEXTS, "", "Criteria", "Good (3)", "Poor (1)", "4"]), max_size=6),
        max_size=8,
    )
)
def test_no_table_leads_to_a_traceback(table: list[list[str]]) -> None:
    rows = [*table, ["Criteria", "Good (3)", "Poor (1)"], *table]
    imported = read_rubrics("table.csv", write_table(rows))
    for draft in imported.drafts:
        write_draft(draft)


WORDS = st.from_regex(r"[A-Za-zé]{3,9}( [a-zé]{2,9}){1,5}", fullmatch=True)


@given(st.lists(WORDS, min_size=2, max_size=6, unique_by=str.casefold), st.data())
def test_any_grid_of_words_becomes_a_rubric_without_errors(names: list[str], data: st.DataObject) -> None:
    levels = data.draw(st.lists(WORDS, min_size=2, max_size=5, unique_by=str.casefold))
    rows = [[name, *(data.draw(WORDS) for _ in levels)] for name in names]
    heading = ["Criteria", *(f"{level} ({number})" for number, level in enumerate(levels))]
    rubric = lint(read_draft([heading, *rows]))
    assert [level.title for level in rubric.levels] == levels
    assert [list(part.criteria[0].descriptors.values()) for part in rubric.subcompetencies] == [
        row[1:] for row in rows
    ]
