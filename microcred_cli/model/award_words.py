"""An award rule in words."""

from microcred_cli.model.award import AtLeast, AwardRule, Held, Leaf, Points, Shown, list_leaves
from microcred_cli.model.rubric import Rubric


def describe_rule(rubric: Rubric, rule: AwardRule) -> str:
    """Return what an award asks for, in the titles of the rubric's sub-competencies."""
    if (
        isinstance(rule, AtLeast)
        and rule.needed >= len(rule.parts)
        and any(not isinstance(part, Leaf) for part in rule.parts)
    ):
        # Semicolons keep apart what has commas of its own, and read better than brackets.
        return "; and ".join(_describe_part(rubric, part) for part in rule.parts)
    return _describe_part(rubric, rule)


def describe_leaf(rubric: Rubric, leaf: Leaf) -> str:
    """Return a sub-competency by its title and the source asked for, or a badge by its rubric's id."""
    if isinstance(leaf, Held):
        return f"the badge {leaf.rubric}"
    title = rubric.subcompetency(leaf.subcompetency).title
    return title if leaf.source is None else f"{title} (by {leaf.source})"


def describe_missing(rubric: Rubric, name: str) -> str:
    """Return what an award lacks, as ``describe_leaf`` does, by the name it has in the awards table."""
    named = {str(leaf): leaf for leaf in list_leaves(rubric.award)}
    return describe_leaf(rubric, named[name])


def _describe_part(rubric: Rubric, rule: AwardRule) -> str:
    match rule:
        case AtLeast(count, rules):
            source = _find_common_source(rubric, rules)
            if source is not None:
                few = f"at least {count} of the {len(rules)} sub-competencies"
                return f"{'every sub-competency' if count >= len(rules) else few} (by {source})"
            parts = [_describe_part(rubric, part) for part in rules]
            bracketed = [
                text if isinstance(part, Leaf) else f"({text})"
                for part, text in zip(rules, parts, strict=True)
            ]
            return _join_choice(count, bracketed)
        case Points(points, weighted, required):
            listed = join_words([f"{describe_leaf(rubric, part)} ({each})" for part, each in weighted])
            text = f"{points} points from {listed}"
            named = join_words([describe_leaf(rubric, part) for part in required])
            return f"{text}, {named} among what is shown" if required else text
        case _:
            return describe_leaf(rubric, rule)


def _find_common_source(rubric: Rubric, rules: tuple[AwardRule, ...]) -> str | None:
    """Return the one source whose scores count where a rule is about all of several sub-competencies."""
    source = rules[0].source if rules and isinstance(rules[0], Shown) else None
    every = tuple(Shown(part.id, source) for part in rubric.subcompetencies)
    return source if len(every) > 1 and rules == every else None


def _join_choice(count: int, parts: list[str]) -> str:
    if count >= len(parts):
        return join_words(parts)
    if count == 1:
        return join_words(parts, "or")
    return f"at least {count} of {join_words(parts)}"


def join_words(words: list[str], conjunction: str = "and") -> str:
    """Return a list as a sentence holds it."""
    if len(words) < 2:  # noqa: PLR2004 - a list needs two things to have a conjunction
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
