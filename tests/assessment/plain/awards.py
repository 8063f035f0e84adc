"""Awards, by trying out every way that what is open could still come out."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import Any

Leaf = tuple[str, str]
"""What a rule is made of: a source ("" for all) and a sub-competency, or ``held`` and a rubric."""
State = bool | None
"""Met, not met, or open."""
HELD = "held"


def list_leaves(rule: Any, parts: tuple[str, ...], source: str = "") -> Iterator[Leaf]:
    """Yield the leaves of a rule in the form users write; a source holds for the rules inside, too."""
    if isinstance(rule, str) and rule not in {"all", "any"}:
        yield source, rule
        return
    if isinstance(rule, str):
        yield from ((source, part) for part in parts)
    elif HELD in rule:
        yield HELD, rule[HELD]
    else:
        source = rule.get("source", source)
        for part in _name_parts(rule, parts):
            yield from list_leaves(part, parts, source)
        for part in rule.get("required", ()):
            yield source, part


def decide_award(rule: Any, parts: tuple[str, ...], states: Mapping[Leaf, State]) -> str:
    """Return earned, not-yet or incomplete; ``rule`` is what stands under ``award``."""
    leaves = tuple(sorted(set(list_leaves(rule, parts))))
    return _try_out(json.dumps(rule), parts, leaves, tuple(states[leaf] for leaf in leaves))


@cache
def _try_out(
    written: str, parts: tuple[str, ...], leaves: tuple[Leaf, ...], states: tuple[State, ...]
) -> str:
    rule = json.loads(written)
    outcomes = {
        _is_met(rule, parts, dict(zip(leaves, world, strict=True)), "")
        for world in product(*((False, True) if state is None else (state,) for state in states))
    }
    if outcomes == {True}:
        return "earned"
    return "not-yet" if outcomes == {False} else "incomplete"


def _is_met(rule: Any, parts: tuple[str, ...], world: Mapping[Leaf, bool], source: str) -> bool:
    if rule in ("all", "any"):
        rule = {rule: list(parts)}
    if isinstance(rule, str):
        return world[source, rule]
    if HELD in rule:
        return world[HELD, rule[HELD]]
    source = rule.get("source", source)
    if "points" in rule:
        given: int = sum(points for part, points in rule["of"].items() if world[source, part])
        return given >= int(rule["points"]) and all(world[source, part] for part in rule.get("required", ()))
    met = [_is_met(part, parts, world, source) for part in _name_parts(rule, parts)]
    if "all" in rule:
        return all(met)
    if "any" in rule:
        return any(met)
    return met.count(True) >= int(rule["at_least"])


def _name_parts(rule: Any, parts: tuple[str, ...]) -> list[Any]:
    for key in ("all", "any", "of"):
        if key in rule:
            return list(rule[key])
    return list(parts)
