"""Every kind of award rule, from the rubric's text to the award and what it lacks."""

import json
from typing import Any

import pytest
import yaml

from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.award import AtLeast, Award, Standing, decide_award, name_missing
from microcred_cli.model.decision import Decision
from microcred_cli.model.rubric import Rubric
from tests.cli.program import Program, read_table
from tests.shared import ROOT, find_shared

STATES = {
    "+": Decision.SHOWN,
    "-": Decision.NOT_YET,
    "?": Decision.INSUFFICIENT_EVIDENCE,
    ".": Decision.NOT_ASSESSED,
}
PARTS = ("a", "b", "c", "d")


def write_rubric(rule: object, parts: tuple[str, ...] = PARTS) -> bytes:
    """Return a rubric as a user writes it; every source may give evidence of everything."""
    levels = [{"id": each, "title": each, "points": points} for points, each in enumerate(("low", "high"), 1)]
    document = {
        "format": "microcred/1",
        "id": "r",
        "version": "1.0.0",
        "title": "R",
        "levels": levels,
        "shown_at": "high",
        "subcompetencies": [
            {
                "id": part,
                "title": part.upper(),
                "criteria": [{"id": "c", "title": "C", "descriptors": {"low": "L", "high": "H"}}],
                "evidence": [{"item": f"Item {part}"}],
            }
            for part in parts
        ],
        "award": rule,
    }
    return yaml.safe_dump(document, sort_keys=False).encode()


def read_rule(rule: object, parts: tuple[str, ...] = PARTS) -> Rubric:
    linted = lint_rubric("r.yaml", write_rubric(rule, parts), lambda _: True)
    assert linted.rubric is not None, linted.findings
    return linted.rubric


def find_slugs(rule: object, parts: tuple[str, ...] = PARTS) -> set[str]:
    """Return what keeps the linter from taking a rubric."""
    linted = lint_rubric("r.yaml", write_rubric(rule, parts), lambda _: True)
    return set() if linted.rubric is not None else {each.slug for each in linted.findings}


def make_standing(
    decisions: str, by_source: dict[str, str] | None = None, badges: dict[str, Award] | None = None
) -> Standing:
    """Return a standing from signs: one for each part, and one for each part by a source."""
    return Standing(
        {part: STATES[sign] for part, sign in zip(PARTS, decisions, strict=False)},
        {
            (part, source): STATES[sign]
            for source, signs in (by_source or {}).items()
            for part, sign in zip(PARTS, signs, strict=True)
        },
        badges or {},
    )


