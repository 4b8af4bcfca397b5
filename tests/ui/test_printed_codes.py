"""What is printed on the back of the cards is what the talk takes: typed at the cards, and at the three favourites."""

from __future__ import annotations

import pypdfium2
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake_app.services.handouts import make_handout
from intake_app.services.office import Office
from tests.ui.tables import Begun, Table, click

MOST = 3
"""So many favourites are asked (DOMAIN i03)."""


def on_the_backs(pdf: bytes) -> list[str]:
    """The first word of each card that has a back, sheet by sheet."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for number in range(1, len(document), 2):
        page = document[number]
        width, height = page.get_size()
        text = page.get_textpage()
        for left, low in ((0.0, height / 2), (width / 2, height / 2), (0.0, 0.0), (width / 2, 0.0)):
            found += text.get_text_bounded(left, low, left + width / 2, low + height / 2).split()[:1]
    document.close()
    return found


@pytest.fixture
def printed(office: Office) -> list[str]:
    return on_the_backs(make_handout(office, "card-deck", "ar"))


def type_codes(table: Table, concept: str, codes: str) -> None:
    field = table.control(concept).table
    if not field.panel.opened:
        click(field.button)
    field.codes.set_text("")
    QTest.keyClicks(field.codes, codes)
    click(field.add)
    QApplication.processEvents()


def test_every_printed_code_is_taken_by_the_cards_of_the_talk(begun: Begun, office: Office, printed: list[str]) -> None:
    table = begun("cards")

    for start in range(0, len(printed), 19):
        type_codes(table, "cards", " ".join(printed[start : start + 19]))
        assert table.control("cards").table.codes.text() == "", "a code that is not known stays in the line"

    assert set(table.value("cards").split()) == {f"card_{one}" for one in office.catalogue.cards}
    assert len(printed) == len(set(printed)) == 76


def test_every_printed_code_is_taken_by_the_favourites(begun: Begun, office: Office, printed: list[str]) -> None:
    every = " ".join(f"card_{one}" for one in office.catalogue.cards)
    table = begun("top3", family="h t z", cards=every)
    presenter = table.page.presenter
    (ref,) = (ref for ref in presenter.model().refs() if table.concept(ref) == "top3")

    for start in range(0, len(printed), MOST):
        three = printed[start : start + MOST]
        type_codes(table, "top3", " ".join(three))

        assert table.control("top3").table.codes.text() == ""
        assert table.value("top3").split() == [f"card_{one.lower()}" for one in three]
        table.control("top3").answered.emit(ref, "")
        QApplication.processEvents()
        table.control("top3").show_value("")
