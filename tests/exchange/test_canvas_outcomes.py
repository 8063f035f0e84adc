"""Canvas outcomes become rubrics that decide as Canvas does, and rubrics become Canvas outcomes."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.exchange.canvas.outcomes import write
from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.html_text import clean_line
from tests.cli.program import Program
from tests.exchange.imported import list_losses, list_refusals, take_draft, take_drafts, write_out
from tests.exchange.made_rubrics import RUBRICS
from tests.shared import find_shared

HEADING = (
    "vendor_guid,object_type,title,description,display_name,calculation_method,calculation_int,parent_guids,"
    "workflow_state,mastery_points,ratings,,,,,"
)
LAB = f"""{HEADING}
g:lab,group,Lab work,<p>What a chemist does.</p>,,,,,,,
g:old,group,Old things,,,,,,deleted,,
o:1,outcome,Safety,"<p>Wears goggles</p>
<p>Clears the bench.</p>",Works safely,n_mastery,4,g:lab,active,3,4,Above,3,Met,1,Below
o:2,outcome,Records,,,decaying_average,70,g:lab,active,3,4,Above,3,Met,1,Below
o:3,outcome,Gone,,,highest,,g:lab,deleted,3,4,Above,3,Met,1,Below
o:4,outcome,Buried,,,highest,,g:old,active,3,4,Above,3,Met,1,Below
"""
LAB_WRITTEN = """\
# yaml-language-server: $schema=../schema/rubric.schema.json
format: microcred/1
id: lab-work
version: 1.0.0
title: Lab work
summary: What a chemist does.

levels:                                   # lowest first
  - {id: below, title: Below, points: 1}
  - {id: met, title: Met, points: 3}
  - {id: above, title: Above, points: 4}
shown_at: met

subcompetencies:
  - id: works-safely
    title: Works safely
    criteria:
      - id: wears-goggles-clears-the-bench
        title: Wears goggles; Clears the bench.
    evidence:
      - item: Safety                      # of several assessments each as its own item: Outcome > Assessment
    decide: {by: n-mastery, n: 4}

  - id: records
    title: Records
    criteria:
      - id: records
        title: Records
    evidence:
      - item: Records
    decide: {by: weighted-average, latest: 70%}
