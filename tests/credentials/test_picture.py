"""The picture of a badge: what it says, that it fits, and which pictures of a rubric's own are taken."""

import base64
import json
import math
import re
import struct
import zlib
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microcred_cli.credentials.baking import prepare_art
from microcred_cli.credentials.colour_schemes import SCHEMES, VEIL, WHITE, ColourScheme, choose_scheme
from microcred_cli.credentials.picture import describe_picture, wrap_picture
from microcred_cli.files.package_data import read_data
from microcred_cli.model.refusal import Refusal
from microcred_cli.texts.picture_reader import MAXIMUM_BYTES
from microcred_cli.texts.svg_reader import find_active_content
from tests.credentials.drawing import EXAMPLE, build_named, draw_badge, draw_example
from tests.reports.test_browser import CHROMIUM, browse
from tests.reports.test_palette import measure_contrast
from tests.shared import find_shared

SVG = "{http://www.w3.org/2000/svg}"

LONG_ISSUER = "The Royal Institute of Advanced Interdisciplinary Studies and Research"
CLINICAL = "Evidence-Based Clinical Communication in Multidisciplinary Teams"

# Name, issuer, number of sub-competencies, language.
ORDINARY = (
    ("Teamwork", "Example College", 4, "en"),
    (CLINICAL, "University of Northern Example", 6, "en"),
    (CLINICAL, LONG_ISSUER, 6, "en"),
    ("Ethics", LONG_ISSUER, 1, "en"),
    ("PROJECT MANAGEMENT", "UNIVERSITY OF EXAMPLE", 2, "en"),
    ("Rechtsschutzversicherungsgesellschaften", "Hochschule für Angewandte Beispiele", 5, "de"),
    ("العمل الجماعي", "جامعة المثال", 3, "ar"),
    ("团队协作与沟通能力", "示例大学", 8, "zh"),
    ("日本語による学際的チームにおける臨床コミュニケーション", "国立大学法人例示大学", 7, "ja"),
    ("의사소통 및 협업 역량", "예시대학교", 9, "ko"),
    ("कार्यदल में सहयोग", "उदाहरण विश्वविद्यालय", 10, "hi"),
    ("การทำงานเป็นทีมและการสื่อสาร", "มหาวิทยาลัยตัวอย่าง", 11, "th"),
    ("Междисциплинарное взаимодействие", "Примерный университет", 12, "ru"),
    ("Software Engineering", "Example Institute of Technology", 24, "en"),
    ("X", "Y", 30, "en"),
)
HOSTILE = (
    "<script>alert('x')</script>",
    "\"'&]]>{{ 7 }}{% raw %}",
    "🚀🧑\u200d🚀👩🏽\u200d💻 Launch 🇩🇪🏴\U000e0067\U000e007f",
    "Word " * 100,
    "W" * 500,
    "漢" * 500,
    "Z" + "\u0301\u0316" * 40 + "algo",
    "\u202eevil\u202c \u2066name\u2069\u200b",
    "\u202e\u200b\u0000",
    "a\ud800b\x1b[31m\ufffe\x85c",
    "Super\xadcali\xadfragilistic\xadexpiali\xaddocious skills",
    "https://example.org/" + "a" * 120,
    "\u0301\u0301\u0301",
    "ﷺ" * 30,
    "\U0001242b" * 30,
)


