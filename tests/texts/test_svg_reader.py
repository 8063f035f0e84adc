"""SVG: the credential baked into it, and what badge art may not hold."""

import base64
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.svg_reader import (
    MAXIMUM_BYTES,
    MAXIMUM_DEPTH,
    BakedCredential,
    find_active_content,
    find_credential,
)
from tests.shared import find_shared

SVG = 'xmlns="http://www.w3.org/2000/svg"'
OB = 'xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"'
XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'


def wrap(inside: str, attributes: str = "") -> bytes:
    return f"<svg {SVG} {attributes}>{inside}</svg>".encode()


def bake(inside: str) -> bytes:
    return wrap(inside, OB)


def embed(svg: bytes) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg).decode()}"


def show(svg: bytes) -> str:
    return f'<image href="{embed(svg)}"/>'


CREDENTIAL = '<openbadges:credential><![CDATA[{"a":1}]]></openbadges:credential>'


@pytest.mark.parametrize(
    ("data", "text", "token"),
    [
        (bake(CREDENTIAL), '{"a":1}', None),
        (bake('<openbadges:credential verify="a.b.c"/>'), None, "a.b.c"),
        (bake('<openbadges:credential verify="a.b.c">\n  </openbadges:credential>'), None, "a.b.c"),
        (bake('<openbadges:credential verify="">{}</openbadges:credential>'), "{}", None),
        # Not first, but still below the root; whatever prefix; CDATA or not, in pieces or not.
        (bake(f"<g/><!-- art --> text {CREDENTIAL}<g/>"), '{"a":1}', None),
        (wrap('<credential xmlns="https://purl.imsglobal.org/ob/v3p0">{}</credential>'), "{}", None),
        (wrap('<x:credential xmlns:x="https://purl.imsglobal.org/ob/v3p0">{}</x:credential>'), "{}", None),
        (bake("<openbadges:credential>&quot;&lt;&#x41;&#13;</openbadges:credential>"), '"<A\r', None),
        (
            bake("<openbadges:credential>[<![CDATA[1]]]]><![CDATA[>2]]>,3]</openbadges:credential>"),
            "[1]]>2,3]",
            None,
        ),
        (b"\xef\xbb\xbf" + bake(CREDENTIAL), '{"a":1}', None),
        (b"<?xml version='1.0' encoding='utf-8'?>\n<!-- art -->" + bake(CREDENTIAL), '{"a":1}', None),
        (f"<s:svg xmlns:s='http://www.w3.org/2000/svg' {OB}>{CREDENTIAL}</s:svg>".encode(), '{"a":1}', None),
        # A verifier only reads: what the art holds besides is another matter.
        (bake(f"<script>alert(1)</script>{CREDENTIAL}"), '{"a":1}', None),
        (bake(f'{CREDENTIAL}<a:assertion xmlns:a="http://openbadges.org" verify="x"/>'), '{"a":1}', None),
    ],
)  # fmt: skip
def test_credentials_found(data: bytes, text: str | None, token: str | None) -> None:
    assert find_credential(data) == BakedCredential(text, token)


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + f"]><svg {SVG} {OB}><openbadges:credential>&i;</openbadges:credential></svg>"
).encode()
XXE = (
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    f"<svg {SVG} {OB}><openbadges:credential>&x;</openbadges:credential></svg>"
).encode()

