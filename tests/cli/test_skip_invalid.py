"""Learners with a problem of their own left out, so that everybody else is decided on."""

import json
from typing import Any

import pytest

from tests.cli.program import Program, read_table
from tests.cli.skipped import BROKEN, read_learners, skip
from tests.cli.small_cohort import GRADES, RUBRIC

NEWEST = RUBRIC.replace("{by: average}", "{by: latest}")
"""The rubric with a method that needs an order."""
LONG = "learner,item,score,possible,date,attempt\n"
TABLES = ("decisions.csv", "awards.csv", "pieces.csv", "gaps.csv", "steps.csv", "learners.csv")


def test_without_the_option_one_cell_stops_everything_and_the_option_is_named(broken: Program) -> None:
    run = broken("assess", "g.csv", "--rubric", "r.yaml")
    assert run.status == 1
    assert broken.list() == ["g.csv", "r.yaml"]
    assert "1 problem; nothing was written" in run.stderr
    assert "--skip-invalid leaves these learners out" in run.stderr


def test_a_learner_with_one_refused_cell_is_left_out_whole(broken: Program) -> None:
    run = skip(broken)
    assert run.status == 1, run.output
    for name in TABLES:
        assert "s2" not in read_learners(broken, name), name
    assert read_learners(broken, "decisions.csv") == {"s1", "s3"}
    assert read_table(broken.folder / "out/left_out.csv") == [
        {"learner": "s2", "file": "g.csv", "row": "3", "column": "4", "message": "this is not a score"}
    ]
    manifest = json.loads((broken.folder / "out/assessment.json").read_bytes())
    assert manifest["options"] == {"skip_invalid": "yes"}
    assert "left_out.csv" in manifest["tables"]


@pytest.mark.parametrize("options", [(), ("--quiet",)])
def test_messages_say_how_many_and_where_and_not_who(broken: Program, options: tuple[str, ...]) -> None:
    run = skip(broken, options=("--no-reports", *options))
    assert "g.csv, row 3, column D (Talk): this is not a score" in run.stderr
    assert "1 problem; left out: 1 learner, see out/left_out.csv" in run.stderr
    assert "s2" not in run.stderr
    assert "?!" not in run.stderr
    assert "Canary" not in run.stderr
    assert "Left out, and nothing decided: s2" in run.stdout
    assert "2 learners" in run.stdout
    assert "“?!”" in skip(broken, options=("--show-names",)).stderr


def test_the_others_are_decided_as_if_the_rows_of_those_left_out_were_not_there(broken: Program) -> None:
    skip(broken)
    # A blank row keeps the numbers of the rows.
    broken.write("h.csv", BROKEN.replace("s2,Canary Two,2,?!", ""))
    assert broken("assess", "h.csv", "--rubric", "r.yaml", "--out", "without", "--no-reports").status == 0
    for name in TABLES:
        left, right = (
            (broken.folder / folder / name).read_text(encoding="utf-8") for folder in ("out", "without")
        )
        assert left == right.replace("h.csv", "g.csv"), name


def test_a_learner_whose_problem_is_gone_is_decided_on(broken: Program) -> None:
    assert skip(broken).status == 1
    broken.write("g.csv", GRADES)
    run = skip(broken)
    assert run.status == 0, run.output
    assert "left out" not in run.output.casefold()
    assert read_learners(broken, "decisions.csv") == {"s1", "s2", "s3"}
    assert not (broken.folder / "out/left_out.csv").exists()


def test_json_says_who_is_left_out_and_why(broken: Program) -> None:
    run = skip(broken, options=("--no-reports", "--format", "json"))
    document: dict[str, Any] = json.loads(run.stdout)
    assert document["left_out"] == [
        {"learner": "s2", "file": "g.csv", "row": 3, "column": 4, "message": "this is not a score"}
    ]
    assert {row["learner"] for row in document["decisions"]} == {"s1", "s3"}


def test_the_report_of_the_cohort_says_who_is_left_out_and_why(broken: Program) -> None:
    assert skip(broken, options=()).status == 1
    pages = [name for name in broken.list() if name.startswith("out/reports/learners/")]
    assert len(pages) == 2
    page = (broken.folder / "out/reports/index.html").read_text(encoding="utf-8")
    assert "1 learner left out" in page
    assert "this is not a score" in page
    assert "<bdi>s2</bdi>" in page
    (broken.folder / "out/reports/index.html").unlink()
    assert broken("report", "out").status == 0
    assert (broken.folder / "out/reports/index.html").read_text(encoding="utf-8") == page


