"""Moodle's competency frameworks become rubrics with their rules, and rubrics become frameworks."""

import csv
import io
import json
import time
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.moodle.framework import write
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.model.award import AtLeast, Held, Points, Shown
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.html_text import clean_line
from tests.exchange.imported import list_losses, list_refusals, take_draft, take_drafts, write_out
from tests.exchange.made_rubrics import RUBRICS
from tests.shared import find_shared

COLUMNS = {
    "parent": "Parent id number",
    "id": "Id number",
    "name": "Shortname",
    "text": "Description",
    "format": "Description format",
    "values": "Scale values",
    "configuration": "Scale configuration",
    "type": "Rule type (optional)",
    "outcome": "Rule outcome (optional)",
    "rule": "Rule config (optional)",
    "related": "Cross referenced competency id numbers",
    "exported": "Exported id (optional)",
    "framework": "Is framework",
    "taxonomy": "Taxonomy",
}
ALL, POINTS = "core_competency\\competency_rule_all", "core_competency\\competency_rule_points"
THREE = "Not yet, Competent ,Excellent"


def configure(*proficient: int) -> str:
    named = [{"id": number, "scaledefault": 1, "proficient": 1} for number in proficient]
    return json.dumps([{"scaleid": "2"}, *named])


FRAMEWORK = {
    "id": "F",
    "name": "Laboratory",
    "values": THREE,
    "configuration": configure(2, 3),
    "framework": "1",
}


def make_file(*rows: Mapping[str, str], heading: Sequence[str] | None = None) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(heading or COLUMNS.values())
    writer.writerows([row.get(key, "") for key in COLUMNS] for row in rows)
    return stream.getvalue()


def give_points(base: object, *shares: tuple[object, object, object]) -> str:
    listed = [{"id": number, "points": points, "required": required} for number, points, required in shares]
    return json.dumps({"base": {"points": base}, "competencies": listed})


def make_lab(kind: str = "", rule: str = "null", outcome: str = "2", **framework: str) -> str:
    """Return a framework of three competencies under one, which has the rule."""
    top = {"id": "lab", "name": "Lab work", "text": "<p>What a chemist does.</p>", "exported": "7"}
    return make_file(
        {**FRAMEWORK, **framework},
        {**top, "type": kind, "outcome": outcome, "rule": rule},
        {
            "parent": "lab",
            "id": "s",
            "name": "Safety",
            "text": "<ul><li>Wears goggles</li></ul>",
            "exported": "8",
        },
        {"parent": "lab", "id": "r", "name": "Records", "exported": "9"},
        {"parent": "lab", "id": "t", "name": "Teamwork", "exported": "10"},
    )


LAB_WRITTEN = """\
# yaml-language-server: $schema=../schema/rubric.schema.json
format: microcred/1
id: lab-work
version: 1.0.0
title: Lab work
summary: What a chemist does.

levels:                                   # lowest first
  - {id: not-yet, title: Not yet, points: 1}
  - {id: competent, title: Competent, points: 2}
  - {id: excellent, title: Excellent, points: 3}
shown_at: competent

subcompetencies:
  - id: safety
    title: Safety
    criteria:
      - id: wears-goggles
        title: Wears goggles
    evidence:
      - item: Safety                      # put in the assignment's name in the gradebook

  - id: records
    title: Records
    criteria:
      - id: records
        title: Records
    evidence:
      - item: Records                     # put in the assignment's name in the gradebook

  - id: teamwork
    title: Teamwork
    criteria:
      - id: teamwork
        title: Teamwork
    evidence:
      - item: Teamwork                    # put in the assignment's name in the gradebook

award: {points: 8, of: {safety: 4, records: 4, teamwork: 2}, required: [safety]}
"""


def test_framework_becomes_a_rubric_as_a_person_would_write_it() -> None:
    draft = take_draft(make_lab(POINTS, give_points(8, (8, 4, 1), (9, 4, 0), (10, 2, 0))))
    assert write_draft(draft) == LAB_WRITTEN
    assert draft.losses == ()
    write_out(draft)


OF_TWO = {"at_least": 1, "of": ["records", "teamwork"]}