# Refused by whoever reads an SVG here.
NO_STRICT_SVG = [
    (b"", "not well-formed: no element found"),
    (b"\0", "not plain UTF-8"),
    (b"\xef\xbb\xbf", "not well-formed"),
    (b"{}", "not well-formed"),
    (b"<svg/>", "a root that is no `svg` element of SVG's namespace"),
    (b'<html xmlns="http://www.w3.org/1999/xhtml"/>', "a root that is no `svg` element"),
    (b'<SVG xmlns="http://www.w3.org/2000/svg"/>', "a root that is no `svg` element"),
    (b'<svg xmlns="http://www.w3.org/2000/SVG"/>', "a root that is no `svg` element"),
    (f"<g {SVG}><svg/></g>".encode(), "a root that is no `svg` element"),
    (wrap("").decode().encode("utf-16"), "not UTF-8"),
    (wrap("").decode().encode("utf-16-le"), "not plain UTF-8"),
    (wrap("").decode().encode("utf-16-be"), "not plain UTF-8"),
    (XXE.decode().encode("utf-16-le"), "not plain UTF-8"),
    (wrap("").decode().encode("utf-32"), "not UTF-8"),
    (wrap("").decode().encode("utf-32-be"), "not plain UTF-8"),
    (b"\xef\xbb\xbf" * 2 + wrap(""), "a second byte order mark"),
    (wrap("é").decode().encode("latin-1"), "not UTF-8"),
    (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + wrap(""), "the encoding `ISO-8859-1`"),
    (b'<?xml version="1.0" encoding="UTF-16"?>' + wrap(""), "the encoding `UTF-16`"),
    (b'<?xml version="1.0" encoding="UTF-7"?>' + wrap(""), "the encoding `UTF-7`"),
    (b'<?xml version="1.1"?>' + wrap(""), "the XML version `1.1`"),
    (b"\n<?xml version='1.0'?>" + wrap(""), "not well-formed"),
    (BILLION_LAUGHS, "a DOCTYPE"),
    (XXE, "a DOCTYPE"),
    (b'<!DOCTYPE svg SYSTEM "http://evil.example/x.dtd">' + wrap(""), "a DOCTYPE"),
    (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + wrap(""),
        "a DOCTYPE",
    ),
    (b"<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>" + wrap(""), "a DOCTYPE"),
    (b"<!DOCTYPE svg [<!ENTITY % x SYSTEM 'x'> %x;]>" + wrap(""), "a DOCTYPE"),
    (b"<?xml version='1.0'?><?x?> <!-- <svg> -->\n<!DOCTYPE svg>" + wrap(""), "a DOCTYPE"),
    (b"<!-- <!DOCTYPE svg> --><!DOCTYPE" + wrap(""), "a DOCTYPE"),
    (b"<!doctype svg>" + wrap(""), "not well-formed"),
    (wrap("<!DOCTYPE svg>"), "not well-formed"),
    (wrap("") + b"<!DOCTYPE svg>", "not well-formed"),
    (wrap("&nbsp;"), "not well-formed: undefined entity"),
    (wrap("&#0;"), "not well-formed"),
    (wrap("&#xD800;"), "not well-formed"),
    (wrap("\0"), "not plain UTF-8"),
    (wrap("\x1b"), "not well-formed"),
    (wrap("\uffff"), "not well-formed"),
    (wrap("]]>"), "not well-formed"),
    (wrap("<g"), "not well-formed"),
    (wrap("<g></h>"), "not well-formed: mismatched tag"),
    (wrap('<g a="1" a="2"/>'), "not well-formed: duplicate attribute"),
    (wrap('<g xmlns:p="q" xmlns:r="q" p:a="1" r:a="2"/>'), "not well-formed: duplicate attribute"),
    (wrap("<p:g/>"), "not well-formed: unbound prefix"),
    (wrap("<g a=1/>"), "not well-formed"),
    (wrap('<g a="<"/>'), "not well-formed"),
    (wrap("<!-- a -- b -->"), "not well-formed"),
    (wrap("<g/>")[:-1], "not well-formed"),
    (wrap("<g/>")[:-6], "not well-formed"),
    (wrap("") + b"<g/>", "not well-formed: junk after document element"),
    (wrap("") * 2, "not well-formed: junk after document element"),
    (b'<?xml-stylesheet href="x.css"?>' + wrap(""), "instruction `xml-stylesheet`"),
    (wrap("<?php echo 1; ?>"), "instruction `php`"),
    (wrap("") + b"<?x?>", "instruction `x`"),
    (wrap("<g>" * MAXIMUM_DEPTH + "</g>" * MAXIMUM_DEPTH), "elements nested deeper than 100"),
    (wrap("<g>" * 1_000_000), "elements nested deeper than 100"),
    (wrap(" " * MAXIMUM_BYTES), "more than 5,000,000 bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), NO_STRICT_SVG, ids=itertools.count())
def test_no_strict_svg(data: bytes, reason: str) -> None:
    for refusal in (find_credential(data), find_active_content(data)):
        assert isinstance(refusal, Refusal)
        assert reason in refusal.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (wrap(""), "holds no `credential` element"),
        (wrap("<credential>{}</credential>"), "holds no `credential` element"),
        (bake("<openbadges:Credential>{}</openbadges:Credential>"), "holds no `credential` element"),
        (bake(CREDENTIAL).replace(b"v3p0", b"v3p0/"), "holds no `credential` element"),
        (bake(CREDENTIAL).replace(b"https", b"http"), "holds no `credential` element"),
        (bake(f"<!-- {CREDENTIAL.replace('--', '')} -->"), "holds no `credential` element"),
        (wrap('<a:assertion xmlns:a="http://openbadges.org" verify="x"/>'), "Open Badges 2.0"),
        (bake(CREDENTIAL * 2), "a second `credential` element"),
        (bake(f'{CREDENTIAL}<openbadges:credential verify="a.b.c"/>'), "a second `credential` element"),
        (bake(f"{CREDENTIAL}<openbadges:credential/>"), "a second `credential` element"),
        (bake(f"<g>{CREDENTIAL}</g>"), "not directly below the root"),
        (bake(f"<svg>{CREDENTIAL}</svg>"), "not directly below the root"),
        (bake(f"{CREDENTIAL}<defs><svg>{CREDENTIAL}</svg></defs>"), "not directly below the root"),
        (bake(f"<metadata>{CREDENTIAL}</metadata>"), "not directly below the root"),
        (bake("<openbadges:credential/>"), "is empty"),
        (bake('<openbadges:credential verify=""> </openbadges:credential>'), "is empty"),
        (bake('<openbadges:credential openbadges:verify="a.b.c"/>'), "is empty"),
        (bake('<openbadges:credential verify="a.b.c">{}</openbadges:credential>'), "a body as well as"),
        (bake("<openbadges:credential>{<g/>}</openbadges:credential>"), "an element inside"),
        (bake(f"<openbadges:credential>{CREDENTIAL}</openbadges:credential>"), "an element inside"),
        (bake("<openbadges:credential>{<!-- -->}</openbadges:credential>"), "a comment inside"),
        (bake("<openbadges:credential>{<?x?>}</openbadges:credential>"), "instruction `x`"),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_refused_credentials(data: bytes, reason: str) -> None:
    refusal = find_credential(data)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason


def test_a_refusal_says_where() -> None:
    data = b"<?xml version='1.0'?>\n<!-- \xc3\xa9 -->\n" + wrap('<g/>\n é <g onload="x"/>')
    assert find_active_content(data) == Refusal("the SVG has the event attribute `onload` (line 4, column 4)")
    data = b"\xef\xbb\xbf" + wrap("</g>")
    assert find_active_content(data) == Refusal(
        "the SVG is not well-formed: mismatched tag (line 1, column 44)"
    )


PNG = "data:image/png;base64,iVBORw0KGgo="


@pytest.mark.parametrize(
    "data",
    [
        wrap(""),
        wrap('<rect width="10" height="10" fill="#fff"/><text>on javascript: url(x) @import</text>'),
        wrap('<defs><linearGradient id="a"/></defs><path fill="url(#a)" style="stroke: url( \'#a\' )"/>'),
        wrap('<use href="#a"/><use xlink:href=" #a"/><a href="#"><g/></a>', XLINK),
        wrap(f'<image href="{PNG}"/><image xlink:href="{PNG}"/><feImage href="{PNG}"/>', XLINK),
        wrap(f'<image href="{PNG.replace("iVBO", "iVB&#10;  O")}"/>'),
        wrap('<image href="data:image/jpeg;base64,/9j/"/>'),
        wrap(show(wrap(f'<image href="{PNG}"/>'))),
        wrap("<style><![CDATA[ a > b { fill: url(#a); content: '\\201C' } @media print { g {} } ]]></style>"),
        wrap("<style>.a{clip-path:url(&quot;#b&quot;)}</style><title>Import &lt;url(x)&gt;</title>"),
        wrap("<style>@im</style><style>port{}</style>"),
        wrap('<animate attributeName="opacity" values="0;1"/><set attributeName="fill" to="url(#a)"/>'),
        wrap('<!-- <g onload="x"/> > --><desc>on it</desc>'),
        # What drawing programs leave behind.
        wrap(
            '<s:namedview s:docname="src(1).svg" i:label="image(url(x))"><i:grid/></s:namedview>'
            '<metadata><rdf:RDF><rdf:Description rdf:about="http://a.example"><dc:title>A</dc:title>'
            '<dc:type rdf:resource="http://purl.org/dc/dcmitype/StillImage"/></rdf:Description></rdf:RDF></metadata>',
            'xmlns:s="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:i="http://www.inkscape.org/namespaces/'
            'inkscape" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xml:space="preserve" version="1.1" baseProfile="full"',
        ),
    ],
    ids=itertools.count(),
)  # fmt: skip
def test_plain_art(data: bytes) -> None:
    assert find_active_content(data) is None


ELEMENTS = [
    "<script>alert(1)</script>",
    '<script href="x.js"/>',
    "<SCRIPT/>",
    '<x:script xmlns:x="http://www.w3.org/2000/svg"/>',
    '<script xmlns="http://www.w3.org/1999/xhtml"/>',
    '<script xmlns=""/>',
    '<script xmlns="urn:other"/>',
    "<g><defs><script/></defs></g>",
    "<foreignObject/>",
    "<foreignobject/>",
    '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><b/></body></foreignObject>',
    '<h:p xmlns:h="http://www.w3.org/1999/xhtml"/>',
    '<h:style xmlns:h="http://www.w3.org/1999/xhtml"/>',
    '<iframe src="#a"/>',
    "<metadata><object/></metadata>",
    "<embed/>",
    "<audio/>",
    "<video/>",
    '<handler type="text/ecmascript">x</handler>',
    '<link rel="stylesheet"/>',
    '<meta http-equiv="refresh" content="0"/>',
    '<x:include xmlns:x="http://www.w3.org/2001/XInclude" parse="text"/>',
]
EVENTS = [
    '<g onclick="x"/>',
    '<g ONCLICK="x"/>',
    '<g OnLoad="x"/>',
    '<g onanything=""/>',
    '<g x:onload="x" xmlns:x="urn:x"/>',
    '<animate onbegin="x"/>',
    '<animate attributeName="onclick" to="x"/>',
    '<set attributeName=" onload " to="x"/>',
    '<set attributename="onload" to="x"/>',
]
LINKS = [
    '<a href="https://a.example"><g/></a>',
    '<a href="//a.example"/>',
    '<a href="javascript:alert(1)"/>',
    '<a xlink:href="javascript:alert(1)"/>',
    '<a xlink:href="JaVaScRiPt:alert(1)"/>',
    '<a xlink:href="java&#9;script:alert(1)"/>',
    '<a xlink:href="java&#10;script&#x3a;alert(1)"/>',
    '<a xlink:href=" &#x6a;avascript:alert(1)"/>',
    '<a y:href="javascript:x" xmlns:y="http://www.w3.org/1999/xlink"/>',
    '<a y:href="x" xmlns:y="urn:y"/>',
    '<a HREF="x"/>',
    '<a href=""/>',
    '<a href="b.svg#a"/>',
    f'<a href="{PNG}"/>',
    f'<use href="{embed(wrap(""))}#a"/>',
    '<use href="https://a.example/x.svg#a"/>',
    '<use xlink:href="x.svg#a"/>',
    '<image href="https://a.example/spy.png"/>',
    '<image href="file:///etc/passwd"/>',
    '<image href="data:text/html;base64,PHNjcmlwdD4="/>',
    '<image href="data:text/html,&lt;script>alert(1)&lt;/script>"/>',
    '<image href="data:image/svg+xml,&lt;svg/>"/>',
    '<image href="data:image/svg+xml;base64,AAA"/>',
    '<image href="data:image/png;charset=x;base64,AAAA"/>',
    '<image href="data:image/gif;base64,AAAA"/>',
    show(wrap("<script/>")),
    show(XXE),
    show(bake(CREDENTIAL)),
    show(wrap(show(wrap("<script/>")))),
    '<feImage xlink:href="x.png"/>',
    '<textPath href="x.svg#a"/>',
    '<linearGradient xlink:href="x.svg#a"/>',
    '<g xml:base="https://a.example"/>',
    '<g src="x"/>',
    '<animate attributeName="href" to="#a"/>',
    '<animate attributeName="xlink:href" values="#a"/>',
    '<set attributeName="xlink:HREF" to="#a"/>',
    '<animate attributeName="fill" values="a;javascript:alert(1)"/>',
    '<a target="vbscript:x"/>',
]
STYLES = [
    '<g style="fill:url(https://a.example)"/>',
    "<g style=\"fill:URL( 'x.svg#a')\"/>",
    '<g fill="url(x.svg#a)"/>',
    '<g filter="url(&quot;x#a&quot;)"/>',
    '<g mask="url( &#10;x)"/>',
    '<g cursor="url(x), auto"/>',
    '<g style="fill:u\\72l(x)"/>',
    '<g style="fill:\\000075 rl(x)"/>',
    '<g style="fill:\\url(x)"/>',
    '<g style="fill:url(\\78)"/>',
    '<g style="fill:url(data:image/png;base64,AAAA)"/>',
    "<g style=\"cursor:image-set('x' 1x)\"/>",
    "<g style=\"cursor:-webkit-image-set('x' 1x)\"/>",
    '<set attributeName="fill" to="url(x)"/>',
    "<style>@import 'x.css';</style>",
    "<style>@IMPORT 'x.css';</style>",
    "<style>@\\69mport 'x.css';</style>",
    "<style>@im<![CDATA[port]]> 'x.css';</style>",
    "<style>@im<g/>port 'x.css';</style>",
    "<style><![CDATA[g{fill:url(x)}]]></style>",
    "<style>@font-face{font-family:a;src:url(x.woff)}</style>",
    "<STYLE>@import 'x.css';</STYLE>",
    "<style xmlns=''>@import 'x.css';</style>",
    "<style>g{}</style><style>@import 'x.css';</style>",
]
# Harmless in XML, but taken into a page as HTML these end early or are no comment at all.
READ_OTHERWISE_BY_HTML = [
    "<desc><!--><img src='x' onerror='alert(1)'/> --></desc>",
    "<desc><!--->a --></desc>",
    "<desc><![CDATA[><img src='x' onerror='alert(1)'>]]></desc>",
    "<desc><style><![CDATA[</style><img onerror='alert(1)'>]]></style></desc>",
    "<desc><style><!-- </style><img onerror='alert(1)'> --></style></desc>",
    "<desc><title><!-- </title><img onerror='alert(1)'> --></title></desc>",
    "<textarea><!-- </textarea><img onerror='alert(1)'> --></textarea>",
]  # fmt: skip
BADGES = [
    f"<g {OB}/>",
    '<g xmlns:openbadges="urn:other"/>',
    '<g xmlns:b="https://purl.imsglobal.org/ob/v3p0"><b:credential/></g>',
    '<a:assertion xmlns:a="http://openbadges.org" verify="x"/>',
]


@pytest.mark.parametrize("inside", ELEMENTS + EVENTS + LINKS + STYLES + READ_OTHERWISE_BY_HTML + BADGES)
def test_active_content(inside: str) -> None:
    refusal = find_active_content(wrap(inside, XLINK))
    assert refusal is not None
    assert refusal.reason.startswith("the SVG has ")


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ('onload="alert(1)"', "the event attribute `onload`"),
        ('style="background:url(x)"', "the attribute `style`, which loads something from elsewhere"),
        ('xml:base="x"', "a link to `x`, out of the image"),
        (OB, "a namespace for a badge already; take the art without the badge"),
        ('xmlns:openbadges="http://openbadges.org"', "a namespace for a badge already"),
    ],
)
def test_active_content_on_the_root(attributes: str, reason: str) -> None:
    refusal = find_active_content(wrap("", attributes))
    assert refusal is not None
    assert reason in refusal.reason


