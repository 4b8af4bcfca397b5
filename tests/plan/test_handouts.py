"""Papers for the table: each in every language, on as many pages as it should take, with what it must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.plan import Installation
from intake_app.errors import UnknownName
from intake_app.papers import short_talk
from intake_app.plan.handouts import HANDOUTS, HandoutSetting, handout_sheet, render_handout

from .reading import read_tree, said_by, shape_of, walk

PLACE = Installation("Bibliotheek Achterhoek", "Groenlo", "0544 000 000")
SETTING = HandoutSetting(PLACE, date(2026, 11, 22))
PAGES = {"card-deck": 40, "table-deck": 14, "addresses": 5, "short-intake": 9}
A5 = ("withdrawal-slip", "privacy-notice", "cheat-sheet", "youth-sheet")


def said(raw: bytes) -> str:
    document = pypdfium2.PdfDocument(raw)
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return " ".join(text.split())


@pytest.mark.parametrize("language", ["nl", "ar", "uk"])
@pytest.mark.parametrize("name", HANDOUTS)
def test_every_paper_is_tagged_and_takes_no_more_pages_than_it_should(
    catalogue: Catalogue, resources: Path, name: str, language: str
) -> None:
    setting = replace(SETTING, questions=short_talk(language)) if name == "short-intake" else SETTING

    sheet = handout_sheet(name, language, catalogue, setting)
    raw = render_handout(name, language, catalogue, setting, resources)

    assert shape_of(read_tree(raw).kids) == shape_of(said_by(sheet))
    with pikepdf.open(BytesIO(raw)) as pdf:
        assert len(pdf.pages) <= PAGES.get(name, 1)
        width = float(pdf.pages[0].mediabox[2])
    assert width == pytest.approx(420 if name in A5 else 595, abs=1)


def test_the_consent_form_asks_each_consent_and_a_signature(catalogue: Catalogue, resources: Path) -> None:
    text = said(render_handout("consent-form", "nl", catalogue, SETTING, resources))

    assert text.count("Ja") >= 6
    assert "Mijn antwoorden op deze laptop bewaren." in text
    assert "handtekening" in text


def test_the_withdrawal_slip_can_ask_for_everything_to_be_erased(catalogue: Catalogue, resources: Path) -> None:
    text = said(render_handout("withdrawal-slip", "nl", catalogue, SETTING, resources))

    assert "Ik wil dat u stopt met:" in text
    assert "Wis alles." in text


def test_addresses_are_those_of_the_municipality_and_old_ones_are_marked(catalogue: Catalogue, resources: Path) -> None:
    setting = replace(SETTING, municipality="winterswijk")
    now = said(render_handout("addresses", "nl", catalogue, setting, resources))
    later = said(render_handout("addresses", "nl", catalogue, replace(setting, today=date(2027, 11, 22)), resources))

    assert "Adressen in Winterswijk" in now
    assert "Bel eerst." not in now
    assert "Bel eerst." in later
    elsewhere = [one for one in catalogue.organisations.values() if "winterswijk" not in one.municipalities]
    assert all(one.label_nl not in now for one in elsewhere)


def test_the_crisis_card_has_its_numbers(catalogue: Catalogue, resources: Path) -> None:
    text = said(render_handout("crisis-card", "nl", catalogue, SETTING, resources)).replace("\xa0", " ")

    for number in ("112", "0800 2000", "0800 0113"):
        assert number in text


def test_the_short_talk_on_paper_asks_in_the_order_of_the_short_talk() -> None:
    labels = [asked.label.nl.text for asked in short_talk("ar")]

    assert labels[0] == "In welke taal praat u het liefst?"
    assert labels.index("Waarmee kan ik u vandaag helpen?") < labels.index("Hoe lang wilt u praten?")
    assert len(labels) > 30
    assert not any("<" in label or "{" in label for label in labels)


def test_unknown_names_are_told(catalogue: Catalogue, resources: Path) -> None:
    with pytest.raises(UnknownName):
        render_handout("poster", "nl", catalogue, SETTING, resources)
    with pytest.raises(UnknownName):
        render_handout("addresses", "nl", catalogue, replace(SETTING, municipality="atlantis"), resources)


def test_the_youth_sheet_names_school_and_both_partners_and_leaves_the_choice(
    catalogue: Catalogue, resources: Path
) -> None:
    text = said(render_handout("youth-sheet", "nl", catalogue, SETTING, resources))

    for words in ("uw school", "Doorstroompunt", "ZEG Achterhoek", "Nee is ook goed", "Uw ouder"):
        assert words in text


@pytest.mark.parametrize("name", HANDOUTS)
def test_no_picture_is_described_by_the_words_beside_it(catalogue: Catalogue, name: str) -> None:
    sheet = handout_sheet(name, "nl", catalogue, SETTING)

    spoken = [one.text for top in said_by(sheet) for one in walk(top) if one.tag not in ("Figure", "Lbl")]
    for figure in (one for top in said_by(sheet) for one in walk(top) if one.tag == "Figure"):
        assert figure.text not in spoken
