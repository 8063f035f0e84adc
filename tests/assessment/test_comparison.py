"""Two assessments compared: each change is told once, with what it comes from."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings

from microcred_cli.assessment.comparison import compare_assessments
from microcred_cli.assessment.overrides import Overrides
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.assessment import Assessment, Manifest
from microcred_cli.model.award import AtLeast, Held, Shown
from microcred_cli.model.comparison import ChangeKind, Comparison
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import Method
from microcred_cli.model.override import Override
from microcred_cli.model.place import Place
from microcred_cli.model.results import Badge
from microcred_cli.model.rubric import (
    Attempts,
    EvidenceItem,
    Late,
    Lateness,
    Level,
    MethodChoice,
    Needs,
    Rubric,
)
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import Circumstances, Outcome, assemble_assessment, decide_cohort
from tests.assessment.cohorts import locate, make_rubric

LONG = settings.get_current_profile_name() == "long"
HEADING = "learner,item,score,possible,date,attempt,rater,source,late"
DAY = datetime(2026, 3, 1, tzinfo=UTC)
ESSAY, TALK = EvidenceItem("Essay"), EvidenceItem("Talk")
BASE = make_rubric(MethodChoice(Method.AVERAGE), [ESSAY, TALK])
ROWS = ("a,Essay,3,,2025-01-01,,,,", "a,Talk,3,,2026-02-01,,,,", "b,Essay,1,,2026-02-01,,,,")


def assess(rubric: Rubric, rows: Sequence[str] = ROWS, file: str = "g.csv", **around: Any) -> Assessment:
    """Return what rows of a long table come to."""
    data = "\n".join([HEADING, *rows]).encode()
    circumstances = Circumstances(**{"as_of": DAY, "held": {}, **around})
    return decide([rubric], file, data, circumstances)


def decide(rubrics: Sequence[Rubric], file: str, data: bytes, circumstances: Circumstances) -> Assessment:
    outcome = decide_cohort(rubrics, [read_gradebook(file, data, GradebookSettings())], locate, circumstances)
    assert outcome.problems == ()
    return build(rubrics, outcome, circumstances)


def build(rubrics: Sequence[Rubric], outcome: Outcome, circumstances: Circumstances) -> Assessment:
    options = {} if circumstances.as_of is None else {"as_of": f"{circumstances.as_of:%Y-%m-%d}"}
    held = [
        Badge(learner, each) for learner, ids in (circumstances.held or {}).items() for each in sorted(ids)
    ]
    return assemble_assessment(Manifest("1", "2026-03-01T00:00:00Z", (), options), rubrics, outcome, held)


def choose(**changes: Any) -> Rubric:
    """Return the base with another decision rule."""
    (part,) = BASE.subcompetencies
    return BASE._replace(subcompetencies=(part._replace(decide=part.decide._replace(**changes)),))


def count(*evidence: EvidenceItem) -> Rubric:
    """Return the base with other evidence."""
    (part,) = BASE.subcompetencies
    return BASE._replace(subcompetencies=(part._replace(evidence=evidence),))


def tell(comparison: Comparison, learner: str = "a") -> list[tuple[str, str]]:
    """Return the reasons of a learner's one change."""
    (change,) = [each for each in comparison.changes if each.after.learner == learner]
    return [(reason.kind, reason.text) for reason in change.reasons]


