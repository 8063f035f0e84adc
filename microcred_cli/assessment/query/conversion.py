"""Cells to points: each score that is evidence for a goal, on the scale of the rubric's levels."""

from microcred_cli.assessment.features import Features

_MATCHED = """matched as (
  select s.row_id, s.learner, e.goal, e.position, e.item_number, s.at, s.attempt, s.rater, s.agreed, s.late,
         coalesce(s.source, e.source) as source,
         case when s.source <> e.source then 1 else 0 end as of_other_source,
         s.value, s.word, s.possible, e.weight, e.top, e.lowest, e.has_cuts
  from scores s
  join evidence e on s.item = e.item and coalesce(s.criterion, '') = coalesce(e.criterion, ''){only}
)"""
_ONLY = """
  where e.only_source is null or coalesce(s.source, e.source) = e.only_source"""

_CUT = """cut as (
  select m.row_id, m.goal, m.position, max(c.points) as points
  from matched m
  join cuts c on c.goal = m.goal and c.position = m.position
  where m.value * 100 >= c.share * m.possible
  group by m.row_id, m.goal, m.position
)"""
_JOIN_CUT = """
left join cut on cut.row_id = m.row_id and cut.goal = m.goal and cut.position = m.position"""
_JOIN_WORD = """
left join words w on w.goal = m.goal and w.position = m.position and w.word = m.word"""

_CONVERTED = """select m.row_id, m.learner, m.goal, m.position, m.item_number, m.at, m.attempt, m.rater,
       m.agreed, m.late, m.source, m.of_other_source, m.weight,
       {conversion} as conversion,
       cast({points} as decimal(18,9)) as points
from shared m{joins}"""

_SHARE = "cast(m.value as double) * cast(m.top as double) / cast(m.possible as double)"
# A double may fall on the wrong side of half a billionth. What its decimal leaves over of the product is
# exact, and twice that against a billionth of the points possible says whether it did.
_SHARED = """shared as (
  select n.*, n.value * n.top - n.near * n.possible + (n.value * n.top - n.near * n.possible) as twice,
         cast(0.000000001 as decimal(10,9)) * n.possible as step
  from (select m.*, cast({share} as decimal(18,9)) as near from matched m) n
)"""
_NEAREST = """m.near + case when m.twice >= m.step and (m.twice > m.step or m.value >= 0)
                then cast(0.000000001 as decimal(18,9))
              when m.twice <= -m.step and (m.twice < -m.step or m.value < 0)
                then cast(-0.000000001 as decimal(18,9))
              else cast(0 as decimal(18,9)) end"""


def compose_conversion(features: Features) -> str:
    """Return the query of ``converted``: every score that is evidence for a goal, with its points."""
    cases = [
        ("m.possible is null", "points", "m.value"),
        (None, "share", f"({_NEAREST})"),
    ]
    parts = [_MATCHED.format(only=_ONLY if features.by_source else "")]
    parts.append(_SHARED.format(share=_SHARE))
    joins = ""
    if features.cuts:
        cases.insert(0, ("m.has_cuts = 1", "cuts", "coalesce(cut.points, m.lowest)"))
        parts.append(_CUT)
        joins += _JOIN_CUT
    if features.words:
        cases.insert(0, ("m.word is not null", "word", "w.points"))
        joins += _JOIN_WORD
    conversion = _compose_case([(condition, f"'{name}'") for condition, name, _ in cases])
    points = _compose_case([(condition, expression) for condition, _, expression in cases])
    return (
        "with "
        + ",\n".join(parts)
        + "\n"
        + _CONVERTED.format(conversion=conversion, points=points, joins=joins)
    )


def _compose_case(branches: list[tuple[str | None, str]]) -> str:
    written = " ".join(
        f"else {value}" if condition is None else f"when {condition} then {value}"
        for condition, value in branches
    )
    return f"case {written} end"