@pytest.mark.parametrize(
    ("kind", "rule", "award", "remarked", "losses"),
    [
        (ALL, "null", "all", False, 0),
        ("\\" + ALL, "", "all", False, 0),
        ("", "null", "all", True, 0),
        (POINTS, give_points(2, (8, 1, 0), (9, 1, 0), (10, 1, 0)), {"at_least": 2}, False, 0),
        (POINTS, give_points(5, (8, 3, 0), (9, 3, 0)), {"all": ["safety", "records"]}, False, 0),
        (POINTS, give_points("5", ("8", "3", "0"), ("9", "2", "0")), {"points": 5}, False, 0),
        (POINTS, give_points(2, (8, 1, 1), (9, 1, 0)), {"points": 2, "required": ["safety"]}, False, 0),
        (
            POINTS,
            give_points(2, (8, 1, True), (9, 1, False)),
            {"points": 2, "required": ["safety"]},
            False,
            0,
        ),
        (POINTS, give_points(9, (8, 1, 0), (9, 1, 0)), "all", False, 1),
        (POINTS, give_points(0, (8, 1, 0)), "all", False, 1),
        (POINTS, give_points(1, (8, 1, 0), (8, 1, 0)), "all", False, 1),
        (POINTS, give_points(1, (99, 1, 0)), "all", False, 1),
        (POINTS, give_points(1, (8, 10**9, 0)), "all", False, 1),
        (POINTS, give_points(1.5, (8, 1, 0)), "all", False, 1),
        (POINTS, "null", "all", False, 1),
        (POINTS, "{", "all", False, 1),
        (POINTS, '{"base": 3, "competencies": {"a": 1}}', "all", False, 1),
        (POINTS, '{"base": {"points": 3}, "competencies": [7, null, []]}', "all", False, 1),
    ],
)
def test_rules_become_the_award(
    kind: str, rule: str, award: str | dict[str, object], *, remarked: bool, losses: int
) -> None:
    draft = take_draft(make_lab(kind, rule))
    made = draft.tree["award"]
    if isinstance(award, dict):
        assert {key: made[key] for key in award} == award
    else:
        assert made == award
    assert (("award",) in draft.remarks) == remarked
    assert len(draft.losses) == losses
    write_out(draft)


def test_rules_that_a_person_confirms_are_said() -> None:
    (loss,) = list_losses(take_draft(make_lab(ALL, outcome="3")))
    assert loss.endswith("the rule of “Lab work” only notes or recommends in Moodle, and a person decides")


@pytest.mark.parametrize(
    ("values", "configuration", "shown_at", "remarked", "losses"),
    [
        (THREE, configure(2, 3), "competent", False, 0),
        (THREE, configure(3), "excellent", False, 0),
        (THREE, configure(1, 2, 3), "not-yet", False, 0),
        (THREE, configure(2), "competent", False, 1),
        (THREE, configure(9), "competent", True, 0),
        (THREE, "", "competent", True, 0),
        (THREE, "[", "competent", True, 0),
        (THREE, '{"a": 1}', "competent", True, 0),
        (THREE, '[{"scaleid":2},{"id":"3","proficient":"1"}]', "excellent", False, 0),
        (THREE, '[{"scaleid":2},{"id":2,"proficient":0},{"id":3,"proficient":1}]', "excellent", False, 0),
        ("No,Yes", configure(2), "yes", False, 0),
        ("No,Yes", "", "yes", True, 0),
        ("Only", configure(1), "only", False, 0),
        ("No,,Yes,", configure(2, 3), "level-2", False, 0),
        ("No,No,No", configure(3), "no-3", False, 0),
    ],
)
def test_scales_become_levels(
    values: str, configuration: str, shown_at: str, *, remarked: bool, losses: int
) -> None:
    draft = take_draft(make_lab(ALL, values=values, configuration=configuration))
    assert write_out(draft).shown_at == shown_at
    assert (("shown_at",) in draft.remarks) == remarked
    assert len(draft.losses) == losses


def test_value_that_is_not_proficient_above_one_that_is_is_said() -> None:
    (loss,) = list_losses(take_draft(make_lab(ALL, configuration=configure(2))))
    assert loss == "file.csv, row 2: that “Excellent” is not proficient, though it is above “Competent”"


