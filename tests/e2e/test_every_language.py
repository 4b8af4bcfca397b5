"""A talk in every shipped language through the real window, and its plan and private sheet on paper."""

from __future__ import annotations

import json
import unicodedata

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from devtools.gates import SCRIPTS, shipped
from intake_app.bootstrap import open_office
from intake_app.i18n.bidi import strip_controls
from intake_app.i18n.languages import LANGUAGES, is_rtl
from intake_app.i18n.phrases import plan_text
from intake_app.paths import resource_dir
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.offers import OffersPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.send import SendPage
from intake_app.ui.widgets.answer_card import AnswerCard
from intake_app.ui.widgets.bilingual import BilingualLabel
from intake_app.ui.widgets.pair import Pair
from tests.e2e.conftest import PASSPHRASE
from tests.e2e.driver import Driver, MouseDriver
from tests.services.helps import settle

SAMPLE = resource_dir("sample", "talks", "short-refugee-cook.json")
NAMES = {"Latn": "Samira", "Arab": "سميرة", "Cyrl": "Саміра", "Ethi": "ሳሚራ"}
FIRST_SCREENS = 7
COOK = ("occupation", "hd1")


def led(qtbot, window: MainWindow, gate, language: str) -> MouseDriver:
    """A talk of the invented person in that language, on its first screen."""
    store = gate.create(PASSPHRASE, "Anna Voorbeeld", "counsellor")
    settle(store)
    office = open_office(store)
    window.opened(office)
    cook = office.catalogue.synonyms[COOK][language][0]
    told = json.loads(SAMPLE.read_text(encoding="utf-8"))["answers"]
    words = {"call_name": NAMES[LANGUAGES[language].script], "job": [cook], "asked_for": cook, "place": "Groenlo"}
    answers = told | {"talk_language": language, "goal": "@first", "step": ["@first"]} | words
    driver = MouseDriver(qtbot, window, answers)
    driver.press(driver.wait_for(HomePage).begin)
    qtbot.waitUntil(lambda: isinstance(window.page, ConversationPage) and not window.busy.isVisible(), timeout=15000)
    return driver


def own_texts(page: QWidget) -> list[tuple[Pair, bool]]:
    """What the participant reads on a page, and whether it runs from right to left there."""
    labels = [label for label in page.findChildren(BilingualLabel) if label.isVisible() and label.pair.dutch]
    found = [(label.pair, label.own.layoutDirection() is Qt.LayoutDirection.RightToLeft) for label in labels]
    cards = [card for card in page.findChildren(AnswerCard) if card.isVisible()]
    return found + [(drawn.pair, drawn.own.rtl) for card in cards for drawn in card.texts.pairs]


def complaints(page: ConversationPage, language: str) -> list[str]:
    """Gaps, other letters or another direction on a screen of the talk."""
    found = []
    script = SCRIPTS[LANGUAGES[language].script]
    for said, mirrored in own_texts(page.board):
        if said.gap:
            found.append(f"a gap: {said.dutch}")
        letters = [unicodedata.name(letter, "") for letter in said.main if letter.isalpha()]
        if letters and len(said.dutch.split()) > 3 and not any(script in name for name in letters):
            found.append(f"other letters: {said.main}")
        if mirrored is not said.rtl:
            found.append(f"another direction: {said.main}")
    return found


def first_screens(driver: Driver, language: str) -> list[str]:
    """Answer the first screens; gives what is wrong on them once the language is chosen."""
    found: list[str] = []
    for number in range(FIRST_SCREENS):
        if number:
            found += complaints(driver.talk, language)
        driver.answer_screen()
        driver.next()
    return found


@pytest.mark.parametrize("language", shipped())
def test_the_talk_begins_in_its_language_whole_and_in_its_direction(language, qtbot, window, gate) -> None:
    driver = led(qtbot, window, gate, language)

    found = first_screens(driver, language)

    assert found == []
    assert driver.talk.presenter.language == language


def normal(text: str) -> str:
    """Letters as they are read back from paper, without how they were joined or where lines ended."""
    return " ".join(unicodedata.normalize("NFKC", strip_controls(text)).split())


def words(raw: bytes) -> str:
    """Everything that can be read on a paper."""
    document = pypdfium2.PdfDocument(raw)
    found = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return found


@pytest.mark.long
@pytest.mark.parametrize("language", shipped())
def test_a_whole_talk_ends_with_a_plan_and_a_private_sheet_in_its_language(
    language, qtbot, window, gate, tmp_path
) -> None:
    driver = led(qtbot, window, gate, language)
    driver.answer_screens()
    driver.press(driver.wait_for(ReadingBackPage).right)
    driver.press(driver.wait_for(OffersPage).go_on)
    plan = driver.wait_for(PlanPage)
    qtbot.waitUntil(lambda: plan.grown, timeout=20000)
    papers = {}
    for kind in ("plan", "private"):
        plan.kinds.card(kind).click()
        qtbot.waitUntil(lambda kind=kind: plan.ready and plan._kind == kind and kind in plan._pdfs, timeout=20000)
        papers[kind] = words(plan._pdfs[kind])
    file = tmp_path / "plan.pdf"
    plan.desk.choose_file = lambda _parent, _name: str(file)
    plan.kinds.card("plan").click()
    qtbot.waitUntil(lambda: plan.ready, timeout=20000)
    with qtbot.waitSignal(plan.handed_over):
        driver.press(plan.save)
    driver.press(plan.go_on)
    driver.press(plan.go_on)
    driver.answer_screens()
    driver.wait_for(SendPage)

    assert file.read_bytes().startswith(b"%PDF")
    own = SCRIPTS[LANGUAGES[language].script]
    for kind, said in papers.items():
        letters = sum(own in unicodedata.name(letter, "") for letter in normal(said))
        assert letters > 100, (kind, said)
    if not is_rtl(language):
        assert normal(plan_text("Mijn eerste stap", language)) in normal(papers["plan"])
    with window.office.store.unit_of_work() as uow:
        assert [person.language for person in uow.participants.list()] == [language]
        assert sorted(str(one.form_id) for one in uow.instances.list()) == ["intake", "participant", "plan", "status"]
