"""An award rule in words."""

from microcred_cli.model.award import AtLeast, AwardRule, Shown
from microcred_cli.model.rubric import Rubric


def describe_rule(rubric: Rubric, rule: AwardRule) -> str:
    """Return what an award asks for, in the titles of the rubric's sub-competencies."""
    if isinstance(rule, Shown):
        return rubric.subcompetency(rule.subcompetency).title
    if rule.count >= len(rule.parts) and any(isinstance(part, AtLeast) for part in rule.parts):
        # Semicolons keep apart what has commas of its own, and read better than brackets.
        return "; and ".join(_describe_choice(rubric, part) for part in rule.parts)
    return _describe_choice(rubric, rule)


def _describe_choice(rubric: Rubric, rule: AwardRule) -> str:
    if isinstance(rule, Shown):
        return rubric.subcompetency(rule.subcompetency).title
    parts = []
    for part in rule.parts:
        text = _describe_choice(rubric, part)
        parts.append(text if isinstance(part, Shown) else f"({text})")
    return _join_choice(rule.count, parts)


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
