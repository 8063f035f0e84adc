"""The rules by which Moodle completes a competency, as the rule of an award.

From ``competency_rule_all`` and ``competency_rule_points`` of moodle/moodle: both speak of the competencies
right under one, and mean those that are proficient.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from microcred_cli.exchange.draft import Loss, Tree
from microcred_cli.exchange.framework_tree import TOP, Framework, Node
from microcred_cli.exchange.moodle.rows import Competency, is_set, read_configuration, read_number
from microcred_cli.schema.forms import AWARD_POINTS, COUNT, PART_POINTS

RULE_ALL = "core_competency\\competency_rule_all"
RULE_POINTS = "core_competency\\competency_rule_points"
COMPLETE = "2"
"""The outcome of a rule that completes the competency; others only note or recommend it."""
_UNDECIDED = "a guess: in Moodle a person decides"
_DEEPEST = 6


class AwardDraft(NamedTuple):
    """The award as the rubric's file has it, a remark on it, and what is lost."""

    tree: Any
    remark: str | None
    losses: tuple[Loss, ...]


class _Share(NamedTuple):
    """What a competency gives under the rule by points."""

    node: Node
    points: int
    is_required: bool


class AwardReader:
    """Reads the rule of one branch; ``ids`` are those of the sub-competencies by key."""

    def __init__(
        self, tree: Framework, competencies: Mapping[str, Competency], ids: Mapping[str, str]
    ) -> None:
        self._tree = tree
        self._competencies = competencies
        self._ids = ids
        self._losses: list[Loss] = []

    def read(self, key: str) -> AwardDraft:
        """Return the award for the competency of that key, or for all of a framework without branches."""
        if key == TOP:
            return AwardDraft("all", _UNDECIDED, ())
        rule = self._read_rule(self._tree.nodes[key], 1)
        tree = "all" if rule == {"all": list(self._ids.values())} else rule
        remark = None if self._has_rule(key) else _UNDECIDED
        return AwardDraft(tree, remark, tuple(self._losses))

    def _has_rule(self, key: str) -> bool:
        return self._competencies[key].rule_type in {RULE_ALL, RULE_POINTS}

    def _read_rule(self, node: Node, depth: int) -> Tree:
        competency = self._competencies[node.key]
        if self._has_rule(node.key) and competency.rule_outcome != COMPLETE:
            message = (
                f"that the rule of “{node.title}” only notes or recommends in Moodle, and a person decides"
            )
            self._losses.append(Loss(message, node.place))
        if competency.rule_type == RULE_POINTS:
            rule = self._read_points(node, competency)
            if rule is not None:
                return rule
        elif competency.rule_type != RULE_ALL and depth > 1:
            message = (
                f"that a person decides on “{node.title}” in Moodle; here all its parts have to be shown"
            )
            self._losses.append(Loss(message, node.place))
        return {"all": self._list_all(node, depth)}

    def _list_all(self, node: Node, depth: int) -> list[Any]:
        """Return what all of a competency means, without a list of all inside another."""
        if depth >= _DEEPEST:
            deep = list(self._tree.walk(node.key))
            if any(self._competencies[each.key].rule_type == RULE_POINTS for each in deep):
                self._losses.append(Loss(f"the rules by points far below “{node.title}”", node.place))
            return [self._ids[each.key] for each in deep if each.key in self._ids]
        parts: list[Any] = []
        for child in self._tree.list_children(node.key):
            if self._tree.is_leaf(child):
                parts.append(self._ids[child.key])
                continue
            rule = self._read_rule(child, depth + 1)
            parts += rule.get("all", [rule])
        return parts

    def _read_points(self, node: Node, competency: Competency) -> Tree | None:
        """Return the rule by points, None where a rubric cannot say it."""
        configuration = read_configuration(competency.rule)
        base = configuration.get("base")
        wanted = read_number(base.get("points")) if isinstance(base, dict) else None
        shares = self._read_shares(node, configuration.get("competencies"))
        fault = "is not written as Moodle writes it"
        if wanted is not None and shares:
            fault = "counts competencies that have others under them"
            if all(self._tree.is_leaf(share.node) for share in shares):
                if not _is_in_range(wanted, shares):
                    fault = "asks for points that its competencies cannot give"
                else:
                    return self._write_points(wanted, shares)
        message = f"the rule of “{node.title}” by points: it {fault}; here all its parts have to be shown"
        self._losses.append(Loss(message, node.place))
        return None

    def _read_shares(self, node: Node, listed: Any) -> list[_Share]:
        """Return what the competencies right under one give; none where the rule names anything else."""
        children = {
            self._competencies[child.key].exported: child for child in self._tree.list_children(node.key)
        }
        shares: dict[str, _Share] = {}
        for each in listed if isinstance(listed, list) else ():
            number = read_number(each.get("id")) if isinstance(each, dict) else None
            child = children.get(str(number))
            points = read_number(each.get("points")) if isinstance(each, dict) else None
            if child is None or points is None or child.key in shares:
                return []
            shares[child.key] = _Share(child, points, is_set(each.get("required")))
        return list(shares.values())

    def _write_points(self, wanted: int, shares: Sequence[_Share]) -> Tree:
        """Return the rule as people say it where points are but a way to count, else as points."""
        required = [self._ids[share.node.key] for share in shares if share.is_required]
        counted = [share for share in shares if not share.is_required or share.points]
        names = [self._ids[share.node.key] for share in counted]
        each = counted[0].points
        are_alike = each > 0 and not any(share.is_required or share.points != each for share in counted)
        needed = -(-wanted // each) if are_alike else 0
        if are_alike and needed == len(counted):
            return {"all": [*required, *names]}
        if are_alike and needed <= COUNT.maximum:
            rule: Tree = {"at_least": needed, "of": names}
            return {"all": [*required, rule]} if required else rule
        worth = {self._ids[share.node.key]: share.points for share in shares}
        return {"points": wanted, "of": worth, **({"required": required} if required else {})}


def _is_in_range(wanted: int, shares: Sequence[_Share]) -> bool:
    most = min(Decimal(sum(share.points for share in shares)), AWARD_POINTS.maximum)
    return AWARD_POINTS.minimum <= wanted <= most and all(
        PART_POINTS.minimum <= share.points <= PART_POINTS.maximum for share in shares
    )
