"""Write docs/rules.md from the documentation that every rule begins with."""
# ruff: noqa: INP001 - a script

from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from microcred_cli.linting.catalog import CATALOG, Entry, load_documentation, load_rule

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "rules.md"
CASES = ROOT / "tests" / "linting" / "cases"
FAMILIES = {
    "MC0": "Reading: can the file be read, and in one way only?",
    "MC1": "Structure: is everything there, and of the right kind?",
    "MC2": "References: does what is named exist, and can it be reached?",
    "MC3": "Scales and weights: do the numbers mean what they seem to?",
    "MC4": "Wording: would two readers understand the same?",
    "MC5": "Credential: does the badge say what others need to know?",
    "MC9": "Suppressions: do the comments that suppress findings still hold?",
}
OPENING = """\
# Rules

<!-- Written by `make docs` from the rules themselves; edit microcred_cli/linting/rules/ instead. -->

What `microcred lint` looks for. `microcred rule CODE` shows the same page of a rule in the terminal;
[linting.md](linting.md) says how to mend what is found, and how to suppress it.

An *error* stops assessing. A *warning* is most likely a mistake. An *info* is advice, and may be wrong of a
text. What `--fix` mends needs no look afterwards; what `--unsafe-fixes` mends does. *Can be suppressed* says
whether a comment in the rubric may silence the rule.
"""


HEADING = """\
| code | rule | severity | mended by | can be suppressed | in a sentence |
|---|---|---|---|---|---|"""


def write_page() -> str:
    """Return the whole page: a table of all rules, then what each says of itself, by family."""
    parts = [OPENING, _write_table()]
    for family, entries in groupby(CATALOG, key=lambda entry: entry.code[:3]):
        parts.append(f"## {FAMILIES[family]}\n")
        parts += [_describe(entry) for entry in entries]
    return "\n".join(parts)


def _write_table() -> str:
    rows = [HEADING]
    for entry in CATALOG:
        rule = load_rule(entry.slug)
        link = f"[{rule.slug}](#{rule.code.lower()}-{rule.slug})"
        over = "yes" if rule.suppressible else ""
        summary = rule.summary.replace("|", "\\|")
        fix = _name_fix(entry.slug)
        rows.append(f"| {rule.code} | {link} | {rule.severity} | {fix} | {over} | {summary} |")
    return "\n".join([*rows, ""])


def _describe(entry: Entry) -> str:
    rule = load_rule(entry.slug)
    facts = [rule.severity.value, "can be suppressed" if rule.suppressible else "cannot be suppressed"]
    fix = _name_fix(entry.slug)
    if fix:
        facts.append(f"mended by {fix}")
    lines = [_demote(line) for line in load_documentation(entry.slug).splitlines()]
    return "\n".join([f"### {rule.code} {rule.slug}", "", f"*{', '.join(facts)}*", "", *lines, ""])


def _demote(line: str) -> str:
    """Return a line; a heading becomes bold text, because a hundred of each would fill every outline."""
    return f"**{line.removeprefix('## ')}**" if line.startswith("## ") else line


def _name_fix(slug: str) -> str:
    """Return the options that mend what the rule finds, by its cases; nothing when there is no fix."""
    cases: list[dict[str, Any]] = yaml.safe_load((CASES / f"{slug}.yaml").read_text(encoding="utf-8"))["fail"]
    safe = {case["safe"] for case in cases if "fix" in case}
    names = [name for kind, name in ((True, "`--fix`"), (False, "`--unsafe-fixes`")) if kind in safe]
    return ", ".join(names)


if __name__ == "__main__":
    PAGE.write_text(write_page(), encoding="utf-8", newline="\n")
