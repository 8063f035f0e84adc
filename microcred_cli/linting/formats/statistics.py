"""For an overview: how many findings there are of each rule."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from microcred_cli.linting.catalog import load_rule
from microcred_cli.linting.formats.json import describe_summary
from microcred_cli.linting.formats.text import sum_up
from microcred_cli.linting.record import LintedFile
from microcred_cli.linting.rule import Rule
from microcred_cli.linting.tally import list_counting

FORMAT = "microcred-lint-statistics/1"


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule, how many findings that count it has, and how many of those have a safe or another fix."""

    rule: Rule
    findings: int
    safe: int
    unsafe: int


def render(files: Sequence[LintedFile]) -> str:
    """Return a table of the rules with findings, the most frequent first, and a line that sums it up.

    ``[*]`` marks rules of whose findings at least one has a safe fix, ``[u]`` an unsafe one.
    """
    rows = _count_by_rule(files)
    widest = max((len(f"{row.findings:,}") for row in rows), default=0)
    slug = max((len(row.rule.slug) for row in rows), default=0)
    lines = [
        f"{row.findings:>{widest},}  {row.rule.code}  {row.rule.slug:<{slug}}  "
        f"{row.rule.severity:<7}  {_mark(row)}  {row.rule.summary}"
        for row in rows
    ]
    if not lines:
        return sum_up(files)
    return "\n".join(
        [*lines, "", f"{sum_up(files)} Can be fixed: [*] by --fix, [u] with --unsafe-fixes too."]
    )


def _mark(row: _Row) -> str:
    return "[*]" if row.safe else "[u]" if row.unsafe else "   "


def render_json(files: Sequence[LintedFile]) -> str:
    """Return the same as a JSON object in ASCII."""
    rules = [
        {
            "code": row.rule.code,
            "slug": row.rule.slug,
            "severity": row.rule.severity.value,
            "summary": row.rule.summary,
            "findings": row.findings,
            "fixable": row.safe,
            "fixable_unsafely": row.unsafe,
        }
        for row in _count_by_rule(files)
    ]
    return json.dumps({"format": FORMAT, "rules": rules, "summary": describe_summary(files)}, indent=2)


def _count_by_rule(files: Sequence[LintedFile]) -> list[_Row]:
    findings = list_counting(files)
    numbers = Counter(each.slug for each in findings)
    safe = Counter(each.slug for each in findings if each.fix is not None and each.fix.safe)
    unsafe = Counter(each.slug for each in findings if each.fix is not None and not each.fix.safe)
    rows = [_Row(load_rule(slug), number, safe[slug], unsafe[slug]) for slug, number in numbers.items()]
    return sorted(rows, key=lambda row: (-row.findings, row.rule.code))