def read(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own picture


def read_lines(svg: str) -> list[str]:
    return ["".join(text.itertext()) for text in read(svg).iter(f"{SVG}text")]


def draw_all() -> dict[str, str]:
    ordinary = {
        f"ordinary-{nth}": draw_badge(build_named(name, count, f"rubric-{nth}", language), issuer)
        for nth, (name, issuer, count, language) in enumerate(ORDINARY)
    }
    hostile = {
        f"hostile-{nth}": draw_badge(build_named(name, nth + 1), HOSTILE[-nth])
        for nth, name in enumerate(HOSTILE)
    }
    return ordinary | hostile


def test_the_picture_says_whose_badge_it_is_and_of_what() -> None:
    svg = draw_badge(build_named("Teamwork", language="en-GB"))
    root = read(svg)
    assert root.attrib["viewBox"] == "0 0 400 400"
    assert root.attrib["role"] == "img"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en-GB"
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Teamwork"
    described = root.findtext(f"{SVG}desc")
    assert described is not None
    assert described.startswith("Example College: Works toward shared goals · Listens · ")
    assert read_lines(svg) == ["Teamwork", "Example College"]


def test_without_a_badge_the_rubrics_title_is_the_name() -> None:
    rubric = build_named("")._replace(title="Teamwork and more", badge=None)
    assert read(draw_badge(rubric)).findtext(f"{SVG}title") == "Teamwork and more"


def test_the_picture_of_the_readme_is_the_one_that_is_drawn() -> None:
    remake = "python -m tests.credentials.drawing makes it anew"
    assert EXAMPLE.read_text(encoding="utf-8") == draw_example(), remake


@pytest.mark.parametrize(("name", "issuer", "count", "language"), ORDINARY)
def test_pictures_are_small_and_nothing_but_pictures(
    name: str, issuer: str, count: int, language: str
) -> None:
    svg = draw_badge(build_named(name, count, language=language), issuer).encode()
    assert len(svg) <= 4096
    assert find_active_content(svg) is None
    assert not isinstance(prepare_art(svg), Refusal)
    # Some renderers know no custom properties and no style sheets, and nothing may come from elsewhere.
    assert re.search(rb"<style|style=|var\(|class=|https?://(?!www\.w3\.org/2000/svg\")", svg) is None


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_lettering_like_any_other(name: str) -> None:
    svg = draw_badge(build_named(name), name)
    assert len(svg.encode()) <= 8192
    assert find_active_content(svg.encode()) is None
    root = read(svg)
    assert root.findtext(f"{SVG}title")
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        *("svg", "title", "desc", "defs", "linearGradient", "stop", "path", "circle", "g", "use", "text")
    }
    lines = read_lines(svg)
    assert 1 <= len(lines) <= 6
    assert all(lines)
    # Neither at work nor written out: a picture is no place for escapes.
    assert re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]|\\\\[ux]", svg) is None


def test_a_name_of_nothing_visible_gives_way_to_the_rubrics_id() -> None:
    assert read_lines(draw_badge(build_named("\u202e\u200b", rubric_id="ethics")))[0] == "ethics"


@given(st.text(max_size=120), st.text(max_size=120), st.integers(1, 70))
@example("a\u200c\u202e\u200db", "\u0915\u094d\u200d", 61)
def test_any_text_gives_a_picture(name: str, issuer: str, count: int) -> None:
    svg = draw_badge(build_named(name, count), issuer)
    assert find_active_content(svg.encode()) is None
    lines = read_lines(svg)
    assert 1 <= len(lines) <= 6
    for element in read(svg).iter(f"{SVG}text"):
        assert 60 < float(element.attrib["y"]) < 340
        assert float(element.attrib["font-size"]) >= 13


def test_long_words_break_at_syllables_and_soft_hyphens_and_short_ones_never() -> None:
    def break_lines(name: str) -> list[str]:
        return read_lines(draw_badge(build_named(name), "I"))[:-1]

    assert break_lines("Communication") == ["Communication"]
    assert break_lines("Kommunikationskompetenz") == ["Kommunika-", "tionskompetenz"]
    assert break_lines("Kommunikations\xadkompetenz") == ["Kommunikations-", "kompetenz"]
    assert break_lines("Soft\xadware") == ["Software"]
    assert " ".join(break_lines(CLINICAL)) == CLINICAL


def test_lines_of_chinese_do_not_begin_with_closing_marks() -> None:
    opening, closing, comma = "\uff08\uff09\uff0c"
    name = f"团队协作能力{opening}高级{closing}{comma}沟通与反馈{opening}中级{closing}"
    lines = read_lines(draw_badge(build_named(name), "示例"))
    assert len(lines) > 2
    assert not any(line.startswith((closing, comma)) or line.endswith(opening) for line in lines)


def test_what_is_too_long_ends_in_an_ellipsis_and_the_title_has_it_all() -> None:
    name = " ".join(f"Word{number}" for number in range(40))
    svg = draw_badge(build_named(name), "Institute " * 20)
    lines = read_lines(svg)
    assert sum(line.endswith("…") for line in lines) == 2
    assert lines[0].startswith("Word0 Word1")
    assert read(svg).findtext(f"{SVG}title") == name


@pytest.mark.parametrize(
    ("text", "direction"),
    [("Teamwork", "ltr"), ("العمل الجماعي (2)", "rtl"), ("(2) שיתוף", "rtl"), ("团队", "ltr"), ("12", "ltr")],
)
def test_lettering_runs_in_its_direction(text: str, direction: str) -> None:
    texts = list(read(draw_badge(build_named(text), "Example")).iter(f"{SVG}text"))
    assert {each.attrib["direction"] for each in texts[:-1]} == {direction}
    assert texts[-1].attrib["direction"] == "ltr"


