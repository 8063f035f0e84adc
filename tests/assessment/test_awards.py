"""What the decisions come to, and what is missing."""

from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.model.award import AtLeast, Award, Shown, Standing, decide_award, name_missing
from microcred_cli.model.decision import Decision


def test_what_is_missing_is_what_could_still_count() -> None:
    shown, not_yet, too_little = Decision.SHOWN, Decision.NOT_YET, Decision.INSUFFICIENT_EVIDENCE
    rule = AtLeast(2, (Shown("a"), AtLeast(1, (Shown("b"), Shown("c")))))

    def name(decisions: dict[str, Decision]) -> list[str]:
        return list(map(str, name_missing(rule, Standing(decisions))))

    assert name({"a": not_yet, "b": shown, "c": too_little}) == ["a"]
    assert name({"a": shown, "b": not_yet, "c": too_little}) == ["b", "c"]
    assert name({"a": shown, "b": shown}) == []


PARTS = ("a", "b", "c", "d")
RULES = st.recursive(
    st.sampled_from(PARTS).map(Shown),
    lambda inner: st.builds(
        lambda parts, count: AtLeast(min(count, len(parts)), tuple(parts)),
        st.lists(inner, min_size=1, max_size=3),
        st.integers(1, 3),
    ),
    max_leaves=6,
)


@given(RULES, st.lists(st.sampled_from(list(Decision)), min_size=4, max_size=4))
def test_an_award_is_incomplete_only_while_it_is_open(
    rule: Shown | AtLeast, decisions: list[Decision]
) -> None:
    """Compare with trying out every way the undecided ones could still come out."""
    decided = dict(zip(PARTS, decisions, strict=True))
    outcomes = {decide_award(rule, Standing(world)) for world in list_worlds(decided)}
    award = decide_award(rule, Standing(decided))
    if award is Award.INCOMPLETE:
        assert Award.EARNED in outcomes
        assert Award.NOT_YET in outcomes
    else:
        assert outcomes == {award}


def list_worlds(decided: dict[str, Decision]) -> list[dict[str, Decision]]:
    worlds = [decided]
    for part, decision in decided.items():
        if decision in {Decision.INSUFFICIENT_EVIDENCE, Decision.NOT_ASSESSED}:
            settled = (Decision.SHOWN, Decision.NOT_YET)
            worlds = [{**world, part: outcome} for world in worlds for outcome in settled]
    return worlds
