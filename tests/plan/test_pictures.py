"""Pictograms and QR codes are drawn as shapes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import segno
from reportlab.pdfgen.canvas import Canvas

from intake_app.errors import FileMissing, PlanError
from intake_app.plan.pictures import draw_picture, draw_qr, first_name, load_picture, parse_picture
from intake_app.plan.svg_path import path_segments


def picture_of(body: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{body}</svg>'.encode()


def darkness(raw: bytes, side: int = 40) -> list[list[bool]]:
    """A picture drawn on a square page: True where ink stands, top row first."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(side, side), invariant=1)
    draw_picture(canvas, parse_picture(raw), 0, side, side)
    canvas.save()
    document = pdfium.PdfDocument(out.getvalue())
    image = document[0].render(scale=1, grayscale=True)
    rows = [[image.buffer[y * image.stride + x] < 128 for x in range(side)] for y in range(side)]
    document.close()
    return rows


@pytest.mark.parametrize(
    "body",
    [
        '<rect x="0" y="0" width="5" height="5"/>',
        '<path d="M0 0h5v5H0z"/>',
        '<path d="m0,0 5,0 0,5 -5,0z"/>',
        '<polygon points="0,0 5,0 5,5 0,5"/>',
        '<g transform="translate(-5 -5)"><rect x="5" y="5" width="5" height="5"/></g>',
        '<rect width="1" height="1" transform="scale(5)"/>',
        '<rect x="-5" y="0" width="5" height="5" transform="rotate(90 0 0) translate(5 -5)"/>',
        '<rect width="5" height="5" style="fill:#000"/>',
        '<line x1="0" y1="2.5" x2="5" y2="2.5" stroke="currentColor" stroke-width="5"/>',
        '<path d="M2.5,0 a2.5 2.5 0 0 1 0,5 a2.5 2.5 0 01 0-5" stroke="#000" stroke-width="2"/>',
        '<circle cx="2.5" cy="2.5" r="2.5" stroke="black" stroke-width="1.5"/>',
        '<ellipse cx="2.5" cy="2.5" rx="2.5" ry="2.5" stroke="black" stroke-width="1.5"/>',
        '<polyline points="0,2.5 5,2.5" fill="none" stroke="#000" stroke-width="5"/>',
    ],
)
def test_a_shape_inks_its_own_quarter_and_no_other(body: str) -> None:
    rows = darkness(picture_of(body))

    inked = {(y // 20, x // 20) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark and 2 < x % 20 < 17}
    inked = {
        place
        for place in inked
        if sum(
            rows[y][x]
            for y in range(place[0] * 20, place[0] * 20 + 17)
            for x in range(place[1] * 20, place[1] * 20 + 17)
        )
        > 150
    }
    assert inked == {(0, 0)}


def test_a_hole_stays_open() -> None:
    rows = darkness(picture_of('<path fill-rule="evenodd" d="M0 0h10v10H0zM2 2h6v6H2z"/>'))

    assert rows[2][2]
    assert not rows[20][20]


def test_curves_go_on_smoothly_from_their_mirrored_control_point() -> None:
    curves = path_segments("M0 0C1 2 3 4 5 5S9 9 10 10")

    assert curves[2] == ("C", 7.0, 6.0, 9.0, 9.0, 10.0, 10.0)


def test_flags_of_an_arc_may_stand_without_a_space() -> None:
    assert path_segments("M0 0a5 5 0 015 5") == path_segments("M0 0 a 5 5 0 0 1 5 5")


@pytest.mark.parametrize("data", ["M0", "M 1 2 C 1 2 3"])
def test_path_data_that_is_not_whole_is_refused(data: str) -> None:
    with pytest.raises(PlanError):
        path_segments(data)


def test_a_picture_with_a_document_type_is_refused() -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>'

    with pytest.raises(PlanError):
        parse_picture(bomb)


def test_a_broken_picture_is_refused() -> None:
    with pytest.raises(PlanError):
        parse_picture(b"<svg>")


def test_an_absent_picture_is_named() -> None:
    with pytest.raises(FileMissing):
        load_picture(Path("nowhere") / "card_x.svg")


def test_an_occupation_from_a_list_of_others_has_the_picture_of_its_sector(resources: Path) -> None:
    folder = resources / "pictograms" / "black"

    assert first_name(folder, "occupation_hd2", "sector_care") == "occupation_hd2"
    assert first_name(folder, "occupation_http-esco", "sector_care") == "sector_care"


def test_every_shipped_pictogram_can_be_drawn(resources: Path) -> None:
    canvas = Canvas(BytesIO(), invariant=1)
    files = sorted((resources / "pictograms" / "black").glob("*.svg"))

    for file in files:
        picture = load_picture(file)
        assert picture.shapes, file.name
        draw_picture(canvas, picture, 0, 50, 50)
    assert len(files) > 100


def test_a_qr_code_is_drawn_module_by_module_inside_a_quiet_edge() -> None:
    rows = [bytes(row) for row in segno.make("4711-2085-1", error="m", micro=False).matrix]
    side = 10 * (len(rows) + 8)
    out = BytesIO()
    canvas = Canvas(out, pagesize=(side, side), invariant=1)
    draw_qr(canvas, "4711-2085-1", 0, side, side)
    canvas.save()
    document = pdfium.PdfDocument(out.getvalue())
    image = document[0].render(scale=1, grayscale=True)
    seen = [bytes(image.buffer[y * image.stride + x] < 128 for x in range(5, side, 10)) for y in range(5, side, 10)]
    document.close()

    empty = bytes(len(rows) + 8)
    assert seen == [empty] * 4 + [bytes(4) + row + bytes(4) for row in rows] + [empty] * 4