@pytest.mark.parametrize("count", range(1, 31))
def test_each_subcompetency_has_a_lobe_and_a_jewel(count: int) -> None:
    context = describe_picture(build_named("Teamwork", count), "Example College")
    assert str(context["jewels"]).count("h0") == count
    lobes = str(context["lobes"])
    assert lobes.lower().count("a") == count
    # Nothing of the ornament is outside the disc.
    points = re.findall(r"([\d.]+) ([\d.]+)(?=[Az])", lobes.removesuffix("-.1 0z"))
    assert len(points) == (count + 1 if count > 1 else 0)
    assert all(math.dist((200, 200), (float(x), float(y))) < 187 for x, y in points)


def test_the_same_rubric_gives_the_same_bytes_and_others_differ() -> None:
    assert draw_badge(build_named("Teamwork")) == draw_badge(build_named("Teamwork"))
    variants = {
        draw_badge(build_named("Teamwork")),
        draw_badge(build_named("Teamwork", 5)),
        draw_badge(build_named("Writing")),
        draw_badge(build_named("Teamwork", rubric_id="writing")),
        draw_badge(build_named("Teamwork"), "Another College"),
    }
    assert len(variants) == 5


def test_pictures_on_one_page_do_not_use_each_others_parts() -> None:
    one, other = (draw_badge(build_named("Teamwork", rubric_id=rubric_id)) for rubric_id in ("one", "other"))
    assert not set(re.findall(r'id="(\w+)"', one)) & set(re.findall(r'id="(\w+)"', other))
    assert set(re.findall(r'#(b\w+)[")]', one)) == set(re.findall(r'id="(\w+)"', one))


def test_colours_follow_from_the_id_and_all_schemes_are_used() -> None:
    # Badges are out in the world in these colours.
    names = [choose_scheme(rubric_id).name for rubric_id in ("teamwork", "writing", "ethics", "nursing")]
    assert names == ["orchid", "moss", "copper", "copper"]
    counts = dict.fromkeys(SCHEMES, 0)
    for number in range(800):
        counts[choose_scheme(f"rubric-{number}")] += 1
    assert min(counts.values()) > 50


