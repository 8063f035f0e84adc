"""Rubrics and frameworks of CASE 1.1 become rubrics, and rubrics become packages that its schemas take."""

import json
import time
import uuid
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from jsonschema import Draft201909Validator, FormatChecker

from microcred_cli.exchange.case.document import read, write
from microcred_cli.exchange.case.document_write import make_uuid
from microcred_cli.exchange.criterion_titles import join_lines
from microcred_cli.exchange.detect import read_rubrics
from microcred_cli.exchange.rubric_writer import write_draft
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.html_text import clean_line, clean_text
from microcred_cli.workflows.browse_rubrics import list_rubrics
from tests.cli.program import Program
from tests.exchange.imported import list_losses, list_refusals, take_draft, take_drafts, write_out
from tests.exchange.made_rubrics import RUBRICS
from tests.shared import find_shared

CHANGED = "2026-11-26T10:00:00Z"
Part = dict[str, Any]


def make_level(quality: str | None, score: float | None, text: str = "", **more: Any) -> Part:
    level: Part = {"identifier": make_uuid(f"{quality}{score}"), "uri": "x", "lastChangeDateTime": CHANGED}
    named = {"quality": quality, "score": score, "description": text or None, **more}
    return {**level, **{key: value for key, value in named.items() if value is not None}}


def make_criterion(text: str, *levels: Part, **more: Any) -> Part:
    return {
        "identifier": make_uuid(text),
        "description": text,
        "CFRubricCriterionLevels": list(levels),
        **more,
    }


def make_rubric(*criteria: Part, **more: Any) -> Part:
    return {"identifier": make_uuid("r"), "title": "Lab work", "CFRubricCriteria": list(criteria), **more}


LOW, HIGH = make_level("Low", 1, "Takes goggles along."), make_level("High", 2.5, "Wears goggles.")
LAB = make_rubric(
    make_criterion("Records what happens", HIGH, LOW, category="Records", position=3),
    make_criterion("Wears goggles", LOW, HIGH, category="Safety", position=1),
    make_criterion(
        "Clears the bench", make_level("Low", 1), make_level("High", 2.5), category="Safety", position=2
    ),
    description="What a chemist does.",
)
LAB_WRITTEN = """\
# yaml-language-server: $schema=../schema/rubric.schema.json
format: microcred/1
id: lab-work
version: 1.0.0
title: Lab work
summary: What a chemist does.

levels:                                   # lowest first
  - {id: low, title: Low, points: 1}
  - {id: high, title: High, points: 2.5}
shown_at: high                            # a guess: the file does not say

subcompetencies:
  - id: safety
    title: Safety
    criteria:
      - id: wears-goggles
        title: Wears goggles
        descriptors:
          low: Takes goggles along.
          high: Wears goggles.
      - id: clears-the-bench
        title: Clears the bench
    evidence:
      - item: Safety                      # put in the assignment's name in the gradebook

  - id: records
    title: Records
    criteria:
      - id: records-what-happens
        title: Records what happens
        descriptors:
          low: Takes goggles along.
          high: Wears goggles.
    evidence:
      - item: Records                     # put in the assignment's name in the gradebook
"""


@pytest.mark.parametrize(
    "document",
    [
        LAB,
        [LAB],
        {"CFRubrics": [LAB]},
        {"CFDocument": {}, "CFRubrics": [LAB]},
        {"CFPackage": {"CFRubrics": [LAB]}},
    ],
)
def test_rubric_is_written_as_a_person_would_whatever_is_around_it(document: Any) -> None:
    draft = take_draft(json.dumps(document), "case.json")
    assert write_draft(draft) == LAB_WRITTEN
    assert draft.losses == ()
    write_out(draft)


def test_byte_order_mark_is_no_fault() -> None:
    assert write_out(take_draft(b"\xef\xbb\xbf" + json.dumps(LAB).encode())).title == "Lab work"


