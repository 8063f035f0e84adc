"""The scores that count, with what the formulas of their methods ask to be told of each."""

from collections.abc import Iterator, Sequence

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.formula import Window
from microcred_cli.assessment.methods import FORMULAS
from microcred_cli.assessment.query.rounding import compose_rounding
from microcred_cli.assessment.query.sifting import LATE_WORTH
from microcred_cli.model.method import Method

# What an explanation tells of each piece, beside what the decision needs.
_TOLD = ("row_id", "item_number", "attempt", "rater", "source", "late", "weight", "conversion")

_NEWEST_FIRST = "c.at desc nulls last, c.position desc"
# What orders several scores of one item, where there are any.
_AMONG_SEVERAL = ", c.attempt desc nulls last"
_WINDOWS = {
    Window.BACK: """row_number() over (
           partition by c.learner, c.goal
           order by {newest}{by_attempt}{by_points}{by_row}
         ) as back""",
    Window.HIGH: """row_number() over (
           partition by c.learner, c.goal
           order by c.points desc, {newest}{by_attempt}{by_row}
         ) as high""",
    Window.SIZE: "count(*) over (partition by c.learner, c.goal) as size",
}
# Null in the pieces of methods that do not ask for it.
_TYPES = {
    "back": "bigint",
    "high": "bigint",
    "size": "bigint",
    "stood": "decimal(18,9)",
    "times": "bigint",
    "newest": "bigint",
}
_OF_STOOD = ("stood", "times", "newest")

# Learners have the same few points again and again: the level of each is looked up once. Null is below the
# lowest level, which is not the same as at a lowest level of 0 points.
_STOOD = """stood{n} as (
  select q.goal, q.points, max(v.points) as stood
  from (select distinct p.goal, p.points from placed{n} p) q
  join goals g on g.goal = q.goal
  left join levels v on v.goal = q.goal and v.points <= {rounded}
  group by q.goal, q.points
),
grouped{n} as (
  select p.*, l.stood,
         count(*) over (partition by p.learner, p.goal, l.stood) as times,
         min(p.back) over (partition by p.learner, p.goal, l.stood) as newest
  from placed{n} p
  left join stood{n} l on l.goal = p.goal and l.points = p.points
)"""


def compose_pieces(features: Features, source: str, *, explain: bool = True) -> str:
    """Return the query of ``pieces``: the rows of ``source`` that count, placed among one another.

    Each row is told what its own method asks for; with ``explain`` also what a person wants to know of it.
    """
    groups = _group_methods(features)
    columns = _list_columns(features, explain=explain)
    parts = [_compose_counted(features, source, columns)]
    selects = []
    for number, (windows, methods) in enumerate(groups.items(), start=1):
        n = str(number) if len(groups) > 1 else ""
        parts += _compose_parts(features, windows, methods if n else (), n)
        selects.append(_compose_select(columns, windows, frozenset().union(*groups), methods, n))
    return "with " + ",\n".join(parts) + "\n" + "\nunion all\n".join(selects)


def _group_methods(features: Features) -> dict[frozenset[Window], list[Method]]:
    """Return the methods in use by what they ask for: a window takes long, and many rows need none."""
    groups: dict[frozenset[Window], list[Method]] = {}
    for method in sorted(features.methods):
        groups.setdefault(FORMULAS[method].windows, []).append(method)
    return groups


def _list_columns(features: Features, *, explain: bool) -> list[str]:
    asked = {
        "row_id": features.rescores,
        "attempt": features.rescores,
        "item_number": features.counts_items,
        "source": bool(features.counts_sources),
        "weight": Method.AVERAGE in features.methods,
    }
    extra = [name for name in _TOLD if explain or asked.get(name, False)]
    return ["learner", "goal", "position", "at", *extra, "points", *(["uncut"] if features.caps_late else [])]


def _compose_counted(features: Features, source: str, columns: Sequence[str]) -> str:
    """Return the part that holds the rows that count; late work is worth a level at most."""
    special = (
        {"points": f"{LATE_WORTH} as points", "uncut": "c.points as uncut"} if features.caps_late else {}
    )
    told = ", ".join(special.get(name, f"c.{name}") for name in columns)
    goals = "\n  join goals g on g.goal = c.goal" if features.caps_late else ""
    where = "" if source == "converted" else "\n  where c.reason is null"
    # Every part is a text of our own; values are in the tables.
    return f"counted as (\n  select {told}\n  from {source} c{goals}{where}\n)"  # noqa: S608


def _compose_parts(
    features: Features, windows: frozenset[Window], methods: Sequence[Method], n: str
) -> Iterator[str]:
    """Yield the parts that lead to the pieces of these methods, of all when none is named."""
    written = {
        "newest": _NEWEST_FIRST,
        "by_attempt": _AMONG_SEVERAL if features.rescores else "",
        "by_points": ", c.points desc" if features.rescores else "",
        "by_row": ", c.row_id" if features.rescores else "",
    }
    asked = [_WINDOWS[each].format(**written) for each in Window if each in windows and each in _WINDOWS]
    told = ",\n         ".join(["c.*", *asked])
    names = ", ".join(f"'{method}'" for method in methods)
    only = f"\n  join goals g on g.goal = c.goal\n  where g.method in ({names})" if methods else ""
    # Method names are ours, not a rubric's: the enumeration is closed.
    yield f"placed{n} as (\n  select {told}\n  from counted c{only}\n)"  # noqa: S608
    if Window.STOOD in windows:
        yield _STOOD.format(n=n, rounded=compose_rounding("q.points", features.precisions))


def _compose_select(
    columns: Sequence[str],
    windows: frozenset[Window],
    all_windows: frozenset[Window],
    methods: Sequence[Method],
    n: str,
) -> str:
    """Return the pieces of these methods with the columns of all; a union matches them by their order."""
    own = _name_columns(windows)
    told = [f"p.{name}" for name in columns]
    told += [
        f"p.{name}" if name in own else f"cast(null as {_TYPES[name]}) as {name}"
        for name in _name_columns(all_windows)
    ]
    counts = {method: sql for method in methods if (sql := FORMULAS[method].counts) is not None}
    told.append(f"{_compose_counts(counts, len(methods))} as counts")
    last = f"grouped{n}" if Window.STOOD in windows else f"placed{n}"
    join = "\njoin goals g on g.goal = p.goal" if counts else ""
    return f"select {', '.join(told)}\nfrom {last} p{join}"


def _name_columns(windows: frozenset[Window]) -> list[str]:
    single = [window.value for window in Window if window in windows and window in _WINDOWS]
    return [*single, *(_OF_STOOD if Window.STOOD in windows else ())]


def _compose_counts(counts: dict[Method, str], methods: int) -> str:
    if not counts:
        return "cast(null as double)"
    if methods == 1:
        return f"cast({next(iter(counts.values()))} as double)"
    cases = "\n".join(f"            when '{method}' then {sql}" for method, sql in sorted(counts.items()))
    return f"cast(case g.method\n{cases} end as double)"
