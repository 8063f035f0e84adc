"""How far raters agree, on the command line."""

import json
import random
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.program import Program

ITEMS = (
    "Team charter", "Sprint review", "Meeting minutes", "Peer review 1", "Peer review 2", "Conflict case",
    "Retrospective",
)  # fmt: skip
HEADING = "learner,name,item,score,possible,rater,date"


def make_marks(learners: int = 12, seed: int = 7, raters: tuple[str, str] = ("Ana Novak", "Ben Roth")) -> str:
    """Return a long table in which two raters mark most pieces, and agree on some of what they differ in."""
    source = random.Random(seed)  # noqa: S311 - sample data
    rows = [HEADING]
    for number in range(learners):
        for item in ITEMS:
            first = source.choice([1, 2, 3, 3, 4, 4])
            second = min(4, max(1, first + source.choice([0, 0, 0, 0, 1, -1, -2])))
            start = f"s{number:02},Canary {number},{item}"
            rows.append(f"{start},{first},4,{raters[0]},2026-03-01")
            if source.random() < 0.8:
                rows.append(f"{start},{second},4,{raters[1]},2026-03-04")
                if first - second > 1 and number % 2:
                    rows.append(f"{start},{(first + second) // 2},4,Agreed,2026-03-09")
    return "\n".join(rows) + "\n"


def read_json(project: Program, *arguments: str) -> dict[str, Any]:
    run = project("agreement", "marks.csv", "--format", "json", "--quiet", *arguments)
    assert (run.status, run.stderr) == (0, "")
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["format"] == "microcred-agreement/1"
    return document


@pytest.fixture
def marked(project: Program) -> Program:
    project.write("marks.csv", make_marks())
    return project