EVIDENCE: dict[str, tuple[list[str], list[tuple[str, str]]]] = {
    "another score": (
        ["a,Essay,3,,2025-01-01,,,,", "a,Talk,1,,2026-02-01,,,,"],
        [("evidence changed", "Talk: 3 → 1")],
    ),
    "a share": (
        ["a,Essay,3,,2025-01-01,,,,", "a,Talk,3,10,2026-02-01,,,,"],
        [("evidence changed", "Talk: 3 → 3 of 10")],
    ),
    "no score any more": (
        ["a,Essay,1,,2025-01-01,,,,", "a,Talk,excused,,2026-02-01,,,,"],
        [
            ("evidence changed", "Essay: 3 → 1"),
            ("evidence removed", "Talk: 3 → excused"),
        ],
    ),
    "gone": (
        ["a,Essay,1,,2025-01-01,,,,", "b,Talk,,,,,,,"],
        [("evidence changed", "Essay: 3 → 1"), ("evidence removed", "Talk: 3 is gone")],
    ),
    "a further one": (
        ["a,Essay,3,,2025-01-01,,,,", "a,Talk,3,,2026-02-01,,,,", "a,Talk,1,,2026-02-01,2,,,"],
        [("evidence added", "Talk: 1 is new")],
    ),
    "a second rater": (
        ["a,Essay,3,,2025-01-01,,,,", "a,Talk,3,,2026-02-01,,,,", "a,Talk,1,,2026-02-02,,Kim,,"],
        [("evidence added", "Talk: 1 is new")],
    ),
    "a newer mark": (
        ["a,Essay,3,,2025-01-01,,,,", "a,Talk,3,,2026-02-01,,,,", "a,Talk,1,,2026-02-02,,,,"],
        [("set aside", "Talk: 3 is set aside: replaced"), ("evidence added", "Talk: 1 is new")],
    ),
}


@pytest.mark.parametrize("case", EVIDENCE)
def test_what_became_of_the_scores_is_the_reason(case: str) -> None:
    rows, expected = EVIDENCE[case]
    comparison = compare_assessments(assess(BASE), assess(BASE, [*rows, ROWS[2]]))
    assert sorted(tell(comparison)) == sorted(expected)


def test_a_score_comes_where_none_was() -> None:
    before = [*ROWS[:1], "a,Talk,missing,,,,,,", ROWS[2]]
    after = [*ROWS[:1], "a,Talk,1,,,,,,", ROWS[2]]
    comparison = compare_assessments(assess(BASE, before), assess(BASE, after, "h.csv"))
    (change,) = comparison.changes
    (reason,) = change.reasons
    assert reason.text == "Talk: missing → 1"
    assert (reason.before, reason.after) == (Place("g.csv", 3, 3), Place("h.csv", 3, 3))


def test_equal_scores_are_told_apart_by_who_gave_them() -> None:
    rows = ["a,Essay,3,,,,,instructor,", "a,Essay,3,,,,,employer,", "a,Talk,1,,,,,,"]
    for gone in range(2):
        comparison = compare_assessments(assess(BASE, rows), assess(BASE, [*rows[:gone], *rows[gone + 1 :]]))
        (reason,) = comparison.changes[0].reasons
        assert (reason.text, reason.before) == ("Essay: 3 is gone", Place("g.csv", gone + 2, 3))


