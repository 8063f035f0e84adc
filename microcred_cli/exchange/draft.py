"""A rubric on its way in, before it is written as YAML, and on its way out."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from microcred_cli.model.finding import Route
from microcred_cli.model.place import Place
from microcred_cli.model.problem import Problem

Tree = dict[str, Any]
"""A rubric in the shape of its file: keys of the rubric format to texts, numbers, lists and mappings."""


class Loss(NamedTuple):
    """What could not be carried over, as a clause, and where it stands in the file it comes from."""

    message: str
    place: Place | None = None


class Draft(NamedTuple):
    """One rubric; ``remarks`` are comments, by the route to the value behind which they stand."""

    tree: Tree
    remarks: Mapping[Route, str]
    losses: tuple[Loss, ...] = ()


class Imported(NamedTuple):
    """What a file holds: what it is, its rubrics, and what is wrong with it."""

    system: str
    drafts: tuple[Draft, ...] = ()
    problems: tuple[Problem, ...] = ()


class Exported(NamedTuple):
    """A rubric on its way out: the bytes of the file, and what the other tool has no place for."""

    data: bytes
    losses: tuple[Loss, ...] = ()
