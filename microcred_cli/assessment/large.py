"""The SQL around the deciding query where a table is too large for records: its scores in, its tables out.

The learners are decided on in groups, because what the query keeps on the way takes several times the room
of the scores.
"""

from collections.abc import Collection, Iterator, Sequence

from microcred_cli.assessment.awards import build_awards
from microcred_cli.assessment.matching import Goal
from microcred_cli.model.decision import Decision
from microcred_cli.model.gradebook import Learner
from microcred_cli.model.results import BY_METHOD, DecisionRow, SourceDecision
from microcred_cli.model.rubric import Rubric
from microcred_cli.model.table import ColumnType, Table, build_table
from microcred_cli.texts.names import WHITE_SPACE

KEPT = "kept"
"""The table of all cells of items in use."""
DECIDED = "decided"
PATTERNS = "patterns"
_CODES = {decision: code for code, decision in enumerate(Decision)}
_BITS = 2
_PERSONAL = ("name", "email")
_GOALS_A_NUMBER = 30

_OPTIONAL = {
    "criterion": "cast(null as string)",
    "source": "cast(null as string)",
    "rater": "cast(null as string)",
    "agreed": "0",
    "word": "cast(null as string)",
    "possible": "cast(null as decimal(18,9))",
    "at": "cast(null as bigint)",
    "attempt": "cast(null as bigint)",
    "late": "0",
}


LEARNER_TABLES = (
    """create table key_list as
  select k.key, min(k.folded) as folded from learner_keys k group by k.key""",
    """create table numbered as
  select l.key, cast(row_number() over (order by l.folded, l.key) - 1 as integer) as number
  from key_list l""",
    """create table key_numbers as
  select k.text, n.number from learner_keys k join numbered n on n.key = k.key""",
)
"""The statements that number the learners, in the order of their keys."""


def compose_unlike(columns: Collection[str]) -> list[str]:
    """Return queries of rows that contradict each other about a learner: the key, the name, the e-mail."""
    twins = """select k.first from learner_keys k join (
  select t.folded from learner_keys t group by t.folded having count(distinct t.key) > 1
) w on w.folded = k.folded order by k.first"""
    return [
        twins,
        *(
            f"""select min(r.rowid) from long_rows r join learner_keys l on l.text = r.learner join (
  select k.key from long_rows q join learner_keys k on k.text = q.learner
  where {_strip("q", name)} <> '' group by k.key having count(distinct {_strip("q", name)}) > 1
) m on m.key = l.key group by r.learner, r.{name}"""
            for name in _PERSONAL
            if name in columns
        ),
    ]


def _strip(of: str, name: str) -> str:
    return f"trim({of}.{name}, '{WHITE_SPACE}')"


def compose_learner_list(columns: Collection[str]) -> str:
    """Return the statement that creates ``all_learners``: number, key, name, e-mail."""
    given = {name: f"max(nullif({_strip('r', name)}, ''))" for name in _PERSONAL if name in columns}
    told = ", ".join(f"{given.get(name, 'cast(null as string)')} as {name}" for name in _PERSONAL)
    if not given:
        return f"create table all_learners as select n.number, n.key, {told} from numbered n"
    return f"""create table all_learners as
  select n.number, n.key, {told} from numbered n
  join key_numbers k on k.number = n.number join long_rows r on r.learner = k.text
  group by n.number, n.key"""


