"""Competency frameworks: trees whose branches become rubrics and whose leaves become sub-competencies."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from microcred_cli.exchange.criterion_titles import title_criterion
from microcred_cli.exchange.draft import Loss, Tree
from microcred_cli.exchange.drafting import NAMELESS_ITEM, make_part
from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place

TOP = ""
"""The key of what is above every competency."""


class Node(NamedTuple):
    """A competency: a key of its own, that of the one above it, its title and description."""

    key: str
    parent: str
    title: str
    text: str = ""
    place: Place | None = None


class Branch(NamedTuple):
    """What becomes a rubric: its leaves, and the competency over them; None: they have nothing between."""

    top: Node | None
    leaves: tuple[Node, ...]


class Leaves(NamedTuple):
    """Leaves as sub-competencies, the remarks on them, what is lost, and their ids by key."""

    parts: list[Tree]
    remarks: dict[Route, str]
    losses: tuple[Loss, ...]
    ids: dict[str, str]


class Framework:
    """The competencies by key, in their order, with those under each."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = {node.key: node for node in nodes}
        self._children: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            self._children.setdefault(node.parent, []).append(node)

    def list_children(self, key: str) -> Sequence[Node]:
        """Return the competencies right under one, or at the top."""
        return self._children.get(key, ())

    def is_leaf(self, node: Node) -> bool:
        """Return whether nothing is under a competency."""
        return node.key not in self._children

    def walk(self, key: str = TOP) -> Iterator[Node]:
        """Yield everything under a competency, each before what is under it."""
        waiting = list(reversed(self.list_children(key)))
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(self.list_children(node.key))

    def list_branches(self) -> Iterator[Branch]:
        """Yield a branch for each top competency with something under it, and one for all without, first."""
        tops = self.list_children(TOP)
        alone = tuple(node for node in tops if self.is_leaf(node))
        if alone:
            yield Branch(None, alone)
        for top in tops:
            leaves = tuple(node for node in self.walk(top.key) if self.is_leaf(node))
            if leaves:
                yield Branch(top, leaves)

    def list_unreachable(self) -> list[Node]:
        """Return what is under nothing that is there: its parents are not known, or go in a circle."""
        reached = {node.key for node in self.walk()}
        return [node for node in self.nodes.values() if node.key not in reached]

    def list_between(self, branch: Branch) -> list[Node]:
        """Return the competencies between the top of a branch and its leaves."""
        if branch.top is None:
            return []
        return [node for node in self.walk(branch.top.key) if not self.is_leaf(node)]


def describe_between(between: Sequence[Node], place: Place | None = None) -> Iterator[Loss]:
    """Yield that there are competencies for which a rubric has no place."""
    if between:
        names = ", ".join(f"“{node.title}”" for node in between[:3])
        more = f" and {len(between) - 3} more" if between[3:] else ""
        yield Loss(f"the groups {names}{more}: their parts are sub-competencies side by side", place)


def draft_leaves(leaves: Sequence[Node]) -> Leaves:
    """Return the leaves as sub-competencies without descriptors, their evidence to be named."""
    parts: list[Tree] = []
    remarks: dict[Route, str] = {}
    losses: list[Loss] = []
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for number, leaf in enumerate(leaves):
        criterion, lost = title_criterion(leaf.title, leaf.text, leaf.place)
        parts.append(make_part(leaf.title, taken, [(criterion, {})], [{"item": leaf.title}]))
        remarks["subcompetencies", number, "evidence", 0, "item"] = NAMELESS_ITEM
        losses += lost
        ids[leaf.key] = parts[-1]["id"]
        taken.add(parts[-1]["id"])
    return Leaves(parts, remarks, tuple(losses), ids)