"""


def make_file(*rows: str, heading: str = HEADING) -> str:
    return "\n".join((heading, *rows)) + "\n"


def make_outcome(
    method: str = "highest", number: str = "", mastery: str = "3", ratings: str = "4,A,3,B"
) -> str:
    return make_file(f"o,outcome,Safety,,,{method},{number},,,{mastery},{ratings}")


def test_group_becomes_a_rubric_as_a_person_would_write_it() -> None:
    draft = take_draft(LAB)
    assert write_draft(draft).replace('"n"', "n") == LAB_WRITTEN
    assert list_losses(draft) == [
        "file.csv, row 6: “Gone” is deleted in Canvas and left out",
        "file.csv, row 7: “Buried” is in a group that is deleted in Canvas, and left out",
    ]


@pytest.mark.parametrize(
    ("method", "number", "expected"),
    [
        ("n_mastery", "3", {"by": "n-mastery", "n": 3}),
        ("n_mastery", "", {"by": "n-mastery", "n": 5}),
        ("decaying_average", "40", {"by": "weighted-average", "latest": "40%"}),
        ("decaying_average", "", {"by": "weighted-average", "latest": "65%"}),
        ("weighted_average", "1", {"by": "weighted-average", "latest": "1%"}),
        ("standard_decaying_average", "75", {"by": "decaying-average", "latest": "75%"}),
        ("latest", "", {"by": "latest"}),
        ("highest", "", {"by": "highest"}),
        ("average", "", {"by": "average"}),
        ("", "", {"by": "weighted-average", "latest": "65%"}),
    ],
)
def test_methods_are_those_of_canvas(method: str, number: str, expected: dict[str, object]) -> None:
    draft = take_draft(make_outcome(method, number))
    assert draft.tree["subcompetencies"][0]["decide"] == expected
    assert draft.losses == ()
    assert (("subcompetencies", 0, "decide") in draft.remarks) == (not method)
    write_out(draft)


@pytest.mark.parametrize(
    ("method", "number", "loss"),
    [
        (
            "standard_decaying_average",
            "40",
            "“Safety”: 40 is out of range for standard_decaying_average; it is 50",
        ),
        ("n_mastery", "99", "“Safety”: 99 is out of range for n_mastery; it is 10 here"),
        (
            "most_often",
            "",
            "“Safety” is decided by “most_often”, which is not known; here by the highest score",
        ),
    ],
)
def test_methods_beyond_what_canvas_takes_are_said(method: str, number: str, loss: str) -> None:
    draft = take_draft(make_outcome(method, number))
    assert loss in list_losses(draft)[0]
    write_out(draft)


@pytest.mark.parametrize(
    ("mastery", "ratings", "levels", "shown_at", "losses"),
    [
        ("3", "4,A,3,B,1,C", {"C": "1", "B": "3", "A": "4"}, "b", 0),
        ("", "4,A,3,B,1,C", {"C": "1", "B": "3", "A": "4"}, "b", 0),
        ("4", "4,A,3,B,1,C", {"C": "1", "B": "3", "A": "4"}, "a", 0),
        ("2", "4,A,3,B,1,C", {"C": "1", "B": "3", "A": "4"}, "b", 1),
        ("9", "4,A,3,B,1,C", {"C": "1", "B": "3", "A": "4"}, "a", 1),
        ("2.5", "4,A,2.5,B", {"B": "2.5", "A": "4"}, "b", 0),
        ('"2,5"', '"4,0",A,"2,5",B', {"B": "2.5", "A": "4.0"}, "b", 0),
        ("1", "1,C,3,B,4,A", {"C": "1", "B": "3", "A": "4"}, "c", 0),
        ("3", "4,,3,", {"Level 1": "3", "Level 2": "4"}, "level-1", 0),
        ("3", "4,A", {"A": "4"}, "a", 1),
        ("", "", {"Does Not Meet Expectations": "0", "Meets Expectations": "3", "Exceeds Expectations": "5"},
         "meets-expectations", 1),
    ],
)  # fmt: skip
def test_ratings_become_levels(
    mastery: str, ratings: str, levels: dict[str, str], shown_at: str, losses: int
) -> None:
    draft = take_draft(make_outcome(mastery=mastery, ratings=ratings))
    rubric = write_out(draft)
    assert {level.title: level.points for level in rubric.levels} == {
        title: Decimal(points) for title, points in levels.items()
    }
    assert rubric.shown_at == shown_at
    assert len(draft.losses) == losses
    assert (("shown_at",) in draft.remarks) == (mastery == "" and ratings != "")


def test_long_ratings_are_descriptors() -> None:
    text = "Explains to others why each of the rules of the laboratory is there, and sees to it."
    draft = take_draft(make_outcome(ratings=f'4,"{text}",3,Keeps the rules'))
    rubric = write_out(draft)
    assert [level.title for level in rubric.levels] == ["Level 1", "Level 2"]
    assert rubric.subcompetencies[0].criteria[0].descriptors == {
        "level-1": "Keeps the rules",
        "level-2": text,
    }


def test_outcomes_on_scales_of_their_own_get_cuts_and_one_threshold() -> None:
    draft = take_draft(
        make_file(
            "1,outcome,One,,,highest,,,,3,4,A,3,B,1,C",
            "2,outcome,Two,,,highest,,,,3,4,A,3,B,1,C",
            "3,outcome,Three,,,highest,,,,9,10,A,9,B,0,C",
            "4,outcome,Four,,,highest,,,,10,10,A,9,B,0,C",
        )
    )
    rubric = write_out(draft)
    assert rubric.shown_at == "b"
    assert rubric.subcompetencies[2].evidence[0].cuts == {"b": 90, "a": 100}
    assert list_losses(draft) == [
        (
            "points between two ratings of “Three”, “Four”: they count as the lower one, as the ratings have "
            "points of their own"
        ),
        (
            "file.csv, row 5: “Four” is mastered at “A” in Canvas; all sub-competencies of a rubric are "
            "shown at one level, “B” here"
        ),
    ]


def test_scales_of_other_length_meet_at_mastery() -> None:
    """Meets Expectations, 3 of 5, is Mastery, 3 of 4, though its share is that of Near Mastery."""
    draft = take_draft(
        make_file(
            "1,outcome,One,,,highest,,,,3,5,Exceeds,3,Meets,0,Below",
            "2,outcome,Two,,,highest,,,,3,4,Best,3,Mastery,2,Near,1,Far,0,None",
            "3,outcome,Three,,,highest,,,,2.5,4,All,2.5,Most,1,Some",
            "4,outcome,Four,,,highest,,,,1,4,A,3,B,2,C,1,D",
        )
    )
    rubric = write_out(draft)
    assert rubric.shown_at == "mastery"
    assert [part.evidence[0].cuts for part in rubric.subcompetencies] == [
        {"mastery": 60, "best": 100},
        {},
        {"far": 25, "mastery": Decimal("62.5"), "best": 100},
        {},
    ]
    assert list_losses(draft)[:2] == [
        "file.csv, row 2: the ratings of “One”, Exceeds, Meets, Below: they are Best, Mastery, None here",
        "file.csv, row 4: the ratings of “Three”, All, Most, Some: they are Best, Mastery, Far here",
    ]


def test_outcome_of_several_groups_is_in_the_rubric_of_each() -> None:
    rows = (
        "a,group,A,,,,,,,,",
        "b,group,B,,,,,a,,,",
        "c,group,Only groups,,,,,,,,",
        "o,outcome,Both,,,latest,,a b,,3,3,Yes,1,No",
        "p,outcome,Nowhere,,,latest,,,,3,3,Yes,1,No",
        "q,outcome,Elsewhere,,,latest,,zz,,3,3,Yes,1,No",
    )
    drafts = take_drafts(make_file(*rows), "my_outcomes.csv")
    assert [draft.tree["title"] for draft in drafts] == ["A", "B", "my outcomes"]
    assert [len(draft.tree["subcompetencies"]) for draft in drafts] == [1, 1, 2]
    assert list_losses(drafts[0]) == [
        "my_outcomes.csv, row 7: “Elsewhere” is in a group that the file does not have"
    ]
    assert list_losses(drafts[1]) == [
        "my_outcomes.csv, row 3: “B” is inside the group “A”; rubrics have no groups"
    ]


def test_columns_may_stand_in_any_order_and_be_few() -> None:
    rubric = write_out(take_draft("object_type;title;vendor_guid;unknown\noutcome;Safety;x;y\n", "Lab.csv"))
    assert rubric.title == "Lab"
    assert [level.title for level in rubric.levels][-2:] == ["Mastery", "Exceeds Mastery"]
    assert rubric.shown_at == "mastery"


def test_text_for_learners_stands_in_for_a_description() -> None:
    heading = "vendor_guid,object_type,title,description,friendly_description,ratings"
    draft = take_draft(
        make_file("1,outcome,A,,I can do it,1,Yes", "2,outcome,B,Does it,I can do it,1,Yes", heading=heading)
    )
    titles = [part["criteria"][0]["title"] for part in draft.tree["subcompetencies"]]
    assert titles == ["I can do it", "Does it"]
    assert any("friendly description of “B”" in loss for loss in list_losses(draft))


@pytest.mark.parametrize(
    ("row", "refusal"),
    [
        ("o,topic,A,,,,,,,,", "row 2, column B (object_type): this is neither a group nor an outcome"),
        ("o,outcome,,,,,,,,,", "row 2, column C (title): this outcome has no title"),
        ("o,outcome,A,,,n_mastery,many,,,,3,A", "column G (calculation_int): this is no whole number"),
        ("o,outcome,A,,,n_mastery,2.5,,,,3,A", "column G (calculation_int): this is no whole number"),
        ("o,outcome,A,,,,,,,three,3,A", "column J (mastery_points): these points are no number"),
        ("o,outcome,A,,,,,,,3,3,A,x,B", "column M (ratings): these points are no number"),
        ("o,outcome,A,,,,,,,3,3,A,-1,B", "column M (ratings): these points are no number"),
        ("o,outcome,A,,,,,,,3,3,A,,B", "column M (ratings): this rating has no points"),
        ("o,outcome,A,,,,,,,3,3,A\no,outcome,B,,,,,,,3,3,A", "row 3, column A (vendor_guid): row 2 has"),
        ("g,group,A,,,,,,,,", "file.csv: there is no outcome in this file"),
        ("o,outcome,A,,,,,,deleted,3,3,A", "file.csv: there is no outcome in this file"),
    ],
)  # fmt: skip
def test_what_canvas_would_refuse_is_refused_with_its_place(row: str, refusal: str) -> None:
    (said,) = list_refusals(make_file(row))
    assert refusal in said


def test_hostile_titles_stay_text() -> None:
    rows = [
        'a,outcome,"He said ""no"", twice\nand left",,,highest,,,,3,3,Yes,1,No',
        "b,outcome,no,,,highest,,,,3,3,Yes,1,No",
        "c,outcome,=1+1,# x,,highest,,,,3,3,Yes,1,No",
        "d,outcome,List<T> & maps,,,highest,,,,3,3,Yes,1,No",
        "e,outcome,Ωμέγα,,,highest,,,,3,3,Yes,1,No",
        "f,outcome,no,,,highest,,,,3,3,Yes,1,No",
    ]
    parts = write_out(take_draft(make_file(*rows))).subcompetencies
    assert [part.evidence[0].item for part in parts] == [
        'He said "no", twice and left', "no", "=1+1", "List<T> & maps", "Ωμέγα", "no",
    ]  # fmt: skip
    assert len({part.id for part in parts}) == len(rows)


@pytest.mark.parametrize("title", ["Same", "Ω", "x" * 300])
def test_thousands_of_outcomes_of_one_name_take_no_square_of_time(title: str) -> None:
    rows = (f"o{number},outcome,{title},,,highest,,,,3,4,A,3,B,1,C" for number in range(10_000))
    started = time.perf_counter()
    draft = take_draft(make_file(*rows))
    assert len({part["id"] for part in draft.tree["subcompetencies"]}) == 10_000
    assert time.perf_counter() - started < 20


CELLS = st.sampled_from(
    ["", "a", "b", "group", "outcome", "Title", "<p>x", "3", "4", "0", "-1", "1e5", "2,5", "deleted", "a b",
     "a a", "n_mastery", "decaying_average", "\x07", "\u202e", "9999999", '"', "=x", " ", "NaN"]
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=18), max_size=12))
def test_no_table_breaks_the_reader(rows: list[list[str]]) -> None:
    lines = [",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows]
    imported = read_rubrics("x.csv", make_file(*lines).encode())
    assert imported.drafts or imported.problems
    if not imported.problems:
        for draft in imported.drafts:
            write_out(draft)


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    imported = read_rubrics("x.csv", HEADING.encode() + b"\n" + data)
    assert imported.drafts or imported.problems


def test_samples_import_and_decide_what_canvas_decided(program: Program) -> None:
    """The rubric's evidence has the names of the export of outcome results."""
    outcomes = find_shared("gradebooks", "synthetic", "canvas", "outcomes_import.csv")
    results = find_shared("gradebooks", "synthetic", "canvas", "outcome_results_report.csv")
    assert program("import", str(outcomes), "--to", "rubrics").status == 0
    path = program.folder / "rubrics" / "career-skills.yaml"
    written = path.read_text(encoding="utf-8").replace('"n"', "n")
    path.write_text(written.replace("n: 3", "n: 1"), encoding="utf-8")
    run = program("assess", str(results), "--rubric", str(path), "--out", "out", "--no-reports")
    assert run.status == 0, run.output
    decisions = (program.folder / "out" / "decisions.csv").read_text(encoding="utf-8")
    assert "11,career-skills,1.0.0,works-with-others,shown,mastery,3" in decisions


