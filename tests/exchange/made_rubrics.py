"""Rubrics drawn by hypothesis, as wide as the format allows: any text, all methods, nested award rules."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text
from tests.assessment.made_rubrics import SOURCES, WITHIN, draw_decide

ODD_TEXTS = (
    "=1+1", "-2", "+3", "@here", "'quoted", '"double"', "a, b; c", "no", "1:30", "012", "# not a comment",
    "a: b", "[x]", "{y}", "| pipe | table |", "*bold* _it_ `code`", "<b>&amp;</b>", "%", "~", "null", "1.0",
    "2026-01-01", "tab\there", "two\nlines", "Zoë 日本語 العربية 🎓", "e\u0301", "\\", "a'b", "ends with:",
    "- dash",
)  # fmt: skip
_LETTERS = st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Cn", "Co"))
TEXTS = st.one_of(
    st.sampled_from(ODD_TEXTS),
    st.text(_LETTERS, min_size=1, max_size=30).map(str.strip).filter(bool),
)
IDS = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,5})?", fullmatch=True)
POINTS = st.sampled_from([Decimal(each) for each in ("1", "0.5", "2.25", "3", "10", "100")])
CUTS = st.sampled_from(["10%", "33.3333%", "50%", "66.5%", "100%"])


def _draw_texts(count: int) -> st.SearchStrategy[list[str]]:
    return st.lists(TEXTS, min_size=count, max_size=count)


@st.composite
def draw_levels(draw: st.DrawFn) -> list[dict[str, Any]]:
    ids = draw(st.lists(IDS, min_size=1, max_size=5, unique=True))
    points = Decimal(0)
    levels = []
    for level in ids:
        points += draw(POINTS)
        levels.append({"id": level, "title": draw(TEXTS), "points": points})
    return levels


@st.composite
def draw_part(draw: st.DrawFn, part: str, levels: Sequence[str]) -> dict[str, Any]:
    criteria = []
    for criterion in draw(st.lists(IDS, min_size=1, max_size=3, unique=True)):
        drawn: dict[str, Any] = {"id": criterion, "title": draw(TEXTS)}
        described = draw(st.dictionaries(st.sampled_from(list(levels)), TEXTS))
        if described:
            drawn["descriptors"] = described
        criteria.append(drawn)
    evidence = draw(st.lists(draw_evidence(levels), min_size=1, max_size=3))
    made = {"id": part, "title": draw(TEXTS), "criteria": criteria, "evidence": evidence}
    return {**made, "decide": draw(draw_decide(levels))} if draw(st.booleans()) else made


@st.composite
def draw_evidence(draw: st.DrawFn, levels: Sequence[str]) -> dict[str, Any]:
    wide = {
        "criterion": TEXTS,
        "cuts": st.dictionaries(st.sampled_from(list(levels)), CUTS, min_size=1),
        "source": st.sampled_from(SOURCES),
        "weight": st.sampled_from([2, Decimal("0.125")]),
        "grades": st.dictionaries(TEXTS, st.sampled_from(list(levels)), min_size=1, max_size=3),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(wide))))
    return {"item": draw(TEXTS), **{key: draw(wide[key]) for key in sorted(chosen)}}


def draw_rules(parts: Sequence[str]) -> st.SearchStrategy[Any]:
    """Draw award rules; inside them a list has one source for all that is named in it."""
    names = st.lists(st.sampled_from(list(parts)), min_size=1, max_size=4)
    weighted = st.dictionaries(st.sampled_from(list(parts)), st.integers(1, 9), min_size=1)
    leaves = st.one_of(
        st.builds(lambda held: {"held": held}, IDS),
        st.builds(lambda of, points: {"points": points, "of": of}, weighted, st.integers(1, 12)),
        st.builds(lambda of, named: {"points": 1, "of": of, "required": named}, weighted, names),
        st.builds(lambda count: {"at_least": count}, st.integers(1, len(parts))),
        st.builds(lambda named: {"all": named}, names),
        st.builds(lambda named, source: {"any": named, "source": source}, names, st.sampled_from(SOURCES)),
    )

    def nest(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
        listed = st.builds(
            lambda named, rules: [*named, *rules],
            st.lists(st.sampled_from(list(parts)), max_size=2),
            st.lists(inner, min_size=1, max_size=3),
        )
        return st.one_of(
            st.builds(lambda of: {"all": of}, listed),
            st.builds(lambda of: {"any": of}, listed),
            st.builds(lambda of, count: {"at_least": count, "of": of}, listed, st.integers(1, 4)),
        )

    return st.one_of(st.sampled_from(["all", "any"]), st.recursive(leaves, nest, max_leaves=5))


@st.composite
def draw_badge(draw: st.DrawFn) -> dict[str, Any]:
    wide: dict[str, st.SearchStrategy[Any]] = {
        "description": TEXTS,
        "image": st.just("picture.svg"),
        "tags": st.lists(TEXTS, min_size=1, max_size=3),
        "alignment": st.lists(
            st.builds(
                lambda framework, name: {
                    "framework": framework,
                    "name": name,
                    "url": "https://example.org/s",
                },
                TEXTS,
                TEXTS,
            ),
            min_size=1,
            max_size=2,
        ),
        "expires_after": st.sampled_from(WITHIN),
        "european": st.fixed_dictionaries(
            {"country": st.sampled_from(["NL", ["DE", "BE-VLG"]]), "assessment": TEXTS},
            optional={"workload": st.just("2 ECTS"), "level": st.just("EQF 5"), "stackability": TEXTS},
        ),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(wide))))
    return {"name": draw(TEXTS), **{key: draw(wide[key]) for key in sorted(chosen)}}


@st.composite
def draw_trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rubric in the shape of its file."""
    levels = draw(draw_levels())
    ids = [level["id"] for level in levels]
    parts = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    tree: dict[str, Any] = {
        "format": "microcred/1",
        "id": draw(IDS),
        "version": draw(st.sampled_from(["1.0.0", "0.2.13", "2.0.0-rc.1"])),
        "title": draw(TEXTS),
        "levels": levels,
        "shown_at": draw(st.sampled_from(ids)),
        "subcompetencies": [draw(draw_part(part, ids)) for part in parts],
    }
    wide: dict[str, st.SearchStrategy[Any]] = {
        "summary": TEXTS,
        "language": st.sampled_from(["en", "nl", "pt-BR"]),
        "precision": st.integers(0, 4),
        "award": draw_rules(parts),
        "badge": draw_badge(),
        "compatibility": st.just("canvas"),
    }
    chosen = draw(st.sets(st.sampled_from(sorted(wide))))
    return {**tree, **{key: draw(wide[key]) for key in sorted(chosen)}}


def read_tree(tree: dict[str, Any]) -> Rubric:
    """Return the rubric of a file in that shape: JSON is YAML, too."""
    document = read_yaml_text(json.dumps(tree, default=float, ensure_ascii=False))
    rubric, findings = read_rubric(document)
    assert rubric is not None, (document.findings, findings)
    return rubric


RUBRICS = draw_trees().map(read_tree)