RULES: dict[str, tuple[Rubric, Sequence[str], list[tuple[str, str]]]] = {
    "method": (
        choose(by=Method.LATEST),
        ["a,Essay,5,,2025-01-01,,,,", ROWS[1]],
        [("rubric", "by: average → latest")],
    ),
    "parameters": (
        choose(by=Method.N_MASTERY, n=3),
        ROWS[:2],
        [("rubric", "by: average → n-mastery"), ("rubric", "n: none → 3")],
    ),
    "needs": (choose(at_least=Needs(3)), ROWS[:2], [("rubric", "at_least: 1 → 3")]),
    "several needs": (
        choose(at_least=Needs(2, 1, 2, {"employer": 1})),
        ROWS[:2],
        [("rubric", "at_least: 1 → {pieces: 2, raters: 2, employer: 1}")],
    ),
    "within": (
        choose(within="1 year"),
        ["a,Essay,1,,2025-01-01,,,,", ROWS[1]],
        [("set aside", "Essay: 1 is set aside: too old"), ("rubric", "within: none → 1 year")],
    ),
    "late": (
        choose(late=Lateness(Late.LEAVE_OUT)),
        ["a,Essay,1,,,,,,yes", ROWS[1]],
        [("set aside", "Essay: 1 is set aside: late"), ("rubric", "late: count → leave-out")],
    ),
    "late work is cut": (
        choose(late=Lateness(at_most="l1")),
        ["a,Essay,3,,,,,,yes", ROWS[1]],
        [("conversion", "Essay: 3 becomes 3 → 1 points"), ("rubric", "late: count → at_most l1")],
    ),
    "attempts": (
        choose(attempts=Attempts.LATEST),
        ["a,Essay,1,,,1,,,", "a,Essay,3,,,2,,,", ROWS[1]],
        [("set aside", "Essay: 1 is set aside: other attempt"), ("rubric", "attempts: all → latest")],
    ),
    "cuts": (
        count(ESSAY._replace(cuts={"l2": Decimal(10), "l4": Decimal(50)}), TALK),
        ["a,Essay,3,5,,,,,", ROWS[1]],
        [
            ("conversion", "Essay: 3 of 5 becomes 3 → 4 points"),
            ("rubric", "cuts of Essay: l2 none → 10%, l4 none → 50%"),
        ],
    ),
    "grades": (
        count(ESSAY._replace(grades={"Level 1": "l4"}), TALK),
        ["a,Essay,Level 1,,,,,,", ROWS[1]],
        [
            ("conversion", "Essay: Level 1 becomes 1 → 4 points"),
            ("rubric", "grades of Essay: Level 1 none → l4"),
        ],
    ),
    "weight": (
        count(ESSAY._replace(weight=Decimal(3)), TALK),
        ["a,Essay,1,,,,,,", ROWS[1]],
        [("rubric", "weight of Essay: 1 → 3")],
    ),
    "source": (
        count(ESSAY._replace(source="employer"), TALK),
        ["a,Essay,1,,,,,instructor,", ROWS[1]],
        [
            ("set aside", "Essay: 1 is set aside: other source"),
            ("rubric", "source of Essay: none → employer"),
        ],
    ),
    "an item less": (
        count(TALK),
        ["a,Essay,1,,,,,,", ROWS[1]],
        [("evidence removed", "Essay: 1, which the rubric does not count any more")],
    ),
    "an item more": (
        count(ESSAY, TALK, EvidenceItem("Poster")),
        ["a,Poster,1,,,,,,", *ROWS[:2]],
        [("evidence added", "Poster: 1, which the rubric counts now")],
    ),
    "threshold": (BASE._replace(shown_at="l4"), ROWS[:2], [("rubric", "shown_at: l3 → l4")]),
    "levels": (
        BASE._replace(
            levels=(Level("l1", "Level 1", Decimal(2)), Level("l2", "New", Decimal("2.5")), *BASE.levels[2:]),
        ),
        ["a,Essay,2,,,,,,", "a,Talk,2,,,,,,"],
        [("rubric", "levels: l1 1 → 2, l2 2 → 2.5 points")],
    ),
    "precision": (
        BASE._replace(precision=0),
        ["a,Essay,2,,,,,,", ROWS[1]],
        [("rubric", "precision: 2 → 0")],
    ),
}


@pytest.mark.parametrize("case", RULES)
def test_what_was_changed_in_the_rubric_is_the_reason(case: str) -> None:
    after, rows, expected = RULES[case]
    # What only stands in the file so that every item is there decides nothing.
    rows = [*rows, "z,Essay,,,,,,,", "z,Talk,,,,,,,", "z,Poster,,,,,,,"]
    comparison = compare_assessments(assess(BASE, rows), assess(after, rows))
    assert tell(comparison) == expected
    back = compare_assessments(assess(after, rows), assess(BASE, rows))
    assert [change.kind for change in back.changes] == [change.kind for change in comparison.changes]