def test_criteria_without_category_stand_for_themselves() -> None:
    link = {"title": "Safety", "identifier": "x", "uri": "y"}
    rubric = make_rubric(
        make_criterion("Wears goggles at all times in the laboratory", LOW, HIGH, CFItemURI=link),
        make_criterion("Clears the bench", LOW, HIGH),
        make_criterion("", LOW, HIGH, CFItemURI=link),
        make_criterion("", LOW, HIGH),
    )
    parts = write_out(take_draft(json.dumps(rubric))).subcompetencies
    assert [(part.title, [each.title for each in part.criteria]) for part in parts] == [
        ("Safety", ["Wears goggles at all times in the laboratory", "Safety"]),
        ("Clears the bench", ["Clears the bench"]),
        ("Criterion 4", ["Criterion 4"]),
    ]


def test_criterion_is_called_what_its_item_is() -> None:
    item = {"identifier": "i", "fullStatement": "<p>Works <b>safely</b></p>"}
    criterion = make_criterion("", LOW, HIGH, CFItemURI={"identifier": "i"})
    package = {"CFItems": [item], "CFRubrics": [make_rubric(criterion)]}
    assert write_out(take_draft(json.dumps(package))).subcompetencies[0].title == "Works safely"


def test_levels_without_scores_count_in_their_order() -> None:
    levels = (
        make_level("Good", None, position=2),
        make_level("Fair", None, position=1),
        make_level(None, None),
    )
    draft = take_draft(json.dumps(make_rubric(make_criterion("A", *levels))))
    rubric = write_out(draft)
    assert [(level.title, level.points) for level in rubric.levels] == [
        ("Fair", Decimal(1)),
        ("Good", Decimal(2)),
        ("Level 3", Decimal(3)),
    ]
    assert "no level has a score; they count 1, 2, 3 now" in list_losses(draft)[0]


def test_rubric_without_levels_gets_some_and_says_so() -> None:
    draft = take_draft(json.dumps(make_rubric(make_criterion("A"))))
    rubric = write_out(draft)
    assert [level.title for level in rubric.levels] == ["Beginning", "Developing", "Proficient", "Exemplary"]
    assert "four without descriptors" in list_losses(draft)[0]


def test_what_a_rubric_has_no_place_for_is_said() -> None:
    package = {
        "CFDocument": {"language": "English"},
        "CFRubrics": [
            make_rubric(title="Empty"),
            make_rubric(
                make_criterion("A", LOW, HIGH, weight=2),
                make_criterion("B", make_level("Low", 2), make_level("High", 10, feedback="Well done")),
                make_criterion("C"),
            ),
        ],
    }
    draft = take_draft(json.dumps(package), "x.json")
    assert list_losses(draft) == [
        "the language “English”: a rubric takes tags such as en or pt-BR",
        "x.json (rubric 1): the rubric “Empty”: it has no criteria",
        "x.json (rubric 2, criterion 2, level 2): the feedback of a level",
        "the weights of the criteria: each sub-competency is decided on its own",
        "x.json (rubric 2, criterion 2): the scores of “B”: it has those of the rubric's levels now",
        "that criteria are worth different points: each sub-competency is decided on its own",
    ]
    write_out(draft)


def make_item(key: str, statement: str, short: str = "") -> Part:
    item = {"identifier": key, "fullStatement": statement}
    return {**item, "abbreviatedStatement": short} if short else item


def join(child: str, parent: str, number: int | None = None) -> Part:
    association: Part = {"associationType": "isChildOf", "originNodeURI": {"identifier": child}}
    association["destinationNodeURI"] = {"identifier": parent}
    return association if number is None else {**association, "sequenceNumber": number}