def mix(over: str, under: str, opacity: float) -> str:
    pairs = ((int(over[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(top * opacity + below * (1 - opacity)):02x}" for top, below in pairs)


@pytest.mark.parametrize("scheme", SCHEMES, ids=[scheme.name for scheme in SCHEMES])
def test_lettering_can_be_read_on_its_ground(scheme: ColourScheme) -> None:
    for petal in (scheme.light, scheme.dark, scheme.deep):
        ground = mix(scheme.deep, petal, VEIL)
        assert measure_contrast(scheme.ink, ground) >= 7
        assert measure_contrast(scheme.soft, ground) >= 7
        assert measure_contrast(scheme.accent, ground) >= 4.5
    # The disc stands out from white paper, its rim from a dark page.
    assert measure_contrast(scheme.deep, "#ffffff") >= 7
    assert scheme.ink == WHITE


def test_the_template_has_no_colour_of_its_own() -> None:
    template = read_data("templates", "badge/badge.svg.j2").decode("utf-8")
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", template) == []


MEASURING = """<!doctype html><meta charset="utf-8"><body>{badges}<output></output><script>
const found = {{}};
for (const badge of document.querySelectorAll("div")) {{
  found[badge.id] = [...badge.querySelectorAll("text")].map(text => {{
    const box = text.getBBox(), size = parseFloat(text.getAttribute("font-size"));
    return [box.x, box.x + box.width, parseFloat(text.getAttribute("y")), size];
  }});
}}
document.querySelector("output").textContent = JSON.stringify(found);
</script></body>"""


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
@pytest.mark.parametrize("family", [None, "DejaVu Sans,Verdana"])
def test_lettering_stays_on_its_ground_in_a_browser(tmp_path: Path, family: str | None) -> None:
    badges = draw_all()
    if family is not None:
        badges = {
            name: re.sub('font-family="[^"]+"', f'font-family="{family}"', svg)
            for name, svg in badges.items()
        }
    page = tmp_path / "badges.html"
    body = "".join(f'<div id="{name}">{svg}</div>' for name, svg in badges.items())
    page.write_text(MEASURING.format(badges=body), encoding="utf-8")
    shown = browse(tmp_path / "profile", "--virtual-time-budget=5000", "--dump-dom", page.as_uri())
    measured = re.search(r"<output>(\{.*?\})</output>", shown)
    assert measured is not None
    found = json.loads(measured[1])
    assert list(found) == list(badges)
    for name, lines in found.items():
        assert lines
        # The accent line of the ground, and for faces as wide as these, its rim.
        bound = 137.5 if family is None and name.startswith("ordinary") else 144
        for left, right, baseline, size in lines:
            corners = [(x, y) for x in (left, right) for y in (baseline - 0.7 * size, baseline)]
            assert all(math.dist((200, 200), corner) <= bound for corner in corners), name
        for (*_, above, _), (*_, below, size) in pairwise(lines):
            assert below - above >= size


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
def test_a_browser_shows_it_and_nothing_around_it(tmp_path: Path) -> None:
    badge, picture = tmp_path / "badge.svg", tmp_path / "badge.png"
    badge.write_text(draw_badge(build_named("Teamwork")), encoding="utf-8")
    browse(
        tmp_path / "profile",
        "--default-background-color=00000000",
        "--window-size=600,40",
        f"--screenshot={picture}",
        badge.as_uri(),
    )
    # The uppermost rows: the corner, the rim, the disc.
    rows = read_pixels(picture.read_bytes())
    deep = tuple(int(choose_scheme("teamwork").deep[at : at + 2], 16) for at in (1, 3, 5))
    assert rows[2][2][3] == 0
    assert rows[6][300] == (255, 255, 255, 255)
    assert rows[13][300][:3] == pytest.approx(deep, abs=2)


def read_pixels(png: bytes) -> list[list[tuple[int, ...]]]:
    """Return the pixels of a PNG of eight-bit RGBA, row by row."""
    place, packed, width, height = 8, b"", 0, 0
    while place < len(png):
        length, kind = struct.unpack_from(">I4s", png, place)
        body = png[place + 8 : place + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack_from(">IIBB", body)
            assert (depth, colour) == (8, 6)
        packed += body if kind == b"IDAT" else b""
        place += length + 12
    raw, above, rows = zlib.decompress(packed), bytes(4 * width), []
    for start in range(0, (4 * width + 1) * height, 4 * width + 1):
        line = undo_filter(raw[start], raw[start + 1 : start + 1 + 4 * width], above)
        rows.append([tuple(line[at : at + 4]) for at in range(0, 4 * width, 4)])
        above = line
    return rows


def undo_filter(kind: int, line: bytes, above: bytes) -> bytes:
    done = bytearray()
    for at, value in enumerate(line):
        left, corner = (done[at - 4], above[at - 4]) if at >= 4 else (0, 0)
        up = above[at]
        nearest = min((left, up, corner), key=lambda other: abs(left + up - corner - other))
        done.append((value + (0, left, up, (left + up) // 2, nearest)[kind]) % 256)
    return bytes(done)


# What rubrics bring along.


def build_png(
    width: int = 64,
    height: int = 64,
    depth: int = 8,
    colour: int = 2,
    extra: bytes = b"",
    rest: bytes = b"\0\0\0",
) -> bytes:
    header = struct.pack(">IIBB", width, height, depth, colour) + rest
    body = zlib.compress(bytes((3 * min(width, 64) + 1) * min(height, 64)))
    return (
        b"\x89PNG\r\n\x1a\n"
        + build_chunk(b"IHDR", header)
        + extra
        + build_chunk(b"IDAT", body)
        + build_chunk(b"IEND", b"")
    )


def build_chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def test_an_svg_stays_as_it_is() -> None:
    svg = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- art -->\n<svg xmlns="http://www.w3.org/2000/svg"><g/></svg>\n'
    assert wrap_picture(svg) == svg
    drawn = draw_badge(build_named("Teamwork")).encode()
    assert wrap_picture(drawn) == drawn


@pytest.mark.parametrize(("width", "height"), [(16, 16), (600, 600), (4096, 17)])
def test_a_png_is_put_into_an_svg_of_its_size(width: int, height: int) -> None:
    png = build_png(width, height)
    wrapped = wrap_picture(png + b"what is behind the end")
    assert isinstance(wrapped, bytes)
    root = ET.fromstring(wrapped)  # noqa: S314 - made by us
    assert root.attrib["viewBox"] == f"0 0 {width} {height}"
    (image,) = root
    assert (image.attrib["width"], image.attrib["height"]) == (str(width), str(height))
    kind, _, content = image.attrib["href"].partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(content) == png
    assert not isinstance(prepare_art(wrapped), Refusal)


REFUSED = (
    (b"", "the picture is empty; give an SVG or a PNG"),
    (b"\xff\xd8\xff\xe0JFIF", "the picture is a JPEG; give an SVG or a PNG"),
    (b"GIF89a", "the picture is a GIF; give an SVG or a PNG"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "the picture is a WebP; give an SVG or a PNG"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "the picture is of no known kind; give an SVG or a PNG"),
    (b"BM1234", "the picture is of no known kind; give an SVG or a PNG"),
    (b"\x89PNG\n\x1a\n", "sent as text; export it anew"),
    (
        b" " * (MAXIMUM_BYTES + 1),
        "the picture has 257 KB, of at most 256: every badge carries it; give a smaller",
    ),
    (build_png(15, 64), "the PNG has 15 × 64 pixels, and a badge 16 to 4,096 on each side; give one of"),
    (build_png(64, 4097), "the PNG has 64 × 4,097 pixels"),
    (build_png(0, 0), "the PNG has 0 × 0 pixels"),
    (build_png(2**31, 64), "the PNG has 2,147,483,648 × 64 pixels"),
    (build_png(depth=3), "the PNG has colours of type 2 with 3 bits, which do not exist; export it anew"),
    (build_png(colour=7), "colours of type 7"),
    (build_png(rest=b"\1\0\0"), "packed in a way that does not exist"),
    (build_png(rest=b"\0\0\2"), "packed in a way that does not exist"),
    (build_png(rest=b"\0\0\0\0"), "the PNG's header has 14 bytes, not 13"),
    (build_png(extra=build_chunk(b"IHDR", bytes(13))), "does not begin with its one header"),
    (build_png(extra=build_chunk(b"iTXt", b"openbadgecredential\0\0\0\0\0{}")), "a badge baked into it"),
    (build_png(extra=build_chunk(b"ABCD", b"")), "the PNG has a ABCD chunk"),
    (build_png(extra=build_chunk(b"\0\0\0\0", b"")), "the PNG is damaged at byte 33"),
    (build_png(extra=b"\xff\xff\xff\xfftEXt" + bytes(4)), "the PNG is cut off"),
    (build_png()[:-1], "the PNG is cut off; export it anew, as a PNG or an SVG"),
    (build_png()[:8], "the PNG is cut off"),
    (build_png()[:33] + build_chunk(b"IEND", b""), "the PNG holds no image"),
    (build_png()[:8] + build_chunk(b"IDAT", b"") + build_png()[8:], "does not begin with its one header"),
    (build_png().replace(b"IDAT", b"IDAt"), "the PNG is damaged in its IDAt chunk, at byte 33"),
    (
        b"<html></html>",
        "root that is no `svg` element of SVG's namespace (line 1, column 1); save it as plain SVG",
    ),
    (b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>', "can do more than be seen"),
    (b'<svg xmlns="http://www.w3.org/2000/svg">', "not well-formed"),
)


@pytest.mark.parametrize(("data", "reason"), REFUSED, ids=range(len(REFUSED)))
def test_other_pictures_are_refused_and_the_reason_says_what_to_give(data: bytes, reason: str) -> None:
    refusal = wrap_picture(data)
    assert isinstance(refusal, Refusal)
    assert reason in refusal.reason
    assert re.search("(give|export|save) ", refusal.reason)


def test_the_official_test_images_are_taken_unless_corrupt_or_tiny() -> None:
    paths = sorted(find_shared("corpora", "PngSuite", "png").glob("*.png"))
    assert len(paths) > 150
    for path in paths:
        data = path.read_bytes()
        is_tiny = min(struct.unpack_from(">II", data, 16)) < 16
        expected = Refusal if path.name.startswith("x") or is_tiny else bytes
        assert isinstance(wrap_picture(data), expected), path.name


@given(st.binary(max_size=200), st.integers(0, 200), st.integers(0, 3))
def test_any_bytes_are_a_picture_or_a_refusal(noise: bytes, cut: int, start: int) -> None:
    whole = build_png()
    data = ((b"", b"\x89PNG\r\n\x1a\n", b"<", whole[:cut])[start]) + noise
    result = wrap_picture(data)
    assert isinstance(result, Refusal) or find_active_content(result) is None


@given(st.integers(0, len(build_png()) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed(place: int, change: int) -> None:
    png = bytearray(build_png())
    png[place] ^= change
    assert isinstance(wrap_picture(bytes(png)), Refusal)