OWN = {
    # rubric, the gradebooks, who is left out, how many problems
    "a wide cell": (RUBRIC, ("learner,Essay,Talk\ns1,3,3\ns2,3,?!\n",), {"s2"}, 1),
    "several cells of one learner": (RUBRIC, ("learner,Essay,Talk\ns1,?,?\ns2,3,3\n",), {"s1"}, 2),
    "a word that is no level": (RUBRIC, ("learner,Essay,Talk\ns1,Splendid,3\ns2,3,3\n",), {"s1"}, 1),
    "a row twice": (RUBRIC, ("learner,Essay,Talk\ns1,3,3\ns2,3,3\ns1,1,1\n",), {"s1"}, 1),
    "above the top level": (RUBRIC, ("learner,Essay,Talk\ns1,33,3\ns2,3,3\n",), {"s1"}, 1),
    "far above the points possible": (
        RUBRIC,
        ("learner,Essay,Talk\npoints possible,10,10\ns1,875,3\ns2,3,3\n",),
        {"s1"},
        1,
    ),
    "a number in the other decimal mark": (
        RUBRIC,
        ('learner,Essay,Talk\ns1,2.5,3\ns2,"2,5",3\n',),
        {"s2"},
        1,
    ),
    "a long row without an item": (RUBRIC, (f"{LONG}s1,Essay,3,,,\ns2,Talk,3,,,\ns2,,3,,,\n",), {"s2"}, 1),
    "a long row with a date that is none": (
        RUBRIC,
        (f"{LONG}s1,Essay,3,,,\ns2,Talk,3,,,\ns2,Essay,3,,soon,\n",),
        {"s2"},
        1,
    ),
    "a long row that says the same again": (
        RUBRIC,
        (f"{LONG}s1,Essay,3,,,\ns1,Essay,2,,,\ns2,Talk,3,,,\n",),
        {"s1"},
        1,
    ),
    "long points possible that are no number": (
        RUBRIC,
        (f"{LONG}s1,Essay,3,4,,\ns2,Talk,3,4,,\ns2,Essay,33,four,,\n",),
        {"s2"},
        1,
    ),
    "two names": (
        RUBRIC,
        ("learner,name,item,score\ns1,Canary,Essay,3\ns1,Finch,Talk,3\ns2,Finch,Talk,3\n",),
        {"s1"},
        1,
    ),
    "a score in two files": (
        RUBRIC,
        ("learner,Essay,Talk\ns1,3,3\ns2,3,\n", "learner,Talk\ns1,3\ns2,3\n"),
        {"s1"},
        1,
    ),
    "a refused cell in one of two files": (
        RUBRIC,
        ("learner,Essay\ns1,3\ns2,?\n", "learner,Talk\ns1,3\ns2,3\n"),
        {"s2"},
        1,
    ),
    "an order that nobody can tell": (
        NEWEST,
        (f"{LONG}s1,Essay,1,,,1\ns2,Talk,3,,,\ns2,Talk,1,,2026-01-01,\ns1,Essay,3,,,01\n",),
        {"s1"},
        1,
    ),
}


@pytest.mark.parametrize("case", OWN)
def test_a_problem_of_a_learners_own_leaves_out_that_learner(program: Program, case: str) -> None:
    rubric, gradebooks, left_out, count = OWN[case]
    program.write("r.yaml", rubric)
    names = [f"{number}.csv" for number in range(len(gradebooks))]
    for name, content in zip(names, gradebooks, strict=True):
        program.write(name, content)
    strict = program("assess", *names, "--rubric", "r.yaml")
    assert (strict.status, "nothing was written" in strict.stderr) == (1, True), strict.output
    run = skip(program, *names)
    assert run.status == 1, run.output
    assert read_learners(program, "left_out.csv") == left_out, run.output
    assert read_learners(program, "decisions.csv") == {"s1", "s2"} - left_out
    assert len(read_table(program.folder / "out/left_out.csv")) == count
    audited = program("audit")
    assert audited.status == 0, audited.output