def test_framework_becomes_rubrics_by_its_branches() -> None:
    package = {
        "CFDocument": {
            "identifier": "d",
            "title": "Sciences",
            "language": "pt-BR",
            "description": "All of it.",
        },
        "CFItems": [
            make_item("1", "Laboratory"),
            make_item("1.2", "The student records what happens in full sentences.", "Records"),
            {**make_item("1.1", "Works safely"), "humanCodingScheme": "L.1"},
            make_item("2", "Alone"),
            make_item("3", "A circle"),
            make_item("", "No identifier"),
        ],
        "CFAssociations": [
            join("1.2", "1", 2),
            join("1.1", "1", 1),
            join("1", "d", 1),
            join("3", "3"),
            join("1.1", "2"),
            {"associationType": "isRelatedTo", "originNodeURI": {"identifier": "2"}},
        ],
    }
    alone, lab = take_drafts(json.dumps(package), "x.json")
    assert (alone.tree["title"], alone.tree["summary"], alone.tree["language"]) == (
        "Sciences",
        "All of it.",
        "pt-BR",
    )
    rubric = write_out(lab)
    assert rubric.title == "Laboratory"
    assert [(part.title, part.criteria[0].title) for part in rubric.subcompetencies] == [
        ("Works safely", "Works safely"),
        ("Records", "The student records what happens in full sentences."),
    ]
    assert rubric.shown_at == "proficient"
    assert list_losses(lab)[-1] == "x.json (item 3): the codes of the items, such as L.1 of “Works safely”"
    assert [loss.split(": ", 1)[-1] for loss in list_losses(alone)[:3]] == [
        "only the first counts",
        "1 items without an identifier or a statement of their own",
        "“A circle”: what it is a child of goes in a circle",
    ]


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("{", "x.json: this is no JSON that can be read: "),
        (
            '{"a": 1, "a": 2}',
            "x.json: this is no JSON that can be read: the key `a` stands twice in one object",
        ),
        ("[]", "x.json: this is JSON, but nothing of CASE"),
        ("[1]", "x.json: this is JSON, but nothing of CASE"),
        ('{"type": "Badge"}', "x.json: this is JSON, but nothing of CASE"),
        (
            '{"CFDocument": {}}',
            "x.json: there is neither a rubric with criteria nor a competency in this file",
        ),
        ('{"CFItems": [1, null]}', "x.json: there is neither a rubric"),
        ('{"CFRubrics": {"a": 1}}', "x.json: there is neither a rubric"),
        ('{"CFRubricCriteria": "x"}', "x.json: there is neither a rubric"),
        (
            json.dumps(make_rubric(make_criterion("A", make_level("x", -1), make_level("y", 1)))),
            "x.json (rubric 1, criterion 1, level 1): this score is no number from 0 to 10,000",
        ),
        (
            json.dumps(make_rubric(make_criterion("A", make_level("x", 1), make_level("y", 20000)))),
            "x.json (rubric 1, criterion 1, level 2): this score is no number from 0 to 10,000",
        ),
    ],
)
def test_what_is_not_case_is_refused(text: str, refusal: str) -> None:
    assert list_refusals(text, "x.json")[0].startswith(refusal)


KEYS = st.sampled_from(
    ["CFRubrics", "CFRubricCriteria", "CFRubricCriterionLevels", "CFItems", "CFAssociations", "CFDocument",
     "title", "description", "quality", "score", "position", "weight", "category", "CFItemURI", "identifier",
     "fullStatement", "associationType", "originNodeURI", "destinationNodeURI", "sequenceNumber",
     "language", "CFPackage"]
)  # fmt: skip
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "a", "b", "isChildOf", "en", "<p>x</p>", "\u202e", "1e5"]),
)  # fmt: skip
OBJECTS = st.recursive(
    VALUES,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=6)),
    max_leaves=30,
)


@given(st.dictionaries(KEYS, OBJECTS, max_size=6))
def test_no_document_breaks_the_reader(document: dict[str, Any]) -> None:
    check_reading(document)