CASES = """
all                                              ++++  earned
all                                              ++?+  incomplete  c
all                                              +-?.  not-yet     b c d
any                                              --+-  earned
any                                              --.-  incomplete  a b c d
any                                              ----  not-yet     a b c d
{all: [a, b]}                                    ++--  earned
{all: [a, b]}                                    +.++  incomplete  b
{any: [c, d]}                                    ++-?  incomplete  c d
{at_least: 3}                                    +++-  earned
{at_least: 3}                                    ++-.  incomplete  c d
{at_least: 3}                                    +--.  not-yet     b c d
{at_least: 2, of: [a, b, c]}                     +?-+  incomplete  b c
{at_least: 2, of: [a, b, c]}                     --?+  not-yet     a b c
{at_least: 2, of: [a, b, c]}                     ++?.  earned
{points: 8, of: {a: 4, b: 4, c: 2}}              ++--  earned
{points: 8, of: {a: 4, b: 4, c: 2}}              +-+.  not-yet     b
{points: 8, of: {a: 4, b: 4, c: 2}}              +?-.  incomplete  b c
{points: 6, of: {a: 4, b: 4, c: 2}}              +?+.  earned
{points: 4, of: {a: 4, b: 4}, required: [b]}     +-++  not-yet     b
{points: 4, of: {a: 4, b: 4}, required: [b]}     +.++  incomplete  b
{points: 4, of: {a: 4, b: 4, c: 2}, required: [b]}               +--+  not-yet     b
{points: 4, of: {a: 4, b: 0}, required: [b]}     -+++  not-yet     a
{points: 4, of: {a: 4}, required: [d]}           ?--?  incomplete  a d
{all: [a, {any: [b, c]}, {at_least: 1, of: [d]}]}                ++-+  earned
{all: [a, {any: [b, c]}, {at_least: 1, of: [d]}]}                +-?+  incomplete  b c
{all: [a, {any: [b, c]}, {at_least: 1, of: [d]}]}                +--?  not-yet     b c d
{any: [{all: [a, b]}, {points: 3, of: {c: 1, d: 2}}]}            +-++  earned
{any: [{all: [a, b]}, {points: 3, of: {c: 1, d: 2}}]}            +-+?  incomplete  b d
{any: [{all: [a, b]}, {points: 3, of: {c: 1, d: 2}}]}            +---  not-yet     b c d
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_by_decisions(case: str) -> None:
    rule, _, rest = case.partition("  ")
    decisions, award, *missing = rest.split()
    rubric = read_rule(yaml.safe_load(rule))
    standing = make_standing(decisions)
    assert decide_award(rubric.award, standing) == award
    assert list(map(str, name_missing(rubric.award, standing))) == missing


BY_SOURCE = """
{at_least: 2, of: [a, b], source: employer}                ++++  ++..  earned
{at_least: 2, of: [a, b], source: employer}                ++++  +.++  incomplete  employer:b
{at_least: 2, of: [a, b], source: employer}                ++++  +-++  not-yet     employer:b
{at_least: 2, of: [a, b], source: employer}                ----  ++--  earned
{all: [c, {any: [a, b], source: employer}]}                ..+.  .-..  incomplete  employer:a employer:b
{all: [c, {any: [a, b], source: employer}]}                ..-.  .+..  not-yet     c
{any: [{all: [a]}, {at_least: 1}], source: employer}       ++++  ---+  earned
{all: [{points: 1, of: {a: 1, b: 1}, required: [a]}], source: employer}  ++++  .+++  incomplete  employer:a
"""


@pytest.mark.parametrize("case", BY_SOURCE.strip().splitlines())
def test_by_one_source(case: str) -> None:
    rule, _, rest = case.partition("  ")
    decisions, by_employer, award, *missing = rest.split()
    rubric = read_rule(yaml.safe_load(rule))
    standing = make_standing(decisions, {"employer": by_employer})
    assert decide_award(rubric.award, standing) == award
    assert list(map(str, name_missing(rubric.award, standing))) == missing


@pytest.mark.parametrize("held", list(Award))
@pytest.mark.parametrize(
    ("rule", "decisions", "when_held", "when_open", "when_not"),
    [
        ({"held": "q"}, "----", "earned", "incomplete", "not-yet"),
        ({"all": ["a", {"held": "q"}]}, "+---", "earned", "incomplete", "not-yet"),
        ({"all": ["a", {"held": "q"}]}, ".---", "incomplete", "incomplete", "not-yet"),
        ({"any": ["a", {"held": "q"}]}, "+---", "earned", "earned", "earned"),
        ({"at_least": 2, "of": ["a", "b", {"held": "q"}]}, "+-..", "earned", "incomplete", "not-yet"),
    ],
)
def test_by_badges_held(
    rule: object, decisions: str, when_held: str, when_open: str, when_not: str, held: Award
) -> None:
    rubric = read_rule(rule)
    standing = make_standing(decisions, badges={"q": held})
    expected = {Award.EARNED: when_held, Award.INCOMPLETE: when_open, Award.NOT_YET: when_not}[held]
    assert decide_award(rubric.award, standing) == expected
    named = "held:q" in map(str, name_missing(rubric.award, standing))
    assert named is (expected != Award.EARNED and held is not Award.EARNED)


def list_published() -> list[Any]:
    cases: list[Any] = json.loads(find_shared("vectors", "moodle_competency.json").read_bytes())["cases"]
    return cases


def make_moodle_rule(case: dict[str, Any]) -> tuple[object, tuple[str, ...]]:
    """Return the rule as our rubrics have it, and the sub-competencies that stand for the children."""
    parts = tuple(f"child-{number}" for number, _ in enumerate(case["children"]))
    if case["rule"] == "all":
        return {"all": list(parts)}, parts
    children = list(zip(parts, case["children"], strict=True))
    rule: dict[str, object] = {
        "points": case["required_points"],
        "of": {part: child["p"] for part, child in children},
    }
    required = [part for part, child in children if child["req"]]
    return rule | ({"required": required} if required else {}), parts


def test_moodles_published_cases() -> None:
    """Moodle knows no third value: what has no record there is not proficient, and here it is open."""
    judged = 0
    for case in list_published():
        rule, parts = make_moodle_rule(case)
        if case["rule"] == "points_validation" or not parts:
            # What Moodle refuses to save, or never meets, our linter refuses.
            assert (find_slugs(rule, parts or PARTS) == set()) is case["expected"], case["id"]
        else:
            rubric = read_rule(rule, parts)
            proficient = [child if case["rule"] == "all" else child["prof"] for child in case["children"]]
            for absent, otherwise in ((Decision.NOT_ASSESSED, "incomplete"), (Decision.NOT_YET, "not-yet")):
                known = {True: Decision.SHOWN, False: Decision.NOT_YET, None: absent}
                standing = Standing({part: known[each] for part, each in zip(parts, proficient, strict=True)})
                award = decide_award(rubric.award, standing)
                assert (award is Award.EARNED) is case["expected"], case["id"]
                assert award in {Award.EARNED, Award.NOT_YET, otherwise}
        judged += 1
    assert judged == 8


def test_a_rule_without_parts_is_never_met() -> None:
    """As with Moodle's competency that has no children."""
    assert decide_award(AtLeast(0, ()), Standing({})) is Award.NOT_YET


