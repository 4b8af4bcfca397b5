"""What the counsellor sees of answers that stop counting, of a form that was renewed, and of screens that come in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget

from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.versions import LeftOver, VersionNews
from intake_app.ui.dialogs.choose import ChooseDialog
from intake_app.ui.pages.changed_form import ChangedFormPage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.presenters.changes import left_over_lines, version_told
from intake_app.ui.presenters.conversation import ConversationPresenter

BEGIN = {
    "talk_language": "nl",
    "question": "work",
    "alone": "two_of_us",
    "version": "full",
    "age_group": "27_56",
    "explained": "clear",
    "consent_record": "yes",
    "work_now": "no",
    "no_work_since": "lt3m",
}
SINCE = "Hoe lang heeft u geen betaald werk?"


def answer(conversation: Conversation, concept: str, value: str) -> None:
    ref = conversation.talk.answers.ref(concept)
    assert ref is not None
    assert conversation.answer(ref, value).rejected is None


@pytest.fixture
def presenter(office: Office) -> ConversationPresenter:
    """A talk in which the question about work was answered, and one that follows from it; back at that question."""
    conversation = office.begin_talk()
    for concept, value in BEGIN.items():
        if concept == "no_work_since":
            value = conversation.talk.entry.choices(conversation.talk.answers.ref(concept) or "", "nl")[0].value
        answer(conversation, concept, value)
    found = ConversationPresenter(conversation)
    screen = next(s for s in conversation.screens() if conversation.talk.answers.ref("work_now") in s.refs)
    assert found._path.stand_on(screen)
    return found


@pytest.fixture
def page(presenter: ConversationPresenter, office: Office, shown: Callable[..., QWidget]) -> ConversationPage:
    return shown(ConversationPage(office, presenter), 1366, 768)


def test_answers_that_stop_counting_are_named_on_the_screen_that_did_it(page: ConversationPage) -> None:
    ref = page.presenter.conversation.talk.answers.ref("work_now")
    assert page.aside.isHidden()

    page.keep_answer(ref, "employee")

    assert page.aside.isVisible()
    assert SINCE in page.aside.accessibleName()
    assert "blijft bewaard" in page.aside.accessibleName()


def test_what_a_change_sets_aside_is_asked_before_it_happens(page: ConversationPage) -> None:
    talk = page.presenter.conversation.talk
    ref, since = talk.answers.ref("work_now"), talk.answers.ref("no_work_since")
    kept, written = talk.entry.value(since), talk.sequence

    QTest.mouseClick(page.controls[ref].grid.card("employee"), Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(ChooseDialog)

    assert SINCE in " ".join(label.accessibleName() for label in dialog.findChildren(QWidget))
    assert (talk.entry.value(ref), talk.entry.answer(since), talk.sequence) == ("no", kept, written)
    QTest.mouseClick(dialog.stay, Qt.MouseButton.LeftButton)
    assert page.controls[ref].grid.values() == ["no"]
    assert talk.entry.value(ref) == "no"


def test_a_change_that_was_agreed_to_happens(page: ConversationPage) -> None:
    talk = page.presenter.conversation.talk
    ref, since = talk.answers.ref("work_now"), talk.answers.ref("no_work_since")
    QTest.mouseClick(page.controls[ref].grid.card("employee"), Qt.MouseButton.LeftButton)

    QTest.mouseClick(page.window().findChild(ChooseDialog).buttons["change"], Qt.MouseButton.LeftButton)

    assert talk.entry.value(ref) == "employee"
    assert talk.entry.answer(since) == ""


def test_changed_back_they_count_again_and_that_is_told(page: ConversationPage) -> None:
    talk = page.presenter.conversation.talk
    ref, since = talk.answers.ref("work_now"), talk.answers.ref("no_work_since")
    kept = talk.entry.value(since)
    page.keep_answer(ref, "employee")
    assert talk.entry.answer(since) == ""

    page.keep_answer(ref, "no")

    assert talk.entry.answer(since) == kept
    assert page.aside.accessibleName() == f"Dit telt weer mee: {SINCE}"


def test_on_the_next_screen_the_message_is_gone(page: ConversationPage) -> None:
    page.keep_answer(page.presenter.conversation.talk.answers.ref("work_now"), "skip")
    page.go_on()

    assert page.aside.isHidden()


def test_a_private_question_is_not_named_while_somebody_else_is_there(presenter: ConversationPresenter) -> None:
    talk = presenter.conversation.talk
    private = next(
        ref for ref, bind in talk.definition.binds.items()
        if bind.tags.get("private") == "yes" and ref in talk.definition.controls
    )  # fmt: skip
    change = replace(presenter.conversation.answer(talk.answers.ref("work_now"), "no"), hidden=frozenset({private}))
    presenter.aside.note(presenter.key, change)
    label = talk.entry.label(private, "nl")
    assert label in presenter.aside.told(presenter.key, talk)[0]

    answer(presenter.conversation, "alone", "someone_else")

    told = presenter.aside.told(presenter.key, talk)[0]
    assert label not in told
    assert "een vraag die wacht" in told


def test_text_that_sets_answers_aside_holds_the_screen_until_it_was_seen(
    page: ConversationPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last words of a text are only given when one goes on."""
    ref = page.presenter.conversation.talk.answers.ref("work_now")
    monkeypatch.setattr(page.board, "flush", lambda: page.keep_answer(ref, "skip"))
    here = page.presenter.key

    page.go_on()
    assert page.presenter.key == here
    assert page.aside.isVisible()

    page.go_on()
    assert page.presenter.key != here


