"""Whatever records say of a table, the engine says too: decisions, awards, and what is wrong with it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime, time

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from microcred_cli.assessment.matching import name_items
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.model.award import Held, list_leaves
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.workflows.decide_cohort import Circumstances, Outcome, decide_cohort
from tests.assessment.cohorts import locate
from tests.assessment.decided import read_made
from tests.assessment.made_cohorts import OUTSIDE, Cohort, draw_cohorts
from tests.assessment.plain.records import Row
from tests.large.engine import Decided, decide_by_engine

ALIKE = re.compile(r" \(and in [0-9,]+ more rows?\)$")
# Cohorts take minutes to shrink, and say little more then.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
LONG = settings.get_current_profile_name() == "long"

BREAKS: tuple[dict[str, str], ...] = (
    {"score": "?!"},
    {"score": "1e3"},
    {"score": "Splendid!"},
    {"score": " 2"},
    {"score": "99999999"},
    {"score": "1000000"},
    {"score": "2,5"},
    {"score": "1,234"},
    {"score": "-1"},
    {"item": ""},
    {"item": "Nobody asks for it", "score": "?!"},
    {"date": "soon"},
    {"date": "2026-02-30"},
    {"date": "2026-03-01T24:00:00Z"},
    {"date": "2026-03-01T10:30:00.5+01:30"},
    {"date": "2026-03-01 10:30:00 +0200"},
    {"attempt": "first"},
    {"late": "perhaps"},
    {"source": "nobody"},
    {"source": " Peer "},
    {"possible": "a lot"},
    {"possible": "0"},
    {"possible": ""},
    {"learner": ""},
    {"learner": "1.23457E+14"},
    {"learner": "S001"},
    {"learner": " s001"},
    {"learner": "Zoë"},
    {"learner": "ZOË"},
    {"learner": "Jürgen  X"},
    {"learner": "s-new"},
)
"""What makes a row another one; some are refused, some are not."""


def decide_by_records(cohort: Cohort, table: bytes) -> Outcome:
    rubrics = read_made(cohort)
    gradebook = read_gradebook("g.csv", table, GradebookSettings(only=name_items(rubrics)))
    around = Circumstances(datetime.combine(cohort.as_of, time(), UTC))
    return decide_cohort(rubrics, [gradebook], locate, around)


def write_lines(rows: Sequence[Row]) -> bytes:
    names = [each.name for each in fields(Row)]
    lines = [",".join(_quote(getattr(row, name)) for name in names) for row in rows]
    return "\n".join([",".join(names), *lines, ""]).encode()


def _quote(text: str) -> str:
    return f'"{text}"' if "," in text else text


def compare(outcome: Outcome, decided: Decided) -> None:
    assert bool(outcome.problems) == bool(decided.problems), (outcome.problems[:3], decided.problems[:3])
    if outcome.problems:
        found = {
            (each.message, each.place.row) for each in outcome.problems if each.place.file.startswith("g.")
        }
        told = {
            (ALIKE.sub("", each.message), each.place.row)
            for each in decided.problems
            if "/g." in each.place.file
        }
        assert told <= found
        return
    assert decided.decisions is not None
    assert decided.awards is not None
    assert decided.learners is not None
    expected = {
        (row.learner, row.rubric, row.subcompetency): (
            row.decision,
            row.level,
            row.score,
            row.pieces,
            row.method,
        )
        for row in outcome.decisions
    }
    got = {(row[0], row[1], row[3]): (row[4], row[5], row[6], row[7], row[8]) for row in decided.decisions}
    assert got == expected
    assert len(decided.decisions) == len(expected)
    assert {(row[0], row[1]): tuple(row[3:]) for row in decided.awards} == {
        (row.learner, row.rubric): (row.award, ";".join(row.shown), ";".join(row.missing))
        for row in outcome.awards
    }
    assert {row[0] for row in decided.learners} == {each.key for each in outcome.learners}


def test_decisions_awards_and_problems_are_the_same() -> None:
    seen: Counter[str] = Counter()

    @settings(max_examples=1500 if LONG else 60, phases=PHASES)
    @given(draw_cohorts(learners=(2, 6), ordered=False), st.data())
    def check(cohort: Cohort, data: st.DataObject) -> None:
        leaves = [leaf for rubric in read_made(cohort) for leaf in list_leaves(rubric.award)]
        if any(isinstance(leaf, Held) and leaf.rubric == OUTSIDE for leaf in leaves):
            return
        hit = data.draw(st.sets(st.integers(0, len(cohort.rows) - 1), max_size=2))
        breaks = {number: data.draw(st.sampled_from(BREAKS)) for number in sorted(hit)}
        rows = [replace(row, **breaks.get(number, {})) for number, row in enumerate(cohort.rows)]
        table = write_lines(rows)
        outcome = decide_by_records(cohort, table)
        decided = decide_by_engine(
            cohort.write_rubrics(), table, as_of=cohort.as_of, parquet=data.draw(st.booleans())
        )
        seen["problems" if outcome.problems else "decided"] += 1
        compare(outcome, decided)

    check()
    assert min(seen["problems"], seen["decided"]) > 0, seen
