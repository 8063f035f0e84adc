"""Decisions and awards in words: what was reached, what was needed, what is missing, what would be enough."""

from collections.abc import Iterator
from typing import NamedTuple

from microcred_cli.model.award import Award
from microcred_cli.model.award_words import describe_leaf, join_words
from microcred_cli.model.decision import Decision
from microcred_cli.model.evidence_needs import Asked, Need, list_needs
from microcred_cli.model.explanation import AwardExplanation, AwardPart, Enough, Explanation
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.method_words import name_source
from microcred_cli.model.number_words import count_things, spell_number, write_score
from microcred_cli.model.results import BY_METHOD, DecisionRow, SourceDecision
from microcred_cli.model.rubric import Level, Rubric


class Words(NamedTuple):
    """A decision or an award for people: the word, and a mark that tells it apart without colour."""

    word: str
    mark: str


DECISIONS = {
    Decision.SHOWN: Words("Shown", "✓"),
    Decision.NOT_YET: Words("Not yet", "○"),
    Decision.INSUFFICIENT_EVIDENCE: Words("Insufficient evidence", "◇"),
    Decision.NOT_ASSESSED: Words("Not assessed", "–"),
}

AWARDS = {
    Award.EARNED: Words("Earned", "✓"),
    Award.NOT_YET: Words("Not yet", "○"),
    Award.INCOMPLETE: Words("Incomplete", "◇"),
}

AWARD_SENTENCES = {
    Award.EARNED: "Everything the badge asks for is shown.",
    Award.NOT_YET: "What has been assessed does not yet come to the badge.",
    Award.INCOMPLETE: "The badge can still be earned; some of it has too little evidence to decide.",
}

OUT_OF_DATE = "Out of date: evidence has come or changed since."


def describe_level(level: Level) -> str:
    """Return a level with its points."""
    return f"{level.title} ({count_things(level.points, 'point')})"


def describe_threshold(rubric: Rubric) -> str:
    """Return the level from which a sub-competency counts as shown, with its points."""
    return describe_level(rubric.level(rubric.shown_at))


def describe_decision(explanation: Explanation) -> str:
    """Return in a sentence what the decision rests on or what it lacks; of a person's, who, when and why."""
    if explanation.decision.decided_by == BY_METHOD:
        return _describe_row(explanation, explanation.decision)
    return _describe_person(explanation)


def describe_method_decision(explanation: Explanation) -> str:
    """Return what the method says where a person decided otherwise."""
    row = explanation.by_method
    return f"The method says {DECISIONS[row.decision].word.lower()}. {_describe_row(explanation, row)}"


def _describe_person(explanation: Explanation) -> str:
    row, overruled = explanation.decision, explanation.overruled
    when = f" on {overruled.at}" if overruled is not None else ""
    because = f": {row.reason}" if row.reason else ""
    return f"Decided by {row.decided_by}{when}{because}"


def _describe_row(explanation: Explanation, row: DecisionRow) -> str:
    rubric = explanation.rubric
    match row.decision:
        case Decision.SHOWN:
            return f"{_describe_score(row, rubric)}; shown from {describe_threshold(rubric)} up."
        case Decision.NOT_YET:
            return f"{_describe_score(row, rubric)}; {describe_threshold(rubric)} is needed."
        case Decision.INSUFFICIENT_EVIDENCE:
            unmet = [describe_need(need, explanation) for need in list_needs(explanation) if not need.met]
            return _begin(f"{'; '.join(unmet)}.") if unmet else "There is too little evidence."
        case _:
            why = "Every score is set aside" if explanation.set_aside else "There is no score"
            return f"{why}; {_name_needs(explanation)} needed."


def _name_needs(explanation: Explanation) -> str:
    """Return all that is needed, with its verb; that it is a score at all goes without saying."""
    needs = list(list_needs(explanation))
    telling = [need for need in needs if need.asked is not Asked.SCORES or need.wanted > 1] or needs
    verb = "is" if len(telling) == 1 and telling[0].wanted == 1 else "are"
    return f"{join_words([_name_need(need, explanation) for need in telling])} {verb}"


def _describe_score(row: DecisionRow, rubric: Rubric) -> str:
    if row.score is None:
        return "There is no score"
    score = write_score(row.score, rubric.precision)
    if row.level is None:
        return f"A score of {score} is below {describe_level(rubric.levels[0])}, the lowest level"
    return f"A score of {score} reaches {rubric.level(row.level).title}"


def describe_need(need: Need, explanation: Explanation) -> str:
    """Return a need that is not met: what is asked for, and how much of it is there."""
    there = "none" if need.there == 0 else str(need.there)
    verb = "is" if need.there <= 1 else "are"
    needed = "is" if need.wanted == 1 else "are"
    return f"{_name_need(need, explanation)} {needed} needed, and there {verb} {there}"