def compose_kept(columns: Collection[str], *, has_words: bool) -> str:
    """Return the query of KEPT, from the rows of a long table with these columns.

    A row with a text that no witness was read for is not in it, so that it is missed when rows are counted.
    """
    known = []
    told = ["r.rowid as row_id", "k.number as learner", "cast(u.item as integer) as item"]
    joins = ["join key_numbers k on k.text = r.learner", "join used u on u.text = r.item"]
    if has_words:
        told += [
            "coalesce(r.value, w.value) as value",
            "w.label as word",
            "coalesce(w.is_score, 1) as is_score",
        ]
        joins.append("left join words_read w on w.text = r.word")
        known.append("(r.word is null or w.text is not null)")
    else:
        told.append("r.value")
        known.append("r.word is null")
    if "possible" in columns:
        told.append("coalesce(r.possible, po.value) as possible")
        joins.append("left join possible_read po on po.text = r.possible_word")
        known.append("(r.possible_word is null or po.text is not null)")
    if "date" in columns:
        told.append("coalesce(r.moment, da.value) as at")
        joins.append("left join date_read da on da.text = r.date")
        known.append("(r.date is null or da.text is not null)")
    for name in ("criterion", "source", "attempt", "late"):
        if name in columns:
            told.append(f"{name}_t.value as {name}")
            joins.append(f"join {name}_read {name}_t on {name}_t.text = r.{name}")
    if "rater" in columns:
        told += ["ra.written as rater_written", "ra.value as rater", "ra.agreed"]
        joins.append("join rater_read ra on ra.text = r.rater")
    return f"select {', '.join(told)} from long_rows r {' '.join(joins)} where {' and '.join(known)}"


def compose_repeated(kept: Collection[str], items: int) -> str:
    """Return the query of learners with several cells of one of so many items, and criterion."""
    if "criterion" not in kept:
        return f"""select k.learner from {KEPT} k group by k.learner
having count(*) <> bit_count(bitstring_agg(k.item, 0, {items:d}))"""
    return f"""select k.learner from {KEPT} k
group by k.learner, k.item, coalesce(k.criterion, '') having count(*) > 1"""


def compose_twice(kept: Collection[str]) -> str:
    """Return the query of two rows that give the same score of the same learner."""
    names = [name for name in ("criterion", "rater_written", "source", "at", "attempt") if name in kept]
    same = ", ".join(["k.learner", "k.item", *(f"k.{name}" for name in names)])
    return f"select min(k.row_id), max(k.row_id) from {KEPT} k group by {same} having count(*) > 1"


def compose_scores(kept: Sequence[str], first: int, last: int) -> str:
    """Return the query of ``scores`` for the learners of these numbers; ``kept`` are the columns of KEPT."""
    told = [f"k.{name}" if name in kept else f"{absent} as {name}" for name, absent in _OPTIONAL.items()]
    where = f"k.learner between {first:d} and {last:d}" + " and k.is_score = 1" * ("is_score" in kept)
    # Every part is a text of our own.
    return f"select k.row_id, k.learner, k.item, k.value, {', '.join(told)} from {KEPT} k where {where}"


def compose_learners(first: int, last: int) -> str:
    """Return the query of ``learners``, those of these numbers."""
    return f"select range as learner from range({first:d}, {last + 1:d})"


def compose_decided() -> str:
    """Return what is kept of ``decisions``: the decision as a code, a byte instead of a word."""
    cases = " ".join(f"when '{decision}' then {code}" for decision, code in _CODES.items())
    return (
        "select cast(d.learner as integer) as learner, cast(d.goal as smallint) as goal,"
        f" cast(case d.decision {cases} end as utinyint) as code,"
        " cast(d.score as decimal(18,4)) as score, cast(d.rank as smallint) as rank,"
        " cast(d.pieces as integer) as pieces from decisions d"
    )


def compose_patterns(goals: int) -> str:
    """Return the query of who came to which decisions, all of them as a few numbers."""
    numbers = [
        f"sum(case when d.goal between {start} and {start + _GOALS_A_NUMBER - 1} then"
        f" cast(d.code as bigint) << ({_BITS} * (d.goal - {start})) else 0 end)::bigint as p{number}"
        for number, start in enumerate(range(0, goals, _GOALS_A_NUMBER))
    ]
    return f"select d.learner, {', '.join(numbers)} from {DECIDED} d group by d.learner"