def test_the_order_of_evidence_is_a_reason_where_a_method_asks_for_it() -> None:
    rows = ["a,Essay,1,,,,,,", "a,Talk,3,,,,,,"]
    old, new = (
        count(*items)._replace(subcompetencies=choose(by=Method.LATEST).subcompetencies)
        for items in ((ESSAY, TALK), (TALK, ESSAY))
    )
    (part,) = new.subcompetencies
    new = new._replace(subcompetencies=(part._replace(evidence=(TALK, ESSAY)),))
    comparison = compare_assessments(assess(old, rows), assess(new, rows))
    assert tell(comparison) == [("rubric", "the order of the evidence items")]


def test_another_day_is_a_reason_where_recent_scores_count() -> None:
    rubric = choose(within="1 year")
    rows = ["a,Essay,1,,2025-06-01,,,,", ROWS[1]]
    later = assess(rubric, rows, as_of=datetime(2026, 6, 2, tzinfo=UTC))
    assert tell(compare_assessments(assess(rubric, rows), later)) == [
        ("set aside", "Essay: 1 is set aside: too old"),
        ("day", "`within` counts back from another day: 2026-03-01 → 2026-06-02"),
    ]


def test_what_had_no_part_in_it_is_no_reason() -> None:
    after = count(TALK, ESSAY)._replace(shown_at="l4", precision=3)
    later = assess(after, as_of=datetime(2026, 6, 2, tzinfo=UTC))
    assert tell(compare_assessments(assess(BASE), later)) == [("rubric", "shown_at: l3 → l4")]


def test_the_threshold_is_a_reason_for_a_score_where_a_method_asks_for_it() -> None:
    rubric = choose(by=Method.N_MASTERY, n=1)
    rows = ["a,Essay,2,,,,,,", "a,Talk,4,,,,,,"]
    comparison = compare_assessments(assess(rubric, rows), assess(rubric._replace(shown_at="l2"), rows))
    assert [change.kind for change in comparison.changes] == [ChangeKind.LEVEL]
    assert tell(comparison) == [("rubric", "shown_at: l3 → l2")]


def override(decision: Decision, by: str = "Kim") -> Overrides:
    return Overrides((Override("a", "r", "part", decision, "Saw it", by, "2026-03-02", 2),))


def test_a_persons_decision_is_the_only_reason() -> None:
    plain, shown = assess(BASE), assess(BASE, overrides=override(Decision.SHOWN))
    denied = assess(BASE, [*ROWS, "a,Talk,1,,,2,,,"], overrides=override(Decision.NOT_YET, "Lee"))
    text = "overruled by Kim (2026-03-02): shown, Saw it"
    assert tell(compare_assessments(plain, shown)) == [("override", f"now {text}")]
    assert tell(compare_assessments(shown, plain)) == [("override", f"no longer {text}")]
    assert tell(compare_assessments(shown, denied)) == [
        ("override", f"overruled by Lee (2026-03-02): not-yet, Saw it; before: {text}")
    ]
    assert compare_assessments(shown, shown).changes == ()


LOW = ["a,Essay,1,,2025-01-01,,,,", "a,Talk,1,,2026-02-01,,,,", ROWS[2]]


def tell_overruled(before: Assessment, after: Assessment) -> list[tuple[str, str, str, list[str]]]:
    """Return the person's decision, the method's before and after, and the kinds of reasons."""
    comparison = compare_assessments(before, after)
    assert not comparison.has_consequences
    return [
        (
            each.standing.decision,
            each.before.decision,
            each.after.decision,
            [why.kind for why in each.reasons],
        )
        for each in comparison.overruled
    ]


def test_what_the_method_says_under_a_persons_decision_is_told_when_it_changes() -> None:
    kept = override(Decision.SHOWN)
    before, after = assess(BASE, overrides=kept), assess(BASE, LOW, overrides=kept)
    reasons = ["override", "evidence changed", "evidence changed"]
    assert tell_overruled(before, after) == [("shown", "shown", "not-yet", reasons)]
    assert tell_overruled(after, before) == [("shown", "not-yet", "shown", reasons)]
    assert compare_assessments(before, after).changes == ()
    assert tell_overruled(before, before) == []


