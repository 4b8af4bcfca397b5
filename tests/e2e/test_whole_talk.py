"""A whole talk through the real window: from the choice of language to the saved plan and the finished record."""

import json
import re
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt

from intake_app.paths import resource_dir
from intake_app.ui.pages.first_access import FirstAccessPage
from intake_app.ui.pages.first_start import PlaceStepPage, ReadyPage, WelcomePage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.recovery_key import RecoveryKeyPage
from intake_app.ui.pages.send import SendPage
from tests.e2e.conftest import PASSPHRASE
from tests.e2e.driver import Driver, KeyDriver, MouseDriver, TouchDriver

LETTERS = {"ar": "[\u0600-\u06ff]{4}", "en": "My first step"}
SAMPLE = resource_dir("sample", "talks", "short-refugee-cook.json")


PLACE = {
    "location": "Bibliotheek Groenlo",
    "phone": "0544 000 000",
    "controller": "Voorbeeldorganisatie",
    "controller_contact": "privacy@voorbeeld.example",
    "data_officer": "Functionaris Voorbeeld",
    "privacy_text": "voorbeeld.example/privacy",
}


def answers(language: str) -> dict[str, object]:
    """The invented person of the sample, as a short talk in the window hears her."""
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))["answers"]
    words = {
        "ar": {"call_name": "سميرة", "job": ["طباخ"], "asked_for": "الطبخ للحفلات", "place": "Groenlo"},
        "en": {"call_name": "Samira", "job": ["cook"], "asked_for": "Cooking for parties", "place": "Groenlo"},
    }
    return told | {"talk_language": language, "goal": "@first", "step": ["@first"]} | words[language]


def first_start(driver: Driver) -> None:
    driver.press(driver.wait_for(WelcomePage).go)
    page = driver.wait_for(FirstAccessPage)
    driver.write(page.name, "Anna Voorbeeld")
    driver.write(page.passphrase.entry, PASSPHRASE)
    driver.write(page.again.entry, PASSPHRASE)
    driver.press(page.go)
    key = driver.wait_for(RecoveryKeyPage)
    for name, check in key.checks.items():
        driver.write(check, getattr(key.halves, name).split()[-1])
    driver.press(key.go)
    place = driver.wait_for(PlaceStepPage)
    for name, words in PLACE.items():
        driver.write(place.entries[name], words)
    driver.choose(place.basis, "consent")
    driver.press(place.go)
    driver.press(driver.wait_for(ReadyPage).go)
    home = driver.wait_for(HomePage)
    driver.press(home.begin)
    driver.qtbot.waitUntil(lambda: driver.window.talk is not None and not driver.window.busy.isVisible())


def to_the_plan(driver: Driver, file: Path) -> PlanPage:
    driver.answer_screens()
    driver.press(driver.wait_for(ReadingBackPage).right)
    driver.press(driver.wait_for(OffersPage).go_on)
    plan = driver.wait_for(PlanPage)
    plan.desk.choose_file = lambda _parent, _name: str(file)
    driver.qtbot.waitUntil(lambda: plan.ready, timeout=20000)
    with driver.qtbot.waitSignal(plan.handed_over):
        driver.press(plan.save)
    driver.press(plan.go_on)
    driver.press(plan.go_on)
    return plan


def paper(file: Path) -> str:
    document = pypdfium2.PdfDocument(file.read_bytes())
    text = " ".join(document[number].get_textpage().get_text_range() for number in range(len(document)))
    document.close()
    return " ".join(text.split())


def records(window) -> dict[str, object]:
    with window.office.store.unit_of_work() as uow:
        return {
            "people": uow.participants.list(),
            "drafts": uow.drafts.list(),
            "forms": sorted(str(one.form_id) for one in uow.instances.list()),
            "waiting": sorted(str(one.form_id) for one in uow.outbox.waiting()),
            "replaces": [one.deprecated_id for one in uow.instances.list() if one.deprecated_id],
        }


@pytest.mark.parametrize(("hands", "language"), [(MouseDriver, "ar"), (KeyDriver, "en"), (TouchDriver, "en")])
def test_a_short_talk_ends_with_a_plan_on_paper_and_a_finished_record(hands, language, qtbot, window, tmp_path):
    driver = hands(qtbot, window, answers(language))
    first_start(driver)
    file = tmp_path / "plan.pdf"

    to_the_plan(driver, file)
    driver.answer_screens()
    driver.wait_for(SendPage)

    kept = records(window)
    assert [person.language for person in kept["people"]] == [language]
    assert kept["drafts"] == ()
    assert kept["forms"] == ["intake", "participant", "plan", "status"]
    assert kept["waiting"] == kept["forms"]
    assert kept["replaces"] == []
    assert "Ik wil kok worden." in paper(file)
    assert re.search(LETTERS[language], paper(file))
    assert len(driver.screens) >= 34


def test_a_no_to_writing_down_still_gives_a_plan_and_leaves_nothing(qtbot, window, tmp_path, disk, capfd):
    driver = MouseDriver(qtbot, window, answers("en") | {"consent_record": "no", "handover": ["participant_goes"]})
    first_start(driver)
    file = tmp_path / "plan.pdf"

    with disk.watched() as traces:
        to_the_plan(driver, file)
        driver.answer_screens()
        driver.wait_for(HomePage)

    assert traces.changed == {file.name}
    assert traces.written == []
    assert not [word for word in ("Samira", "Cooking", "cook") for said in capfd.readouterr() if word in said]
    assert records(window) == {"people": (), "drafts": (), "forms": [], "waiting": [], "replaces": []}
    assert file.read_bytes().startswith(b"%PDF")


def test_the_plan_of_a_talk_that_is_not_recorded_can_be_looked_at_without_a_trace(qtbot, window, disk):
    driver = MouseDriver(qtbot, window, answers("en"))
    first_start(driver)
    before_consent = driver.answers.pop("consent_record")
    assert before_consent == "yes"

    with disk.watched() as traces:
        while not driver.talk.presenter.asks("consent_record"):
            driver.answer_screen()
            driver.next()
        window.talk._go(window.talk.presenter.plan_of_now)
        driver.press(driver.wait_for(OffersPage).go_on)
        plan = driver.wait_for(PlanPage)
        for kind in ("large", "data", "private", "plan"):
            plan.kinds.card(kind).click()
            qtbot.waitUntil(lambda: plan.ready and plan._kind in plan._pdfs, timeout=20000)

    assert len(plan._pdfs) == 4
    assert traces.changed == set()
    assert traces.written == []


def test_the_pause_key_blanks_the_screen_until_the_passphrase_is_given(qtbot, window):
    driver = KeyDriver(qtbot, window, answers("en"))
    first_start(driver)
    driver.answer_screen()

    driver.key(Qt.Key.Key_F12)
    assert window.locked
    assert not window.page.isVisible()
    qtbot.waitUntil(window.lock.passphrase.entry.hasFocus)
    driver.write(window.lock.passphrase.entry, "een andere lange zin")
    driver.press(window.lock.go)
    qtbot.waitUntil(window.lock.message.isVisible)
    assert window.locked
    window.lock.passphrase.entry.selectAll()
    driver.write(window.lock.passphrase.entry, PASSPHRASE)
    driver.press(window.lock.go)
    qtbot.waitUntil(lambda: not window.locked)

    assert window.talk.presenter.language == "en"
    assert window.page.isVisible()
