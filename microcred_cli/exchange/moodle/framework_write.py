"""A rubric as the CSV by which Moodle takes competency frameworks in."""

import csv
import html
import io
import json
from collections.abc import Iterator, Mapping, Sequence

from microcred_cli.exchange.draft import Exported, Loss
from microcred_cli.exchange.leftovers import Aspect, cut_title, list_cut_titles, list_leftovers, wants_all
from microcred_cli.exchange.moodle.rows import COLUMNS
from microcred_cli.exchange.moodle.rules import COMPLETE, RULE_ALL, RULE_POINTS
from microcred_cli.model.award import AtLeast, AwardRule, Points, Shown
from microcred_cli.model.rubric import Rubric, SubCompetency

# ``shorten_text`` in Moodle's importer.
_LONGEST_TITLE = 100
_HTML = "1"
_FIRST_ID = 1


def write(rubric: Rubric) -> Exported:
    """Return the CSV for Site administration, Competencies, Import, with what Moodle has no place for.

    Moodle takes the cells as they are, so what a spreadsheet would run as a formula is not guarded by an
    apostrophe: it would become part of the name.
    """
    ids = {part.id: _FIRST_ID + number for number, part in enumerate(rubric.subcompetencies, start=1)}
    rule = _write_rule(rubric.award, ids)
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(COLUMNS), restval="", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow(_write_framework(rubric))
    writer.writerow(
        {
            "key": _name_top(rubric),
            "title": cut_title(rubric.title, _LONGEST_TITLE),
            "text": _write_html((rubric.summary or "").splitlines()),
            "format": _HTML,
            **(rule or {"rule outcome": "0", "rule": "null"}),
            "exported": str(_FIRST_ID),
        }
    )
    writer.writerows(_write_part(rubric, part, ids[part.id]) for part in rubric.subcompetencies)
    return Exported(stream.getvalue().encode(), tuple(_list_losses(rubric, has_rule=rule is not None)))


def _name_top(rubric: Rubric) -> str:
    """Return an id number for the rubric that none of its sub-competencies has."""
    taken = {part.id for part in rubric.subcompetencies}
    return rubric.id if rubric.id not in taken else f"{rubric.id}/rubric"


def _write_framework(rubric: Rubric) -> dict[str, str]:
    order = [level.id for level in rubric.levels]
    lowest = order.index(rubric.shown_at) + 1
    configuration: list[Mapping[str, object]] = [{"scaleid": "1"}]
    # The default is what a rule gives when it completes a competency.
    configuration += [
        {"id": number, "scaledefault": int(number == lowest), "proficient": 1}
        for number in range(lowest, len(order) + 1)
    ]
    return {
        "key": rubric.id,
        "title": cut_title(rubric.title, _LONGEST_TITLE),
        "text": _write_html((rubric.summary or "").splitlines()),
        "format": _HTML,
        "values": ",".join(_write_value(level.title) for level in rubric.levels),
        "configuration": json.dumps(configuration, separators=(",", ":")),
        "framework": "1",
        "taxonomy": "competency,competency,competency,competency",
    }


def _write_part(rubric: Rubric, part: SubCompetency, number: int) -> dict[str, str]:
    titles = [criterion.title for criterion in part.criteria]
    return {
        "parent": _name_top(rubric),
        "key": part.id,
        "title": cut_title(part.title, _LONGEST_TITLE),
        "text": "" if titles == [part.title] else _write_html(titles),
        "format": _HTML,
        "rule outcome": "0",
        "rule": "null",
        "exported": str(number),
    }


def _write_html(lines: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines)


def _write_value(title: str) -> str:
    """Return a value of a scale: commas divide them."""
    return title.replace(", ", " – ").replace(",", " – ")


def _write_rule(rule: AwardRule, ids: Mapping[str, int]) -> dict[str, str] | None:
    """Return the rule's columns, None where Moodle has no such rule."""
    match rule:
        case AtLeast(needed, parts) if _are_plain(parts):
            names = [part.subcompetency for part in parts if isinstance(part, Shown)]
            if needed == len(names) and set(names) == ids.keys():
                return {"rule type": RULE_ALL, "rule outcome": COMPLETE, "rule": "null"}
            return _write_points(needed, dict.fromkeys(names, 1), (), ids)
        case AtLeast(needed, parts) if needed == len(parts):
            return _write_required(parts, ids)
        case Points(points, parts, required) if _are_plain([part for part, _ in parts]) and _are_plain(
            required
        ):
            worth = {part.subcompetency: each for part, each in parts}
            return _write_points(points, worth, [part.subcompetency for part in required], ids)
    return None


def _write_required(parts: Sequence[AwardRule], ids: Mapping[str, int]) -> dict[str, str] | None:
    """Return the rule for all of some, which are required, and a number of others, worth a point each."""
    required = [part for part in parts if isinstance(part, Shown)]
    match [part for part in parts if not isinstance(part, Shown)]:
        case [AtLeast(needed, others)] if _are_plain((*required, *others)) and needed <= len(others):
            worth = {part.subcompetency: 1 for part in others if isinstance(part, Shown)}
            return _write_points(needed, worth, [part.subcompetency for part in required], ids)
    return None


def _are_plain(parts: Sequence[AwardRule]) -> bool:
    """Return whether all are sub-competencies, each once, by whatever source."""
    names = [part.subcompetency for part in parts if isinstance(part, Shown) and part.source is None]
    return len(names) == len(parts) == len(set(names))


def _write_points(
    points: int, worth: Mapping[str, int], required: Sequence[str], ids: Mapping[str, int]
) -> dict[str, str] | None:
    if points > sum(worth.values()):
        return None
    # A required one may be worth nothing, but has to be listed.
    listed = {**worth, **{name: worth.get(name, 0) for name in required}}
    configuration = {
        "base": {"points": points},
        "competencies": [
            {"id": ids[name], "points": each, "required": int(name in required)}
            for name, each in listed.items()
        ],
    }
    text = json.dumps(configuration, separators=(",", ":"))
    return {"rule type": RULE_POINTS, "rule outcome": COMPLETE, "rule": text}


def _list_losses(rubric: Rubric, *, has_rule: bool) -> Iterator[Loss]:
    yield from list_cut_titles(rubric, _LONGEST_TITLE, "Moodle")
    for level in rubric.levels:
        if "," in level.title:
            yield Loss(f"the comma in “{level.title}”: in Moodle it divides the values of a scale")
    kept = [Aspect.SUMMARY, Aspect.THRESHOLD, Aspect.PRECISION]
    yield from list_leftovers(rubric, *kept, *([Aspect.AWARD] if has_rule or wants_all(rubric) else []))