def test_sample_of_canvas_itself_imports() -> None:
    path = find_shared("gradebooks", "real", "canvas", "canvaslms_outcomes_import_test_outcomes_1.csv")
    drafts = take_drafts(path.read_bytes(), path.name)
    assert [draft.tree["title"] for draft in drafts] == ["A", "B"]
    for draft in drafts:
        (part,) = write_out(draft).subcompetencies
        assert (part.decide.by, part.decide.latest) == (Method.WEIGHTED_AVERAGE, Decimal(40))
        assert [part.title, part.evidence[0].item, part.criteria[0].title] == ["here", "C", "CCC"]


WRITTEN = """\
vendor_guid,object_type,title,description,display_name,calculation_method,calculation_int,parent_guids,workflow_state,mastery_points,ratings,,,,,
microcred:lab-work,group,Lab work,What a chemist does.,,,,,active,,,,,,,
microcred:lab-work:works-safely,outcome,Works safely,Wears goggles; Clears the bench.,,n_mastery,4,microcred:lab-work,active,3,4,Above,3,Met,1,Below
microcred:lab-work:records,outcome,Records,,,decaying_average,70,microcred:lab-work,active,3,4,Above,3,Met,1,Below
"""  # noqa: E501 - rows as they are


def test_written_file_is_one_that_canvas_takes() -> None:
    exported = write(write_out(take_draft(LAB)))
    assert exported.data.decode().replace("\r\n", "\n") == WRITTEN
    assert [loss.message for loss in exported.losses] == [
        "the evidence: which assignments count, and from where each level is reached"
    ]


@given(RUBRICS)
def test_rubrics_read_back_from_canvas(rubric: Rubric) -> None:
    exported = write(rubric)
    imported = read_rubrics("x.csv", exported.data)
    assert imported.problems == ()
    (draft,) = imported.drafts
    back = write_out(draft)
    assert back.title == clean_line(rubric.title)
    assert [part.title for part in back.subcompetencies] == [
        clean_line(part.title) for part in rubric.subcompetencies
    ]
    assert [level.points for level in back.levels] == [level.points for level in rubric.levels]
    assert [level.title for level in back.levels] == [clean_line(level.title) for level in rubric.levels]
    assert back.level(back.shown_at).points == rubric.level(rubric.shown_at).points
    for part, old in zip(back.subcompetencies, rubric.subcompetencies, strict=True):
        if not any(old.decide.by in loss.message for loss in exported.losses):
            assert (part.decide.by, part.decide.latest, part.decide.n) == (
                old.decide.by,
                old.decide.latest,
                old.decide.n,
            )
