"""What the tools that make and show our pictures promise."""

import re
from pathlib import Path

import pypdfium2
import pytest

from devtools import contact_sheet, pictograms
from devtools.drawn_pictures import drawing
from devtools.wanted_pictures import Wanted, wanted


def blue_shapes(code: str) -> int:
    return len(re.findall('fill="#92D3F5"', drawing(code, colour=True)))


def test_more_is_drawn_as_more():
    assert [blue_shapes(f"made:amount:{count}") for count in range(5)] == [0, 1, 2, 3, 4]
    assert [blue_shapes(f"made:week:{days}") for days in ("0", "0.4", "1.5", "5")] == [0, 1, 2, 5]


def test_each_municipality_has_its_own_place_and_elsewhere_has_no_pin():
    assert drawing("made:place:aalten", colour=True) != drawing("made:place:winterswijk", colour=True)
    assert "#EA5A47" in drawing("made:place:aalten", colour=True)
    assert "#EA5A47" not in drawing("made:place:elsewhere", colour=True)


@pytest.mark.parametrize("letters", ["Ne", "Ук", "عر", "ትግ"])
def test_letters_of_every_script_are_drawn_as_outlines(letters: str):
    svg = drawing(f"made:spoken:{letters}", colour=False)

    assert "<text" not in svg
    assert len(re.findall(r"[MLQC]-?\d", svg)) > 10


def test_a_kind_of_drawing_that_is_not_there_is_refused():
    with pytest.raises(KeyError):
        drawing("made:flag:nl", colour=True)


def test_a_badge_stands_small_in_a_corner_on_a_white_disc(tmp_path: Path):
    part = tmp_path / "part.svg"
    part.write_text('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h72"/></svg>')

    svg = pictograms.compose([part, part], "1F3E0^own:no")

    assert pictograms.BASE in svg
    assert svg.index("circle") < svg.index(pictograms.BADGE)
    assert "OpenMoji 17.0.0, 1F3E0; CC BY-SA 4.0; put together" in svg


def test_the_sheets_show_everything_with_its_words_and_its_id(tmp_path: Path):
    cells = [thing for thing in wanted() if thing.group in {"beroepen", "intake: sector"}]
    pdf = tmp_path / "pictures.pdf"

    contact_sheet.draw(cells, pdf)

    document = pypdfium2.PdfDocument(pdf)
    text = "".join(document[number].get_textpage().get_text_bounded() for number in range(len(document)))
    document.close()
    assert [cell.id for cell in cells if cell.id not in text] == []
    assert "Heftruckchauffeur" in text


def test_what_has_no_picture_is_told():
    there, gone = Wanted("beroepen", "hd2", "Kok", "occupation_hd2"), Wanted("beroepen", "x", "Niets", "occupation_x")

    assert contact_sheet.without_picture([there, gone]) == [gone]
