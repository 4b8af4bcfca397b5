"""Between two sections: a warm word, and what was told, corrected on the spot; the answer of one question."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.services.continuing import answered_before
from intake_app.services.conversation import Conversation
from intake_app.services.one_question import OneQuestion, begin_one_question
from intake_app.services.rehearsal import Rehearsal
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.one_question import OneQuestionPage
from intake_app.ui.pages.reading_back import ReadingBackPage
from intake_app.ui.pages.section_band import SectionBand
from intake_app.ui.presenters.between import Between
from intake_app.ui.presenters.conversation import ConversationPresenter, Stage
from intake_app.ui.widgets import Pair
from tests.fakes.storage import InMemoryStore
from tests.scenario.talk_book import talk
from tests.services.helps import make_office, told


@pytest.fixture
def conversation() -> Conversation:
    """A talk that has come to the first question of the section about school."""
    begun = make_office().begin_talk()
    Rehearsal(begun, replace(talk("low-literate-short-nl"), stop_after="skills_ok")).play()
    return begun


def at(conversation: Conversation, concept: str) -> ConversationPresenter:
    presenter = ConversationPresenter(conversation)
    presenter._path.stand_on(presenter._path.that_asks(concept))
    return presenter


def test_a_section_opens_with_a_warm_word_and_reads_back_the_one_before(conversation):
    between = at(conversation, "ever_worked").between()

    assert between.opening is not None
    assert between.opening.dutch == "Wat heeft u al gedaan? Al het werk telt, ook zonder loon."
    between = at(conversation, "asked_for").between()
    assert between.section == "H"
    assert between.closing is not None
    assert "Metselaar" in between.closing.dutch
    assert between.closing.dutch.endswith("Klopt dat?")


def test_in_the_middle_of_a_section_nothing_is_said(conversation):
    between = at(conversation, "top3").between()

    assert (between.opening, between.closing) == (None, None)


def test_what_was_heard_right_is_not_read_back_again(conversation):
    presenter = at(conversation, "asked_for")
    presenter.heard("H")

    assert presenter.between().closing is None
    assert presenter.between().opening is not None


def test_a_section_is_corrected_on_the_spot_and_the_talk_goes_on_where_it_was(conversation):
    presenter = at(conversation, "asked_for")
    here = presenter.key
    presenter.read_back("H")
    assert presenter.stage is Stage.READING_BACK
    job = next(s for s in conversation.screens() if any(ref.endswith("h02_job") for ref in s.refs))
    presenter.go_to(job.key)
    presenter.answer("/data/job[1]/h02_job", "Voeger")
    presenter.next()
    assert (presenter.stage, presenter.reading.section) == (Stage.READING_BACK, "H")
    presenter.confirm()

    assert (presenter.stage, presenter.key) == (Stage.ASKING, here)
    assert conversation.talk.entry.value("/data/job[1]/h02_job") == "Voeger"
    assert presenter.between().closing is None


def test_the_page_of_one_section_shows_that_section_only(conversation, shown):
    presenter = at(conversation, "asked_for")
    presenter.read_back("H")
    page = shown(ReadingBackPage(presenter))

    assert set(page.changes) == {"/data/h01_ever_worked", "/data/job[1]/h02_job"}


def test_the_band_asks_and_takes_a_yes(conversation, shown, qtbot):
    office = make_office(conversation.store)
    page = shown(ConversationPage(office, at(conversation, "asked_for")), 1366, 768)
    assert page.band.right is not None
    assert page.band.isVisible()
    with qtbot.waitSignal(page.reading_requested) as asked:
        page.band.change.click()
    assert asked.args == ["H"]
    page.band.right.click()

    assert page.band.right is None
    assert page.band.isVisible()


def band_texts(band: SectionBand) -> str:
    return " ".join(label.text() for label in band.findChildren(QLabel))


def test_the_band_says_something_else_and_keeps_nothing_of_what_was_told(shown):
    band = shown(SectionBand(), 900, 300)
    told = Pair("سميرة طبخت", "Samira heeft gekookt", "ar")
    band.show_between(Between(Pair("أهلا", "Welkom", "ar"), told, "H"), "ar")
    before = band.right

    band.show_between(Between(None, Pair("تعمل", "Werkt", "ar"), "G"), "ar")

    assert band.right is before
    assert "Werkt" in band_texts(band)
    assert not any(words in band_texts(band) for words in ("Samira", "Welkom"))

    band.show_between(Between(), "ar")

    assert band.isHidden()
    assert band.right is None
    assert "Werkt" not in band_texts(band)
    assert not any("Werkt" in part.accessibleName() for part in band.findChildren(QWidget))


def test_the_band_asks_about_the_section_in_sight_each_time_once(shown, qtbot):
    band = shown(SectionBand(), 900, 300)
    heard: list[str] = []
    band.confirmed.connect(heard.append)
    for section in ("G", "H"):
        band.show_between(Between(None, Pair.plain("Dat is zo."), section), "nl")
        band.right.click()

    assert heard == ["G", "H"]


def test_the_band_turns_with_the_language(shown):
    band = shown(SectionBand(), 900, 300)
    band.show_between(Between(None, Pair.plain("Dat is zo."), "G"), "nl")
    band.show_between(Between(None, Pair("هذا صحيح", "Dat is zo.", "ar"), "G"), "ar")

    assert band.layoutDirection() == Qt.LayoutDirection.RightToLeft
    assert band.right.layoutDirection() == Qt.LayoutDirection.RightToLeft


def test_the_same_question_is_asked_once_and_a_private_one_says_it_is_not_read_aloud(conversation):
    questions = at(conversation, "basic_wish").model().questions

    assert [question.dutch_label for question in questions] == ["Waar wilt u hulp bij?", "Regelen"]
    assert [question.silent for question in questions] == [False, True]


# ---------------------------------------------------------------- gone on with
def test_a_talk_gone_on_with_shows_only_what_is_open_on_a_screen_that_was_half_told():
    office = make_office()
    script = talk("care-at-home-short-to-full-nl")
    first = office.begin_talk()
    Rehearsal(first, script).play()
    conversation = office.open_talk(first.talk.header.instance_id)
    presenter = ConversationPresenter(conversation, resumed=True)
    assert presenter.asks("alone")
    assert presenter.may_grow
    presenter.answer("/data/a04b_alone", "two_of_us")
    presenter.grow()
    seen = []
    for _ in range(12):
        assert presenter.next()
        seen += [ref.rsplit("/", 1)[-1] for ref in presenter.model().refs()]

    assert "c05_postcode4" in seen
    assert not {"c01_call_name", "c04_municipality", "d01_work_now", "d03_work_wish"} & set(seen)
    assert "/data/c01_call_name" in answered_before(conversation)


# ---------------------------------------------------------------- one question
@pytest.fixture
def one_question():
    office = make_office(InMemoryStore())
    conversation = begin_one_question(office)
    told(conversation, {"talk_language": "nl", "question": "work language_computer"})
    return OneQuestion(office, conversation, municipality="oost_gelre")


def paper(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_the_answer_names_places_of_the_own_municipality_for_each_question_in_turn(one_question, shown):
    page = shown(OneQuestionPage(one_question), 1366, 768)

    assert page.places.values() == ["werkcentrum", "taalhuis", "gemeente_werk"]
    assert "fijnder" in [card.value for card in page.places.cards]
    page.where.card("doetinchem").click()
    names = [card.value for card in page.places.cards]
    assert "laborijn" in names
    assert "fijnder" not in names


def test_what_is_searched_stands_on_the_slip_and_what_is_taken_off_does_not(one_question, shown):
    page = shown(OneQuestionPage(one_question), 1366, 768)
    hit = next(hit for hit in page.presenter.search("praktijkverklaring") if hit.id.startswith("offer:"))
    page.search.picked.emit(hit)
    page.places.card("gemeente_werk").click()
    text = paper(page.presenter.pdf())

    assert "Werkcentrum Achterhoek" in text
    assert "Praktijkverklaring" in text
    assert "Gemeente, werk en inkomen" not in text
    assert "Mijn vraag gaat over" in text


def test_an_empty_slip_is_not_printed(one_question, shown):
    page = shown(OneQuestionPage(one_question), 1366, 768)
    for name in list(page.places.values()):
        page.places.card(name).click()

    assert not page.print.isEnabled()
    assert not page.save.isEnabled()
