"""Pieces to decisions: the formulas, the rounding, the level, and whether there is enough evidence."""

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.methods import FORMULAS
from microcred_cli.assessment.query.rounding import compose_rounding
from microcred_cli.model.method import Method
from microcred_cli.model.rubric import SOURCES

_RECKONED = """with summed as (
  select p.learner, p.goal, count(*) as pieces{counts}{values}
  from pieces p
  join goals g on g.goal = p.goal
  group by p.learner, p.goal
),
scored as (
  select s.*,
         {result} as unrounded
  from summed s
  join goals g on g.goal = s.goal
)
select s.*,
       {rounding} as score
from scored s
join goals g on g.goal = s.goal"""

# Learners have the same few scores again and again: the level of each is looked up once.
_DECISIONS = """with reached as (
  select q.goal, q.score, max(v.rank) as rank
  from (select distinct r.goal, r.score from reckoned r) q
  join levels v on v.goal = q.goal and v.points <= q.score
  group by q.goal, q.score
),
decided as (
  select l.learner, g.goal, coalesce(r.pieces, 0) as pieces,
         case when r.pieces is null then 'not-assessed'
              when {enough} and r.score is not null then
                case when r.score >= g.shown_points then 'shown' else 'not-yet' end
              else 'insufficient-evidence' end as decision,
         case when {enough} then r.score end as score, {steps}
  from learners l
  cross join goals g
  left join reckoned r on r.learner = l.learner and r.goal = g.goal{raters}
)
select d.*, v.rank
from decided d
left join reached v on v.goal = d.goal and v.score = d.score"""

_RATERS = """
  left join (
    select m.learner, m.goal, count(distinct m.rater) as raters
    from {marks} group by m.learner, m.goal
  ) t on t.learner = l.learner and t.goal = g.goal"""
_MARKS = "converted m where m.agreed = 0"
# Raters whose marks an agreed mark stands for have looked at the work as well, if that mark counts.
_SIFTED_MARKS = """sifted m
    left join (
      select distinct a.learner, a.goal, a.position, a.attempt, a.source
      from sifted a where a.agreed = 1 and a.reason is null
    ) a on a.learner = m.learner and a.goal = m.goal and a.position = m.position
      and coalesce(a.attempt, -1) = coalesce(m.attempt, -1)
      and coalesce(a.source, '') = coalesce(m.source, '')
    where m.agreed = 0
      and (m.reason is null or (m.reason = 'agreed mark stands' and a.learner is not null))"""


def compose_reckoning(features: Features) -> str:
    """Return the query of ``reckoned`` over ``pieces``: the result of each method, and the steps to it."""
    methods = sorted(features.methods)
    values = "".join(
        f",\n         {_compose_value(methods, number)} as value_{number + 1}"
        for number in range(_count_values(features))
    )
    return _RECKONED.format(
        counts="".join(f",\n         {sql} as {name}" for name, sql in _list_counts(features)),
        values=values,
        result=_choose(methods, {method: FORMULAS[method].result for method in methods}, "g.method"),
        rounding=compose_rounding("s.unrounded", features.precisions),
    )


def compose_decisions(features: Features, source: str) -> str:
    """Return the query of ``decisions`` over ``reckoned``; ``source`` is what the pieces were taken from.

    A row for every learner and goal, with decision, score, the rank of the level, and the steps to these.
    """
    return _DECISIONS.format(
        enough=_compose_enough(features),
        steps=", ".join(_name_steps(features)),
        raters=_compose_raters(features, source),
    )


def _count_values(features: Features) -> int:
    return max(len(FORMULAS[method].values) for method in features.methods)


def _name_steps(features: Features) -> list[str]:
    """Return the columns that hold how a decision came about."""
    names = [f"r.{name}" for name, _ in _list_counts(features)]
    names += ["coalesce(t.raters, 0) as raters"] if features.counts_raters else []
    return [*names, "r.unrounded", *(f"r.value_{number + 1}" for number in range(_count_values(features)))]


def _list_counts(features: Features) -> list[tuple[str, str]]:
    counts = [("items", "count(distinct p.item_number)")] if features.counts_items else []
    return counts + [
        (f"from_{source}", f"count(case when p.source = '{source}' then 1 end)")
        for source in SOURCES
        if source in features.counts_sources
    ]


def _compose_enough(features: Features) -> str:
    needs = ["r.pieces >= g.needs_pieces"]
    if features.counts_items:
        needs.append("r.items >= g.needs_items")
    if features.counts_raters:
        needs.append("coalesce(t.raters, 0) >= g.needs_raters")
    needs += [
        f"r.from_{source} >= g.needs_{source}" for source in SOURCES if source in features.counts_sources
    ]
    return " and ".join(needs)


def _compose_raters(features: Features, source: str) -> str:
    if not features.counts_raters:
        return ""
    return _RATERS.replace("{marks}", _MARKS if source == "converted" else _SIFTED_MARKS)


def _compose_value(methods: list[Method], number: int) -> str:
    values = {
        method: FORMULAS[method].values[number][1]
        for method in methods
        if number < len(FORMULAS[method].values)
    }
    return _choose(methods, values, "max(g.method)")


def _choose(methods: list[Method], expressions: dict[Method, str], tag: str) -> str:
    if len(methods) == 1:
        return expressions[methods[0]]
    # Method names are ours, not a rubric's: the enumeration is closed.
    cases = "\n".join(f"              when '{method}' then {sql}" for method, sql in expressions.items())
    return f"case {tag}\n{cases} end"