COMMON = {
    # rubric, gradebook, other files, options
    "an item that no gradebook has": (RUBRIC, "learner,Essay\ns1,3\ns2,?\n", {}, ()),
    "a row too short": (RUBRIC, "learner,Essay,Talk\ns1,3\ns2,3,3\n", {}, ()),
    "a row too long": (RUBRIC, "learner,Essay,Talk\ns1,3,3,3\ns2,3,3\n", {}, ()),
    "a quote that is never closed": (RUBRIC, 'learner,Essay,Talk\ns1,3,3\ns2,"3,3\n', {}, ()),
    "a row without a learner": (RUBRIC, "learner,Essay,Talk\n,3,3\ns2,3,3\n", {}, ()),
    "a heading twice": (RUBRIC, "learner,Essay,Talk,Talk\ns1,3,3,3\ns2,3,3,3\n", {}, ()),
    "an unknown column": (RUBRIC, f"{LONG[:-1]},mood\ns1,Essay,3,,,,\ns2,Talk,3,,,,\n", {}, ()),
    "points possible that are no number": (
        RUBRIC,
        "learner,Essay,Talk\npoints possible,ten,4\ns1,3,3\ns2,3,3\n",
        {},
        (),
    ),
    "a decimal mark that nobody can tell": (RUBRIC, 'learner,Essay,Talk\ns1,"1,500",3\ns2,3,3\n', {}, ()),
    "both decimal marks and a number that could be of either": (
        RUBRIC,
        'learner,Essay,Talk\ns1,1.500,2.5\ns2,2,"2,5"\n',
        {},
        (),
    ),
    "a key written two ways": (RUBRIC, "learner,item,score\ns1,Essay,3\nS1,Talk,3\ns2,Talk,3\n", {}, ()),
    "a key written two ways in one wide table": (
        RUBRIC,
        "learner,Essay,Talk\ns1,3,3\nS1,3,3\ns2,1,1\n",
        {},
        (),
    ),
    "several above the top level, so that the scale may be wrong": (
        RUBRIC,
        "learner,Essay,Talk\ns1,85,3\ns2,92,3\ns3,3,3\n",
        {},
        (),
    ),
    "far above points possible that another is above as well": (
        RUBRIC,
        "learner,Essay,Talk\npoints possible,1,4\ns1,95,3\ns2,8,3\ns3,1,3\n",
        {},
        (),
    ),
    "points possible that several rows lack": (
        RUBRIC,
        f"{LONG}s1,Essay,3,3,,\ns2,Essay,3,,,\ns3,Essay,3,,,\ns1,Talk,3,4,,\n",
        {},
        (),
    ),
    "an override of an unknown learner": (
        RUBRIC,
        BROKEN,
        {"o.csv": "learner,rubric,subcompetency,decision,reason,by,at\ns9,r,x,shown,Seen,Kim,2026-01-01\n"},
        ("--overrides", "o.csv"),
    ),
    "an override that is not whole": (
        RUBRIC,
        BROKEN,
        {"o.csv": "learner,rubric,subcompetency,decision,reason,by,at\ns1,r,x,shown,,Kim,2026-01-01\n"},
        ("--overrides", "o.csv"),
    ),
}


@pytest.mark.parametrize("case", COMMON)
def test_a_problem_that_is_nobodys_own_still_stops_everything(program: Program, case: str) -> None:
    rubric, gradebook, files, options = COMMON[case]
    program.write("r.yaml", rubric)
    program.write("g.csv", gradebook)
    for name, content in files.items():
        program.write(name, content)
    run = skip(program, options=options)
    assert run.status == 1, run.output
    assert not (program.folder / "out").exists()
    assert "nothing was written" in run.stderr
    assert run.stdout == ""


def test_only_what_still_stands_in_the_way_is_told(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay\ns1,?\ns2,3\n")
    run = skip(program)
    assert "the gradebook has no item “Talk”" in run.stderr
    assert "this is not a score" not in run.stderr
    strict = program("assess", "g.csv", "--rubric", "r.yaml")
    assert "--skip-invalid" not in strict.stderr


def test_nothing_is_written_when_nobody_would_be_left(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk\ns1,?,3\ns2,3,?\n")
    for options in ((), ("--skip-invalid",)):
        run = program("assess", "g.csv", "--rubric", "r.yaml", *options)
        assert run.status == 1
        assert "2 problems; nothing was written" in run.stderr
        assert "leaves these learners out" not in run.stderr
        assert not (program.folder / "out").exists()


def test_a_refused_cell_that_no_rubric_asks_for_leaves_nobody_out(program: Program) -> None:
    program.write("r.yaml", RUBRIC)
    program.write("g.csv", "learner,Essay,Talk,Mood\ns1,3,3,?\n")
    assert skip(program).status == 0
