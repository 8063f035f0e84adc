"""The picture of a badge: the one that is drawn for a rubric, and the one that a rubric brings along."""

import base64
import zlib

from microcred_cli.credentials.colour_schemes import VEIL, choose_scheme
from microcred_cli.credentials.inscription import Lettering, inscribe
from microcred_cli.credentials.lettering import clean_text, find_direction, print_text, shorten_text
from microcred_cli.credentials.rosette import (
    CENTRE,
    MOST_LOBES,
    draw_jewels,
    draw_lobes,
    size_jewels,
    turn_copies,
    write_decimal,
)
from microcred_cli.model.refusal import Refusal
from microcred_cli.model.rubric import Rubric
from microcred_cli.texts.picture_reader import INSTEAD_OF_SVG, read_picture
from microcred_cli.texts.svg_reader import find_active_content

# In em. More than the first fits into no inscription, so that a page of text takes no time.
_LONGEST_INSCRIBED = 60.0
_LONGEST_TITLE = 400.0
_LONGEST_DESCRIPTION = 150.0


def describe_picture(rubric: Rubric, issuer: str) -> dict[str, object]:
    """Return what the template of the picture prints for a rubric and the name of its issuer.

    Plain data: the lettering in its place, the ornament with a lobe and a jewel for each sub-competency,
    and the colours. The same rubric and issuer always give the same.
    """
    name = clean_text(rubric.title if rubric.badge is None else rubric.badge.name) or rubric.id
    issuer = clean_text(issuer)
    inscription = inscribe(shorten_text(name, _LONGEST_INSCRIBED), shorten_text(issuer, _LONGEST_INSCRIBED))
    count = min(max(len(rubric.subcompetencies), 1), MOST_LOBES)
    return {
        "anchor": f"b{zlib.crc32(rubric.id.encode()):08x}",
        "language": rubric.language,
        "title": shorten_text(print_text(name), _LONGEST_TITLE),
        "description": _describe_parts(rubric, issuer),
        "colour": choose_scheme(rubric.id)._asdict(),
        "veil": f"{VEIL:.2f}",
        "lobes": draw_lobes(count),
        "turns": list(turn_copies(count)),
        "jewels": draw_jewels(count),
        "jewel": size_jewels(count),
        "name": _describe_lettering(inscription.name, name),
        "rule": write_decimal(CENTRE + inscription.rule),
        "issuer": _describe_lettering(inscription.issuer, issuer),
    }


def _describe_parts(rubric: Rubric, issuer: str) -> str:
    """Return what the picture shows, in the rubric's own words: the issuer and the sub-competencies."""
    titles = " · ".join(clean_text(part.title) for part in rubric.subcompetencies)
    return shorten_text(print_text(": ".join(filter(None, (issuer, titles)))), _LONGEST_DESCRIPTION)


def _describe_lettering(lettering: Lettering, text: str) -> dict[str, object]:
    return {
        "size": write_decimal(lettering.size),
        "direction": find_direction(text),
        "lines": [{"text": line.text, "y": write_decimal(CENTRE + line.y)} for line in lettering.lines],
    }


def wrap_picture(data: bytes) -> bytes | Refusal:
    """Return the picture that a rubric brings along as an SVG: an SVG as it is, a PNG within one.

    Refused, with what to give instead: other kinds, more than 256 KB, a PNG that is damaged or not
    16 to 4096 pixels on each side, an SVG that holds more than a picture.
    """
    picture = read_picture(data)
    if isinstance(picture, Refusal):
        return picture
    if picture.sides is not None:
        return _wrap_png(picture.data, *picture.sides)
    refusal = find_active_content(data)
    return data if refusal is None else Refusal(f"{refusal.reason}; {INSTEAD_OF_SVG}")


def _wrap_png(data: bytes, width: int, height: int) -> bytes:
    """Put a PNG into an SVG of its size."""
    text = base64.b64encode(data).decode("ascii")
    size = f'width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>'
        f'<image {size} href="data:image/png;base64,{text}"/></svg>'
    ).encode("ascii")
