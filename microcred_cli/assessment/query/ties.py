"""Scores that nothing orders although their order matters."""

from microcred_cli.assessment.features import Features
from microcred_cli.model.method import SPECIFICATIONS, Method

# Under a method that depends on the order of all scores.
_ORDER = """select p.learner, p.goal, min(p.row_id) as first, max(p.row_id) as second
from pieces p
join goals g on g.goal = p.goal
where g.order_matters = 1 and g.method <> 'most-common'
group by p.learner, p.goal, p.at, p.position, p.attempt
having count(*) > 1 and min(p.points) <> max(p.points)"""

# Levels with equally many scores, the newest of each at the same moment; the method took one of them.
_COMMON = """select p.learner, p.goal, min(p.row_id) as first, max(p.row_id) as second
from pieces p
join (
  select q.learner, q.goal, max(q.times) as times
  from pieces q where q.counts = 1 group by q.learner, q.goal
) t on t.learner = p.learner and t.goal = p.goal and t.times = p.times
join goals g on g.goal = p.goal
where g.method = 'most-common' and p.back = p.newest
group by p.learner, p.goal, p.at, p.position, p.attempt
having count(distinct p.stood) > 1 and max(p.counts) = 1"""

# Canvas keeps the newest score of an item, and nothing says which that is.
_NEWEST = """select c.learner, c.goal, min(c.row_id) as first, max(c.row_id) as second
from sifted c
join goals g on g.goal = c.goal
join (
  select k.learner, k.goal, k.position, k.source, k.at, k.attempt
  from sifted k where k.reason is null
) n on n.learner = c.learner and n.goal = c.goal and n.position = c.position
  and coalesce(n.source, '') = coalesce(c.source, '')
  and coalesce(n.at, -1) = coalesce(c.at, -1) and coalesce(n.attempt, -1) = coalesce(c.attempt, -1)
where g.attempts = 'newest' and (c.reason is null or c.reason = 'replaced')
group by c.learner, c.goal, c.position, c.source
having count(*) > 1 and min(c.points) <> max(c.points)"""


def compose_ties(features: Features) -> str | None:
    """Return the query of ``ties``: learner, goal, the row_ids of two scores; None if order is no matter."""
    ordered = {method for method in features.methods if SPECIFICATIONS[method].order_matters}
    parts = []
    if ordered - {Method.MOST_COMMON}:
        parts.append(_ORDER)
    if Method.MOST_COMMON in ordered:
        parts.append(_COMMON)
    if features.canvas and features.rescores:
        parts.append(_NEWEST)
    if not parts:
        return None
    return "\nunion all\n".join(parts) + "\norder by learner, goal, first"
