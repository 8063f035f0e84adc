"""The scores that count, with what the formulas of their methods ask to be told of each."""

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.formula import Window
from microcred_cli.assessment.methods import FORMULAS
from microcred_cli.assessment.query.rounding import compose_rounding
from microcred_cli.assessment.query.sifting import LATE_WORTH
from microcred_cli.model.method import Method

_COLUMNS = """c.row_id, c.learner, c.goal, c.position, c.item_number, c.at, c.attempt, c.rater, c.source,
         c.late, c.weight, c.conversion"""

_WINDOWS = {
    Window.BACK: """row_number() over (
           partition by c.learner, c.goal
           order by c.at desc nulls last, c.position desc, c.attempt desc nulls last, c.points desc, c.row_id
         ) as back""",
    Window.HIGH: """row_number() over (
           partition by c.learner, c.goal
           order by c.points desc, c.at desc nulls last, c.position desc, c.attempt desc nulls last, c.row_id
         ) as high""",
    Window.SIZE: "count(*) over (partition by c.learner, c.goal) as size",
}

# Learners have the same few points again and again: the level of each is looked up once. Null is below the
# lowest level, which is not the same as at a lowest level of 0 points.
_STOOD = """stood as (
  select q.goal, q.points, max(v.points) as stood
  from (
    select distinct p.goal, p.points
    from placed p join goals g on g.goal = p.goal where g.method = 'most-common'
  ) q
  join goals g on g.goal = q.goal
  left join levels v on v.goal = q.goal and v.points <= {rounded}
  group by q.goal, q.points
),
grouped as (
  select p.*, l.stood,
         count(*) over (partition by p.learner, p.goal, l.stood) as times,
         min(p.back) over (partition by p.learner, p.goal, l.stood) as newest
  from placed p
  left join stood l on l.goal = p.goal and l.points = p.points
)"""


def compose_pieces(features: Features, source: str) -> str:
    """Return the query of ``pieces``: the rows of ``source`` that count, placed among one another."""
    formulas = {method: FORMULAS[method] for method in features.methods}
    windows = {window for formula in formulas.values() for window in formula.windows}
    parts = [f"counted as (\n  select {_COLUMNS},\n         {_compose_points(features, source)}\n)"]
    told = ["c.*", *(_WINDOWS[window] for window in Window if window in windows and window in _WINDOWS)]
    placed = ",\n         ".join(told)
    parts.append(f"placed as (\n  select {placed}\n  from counted c\n)")  # noqa: S608 - texts of our own
    last = "placed"
    if Window.STOOD in windows:
        parts.append(_STOOD.format(rounded=compose_rounding("q.points", features.precisions)))
        last = "grouped"
    counts = {method: formula.counts for method, formula in formulas.items() if formula.counts is not None}
    join = f"\nfrom {last} p"
    if counts:
        join += "\njoin goals g on g.goal = p.goal"
    return (
        "with "
        + ",\n".join(parts)
        + f"\nselect p.*, {_compose_counts(counts, len(formulas))} as counts{join}"
    )


def _compose_points(features: Features, source: str) -> str:
    where = "" if source == "converted" else "\n  where c.reason is null"
    if not features.caps_late:
        return f"c.points\n  from {source} c{where}"
    goals = "join goals g on g.goal = c.goal"
    return f"{LATE_WORTH} as points, c.points as uncut\n  from {source} c\n  {goals}{where}"


def _compose_counts(counts: dict[Method, str], methods: int) -> str:
    if not counts:
        return "cast(null as double)"
    if methods == 1:
        return f"cast({next(iter(counts.values()))} as double)"
    cases = "\n".join(f"            when '{method}' then {sql}" for method, sql in sorted(counts.items()))
    return f"cast(case g.method\n{cases} end as double)"