def name_patterns(goals: int) -> list[str]:
    """Return the columns that tell patterns apart."""
    return [f"p{number}" for number in range((goals + _GOALS_A_NUMBER - 1) // _GOALS_A_NUMBER)]


def build_pattern_awards(
    patterns: Sequence[Sequence[int]], goals: Sequence[Goal], rubrics: Sequence[Rubric]
) -> Table:
    """Return the award of each pattern and rubric, by the same rules as those of single learners."""
    learners = [Learner(str(number)) for number in range(len(patterns))]
    decisions: list[DecisionRow] = []
    by_source: list[SourceDecision] = []
    kinds = list(Decision)
    for learner, pattern in zip(learners, patterns, strict=True):
        for goal in goals:
            number, place = divmod(goal.number, _GOALS_A_NUMBER)
            decision = kinds[pattern[number] >> (_BITS * place) & 3]
            part = goal.subcompetency
            if goal.source is None:
                decisions.append(
                    DecisionRow(
                        learner.key,
                        goal.rubric.id,
                        goal.rubric.version,
                        part.id,
                        decision,
                        None,
                        None,
                        0,
                        part.decide.by,
                    )
                )
            else:
                by_source.append(
                    SourceDecision(learner.key, goal.rubric.id, part.id, goal.source, decision, None, None, 0)
                )
    awards = build_awards(decisions, by_source, rubrics, learners, {})
    order = {rubric.id: number for number, rubric in enumerate(rubrics)}
    rows = [
        (
            *patterns[int(row.learner)],
            order[row.rubric],
            row.rubric,
            row.version,
            str(row.award),
            ";".join(row.shown),
            ";".join(row.missing),
        )
        for row in awards
    ]
    kind = {
        **dict.fromkeys(name_patterns(len(goals)), ColumnType.INTEGER),
        "nth": ColumnType.INTEGER,
        **dict.fromkeys(("rubric", "version", "award", "shown", "missing"), ColumnType.TEXT),
    }
    return build_table("pattern_awards", kind, rows)


def build_names(goals: Sequence[Goal]) -> Iterator[Table]:
    """Yield the tables that give the numbers of DECIDED their names."""
    text, integer = ColumnType.TEXT, ColumnType.INTEGER
    yield build_table(
        "goal_names",
        {"goal": integer, "rubric": text, "version": text, "subcompetency": text, "method": text},
        [
            (
                each.number,
                each.rubric.id,
                each.rubric.version,
                each.subcompetency.id,
                str(each.subcompetency.decide.by),
            )
            for each in goals
            if each.source is None
        ],
    )
    yield build_table(
        "level_names",
        {"goal": integer, "rank": integer, "level": text},
        [(goal.number, rank, level.id) for goal in goals for rank, level in enumerate(goal.rubric.levels)],
    )
    yield build_table(
        "decision_names",
        {"code": integer, "decision": text},
        [(code, str(decision)) for decision, code in _CODES.items()],
    )


DECISIONS_OUT = f"""select n.key as learner, g.rubric, g.version, g.subcompetency, c.decision, l.level,
       d.score, d.pieces, g.method, '{BY_METHOD}' as decided_by, '' as reason
from {DECIDED} d
join all_learners n on n.number = d.learner
join goal_names g on g.goal = d.goal
join decision_names c on c.code = d.code
left join level_names l on l.goal = d.goal and l.rank = d.rank
order by d.learner, d.goal"""
"""The query of the table of decisions."""
LEARNERS_OUT = "select n.key as learner, n.name, n.email from all_learners n order by n.number"
"""The query of the table of learners."""
COUNTS = f"""select g.rubric, g.subcompetency, c.decision, count(*)
from {DECIDED} d join goal_names g on g.goal = d.goal join decision_names c on c.code = d.code group by all"""
"""The query of how many learners came to which decision."""


def compose_awards_out(goals: int) -> str:
    """Return the query of the table of awards."""
    told = "n.key as learner, a.rubric, a.version, a.award, a.shown, a.missing"
    return f"select {told} {_compose_awards(goals)} order by p.learner, a.nth"


def compose_award_counts(goals: int) -> str:
    """Return the query of how many learners have which award."""
    return f"select a.rubric, a.award, count(*) {_compose_awards(goals)} group by all"


def _compose_awards(goals: int) -> str:
    same = " and ".join(f"a.{name} = p.{name}" for name in name_patterns(goals))
    return f"from {PATTERNS} p join all_learners n on n.number = p.learner join pattern_awards a on {same}"