@pytest.mark.parametrize("width", [80, 120, 160])
def test_figures_moderation_and_flips_fit_the_terminal(
    marked: Program, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    run = marked("agreement", "marks.csv")
    assert run.status == 0
    figures, flips = run.stdout.split("Marks two or more levels apart: ")
    assert "Teamwork 1.0.0" in figures
    assert "kappa: Cohen's with quadratic weights, of Ana Novak and Ben Roth" in figures
    assert "alpha: Krippendorff's, ordinal" in figures
    assert "of them settled by an agreed mark" in flips
    assert "Whose mark counts decides " in flips
    assert max(map(cell_len, run.stdout.splitlines())) <= width
    assert "a row of the rater `agreed`" in run.stderr


def test_text_and_json_say_the_same(marked: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    document = read_json(marked)
    lines = marked("agreement", "marks.csv").stdout.splitlines()
    (rubric,) = document["rubrics"]
    assert [each["subcompetency"] for each in rubric["subcompetencies"]] == [
        "shared-goals",
        "listens",
        "gives-feedback",
        "resolves-conflict",
    ]
    whole = rubric["agreement"]
    assert document["over_all"] == whole
    (row,) = (line for line in lines if line.strip().startswith("whole rubric"))
    assert row.split()[2] == str(whole["pieces"])
    for name in ("cohen_kappa", "gwet_ac2", "krippendorff_alpha"):
        low, high = whole[name]["interval"]
        assert f"{whole[name]['value']:.2f} ({low:.2f}–{high:.2f})" in row
    flips = document["flips"]
    assert f"Whose mark counts decides {len(flips)} of {document['decisions']} decisions" in "\n".join(lines)
    for flip in flips:
        assert flip["first"] != flip["second"]
        cells = [flip["learner"], flip["subcompetency"], flip["first"], flip["second"]]
        assert cells in [line.split() for line in lines]


def test_every_piece_for_moderation_leads_to_its_rows(marked: Program) -> None:
    document = read_json(marked)
    rows = (marked.folder / "marks.csv").read_text(encoding="utf-8").splitlines()
    assert document["moderation"]
    assert {each["agreed"] is None for each in document["moderation"]} == {True, False}
    points = {"beginning": "1", "developing": "2", "proficient": "3", "exemplary": "4"}
    for each in document["moderation"]:
        assert each["levels_apart"] >= 2
        assert [mark["rater"] for mark in each["marks"]] == ["Ana Novak", "Ben Roth"]
        for mark in (*each["marks"], *([each["agreed"]] if each["agreed"] else [])):
            learner, _, item, score, _, rater, date = rows[mark["row"] - 1].split(",")
            assert (learner, item, rater, date) == (
                each["learner"], each["item"], mark["rater"], mark["date"],
            )  # fmt: skip
            if mark["level"] is not None and item != "Conflict case":
                assert points[mark["level"]] == score


def test_flips_are_what_assess_decides_by_either_rater(marked: Program) -> None:
    """The same gradebook, reduced by hand to the first or the second marks and assessed as ever."""
    document = read_json(marked)
    rows = make_marks().splitlines()
    doubled = {tuple(row.split(",")[:3]) for row in rows if "Ben Roth" in row}
    decided = []
    for rater in ("Ana Novak", "Ben Roth"):
        kept = [
            row
            for row in rows[1:]
            if rater in row or (tuple(row.split(",")[:3]) not in doubled and "Ana Novak" in row)
        ]
        marked.write("kept.csv", "\n".join([rows[0], *kept]))
        run = marked("assess", "kept.csv", "--no-reports", "--format", "json", "--out", f"by-{rater[:3]}")
        assert run.status == 0, run.output
        decided.append(
            {
                (row["learner"], row["subcompetency"]): row["decision"]
                for row in json.loads(run.stdout)["decisions"]
            }
        )
    first, second = decided
    flips = {(flip["learner"], flip["subcompetency"]): flip for flip in document["flips"]}
    assert flips
    assert set(flips) == {key for key, decision in first.items() if decision != second[key]}
    for key, flip in flips.items():
        assert (flip["first"], flip["second"]) == (first[key], second[key])


def test_the_order_of_rows_never_matters(marked: Program) -> None:
    figures = read_json(marked)
    heading, *rows = make_marks().splitlines()
    marked.write("marks.csv", "\n".join([heading, *rows[::-1]]))
    turned = read_json(marked)
    for key in ("over_all", "rubrics", "flips", "decisions", "raters"):
        assert turned[key] == figures[key]


def test_few_pieces_have_percent_and_no_coefficient(project: Program) -> None:
    project.write("marks.csv", make_marks(learners=1))
    run = project("agreement", "marks.csv", "--rubric", "rubrics")
    assert run.status == 0
    assert "-: no coefficient with fewer than 10 doubly marked pieces" in run.stdout
    whole = read_json(project)["over_all"]
    assert 0 < whole["pieces"] < 10
    assert whole["percent"]["interval"] is not None
    assert whole["gwet_ac2"] == {"value": None, "interval": None, "unmeasured": "too few pieces"}


def test_a_hundred_percent_are_all(project: Program) -> None:
    blank = [f"s000,,{item},,,," for item in ITEMS if item != "Team charter"]
    for differing, share in ((0, "100%"), (1, "99%")):
        rows = [
            f"s{number:03},,Team charter,{3 + (rater == 'Ben' and number < differing)},4,{rater},"
            for number in range(300)
            for rater in ("Ana", "Ben")
        ]
        project.write("marks.csv", "\n".join([HEADING, *rows, *blank]))
        run = project("agreement", "marks.csv")
        (row,) = (line for line in run.stdout.splitlines() if line.strip().startswith("whole rubric"))
        assert row.split()[2:4] == ["300", share]


def test_full_agreement_says_why_there_is_no_interval(project: Program) -> None:
    rows = [
        f"s{number:02},,Team charter,{1 + number % 4},4,{rater},"
        for number in range(12)
        for rater in ("Ana", "Ben")
    ]
    # An item of the rubric that nobody was marked in is missing, not a problem of this table.
    blank = [f"s00,,{item},,,," for item in ITEMS if item != "Team charter"]
    project.write("marks.csv", "\n".join([HEADING, *rows, *blank]))
    run = project("agreement", "marks.csv")
    assert run.status == 0, run.output
    assert "100% (76–100%)" in run.stdout
    assert "no interval: too few marks differ" in run.stdout
    assert "No marks are two or more levels apart." in run.stdout
    assert "the decisions are the same: all 12 decisions" in run.stdout


def test_more_than_two_raters(project: Program) -> None:
    third = "s00,Canary 0,Team charter,4,4,Cleo,2026-03-05"
    project.write("marks.csv", make_marks() + third + "\n")
    run = project("agreement", "marks.csv")
    assert "raters: Ana Novak, Ben Roth, Cleo" in run.stdout
    assert "first and second marks" in run.stdout
    assert read_json(project)["kappa_compares"] == ["first", "second"]


@pytest.mark.parametrize(
    ("content", "message", "advice"),
    [
        (
            make_marks().replace("Ben Roth", "ana novak"),
            "no evidence of the rubrics is doubly marked",
            "rater",
        ),
        (make_marks().replace("Ben Roth", "AGREED").replace("Agreed", ""), "is doubly marked", "`agreed`"),
        (
            "learner,item,score\n"
            + "".join(f"s,{item},3\n" for item in ITEMS).replace("Conflict case,3", "Conflict case,"),
            "no score says who gave it",
            "the column `rater`",
        ),
    ],
    ids=["one rater", "only agreed", "no rater"],
)
def test_nothing_doubly_marked_is_no_input(project: Program, content: str, message: str, advice: str) -> None:
    project.write("marks.csv", content)
    run = project("agreement", "marks.csv")
    assert (run.status, run.stdout) == (3, "")
    assert message in run.stderr
    assert advice in run.stderr


def test_refused_cells_are_told_by_their_place_only(marked: Program) -> None:
    rows = make_marks().splitlines()
    learner, name, item, _, *rest = rows[4].split(",")
    rows[4] = ",".join([learner, name, item, "4.5.6", *rest])
    marked.write("marks.csv", "\n".join(rows))
    run = marked("agreement", "marks.csv")
    assert (run.status, run.stdout) == (1, "")
    assert "marks.csv, row 5, column D (score)" in run.stderr
    assert "1 problem; nothing was measured" in run.stderr
    assert "Canary" not in run.stderr
    assert "“4.5.6”" in marked("agreement", "marks.csv", "--show-names").stderr


def test_rubrics_with_errors_and_missing_things(marked: Program) -> None:
    marked.write("r.yaml", "format: microcred/1\n")
    run = marked("agreement", "marks.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert "missing-key" in run.stderr
    assert marked("agreement", "nowhere.csv").status == 3
    assert marked("agreement", "marks.csv", "--rubric", "marks.csv").status == 2


def test_without_project_and_rubric_it_says_what_to_do(program: Program) -> None:
    program.write("marks.csv", make_marks())
    run = program("agreement", "marks.csv")
    assert run.status == 2
    assert "--rubric FILE" in run.stderr


def test_nothing_is_written_and_no_learner_is_named(marked: Program) -> None:
    before = marked.list()
    run = marked("agreement", "marks.csv")
    assert marked.list() == before
    assert "Canary" not in run.output


def test_text_from_the_gradebook_is_made_safe(project: Program) -> None:
    project.write("marks.csv", make_marks(raters=("Ana\x1b[31m", "[bold]Ben[/bold]")))
    run = project("agreement", "marks.csv")
    assert run.status == 0
    assert "\x1b" not in run.stdout
    assert "[bold]Ben[/bold]" in run.stdout


def test_two_rubrics_have_a_table_each_and_one_over_all(
    marked: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    text = (marked.folder / "rubrics" / "teamwork.yaml").read_text(encoding="utf-8")
    marked.write("rubrics/second.yaml", text.replace("id: teamwork", "id: second", 1))
    run = marked("agreement", "marks.csv")
    assert run.status == 0, run.output
    assert run.stdout.count("whole rubric") == 2
    assert "All rubrics" in run.stdout
    document = read_json(marked)
    assert document["over_all"] == document["rubrics"][0]["agreement"]
    assert "teamwork: " in run.stdout
    assert "second: " in run.stdout
