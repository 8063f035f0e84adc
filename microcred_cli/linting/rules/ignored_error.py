"""The project file should not hide errors that stop `microcred assess` or `issue`.

## What it is

Under `lint:` in the project file, `ignore` and `per_path` may name any rule. This rule finds a name that
hides errors which no comment can suppress, because decisions would be wrong.

## Why it matters

`microcred lint` says that all is well, in CI too, and at the end of the term `microcred assess` refuses the
rubric, or `microcred issue` its picture.

## A bad example

    lint:
      ignore: [MC2]

## A good example

    lint:
      ignore: [unused-subcompetency]
"""

from collections.abc import Iterator

from microcred_cli.linting.project_subject import ProjectSubject
from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Finding, Route, Severity
from microcred_cli.texts.safe import shorten

RULE = Rule(
    "MC216", "ignored-error", Severity.WARNING, "Errors that stop other commands should not be ignored."
)


def check(subject: ProjectSubject) -> Iterator[Finding]:
    """Yield a finding for every name under ``ignore`` and ``per_path`` that stands for such an error."""
    # The catalog loads the rules.
    from microcred_cli.linting.catalog import expand_name, find_entry, load_rule  # noqa: PLC0415 - see above

    settings = subject.project.lint
    listed: list[tuple[Route, tuple[str, ...]]] = [(("lint", "ignore"), settings.ignore)]
    listed += [(("lint", "per_path", path), names) for path, names in settings.per_path.items()]
    for route, names in listed:
        for place, name in enumerate(names):
            entries = [find_entry(code) for code in sorted(expand_name(name))]
            rules = [load_rule(entry.slug) for entry in entries if entry is not None]
            hidden = [each for each in rules if each.severity is Severity.ERROR and not each.suppressible]
            if hidden:
                message = (
                    f"`{shorten(name)}` hides errors that stop other commands, such as `{hidden[0].slug}`"
                )
                span = subject.document.span((*route, place))
                yield Finding(
                    RULE.slug, message, span, "ignore only what `microcred rule` calls a warning or info"
                )
