"""The structure of ``decide``: the method of a sub-competency, and which scores it takes."""

from decimal import Decimal
from typing import Any

from microcred_cli.model.method import SPECIFICATIONS, Method, MethodSpecification
from microcred_cli.model.rubric import SOURCES, Attempts, Late, Lateness, MethodChoice, Needs
from microcred_cli.schema.forms import COUNT, DURATION, LEVEL_ID, TEXT
from microcred_cli.schema.reading import Shape
from microcred_cli.schema.shapes import ByKind, Converted, Field, Record, Tagged
from microcred_cli.schema.values import Choice, Number, Percentage


def _make_needs(*, pieces: int = 1, items: int = 1, raters: int = 0, **sources: int) -> Needs:
    return Needs(pieces, items, raters, sources)


_NEEDS = Record(
    "the evidence needed",
    (
        Field("pieces", COUNT, "So many scores."),
        Field("items", COUNT, "Scores of so many different items."),
        Field("raters", COUNT, "Scores by so many different named raters."),
        *(Field(source, COUNT, f"So many scores of the source {source}.") for source in SOURCES),
    ),
    _make_needs,
)
_EVIDENCE_CHOICES = (
    Field(
        "at_least",
        Converted(ByKind("a number or a mapping", COUNT, _NEEDS), Needs),
        "With less evidence there is no decision; one score when left out.",
    ),
    Field("within", DURATION, "Only scores this recent count, from the day of the assessment back."),
    Field(
        "late",
        Converted(
            ByKind(
                "`count`, `leave-out` or a mapping",
                Choice(tuple(Late), "unknown-policy", "policy for late work", Late),
                Record(
                    "the policy for late work",
                    (Field("at_most", LEVEL_ID, "Late work counts as this level at most.", required=True),),
                    lambda at_most: Lateness(at_most=at_most),
                ),
            ),
            Lateness,
        ),
        "What late work is worth; as much as any other when left out.",
    ),
    Field(
        "attempts",
        Choice(tuple(Attempts), "unknown-policy", "policy for attempts", Attempts),
        "Which attempts at an item count; all when left out.",
    ),
)


def _describe_method(specification: MethodSpecification) -> Record:
    fields = [Field("by", TEXT, f"The method: {specification.summary}.", required=True)]
    for parameter in specification.parameters:
        shape: Shape = (
            Percentage()
            if parameter.percent
            else Number(Decimal(parameter.minimum), Decimal(parameter.maximum), whole=True)
        )
        sign = "%" if parameter.percent else ""
        about = f"From {parameter.minimum}{sign} to {parameter.maximum}{sign}"
        if parameter.default is not None:
            about += f"; {parameter.default}{sign} when left out"
        required = parameter.default is None
        fields.append(Field(parameter.name, shape, f"{about}.", required=required))
    fields += _EVIDENCE_CHOICES

    def make(by: str, **values: Any) -> MethodChoice:
        defaults = {
            parameter.name: Decimal(parameter.default) if parameter.percent else parameter.default
            for parameter in specification.parameters
            if parameter.default is not None
        }
        return MethodChoice(Method(by), **{**defaults, **values})

    return Record(f"the method {specification.method}", tuple(fields), make)


METHOD_CHOICE = Tagged(
    "decide",
    "by",
    Choice(tuple(Method), "unknown-method", "method"),
    {method: _describe_method(specification) for method, specification in SPECIFICATIONS.items()},
)
