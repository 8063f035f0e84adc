"""The parameter tables of the deciding query: rubrics and scores as columns of plain values."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from microcred_cli.assessment.matching import Cell, Goal, Match, list_words
from microcred_cli.assessment.query.sifting import NEWEST
from microcred_cli.model.gradebook import AGREED, CellState, Learner
from microcred_cli.model.method import SPECIFICATIONS
from microcred_cli.model.rubric import SOURCES, Compatibility
from microcred_cli.model.table import ColumnType, Table, build_table
from microcred_cli.texts.durations import subtract_duration
from microcred_cli.texts.names import fold_name


def build_tables(
    goals: Sequence[Goal],
    matches: Sequence[Match],
    cells: Sequence[Cell],
    learners: Sequence[Learner],
    as_of: datetime | None = None,
) -> tuple[Table, ...]:
    """Return the tables of a deciding query; row_id is an index in ``cells``, a learner in ``learners``.

    ``as_of`` is the day of the assessment, needed where a rubric says ``within``: else ValueError.
    """
    numbers = {learner.key: number for number, learner in enumerate(learners)}
    return (
        _build_scores(cells, numbers, number_items(matches)),
        build_learners(len(learners)),
        *build_rules(goals, matches, as_of),
    )


def build_rules(
    goals: Sequence[Goal], matches: Sequence[Match], as_of: datetime | None = None
) -> tuple[Table, ...]:
    """Return the tables of what the rubrics say, as ``build_tables`` does."""
    return (
        build_goals(goals, as_of),
        _build_evidence(matches, number_items(matches)),
        _build_cuts(matches),
        _build_words(matches),
        build_levels(goals),
    )


def number_items(matches: Sequence[Match]) -> dict[str, int]:
    """Return the number by which the deciding query knows each item in use."""
    return {item: number for number, item in enumerate(dict.fromkeys(match.item for match in matches))}


def build_learners(count: int) -> Table:
    """Return the table of the learners to decide on: numbers, which are quicker to group by than keys."""
    return build_table("learners", {"learner": ColumnType.INTEGER}, [(number,) for number in range(count)])


def _build_scores(cells: Sequence[Cell], numbers: Mapping[str, int], items: Mapping[str, int]) -> Table:
    rows = [
        (
            row_id,
            numbers[cell.score.learner],
            items[cell.item],
            _fold(cell.score.criterion),
            cell.score.source,
            rater := _fold(cell.score.rater),
            int(rater == AGREED),
            cell.score.value,
            _fold(cell.score.label),
            cell.score.possible,
            cell.score.at,
            cell.score.attempt,
            int(bool(cell.score.late)),
        )
        for row_id, cell in enumerate(cells)
        if cell.score.state is CellState.SCORE
    ]
    columns = {
        "row_id": ColumnType.INTEGER,
        "learner": ColumnType.INTEGER,
        "item": ColumnType.INTEGER,
        "criterion": ColumnType.TEXT,
        "source": ColumnType.TEXT,
        "rater": ColumnType.TEXT,
        "agreed": ColumnType.INTEGER,
        "value": ColumnType.NUMBER,
        "word": ColumnType.TEXT,
        "possible": ColumnType.NUMBER,
        "at": ColumnType.INTEGER,
        "attempt": ColumnType.INTEGER,
        "late": ColumnType.INTEGER,
    }
    return build_table("scores", columns, rows)


def _fold(text: str | None) -> str | None:
    return None if text is None else fold_name(text)


def build_goals(goals: Sequence[Goal], as_of: datetime | None = None) -> Table:
    """Return the table of the goals: method, parameters, policies and thresholds. Raises as build_tables."""
    columns = {
        "goal": ColumnType.INTEGER,
        "method": ColumnType.TEXT,
        "latest": ColumnType.NUMBER,
        "n": ColumnType.INTEGER,
        "order_matters": ColumnType.INTEGER,
        "shown_points": ColumnType.NUMBER,
        "top": ColumnType.NUMBER,
        "precision": ColumnType.INTEGER,
        "needs_pieces": ColumnType.INTEGER,
        "needs_items": ColumnType.INTEGER,
        "needs_raters": ColumnType.INTEGER,
        **{f"needs_{source}": ColumnType.INTEGER for source in SOURCES},
        "attempts": ColumnType.TEXT,
        "since": ColumnType.INTEGER,
        "late": ColumnType.TEXT,
        "late_points": ColumnType.NUMBER,
    }
    return build_table("goals", columns, [_describe_goal(goal, as_of) for goal in goals])


def _describe_goal(goal: Goal, as_of: datetime | None) -> tuple[object, ...]:
    rubric, choice = goal.rubric, goal.subcompetency.decide
    # What is asked of other sources cannot be asked where one source is looked at.
    sources = [choice.at_least.sources.get(each, 0) if goal.source is None else 0 for each in SOURCES]
    at_most = choice.late.at_most
    return (
        goal.number,
        str(choice.by),
        choice.latest,
        choice.n,
        int(SPECIFICATIONS[choice.by].order_matters),
        rubric.level(rubric.shown_at).points,
        rubric.levels[-1].points,
        rubric.precision,
        choice.at_least.pieces,
        choice.at_least.items,
        choice.at_least.raters,
        *sources,
        NEWEST if rubric.compatibility is Compatibility.CANVAS else str(choice.attempts),
        _find_beginning(choice.within, as_of),
        "at-most" if at_most is not None else str(choice.late.policy),
        None if at_most is None else rubric.level(at_most).points,
    )


def _find_beginning(within: str | None, as_of: datetime | None) -> int | None:
    """Return the first second that counts: days are counted, not hours, in UTC."""
    if within is None:
        return None
    if as_of is None:
        message = "a rubric counts recent scores only, and the day of the assessment is not given"
        raise ValueError(message)
    midnight = as_of.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    beginning = subtract_duration(midnight, within)
    return (beginning - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(seconds=1)


def _build_evidence(matches: Sequence[Match], numbers: Mapping[str, int]) -> Table:
    rows = []
    for match in matches:
        evidence = match.evidence
        items = list(dict.fromkeys(fold_name(each.item) for each in match.goal.subcompetency.evidence))
        rows.append(
            (
                match.goal.number,
                match.position,
                items.index(fold_name(evidence.item)),
                numbers[match.item],
                _fold(evidence.criterion),
                evidence.source,
                match.goal.source,
                evidence.weight if evidence.weight is not None else 1,
                match.goal.rubric.levels[-1].points,
                match.goal.rubric.levels[0].points,
                int(bool(evidence.cuts)),
            )
        )
    columns = {
        "goal": ColumnType.INTEGER,
        "position": ColumnType.INTEGER,
        "item_number": ColumnType.INTEGER,
        "item": ColumnType.INTEGER,
        "criterion": ColumnType.TEXT,
        "source": ColumnType.TEXT,
        "only_source": ColumnType.TEXT,
        "weight": ColumnType.NUMBER,
        "top": ColumnType.NUMBER,
        "lowest": ColumnType.NUMBER,
        "has_cuts": ColumnType.INTEGER,
    }
    return build_table("evidence", columns, rows)


def _build_cuts(matches: Sequence[Match]) -> Table:
    rows = [
        (match.goal.number, match.position, share, match.goal.rubric.level(level).points)
        for match in _list_distinct(matches)
        for level, share in match.evidence.cuts.items()
    ]
    columns = {
        "goal": ColumnType.INTEGER,
        "position": ColumnType.INTEGER,
        "share": ColumnType.NUMBER,
        "points": ColumnType.NUMBER,
    }
    return build_table("cuts", columns, rows)


def _build_words(matches: Sequence[Match]) -> Table:
    rows = [
        (match.goal.number, match.position, word, points)
        for match in _list_distinct(matches)
        for word, points in list_words(match).items()
    ]
    columns = {
        "goal": ColumnType.INTEGER,
        "position": ColumnType.INTEGER,
        "word": ColumnType.TEXT,
        "points": ColumnType.NUMBER,
    }
    return build_table("words", columns, rows)


def _list_distinct(matches: Sequence[Match]) -> list[Match]:
    """Return one match for each evidence item; an item found in two gradebooks has its cuts once."""
    return list({(match.goal.number, match.position): match for match in matches}.values())


def build_levels(goals: Sequence[Goal]) -> Table:
    """Return the table of the levels of each goal, rank 0 the lowest."""
    rows = [
        (goal.number, rank, level.points) for goal in goals for rank, level in enumerate(goal.rubric.levels)
    ]
    columns = {"goal": ColumnType.INTEGER, "rank": ColumnType.INTEGER, "points": ColumnType.NUMBER}
    return build_table("levels", columns, rows)
