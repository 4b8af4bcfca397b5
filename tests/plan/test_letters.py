"""Papers about rights tell of each consent how long it holds: that of the laptop, the case card or the centre."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from intake_app.domain.catalogue import Catalogue
from intake_app.domain.consent import ConsentCode, ConsentRecord
from intake_app.domain.ids import ParticipantNumber
from intake_app.domain.letters import DataCopy, ToldAnswer, ToldElsewhere
from intake_app.domain.plan import Installation
from intake_app.plan.content import Check, Text
from intake_app.plan.handouts import HandoutSetting, handout_sheet
from intake_app.plan.letters import letter_sheet

from .reading import said_by, walk

PLACE = Installation(
    "Bibliotheek", "Groenlo", "", laptop_days=31, central_months=13, special_months=7, case_card_days=45
)
PERIODS = {
    "C1": "tot 31 dagen", "C2": "tot 13 maanden", "C3": "tot 45 dagen", "C4": "hoogstens 7 maanden",
    "C5": "hoogstens 7 maanden",
}  # fmt: skip


def copy_of(code: str, catalogue: Catalogue) -> str:
    at = datetime(2026, 11, 22, 10, tzinfo=UTC)
    record = ConsentRecord(ConsentCode(code), given=True, text_version="1", language="nl", way="spoken", at=at)
    letter = DataCopy(ParticipantNumber("4711-2085"), "nl", date(2026, 11, 22), PLACE, consents=(record,))
    checks = [block for page in letter_sheet(letter, catalogue).pages for block in page if isinstance(block, Check)]
    return " ".join(text.pair.nl.text for check in checks for text in check.texts if isinstance(text, Text))


@pytest.mark.parametrize(("code", "period"), PERIODS.items())
def test_a_copy_of_the_data_tells_how_long_each_consent_holds(catalogue: Catalogue, code: str, period: str) -> None:
    assert period in copy_of(code, catalogue)


def test_a_copy_of_the_data_prints_agreements_appointments_and_what_another_place_wrote(catalogue: Catalogue) -> None:
    elsewhere = ToldElsewhere("Winterswijk", date(2026, 11, 3), (ToldAnswer("Doel?", "Doel?", "kok", "kok"),))
    letter = DataCopy(
        ParticipantNumber("4711-2085"), "nl", date(2026, 11, 22), PLACE,
        card={"contact": "06 1", "steps": "Langs bij het Werkcentrum", "tasters": "Proeverij zorg", "referrals": "GGD"},
        next_date=date(2026, 12, 1), spoken_on=(date(2026, 11, 9),), missed=2, elsewhere=(elsewhere,),
    )  # fmt: skip
    printed = " ".join(one.text for top in said_by(letter_sheet(letter, catalogue)) for one in walk(top))
    for told in ("Langs bij het Werkcentrum", "Proeverij zorg", "GGD", "1 december 2026", "9 november 2026"):
        assert told in printed
    for told in ("Winterswijk", "3 november 2026", "kok"):
        assert told in printed


@pytest.mark.parametrize("name", ["consent-form", "privacy-notice"])
def test_forms_and_notices_tell_the_same_periods(catalogue: Catalogue, name: str) -> None:
    sheet = handout_sheet(name, "nl", catalogue, HandoutSetting(PLACE, date(2026, 11, 22)))
    told = " ".join(one.text for top in said_by(sheet) for one in walk(top))

    for period in PERIODS.values():
        assert period in told
