"""Scores that nothing orders although their order matters."""

from microcred_cli.assessment.features import Features
from microcred_cli.assessment.query.sifting import NEWEST
from microcred_cli.model.method import SPECIFICATIONS, Method

REPLACED = "replaced"

# Under a method that depends on the order of all scores.
_ORDER = """select p.learner, p.goal, min(p.row_id) as first, max(p.row_id) as second, 'order' as kind
from pieces p
join goals g on g.goal = p.goal
where g.order_matters = 1 and g.method <> 'most-common'
group by p.learner, p.goal, p.at, p.position, p.attempt
having count(*) > 1 and min(p.points) <> max(p.points)"""

# Levels with equally many scores, the newest of each at the same moment; the method took one of them.
_COMMON = """select p.learner, p.goal, min(p.row_id) as first, max(p.row_id) as second, 'order' as kind
from pieces p
join (
  select q.learner, q.goal, max(q.times) as times
  from pieces q where q.counts = 1 group by q.learner, q.goal
) t on t.learner = p.learner and t.goal = p.goal and t.times = p.times
join goals g on g.goal = p.goal
where g.method = 'most-common' and p.back = p.newest
group by p.learner, p.goal, p.at, p.position, p.attempt
having count(distinct p.stood) + max(case when p.stood is null then 1 else 0 end) > 1
   and max(p.counts) = 1"""

# Of several scores of which the newest replaces the others; what comes of them is not the same.
_REPLACED = f"""select c.learner, c.goal, min(c.row_id) as first, max(c.row_id) as second,
       '{REPLACED}' as kind
from sifted c
join goals g on g.goal = c.goal
where c.newness = 1
group by c.learner, c.goal, c.position, c.source,
         case when g.attempts <> '{NEWEST}' then c.attempt end,
         case when g.attempts <> '{NEWEST}' then c.rater end
having count(*) > 1 and (min(c.points) <> max(c.points) or min(c.late) <> max(c.late))"""  # noqa: S608


def compose_ties(features: Features) -> str | None:
    """Return the query of ``ties``: learner, goal, two row_ids, a kind; None if order is no matter."""
    if not features.rescores:
        # The scores of one learner and sub-competency are of as many entries of its list.
        return None
    ordered = {method for method in features.methods if SPECIFICATIONS[method].order_matters}
    parts = [_REPLACED]
    if ordered - {Method.MOST_COMMON}:
        parts.append(_ORDER)
    if Method.MOST_COMMON in ordered:
        parts.append(_COMMON)
    return "\nunion all\n".join(parts) + "\norder by learner, goal, first"
