"""A cohort on the terminal: per rubric a row a learner, then the counts."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from microcred_cli.assessment.manifest import LEFT_OUT
from microcred_cli.cli.cohort_counts import print_counts
from microcred_cli.cli.console import print_result
from microcred_cli.cli.tables import fits, print_table
from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.results import BY_METHOD, AwardRow, DecisionRow
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.safe import safe

MAXIMUM_LEARNERS = 50
BY_PERSON = " *"
OUTDATED = " !"
_MEANINGS = {
    Decision.SHOWN: "+ shown",
    Decision.INSUFFICIENT_EVIDENCE: "“too little”: insufficient evidence",
    Decision.NOT_ASSESSED: "“-”: not assessed",
}


def print_cohort(assessment: Assessment) -> None:
    """Print learners and decisions of each rubric, how many have shown what, and who is left out.

    Sub-competencies that do not fit beside one another are left to the counts and the files, but for those
    that a person decided.
    """
    for rubric in assessment.rubrics:
        told = _print_learners(assessment, rubric)
        _count(assessment, rubric)
        _print_legend(assessment, rubric, told)
    if left_out := assessment.learners_left_out:
        keys = ", ".join(map(safe, left_out[:MAXIMUM_LEARNERS]))
        rest = len(left_out) - MAXIMUM_LEARNERS
        more = f", … and {rest} more, in {LEFT_OUT}" if rest > 0 else ""
        print_result(f"Left out, and nothing decided: {keys}{more}")


def _print_learners(assessment: Assessment, rubric: Rubric) -> frozenset[Decision]:
    """Print the table, and return the decisions that its cells tell apart: none where it only counts them."""
    names = {learner.key: learner.name or "" for learner in assessment.learners}
    decisions = {
        (row.learner, row.subcompetency): row for row in assessment.decisions if row.rubric == rubric.id
    }
    signs = {
        (row.learner, row.subcompetency): OUTDATED if row.outdated else BY_PERSON
        for row in assessment.overruled
        if row.rubric == rubric.id
    }
    awards = [row for row in assessment.awards if row.rubric == rubric.id]
    parts = [part.id for part in rubric.subcompetencies]
    shown = awards[:MAXIMUM_LEARNERS]
    told = frozenset(decisions[row.learner, part].decision for row in shown for part in parts)
    title = f"{rubric.title} {rubric.version}"
    divided = [part.replace("-", "-\n") for part in parts]
    for write_cell, titles in ((_write_level, parts), (_write_level, divided), (_write_score, divided)):
        headings = ["learner", "name", *titles, "award"]
        rows = [
            [
                row.learner,
                names[row.learner],
                *(
                    write_cell(decisions[row.learner, part], rubric) + signs.get((row.learner, part), "")
                    for part in parts
                ),
                row.award,
            ]
            for row in shown
        ]
        if fits(headings, rows):
            break
    else:
        headings = ["learner", "name", "shown", "award"]
        rows = [line for row in shown for line in _write_narrow(row, names[row.learner], parts, signs)]
        told = frozenset()
    print_table(headings, rows, title=title)
    if len(awards) > len(shown):
        print_result(f"… and {len(awards) - len(shown)} more learners, in decisions.csv and awards.csv\n")
    return told


def _write_narrow(
    row: AwardRow, name: str, parts: Sequence[str], signs: Mapping[tuple[str, str], str]
) -> Iterator[list[str]]:
    """Yield how many were shown and, on lines of their own, what a person decided, with its sign.

    Under the name, because the names are where a narrow table has room.
    """
    yield [row.learner, name, f"{len(row.shown)} of {len(parts)}", row.award]
    for part in parts:
        if sign := signs.get((row.learner, part)):
            yield ["", f"{sign.strip()} {part}", "", ""]


def _write_level(row: DecisionRow, rubric: Rubric) -> str:
    """Write the decision into a cell: level and score where there is one, else why there is none."""
    if row.decision not in {Decision.SHOWN, Decision.NOT_YET}:
        return _write_score(row, rubric)
    if row.level is not None:
        level = rubric.level(row.level).title
    else:
        level = "below" if row.decided_by == BY_METHOD else "not yet"
    return f"{_mark(row)} {level}{_add_score(row)}"


def _write_score(row: DecisionRow, _rubric: Rubric) -> str:
    """Write the decision into a narrow cell."""
    if row.decision is Decision.NOT_ASSESSED:
        return "-"
    if row.decision is Decision.INSUFFICIENT_EVIDENCE:
        return "too little"
    return f"{_mark(row)}{_add_score(row)}"


def _add_score(row: DecisionRow) -> str:
    return "" if row.score is None else f" {row.score}"


def _mark(row: DecisionRow) -> str:
    return "+" if row.decision is Decision.SHOWN else " "


def _count(assessment: Assessment, rubric: Rubric) -> None:
    decisions = Counter(
        (row.subcompetency, row.decision) for row in assessment.decisions if row.rubric == rubric.id
    )
    awards = Counter(Award(row.award) for row in assessment.awards if row.rubric == rubric.id)
    print_counts(rubric, len(assessment.learners), decisions, awards)


def _print_legend(assessment: Assessment, rubric: Rubric, told: frozenset[Decision]) -> None:
    """Say what the signs in the table of learners mean, of those that are in it."""
    if meant := [meaning for decision, meaning in _MEANINGS.items() if decision in told]:
        print_result("; ".join(meant))
    overruled = [row for row in assessment.overruled if row.rubric == rubric.id]
    if overruled:
        outdated = f";{OUTDATED} the same, and out of date" if any(row.outdated for row in overruled) else ""
        print_result(f"{BY_PERSON.strip()} decided by a person{outdated}")
    print_result()
