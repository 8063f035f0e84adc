"""The cohort's page: for each rubric the numbers, the heat table and how the levels are spread."""

from collections import Counter
from collections.abc import Sequence

from microcred_cli.model.assessment import Assessment
from microcred_cli.model.award import Award
from microcred_cli.model.award_words import join_words
from microcred_cli.model.decision import Decision
from microcred_cli.model.decision_words import AWARDS, DECISIONS, count_evidence
from microcred_cli.model.explanation import Explanation
from microcred_cli.model.number_words import count_things, write_score
from microcred_cli.model.place import name_column
from microcred_cli.model.results import BY_METHOD, DecisionRow
from microcred_cli.model.rubric import SubCompetency
from microcred_cli.reports.charts import Context, stack_bar
from microcred_cli.reports.palette import INSUFFICIENT, NO_LEVEL, UNASSESSED, Shade
from microcred_cli.reports.records import LearnerRecords
from microcred_cli.reports.rubric_sheet import RubricSheet

_NO_LEVEL = "No level"


def describe_cohort(
    assessment: Assessment, cohort: Sequence[LearnerRecords], sheets: Sequence[RubricSheet]
) -> Context:
    """Return the context of the cohort's page, apart from what all pages share."""
    manifest = assessment.manifest
    return {
        "title": f"{join_words([sheet.rubric.title for sheet in sheets])}: cohort report",
        "learners": count_things(len(cohort), "learner"),
        "rubrics": [_describe_rubric(cohort, sheet) for sheet in sheets],
        "inputs": [
            {"role": file.role, "path": file.path, "system": file.system, "sha256": file.sha256}
            for file in manifest.inputs
        ],
        "options": [{"name": name, "value": value} for name, value in manifest.options.items()],
        "left_out": _describe_left_out(assessment) if assessment.left_out else None,
    }


def _describe_left_out(assessment: Assessment) -> Context:
    return {
        "learners": count_things(len(assessment.learners_left_out), "learner"),
        "rows": [
            {
                "learner": row.learner,
                "file": row.file,
                "row": row.row,
                "column": None if row.column is None else name_column(row.column),
                "message": row.message,
            }
            for row in assessment.left_out
        ],
    }


def _describe_rubric(cohort: Sequence[LearnerRecords], sheet: RubricSheet) -> Context:
    rubric = sheet.rubric
    awards = Counter(records.awards[rubric.id].award.award for records in cohort)
    parts = [
        _count_part(f"{sheet.heading['id']}-s{number}", subcompetency, cohort, sheet)
        for number, subcompetency in enumerate(rubric.subcompetencies, start=1)
    ]
    return {
        **sheet.heading,
        "figures": [{"label": "Learners", "count": len(cohort), "state": "all"}]
        + [
            {"label": AWARDS[award].word, "count": awards[award.value], "state": award.value}
            for award in Award
        ],
        "by_hand": any(
            explanation.decision.decided_by != BY_METHOD
            for records in cohort
            for explanation in records.awards[rubric.id].decisions
        ),
        "columns": [subcompetency.title for subcompetency in rubric.subcompetencies],
        "rows": [_describe_row(records, sheet) for records in cohort],
        "level_heads": [*sheet.titles.values(), _NO_LEVEL],
        "legend": [{"label": name, "shade": shade.name} for name, shade in _list_categories(sheet).values()],
        "decision_heads": [words.word for words in DECISIONS.values()],
        "parts": parts,
    }


def _list_categories(sheet: RubricSheet) -> dict[str, tuple[str, Shade]]:
    """Return what a learner can be counted under, with title and shade; levels by their id."""
    levels = {f"level {level.id}": (level.title, sheet.shades[level.id]) for level in sheet.rubric.levels}
    return {
        **levels,
        "none": (_NO_LEVEL, NO_LEVEL),
        "insufficient": (DECISIONS[Decision.INSUFFICIENT_EVIDENCE].word, INSUFFICIENT),
        "unassessed": (DECISIONS[Decision.NOT_ASSESSED].word, UNASSESSED),
    }


def _categorise(row: DecisionRow) -> str:
    if row.decision is Decision.INSUFFICIENT_EVIDENCE:
        return "insufficient"
    if row.decision is Decision.NOT_ASSESSED:
        return "unassessed"
    return "none" if row.level is None else f"level {row.level}"


def _count_part(
    anchor: str, subcompetency: SubCompetency, cohort: Sequence[LearnerRecords], sheet: RubricSheet
) -> Context:
    rows = [records.decisions[sheet.rubric.id, subcompetency.id].decision for records in cohort]
    spread = Counter(map(_categorise, rows))
    decisions = Counter(row.decision for row in rows)
    categories = _list_categories(sheet)
    return {
        "title": subcompetency.title,
        "levels": [spread[category] for category in list(categories)[: len(sheet.titles) + 1]],
        "decisions": [decisions[decision] for decision in DECISIONS],
        "bar": stack_bar(
            anchor,
            f"{subcompetency.title}: learners at each level",
            [(name, spread[category], shade) for category, (name, shade) in categories.items()],
        ),
    }


def _describe_row(records: LearnerRecords, sheet: RubricSheet) -> Context:
    rubric = sheet.rubric
    award = records.awards[rubric.id].award
    words = AWARDS[Award(award.award)]
    return {
        "page": records.page,
        "name": records.name,
        "key": records.learner.key if records.is_named else None,
        "cells": [
            _describe_cell(records.decisions[rubric.id, subcompetency.id], sheet)
            for subcompetency in rubric.subcompetencies
        ],
        "award": award.award,
        "word": words.word,
        "mark": words.mark,
        "shown": f"{len(award.shown)} of {len(rubric.subcompetencies)} shown",
    }


def _describe_cell(explanation: Explanation, sheet: RubricSheet) -> Context:
    """Return a cell of the heat table: a level and the decision with the score, or why there is none."""
    row = explanation.decision
    words = DECISIONS[row.decision]
    main, beside, shade = words.word, "", UNASSESSED
    if row.decision is Decision.INSUFFICIENT_EVIDENCE:
        shade, beside = INSUFFICIENT, count_evidence(explanation)
    elif row.decision is not Decision.NOT_ASSESSED:
        shade = NO_LEVEL if row.level is None else sheet.shades[row.level]
        # A person who says not yet has not said a level.
        if row.level is not None or row.score is not None:
            main = _NO_LEVEL if row.level is None else sheet.titles[row.level]
            score = [] if row.score is None else [write_score(row.score, sheet.rubric.precision)]
            beside = " · ".join([words.word.lower(), *score])
    return {
        "mark": words.mark,
        "main": main,
        "beside": beside,
        "shade": shade.name,
        "by_hand": row.decided_by != BY_METHOD,
        "outdated": explanation.overruled is not None and explanation.overruled.outdated,
    }