def test_competency_with_a_scale_of_its_own_is_said() -> None:
    own = {"values": "No,Yes", "configuration": configure(2)}
    strict = {"values": THREE, "configuration": configure(3)}
    draft = take_draft(
        make_file(
            FRAMEWORK,
            {"id": "a", "name": "A"},
            {"id": "b", "name": "B", **own},
            {"id": "c", "name": "C"},
            {"id": "d", "name": "D", **strict},
        )
    )
    assert [level["title"] for level in draft.tree["levels"]] == ["Not yet", "Competent", "Excellent"]
    assert list_losses(draft) == [
        "file.csv, row 4: “B” has a scale of its own (No, Yes) in Moodle",
        "file.csv, row 6: “D” is proficient from another value of the scale on in Moodle",
    ]


def test_scale_that_all_have_of_their_own_is_the_rubrics() -> None:
    own = {"values": "No,Yes", "configuration": configure(2)}
    draft = take_draft(make_file(FRAMEWORK, {"id": "a", "name": "A", **own}, {"id": "b", "name": "B", **own}))
    assert [level["title"] for level in draft.tree["levels"]] == ["No", "Yes"]
    assert draft.losses == ()


def test_each_branch_is_a_rubric_and_so_is_what_has_none() -> None:
    drafts = take_drafts(
        make_file(
            FRAMEWORK,
            {"id": "1", "name": "One", "exported": "1", "type": POINTS, "outcome": "2",
             "rule": give_points(1, (2, 1, 0), (3, 1, 0))},
            {"parent": "1", "id": "1.1", "name": "One one", "exported": "2"},
            {"parent": "1", "id": "1.2", "name": "One two", "exported": "3", "related": "1.1"},
            {"id": "2", "name": "Two"},
            {"parent": "x", "id": "3", "name": "Lost"},
            {"parent": "4", "id": "4", "name": "Its own parent"},
        )
    )  # fmt: skip
    assert [draft.tree["title"] for draft in drafts] == ["Laboratory", "One"]
    assert [len(draft.tree["subcompetencies"]) for draft in drafts] == [1, 2]
    assert drafts[1].tree["award"] == {"at_least": 1, "of": ["one-one", "one-two"]}
    assert list_losses(drafts[0]) == [
        "file.csv, row 7: “Lost” is under a competency that is not in the file, and left out",
        "file.csv, row 8: “Its own parent” is under a competency that is not in the file, and left out",
    ]
    assert list_losses(drafts[1]) == ["1 competency refers to others; rubrics have no cross references"]


def test_rules_nest_as_competencies_do() -> None:
    some = {"type": POINTS, "outcome": "2"}
    draft = take_draft(
        make_file(
            FRAMEWORK,
            {"id": "1", "name": "Top", "type": ALL, "outcome": "2"},
            {
                "parent": "1",
                "id": "a",
                "name": "Group A",
                **some,
                "rule": give_points(1, (11, 1, 0), (12, 1, 0)),
            },
            {"parent": "a", "id": "a1", "name": "A one", "exported": "11"},
            {"parent": "a", "id": "a2", "name": "A two", "exported": "12"},
            {"parent": "1", "id": "b", "name": "Group B"},
            {"parent": "b", "id": "b1", "name": "B one"},
            {"parent": "b", "id": "b2", "name": "B two"},
            {"parent": "1", "id": "c", "name": "C"},
        )
    )
    award = {"all": [{"at_least": 1, "of": ["a-one", "a-two"]}, "b-one", "b-two", "c"]}
    assert draft.tree["award"] == award
    assert list_losses(draft) == [
        "file.csv, row 3: the groups “Group A”, “Group B”: their parts are sub-competencies side by side",
        "file.csv, row 7: that a person decides on “Group B” in Moodle; here all its parts have to be shown",
    ]
    write_out(draft)


def test_rule_by_points_over_groups_is_said() -> None:
    draft = take_draft(
        make_file(
            FRAMEWORK,
            {"id": "1", "name": "Top", "type": POINTS, "outcome": "2", "rule": give_points(1, (5, 1, 0))},
            {"parent": "1", "id": "a", "name": "Group", "exported": "5", "type": ALL, "outcome": "2"},
            {"parent": "a", "id": "a1", "name": "A one"},
        )
    )
    assert draft.tree["award"] == "all"
    assert "counts competencies that have others under them" in list_losses(draft)[1]


