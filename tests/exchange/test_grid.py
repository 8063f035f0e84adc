"""Our own grid: what is written reads back as the same rubric, also after colleagues have edited it."""

import csv
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.draft import Draft, Exported, Imported
from microcred_cli.exchange.drafting import NAMELESS_ITEM
from microcred_cli.exchange.grids import grid
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.model.rubric import Level, Rubric
from microcred_cli.texts.csv_reader import read_sheet
from microcred_cli.texts.spreadsheet_reader import read_spreadsheet
from tests.exchange.wide_rubrics import HARD_TEXTS, draw_tree, read_text, read_tree
from tests.shared import ROOT

WRITERS: dict[str, Callable[[Rubric], Exported]] = {
    "csv": grid.write,
    "xlsx": grid.write_as_xlsx,
    "ods": grid.write_as_ods,
}
LIBRARY = sorted((ROOT / "rubrics").rglob("*.yaml"))


def read_back(suffix: str, data: bytes) -> Draft:
    imported = read_rubrics(f"grid.{suffix}", data)
    assert imported.problems == ()
    assert imported.system == "a grid of microcred"
    (draft,) = imported.drafts
    return draft


def make_tree(title: str = "Teamwork", **more: Any) -> dict[str, Any]:
    part = {
        "id": "listens",
        "title": "Listens",
        "criteria": [
            {
                "id": "waits",
                "title": "Waits",
                "descriptors": {"low": "Cuts in.", "high": "Lets others finish."},
            },
            {"id": "asks", "title": "Asks back", "descriptors": {"high": "Asks what was meant."}},
        ],
        "evidence": [{"item": "Peer review"}, {"item": "Minutes", "source": "employer"}],
    }
    other = {
        "id": "speaks",
        "title": "Speaks",
        "criteria": [{"id": "clearly", "title": "Speaks clearly"}],
        "evidence": [{"item": "Talk"}],
        "decide": {"by": "n-mastery", "n": 2},
    }
    return {
        "format": "microcred/1",
        "id": "teamwork",
        "version": "1.0.0",
        "title": title,
        "levels": [{"id": "low", "title": "Low", "points": 1}, {"id": "high", "title": "High", "points": 2}],
        "shown_at": "high",
        "subcompetencies": [part, other],
        **more,
    }


def make_rubric(title: str = "Teamwork", **more: Any) -> Rubric:
    rubric = read_tree(make_tree(title, **more))
    assert rubric is not None
    return rubric


@pytest.mark.parametrize("suffix", WRITERS)
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(tree=draw_tree())
def test_what_is_written_reads_back_as_the_same_rubric(suffix: str, tree: dict[str, Any]) -> None:
    rubric = read_tree(tree)
    assume(rubric is not None)
    assert rubric is not None
    exported = WRITERS[suffix](rubric)
    assert exported.losses == ()
    draft = read_back(suffix, exported.data)
    assert draft.losses == ()
    assert draft.remarks == {}
    assert read_tree(draft.tree) == rubric


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("text", HARD_TEXTS, ids=range(len(HARD_TEXTS)))
def test_hard_texts_survive_wherever_they_stand(suffix: str, text: str) -> None:
    tree = make_tree(text, summary=text, badge={"name": text, "tags": [text]})
    for part in tree["subcompetencies"]:
        part["title"] = part["criteria"][0]["title"] = text
        part["criteria"][0]["descriptors"] = {"low": text, "high": f"{text}."}
        part["evidence"] = [{"item": text}, {"item": f"{text}.", "criterion": text, "grades": {text: "low"}}]
    tree["levels"][0]["title"] = text
    rubric = read_tree(tree)
    if rubric is None:
        pytest.skip("no rubric may say so")
    assert read_tree(read_back(suffix, WRITERS[suffix](rubric).data).tree) == rubric


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("path", LIBRARY, ids=[path.stem for path in LIBRARY])
def test_the_library_survives(suffix: str, path: Any) -> None:
    rubric = read_text(path.read_text(encoding="utf-8"))
    assert rubric is not None
    assert read_text(write_draft(read_back(suffix, WRITERS[suffix](rubric).data))) == rubric


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_rubric_is_the_same_bytes(suffix: str) -> None:
    rubric = make_rubric()
    assert WRITERS[suffix](rubric).data == WRITERS[suffix](rubric).data