def test_an_embedded_image_is_refused_for_what_it_holds() -> None:
    refusal = find_active_content(wrap(show(wrap("<script/>"))))
    assert refusal is not None
    assert "an embedded image that is refused: the SVG has a `script` element" in refusal.reason


def test_no_png_is_taken_for_an_svg() -> None:
    paths = sorted((find_shared("corpora", "PngSuite") / "png").glob("*.png"))
    assert len(paths) >= 170
    for path in paths:
        assert isinstance(find_credential(path.read_bytes()), Refusal)
        assert isinstance(find_active_content(path.read_bytes()), Refusal)


@given(st.binary() | st.text().map(wrap) | st.text().map(lambda text: wrap(f"<g {text}/>")))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert isinstance(find_credential(data), BakedCredential | Refusal)
    assert isinstance(find_active_content(data), Refusal | None)


@given(st.text(max_size=40), st.sampled_from(["fill", "href", "style", "attributeName", "begin"]))
def test_any_attribute_is_read_or_refused(value: str, name: str) -> None:
    data = b'<svg %s><image %s="%s"/></svg>' % (
        SVG.encode(),
        name.encode(),
        value.encode("ascii", "xmlcharrefreplace").replace(b'"', b"&quot;"),
    )  # fmt: skip
    assert isinstance(find_active_content(data), Refusal | None)
