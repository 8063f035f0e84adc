"""Decisions, awards, methods and numbers in words."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.results import DecisionRow
from microcred_cli.model.rubric import MethodChoice, Rubric, SubCompetency

BY_METHOD = "method"


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

_CONVERSIONS = {
    "points": "as given",
    "share": "by share",
    "cuts": "by cuts",
}

_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}:[0-9]{2})(?::[0-9.]+)?(?:Z|\+00:00)", re.ASCII)


def write_number(value: Decimal) -> str:
    """Return the number as short as it can be written exactly."""
    return f"{value.normalize():f}"


def write_score(value: Decimal, precision: int) -> str:
    """Return the number with as many decimals as the rubric rounds to."""
    return f"{value.quantize(Decimal(1).scaleb(-precision), ROUND_HALF_UP):f}"


def write_instant(text: str) -> str:
    """Return an ISO 8601 instant of UTC to the minute; any other text as it is."""
    match = _INSTANT.fullmatch(text)
    return f"{match[1]}, {match[2]} UTC" if match else text


def write_conversion(conversion: str) -> str:
    """Return in words how a score became level points."""
    return _CONVERSIONS.get(conversion, conversion)


def count_things(number: int, singular: str, plural: str) -> str:
    """Return a number and its noun."""
    return f"{number} {singular if number == 1 else plural}"


def describe_threshold(rubric: Rubric) -> str:
    """Return the level from which a sub-competency counts as shown, with its points."""
    level = rubric.level(rubric.shown_at)
    return f"{level.title} ({write_number(level.points)})"


def describe_method(choice: MethodChoice) -> str:
    """Return the method with its parameters, and how much evidence it wants."""
    specification = SPECIFICATIONS[choice.by]
    given = {"latest": choice.latest, "n": choice.n}
    parameters = []
    for parameter in specification.parameters:
        value = given.get(parameter.name)
        value = parameter.default if value is None else value
        unit = " %" if parameter.percent else ""
        parameters.append(f"{parameter.name} {write_number(Decimal(value or 0))}{unit}")
    name = ", ".join([choice.by.value, *parameters])
    wants = count_things(_count_wanted(choice), "piece", "pieces")
    return f"{specification.summary} ({name}); at least {wants} of evidence"


def count_pieces(row: DecisionRow, subcompetency: SubCompetency) -> str:
    """Return how much evidence there is of what is wanted, as short as a table cell wants it."""
    wanted = _count_wanted(subcompetency.decide)
    if row.pieces < wanted:
        return f"{row.pieces} of {count_things(wanted, 'piece', 'pieces')}"
    return count_things(row.pieces, "piece", "pieces")


def explain_decision(row: DecisionRow, rubric: Rubric, subcompetency: SubCompetency) -> str:
    """Return in a sentence what the decision rests on or what it lacks."""
    score = _describe_score(row, rubric)
    if row.decided_by != BY_METHOD:
        return f"A person decided this. {score}."
    match row.decision:
        case Decision.SHOWN:
            return f"{score}; shown from {describe_threshold(rubric)} up."
        case Decision.NOT_YET:
            return f"{score}; {describe_threshold(rubric)} is needed."
        case Decision.INSUFFICIENT_EVIDENCE:
            return _explain_insufficiency(row, rubric, subcompetency)
        case _:
            wanted = count_things(_count_wanted(subcompetency.decide), "piece", "pieces")
            return f"There is no evidence so far; at least {wanted} needed."


def _count_wanted(choice: MethodChoice) -> int:
    counted = choice.n if choice.by is Method.N_MASTERY else None
    return max(choice.at_least, counted or 1)


def _describe_score(row: DecisionRow, rubric: Rubric) -> str:
    if row.score is None:
        return "There is no score"
    score = write_score(row.score, rubric.precision)
    if row.level is None:
        lowest = rubric.levels[0]
        return f"A score of {score} is below {lowest.title} ({write_number(lowest.points)})"
    return f"A score of {score} reaches {rubric.level(row.level).title}"


def _explain_insufficiency(row: DecisionRow, rubric: Rubric, subcompetency: SubCompetency) -> str:
    wanted = _count_wanted(subcompetency.decide)
    there = count_pieces(row, subcompetency)
    if row.pieces < wanted:
        return f"{there} of evidence; {wanted - row.pieces} more needed."
    scores = count_things(wanted, "score", "scores")
    return f"{there} of evidence; {scores} of {describe_threshold(rubric)} or more needed."
