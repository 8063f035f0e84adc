"""The method of a sub-competency in words, with its parameters and policies, as the rubric says them."""

from collections.abc import Iterator
from decimal import Decimal

from microcred_cli.model.award_words import join_words
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.number_words import count_things, write_number
from microcred_cli.model.rubric import Attempts, Compatibility, Late, MethodChoice, Needs, Rubric

_ARTICLES = {"instructor": "an instructor", "learner": "the learner", "employer": "an employer"}
_ATTEMPTS = {
    Attempts.LATEST: "of several attempts at an item the latest counts",
    Attempts.BEST: "of several attempts at an item the best counts",
}


def describe_method(rubric: Rubric, choice: MethodChoice) -> str:
    """Return the method's name, its parameters, what it does and which scores it takes, as one clause."""
    named = ", ".join([choice.by.value, *list_parameters(choice)])
    return "; ".join([f"{named}: {SPECIFICATIONS[choice.by].summary}", *list_policies(rubric, choice)])


def list_parameters(choice: MethodChoice) -> Iterator[str]:
    """Yield each parameter of the method with its value, also one that was left out."""
    given = {"latest": choice.latest, "n": choice.n}
    for parameter in SPECIFICATIONS[choice.by].parameters:
        value = given.get(parameter.name)
        value = parameter.default if value is None else value
        yield f"{parameter.name} {write_number(Decimal(value or 0))}{'%' if parameter.percent else ''}"


def list_policies(rubric: Rubric, choice: MethodChoice) -> Iterator[str]:
    """Yield what a rubric says of which scores count and how many it takes, where it is not the usual."""
    needs = list(_list_needs(choice.at_least))
    if needs:
        yield f"at least {join_words(needs)}"
    if choice.within is not None:
        yield f"only scores of the last {choice.within}"
    if rubric.compatibility is Compatibility.CANVAS:
        yield "as in Canvas, the newest score of an item replaces all others of it"
    elif choice.attempts in _ATTEMPTS:
        yield _ATTEMPTS[choice.attempts]
    if choice.late.at_most is not None:
        yield f"late work counts as {rubric.level(choice.late.at_most).title} at most"
    elif choice.late.policy is Late.LEAVE_OUT:
        yield "late work does not count"


def _list_needs(needs: Needs) -> Iterator[str]:
    if needs.pieces > 1:
        yield count_things(needs.pieces, "score")
    if needs.items > 1:
        yield f"{needs.items} different items"
    if needs.raters > 0:
        yield count_things(needs.raters, "named rater", "different named raters")
    for source, wanted in needs.sources.items():
        yield f"{count_things(wanted, 'score')} by {name_source(source)}"


def name_source(source: str) -> str:
    """Return who gives scores, as a sentence names them."""
    return _ARTICLES.get(source, source)