def test_the_head_and_the_table_stand_as_people_read_them() -> None:
    award = {"points": 3, "of": {"listens": 2, "speaks": 1}}
    rows = read_cells(make_rubric(summary="Works with others.", award=award))
    assert [row[:2] for row in rows[:8]] == [
        ["Format", "microcred/1"],
        ["Level ids", "[low, high]"],
        ["Id", "teamwork"],
        ["Version", "1.0.0"],
        ["Language", "en"],
        ["Title", "Teamwork"],
        ["Summary", "Works with others."],
        ["Shown at", "high"],
    ]
    assert rows[8][:2] == ["Award", "{points: 3, of: {listens: 2, speaks: 1}}"]
    assert rows[9] == [
        "Sub-competency", "Criterion", "Low (1)", "High (2)", "Evidence", "Decided by", "Sub-competency id",
        "Criterion id",
    ]  # fmt: skip
    assert rows[10:] == [
        [
            "Listens", "Waits", "Cuts in.", "Lets others finish.",
            "Peer review\n{item: Minutes, source: employer}", "highest", "listens", "waits",
        ],
        ["", "Asks back", "", "Asks what was meant.", "", "", "", "asks"],
        ["Speaks", "Speaks clearly", "", "", "Talk", "{by: n-mastery, n: 2}", "speaks", "clearly"],
    ]  # fmt: skip


def read_cells(rubric: Rubric) -> list[list[str]]:
    return list(csv.reader(io.StringIO(grid.write(rubric).data.decode(), newline="")))


def edit(rows: list[list[str]]) -> Imported:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return read_rubrics("edited.csv", stream.getvalue().encode())


def read_edited(rows: list[list[str]]) -> tuple[Rubric, Draft]:
    imported = edit(rows)
    assert imported.problems == ()
    rubric = read_text(write_draft(imported.drafts[0]))
    assert rubric is not None
    return rubric, imported.drafts[0]


def test_formulas_are_guarded_in_csv_and_are_texts_in_spreadsheets() -> None:
    rubric = make_rubric("=1+1")
    assert ["Title", "'=1+1"] in [row[:2] for row in read_cells(rubric)]
    for suffix in ("xlsx", "ods"):
        (sheet,) = read_spreadsheet("grid", WRITERS[suffix](rubric).data, takes_merged=True)
        assert ["Title", "=1+1"] in [row.cells[:2] for row in sheet.rows]


def test_the_three_forms_can_be_turned_into_one_another() -> None:
    """What a spreadsheet program saves as another form, apostrophes and all, is still the same."""
    rubric = make_rubric("'=1+1", summary="=2+2")
    (sheet,) = read_spreadsheet("grid", grid.write_as_xlsx(rubric).data, takes_merged=True)
    assert read_edited([row.cells for row in sheet.rows])[0] == rubric
    cells = read_sheet("grid", grid.write(rubric).data)
    assert read_edited([row.cells for row in cells.rows])[0] == rubric


def test_a_level_can_be_renamed_and_keeps_its_id() -> None:
    rows = read_cells(make_rubric())
    rows[row_of(rows, "Sub-competency")][3] = "Splendid (2.5)"
    rubric, _ = read_edited(rows)
    assert rubric.levels[1] == Level("high", "Splendid", Decimal("2.5"))


def row_of(rows: list[list[str]], first: str) -> int:
    return next(number for number, row in enumerate(rows) if row[0] == first)


def test_a_criterion_and_a_subcompetency_can_be_added_without_ids() -> None:
    rows = read_cells(make_rubric())
    rows.insert(-1, ["", "Nods", "", "Nods now and then."])
    rows.append(["Writes", "Writes minutes", "Leaves gaps.", "Leaves none."])
    rubric, draft = read_edited(rows)
    assert [each.id for each in rubric.subcompetencies[0].criteria] == ["waits", "asks", "nods"]
    added = rubric.subcompetencies[2]
    assert (added.id, added.title, added.evidence[0].item) == ("writes", "Writes", "Writes")
    assert draft.remarks == {("subcompetencies", 2, "evidence", 0, "item"): NAMELESS_ITEM}


def test_a_subcompetency_repeated_in_every_row_is_one() -> None:
    rows = read_cells(make_rubric())
    rows[-2][0], rows[-2][6] = "Listens", "listens"
    assert read_edited(rows)[0] == make_rubric()


