"""What every importer puts around what it read: ids, version, evidence to be named."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from microcred_cli.exchange.draft import Tree
from microcred_cli.schema.rubric import FORMAT
from microcred_cli.texts.slugs import make_slug

GUESSED_THRESHOLD = "a guess: the file does not say"
NAMELESS_ITEM = "put in the assignment's name in the gradebook"
FIRST_VERSION = "1.0.0"


def make_head(
    title: str, levels: Sequence[Tree], shown_at: str, *, summary: str = "", language: str = ""
) -> Tree:
    """Return the beginning of a rubric, in the order of its file; the sub-competencies are to follow."""
    head: Tree = {
        "format": FORMAT,
        "id": make_slug(title, instead="rubric"),
        "version": FIRST_VERSION,
        "title": title,
    }
    if summary:
        head["summary"] = summary
    if language:
        head["language"] = language
    return {**head, "levels": list(levels), "shown_at": shown_at}


def make_levels(titles: Sequence[str]) -> list[Tree]:
    """Return levels of those titles, lowest first, worth one point more each."""
    taken: set[str] = set()
    levels: list[Tree] = []
    for number, title in enumerate(titles, start=1):
        slug = make_slug(title, taken, "level")
        taken.add(slug)
        levels.append({"id": slug, "title": title, "points": Decimal(number)})
    return levels


def make_part(
    title: str,
    taken: Collection[str],
    criteria: Sequence[tuple[str, Mapping[str, str]]],
    evidence: Sequence[Tree],
) -> Tree:
    """Return a sub-competency with an id that none of those taken is.

    ``criteria`` are their titles with their descriptors by level id.
    """
    # A dictionary keeps the order, and finds an id among thousands.
    ids: dict[str, None] = {}
    for name, _ in criteria:
        ids[make_slug(name, ids.keys(), "criterion")] = None
    return {
        "id": make_slug(title, taken),
        "title": title,
        "criteria": [
            {"id": slug, "title": name, **({"descriptors": dict(descriptors)} if descriptors else {})}
            for slug, (name, descriptors) in zip(ids, criteria, strict=True)
        ],
        "evidence": list(evidence),
    }