def test_headings_may_be_in_any_language() -> None:
    heading = [f"Überschrift {number}" for number in range(len(COLUMNS))]
    text = make_lab(ALL).split("\r\n", 1)[1]
    draft = take_draft(",".join(heading) + "\r\n" + text)
    assert write_out(draft).title == "Lab work"


def test_descriptions_are_text() -> None:
    row = {"id": "a", "name": "A", "text": "Uses List<T> & <b>maps</b>"}
    titles = [
        take_draft(make_file(FRAMEWORK, {**row, "format": form})).tree["subcompetencies"][0]["criteria"][0][
            "title"
        ]
        for form in ("1", "2")
    ]
    assert titles == ["Uses List & maps", "Uses List<T> & <b>maps</b>"]


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([{"id": "a", "name": "A"}], "file.csv: there is no row for the framework"),
        ([FRAMEWORK], "file.csv: there are no competencies under the framework"),
        (
            [{**FRAMEWORK, "values": ""}, {"id": "a", "name": "A"}],
            "file.csv, row 2: the framework has no scale",
        ),
        ([{**FRAMEWORK, "values": " ,,"}, {"id": "a", "name": "A"}], "file.csv, row 2: the framework has no"),
        ([FRAMEWORK, {"id": "a"}], "row 3, column C (Shortname): this row has no name"),
        ([FRAMEWORK, {"name": "A"}], "row 3, column B (Id number): this competency has no id number"),
        ([FRAMEWORK, FRAMEWORK], "row 3, column M (Is framework): this is a second framework"),
        (
            [FRAMEWORK, {"id": "a", "name": "A"}, {"id": "a", "name": "B"}],
            "row 4, column B (Id number): row 3 has the same id number",
        ),
        (
            [FRAMEWORK, {"parent": "a", "id": "a", "name": "A"}],
            "file.csv: the parents of the competencies go",
        ),
    ],
)
def test_what_moodle_would_not_take_is_refused_with_its_place(
    rows: list[dict[str, str]], refusal: str
) -> None:
    assert refusal in list_refusals(make_file(*rows))[0]


@pytest.mark.parametrize("shape", ["wide", "deep", "bushy"])
def test_thousands_of_competencies_take_no_square_of_time(shape: str) -> None:
    def find_parent(number: int) -> str:
        return {"wide": "c0", "deep": f"c{number - 1}", "bushy": f"c{number // 2}"}[shape] if number else ""

    rows = ({"id": f"c{n}", "name": "Ω", "parent": find_parent(n)} for n in range(10_000))
    started = time.perf_counter()
    take_draft(make_file(FRAMEWORK, *rows))
    assert time.perf_counter() - started < 20


CELLS = st.sampled_from(
    ["", "a", "b", "c", "F", "1", "0", "2", "x,y", "x", ALL, POINTS, "null", "[{", configure(1), configure(2),
     give_points(1, (1, 1, 0)), give_points(2, (2, 1, 1), (1, 1, 0)), "<p>z", "\x07", "\u202e", '"', "=x"]
)  # fmt: skip


@given(rows=st.lists(st.lists(CELLS, min_size=8, max_size=16), max_size=10), has_framework=st.booleans())
def test_no_table_breaks_the_reader(rows: list[list[str]], *, has_framework: bool) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    begin = make_file(FRAMEWORK) if has_framework else make_file()
    imported = read_rubrics("x.csv", (begin + stream.getvalue()).encode())
    assert imported.drafts or imported.problems
    if not imported.problems:
        for draft in imported.drafts:
            write_out(draft)


def test_sample_of_moodle_itself_imports() -> None:
    path = find_shared("gradebooks", "real", "moodle", "lpimportcsv_example_EXCERPT.csv")
    rubric = write_out(take_draft(path.read_bytes(), path.name))
    assert (rubric.title, rubric.shown_at) == ("Competencies", "competent")
    (part,) = rubric.subcompetencies
    assert (part.title, part.criteria[0].title) == ("Delivery-related", "Achieving Results")


