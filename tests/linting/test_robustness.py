"""Whatever a file holds: findings with spans inside it, never an exception; and one structure, not two."""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from microcred_cli.linting.catalog import CATALOG
from microcred_cli.linting.engine import lint_rubric
from microcred_cli.linting.fixing import fix_file
from microcred_cli.linting.formats import concise, github, text
from microcred_cli.linting.formats import json as json_format
from microcred_cli.linting.record import LintedFile
from microcred_cli.schema.rubric import describe_rubric, read_rubric
from microcred_cli.texts.nodes import Mapping, Node, Scalar, Sequence
from microcred_cli.texts.yaml_reader import read_yaml
from tests.linting.samples import RICH
from tests.shared import ROOT, SHARED

RUBRIC = (ROOT / "rubrics" / "soft-skills" / "teamwork.yaml").read_text(encoding="utf-8")
CODES = frozenset(entry.code for entry in CATALOG)
SUITE = SHARED / "corpora" / "yaml-test-suite" / "src"
# 10,000 mutations in all where there is time.
EXAMPLES = 5000 if settings().max_examples >= 500 else 150
# Coverage, which traces every line, takes several times as long.
SLOW = 2.0 if sys.gettrace() is None else 12.0


def lint(data: bytes) -> LintedFile:
    """Lint and look at what must hold of any result."""
    start = time.process_time()
    linted = lint_rubric("r.yaml", data, lambda _: True)
    assert time.process_time() - start < SLOW
    size = len(linted.document.text)
    for finding in linted.findings:
        assert 0 <= finding.span.start <= finding.span.end <= size, finding
    assert linted.rubric is not None or linted.findings
    for render in (text.render, concise.render, json_format.render, github.render):
        shown = render([linted])
        assert not any(ord(character) < 32 and character != "\n" for character in shown)
        assert "\u202e" not in shown
    assert json_format.render([linted]).isascii()
    return linted


def list_suite() -> list[Any]:
    if not SUITE.is_dir():
        reason = "corpora/yaml-test-suite is not beside this checkout"
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    return [pytest.param(path, id=path.stem) for path in sorted(SUITE.glob("*.yaml"))]


def test_the_suite_is_whole() -> None:
    if SUITE.is_dir():
        assert len(list_suite()) == 351


@pytest.mark.parametrize("path", list_suite())
def test_a_file_of_the_yaml_test_suite(path: Path) -> None:
    data = path.read_bytes()
    lint(data)
    for case in yaml.safe_load(data):
        for key in ("yaml", "dump", "emit"):
            # The suite shows white space by signs.
            shown = case.get(key) or ""
            written = re.sub("—*»", "\t", shown).replace("␣", " ").replace("↵", "").replace("∎\n", "")
            lint(written.replace("←", "\r").replace("⇔", "\ufeff").encode())


TOKENS = [
    "", " ", "\n", "\t", ":", ": ", "- ", "#", "'", '"', "{", "}", "[", "]", "|", ">", "&a ", "*a", "!!str ",
    "<<: *a", "---\n", "...\n", "%YAML 1.1\n", "? ", "\x00", "\x1b", "\u202e", "\u2028", "\ufeff", "\x85",
    "é", "\r", "\r\n", "null", "~", "no", "012", "1:30", "0x1F", "1e400", ".inf", "99999999999999999999",
    "microcred: ignore[", "# microcred: ignore[alias] x",
]  # fmt: skip


@st.composite
def mutate_text(draw: st.DrawFn) -> bytes:
    """Edit a valid rubric by characters, tokens and lines."""
    made = draw(st.sampled_from([RUBRIC, RICH]))
    for _ in range(draw(st.integers(1, 4))):
        lines = made.split("\n")
        kind = draw(st.integers(0, 5))
        at = draw(st.integers(0, len(made)))
        if kind == 0:
            made = made[:at] + draw(st.sampled_from(TOKENS)) + made[at:]
        elif kind == 1:
            made = made[:at] + made[at + draw(st.integers(1, 30)) :]
        elif kind == 2:
            made = made[:at] + draw(st.characters(exclude_categories=["Cs"])) + made[at + 1 :]
        else:
            first, second = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            if kind == 3:
                lines[first], lines[second] = lines[second], lines[first]
            elif kind == 4:
                lines.insert(first, lines[second])
            else:
                lines[first] = " " * draw(st.integers(0, 5)) + lines[first].lstrip()
            made = "\n".join(lines)
    data = made.encode("utf-8")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(min_size=1, max_size=3)) + data[at:]
    return data


@settings(max_examples=EXAMPLES)
@given(mutate_text())
def test_mutated_texts(data: bytes) -> None:
    check_agreement(lint(data))
    check_fixes(data)


ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 10_001),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.just(10**30),
    st.sampled_from(
        ["", " ", "x", "abc\n", "a-b", "A b", "1.0.0", "65%", "101%", "0.00001%", "no",
         "3 years", "en-GB", "https://example.org/ä",
         "https://example.org", "beginning", "all", "highest", "n-mastery", "x" * 81,
         "median", "mean-of-highest", "leave-out", "best", "canvas", "employer"],
    ),
    st.just([]),
    st.just({}),
    st.just([1, "a"]),
    st.just({"a": 1}),
    st.just({"at_least": 1}),
    st.just({"all": ["a", {"any": ["b"]}], "of": ["c"]}),
    st.just({"by": "n-mastery"}),
    st.just({"by": "n-mastery", "n": 2.0, "at_least": 1}),
    st.just({"by": "latest", "latest": "65%"}),
    st.just({"by": "drop-lowest", "n": 2, "late": {"at_most": "seen"}, "attempts": "best"}),
    st.just({"by": "median", "within": "1 year", "late": "leave-out"}),
    st.just({"pieces": 2, "raters": 1, "employer": 3}),
    st.just({"at_most": "beginning"}),
    st.just({"at_least": 1, "of": ["a"], "source": "learner"}),
    st.just({"points": 2, "of": {"a": 1, "b": 0}, "required": ["a"]}),
    st.just({"points": 2, "source": "learner"}),
    st.just({"held": "a"}),
)  # fmt: skip


