"""The plain evaluator against published numbers, so that it may judge."""

import json
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from tests.assessment.plain.awards import decide_award
from tests.assessment.plain.methods import Task, evaluate
from tests.assessment.plain.points import convert_cell, round_half_away, round_result
from tests.assessment.plain.records import Document, Row, read_document
from tests.shared import find_shared

FIVE = [{"id": f"l{points}", "title": f"Level {points}", "points": points} for points in range(1, 6)]


def make_document(by: str, *, shown: int = 3, **parameters: Any) -> Document:
    return {
        "id": "r",
        "levels": FIVE,
        "shown_at": f"l{shown}",
        "subcompetencies": [{"id": "part", "evidence": [{"item": "A"}], "decide": {"by": by, **parameters}}],
    }


def decide(document: Document, scores: Sequence[object]) -> Fraction | None:
    rubric = read_document(document)
    exact = [Fraction(str(score)) for score in scores]
    return evaluate(Task(exact, [Fraction(1)] * len(exact), rubric.parts[0], rubric))


def load(name: str) -> Any:
    return json.loads(find_shared("vectors", name).read_text(encoding="utf-8"))


def test_canvas() -> None:
    document = load("canvas_outcomes.json")
    run = 0
    for case in (*document["cases"], *document["derived_cases"]):
        by = case["method"].replace("_", "-")
        if by == "weighted-average-from-parts":  # parts of a result, no scores
            continue
        given = case.get("param")
        parameters = {} if given is None else {"n": given} if by == "n-mastery" else {"latest": f"{given}%"}
        made = make_document(by, shown=case.get("mastery_points") or 3, **parameters)
        result = decide(made, case["scores_oldest_first"])
        rounded = None if result is None else round_result(result, 2)
        expected = case["expected"]
        assert rounded == (None if expected is None else Fraction(str(expected))), case["id"]
        run += 1
    assert run > 20
    (scaling,) = document["scaling"]
    four = read_document({**make_document("highest"), "levels": FIVE[:4]})
    row = Row("s", "A", str(scaling["raw"]), str(scaling["possible"]))
    points = convert_cell(row, four.parts[0].evidence[0], four)
    assert points == Fraction(str(scaling["expected"]))


@pytest.mark.parametrize(
    ("ids", "by", "parameters"),
    [
        (("educate-mode", "educate-mode-tie"), "most-common", {}),
        (("educate-average",), "average", {}),
        (("educate-avg-3-highest",), "mean-of-highest", {"n": 3}),
    ],
)
def test_educate(ids: tuple[str, ...], by: str, parameters: dict[str, int]) -> None:
    cases = {case["id"]: case for case in load("other_methods.json")["cases"]}
    for name in ids:
        result = decide(make_document(by, **parameters), cases[name]["scores_oldest_first"])
        assert result is not None
        assert round_result(result, 2) == Fraction(str(cases[name]["expected"]))


def test_canvas_median() -> None:
    median = next(
        each for each in load("canvas_outcomes.json")["class_aggregates"] if each["stat"] == "median"
    )
    for user, scores in median["per_user_scores"].items():
        assert decide(make_document("median"), scores) == Fraction(str(median["expected"][user]))


def test_power_law() -> None:
    cases = load("power_law.json")["cases"]
    assert len(cases) >= 6
    for case in cases:
        result = decide(make_document("power-law"), case["scores_oldest_first"])
        assert result is not None
        assert round_half_away(result, 6) == Fraction(str(case["fitted_at_n"]))


def test_moodle() -> None:
    """In Moodle a child without a record is not proficient, here it would be open."""
    run = 0
    for each in load("moodle_competency.json")["cases"]:
        children = each["children"]
        if each["rule"] == "points_validation" or not children:
            continue
        names = tuple(f"c{number}" for number in range(len(children)))
        if each["rule"] == "all":
            rule: Any = "all"
            known = {("", name): bool(child) for name, child in zip(names, children, strict=True)}
        else:
            pairs = list(zip(names, children, strict=True))
            rule = {"points": each["required_points"], "of": {name: child["p"] for name, child in pairs}}
            rule["required"] = [name for name, child in pairs if child["req"]]
            known = {("", name): bool(child["prof"]) for name, child in pairs}
        assert decide_award(rule, names, known) == ("earned" if each["expected"] else "not-yet"), each["id"]
        run += 1
    assert run >= 4
