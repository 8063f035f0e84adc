"""The project file may only name rules that there are.

## What it is

Under `lint:` in the project file, `select`, `ignore` and `per_path` name rules: by code, by the beginning of
a code (`MC4` for all of wording), or by slug. This rule finds a name that no rule has.

## Why it matters

What was to be left out is still shown, or what was to be looked for is not. `microcred rule` lists them all.

## A bad example

    lint:
      ignore: [vague-words]

## A good example

    lint:
      ignore: [vague-word]
"""

from collections.abc import Iterator

from microcred_cli.linting.project_subject import ProjectSubject
from microcred_cli.linting.rule import Rule
from microcred_cli.model.finding import Finding, Route, Severity

RULE = Rule("MC119", "unknown-rule", Severity.ERROR, "The project file may only name rules that there are.")


def check(subject: ProjectSubject) -> Iterator[Finding]:
    """Yield a finding for every name under ``lint`` that no rule has."""
    # The catalog loads the rules.
    from microcred_cli.linting.catalog import (  # noqa: PLC0415 - see above
        CATALOG,
        advise_rule,
        expand_name,
    )
    from microcred_cli.texts.yaml_fixes import rename  # noqa: PLC0415 - hardly any file needs it

    settings = subject.project.lint
    listed: list[tuple[Route, tuple[str, ...]]] = [
        (("lint", "select"), settings.select),
        (("lint", "ignore"), settings.ignore),
        *((("lint", "per_path", path), names) for path, names in settings.per_path.items()),
    ]
    for route, names in listed:
        for place, name in enumerate(names):
            if not expand_name(name):
                span = subject.document.span((*route, place))
                slugs = [entry.slug for entry in CATALOG]
                fix = rename(subject.document, span, name, slugs, names)
                yield Finding(RULE.slug, f"there is no rule `{name}`", span, advise_rule(name), fix)