def test_written_file_is_one_that_moodle_takes() -> None:
    rubric = write_out(take_draft(make_lab(POINTS, give_points(8, (8, 4, 1), (9, 4, 0), (10, 2, 0)))))
    exported = write(rubric)
    rows = list(csv.reader(io.StringIO(exported.data.decode())))
    assert rows[0] == list(COLUMNS.values())
    framework, top, first, *_ = (dict(zip(COLUMNS, row, strict=True)) for row in rows[1:])
    assert framework["values"] == "Not yet,Competent,Excellent"
    assert json.loads(framework["configuration"]) == [
        {"scaleid": "1"},
        {"id": 2, "scaledefault": 1, "proficient": 1},
        {"id": 3, "scaledefault": 0, "proficient": 1},
    ]
    assert (top["id"], top["parent"], top["type"], top["outcome"]) == ("lab-work", "", POINTS, "2")
    assert json.loads(top["rule"]) == json.loads(give_points(8, (2, 4, 1), (3, 4, 0), (4, 2, 0)))
    assert (first["id"], first["parent"], first["exported"]) == ("safety", "lab-work", "2")
    assert [loss.message for loss in exported.losses] == [
        "the evidence: which assignments count, and from where each level is reached"
    ]


def make_rubric(award: Any, *, levels: str = "Low,High") -> Rubric:
    rubric = write_out(take_draft(make_lab(ALL, values=levels, configuration=configure(2))))
    return rubric._replace(award=award)


SAFETY, RECORDS, TEAMWORK = Shown("safety"), Shown("records"), Shown("teamwork")
EVERY = (SAFETY, RECORDS, TEAMWORK)


@pytest.mark.parametrize(
    ("award", "is_kept"),
    [
        (AtLeast(3, EVERY), True),
        (AtLeast(2, EVERY), True),
        (AtLeast(1, EVERY[:2]), True),
        (AtLeast(2, EVERY[:2]), True),
        (Points(3, ((SAFETY, 1), (RECORDS, 2)), (SAFETY,)), True),
        (AtLeast(2, (SAFETY, AtLeast(1, EVERY[1:]))), True),
        (AtLeast(3, (SAFETY, RECORDS, AtLeast(1, EVERY[1:]))), False),
        (AtLeast(1, (SAFETY, AtLeast(1, EVERY[1:]))), False),
        (AtLeast(2, (AtLeast(1, EVERY[:1]), AtLeast(1, EVERY[1:]))), False),
        (AtLeast(2, (SAFETY, Points(1, ((RECORDS, 1),)))), False),
        (AtLeast(2, (SAFETY, Held("teamwork"))), False),
        (Held("teamwork"), False),
        (AtLeast(1, (Shown("safety", "employer"),)), False),
        (AtLeast(1, (SAFETY, SAFETY)), False),
    ],
)
def test_award_rules_are_written_where_moodle_has_them(award: Any, *, is_kept: bool) -> None:
    rubric = make_rubric(award)
    exported = write(rubric)
    lost = [loss.message for loss in exported.losses if "award" in loss.message]
    assert (lost == []) == is_kept
    if is_kept:
        assert write_out(take_draft(exported.data)).award == award


def test_commas_of_levels_and_long_titles_are_said() -> None:
    rubric = make_rubric(AtLeast(3, EVERY))
    low, high = rubric.levels
    rubric = rubric._replace(levels=(low._replace(title="Low, very"), high), title="x" * 120)
    exported = write(rubric)
    back = write_out(take_draft(exported.data))
    assert [level.title for level in back.levels] == ["Low – very", "High"]
    assert back.title == "x" * 99 + "…"
    assert [loss.message.split(":")[0] for loss in exported.losses][:2] == [
        f"the end of the title “{'x' * 99}…”",
        "the comma in “Low, very”",
    ]


@given(RUBRICS)
def test_rubrics_read_back_from_moodle(rubric: Rubric) -> None:
    exported = write(rubric)
    draft = take_draft(exported.data)
    back = write_out(draft)
    assert back.title == clean_line(rubric.title)
    assert [part.title for part in back.subcompetencies] == [
        clean_line(part.title) for part in rubric.subcompetencies
    ]
    assert [level.points for level in back.levels] == [
        Decimal(number) for number, _ in enumerate(rubric.levels, start=1)
    ]
    order, old_order = ([level.id for level in each.levels] for each in (back, rubric))
    assert order.index(back.shown_at) == old_order.index(rubric.shown_at)