def list_routes(value: Any, route: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield route
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from list_routes(child, (*route, key))


PARSED = (yaml.safe_load(RUBRIC), yaml.safe_load(RICH))
ROUTES = [(parsed, route) for parsed in PARSED for route in list_routes(parsed) if route]


def edit(parsed: Any, route: tuple[Any, ...], change: Callable[[Any, Any], None]) -> Any:
    made = json.loads(json.dumps(parsed))
    parent = made
    for step in route[:-1]:
        parent = parent[step]
    change(parent, route[-1])
    return made


def delete(parent: Any, key: Any) -> None:
    del parent[key]


KEYS = (
    "x", "weight", "at_least", "cuts", "of", "badge", "precision", "grades", "late", "attempts", "within",
    "source", "n", "points", "held", "required", "compatibility", "at_most", "raters",
)  # fmt: skip


@st.composite
def mutate_data(draw: st.DrawFn) -> Any:
    """Delete, replace or add one value of a parsed rubric."""
    parsed, route = draw(st.sampled_from(ROUTES))
    odd = draw(ODD)

    def replace(parent: Any, key: Any) -> None:
        parent[key] = odd

    def add(parent: Any, _: Any) -> None:
        if isinstance(parent, dict):
            parent[draw(st.sampled_from(KEYS))] = odd
        else:
            parent.append(odd)

    return edit(parsed, route, draw(st.sampled_from([delete, replace, add])))


@settings(max_examples=EXAMPLES)
@given(mutate_data())
def test_mutated_values(made: Any) -> None:
    data = yaml.safe_dump(made, allow_unicode=True, sort_keys=False).encode()
    check_agreement(lint(data))
    check_fixes(data)


def check_fixes(data: bytes) -> None:
    """Assert that fixing comes to an end, and that nothing changes where nothing is mended."""
    for unsafe in (False, True):
        fixed = fix_file(data, lint_plainly, CODES, unsafe=unsafe)
        assert fix_file(fixed.after, lint_plainly, CODES, unsafe=unsafe).after == fixed.after
        assert fixed.changed == bool(fixed.mended)
        if not fixed.mended:
            assert fixed.after == data


def lint_plainly(data: bytes) -> LintedFile:
    return lint_rubric("r.yaml", data, lambda _: True)


def match_ecma(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[jsonschema.ValidationError]:
    """In ECMA-262 `$` is the very end; in Python it is also before a last line break."""
    if isinstance(instance, str) and re.search(pattern.replace("$", r"\Z"), instance) is None:
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


EcmaValidator: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft7Validator, {"pattern": match_ecma}
)
VALIDATOR = EcmaValidator(describe_rubric())


def make_plain(node: Node | None) -> Any:
    """Return what an editor's validator sees of the nodes."""
    if isinstance(node, Mapping):
        return {key.text: make_plain(value) for key, value in node.pairs}
    if isinstance(node, Sequence):
        return [make_plain(item) for item in node.items]
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, Decimal):
        return int(value) if abs(value) < 10**15 and value == value.to_integral_value() else float(value)
    return value


def check_agreement(linted: LintedFile) -> None:
    """Assert that the JSON Schema refuses exactly what the reader refuses."""
    document = linted.document
    if document.root is None:
        return
    _, structural = read_rubric(document)
    by_schema = list(VALIDATOR.iter_errors(make_plain(document.root)))
    assert bool(by_schema) == bool(structural), (structural, [error.message for error in by_schema])


@pytest.mark.parametrize("rubric", [RUBRIC, RICH], ids=["library", "rich"])
def test_the_schema_is_a_schema_and_takes_the_samples(rubric: str) -> None:
    jsonschema.Draft7Validator.check_schema(describe_rubric())
    check_agreement(lint(rubric.encode()))
    assert list(VALIDATOR.iter_errors(make_plain(read_yaml(rubric.encode()).root))) == []


@pytest.mark.parametrize(
    ("data", "slug"),
    [
        (b"[" * 600 + b"]" * 600, "too-deep"),
        (b"a: " * 600, "not-yaml"),
        (b"- " * 600, "too-deep"),
        (b"x" * 1_000_001, "too-large"),
        (b"- a\n" * 120_000, "too-large"),
        (b"a: 1\n" * 20_000, "duplicate-key"),
        (b"a: !!python/object/apply:os.system [x]", "tag"),
        (b"a: 1\n--- \nb: 2", "several-documents"),
        (b"a: &x [*x]", "alias"),
        (b"? [a]\n: 1", "key-not-text"),
        (b"a: \x00", "control-character"),
        (b'a: "\\x1b"', "control-character"),
        (b"a: \xff", "not-utf8"),
        ("a: b".encode("utf-16"), "not-utf8"),
        (b"9" * 6000, "wrong-type"),
        (b"0x" + b"f" * 90_000, "wrong-type"),
        (b"1e999999999999", "wrong-type"),
        (b"2026-13-45", "wrong-type"),
    ],
)
def test_hostile_files(data: bytes, slug: str) -> None:
    assert slug in {finding.slug for finding in lint(data).findings}
