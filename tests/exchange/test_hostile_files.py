"""Files that somebody made to do harm, or that something damaged."""

import json

import pytest

from tests.cli.program import Program
from tests.exchange.imported import list_refusals, take_drafts
from tests.exchange.test_canvas_rubric import HEAD, RATING, TEAM

OWN = "Sub-competency,Criterion,Low (1),High (2)\nListens,Listens,Not at all,All the time\n"
PATHS = [
    "../../outside", "/outside", "..", "C:\\outside", "a/b", "a\nb", "-rf", "~", "A b", "x" * 300, ".git/x",
]  # fmt: skip


@pytest.mark.parametrize("slug", PATHS)
def test_an_id_is_no_path(program: Program, slug: str) -> None:
    (program.folder / "here").mkdir()
    program.write("grid.csv", f'Title,T\nId,"{slug}"\n{OWN}')
    run = program("import", "grid.csv", "--to", "here")
    assert run.status == 1, run.output
    (written,) = (name for name in program.list() if name != "grid.csv")
    folder, name = written.split("/")
    assert folder == "here"
    assert name.removesuffix(".yaml").replace("-", "").isalnum()


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        ("[[], {}]", "these are no ids of levels"),
        ("{a: b}", "these are no ids of levels"),
        ("[1, 2]", "these are no ids of levels"),
        ("[a, true]", "these are no ids of levels"),
        ("[a, a]", "two levels have the same id"),
        ("[a]", "there are 2 levels and 1 ids for them"),
    ],
)
def test_what_is_no_id_of_a_level(ids: str, message: str) -> None:
    assert list_refusals(f'Level ids,"{ids}"\n{OWN}') == [f"file.csv, row 1, column B (Level ids): {message}"]


def test_numbers_in_quotes_are_ids_of_levels() -> None:
    (draft,) = take_drafts(f'Level ids,"[""1"", ""2""]"\n{OWN}')
    assert [level["id"] for level in draft.tree["levels"]] == ["1", "2"]


def test_a_grid_of_thousands_of_levels() -> None:
    levels = 9_000
    heading = f"Sub-competency,Criterion{',Low (1)' * levels}\n"
    (refusal,) = list_refusals(heading + "Listens,Listens,x\n" * 5_000)
    assert refusal == "file.csv, row 1: there are more than 500 levels"


def test_a_grid_with_thousands_of_columns_that_are_none() -> None:
    heading = f"Sub-competency,Criterion,Low (1),High (2),Evidence{',' * 9_000}\n"
    (draft,) = take_drafts(heading + "Listens,Listens,x,y,Talk\n" * 3_000)
    assert draft.losses == ()


def test_a_drawn_grid_without_a_criterion() -> None:
    grid = '?\nCategory,"a,b",Score,Comments\n{{7*7}},1,\'=1\na;b,=1+1,a: b\n0\nn,Good\n'
    assert [each.partition(": ")[2] for each in list_refusals(grid)] == [
        "there is no criterion below this row"
    ]


@pytest.mark.parametrize("points", ["-1", "10001", "9999999"])
def test_points_that_no_level_can_have(points: str) -> None:
    (refusal,) = list_refusals(f"{HEAD}{RATING}\nTeam,Shares,,false,Full,,{points},Some,,1\n")
    assert refusal.endswith("the points of this rating are not from 0 to 10,000")


def test_more_than_a_rubric_may_hold_is_refused_before_it_is_written(program: Program) -> None:
    items = [{"identifier": f"i{number}", "fullStatement": "Counts"} for number in range(20_000)]
    program.write("items.json", json.dumps({"CFItems": items}))
    run = program("import", "items.json")
    assert run.status == 1
    assert "items.json: the rubric “Framework” has 340,043 values; at most 50,000 are read" in run.stderr
    assert "nothing was written" in run.stderr
    assert program.list() == ["items.json"]


def test_thousands_of_levels_of_one_name_take_no_square_of_their_number(program: Program) -> None:
    scale = ",".join(["A"] * 40_000)
    heading = "Parent id number,Id number,Shortname,Scale values,Scale configuration,Is framework\n"
    program.write("moodle.csv", f'{heading},f,Frame,"{scale}",[],1\n,c,Counts,,,\n')
    run = program("import", "moodle.csv")
    assert run.status == 1
    assert "values; at most 50,000 are read" in run.stderr


def test_a_file_in_capitals(program: Program) -> None:
    program.write("canvas.csv", TEAM)
    assert program("import", "canvas.csv", "--to", "TEAM.YAML").status == 0
    assert program.list() == ["TEAM.YAML", "canvas.csv"]
