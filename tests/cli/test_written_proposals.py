"""However items are called and rubrics are written: proposals go in, and nothing else changes."""

import csv
import io
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.assessment.mapping import MappingState, propose_mapping
from microcred_cli.gradebooks.detect import read_gradebook
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.model.settings import GradebookSettings
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.names import fold_name
from microcred_cli.workflows.map_evidence import map_evidence

STEMS = ("Team charter", "Sprint review", "Prüfung Übung", "Mitschrift", "Проект группы", "概要 報告")
# What the export says behind or around a name that the rubric has without it.
SUFFIXES = (
    "", " v2", ": b", " #2", " (x)", ' "B"', " 'b'", ", B", " - 07", " [b]", " {b}", "!", " & 1", " * b",
    ":", " \\ b", " %", "\u200f", " \u202e", " 👩‍🎓", "\u00a0b", " é", " | b", "\tb", "\n1",
)  # fmt: skip
PREFIXES = (
    "",
    "- ",
    "# ",
    "'",
    '"',
    "? ",
    "& ",
    "* ",
    "! ",
    "| ",
    "> ",
    "% ",
    "@",
    "`",
    ": ",
    "[",
    "{",
    "=",
    "~",
)
# Names that YAML takes for something else, and what a rubric calls them.
WORDS = (
    ("yes", "'yes!'"), ("No", "'(no)'"), ("null", "null?"), ("true", '"true."'), ("007", '"7"'),
    ("1:30", "'1-30'"), ("0x1F", '"0x-1F"'), ("2026-01-31", '"2026/01/31"'), ("1e5", '"1-e-5"'),
    (".inf", "inf"),
)  # fmt: skip
TITLES = ("Gives feedback", "Resolves conflict", "Shows reasoning")
ADDED = (
    "Feedback",
    "gives: feedback",
    "Conflict 2",
    "'Reasoning'",
    "# Reasoning",
    "feedback, [1]",
    "Feedback é",
)


@dataclass(frozen=True)
class Case:
    """A rubric as a user would write it, and the names of the items of an export."""

    rubric: bytes
    items: tuple[str, ...]


@st.composite
def draw_entry(draw: st.DrawFn, number: int) -> tuple[str, str]:
    """Draw a name of an export's item, and a scalar by which the rubric calls it."""
    if draw(st.integers(0, 3)) == 0:
        return draw(st.sampled_from(WORDS))
    stem = STEMS[number]
    name = draw(st.sampled_from(PREFIXES)) + stem + draw(st.sampled_from(SUFFIXES))
    quote = draw(st.sampled_from(["{}", "'{}'", '"{}"']))
    return name, quote.format(stem)


@st.composite
def draw_part(draw: st.DrawFn, number: int, scalars: list[str]) -> str:
    """Draw a sub-competency in one of the ways to write it."""
    head = f"  - id: p{number}\n    title: {TITLES[number]}\n    criteria: [{{id: c, title: C}}]\n"
    notes = [
        draw(st.sampled_from(["", f'  # note {number}{at}: "it\'s" [kept]'])) for at in range(len(scalars))
    ]
    indent = " " * draw(st.integers(4, 9))
    gap = " " * draw(st.integers(1, 3))
    dash = f"{indent}-{gap}"
    comma = draw(st.sampled_from(["", ","]))
    kind = draw(st.integers(0, 5))
    if kind == 0:
        pairs = zip(scalars, notes, strict=True)
        listed = "".join(f"{dash}item: {scalar}{note}\n" for scalar, note in pairs)
    elif kind == 1:
        more = f"{indent} {gap}source: learner\n"
        listed = "".join(
            f"{dash}item: {scalar}{note}\n{more}" for scalar, note in zip(scalars, notes, strict=True)
        )
    elif kind == 2:
        listed = "".join(
            f"{dash}{{ item: {scalar} }}{note}\n" for scalar, note in zip(scalars, notes, strict=True)
        )
    elif kind == 3:
        return (
            f"{head}    evidence: [{', '.join(f'{{item: {each}}}' for each in scalars)}{comma}]{notes[0]}\n"
        )
    elif kind == 4:
        lines = [f'{indent}  {{"item": {scalar}}}' for scalar in scalars]
        commas = [","] * (len(lines) - 1) + [comma]
        body = "".join(f"{a}{b}{c}\n" for a, b, c in zip(lines, commas, notes, strict=True))
        return f"{head}    evidence: [\n{body}{indent}]\n"
    else:
        entries = ", ".join(f"item: {scalar}" for scalar in scalars)
        return (
            f"  - {{id: p{number}, title: {TITLES[number]}, criteria: [{{id: c, title: C}}],\n"
            f"     evidence: [{entries}]}}{notes[0]}\n"
        )
    return f"{head}    evidence:{draw(st.sampled_from(['', '   # below']))}\n{listed}"