def test_a_rubric_can_change_the_method_under_a_persons_decision() -> None:
    kept = override(Decision.NOT_YET)
    before = assess(BASE, ROWS[:2], overrides=kept)
    needing = assess(choose(at_least=Needs(3)), ROWS[:2], overrides=kept)
    assert tell_overruled(before, needing) == [
        ("not-yet", "shown", "insufficient-evidence", ["override", "rubric"])
    ]
    stricter = compare_assessments(before, assess(BASE._replace(shown_at="l4"), ROWS[:2], overrides=kept))
    (change,) = stricter.overruled
    assert [reason.text for reason in change.reasons[1:]] == ["shown_at: l3 → l4"]


def test_a_person_may_come_in_where_the_method_turns() -> None:
    after = assess(BASE, LOW, overrides=override(Decision.SHOWN))
    (change,) = compare_assessments(assess(BASE), after).overruled
    assert change.reasons[0].text == "now overruled by Kim (2026-03-02): shown, Saw it"
    assert (change.before.decision, change.after.decision) == (Decision.SHOWN, Decision.NOT_YET)
    # Where a person's decision goes, what remains is the method's, and nothing is hidden.
    assert compare_assessments(after, assess(BASE)).overruled == ()


def test_a_decision_that_changes_is_told_once() -> None:
    shown = assess(BASE, overrides=override(Decision.SHOWN))
    denied = assess(BASE, LOW, overrides=override(Decision.NOT_YET, "Lee"))
    comparison = compare_assessments(shown, denied)
    assert [change.kind for change in comparison.changes] == [ChangeKind.DECISION]
    assert comparison.overruled == ()


def test_awards_change_by_decisions_badges_and_their_rule() -> None:
    rule = AtLeast(2, (Shown("part"), Held("base")))
    asking = BASE._replace(award=rule)
    before = assess(asking, held={"a": frozenset({"base"})})
    (change,) = compare_assessments(before, assess(asking, held={})).award_changes
    assert [(reason.kind, reason.text) for reason in change.reasons] == [
        ("badge", "held:base: held → not held")
    ]
    rows = ["a,Essay,1,,,,,,", "a,Talk,1,,,,,,", ROWS[2]]
    (change,) = compare_assessments(
        before, assess(asking, rows, held={"a": frozenset({"base"})})
    ).award_changes
    assert [reason.text for reason in change.reasons] == ["part: shown → not-yet"]
    (change,) = compare_assessments(assess(BASE), assess(asking)).award_changes
    assert [reason.text for reason in change.reasons] == ["award: Part → Part and the badge base"]


def test_an_award_may_ask_for_what_was_not_there_before() -> None:
    (part,) = BASE.subcompetencies
    wider = BASE._replace(subcompetencies=(part, part._replace(id="new", evidence=(TALK,))))
    asking = wider._replace(award=AtLeast(2, (Shown("part"), Shown("new"))))
    rows = ["a,Essay,5,,,,,,", "a,Talk,1,,,,,,"]
    (change,) = compare_assessments(assess(BASE, rows), assess(asking, rows)).award_changes
    assert [reason.text for reason in change.reasons] == [
        "new: none → not-yet",
        "award: Part → Part and Part",
    ]


def test_decisions_by_one_source_are_reasons_for_awards() -> None:
    asking = BASE._replace(award=AtLeast(1, (Shown("part", "employer"),)))
    rows = ["a,Essay,3,,,,,employer,", "a,Talk,3,,,,,instructor,"]
    less = ["a,Essay,1,,,,,employer,", "a,Talk,5,,,,,instructor,"]
    comparison = compare_assessments(assess(asking, rows), assess(asking, less))
    assert [change.kind for change in comparison.changes] == []
    (award,) = comparison.award_changes
    assert [reason.text for reason in award.reasons] == ["employer:part: shown → not-yet"]


