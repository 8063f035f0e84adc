"""What differs between two versions of a rubric, as far as decisions and awards depend on it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from microcred_cli.model.award_words import describe_rule
from microcred_cli.model.comparison import Aspect, RubricChange, RuleChange
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.rubric import EvidenceItem, MethodChoice, Needs, Rubric, SubCompetency
from microcred_cli.texts.names import fold_name

NONE = "none"


def compare_rubrics(before: Rubric, after: Rubric) -> RubricChange:
    """Return the versions of a rubric and what its author changed between them, by the keys of the file."""
    rules = (*_compare_scales(before, after), *_compare_parts(before, after), *_compare_awards(before, after))
    return RubricChange(after.id, after.title, before.version, after.version, rules)


def _compare_scales(before: Rubric, after: Rubric) -> Iterator[RuleChange]:
    old = {level.id: write_number(level.points) for level in before.levels}
    new = {level.id: write_number(level.points) for level in after.levels}
    if old != new:
        yield RuleChange(Aspect.LEVELS, f"levels: {_write_differences(old, new)} points")
    if before.shown_at != after.shown_at:
        yield RuleChange(Aspect.THRESHOLD, f"shown_at: {before.shown_at} → {after.shown_at}")
    if before.precision != after.precision:
        yield RuleChange(Aspect.PRECISION, f"precision: {before.precision} → {after.precision}")
    if before.compatibility != after.compatibility:
        text = f"compatibility: {before.compatibility or NONE} → {after.compatibility or NONE}"
        yield RuleChange(Aspect.POLICY, text)


def _compare_parts(before: Rubric, after: Rubric) -> Iterator[RuleChange]:
    old = {part.id: part for part in before.subcompetencies}
    for part in after.subcompetencies:
        if part.id in old:
            yield from _compare_methods(old[part.id].decide, part.decide, part.id)
            yield from _compare_evidence(old[part.id], part)


def _compare_methods(before: MethodChoice, after: MethodChoice, part: str) -> Iterator[RuleChange]:
    pairs = (
        (Aspect.METHOD, "by", before.by, after.by),
        (Aspect.METHOD, "latest", _write_percent(before.latest), _write_percent(after.latest)),
        (Aspect.METHOD, "n", before.n, after.n),
        (Aspect.NEEDS, "at_least", _write_needs(before.at_least), _write_needs(after.at_least)),
        (Aspect.POLICY, "within", before.within, after.within),
        (Aspect.POLICY, "late", _write_late(before), _write_late(after)),
        (Aspect.POLICY, "attempts", before.attempts, after.attempts),
    )
    for aspect, name, old, new in pairs:
        if old != new:
            shown = [NONE if each is None else str(each) for each in (old, new)]
            yield RuleChange(aspect, f"{name}: {shown[0]} → {shown[1]}", part)


def _compare_evidence(before: SubCompetency, after: SubCompetency) -> Iterator[RuleChange]:
    old, new = _index_evidence(before), _index_evidence(after)
    for key, evidence in old.items():
        if key not in new:
            yield _tell_item(after.id, evidence, "removed")
    for key, evidence in new.items():
        if key not in old:
            yield _tell_item(after.id, evidence, "added")
        else:
            yield from _compare_items(old[key], evidence, after.id)
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield RuleChange(Aspect.ORDER, "the order of the evidence items", after.id)


def _index_evidence(part: SubCompetency) -> dict[tuple[str, str, int], EvidenceItem]:
    """Return the evidence by item and criterion; what is named twice (for two sources) is numbered."""
    counts: dict[tuple[str, str], int] = {}
    indexed = {}
    for evidence in part.evidence:
        key = fold_name(evidence.item), fold_name(evidence.criterion or "")
        counts[key] = counts.get(key, 0) + 1
        indexed[*key, counts[key]] = evidence
    return indexed


def _tell_item(part: str, evidence: EvidenceItem, what: str) -> RuleChange:
    return RuleChange(Aspect.ITEMS, f"evidence {name_item(evidence)}: {what}", part, evidence.item)


def _compare_items(before: EvidenceItem, after: EvidenceItem, part: str) -> Iterator[RuleChange]:
    name = name_item(after)
    old, new = (
        {level: f"{write_number(cut)}%" for level, cut in each.cuts.items()} for each in (before, after)
    )
    if old != new:
        text = f"cuts of {name}: {_write_differences(old, new)}"
        yield RuleChange(Aspect.CONVERSION, text, part, after.item)
    if before.grades != after.grades:
        text = f"grades of {name}: {_write_differences(before.grades, after.grades)}"
        yield RuleChange(Aspect.CONVERSION, text, part, after.item)
    if (before.weight or 1) != (after.weight or 1):
        weights = [write_number(each.weight or Decimal(1)) for each in (before, after)]
        text = f"weight of {name}: {weights[0]} → {weights[1]}"
        yield RuleChange(Aspect.WEIGHT, text, part, after.item)
    if before.source != after.source:
        text = f"source of {name}: {before.source or NONE} → {after.source or NONE}"
        yield RuleChange(Aspect.POLICY, text, part, after.item)


def _compare_awards(before: Rubric, after: Rubric) -> Iterator[RuleChange]:
    if before.award != after.award:
        text = f"award: {describe_rule(before, before.award)} → {describe_rule(after, after.award)}"
        yield RuleChange(Aspect.AWARD, text)


def depends_on_order(before: MethodChoice, after: MethodChoice) -> bool:
    """Return whether either of two methods asks in which order the scores came."""
    return any(SPECIFICATIONS[choice.by].order_matters for choice in (before, after))


def name_item(evidence: EvidenceItem) -> str:
    """Return the evidence item, with its criterion if it has one."""
    return evidence.item if evidence.criterion is None else f"{evidence.item}, {evidence.criterion}"


def write_number(number: Decimal) -> str:
    """Write a number without zeros at its end."""
    return f"{number.normalize():f}"


def _write_percent(share: Decimal | None) -> str | None:
    return None if share is None else f"{write_number(share)}%"


def _write_needs(needs: Needs) -> str:
    counts = {"items": needs.items if needs.items > 1 else 0, "raters": needs.raters, **needs.sources}
    others = [f"{name}: {count}" for name, count in counts.items() if count]
    return f"{{{', '.join([f'pieces: {needs.pieces}', *others])}}}" if others else str(needs.pieces)


def _write_late(choice: MethodChoice) -> str:
    return str(choice.late.policy) if choice.late.at_most is None else f"at_most {choice.late.at_most}"


def _write_differences(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    names = [*before, *(name for name in after if name not in before)]
    return ", ".join(
        f"{name} {before.get(name, NONE)} → {after.get(name, NONE)}"
        for name in names
        if before.get(name) != after.get(name)
    )
