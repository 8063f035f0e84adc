"""Each newer score pulls the result toward itself by a share.

Canvas UI "Decaying Average", stored as ``standard_decaying_average`` (``RollupScore`` in
instructure/canvas-lms): ``v = first; for each next s: v = v * (100 - r)/100 + s * r/100``. Written out,
the k-th newest of n scores counts ``r (1 - r)^(k-1)`` and the oldest ``(1 - r)^(n-1)``.
"""

from microcred_cli.assessment.formula import Formula, Window

FORMULA = Formula(
    (("sum of the shares", "sum(cast(p.points as double) * p.counts)"),),
    counts="""case when p.back = p.size then power(1 - cast(g.latest as double) / 100, p.size - 1)
              else cast(g.latest as double) / 100
                   * power(1 - cast(g.latest as double) / 100, p.back - 1) end""",
    windows=frozenset({Window.BACK, Window.SIZE}),
)