def test_a_badge_that_is_still_open_is_a_reason_for_an_award() -> None:
    asking = BASE._replace(award=AtLeast(1, (Held("q"),)))
    asked = count(TALK)._replace(id="q")
    before, after = (
        decide(
            [asking, asked],
            "g.csv",
            "\n".join([HEADING, "a,Essay,3,,,,,,", f"a,Talk,{score},,,,,,"]).encode(),
            Circumstances(DAY, {}),
        )
        for score in ("1", "excused")
    )
    awards = compare_assessments(before, after).award_changes
    reasons = {change.after.rubric: [reason.text for reason in change.reasons] for change in awards}
    assert reasons == {"r": ["held:q: not-yet → incomplete"], "q": ["part: not-yet → not-assessed"]}


def test_a_person_who_denies_it_denies_it_for_every_source() -> None:
    asking = BASE._replace(award=AtLeast(1, (Shown("part", "employer"),)))
    rows = ["a,Essay,3,,,,,employer,", "a,Talk,3,,,,,instructor,"]
    denied = assess(asking, rows, overrides=override(Decision.NOT_YET))
    (award,) = compare_assessments(assess(asking, rows), denied).award_changes
    assert [reason.text for reason in award.reasons] == ["employer:part: shown → not-yet"]


def test_a_person_who_grants_it_does_not_stand_in_for_a_source() -> None:
    asking = BASE._replace(award=AtLeast(1, (Shown("part"), Shown("part", "employer"))))
    rows = ["a,Essay,1,,,,,employer,", "a,Talk,1,,,,,instructor,"]
    granted = assess(asking, rows, overrides=override(Decision.SHOWN))
    (award,) = compare_assessments(assess(asking, rows), granted).award_changes
    assert [reason.text for reason in award.reasons] == ["part: not-yet → shown"]


def test_what_one_side_lacks_is_told_and_not_compared() -> None:
    (part,) = BASE.subcompetencies
    wider = BASE._replace(subcompetencies=(part, part._replace(id="new")))
    after = assess(wider, [*ROWS[:2], "c,Essay,3,,,,,,"])
    comparison = compare_assessments(assess(BASE), after)
    assert comparison.only_before.learners == ("b",)
    assert comparison.only_after.learners == ("c",)
    assert comparison.only_after.subcompetencies == (("r", "new"),)
    assert (comparison.learners, comparison.decisions, comparison.awards) == (1, 1, 1)
    other = replace(after, rubrics=(wider._replace(id="q"),), decisions=(), awards=())
    assert compare_assessments(assess(BASE), other).only_after.rubrics == ("q",)


def test_decisions_come_before_levels_and_these_before_scores() -> None:
    rows = [f"{name},Essay,{score},,,,,," for name, score in (("a", "3.5"), ("b", "3.4"), ("c", "2.9"))]
    after = [f"{name},Essay,{score},,,,,," for name, score in (("a", "3.6"), ("b", "4"), ("c", "3"))]
    rubric = count(ESSAY)
    comparison = compare_assessments(assess(rubric, rows), assess(rubric, after))
    assert [(change.kind, change.after.learner) for change in comparison.changes] == [
        (ChangeKind.DECISION, "c"),
        (ChangeKind.LEVEL, "b"),
        (ChangeKind.SCORE, "a"),
    ]


def test_a_change_that_nothing_explains_is_said_to_be_one() -> None:
    before = assess(BASE)
    edited = replace(
        before, decisions=tuple(replace(row, decision=Decision.SHOWN) for row in before.decisions)
    )
    assert tell(compare_assessments(before, edited), "b") == [
        ("unknown", "evidence and rubric are the same: a table may have been edited")
    ]
    newer = replace(edited, manifest=replace(edited.manifest, tool_version="2"))
    assert tell(compare_assessments(before, newer), "b")[0][0] == "tool"