@st.composite
def draw_case(draw: st.DrawFn) -> Case:
    parts = []
    names: list[str] = []
    stems = iter(range(len(STEMS)))
    for number in range(draw(st.integers(1, 3))):
        entries = [draw(draw_entry(next(stems))) for _ in range(draw(st.integers(1, 2)))]
        names += [name for name, _ in entries]
        parts.append(draw(draw_part(number, list(dict.fromkeys(scalar for _, scalar in entries)))))
    names += draw(st.lists(st.sampled_from(ADDED), max_size=3))
    text = (
        "# a rubric: é\nformat: microcred/1\nid: r\nversion: 1.0.0   # 'first'\ntitle: \"R\"\n"
        "levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 3}]\nshown_at: b\n\n"
        f"subcompetencies:\n{''.join(parts)}"
    )
    text += draw(st.sampled_from(["", "award: all\n", "\n\n# the end\n", "# no line break at the end"]))
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    mark = draw(st.sampled_from(["", "\ufeff"]))
    unique = {" ".join(name.split()).casefold(): name for name in names}
    return Case((mark + text).encode(), tuple(unique.values()))


def write_export(items: tuple[str, ...]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows([["learner", *items], ["s", *["1"] * len(items)]])
    return stream.getvalue().encode()


def blank_items(data: bytes) -> str:
    """Return a rubric's text in which every item is called the same."""
    document = lint_rubric("r.yaml", data, lambda _: True).document
    rubric, _ = read_rubric(document)
    assert rubric is not None
    spans = [
        document.span(("subcompetencies", number, "evidence", position, "item"))
        for number, part in enumerate(rubric.subcompetencies)
        for position in range(len(part.evidence))
    ]
    text = document.text
    for span in reversed(spans):
        text = f"{text[: span.start]}NAME{text[span.end :]}"
    return text


@given(draw_case())
def test_proposals_are_written_and_nothing_else_changes(case: Case) -> None:
    gradebook = read_gradebook("g.csv", write_export(case.items), GradebookSettings())
    assert gradebook.problems == ()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "r.yaml"
        path.write_bytes(case.rubric)
        before = lint_rubric("r.yaml", case.rubric, lambda _: True)
        assert before.rubric is not None, before.findings
        mapped = map_evidence([gradebook], [path], write=True)
        assert mapped.obstacles == ()
        after = path.read_bytes()
        again = map_evidence([gradebook], [path])
    linted = lint_rubric("r.yaml", after, lambda _: True)
    assert [each.slug for each in linted.findings] == [each.slug for each in before.findings]
    proposals = [each for each in mapped.mapping if each.is_proposal]
    assert bool(mapped.written) == bool(proposals)
    assert not any(each.is_proposal for each in again.mapping)
    same = {fold_name(each.item or "") for each in again.mapping if each.state is MappingState.SAME}
    assert {fold_name(each.item or "") for each in proposals} <= same
    check_rest(case.rubric, after, additions=sum(each.position is None for each in proposals))


def check_rest(before: bytes, after: bytes, *, additions: int) -> None:
    """Check that all but the items' names is there as it was, with nothing but new entries between."""
    assert after.startswith(b"\xef\xbb\xbf") == before.startswith(b"\xef\xbb\xbf")
    assert after.endswith(b"\n") == before.endswith(b"\n")
    assert after.count(b"\r") in {0, after.count(b"\n")}
    old, new = blank_items(before), blank_items(after)
    rest = iter(new)
    assert all(character in rest for character in old)
    assert len(new) - len(old) <= additions * len("\r\n            -   { item: NAME },")
    assert re.findall("#[^\r\n]*", old) == re.findall("#[^\r\n]*", new)


def test_the_names_drawn_are_proposed() -> None:
    # If they were not, the property above would say nothing of them.
    text = (
        "format: microcred/1\nid: r\nversion: 1.0.0\ntitle: R\n"
        "levels: [{id: a, title: A, points: 1}, {id: b, title: B, points: 3}]\nshown_at: b\n"
        "subcompetencies:\n"
        "  - {id: x, title: X, criteria: [{id: c, title: C}], evidence: [{item: Team charter}]}\n"
    )
    rubric = lint_rubric("r.yaml", text.encode(), lambda _: True).rubric
    assert rubric is not None
    for suffix in SUFFIXES:
        for prefix in PREFIXES:
            name = f"{prefix}Team charter{suffix}"
            gradebook = read_gradebook("g.csv", write_export((name,)), GradebookSettings())
            (row,) = propose_mapping([rubric], [gradebook])
            assert row.state is (MappingState.PROPOSED if prefix + suffix else MappingState.SAME), name