@given(st.lists(st.dictionaries(KEYS, OBJECTS, max_size=6), min_size=1, max_size=3))
def test_no_criteria_or_items_break_the_reader(parts: list[Any]) -> None:
    check_reading({"CFRubrics": [{"CFRubricCriteria": parts}]})
    check_reading({"CFRubricCriteria": [make_criterion("A", *parts), make_criterion("B", LOW)]})
    items = [make_item("a", "A"), make_item("b", "B"), *parts]
    check_reading({"CFItems": items, "CFAssociations": [join("a", "b"), *parts]})


def check_reading(document: Any) -> None:
    imported = read("x.json", json.dumps(document).encode())
    assert imported.drafts or imported.problems
    if not imported.problems:
        for draft in imported.drafts:
            write_out(draft)


@pytest.mark.parametrize("shape", ["wide", "deep"])
def test_thousands_of_items_take_no_square_of_time(shape: str) -> None:
    items = [make_item(f"i{number}", "Same") for number in range(10_000)]
    parents = [join(f"i{n}", "i0" if shape == "wide" else f"i{n - 1}", n) for n in range(1, 10_000)]
    started = time.perf_counter()
    take_draft(json.dumps({"CFItems": items, "CFAssociations": parents}))
    assert time.perf_counter() - started < 20


def test_thousands_of_criteria_take_no_square_of_time() -> None:
    criteria = [make_criterion("Same", LOW, HIGH, category=f"Ω{number}") for number in range(5_000)]
    text = json.dumps(make_rubric(*criteria))
    started = time.perf_counter()
    take_draft(text)
    assert time.perf_counter() - started < 20


@cache
def load_validator(name: str) -> Draft201909Validator:
    path = find_shared(
        "standards", "conform-ed-vendored-1edtech-schemas", "packages", "coverage", "vendor", "case", "v1_1",
        f"case_v1p1_{name}-jsonschema1.json",
    )  # fmt: skip
    return Draft201909Validator(json.loads(path.read_text(encoding="utf-8")), format_checker=FormatChecker())


def check_schemas(data: bytes) -> Any:
    package = json.loads(data)
    load_validator("cfpackage").validate(package)
    for rubric in package["CFRubrics"]:
        load_validator("cfrubric").validate(rubric)
    return package


def is_plain(rubric: Rubric) -> bool:
    """Return whether no text looks like HTML, which is read as such."""
    return "</" not in str(rubric)


def check_round_trip(rubric: Rubric) -> None:
    exported = write(rubric, CHANGED)
    back = write_out(take_draft(exported.data))
    assert back.title == clean_line(rubric.title)
    assert back.summary == (None if rubric.summary is None else clean_text(rubric.summary))
    assert back.language == rubric.language
    assert [(level.title, level.points) for level in back.levels] == [
        (clean_line(level.title), level.points) for level in rubric.levels
    ]
    order = [level.id for level in rubric.levels]
    new_order = [level.id for level in back.levels]
    for part, old in zip(back.subcompetencies, rubric.subcompetencies, strict=True):
        assert part.title in {clean_line(old.title), clean_line(f"{old.title} ({old.id})")}
        for criterion, before in zip(part.criteria, old.criteria, strict=True):
            assert criterion.title == join_lines(clean_text(before.title))
            assert {new_order.index(level): text for level, text in criterion.descriptors.items()} == {
                order.index(level): clean_text(text) for level, text in before.descriptors.items()
            }


@given(RUBRICS)
def test_rubrics_read_back_from_case(rubric: Rubric) -> None:
    check_schemas(write(rubric, CHANGED).data)
    assume(is_plain(rubric))
    check_round_trip(rubric)


@pytest.mark.parametrize("shelved", list_rubrics(), ids=lambda shelved: shelved.rubric.id)
def test_rubrics_of_the_library_read_back_from_case(shelved: Any) -> None:
    check_round_trip(shelved.rubric)
    check_schemas(write(shelved.rubric, CHANGED).data)


def make_lab() -> Rubric:
    return write_out(take_draft(json.dumps(LAB)))


