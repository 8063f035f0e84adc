"""Badges that an award asks for: who holds them, and in which order awards are decided."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.assessment.awards import build_awards, check_held, check_known, order_rubrics
from microcred_cli.assessment.held import HeldTable, join_held, read_held
from microcred_cli.model.award import AtLeast, AwardRule, Held, Shown
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.place import Place
from microcred_cli.model.results import DecisionRow, SourceDecision
from microcred_cli.model.rubric import Criterion, EvidenceItem, Level, Rubric, SubCompetency
from tests.assessment.cohorts import locate


def ask(name: str, *badges: str, own: bool = False) -> Rubric:
    """Return a rubric whose award asks for badges; with ``own``, for its sub-competency as well."""
    part = SubCompetency("part", "Part", (Criterion("c", "C"),), (EvidenceItem("Item"),))
    parts: list[AwardRule] = [Held(badge) for badge in badges]
    if own or not badges:
        parts.append(Shown("part"))
    levels = (Level("low", "Low", Decimal(1)), Level("high", "High", Decimal(2)))
    return Rubric(name, "1.0.0", name, levels, "high", (part,), AtLeast(len(parts), tuple(parts)))


def decide(
    rubrics: list[Rubric], decisions: Mapping[str, Decision], **held: frozenset[str]
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return award and what is missing by rubric, for one learner whose decisions are given by rubric."""
    rows = [
        DecisionRow("a", each.id, "1.0.0", "part", decisions[each.id], None, None, 0, "highest")
        for each in rubrics
    ]
    awards = build_awards(rows, [], rubrics, [Learner("a")], held)
    assert [row.rubric for row in awards] == [each.id for each in rubrics]
    return {row.rubric: (row.award, row.missing) for row in awards}


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_a_badge_earned_in_the_same_assessment_counts_in_whatever_order(order: tuple[int, ...]) -> None:
    made = [ask("first"), ask("second", "first", own=True), ask("third", "second")]
    rubrics = [made[place] for place in order]
    shown = dict.fromkeys(("first", "second", "third"), Decision.SHOWN)
    assert {award for award, _ in decide(rubrics, shown).values()} == {"earned"}
    open_first = decide(rubrics, shown | {"first": Decision.NOT_ASSESSED})
    assert open_first == {
        "first": ("incomplete", ("part",)),
        "second": ("incomplete", ("held:first",)),
        "third": ("incomplete", ("held:second",)),
    }
    failed = decide(rubrics, shown | {"first": Decision.NOT_YET})
    assert {award for award, _ in failed.values()} == {"not-yet"}


def test_a_badge_held_before_counts_though_it_is_not_earned_now() -> None:
    rubrics = [ask("first"), ask("second", "first")]
    decisions = {"first": Decision.NOT_YET, "second": Decision.NOT_ASSESSED}
    assert decide(rubrics, decisions)["second"] == ("not-yet", ("held:first",))
    assert decide(rubrics, decisions, a=frozenset({"first"}))["second"] == ("earned", ())
    assert decide(rubrics, decisions, b=frozenset({"first"}))["second"][0] == "not-yet"


def test_what_a_person_denies_no_source_can_give() -> None:
    """What the method says of all scores together does not matter where one source is asked."""
    rubric = ask("team")._replace(award=AtLeast(1, (Shown("part", "employer"),)))
    said = [SourceDecision("a", "team", "part", "employer", Decision.SHOWN, "high", Decimal(2), 1)]
    row = DecisionRow("a", "team", "1.0.0", "part", Decision.NOT_YET, "low", Decimal(1), 2, "average")
    by_person = replace(row, decided_by="Ito", reason="Forged", score=None)
    awards = [build_awards([each], said, [rubric], [Learner("a")], {})[0] for each in (row, by_person)]
    assert [each.award for each in awards] == ["earned", "not-yet"]
    assert awards[1].missing == ("employer:part",)


