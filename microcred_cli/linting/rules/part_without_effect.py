"""Every part of an award should be able to make a difference.

## What it is

This rule goes through all that learners may have shown, and points out a part of the award that makes no
difference for any of them: a rule inside it, or a sub-competency or badge, whose outcome the rest has decided
before. It looks at awards of up to ten sub-competencies and badges.

## Why it matters

It reads as if that part were needed, or helped, and learners work for it in vain. Mostly `all` and `any`, or
a number, say something other than was meant.

## A bad example

    award: {any: [listens, {all: [listens, gives-feedback]}]}     # the same as `listens` alone

## A good example

    award: {all: [listens, {any: [gives-feedback, resolves-conflict]}]}
"""

from collections.abc import Iterator

from microcred_cli.linting.award_table import Columns, build_columns, depends_on, fill, tabulate
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.award import AtLeast, AwardRule, Leaf, Points, list_leaves
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.model.place import Span
from microcred_cli.texts.nodes import Document, Mapping, Node, Sequence

RULE = Rule(
    "MC213", "part-without-effect", Severity.WARNING, "Every part of an award should make a difference."
)

# Beyond these, going through everything takes too long.
_MOST_LEAVES = 10
_MOST_PARTS = 60


class _Part:
    """A part of the award, where it stands, and what it consists of; the same only as itself."""

    __slots__ = ("parts", "rule", "span")

    def __init__(self, rule: AwardRule, span: Span, parts: "tuple[_Part, ...]" = ()) -> None:
        self.rule = rule
        self.span = span
        self.parts = parts


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every part of the award that cannot change its outcome."""
    award = subject.rubric.award
    # In one list of names each counts.
    if isinstance(award, AtLeast) and not any(isinstance(part, AtLeast | Points) for part in award.parts):
        return
    leaves = tuple(dict.fromkeys(list_leaves(award)))
    root = subject.document.root
    node = root.get("award") if isinstance(root, Mapping) else None
    if len(leaves) > _MOST_LEAVES or not isinstance(node, Mapping):
        return
    whole = _read_part(award, node, subject.document)
    parts = tuple(_walk(whole))
    if len(parts) > _MOST_PARTS:
        return
    rules = [part for part in parts if isinstance(part.rule, AtLeast | Points)]
    columns = build_columns(leaves)
    # What is never met, whatever is shown, is an error that another rule finds.
    if all(tabulate(part.rule, columns) for part in rules):
        yield from _find_idle(whole, leaves, columns)


def _find_idle(whole: _Part, leaves: tuple[Leaf, ...], columns: Columns) -> Iterator[Finding]:
    """Yield a finding for each idle rule, and for each leaf that is idle outside of these."""
    outcome = tabulate(whole.rule, columns)
    replaced: dict[int, int] = {}
    idle: list[_Part] = []
    pending = list(whole.parts)
    while pending:  # the last first, so that of two that say the same the first stays
        part = pending.pop()
        if isinstance(part.rule, AtLeast | Points):
            for table in (0, fill(columns)):
                if tabulate(whole.rule, columns, {**replaced, id(part.rule): table}) == outcome:
                    replaced[id(part.rule)] = table
                    idle.append(part)
                    break
            else:
                pending.extend(part.parts)
    for part in idle:
        message = "this part of the award never changes who earns the badge"
        yield Finding(
            RULE.slug, message, part.span, "the rest has decided before; take it out, or mend the award"
        )
    useless = {leaf for leaf in leaves if not depends_on(outcome, leaf, columns)}
    for part in _walk(whole, idle) if useless else ():
        if part.rule in useless:
            useless.discard(part.rule)
            message = f"`{_name(part.rule)}` never changes who earns the badge"
            advice = "the rest has decided before; take it out, or mend the numbers of the award"
            yield Finding(RULE.slug, message, part.span, advice)


def _walk(part: _Part, without: list[_Part] | None = None) -> Iterator[_Part]:
    """Yield a part and all that it consists of, but for some."""
    if without is None or part not in without:
        yield part
        for each in part.parts:
            yield from _walk(each, without)


def _read_part(rule: AwardRule, node: Node, document: Document) -> _Part:
    """Return a part with the places of all that it consists of, as the schema made it of the nodes."""
    span = node.span
    if not isinstance(node, Mapping):
        return _Part(rule, span)
    # Of a rule that goes over several lines, its first word.
    if "\n" in document.text[span.start : span.end]:
        span = node.pairs[0][0].span
    parts: list[_Part] = []
    match rule:
        case AtLeast(_, rules):
            items = next((each for key in ("all", "any", "of") if (each := node.get(key)) is not None), None)
            if isinstance(items, Sequence):
                parts += (
                    _read_part(each, item, document) for each, item in zip(rules, items.items, strict=True)
                )
            else:
                parts += (_Part(each, span) for each in rules)
        case Points(_, weighted, required):
            of, names = node.get("of"), node.get("required")
            if isinstance(of, Mapping):
                pairs = zip(weighted, of.pairs, strict=True)
                parts += (_Part(leaf, key.span) for (leaf, _), (key, _) in pairs)
            if isinstance(names, Sequence):
                parts += (_Part(leaf, name.span) for leaf, name in zip(required, names.items, strict=True))
    return _Part(rule, span, tuple(parts))


def _name(rule: AwardRule) -> str:
    return "" if isinstance(rule, AtLeast | Points) else str(rule)