def test_package_has_the_competencies_as_items_and_the_rubric() -> None:
    exported = write(make_lab(), CHANGED, "Riverside College")
    package = check_schemas(exported.data)
    assert package["CFDocument"]["creator"] == "Riverside College"
    titles = {item["identifier"]: item["fullStatement"] for item in package["CFItems"]}
    titles[package["CFDocument"]["identifier"]] = "the document"
    assert [
        (titles[each["originNodeURI"]["identifier"]], titles[each["destinationNodeURI"]["identifier"]])
        for each in package["CFAssociations"]
    ] == [
        ("Lab work", "the document"),
        ("Safety", "Lab work"),
        ("Wears goggles", "Safety"),
        ("Clears the bench", "Safety"),
        ("Records", "Lab work"),
        ("Records what happens", "Records"),
    ]
    criteria = package["CFRubrics"][0]["CFRubricCriteria"]
    assert {each["CFItemURI"]["identifier"] for each in criteria} < titles.keys()
    assert [loss.message for loss in exported.losses] == [
        "that a sub-competency is shown from “High” up",
        "the evidence: which assignments count, and from where each level is reached",
    ]


def test_framework_of_a_package_without_its_rubrics_is_read_by_its_items() -> None:
    package = json.loads(write(make_lab(), CHANGED).data)
    del package["CFRubrics"]
    draft = take_draft(json.dumps(package))
    assert [part["title"] for part in draft.tree["subcompetencies"]] == [
        "Wears goggles",
        "Clears the bench",
        "Records what happens",
    ]


def test_same_rubric_is_the_same_file_and_identifiers_are_unique() -> None:
    rubric = make_lab()
    data = write(rubric, CHANGED).data
    assert write(rubric, CHANGED).data == data
    other = write(rubric._replace(version="1.0.1"), CHANGED).data
    package, changed = json.loads(data), json.loads(other)
    assert package["CFDocument"]["identifier"] != changed["CFDocument"]["identifier"]
    criteria = package["CFRubrics"][0]["CFRubricCriteria"]
    every = [
        *package["CFItems"], *package["CFAssociations"], package["CFDocument"], *package["CFRubrics"],
        *criteria,
        *(level for criterion in criteria for level in criterion["CFRubricCriterionLevels"]),
    ]  # fmt: skip
    identifiers = [each["identifier"] for each in every]
    assert len(set(identifiers)) == len(identifiers)
    assert {uuid.UUID(each).version for each in identifiers} == {5}


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_identifiers_are_those_of_rfc_9562(name: str) -> None:
    assert make_uuid(name) == str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def test_parts_of_one_title_stay_apart() -> None:
    rubric = make_lab()
    first, second = rubric.subcompetencies
    rubric = rubric._replace(subcompetencies=(first, second._replace(title="Safety")))
    exported = write(rubric, CHANGED)
    back = write_out(take_draft(exported.data))
    assert [part.title for part in back.subcompetencies] == ["Safety (safety)", "Safety (records)"]
    assert "that several are called “Safety”" in exported.losses[0].message


def test_program_imports_a_package(program: Program) -> None:
    program.write("lab.json", write(make_lab(), CHANGED).data)
    run = program("import", "lab.json", "--to", "lab.yaml")
    assert run.status == 0, run.output
    assert "2 sub-competencies, from CASE" in run.output
    assert program("lint", "lab.yaml").status == 0


def test_points_are_exact() -> None:
    levels = make_level("a", 0.1), make_level("b", 0.3), make_level("c", 1e-12)
    rubric = write_out(take_draft(json.dumps(make_rubric(make_criterion("A", *levels)))))
    assert [level.points for level in rubric.levels] == [Decimal(0), Decimal("0.1"), Decimal("0.3")]


def test_detecting_goes_by_what_the_file_holds() -> None:
    assert read_rubrics("rubric.csv", b" \n" + json.dumps(LAB).encode()).system == "CASE"
