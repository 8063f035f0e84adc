"""Which scores count: one step a reason, each looking only at what the steps before it left.

A step adds a column ``r1``, ``r2`` …: the reason for which a score is set aside, null while it counts.
"""

from collections.abc import Iterator

from microcred_cli.assessment.features import Features
from microcred_cli.model.results import SetAside
from microcred_cli.model.rubric import Attempts

# Goals of a rubric that is to decide as Canvas does: an item has one score, the newest.
NEWEST = "newest"

_ITEM = "c.learner, c.goal, c.position, c.source"
_OPEN = "case when {open} then 1 else 0 end"
_AGREED = f"""g.attempts <> '{NEWEST}' and c.agreed = 0 and max(case when {{open}} then c.agreed else 0 end)
                over (partition by {_ITEM}, c.attempt) = 1"""
# Of the scores that may replace one another: 1 for the newest, several of them where nothing orders these.
_SAME = f"{_ITEM}, c.attempt, c.rater, {_OPEN}"
_BY_DATE = "order by c.at desc nulls last"
_NEWNESS = f"""case when not {{open}} then null
              when g.attempts = '{NEWEST}' then rank() over (
                partition by {_ITEM}, {_OPEN} {_BY_DATE}, c.attempt desc nulls last)
              else rank() over (partition by {_SAME} {_BY_DATE}) end as newness, """
_RESCORED = f"""g.attempts <> '{NEWEST}' and row_number() over (
                partition by {_SAME} {_BY_DATE}, c.row_id) > 1"""
_NOT_NEWEST = f"""g.attempts = '{NEWEST}' and row_number() over (
                partition by {_ITEM}, {_OPEN} {_BY_DATE}, c.attempt desc nulls last, c.row_id) > 1"""
_NOT_LATEST = f"""g.attempts = '{Attempts.LATEST}' and coalesce(c.attempt, -1) < max(
                case when {{open}} then coalesce(c.attempt, -1) end) over (partition by {_ITEM})"""
_NOT_BEST = f"""g.attempts = '{Attempts.BEST}' and rank() over (
                partition by {_ITEM}, {_OPEN}
                order by c.attempt_mean desc, coalesce(c.attempt, -1) desc) > 1"""
_OF_ATTEMPT = f"over (partition by {_ITEM}, c.attempt, {_OPEN})"
# What a score is worth where late work is worth a level at most.
LATE_WORTH = """case when g.late = 'at-most' and c.late = 1 and c.points > g.late_points then g.late_points
            else c.points end"""
_MEAN = f"""cast(cast(sum({LATE_WORTH}) {_OF_ATTEMPT} as double) / count(*) {_OF_ATTEMPT}
            as decimal(18,9)) as attempt_mean, """


def compose_sifting(features: Features) -> str | None:
    """Return the query of ``sifted``: ``converted`` with the ``reason`` for which a score is set aside.

    None when nothing in these rubrics and gradebooks could set a score aside.
    """
    steps = list(_list_steps(features))
    if not steps:
        return None
    parts = []
    source, reason = "converted", "cast(null as string)"
    for number, (column, branches) in enumerate(steps, start=1):
        is_open = f"({reason} is null)"
        told = " ".join(
            f"when {condition.format(open=is_open)} then '{word}'" for condition, word in branches
        )
        new = f"case when {reason} is not null then {reason} {told} end" if told else reason
        select = f"select c.*, {column.format(open=is_open)}{new} as r{number}"
        # Every part is a text of our own; values are in the tables.
        parts.append(f"s{number} as (\n  {select}\n  from {source} c join goals g on g.goal = c.goal\n)")
        source, reason = f"s{number}", f"c.r{number}"
    return "with " + ",\n".join(parts) + f"\nselect c.*, {reason} as reason\nfrom {source} c"


def _list_steps(features: Features) -> Iterator[tuple[str, list[tuple[str, SetAside]]]]:
    """Yield the steps in use: a column to add, and conditions with the reasons they are."""
    if features.sources:
        yield "", [("c.of_other_source = 1", SetAside.OTHER_SOURCE)]
    if features.agreed:
        yield "", [(_AGREED, SetAside.AGREED)]
    if features.rescores:
        yield _NEWNESS, [(_RESCORED, SetAside.REPLACED), (_NOT_NEWEST, SetAside.REPLACED)]
    if features.recency:
        yield (
            "",
            [
                ("g.since is not null and c.at is null", SetAside.NO_DATE),
                ("c.at < g.since", SetAside.TOO_OLD),
            ],
        )
    if features.leaves_out_late:
        yield "", [("g.late = 'leave-out' and c.late = 1", SetAside.LATE)]
    if Attempts.LATEST in features.attempts:
        yield "", [(_NOT_LATEST, SetAside.OTHER_ATTEMPT)]
    if Attempts.BEST in features.attempts:
        # A window cannot look into another, so the means of the attempts are a column of a step before.
        yield _MEAN, []
        yield "", [(_NOT_BEST, SetAside.OTHER_ATTEMPT)]
