"""A credential baked into an SVG: found again as it was, and nothing else of the image changed."""

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.credentials.baking import Art, bake, bake_svg, prepare_art
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.svg_reader import MAXIMUM_BYTES, BakedCredential, find_credential

SVG = b'xmlns="http://www.w3.org/2000/svg"'
DECLARATION = b' xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
CREDENTIAL = '{"type":["OpenBadgeCredential"],"name":"Zoë <&> \\"1\\""}'
# What XML 1.0 can hold.
CHARACTERS = st.characters(
    exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"
) | st.sampled_from("\t\n\r\x7f\x85")
PIECES = st.sampled_from(["]]>", "]]", ">", "<![CDATA[", "&amp;", "<!--", "\r\n"])
TEXTS = st.lists(st.text(CHARACTERS) | PIECES).map("".join)

STARTS = [
    b"",
    b"\xef\xbb\xbf",
    b"<?xml version='1.0'?>",
    b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<!-- <svg> \'"> -->\n\t',
    b"\xef\xbb\xbf<?xml version='1.0'?><!-- a --><!--\n-->",
    b"\n <!---->",
]
ROOTS = [
    (b"<svg %s>" % SVG, b"</svg>"),
    (b"<svg %s >" % SVG, b"</svg >\n<!-- end -->\n"),
    (b"<svg\n\t%s\n\tviewBox='0 0 1 1'\n>" % SVG, b"\n</svg>"),
    (b"<s:svg xmlns:s='http://www.w3.org/2000/svg' id=\"/>\">", b"</s:svg>"),
    (b"<credential:svg xmlns:credential='http://www.w3.org/2000/svg'>", b"</credential:svg>"),
    (b"<svg id='a>\"b' %s class=\"'>\" aria-label='/'>" % SVG, b"</svg>"),
    (b"<svg aria-label='&lt;svg>' %s>" % SVG, b"</svg>"),
]
INSIDES = [
    b"",
    b" ",
    b"text",
    b"<g/>",
    b"<!-- c --><g id='a>'/>",
    b"<svg><svg/></svg>",
    b"\r\n  <title>\xc3\xa9</title>\r\n",
]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize(("opening", "end"), ROOTS)
@pytest.mark.parametrize("inside", INSIDES)
def test_only_the_credential_is_added(start: bytes, opening: bytes, inside: bytes, end: bytes) -> None:
    baked = bake_svg(start + opening + inside + end, CREDENTIAL)
    element = f"<openbadges:credential><![CDATA[{CREDENTIAL}]]></openbadges:credential>".encode()
    assert baked == start + opening[:-1] + DECLARATION + b">" + element + inside + end
    assert find_credential(baked) == BakedCredential(CREDENTIAL, None)


ART = prepare_art(b"<svg %s><g/></svg>" % SVG)


def bake_sample(text: str) -> bytes:
    assert isinstance(ART, Art)
    baked = bake(ART, text)
    assert isinstance(baked, bytes)
    return baked


@given(TEXTS.filter(str.strip))
def test_every_text_is_found_again(text: str) -> None:
    baked = bake_sample(text)
    assert find_credential(baked) == BakedCredential(text, None)
    # Another reader finds the same, as the first child of the root.
    root = ET.fromstring(baked)  # noqa: S314 - the test wrote it
    assert [child.tag for child in root] == [
        "{https://purl.imsglobal.org/ob/v3p0}credential",
        "{http://www.w3.org/2000/svg}g",
    ]
    assert root[0].text == text


@given(st.dictionaries(st.text(), st.text(), min_size=1))
def test_every_json_is_found_again(value: dict[str, str]) -> None:
    text = json.dumps(value)
    assert find_credential(bake_sample(text)) == BakedCredential(text, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no credential to bake"),
        (" \r\n", "there is no credential to bake"),
        ('{"a":"\0"}', "an SVG cannot hold the character U+0000 of the credential"),
        ('{"a":"\x1b"}', "an SVG cannot hold the character U+001B of the credential"),
        ('{"a":"\ud800"}', "an SVG cannot hold the character U+D800 of the credential"),
        ('{"a":"\uffff"}', "an SVG cannot hold the character U+FFFF of the credential"),
        ("x" * MAXIMUM_BYTES, "the SVG would have more than 5,000,000 bytes; use smaller art"),
    ],
    ids=["empty", "blank", "nul", "escape", "surrogate", "noncharacter", "large"],
)
def test_refused_credentials(text: str, reason: str) -> None:
    assert isinstance(ART, Art)
    assert bake(ART, text) == Refusal(reason)


@pytest.mark.parametrize(
    ("art", "reason"),
    [
        (b"<svg %s/>" % SVG, "the root of the SVG is closed at once"),
        (b"<svg %s />\n" % SVG, "the root of the SVG is closed at once"),
        (b"\xef\xbb\xbf" * 2 + b"<svg %s></svg>" % SVG, "a second byte order mark"),
        (b"<svg %s><script/></svg>" % SVG, "the SVG has a `script` element"),
        (b"<svg %s onload='x'></svg>" % SVG, "the SVG has the event attribute `onload`"),
        (b"<!DOCTYPE svg><svg %s></svg>" % SVG, "the SVG has a DOCTYPE"),
        (b"<svg %s>" % SVG, "the SVG is not well-formed"),
        (b"<svg></svg>", "a root that is no `svg` element"),
        (b"\x89PNG\r\n\x1a\n", "the SVG is not UTF-8"),
        (b"<svg %s%s></svg>" % (SVG, DECLARATION), "a namespace for a badge already"),
        (bake_sample("{}"), "a namespace for a badge already"),
    ],
)
def test_refused_art(art: bytes, reason: str) -> None:
    for refusal in (prepare_art(art), bake_svg(art, CREDENTIAL)):
        assert isinstance(refusal, Refusal)
        assert reason in refusal.reason


@given(st.data())
def test_no_change_of_a_badge_is_more_than_refused(data: st.DataObject) -> None:
    badge = bytearray(bake_sample(CREDENTIAL))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(badge)))
        end = data.draw(st.integers(start, min(len(badge), start + 8)))
        badge[start:end] = data.draw(
            st.binary(max_size=3) | st.sampled_from([b"]]>", b"<", b"&#0;", b"<!--", b"\0"])
        )
    found = find_credential(bytes(badge))
    assert isinstance(found, Refusal) or (found.text is None) != (found.token is None)
    assert isinstance(prepare_art(bytes(badge)), Art | Refusal)


def test_no_truncated_badge_is_read() -> None:
    badge = bake_sample(CREDENTIAL)
    for length in range(len(badge)):
        assert isinstance(find_credential(badge[:length]), Refusal)