@given(
    st.lists(
        st.tuples(st.sampled_from(list(Decision)), st.sampled_from(list(Decision)), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_no_learners_award_depends_on_the_others(made: list[tuple[Decision, Decision, bool]]) -> None:
    rubrics = [ask("second", "first", own=True), ask("first")]
    learners = [Learner(str(number)) for number, _ in enumerate(made)]
    rows = [
        DecisionRow(learner.key, rubric.id, "1.0.0", "part", decision, None, None, 0, "highest")
        for learner, decisions in zip(learners, made, strict=True)
        for rubric, decision in zip(rubrics, decisions[:2], strict=True)
    ]
    held = {
        learner.key: frozenset({"first"}) for learner, (*_, has) in zip(learners, made, strict=True) if has
    }
    alone = [
        row
        for learner in learners
        for row in build_awards(
            [each for each in rows if each.learner == learner.key], [], rubrics, [learner], held
        )
    ]
    assert list(build_awards(rows, [], rubrics, learners, held)) == alone


def test_rubrics_that_ask_for_each_other_are_told_and_no_others() -> None:
    rubrics = [ask("one", "two"), ask("two", "three"), ask("three", "one"), ask("after", "one"), ask("free")]
    assert [each.id for each in order_rubrics(rubrics)] == ["free"]
    problems = list(check_held(rubrics, None, locate))
    assert [problem.place for problem in problems] == [Place(f"rubric {place}: award") for place in range(3)]
    assert "the award of two asks, directly or through others, for its own badge" in problems[1].message


def test_a_badge_of_which_nothing_tells_who_holds_it() -> None:
    rubrics = [ask("first"), ask("second", "first", "elsewhere")]
    (problem,) = check_held(rubrics, None, locate)
    assert "badge of elsewhere, and nothing tells who holds it" in problem.message
    assert problem.place == Place("rubric 1: award")
    assert list(check_held(rubrics, {}, locate)) == []


def test_a_badge_whose_name_nobody_knows() -> None:
    rubrics = [ask("first"), ask("second", "frist", "teamwork")]
    (problem,) = check_known(rubrics, {"teamwork", "frisk"}, {"teamwork"}, locate)
    assert "badge of frist, and no rubric of that name" in problem.message
    assert problem.help == "did you mean `first`?"


@pytest.mark.parametrize(
    "data",
    [
        b"learner,rubric,version,award,shown,missing\na,teamwork,1.0.0,earned,listens,\nb,teamwork,1.0.0,not-yet,,x",
        b"\xef\xbb\xbfAward;Learner;Rubric\r\nEarned; A ;Teamwork\r\nNot yet;b;teamwork\r\n",
    ],
)
def test_awards_of_another_assessment_tell_who_holds_what(data: bytes) -> None:
    table, problems = read_held("awards.csv", data)
    assert problems == ()
    assert join_held([table], ["A", "b", "c"]) == {
        "A": frozenset({"teamwork"}),
        "b": frozenset(),
        "c": frozenset(),
    }
    assert table.rubrics == {"teamwork"}


def test_what_several_tell_is_joined() -> None:
    tables = [HeldTable({"a": frozenset({"x"})}), HeldTable({"a": frozenset({"y"}), "b": frozenset({"x"})})]
    assert join_held(tables, ["A"]) == {"A": frozenset({"x", "y"})}
    assert join_held([], ["a"]) == {"a": frozenset()}


def test_the_guard_against_formulas_is_no_part_of_a_key() -> None:
    table, _ = read_held("awards.csv", b"learner,rubric,award\n'-7,x,earned\n'7,x,earned")
    assert set(table.by_learner) == {"-7", "'7"}


@pytest.mark.parametrize(
    ("data", "message", "column"),
    [
        (b"learner,rubric,award\na,x,ernd", "no such award", 3),
        (b"learner,rubric,award\n,x,earned", "lacks its learner", 1),
        (b"learner,rubric,award\na,,earned", "lacks its rubric", 2),
        (b"learner,rubric\na,x", "no column “award”", None),
        (b"learner,rubric,award,Award\na,x,earned,not-yet", "there twice", 4),
        (b"", "empty", None),
    ],
)
def test_a_table_that_does_not_say_it_is_refused(data: bytes, message: str, column: int | None) -> None:
    table, (problem,) = read_held("awards.csv", data)
    assert message in problem.message
    assert problem.place.column == column
    assert table.by_learner == {}