def test_screens_that_come_in_are_told_with_the_count(presenter: ConversationPresenter) -> None:
    path = presenter._path
    answer(presenter.conversation, "work_now", "skip")
    answer(presenter.conversation, "no_work_since", "")
    here = presenter.key
    assert path.stand_on(path.before()[0])
    presenter.trail()
    assert path.stand_on(path.named(here))
    assert "erbij" not in presenter.trail().count

    presenter.answer(presenter.conversation.talk.answers.ref("work_now") or "", "no")
    assert "1 erbij door dit antwoord" in presenter.trail().count

    presenter.answer(presenter.conversation.talk.answers.ref("work_now") or "", "skip")
    assert "erbij" not in presenter.trail().count


def test_the_count_never_goes_up_from_screen_to_screen_without_saying_so(office: Office) -> None:
    presenter = ConversationPresenter(office.begin_talk())
    last: int | None = None
    for _ in range(30):
        for ref in list(presenter.model().refs()):
            if value := BEGIN.get(presenter.conversation.concept_of(ref), ""):
                presenter.answer(ref, value)
        presenter.saw(presenter.model())
        count = presenter.trail().count
        if count:
            left = int(next(word for word in count.split() if word.isdigit()))
            assert last is None or left <= last or "erbij" in count, (last, count)
            last = left
        if not presenter.next():
            break
    assert last is not None


LEFT = (
    LeftOver("/data/d01b", "Wat doet u graag thuis?", "gone", "Duiven houden", ("T",), private=False),
    LeftOver("/data/d01c", "Waar ligt u wakker van?", "gone", "De huur", ("T",), private=True),
    LeftOver("/data/d09", "", "gone", "iets", None, private=True),
)


def told_page(presenter: ConversationPresenter, *, resumed: bool) -> ChangedFormPage:
    conversation = presenter.conversation
    conversation.left_over = LEFT
    conversation.news = VersionNews(added=tuple(f"Vraag {n}?" for n in range(20)), moved=("Waar woont u?",), lost=LEFT)
    return ChangedFormPage(version_told(conversation, resumed=resumed))


def words(page: QWidget) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_on_opening_no_private_answer_is_shown(presenter: ConversationPresenter, shown: Callable[..., QWidget]) -> None:
    page = shown(told_page(presenter, resumed=True), 1366, 768)

    assert "Duiven houden" in words(page)
    assert "De huur" not in words(page)
    assert "Vraag 0?" in words(page)
    assert "En nog 8." in words(page)
    assert "Waar woont u?" in words(page)


def test_every_answer_without_a_place_can_be_seen_by_the_two_of_them(presenter: ConversationPresenter) -> None:
    lines = left_over_lines(LEFT, alone=True)

    assert len(lines) == len(LEFT)
    assert all(one.answer in line for one, line in zip(LEFT, lines, strict=True))
    assert lines[2].startswith("Een vraag die er niet meer is.")


def test_the_page_is_left_by_one_button_that_the_keyboard_reaches(
    presenter: ConversationPresenter,
    shown: Callable[..., QWidget],
    keyboard_complaints: Callable[[QWidget], list[str]],
) -> None:
    page = shown(told_page(presenter, resumed=True), 1366, 768)
    left: list[bool] = []
    page.done.connect(lambda: left.append(True))

    assert keyboard_complaints(page) == []
    page.go_on.setFocus()
    QTest.keyClick(page.go_on, " ")
    assert left == [True]


def test_the_talk_keeps_offering_the_list_while_there_is_one(
    presenter: ConversationPresenter, office: Office, shown: Callable[..., QWidget]
) -> None:
    presenter.conversation.left_over = LEFT
    page = shown(ConversationPage(office, presenter), 1366, 768)
    asked: list[bool] = []
    page.left_over_requested.connect(lambda: asked.append(True))

    assert page.chrome.left_over.isVisible()
    page.chrome.left_over.click()
    assert asked == [True]
