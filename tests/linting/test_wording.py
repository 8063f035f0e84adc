"""Wording, whatever is written and however: never an exception, and a finding stands on what it is about."""

import json
import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred_cli.linting.catalog import CATALOG, load_rule
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.linting.record import LintFinding
from microcred_cli.linting.subject import Subject
from microcred_cli.linting.word_places import find_place
from microcred_cli.linting.wording import WORD, fold_text, read_wording
from microcred_cli.linting.words import LANGUAGES, WordLists, load_words
from microcred_cli.schema.rubric import read_rubric
from microcred_cli.texts.edits import apply_edits
from microcred_cli.texts.nodes import Mapping, Scalar
from microcred_cli.texts.yaml_reader import read_yaml_text
from tests.linting.samples import RICH, RUBRIC

# Coverage, which traces every line, takes several times as long.
SLOW = 1.0 if sys.gettrace() is None else 6.0
WORDING = {entry.slug for entry in CATALOG if entry.code.startswith("MC4")}
# Rules whose findings stand on words, and not on a whole text.
ON_WORDS = {"vague-word", "unobservable-verb", "placeholder-text", "doubled-word"}
TEMPLATE = """\
format: microcred/1
id: listening
version: 1.0.0
title: {0}
language: {1}
levels:
  - {{id: low, title: {2}, points: 1}}
  - {{id: middle, title: Middle, points: 2}}
  - {{id: high, title: High, points: 3}}
shown_at: high
subcompetencies:
  - id: listens
    title: {3}
    criteria:
      - id: asks
        title: {4}
        descriptors:
          low: {5}
          middle: {6}
          high: {7}
    evidence: [{{item: Talk}}]
"""
PIECES = [
    "the", "the the", "shows", "knowledge of", "good", "appropriate", "Effective",
    "understands", "Knows", "is aware of", "values", "usually", "always",
    "some", "TODO", "TBD", "???", "n/a", "-", "lorem ipsum", "<describe it>", "[insert", "]", "{", "'", '"',
    "Sets goals", "and", "gives feedback", "that", ".", ";", ":", "\\", "#", "  ", "\n", "\n\n",
    "ß", "İ", "é", "e\u0301", "🙂", "👩🏽\u200d🏫", "مهارة", "שלום", "聞く", "ความ", "x" * 70,
    "descriptor 1", "Good\u00a0work", "same as low", "but better", "almost", "no",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), min_size=1, max_size=12).map(
    " ".join
)


def lint_wording(text: str) -> tuple[LintFinding, ...]:
    found = lint_rubric("r.yaml", text.encode("utf-8", "surrogatepass"), lambda _: True).findings
    return tuple(each for each in found if each.slug in WORDING)


def write_quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write_escaped(text: str) -> str:
    """Write every third character as an escape."""
    written = [
        f"\\U{ord(each):08x}" if place % 3 == 0 or each in '"\\\n\r' else each
        for place, each in enumerate(text)
    ]
    return f'"{"".join(written)}"'


def write_single(text: str) -> str:
    return "'" + text.replace("'", "''").replace("\n", "\n\n            ") + "'"


def write_folded(text: str) -> str:
    """Write a folded block, a word a line, under a comment that says the same."""
    comment = " ".join(text.split())
    return f"> # {comment}\n" + "\n".join(f"            {word}" for word in text.split())


def write_literal(text: str) -> str:
    return "|-\n" + "\n".join(f"            {line}" for line in text.splitlines())


STYLES: list[Callable[[str], str]] = [write_quoted, write_escaped, write_single, write_folded, write_literal]


@settings(max_examples=max(settings().max_examples, 100))
@given(
    st.lists(TEXTS, min_size=7, max_size=7),
    st.sampled_from(STYLES),
    st.sampled_from(["en", "en-GB", "ja", "es"]),
)
def test_any_text_in_any_style(texts: list[str], write: Callable[[str], str], language: str) -> None:
    titles = [write_quoted(text) for text in texts[:4]]
    text = TEMPLATE.format(titles[0], language, *titles[1:], *map(write, texts[4:]))
    for finding in lint_wording(text):
        covered = text[finding.span.start : finding.span.end]
        assert covered
        assert covered == covered.strip()
        if finding.slug in ON_WORDS:
            check_place(finding, covered)


def check_place(finding: LintFinding, covered: str) -> None:
    """Assert that the place holds what the message quotes, or is a scalar that cannot be taken apart."""
    # What is quoted may have such signs in it; only names of levels come after it, behind a semicolon.
    quoted = finding.message[1:].partition("; the same")[0].rpartition("`")[0]
    assert " ".join(covered.split()) == quoted or covered[0] in "\"'|>" or quoted.endswith("…")


@settings(max_examples=max(settings().max_examples, 100))
@given(TEXTS, st.sampled_from(STYLES), st.data())
def test_a_word_is_found_where_it_stands(text: str, write: Callable[[str], str], data: st.DataObject) -> None:
    document = read_yaml_text(f"a: {write(text)}\n")
    node = document.root.get("a") if isinstance(document.root, Mapping) else None
    if not isinstance(node, Scalar):
        return
    words = list(WORD.finditer(node.text))
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    span = find_place(document, node, *word.span())
    if span == node.span:
        return
    before = document.text[node.span.start : span.start]
    assert document.text[span.start : span.end] == word[0]
    # What stands before it in the text stands before it in the file.
    assert before.count(word[0]) >= node.text[: word.start()].count(word[0])


