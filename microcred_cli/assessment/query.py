"""The definition of a decision: one SQL text, composed for the methods a set of rubrics uses.

Values never stand in the text; they come in as parameter tables (see tables.py):

- ``scores``: row_id, learner, item, criterion, source, value, possible, at, attempt
- ``learners``: learner
- ``goals``: goal (a sub-competency of a rubric), method, at_least, latest, n, shown_points, precision
- ``evidence``: goal, position, item, criterion, source, weight, top, lowest, has_cuts
- ``cuts``: goal, position, share (percent), points
- ``levels``: goal, rank, points

The constructs are those that DuckDB and Spark share. Numbers: exact decimal sums, then double where a
formula needs it, then decimal(18,9), then rounding half away from zero; the level is read from the
rounded value, as Canvas does.
"""

from collections.abc import Iterable

from microcred_cli.assessment.methods import SCORES
from microcred_cli.model.method import SPECIFICATIONS, Method
from microcred_cli.model.table import Query

PIECES = "pieces"
DECISIONS = "decisions"
TIES = "ties"

_MATCHED = """matched as (
  select s.row_id, s.learner, e.goal, e.position, s.at, s.attempt, s.value, s.possible,
         e.weight, e.top, e.lowest, e.has_cuts
  from scores s
  join evidence e on s.item = e.item and coalesce(s.criterion, '') = coalesce(e.criterion, '')
  where e.source is null or s.source is null or s.source = e.source
)"""

_CUT = """cut as (
  select m.row_id, m.goal, m.position, max(c.points) as points
  from matched m
  join cuts c on c.goal = m.goal and c.position = m.position
  where m.value * 100 >= c.share * m.possible
  group by m.row_id, m.goal, m.position
)"""

_CONVERTED = """converted as (
  select m.row_id, m.learner, m.goal, m.position, m.at, m.attempt, m.weight,
         {conversion} as conversion,
         cast({points} as decimal(18,9)) as points
  from matched m{join}
)"""

_BY_SHARE = "cast(m.value as double) * cast(m.top as double) / cast(m.possible as double)"
_JOIN_CUT = """
  left join cut on cut.row_id = m.row_id and cut.goal = m.goal and cut.position = m.position"""

_BACK = """row_number() over (
           partition by c.learner, c.goal
           order by c.at desc nulls last, c.position desc, c.attempt desc nulls last, c.points desc, c.row_id
         )"""

_DECISIONS = """with scored as (
  select p.learner, p.goal, count(*) as pieces,
         {score} as raw
  from pieces p
  join goals g on g.goal = p.goal
  group by p.learner, p.goal
),
rounded as (
  select s.learner, s.goal, s.pieces,
         {rounding} as score
  from scored s
  join goals g on g.goal = s.goal
),
decided as (
  select l.learner, g.goal, coalesce(r.pieces, 0) as pieces,
         case when r.pieces is null then 'not-assessed'
              when r.pieces < g.at_least or r.score is null then 'insufficient-evidence'
              when r.score >= g.shown_points then 'shown'
              else 'not-yet' end as decision,
         case when r.pieces >= g.at_least then r.score end as score
  from learners l
  cross join goals g
  left join rounded r on r.learner = l.learner and r.goal = g.goal
)
select d.learner, d.goal, d.pieces, d.decision, d.score, max(v.rank) as rank
from decided d
left join levels v on v.goal = d.goal and v.points <= d.score
group by d.learner, d.goal, d.pieces, d.decision, d.score
order by d.learner, d.goal"""

_TIES = """select p.learner, p.goal, min(p.row_id) as first, max(p.row_id) as second
from pieces p
join goals g on g.goal = p.goal
where g.order_matters = 1
group by p.learner, p.goal, p.at, p.position, p.attempt
having count(*) > 1 and min(p.points) <> max(p.points)
order by p.learner, p.goal, min(p.row_id)"""


def compose_queries(methods: Iterable[Method], precisions: Iterable[int], *, cuts: bool) -> tuple[Query, ...]:
    """Return the queries that decide: ``pieces``, then ``ties`` and ``decisions`` over them.

    Only what the methods, the precisions (decimals) and the presence of ``cuts`` call for is emitted.
    ``ties`` lists pairs of pieces that have no order although their method needs one; it is there only
    when one of the methods does.
    """
    used = sorted(set(methods))
    ordered = any(SPECIFICATIONS[method].order_matters for method in used)
    queries = [Query(PIECES, _compose_pieces(ordered=ordered, cuts=cuts))]
    if ordered:
        queries.append(Query(TIES, _TIES))
    decisions = _DECISIONS.format(score=_compose_score(used), rounding=_compose_rounding(precisions))
    queries.append(Query(DECISIONS, decisions))
    return tuple(queries)


def _compose_pieces(*, ordered: bool, cuts: bool) -> str:
    points = f"case when m.possible is null then cast(m.value as double) else {_BY_SHARE} end"
    conversion = "case when m.possible is null then 'points' else 'share' end"
    if cuts:
        points = (
            "case when m.has_cuts = 1 then cast(coalesce(cut.points, m.lowest) as double)\n"
            "              when m.possible is null then cast(m.value as double)\n"
            f"              else {_BY_SHARE} end"
        )
        conversion = (
            "case when m.has_cuts = 1 then 'cuts' when m.possible is null then 'points' else 'share' end"
        )
    parts = [_MATCHED]
    if cuts:
        parts.append(_CUT)
    join = _JOIN_CUT if cuts else ""
    parts.append(_CONVERTED.format(conversion=conversion, points=points, join=join))
    back = _BACK if ordered else "cast(null as bigint)"
    return "with " + ",\n".join(parts) + f"\nselect c.*, {back} as back\nfrom converted c"


def _compose_score(methods: list[Method]) -> str:
    if len(methods) == 1:
        return SCORES[methods[0]]
    # Method names are ours, not a rubric's: the enumeration is closed.
    cases = "\n".join(f"              when '{method}' then {SCORES[method]}" for method in methods)
    return f"case max(g.method)\n{cases} end"


def _compose_rounding(precisions: Iterable[int]) -> str:
    """Write the rounding for each precision in use: engines want its number of decimals as a constant."""
    value = "cast(s.raw as decimal(18,9))"
    used = sorted(set(precisions))
    if len(used) == 1:
        return f"round({value}, {used[0]:d})"
    cases = " ".join(
        f"when {precision:d} then cast(round({value}, {precision:d}) as decimal(18,4))" for precision in used
    )
    return f"case g.precision {cases} end"
