"""Write rubrics/README.md, the catalogue of the rubric library, from the rubrics themselves."""
# ruff: noqa: INP001 - a script

from itertools import groupby
from pathlib import Path

from microcred_cli.cli.rubrics import name_shelf
from microcred_cli.exchange.leftovers import wants_all
from microcred_cli.model.award_words import describe_rule
from microcred_cli.workflows.browse_rubrics import ShelvedRubric, list_rubrics

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "rubrics" / "README.md"
OPENING = """\
# The rubric library

<!-- Written by `make docs` from the rubrics themselves. -->

Rubrics to start from, in our own words. Each has criteria that can be seen, four descriptors for each
criterion that a marker can tell apart, names of the evidence to ask for, a method and an award rule that fit,
and a badge with its picture. Beside each stands a sample cohort, made-up learners whom it decides.

    microcred rubrics                          what there is
    microcred rubrics empathy                  what it looks at, level by level
    microcred rubrics empathy --copy           into your project, to adapt
    microcred init my-course --rubric empathy  a project that begins with it

Put in the names of your own assignments, and look through what stands under `european:`: country, workload
and quality assurance are yours to say. Where a programme is named, that is a fact to compare with, not a sign
that it has anything to do with the rubric. The licence is that of microcred.
"""
ABOUT = {
    "soft-skills": "What courses and workshops of any subject can ask for.",
    "resilience": "One badge of which every part is required: a pre-assessment, four knowledge checks, a plan"
    " of one's own and a post-assessment.",
    "21st-century": "The ten skills that the California Community Colleges' New World of Work names, each as"
    " a rubric of its own for work-based learning, and the pathway over all ten: assessed by the learner, and"
    " three each confirmed by an instructor and an employer.",
    "honors-engagement": "What honours students do beyond the curriculum, documented and reflected upon.",
}


def write_page() -> str:
    """Return the whole page: a table of each set."""
    parts = [OPENING]
    for shelf, shelved in groupby(list_rubrics(), key=lambda each: each.shelf):
        parts.append(f"## {name_shelf(shelf)}\n\n{ABOUT[shelf]}\n")
        parts.append("| | rubric | what it looks at | the badge asks for |\n|---|---|---|---|")
        parts += [_describe(each) for each in shelved]
        parts.append("")
    return "\n".join(parts)


def _describe(each: ShelvedRubric) -> str:
    rubric = each.rubric
    image = "" if rubric.badge is None else f'<img src="{each.shelf}/{rubric.badge.image}" width="64" alt="">'
    name = f"[{rubric.title}]({each.place}.yaml)<br>`{each.name}`"
    asked = "all of it" if wants_all(rubric) else describe_rule(rubric, rubric.award)
    looks = "<br>".join(part.title for part in rubric.subcompetencies)
    return f"| {image} | {name} | {rubric.summary}<br><br>{looks} | {asked} |"


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8")