def test_columns_for_ids_and_the_whole_head_can_be_deleted() -> None:
    rows = read_cells(make_rubric())
    start = row_of(rows, "Sub-competency")
    rubric, draft = read_edited([row[:6] for row in rows[start:]])
    assert [part.id for part in rubric.subcompetencies] == ["listens", "speaks"]
    assert (rubric.id, rubric.title, rubric.version) == ("edited", "edited", "1.0.0")
    assert ("shown_at",) in draft.remarks


def test_a_sum_or_a_remark_below_the_grid_is_no_subcompetency_and_it_is_said() -> None:
    rows = read_cells(make_rubric())
    rubric, draft = read_edited([*rows, ["Total"], ["Comment by Anna: fine with me", "", "", ""]])
    assert rubric == make_rubric()
    assert [loss.place.row for loss in draft.losses if loss.place] == [len(rows) + 1, len(rows) + 2]
    assert "“Total”, a row without criterion, levels or evidence" in draft.losses[0].message


def test_levels_can_be_given_by_their_titles() -> None:
    rows = read_cells(make_rubric())
    rows[row_of(rows, "Shown at")][1] = "Low"
    assert read_edited(rows)[0].shown_at == "low"


def test_what_has_no_place_is_said_to_be_lost() -> None:
    rows = read_cells(make_rubric())
    rows.insert(2, ["Sumary", "Works with others."])
    for number, row in enumerate(rows):
        row.append(("Remarks" if row[0] == "Sub-competency" else "") if number < 10 else "see me")
    losses = read_edited(rows)[1].losses
    assert [str(loss.place) for loss in losses] == [
        "edited.csv, row 3, column A",
        "edited.csv, row 10, column I",
    ]
    assert "did you mean `Summary`?" in losses[0].message
    assert "“Remarks”" in losses[1].message


@pytest.mark.parametrize(
    ("row", "column", "text", "message"),
    [
        ("Award", 1, "{all: [listens", "is not closed"),
        ("Award", 1, "", None),
        ("Sub-competency", 2, "Low", "has no points"),
        ("Level ids", 1, "[low]", "2 levels and 1 ids"),
        ("Listens", 4, "{item: ", "not YAML"),
        ("Listens", 5, "{by", "is not closed"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_cell(
    row: str, column: int, text: str, message: str | None
) -> None:
    rows = read_cells(make_rubric())
    number = row_of(rows, row)
    rows[number][column] = text
    imported = edit(rows)
    if message is None:
        assert imported.problems == ()
        return
    assert imported.drafts == ()
    (problem,) = imported.problems
    assert (problem.place.row, problem.place.column) == (number + 1, column + 1)
    assert message in f"{problem.message} {problem.help}"


def test_a_grid_without_rows_is_refused() -> None:
    rows = read_cells(make_rubric())
    imported = edit(rows[: row_of(rows, "Sub-competency") + 1])
    assert [problem.message for problem in imported.problems] == ["there is no sub-competency below this row"]


@given(
    st.lists(st.lists(st.sampled_from([*HARD_TEXTS, "", "", ""]), max_size=9), max_size=6),
    st.integers(0, 12),
)
def test_no_edit_leads_to_a_traceback(extra: list[list[str]], place: int) -> None:
    rows = read_cells(make_rubric())
    rows[place:place] = extra
    imported = edit(rows)
    for draft in imported.drafts:
        read_text(write_draft(draft))


def test_very_many_evidence_items_go_on_in_the_next_rows() -> None:
    tree = make_tree()
    tree["subcompetencies"][0]["evidence"] = [{"item": f"Essay {number}"} for number in range(1_000)]
    rubric = read_tree(tree)
    assert rubric is not None
    rows = read_cells(rubric)
    assert max(len(cell) for row in rows for cell in row) < 32_767
    assert read_edited(rows)[0] == rubric


def test_spreadsheets_keep_their_headings_in_sight() -> None:
    rubric = make_rubric(summary="Works with others.\nIn any team.")
    heading = row_of(read_cells(rubric), "Sub-competency") + 1
    with zipfile.ZipFile(io.BytesIO(grid.write_as_xlsx(rubric).data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert f'<pane xSplit="2" ySplit="{heading}" topLeftCell="C{heading + 1}"' in sheet
    with zipfile.ZipFile(io.BytesIO(grid.write_as_ods(rubric).data)) as archive:
        assert archive.infolist()[0].filename == "mimetype"
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
        settings_ = archive.read("settings.xml").decode()
    assert f'"VerticalSplitPosition" config:type="int">{heading}<' in settings_
