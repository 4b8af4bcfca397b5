"""The printed cards: all of them, in every language, each code on the back of its own card; and the slip for codes."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from devtools.gates import shipped
from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Installation
from intake_app.i18n.bidi import strip_controls
from intake_app.paths import resource_dir
from intake_app.plan.content import Code, Pictures, Sheet
from intake_app.plan.handouts import HandoutSetting, handout_sheet
from intake_app.plan.pdf import render_sheet

from .reading import read_tree, said_by, shape_of

SETTING = HandoutSetting(Installation("Bibliotheek Achterhoek", "Groenlo", "0544 000 000"), date(2026, 11, 22))
MOST_BYTES = 500_000
A_SIDE = 4


def sheet_of(name: str, language: str, catalogue: Catalogue) -> Sheet:
    return handout_sheet(name, language, catalogue, SETTING)


def quarters(raw: bytes) -> list[dict[tuple[int, int], str]]:
    """What stands in each quarter of each page, by its place from the left and from above."""
    document = pypdfium2.PdfDocument(raw)
    found = []
    for page in document:
        width, height = page.get_size()
        text = page.get_textpage()
        found.append(
            {
                (across, down): " ".join(
                    text.get_text_bounded(
                        across * width / 2, height - (down + 1) * height / 2, (across + 1) * width / 2,
                        height - down * height / 2,
                    ).split()
                )
                for across in (0, 1)
                for down in (0, 1)
            }
        )  # fmt: skip
    document.close()
    return found


def code_by_front(raw: bytes) -> dict[str, str]:
    """Every front that has words to the code on its back, as they lie when the sheet is turned on its long edge."""
    found = {}
    pages = quarters(raw)
    for front, back in zip(pages[::2], pages[1::2], strict=True):
        for (across, down), words in front.items():
            if code := back[1 - across, down]:
                found[words] = code.split()[0]
    return found


@pytest.mark.parametrize("name", ["card-deck", "table-deck"])
def test_each_code_lies_on_the_back_of_its_own_card(catalogue: Catalogue, resources: Path, name: str) -> None:
    raw = render_sheet(sheet_of(name, "nl", catalogue), resources)

    wanted = {
        card.label_nl: card.id.upper() for card in catalogue.cards.values() if card.in_deck or name == "card-deck"
    }
    assert len(wanted) == (76 if name == "card-deck" else 24)
    assert code_by_front(raw) == wanted


@pytest.mark.parametrize("language", shipped())
def test_the_whole_deck_is_there_in_every_language(catalogue: Catalogue, resources: Path, language: str) -> None:
    sheet = sheet_of("card-deck", language, catalogue)
    raw = render_sheet(sheet, resources)

    assert len(raw) < MOST_BYTES
    assert shape_of(read_tree(raw).kids) == shape_of(said_by(sheet))
    printed = re.findall(
        r"\b[A-Z]\d{1,2}\b", " ".join(words for page in quarters(raw)[1::2] for words in page.values())
    )
    assert sorted(printed) == sorted(card.id.upper() for card in catalogue.cards.values())


@pytest.mark.parametrize("language", shipped())
def test_no_card_reaches_over_the_line_where_it_is_cut(catalogue: Catalogue, resources: Path, language: str) -> None:
    for name in ("card-deck", "my-cards"):
        document = pypdfium2.PdfDocument(render_sheet(sheet_of(name, language, catalogue), resources))
        for page in document:
            width, height = page.get_size()
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, low, right, high = text.get_rect(index)
                for edge, from_, to in ((width, left, right), (height, low, high)):
                    assert int(from_ / (edge / 2)) == int(to / (edge / 2)), text.get_text_bounded(
                        left, low, right, high
                    )
                    assert min(abs(place - line) for place in (from_, to) for line in (0, edge / 2, edge)) > 12
        document.close()


def test_fronts_have_picture_and_words_and_never_the_code(catalogue: Catalogue) -> None:
    pages = sheet_of("card-deck", "uk", catalogue).pages
    sides = [pages[start : start + A_SIDE] for start in range(0, len(pages), A_SIDE)]
    fronts = [block for side in sides[::2] for page in side for block in page if isinstance(block, Pictures)]

    pictures = [picture for front in fronts for picture, _ in front.items]
    assert pictures[:-3] == [f"card_{one}" for one in catalogue.cards]
    assert all(words.own.text and words.nl.text for front in fronts for _, words in front.items)
    assert not any(isinstance(block, Code) for side in sides[::2] for page in side for block in page)


@pytest.mark.parametrize("name", ["card-deck", "table-deck"])
def test_the_deck_ends_with_the_three_faces_of_the_screen(catalogue: Catalogue, name: str) -> None:
    blocks = [block for page in sheet_of(name, "nl", catalogue).pages for block in page]
    faces = [block.items[0] for block in blocks if isinstance(block, Pictures)][-3:]
    intake = (resource_dir("forms") / "intake.md").read_text(encoding="utf-8")

    assert [words.nl.text for _, words in faces] == ["Leuk", "Weet ik niet", "Niet voor mij"]
    for listed in ("smile3", "reaction"):
        shown = re.findall(rf"^\|  \| {listed} \|[^|]*\|[^|]*\| (\w+) \|", intake, re.MULTILINE)
        assert shown == [picture for picture, _ in faces], listed


def test_what_is_cut_out_tells_of_the_machine_translation_too(catalogue: Catalogue) -> None:
    for name in ("card-deck", "table-deck", "my-cards"):
        said = str(shape_of(said_by(sheet_of(name, "ti", catalogue))))
        assert "Vertaald met de computer." in said, name
        assert "Vertaald met de computer." not in str(shape_of(said_by(sheet_of(name, "nl", catalogue)))), name


def test_four_of_the_same_slip_stand_on_one_page(catalogue: Catalogue, resources: Path) -> None:
    (page,) = quarters(render_sheet(sheet_of("my-cards", "nl", catalogue), resources))

    assert len(set(page.values())) == 1
    assert strip_controls(page[0, 0]).startswith("Mijn kaarten Schrijf hier de codes")
