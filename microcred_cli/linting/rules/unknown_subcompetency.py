"""The award may only ask for sub-competencies that the rubric has.

## What it is

The lists under `award` name sub-competencies by their ids, and so do the keys that give points. This rule
finds an id that no sub-competency of the rubric has. (After `held` stands the id of a rubric.)

## Why it matters

Nobody can show a sub-competency that does not exist. A learner who has done everything would still not
earn the badge, and the report would name something missing that nobody can find.

## A bad example

    subcompetencies:
      - id: listens
        ...
    award: {all: [listen]}

## A good example

    subcompetencies:
      - id: listens
        ...
    award: {all: [listens]}
"""

from collections.abc import Iterator

from microcred_cli.linting.award_lists import read_award_lists
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.subject import Subject
from microcred_cli.model.finding import Finding, Severity
from microcred_cli.texts.suggest import advise_name

RULE = Rule(
    "MC202",
    "unknown-subcompetency",
    Severity.ERROR,
    "The award may only ask for sub-competencies of the rubric.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding for every name in the award that no sub-competency has."""
    known = dict.fromkeys(each.id for each in subject.rubric.subcompetencies)
    for each in read_award_lists(subject.document):
        for name in each.names:
            if name.text not in known:
                from microcred_cli.texts.yaml_fixes import rename  # noqa: PLC0415 - hardly ever needed

                message = f"there is no sub-competency `{name.text}`"
                beside = [other.text for other in each.names if other is not name]
                fix = rename(subject.document, name.span, name.text, known, beside)
                yield Finding(RULE.slug, message, name.span, advise_name(name.text, known), fix)
