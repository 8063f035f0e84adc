"""A rubric as a page of Markdown, for a syllabus or a repository.

CommonMark with the tables of GitHub Flavored Markdown. Every text of the rubric means itself: what Markdown
or one of its common extensions would take for markup has a backslash before it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from microcred_cli.exchange.draft import Exported, Loss
from microcred_cli.exchange.leftovers import Aspect, list_leftovers
from microcred_cli.model.award_words import describe_rule
from microcred_cli.model.decision_words import describe_level, describe_threshold
from microcred_cli.model.evidence_words import describe_evidence
from microcred_cli.model.method_words import describe_method
from microcred_cli.model.rubric import Criterion, Rubric, SubCompetency

_SYSTEM = "Markdown"
# Emphasis, code, links, HTML, tables, and of extensions strikethrough, formulas, superscripts, citations.
_SIGNS = re.compile(r"[\\`*_\[\]<>|~$^@#]|&(?=[a-zA-Z#])|(?<=[:/])//|!(?=\[)|(?<=^)[-+=:](?=\S| |$)")
_NUMBERED = re.compile(r"^([0-9]{1,9})([.)])(?=\s|$)")
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BREAK = "<br>"


def write(rubric: Rubric) -> Exported:
    """Return the page, with what it does not show."""
    text = "\n\n".join(_list_blocks(rubric)) + "\n"
    return Exported(text.encode(), tuple(_list_losses(rubric)))


def write_text(text: str) -> str:
    """Return the text as Markdown on one line that shows it: line breaks as ``<br>``."""
    lines = (_HIDDEN.sub(" ", line).strip() for line in text.replace("\r\n", "\n").split("\n"))
    return _BREAK.join(_escape(line) for line in lines)


def _escape(line: str) -> str:
    escaped = _SIGNS.sub(lambda match: f"\\{match[0]}", line)
    return _NUMBERED.sub(r"\1\\\2", escaped)


def _list_blocks(rubric: Rubric) -> Iterator[str]:
    yield f"# {write_text(rubric.title)}"
    if rubric.summary is not None:
        yield write_text(rubric.summary)
    levels = ", ".join(write_text(describe_level(level)) for level in rubric.levels)
    yield _write_list(
        (
            f"Levels, lowest first: {levels}.",
            f"A sub-competency is shown from {write_text(describe_threshold(rubric))} up.",
            f"The badge asks for {write_text(describe_rule(rubric, rubric.award))}.",
        )
    )
    if all(len(part.criteria) == 1 for part in rubric.subcompetencies):
        yield "## Criteria"
        yield _write_table(
            rubric, "Sub-competency", [(_name(part), part.criteria[0]) for part in rubric.subcompetencies]
        )
        yield "## How it is decided"
        yield _write_evidence(rubric)
    else:
        for part in rubric.subcompetencies:
            yield from _list_part(rubric, part)
    yield f"Version {write_text(rubric.version)} of the rubric `{rubric.id}`."


def _name(part: SubCompetency) -> str:
    """Return the title of a sub-competency with its only criterion below it."""
    title = f"**{write_text(part.title)}**"
    criterion = part.criteria[0].title
    return title if criterion == part.title else f"{title}{_BREAK}{write_text(criterion)}"


def _list_part(rubric: Rubric, part: SubCompetency) -> Iterator[str]:
    yield f"## {write_text(part.title)}"
    yield _write_table(rubric, "Criterion", [(write_text(each.title), each) for each in part.criteria])
    evidence = "; ".join(write_text(describe_evidence(rubric, item)) for item in part.evidence)
    yield _write_list(
        (f"Evidence: {evidence}.", f"Decided by {write_text(describe_method(rubric, part.decide))}.")
    )


def _write_table(rubric: Rubric, first: str, rows: Iterable[tuple[str, Criterion]]) -> str:
    heading = [first, *(write_text(describe_level(level)) for level in rubric.levels)]
    body = [
        [name, *(write_text(criterion.descriptors.get(level.id, "")) for level in rubric.levels)]
        for name, criterion in rows
    ]
    return _join_rows([heading, ["---"] * len(heading), *body])


def _write_evidence(rubric: Rubric) -> str:
    rows = [
        [
            write_text(part.title),
            _BREAK.join(write_text(describe_evidence(rubric, item)) for item in part.evidence),
            write_text(describe_method(rubric, part.decide)),
        ]
        for part in rubric.subcompetencies
    ]
    return _join_rows([["Sub-competency", "Evidence", "Decided by"], ["---"] * 3, *rows])


def _join_rows(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _write_list(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _list_losses(rubric: Rubric) -> Iterator[Loss]:
    kept = set(Aspect) - {Aspect.LANGUAGE, Aspect.PRECISION, Aspect.BADGE}
    yield from list_leftovers(rubric, *kept)
