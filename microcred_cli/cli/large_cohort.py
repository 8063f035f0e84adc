"""The result of a large table: counts, as the learners are too many to be shown."""

import json

from microcred_cli.cli.cohort_counts import print_counts
from microcred_cli.cli.console import print_result
from microcred_cli.cli.options import OutputFormat
from microcred_cli.model.assessment import FORMAT
from microcred_cli.model.award import Award
from microcred_cli.model.decision import Decision
from microcred_cli.model.rubric import Rubric
from microcred_cli.workflows.assess_large import LargeSummary


def print_summary(summary: LargeSummary, output_format: OutputFormat) -> None:
    """Print how many learners came to what, by rubric."""
    if output_format is OutputFormat.JSON:
        _print_json(summary)
        return
    for rubric in summary.rubrics:
        decisions = {
            (part, decision): count
            for (of, part, decision), count in summary.decisions.items()
            if of == rubric.id
        }
        awards = {award: count for (of, award), count in summary.awards.items() if of == rubric.id}
        print_counts(rubric, summary.learners, decisions, awards)
        print_result()


def _print_json(summary: LargeSummary) -> None:
    document = {
        "format": FORMAT,
        "assessed_at": summary.assessed_at,
        "learners": summary.learners,
        "scores": summary.scores,
        "rubrics": [_describe(summary, rubric) for rubric in summary.rubrics],
    }
    print_result(json.dumps(document, indent=2))


def _describe(summary: LargeSummary, rubric: Rubric) -> dict[str, object]:
    return {
        "id": rubric.id,
        "version": rubric.version,
        "title": rubric.title,
        "decisions": [
            {
                "subcompetency": part.id,
                **{kind: summary.decisions.get((rubric.id, part.id, kind), 0) for kind in Decision},
            }
            for part in rubric.subcompetencies
        ],
        "awards": {kind: summary.awards.get((rubric.id, kind), 0) for kind in Award},
    }