@settings(max_examples=max(settings().max_examples, 100))
@given(
    st.lists(st.sampled_from(["the", "The", "team", "\n", "-", "#", "it:"]), max_size=8),
    st.sampled_from(STYLES),
)
def test_a_fix_takes_one_of_two_words(around: list[str], write: Callable[[str], str]) -> None:
    words = ["Names", *around, "the", "the", "goal"]
    text = TEMPLATE.format("a", "en", "b", "c", "d", "Waits", "Asks", write(" ".join(words)))
    linted = lint_rubric("r.yaml", text.encode(), lambda _: True)
    for finding in linted.findings:
        if finding.slug == "doubled-word" and finding.fix is not None:
            mended = apply_edits(text, finding.fix.edits)
            before, after = (read_top_descriptor(each).split() for each in (text, mended))
            assert len(before) == len(after) + 1
            place = next(number for number, word in enumerate(after) if word != before[number])
            assert before[place] == "the"
            assert [*before[:place], *before[place + 1 :]] == after


def read_top_descriptor(text: str) -> str:
    rubric, _ = read_rubric(read_yaml_text(text))
    assert rubric is not None
    return rubric.subcompetencies[0].criteria[0].descriptors["high"]


@pytest.mark.parametrize(
    ("written", "word", "covered"),
    [
        ("Gives good answers.", "good", "good"),
        ("'It''s good'", "good", "good"),
        ('"A \\"good\\" one and good ones"', "good", "good"),
        ('"A g\\u006fod one"', "good", '"A g\\u006fod one"'),
        ('"A go\\\n    od one"', "good", '"A go\\\n    od one"'),
        ('"A \\x67ood and a good one"', "good", '"A \\x67ood and a good one"'),
        ("> # good\n  Not bad,\n  but good.", "good", "good"),
        ("|2 # good\n   Is aware\n  of it", "Is aware\nof", "Is aware\n  of"),
        ("Is aware\n  of it", "Is aware of", "Is aware\n  of"),
        ("goodness and\n  good", "good", "good"),
        (f"'{'?' * 201}'", "?" * 201, f"'{'?' * 201}'"),
    ],
)
def test_places(written: str, word: str, covered: str) -> None:
    document = read_yaml_text(f"a: {written}\n")
    assert isinstance(document.root, Mapping)
    node = document.root.get("a")
    assert isinstance(node, Scalar)
    start = node.text.rindex(word)
    span = find_place(document, node, start, start + len(word))
    assert document.text[span.start : span.end] == covered
    if covered == word:
        assert span.start == document.text.rindex(word)


def test_a_rubric_is_read_once() -> None:
    document = read_yaml_text(RUBRIC)
    rubric, _ = read_rubric(document)
    assert rubric is not None
    wording = read_wording(Subject(document, rubric, lambda _: True))
    assert read_wording(Subject(document, rubric, lambda _: False)) is wording
    other = read_yaml_text(RICH)
    rubric, _ = read_rubric(other)
    assert rubric is not None
    assert read_wording(Subject(other, rubric, lambda _: True)) is not wording


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Sums\n up. ", "sums up"),
        ("…", "…"),
        ("...", "..."),
        ("Straße!", "strasse"),
        ("Why?", "why?"),
        ("N.A.", "n.a"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold_text(text) == folded


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_word_lists_are_in_lower_case_and_agree(language: str) -> None:
    words = load_words(language)
    assert isinstance(words, WordLists)
    for name in WordLists._fields:
        value = getattr(words, name)
        flat = " ".join(" ".join(each) if isinstance(each, tuple) else each for each in value)
        assert name == "blanks" or flat == flat.lower(), name
    assert words.partial <= words.degree
    assert words.vague <= words.degree
    assert words.blame <= words.vague
    assert {word for word, _ in words.kinds} & words.degree
    assert words.hidden_or_things <= words.hidden_hints
    assert not words.acts & words.acts_or_things
    assert all(words.is_of_learner(act) for act in words.acts)
    assert not any(words.is_of_learner(order) for order in words.orders)
    assert not words.hidden_hints & words.openings
    assert max(len(phrase) for phrases in words.hidden.values() for phrase in phrases) <= 4
    assert not words.states & words.partings


def test_other_languages_have_no_words() -> None:
    assert load_words("ja") is None
    assert load_words("en-GB") is load_words("en")


def test_advice_on_wording_never_stops_an_assessment() -> None:
    assert {str(load_rule(slug).severity) for slug in WORDING} == {"info", "warning"}


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "[ ",
        "?",
        "x",
        " ",
        "TODO ",
        "[insert ",
        "and ",
        "good '",
        "ly ",
        "a-",
        "as Good ",
        "the ",
        "shows ",
    ],
)
def test_a_long_text_of_one_piece_takes_no_time(piece: str) -> None:
    text = write_quoted("a " + piece * (9_000 // len(piece)))
    start = time.process_time()
    lint_wording(TEMPLATE.format(*["a", "en", "b", "c"], *[text] * 4))
    assert time.process_time() - start < SLOW
