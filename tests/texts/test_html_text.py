"""What a person reads in a cell that holds HTML."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.texts.html_text import clean_line, clean_text, read_line, read_text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Plain  text ", "Plain text"),
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("<ul><li>One</li><li>Two</li></ul>", "One\nTwo"),
        ("<p>One\n  of <b>two</b></p>", "One of two"),
        ("Fish &amp; chips &lt;3 &#233; &nbsp;x", "Fish & chips <3 é x"),
        ("a < b and b > c", "a < b and b > c"),
        ("AT&T", "AT&T"),
        ("<script>alert(1)</script>Kept<style>p{}</style>", "Kept"),
        ("<b>never closed", "never closed"),
        ("<p>kept <![ x", "kept <![ x"),
        ("<p>One<!-- not seen -->, two<!DOCTYPE x>", "One, two"),
        ("<p>" + "<a " * 10_000, " ".join(["<a"] * 10_000)),
        ("<p>" + "<!--" * 10_000, "<!--" * 10_000),
        ("zero\u200bwidth \u202eturned\x07", "zerowidth turned"),
        ("", ""),
    ],
)
def test_a_cell_reads_as_on_the_page(cell: str, text: str) -> None:
    assert read_text(cell) == text


def test_on_one_line() -> None:
    assert read_line("<p>One</p>\n<p>Two</p>") == "One Two"


def test_plain_text_keeps_what_looks_like_html() -> None:
    assert clean_text("Uses  List<T>\u200b &amp; maps\n\n and <b>\n") == "Uses List<T> &amp; maps\nand <b>"
    assert clean_line("one\r\n<p>two") == "one <p>two"


@given(st.text(st.sampled_from("<>&;/abp#x!-\"' \n\t\u200b[]{}"), max_size=60))
def test_any_cell_is_read(cell: str) -> None:
    lines = read_text(cell).splitlines()
    assert all(line and line == line.strip() for line in lines)
