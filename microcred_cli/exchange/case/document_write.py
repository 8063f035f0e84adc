"""A rubric as a CFPackage of CASE 1.1: the competencies as items, and the rubric."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from microcred_cli.exchange.draft import Exported, Loss
from microcred_cli.exchange.leftovers import Aspect, list_leftovers
from microcred_cli.model.rubric import Criterion, Level, Rubric, SubCompetency
from microcred_cli.texts.html_text import clean_line
from microcred_cli.texts.json_reader import Json

CASE_VERSION = "1.1"
_UNKNOWN_CREATOR = "unknown"
# The name space for names that are addresses: RFC 9562, appendix A.
_NAME_SPACE = bytes.fromhex("6ba7b8119dad11d180b400c04fd430c8")


def write(rubric: Rubric, changed: str, creator: str = _UNKNOWN_CREATOR) -> Exported:
    """Return a CFPackage, with what CASE has no place for.

    ``changed`` is when, as an ISO 8601 date and time with its zone, and stands in every part; ``creator`` is
    whose the rubric is. The same arguments give the same bytes.
    """
    package = _Package(rubric, changed).build(creator)
    data = json.dumps(package, indent=2, ensure_ascii=False).encode() + b"\n"
    return Exported(data, tuple(_list_losses(rubric)))


def make_uuid(name: str) -> str:
    """Return the UUID of a name: RFC 9562, version 5."""
    digest = bytearray(hashlib.sha1(_NAME_SPACE + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))


class _Item(NamedTuple):
    """A CFItem: what it is, its path of ids, its text, and the path of what it is a child of."""

    kind: str
    path: tuple[str, ...]
    statement: str
    parent: tuple[str, ...]


class _Package:
    def __init__(self, rubric: Rubric, changed: str) -> None:
        self._rubric = rubric
        self._changed = changed

    def build(self, creator: str) -> Json:
        """Return the whole document."""
        items = list(_list_items(self._rubric))
        names = {item.path: item.statement for item in items} | {(): self._rubric.title}
        counts: dict[tuple[str, ...], int] = {}
        associations: list[Json] = []
        for item in items:
            counts[item.parent] = counts.get(item.parent, 0) + 1
            associations.append(self._associate(item, names[item.parent], counts[item.parent]))
        return {
            "CFDocument": self._describe(creator),
            "CFItems": [self._write_item(item) for item in items],
            "CFAssociations": associations,
            "CFRubrics": [self._write_rubric()],
        }

    def _identify(self, *path: str) -> str:
        return make_uuid("/".join(("urn:microcred", self._rubric.id, self._rubric.version, *path)))

    def _begin(self, *path: str) -> dict[str, Json]:
        """Return what every part of CASE has."""
        identifier = self._identify(*path)
        return {
            "identifier": identifier,
            "uri": f"urn:uuid:{identifier}",
            "lastChangeDateTime": self._changed,
        }

    def _find_node(self, path: tuple[str, ...]) -> tuple[str, ...]:
        return ("item", *path) if path else ("document",)

    def _describe(self, creator: str) -> Json:
        rubric = self._rubric
        return {
            **self._begin("document"),
            "caseVersion": CASE_VERSION,
            "creator": creator,
            "title": rubric.title,
            **({"description": rubric.summary} if rubric.summary else {}),
            "language": rubric.language,
            "version": rubric.version,
        }

    def _write_item(self, item: _Item) -> Json:
        return {
            **self._begin("item", *item.path),
            "fullStatement": item.statement,
            "CFItemType": item.kind,
            "language": self._rubric.language,
        }

    def _associate(self, item: _Item, parent: str, number: int) -> Json:
        return {
            **self._begin("association", *item.path),
            "associationType": "isChildOf",
            "sequenceNumber": number,
            "originNodeURI": self._link(self._find_node(item.path), item.statement),
            "destinationNodeURI": self._link(self._find_node(item.parent), parent),
        }

    def _link(self, path: tuple[str, ...], title: str) -> dict[str, Json]:
        identifier = self._identify(*path)
        return {"title": title, "identifier": identifier, "uri": f"urn:uuid:{identifier}"}

    def _write_rubric(self) -> Json:
        categories = name_categories(self._rubric)
        pairs = [(part, each) for part in self._rubric.subcompetencies for each in part.criteria]
        return {
            **self._begin("rubric"),
            "title": self._rubric.title,
            **({"description": self._rubric.summary} if self._rubric.summary else {}),
            "CFRubricCriteria": [
                self._write_criterion(part, criterion, number, categories[part.id])
                for number, (part, criterion) in enumerate(pairs, start=1)
            ],
        }

    def _write_criterion(self, part: SubCompetency, criterion: Criterion, number: int, category: str) -> Json:
        path = (self._rubric.id, part.id, criterion.id)
        return {
            **self._begin("criterion", *path),
            "category": category,
            "description": criterion.title,
            "CFItemURI": self._link(("item", *path), criterion.title),
            "position": number,
            "rubricId": self._identify("rubric"),
            "CFRubricCriterionLevels": [
                self._write_level(level, place, path, criterion.descriptors.get(level.id))
                for place, level in enumerate(self._rubric.levels, start=1)
            ],
        }

    def _write_level(self, level: Level, place: int, path: tuple[str, ...], descriptor: str | None) -> Json:
        return {
            **self._begin("level", *path, level.id),
            "quality": level.title,
            "score": _write_number(level.points),
            **({} if descriptor is None else {"description": descriptor}),
            "position": place,
            "rubricCriterionId": self._identify("criterion", *path),
        }


def _list_items(rubric: Rubric) -> Iterator[_Item]:
    top = (rubric.id,)
    yield _Item("Rubric", top, rubric.title, ())
    for part in rubric.subcompetencies:
        path = (*top, part.id)
        yield _Item("Sub-competency", path, part.title, top)
        for criterion in part.criteria:
            yield _Item("Criterion", (*path, criterion.id), criterion.title, path)


def name_categories(rubric: Rubric) -> dict[str, str]:
    """Return by sub-competency id the category of its criteria: its title, and its id if titles repeat."""
    counts = Counter(clean_line(part.title) for part in rubric.subcompetencies)
    return {
        part.id: f"{part.title} ({part.id})" if counts[clean_line(part.title)] > 1 else part.title
        for part in rubric.subcompetencies
    }


def _write_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _list_losses(rubric: Rubric) -> Iterator[Loss]:
    categories = name_categories(rubric)
    for part in rubric.subcompetencies:
        if categories[part.id] != part.title:
            yield Loss(f"that several are called “{part.title}”: this one is “{categories[part.id]}” there")
    kept = (
        Aspect.SUMMARY,
        Aspect.VERSION,
        Aspect.LANGUAGE,
        Aspect.POINTS,
        Aspect.CRITERIA,
        Aspect.DESCRIPTORS,
    )
    yield from list_leftovers(rubric, *kept)