@pytest.mark.parametrize(
    ("rule", "slug"),
    [
        ({"all": []}, "empty-value"),
        ({"points": 0, "of": {"a": 1}}, "out-of-range"),
        ({"points": 1, "of": {}}, "empty-value"),
        ({"points": 1.5, "of": {"a": 2}}, "wrong-type"),
        ({"points": 1, "of": {"a": -1}}, "out-of-range"),
        ({"points": 3, "of": {"a": 1, "b": 1}}, "unreachable-award"),
        ({"points": 1, "of": {"a": 1, "x": 1}}, "unknown-subcompetency"),
        ({"points": 1, "of": {"a": 1}, "required": ["x"]}, "unknown-subcompetency"),
        ({"at_least": 3, "of": ["a", "b"]}, "unreachable-award"),
        ({"held": "r"}, "held-itself"),
        ({"any": ["a"], "source": "neighbour"}, "unknown-source"),
        ({"most": ["a"]}, "missing-key"),
        ("most", "unknown-award-rule"),
    ],
)
def test_a_rule_that_nobody_could_mean_is_refused(rule: object, slug: str) -> None:
    assert slug in find_slugs(rule)


SKILLS = (
    "adaptability",
    "analysis",
    "collaboration",
    "communication",
    "digital-fluency",
    "entrepreneurial-mindset",
    "empathy",
    "resilience",
    "self-awareness",
    "social-awareness",
)
PATHWAY = (ROOT / "tests" / "data" / "nwow_pathway.yaml").read_bytes()


def write_pathway_gradebook(**learners: tuple[int, int, int]) -> str:
    """Return a gradebook by how many skills a learner has shown: to themselves, to instructors, to employers.

    Of the last skill that each source looked at, it says that it is not shown yet.
    """
    rows = ["learner,item,score,source"]
    for learner, counts in learners.items():
        for source, count in zip(("learner", "instructor", "employer"), counts, strict=True):
            rows += [f"{learner},{skill},met,{source}" for skill in SKILLS[:count]]
            rows += [f"{learner},{skill},not met,{source}" for skill in SKILLS[count : count + 1]]
    return "\n".join(rows)


def test_a_pathway_asks_each_source_for_its_own(program: Program) -> None:
    """The pathway New World of Work: ten skills by the learner, three each by instructors and employers."""
    program.write("pathway.yaml", PATHWAY)
    gradebook = write_pathway_gradebook(
        all=(10, 10, 10), just=(10, 3, 3), nine=(9, 10, 10), two=(10, 2, 3), none=(10, 10, 0)
    )
    program.write("g.csv", gradebook)
    run = program("assess", "g.csv", "--rubric", "pathway.yaml", "--no-reports")
    assert run.status == 0, run.output
    awards = {row["learner"]: row for row in read_table(program.folder / "out/awards.csv")}
    assert {key: row["award"] for key, row in awards.items()} == {
        "all": "earned",
        "just": "earned",
        "nine": "not-yet",
        "two": "incomplete",
        "none": "incomplete",
    }
    assert awards["just"]["missing"] == ""
    assert awards["nine"]["missing"] == f"learner:{SKILLS[-1]}"
    assert awards["two"]["missing"].split(";") == [f"instructor:{skill}" for skill in SKILLS[2:]]
    assert awards["none"]["missing"].split(";") == [f"employer:{skill}" for skill in SKILLS]
    by_source = read_table(program.folder / "out/by_source.csv")
    assert len(by_source) == 5 * 3 * len(SKILLS)


def test_a_person_can_deny_what_a_source_says_and_not_speak_for_it(program: Program) -> None:
    program.write("pathway.yaml", PATHWAY)
    program.write("g.csv", write_pathway_gradebook(denied=(10, 3, 3), helped=(10, 3, 2)))
    program.write(
        "o.csv",
        "learner,rubric,subcompetency,decision,reason,by,at\n"
        "denied,nwow-pathway,adaptability,not-yet,The letter was forged,Ito,2026-03-01\n"
        "helped,nwow-pathway,collaboration,shown,Seen in class,Ito,2026-03-01\n",
    )
    run = program("assess", "g.csv", "-r", "pathway.yaml", "--overrides", "o.csv", "--no-reports")
    assert run.status == 0, run.output
    awards = {row["learner"]: row for row in read_table(program.folder / "out/awards.csv")}
    assert awards["denied"]["award"] == "not-yet"
    assert "learner:adaptability" in awards["denied"]["missing"].split(";")
    assert awards["helped"]["award"] == "incomplete"
    assert "employer:collaboration" in awards["helped"]["missing"].split(";")
    # What the source says is kept as it is.
    said = read_table(program.folder / "out/by_source.csv")
    assert {row["decision"] for row in said if row["subcompetency"] == "adaptability"} == {"shown"}