def _name_need(need: Need, explanation: Explanation) -> str:
    match need.asked:
        case Asked.ITEMS:
            return count_things(need.wanted, "item with a score", "different items with a score")
        case Asked.RATERS:
            return count_things(need.wanted, "named rater", "different named raters")
        case Asked.FROM_SOURCE:
            return f"{count_things(need.wanted, 'score')} by {name_source(need.source or '')}"
        case Asked.AT_THRESHOLD:
            threshold = describe_threshold(explanation.rubric)
            return f"{count_things(need.wanted, 'score')} at {threshold} or above"
        case _:
            text = count_things(need.wanted, "score")
            if not need.by_method:
                return text
            left_out = explanation.choice.n or 1
            lowest = "the lowest" if left_out == 1 else f"the {left_out} lowest"
            power_law = explanation.choice.by is Method.POWER_LAW
            return f"{text} for {'a power law' if power_law else f'a mean without {lowest}'}"


def _begin(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def describe_enough(explanation: Explanation) -> str:
    """Return what further scores would make it shown, as a sentence; nothing where nothing was supposed."""
    enough = explanation.enough
    if enough is None:
        return ""
    more = " more" if explanation.scores else ""
    if enough.level is None:
        top = describe_level(explanation.rubric.levels[-1])
        number = spell_number(enough.more).capitalize()
        return f"{number}{more} scores would not be enough at any level, not even at {top}."
    number = spell_number(enough.more).capitalize()
    noun = "score" if enough.more == 1 else "scores"
    what = f"{number}{more} {noun} at {describe_level(enough.level)}"
    conditions = list(_list_conditions(explanation))
    beside = [*_describe_sources(enough)]
    if conditions:
        beside.append(("" if enough.more == 1 else "each ") + join_words(conditions))
    return f"{what}, {', '.join(beside)}, would be enough." if beside else f"{what} would be enough."


def _describe_sources(enough: Enough) -> Iterator[str]:
    if enough.more == 1:
        yield from (f"by {name_source(source)}" for source in enough.sources)
        return
    counts = {source: enough.sources.count(source) for source in enough.sources}
    parts = [f"{spell_number(count)} of them by {name_source(source)}" for source, count in counts.items()]
    if parts:
        yield join_words(parts)


def _list_conditions(explanation: Explanation) -> Iterator[str]:
    """Yield what was supposed of each further score and matters here."""
    unmet = {need.asked for need in list_needs(explanation) if not need.met}
    if Asked.ITEMS in unmet:
        yield "of another item"
    if Asked.RATERS in unmet:
        yield "by another rater"
    weighted = SPECIFICATIONS[explanation.choice.by].weights_count
    if weighted and any(item.weight is not None for item in explanation.subcompetency.evidence):
        yield "of weight 1"


def describe_award_part(part: AwardPart, rubric: Rubric) -> str:
    """Return something an award asks for and, where it is not met, what the learner has come to in it."""
    if part.met:
        return describe_leaf(rubric, part.leaf)
    state = part.decision.replace("-", " ")
    if part.by_source is not None:
        state = describe_source_decision(part.by_source, rubric, alone=False)
    return f"{describe_leaf(rubric, part.leaf)}: {state}"


def describe_source_decisions(explanation: Explanation) -> Iterator[str]:
    """Yield what the scores of each source alone come to; of a person's decision, which of the two counts.

    Each has no full stop.
    """
    row = explanation.decision
    for each in explanation.by_source:
        text = describe_source_decision(each, explanation.rubric)
        asked = f"where the badge asks for scores by {name_source(each.source)}"
        if row.counts_for_every_source:
            word = DECISIONS[row.decision].word.lower()
            text = f"{text}; {asked}, the person's decision counts instead: {word}"
        elif row.decided_by != BY_METHOD:
            text = f"{text}; {asked}, this counts and not the person's decision"
        yield text


def describe_source_decision(row: SourceDecision, rubric: Rubric, *, alone: bool = True) -> str:
    """Return what the scores of one source alone come to."""
    text = DECISIONS[row.decision].word.lower()
    if row.score is not None:
        level = "no level" if row.level is None else rubric.level(row.level).title
        text = f"{text}, {write_score(row.score, rubric.precision)} ({level})"
    text = f"{text}, from {count_things(row.pieces, 'score')}" if row.pieces else text
    return f"By {name_source(row.source)} alone: {text}" if alone else text


def list_there(explained: AwardExplanation) -> Iterator[AwardPart]:
    """Yield what the award asks for and the learner has."""
    return (part for part in explained.parts if part.met)


def list_missing(explained: AwardExplanation) -> Iterator[AwardPart]:
    """Yield what could still be shown to earn the award."""
    return (part for part in explained.parts if part.missing)


def count_evidence(explanation: Explanation) -> str:
    """Return how much evidence there is of what is wanted, as short as a table cell wants it."""
    for need in list_needs(explanation):
        if not need.met:
            return f"{need.there} of {_name_short(need)}"
    return count_things(explanation.decision.pieces, "score")


def _name_short(need: Need) -> str:
    match need.asked:
        case Asked.ITEMS:
            return count_things(need.wanted, "item")
        case Asked.RATERS:
            return count_things(need.wanted, "rater")
        case Asked.FROM_SOURCE:
            return f"{count_things(need.wanted, 'score')} by {need.source}"
        case Asked.AT_THRESHOLD:
            return f"{count_things(need.wanted, 'score')} high enough"
        case _:
            return count_things(need.wanted, "score")
