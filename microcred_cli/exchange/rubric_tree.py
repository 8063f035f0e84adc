"""A rubric in the shape of its file: the inverse of reading one."""

from decimal import Decimal
from typing import Any

from microcred_cli.exchange.draft import Tree
from microcred_cli.model.award import AtLeast, AwardRule, Held, Points, Shown
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.number_words import write_number
from microcred_cli.model.rubric import (
    Attempts,
    BadgeDetails,
    EuropeanElements,
    EvidenceItem,
    Late,
    MethodChoice,
    Needs,
    Rubric,
    SubCompetency,
)
from microcred_cli.schema.rubric import FORMAT, PRECISION


def lay_out_rubric(rubric: Rubric) -> Tree:
    """Return the tree whose file reads as this rubric; what a file may leave out is left out."""
    every = tuple(part.id for part in rubric.subcompetencies)
    return _drop_blanks(
        {
            "format": FORMAT,
            "id": rubric.id,
            "version": rubric.version,
            "title": rubric.title,
            "summary": rubric.summary,
            "language": rubric.language,
            "levels": [level._asdict() for level in rubric.levels],
            "shown_at": rubric.shown_at,
            "precision": None if rubric.precision == PRECISION else rubric.precision,
            "subcompetencies": [_lay_out_part(part) for part in rubric.subcompetencies],
            "award": _lay_out_award(rubric.award, every),
            "badge": None if rubric.badge is None else _lay_out_badge(rubric.badge),
            "compatibility": None if rubric.compatibility is None else str(rubric.compatibility),
        }
    )


def _drop_blanks(tree: Tree) -> Tree:
    return {key: value for key, value in tree.items() if value is not None}


def _lay_out_part(part: SubCompetency) -> Tree:
    return _drop_blanks(
        {
            "id": part.id,
            "title": part.title,
            "criteria": [
                _drop_blanks({**each._asdict(), "descriptors": dict(each.descriptors) or None})
                for each in part.criteria
            ],
            "evidence": [_lay_out_evidence(each) for each in part.evidence],
            "decide": lay_out_method(part.decide),
        }
    )


def _lay_out_evidence(item: EvidenceItem) -> Tree:
    return _drop_blanks(
        {
            "item": item.item,
            "criterion": item.criterion,
            "cuts": {level: write_percentage(cut) for level, cut in item.cuts.items()} or None,
            "source": item.source,
            "weight": item.weight,
            "grades": dict(item.grades) or None,
        }
    )


def write_percentage(share: Decimal) -> str:
    """Return a share as a rubric says it: 65 as `65%`."""
    return f"{write_number(share)}%"


def lay_out_method(choice: MethodChoice) -> Tree | None:
    """Return what `decide` says, None where nothing has to be said."""
    if choice == MethodChoice():
        return None
    tree: Tree = {"by": str(choice.by)}
    for parameter in SPECIFICATIONS[choice.by].parameters:
        value = getattr(choice, parameter.name)
        tree[parameter.name] = write_percentage(value) if parameter.percent else value
    if choice.at_least != Needs():
        tree["at_least"] = _lay_out_needs(choice.at_least)
    if choice.within is not None:
        tree["within"] = choice.within
    if choice.late.at_most is not None:
        tree["late"] = {"at_most": choice.late.at_most}
    elif choice.late.policy is not Late.COUNT:
        tree["late"] = str(choice.late.policy)
    if choice.attempts is not Attempts.ALL:
        tree["attempts"] = str(choice.attempts)
    return tree


def _lay_out_needs(needs: Needs) -> int | Tree:
    if needs == Needs(needs.pieces):
        return needs.pieces
    usual = Needs()._asdict()
    counts = {key: value for key, value in needs._asdict().items() if value != usual[key]}
    counts.pop("sources", None)
    return {**counts, **needs.sources}


def _lay_out_award(rule: AwardRule, every: tuple[str, ...]) -> Any:
    """Return the award, in the words for all sub-competencies where it is about these."""
    if isinstance(rule, AtLeast) and rule.parts == tuple(map(Shown, every)):
        if rule.needed == len(every):
            return None  # all, when nothing is said
        return "any" if rule.needed == 1 else {"at_least": rule.needed}
    tree = _lay_out_rule(rule, None)
    return tree if isinstance(tree, dict) else {"all": [tree]}


def _lay_out_rule(rule: AwardRule, around: str | None) -> Any:
    """Return a rule that stands in one for which only what ``around``, a source, gave counts."""
    match rule:
        case Held(rubric):
            return {"held": rubric}
        case Shown(name, _):
            return name
        case Points(points, parts, required):
            tree = {"points": points, "of": {part.subcompetency: worth for part, worth in parts}}
            return {**tree, "required": [each.subcompetency for each in required]} if required else tree
        case AtLeast(needed, parts):
            source = _find_source(parts, around)
            listed = [_lay_out_rule(part, source) for part in parts]
            words: Tree = {"at_least": needed, "of": listed}
            if needed == len(parts):
                words = {"all": listed}
            elif needed == 1:
                words = {"any": listed}
            return words if source == around else {**words, "source": source}


def _find_source(parts: tuple[AwardRule, ...], around: str | None) -> str | None:
    """Return the source that a list says: the lists in it can say theirs, what else it names cannot."""
    for part in parts:
        if isinstance(part, Shown):
            return part.source
        if isinstance(part, Points):
            return next(leaf.source for leaf, _ in part.parts)
    return around


def _lay_out_badge(badge: BadgeDetails) -> Tree:
    return _drop_blanks(
        {
            **badge._asdict(),
            "tags": list(badge.tags) or None,
            "alignment": [_drop_blanks(each._asdict()) for each in badge.alignment] or None,
            "european": None if badge.european is None else _lay_out_elements(badge.european),
        }
    )


def _lay_out_elements(elements: EuropeanElements) -> Tree:
    countries = list(elements.countries)
    country = countries[0] if len(countries) == 1 else countries or None
    rest = {key: value for key, value in elements._asdict().items() if key != "countries"}
    return _drop_blanks({"country": country, **rest})
