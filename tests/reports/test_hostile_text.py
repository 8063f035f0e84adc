"""Text from files is text on a page, whatever it says."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import TypeVar, cast

import pytest

from microcred_cli.workflows.write_reports import render_reports
from tests.reports.builder import add_rubric, build_assessment, build_rubric
from tests.reports.outline import read_page

T = TypeVar("T")

CORPUS = Path(__file__).parents[3] / "shared" / "corpora" / "blns" / "blns.json"
PART = 12

OWN = (
    "</script></style></title></svg></table><script>alert(1)</script>",
    '" onmouseover="alert(1)" x=\'',
    "' autofocus onfocus='alert(1)",
    "<img src=x onerror=alert(1)>",
    "{{7*7}} {% for x in y %} {# #} ${7*7} #{7*7}",
    "<!-- --><![CDATA[ ]]><?xml ?>",
    "&lt;b&gt; &#60;b&#62; &amp;",
    "javascript:alert(1)",
    "\u202egnp.exe\u2066\u2069\u200e\u200f\u061c",
    "\u200b\u200c\u200d\ufeff\u00ad\U000e0041",
    "\x00\x07\x1b[31mred\x9b31m\x7f\x85\u2028\u2029",
    "\ud800 lone \udfff",
    "url(#x);}*{display:none}/*",
)

# What could hide or turn text around. A tab and a line break are spaces to a browser; joiners are spelling.
STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)


# Names that a folder is only read with when they are the program's own.
CLOSED = {
    "method",
    "share",
    "total",
    "scores kept",
    "the best",
    "unrounded",
    "missing",
    "excused",
    "replaced",
    "too old",
}


def lace(value: T, text: str) -> T:
    """Return the record with the text put around every text in it; ids stay one another's."""
    laced: object = value
    if isinstance(value, Enum) or (isinstance(value, str) and value in CLOSED):
        pass
    elif isinstance(value, str):
        laced = f"{text}{value}{text}"
    elif isinstance(value, tuple) and hasattr(value, "_fields"):
        laced = type(value)(*(lace(part, text) for part in value))
    elif isinstance(value, tuple):
        laced = tuple(lace(part, text) for part in value)
    elif isinstance(value, Mapping):
        laced = {lace(key, text): lace(part, text) for key, part in value.items()}
    elif is_dataclass(value) and not isinstance(value, type):
        laced = replace(value, **{name.name: lace(getattr(value, name.name), text) for name in fields(value)})
    return cast("T", laced)


def outline_pages(text: str) -> list[tuple[object, ...]]:
    assessment = lace(add_rubric(build_assessment(), build_rubric("writing", "Writing")), text)
    pages = render_reports(assessment).values()
    for page in pages:
        assert STEERING.search(page.decode("utf-8")) is None
    return [read_page(page).outline() for page in pages]


@pytest.fixture(scope="module")
def harmless() -> list[tuple[object, ...]]:
    return outline_pages("x")


@pytest.mark.parametrize("text", OWN, ids=ascii)
def test_hostile_text_changes_no_tag_and_no_attribute(text: str, harmless: list[tuple[object, ...]]) -> None:
    assert outline_pages(text) == harmless


def test_naughty_strings_change_no_tag_and_no_attribute(harmless: list[tuple[object, ...]]) -> None:
    if not CORPUS.is_file():
        pytest.skip(f"the Big List of Naughty Strings is not at {CORPUS}")
    naughty = json.loads(CORPUS.read_text(encoding="utf-8"))
    assert len(naughty) > 400
    for start in range(0, len(naughty), PART):
        part = naughty[start : start + PART]
        assert outline_pages("\n".join(part)) == harmless, part


def test_hostile_text_can_still_be_read() -> None:
    assessment = build_assessment()
    ada = replace(assessment.learners[0], name="Ada <b>\u202e</b>")
    page = render_reports(replace(assessment, learners=(ada, *assessment.learners[1:])))
    assert read_page(page["reports/learners/0001.html"]).find("h1")[0].text == "Ada <b>\\u202e</b>"
