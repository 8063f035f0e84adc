"""Rubrics of all that a rubric's file can say, with texts that formats stumble over."""

from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from microcred_cli.exchange.grids.cells import write_flow
from microcred_cli.model.rubric import Rubric
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.yaml_reader import read_yaml_text
from tests.assessment.made_rubrics import CUTS, SOURCES, draw_decide, draw_rule

HARD_TEXTS = (
    "=1+1", "'=1+1", "''=1+1", "'quoted'", "+49 89", "-5", "- a point\n- another", "@name", "\t=1",
    '"a\\nb"', '"in quotes"', '"', "\\", "{item: Lab 1}", "{", "[a, b]", "a: b", "# no comment", "a #b",
    "first\nsecond", "first\n\n\nfourth", " before", "behind ", "a  b   c", "a\tb", "007", "1.50", "1:30",
    "no", "true", "null", "~", "2026-01-01", "a,b;c\td", "_x0041_", "_x005F_x0041_", "<b>bold</b> & more",
    "&amp;", "\u00a0a", "a\u00a0b", "e\u0301", "\U0001f600", "\u0645\u0631\u062d\u0628\u0627", "| a | b |",
    "* _a_ `b` [c](d)", "Title (3)", "4 - Exemplary", "(1)", "Evidence", "Decided by", "Sub-competency",
    "Criterion", "a\\x20b", "%", "?", "? a", "x" * 1_500, "long " * 300, "\n".join("abcdefghij" * 60),
    "Total", "highest", "---", "a\u2028b", "a\u0085b", "\ufeffa", "'", "\u3000a",
)  # fmt: skip
TEXTS = st.one_of(
    st.sampled_from(HARD_TEXTS),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=40),
    st.text("ab '\"\\=-+@\n\t,;:{}[]()#|*_<>&", min_size=1, max_size=12),
).filter(lambda text: bool(text.strip()))
LINES = TEXTS.filter(lambda text: "\n" not in text)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
POINTS = st.one_of(
    st.integers(0, 10_000).map(Decimal),
    st.decimals(0, 10_000, places=3, allow_nan=False, allow_infinity=False),
)


def draw_slugs(least: int, most: int) -> st.SearchStrategy[list[str]]:
    return st.lists(SLUGS, min_size=least, max_size=most, unique=True)


@st.composite
def draw_tree(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a rubric in the shape of its file."""
    levels = draw(draw_slugs(1, 5))
    parts = draw(draw_slugs(1, 3))
    rules = draw_rule(parts, draw(draw_slugs(1, 2)), 2)
    tree: dict[str, Any] = {
        "format": "microcred/1",
        "id": draw(SLUGS),
        "version": draw(st.sampled_from(["1.0.0", "0.10.2-rc.1", "2.0.0+2026"])),
        "title": draw(TEXTS),
        "levels": [{"id": each, "title": draw(TEXTS), "points": draw(POINTS)} for each in levels],
        "shown_at": draw(st.sampled_from(levels)),
        "subcompetencies": [draw(draw_part(each, levels)) for each in parts],
    }
    more: dict[str, Any] = draw(
        st.fixed_dictionaries(
            {},
            optional={
                "summary": TEXTS,
                "language": st.sampled_from(["en", "de", "no", "zh-Hant-TW", "es-419"]),
                "precision": st.integers(0, 4),
                "award": st.one_of(
                    st.sampled_from(["all", "any"]), rules.filter(lambda rule: rule not in parts)
                ),
                "badge": draw_badge(),
                "compatibility": st.just("canvas"),
            },
        )
    )
    return tree | more


@st.composite
def draw_part(draw: st.DrawFn, slug: str, levels: list[str]) -> dict[str, Any]:
    criteria = [
        {"id": each, "title": draw(TEXTS)}
        | draw(st.fixed_dictionaries({}, optional={"descriptors": draw_map(levels, TEXTS)}))
        for each in draw(draw_slugs(1, 3))
    ]
    item = st.fixed_dictionaries(
        {"item": TEXTS},
        optional={
            "criterion": TEXTS,
            "cuts": draw_map(levels, CUTS.map(lambda cut: f"{cut}%")),
            "source": st.sampled_from(SOURCES),
            "weight": st.decimals(Decimal("0.001"), 1000, places=3),
            "grades": st.dictionaries(TEXTS, st.sampled_from(levels), min_size=1, max_size=3),
        },
    )
    part = {
        "id": slug,
        "title": draw(TEXTS),
        "criteria": criteria,
        "evidence": draw(st.lists(item, min_size=1, max_size=4)),
    }
    return part | draw(st.fixed_dictionaries({}, optional={"decide": draw_decide(levels)}))


def draw_map(levels: list[str], values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(levels), values, min_size=1, max_size=len(levels))


def draw_badge() -> st.SearchStrategy[dict[str, Any]]:
    countries = st.sampled_from(["NL", "NO", "DE-BY", "ES"])
    alignment = st.fixed_dictionaries(
        {"framework": TEXTS, "name": TEXTS, "url": st.just("https://example.org/a?b=c#d")},
        optional={"code": TEXTS},
    )
    european = st.fixed_dictionaries(
        {"country": st.one_of(countries, st.lists(countries, min_size=1, max_size=3))},
        optional={
            "workload": st.sampled_from(["1 ECTS", "30 hours"]),
            "level": st.sampled_from(["EQF 5", "QF-EHEA first cycle"]),
            "assessment": TEXTS,
            "prerequisites": TEXTS,
            "stackability": TEXTS,
        },
    )
    return st.fixed_dictionaries(
        {"name": TEXTS},
        optional={
            "description": TEXTS,
            "image": st.sampled_from(["badge.svg", "images/my badge.png"]),
            "tags": st.lists(TEXTS, min_size=1, max_size=3),
            "alignment": st.lists(alignment, min_size=1, max_size=2),
            "expires_after": st.sampled_from(["3 years", "1 month"]),
            "european": european,
        },
    )


def read_text(text: str) -> Rubric | None:
    """Return the rubric that the text of a file is; None where it has a fault."""
    document = read_yaml_text(text)
    rubric, findings = read_rubric(document)
    return None if findings or any(each.rule == "control-character" for each in document.findings) else rubric


def read_tree(tree: dict[str, Any]) -> Rubric | None:
    """Return the rubric of a tree, written on one line so that nothing depends on a writer's layout."""
    rubric = read_text(write_flow(tree))
    assert rubric is None or rubric.title == tree["title"]
    return rubric
