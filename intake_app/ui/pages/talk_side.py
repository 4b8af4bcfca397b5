"""What stands beside the questions of a talk: voice, strip, the participant's view, another language, undo, digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import mark
from intake_app.services.voice.spoken import Silence, Spoken
from intake_app.ui.controls.words import Words
from intake_app.ui.dialogs.choose import ChooseDialog, Option
from intake_app.ui.dialogs.language import LanguageDialog
from intake_app.ui.pages.counsellor_strip import CounsellorStrip
from intake_app.ui.pages.participant_view import ParticipantView
from intake_app.ui.pages.read_dialog import let_read
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.presenters import spoken as voice_texts
from intake_app.ui.presenters.changes import ASIDE_KEPT
from intake_app.ui.presenters.counsellor_strip import note_ref, strip_facts, time_line
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.presenters.retrace import aside_told, talk_languages
from intake_app.ui.widgets import AnswerCard, MessageKind, Pair
from intake_app.ui.widgets.pressable import Pressable

if TYPE_CHECKING:
    from intake_app.ui.pages.conversation import ConversationPage

CHANGE = mark("Wilt u dit antwoord veranderen?")
YES_CHANGE = mark("Ja, verander het")
LEAVE_IT = mark("Nee, laat het zo")
_CHANGE = "change"
_TICK_MS = 20_000
_DIGITS = {getattr(Qt.Key, f"Key_{digit}"): digit - 1 for digit in range(1, 10)}


class TalkSide(QObject):
    """Leads all of it for one page; what outlives the page stands on the `TalkDesk`."""

    def __init__(self, page: ConversationPage, desk: TalkDesk) -> None:
        super().__init__(page)
        self._page, self.desk = page, desk
        page.reads_card = self.read_card
        self._model: ScreenModel | None = None
        self._sentences: tuple[Spoken, ...] = ()
        self._marked: list[AnswerCard] = []
        self._told_on = ("", "")
        self.strip = CounsellorStrip()
        self.strip.note_given.connect(self._keep_note)
        self.strip.note_typing.connect(self._type_note)
        self.strip.autoplay_requested.connect(self._toggle_autoplay)
        self.strip.second_requested.connect(self.toggle_second)
        self.strip.turn_requested.connect(self.toggle_turned)
        page.board.turned.connect(self._turned_here)
        page.board.told.connect(self._say_told)
        self._numbered: list[AnswerCard] = []
        QApplication.instance().focusChanged.connect(self._number)
        desk.speaker.began.connect(self._began)
        desk.speaker.ended.connect(self._ended)
        self._add_shortcuts()
        timer = QTimer(self, interval=_TICK_MS)
        timer.timeout.connect(self._tick)
        timer.start()

    def _add_shortcuts(self) -> None:
        for keys, action in (
            ("F2", self.toggle_by_key),
            ("Shift+F2", self.read_slowly),
            ("F7", self.choose_language),
            ("F8", self.toggle_strip),
            ("F9", self.toggle_turned),
            ("Shift+F9", self.toggle_second),
            ("Ctrl+Z", self.take_back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    # ------------------------------------------------------------------ what the page shows
    def show(self, model: ScreenModel, *, appeared: bool = False) -> None:
        """The page shows a screen, or the same one with other answers; `appeared`: it comes in sight only now."""
        before, self._model = self._model, model
        self._sentences = voice_texts.sentences(model, self._page.board.stages())
        self._page.chrome.show_language(model.language)
        if before is None or (before.key, before.language) != (model.key, model.language):
            self._mark(None)
            self.desk.speaker.forget()
            if model.after_guest and self.desk.turned:
                self.desk.turned = False
            appeared = self._page.isVisible()
        if appeared and self.desk.speaker.settings.autoplay:
            self.desk.speaker.read(self._sentences)
        self._show_voice()
        self._show_parts()
        self._show_view()
        self._number(None, QApplication.focusWidget())

    def _show_parts(self) -> None:
        """What the guest may see while the laptop is turned, and what only the counsellor sees."""
        page, turned = self._page, self.desk.turned
        page.chrome.show_turned(turned)
        page.show_for_guest(turned)
        self.strip.setVisible(self.desk.strip_open and not turned)
        if not self.strip.isHidden():
            self._fill_strip()
        window = page.window()
        if page.isVisible() and window.isFullScreen() != turned:
            window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _fill_strip(self) -> None:
        desk, presenter, model = self.desk, self._page.presenter, self._model
        if model is None:
            return
        minutes = presenter.trail().minutes
        facts = strip_facts(presenter.conversation, model.section, desk.began, desk.office.clock.now(), minutes)
        self.strip.show_facts(facts)
        silent = any(question.silent for question in model.questions)
        self.strip.show_silent(voice_texts.silent_line(Silence.PRIVATE, model.language)[0] if silent else "")
        there = desk.screens.beside(self._page.window()) is not None
        self.strip.show_second(there=there, on=desk.view is not None)

    def _tick(self) -> None:
        if not self.strip.isHidden():
            minutes = self._page.presenter.trail().minutes
            self.strip.time.setText(time_line(self.desk.began, self.desk.office.clock.now(), minutes))

    # ------------------------------------------------------------------ voice
    def toggle_voice(self) -> None:
        """Read this screen, or stop reading."""
        speaker = self.desk.speaker
        speaker.stop() if speaker.speaking else speaker.read(self._sentences)

    def toggle_by_key(self) -> None:
        """The same; with the keyboard on an answer, that answer alone."""
        now = QApplication.focusWidget()
        on_card = isinstance(now, AnswerCard) and now.shows_focus and not self.desk.speaker.speaking
        if not (on_card and self.read_card(now)):
            self.toggle_voice()

    def read_card(self, card: AnswerCard) -> bool:
        """Read one answer, which is not chosen by that; False where it stays silent."""
        of_card = [s for s in self._sentences if s.choice == card.value and s.text == card.answer.pair.own][:1]
        can = self.desk.speaker.can_say(of_card)
        if can:
            self.desk.speaker.read(of_card)
        return can

    def read_slowly(self) -> None:
        """Read this screen once more, slower."""
        self.desk.speaker.read(self._sentences, slow=True)

    def heard(self, ref: str, value: str) -> None:
        """A choice was tapped: with reading aloud on, it is said."""
        if self.desk.speaker.settings.autoplay and self._model is not None and value:
            self.desk.speaker.read(voice_texts.chosen(self._model, ref, value))

    def read_messages(self) -> None:
        """What holds the screen is said as well."""
        if self.desk.speaker.settings.autoplay and any(q.message for q in self._model.questions):
            self.desk.speaker.read(self._sentences)

    def leave(self) -> None:
        """The page goes out of sight: locked, or another page. Nothing is heard or seen of it any more."""
        self.desk.speaker.forget()
        if self.desk.view is not None:
            self.desk.view.blank()

    def _show_voice(self) -> None:
        speaker, model = self.desk.speaker, self._model
        can = speaker.can_say(self._sentences)
        self._show_speaker(can=can, speaking=speaker.speaking)
        reasons = (why for one in self._sentences if (why := speaker.silence(one)) not in (None, Silence.PRIVATE))
        reason = next(reasons, None)
        line = "" if reason is None else " ".join(voice_texts.silent_line(reason, model.language)).strip()
        self.strip.show_voice(line, can=can, autoplay=speaker.settings.autoplay)
        here = (model.key, model.language)
        if reason is Silence.NO_VOICE and model.language not in ("nl", *self.desk.told_silent):
            self.desk.told_silent.add(model.language)
            self._told_on = here
            self._page.aloud.say(MessageKind.INFO, *voice_texts.silent_line(reason, model.language))
        elif here != self._told_on:
            self._page.aloud.say(MessageKind.INFO, "")
        self._page.show_bars()

    def _show_speaker(self, *, can: bool, speaking: bool) -> None:
        self._page.chrome.show_voice(can=can, speaking=speaking)
        if self.desk.view is not None:
            self.desk.view.show_voice(can=can, speaking=speaking)

    def _say_told(self, told: tuple[Pair, ...]) -> None:
        """What is said beside a card is heard as well, with reading aloud on."""
        if self.desk.speaker.settings.autoplay:
            self.desk.speaker.read(voice_texts.beside(told))

    def _toggle_autoplay(self) -> None:
        speaker = self.desk.speaker
        self._try(lambda: self.desk.set_autoplay(not speaker.settings.autoplay))
        if speaker.settings.autoplay:
            speaker.read(self._sentences)
        self._show_voice()

    def _began(self, spoken: Spoken) -> None:
        self._mark(spoken)
        self._show_speaker(can=True, speaking=True)

    def _ended(self) -> None:
        self._mark(None)
        self._show_speaker(can=self.desk.speaker.can_say(self._sentences), speaking=False)

    def _mark(self, spoken: Spoken | None) -> None:
        """The choice that is being read shows it, on each screen, so that one hears and sees the same."""
        for card in self._marked:
            if isValid(card):
                card.show_read(False)
        self._marked = []
        if spoken is None or not spoken.choice:
            return
        view = self.desk.view
        for cards, scroll in ((self._cards(), self._page.scroll), (view.cards(), view.scroll) if view else ((), None)):
            card = next((card for card in cards if card.value == spoken.choice), None)
            if card is not None and scroll is not None:
                card.show_read(True)
                self._marked.append(card)
                scroll.ensureWidgetVisible(card, 0, 16)

    # ------------------------------------------------------------------ strip and views
    def toggle_strip(self) -> None:
        """Show or hide what only the counsellor reads."""
        if not self.desk.turned:
            self._try(lambda: self.desk.open_strip(not self.desk.strip_open))
            self._show_parts()

    def toggle_turned(self) -> None:
        """The laptop is turned to the participant, or back to the counsellor."""
        if self._model is not None and not (self._model.after_guest and not self.desk.turned):
            self.desk.turned = not self.desk.turned
            self._page.refresh()

    def toggle_second(self) -> None:
        """Use the other screen for the participant, or give it back."""
        desk = self.desk
        if desk.view is not None:
            desk.close_view()
        elif (place := desk.screens.beside(self._page.window())) is not None:
            view = desk.view = ParticipantView(self._page.helpers())
            view.closed.connect(desk.close_view)
            view.open_on(place)
        self._show_view()
        self._show_parts()

    def _show_view(self) -> None:
        view, page = self.desk.view, self._page
        if view is None or self._model is None:
            return
        if not page.isVisible():  # the lock keeps what is being typed, which must show nothing anew
            view.blank()
            return
        if view.property("page") is not page:
            for signal, slot in (
                (view.answered, page.take_answer),
                (view.typing, page.take_typing),
                (view.picked, page.take_picked),
                (view.turned, self._turned_there),
                (view.told, self._say_told),
                (view.read_requested, self.toggle_voice),
            ):
                signal.disconnect() if view.property("page") else None
                signal.connect(slot)
            view.setProperty("page", page)
            view.reads_card = self.read_card
        view.show_model(self._model, page.board.stages())
        view.show_voice(can=self.desk.speaker.can_say(self._sentences), speaking=self.desk.speaker.speaking)

    def _turned_here(self, _ref: str, _stage: str) -> None:
        """Another inner screen is in sight: the other screen follows, and what can be read is another."""
        speaker = self.desk.speaker
        self._mark(None)
        speaker.forget()
        self._sentences = voice_texts.sentences(self._model, self._page.board.stages())
        self._show_voice()
        self._show_view()
        if speaker.settings.autoplay:
            speaker.read(self._sentences)

    def _turned_there(self, ref: str, stage: str) -> None:
        """The participant went to another inner screen."""
        self._page.board.show_stages({ref: stage})
        self._page.begin_anew()
        self._turned_here(ref, stage)

    # ------------------------------------------------------------------ language, undo, digits
    def choose_language(self) -> None:
        """Ask for another language, each by its own name."""
        presenter = self._page.presenter
        self._page.flush()
        dialog = LanguageDialog(presenter.language, talk_languages(presenter.conversation), self._page.window())
        dialog.chosen.connect(self._switch)
        let_read(dialog, self.desk.speaker, presenter.language)
        dialog.open()

    def _switch(self, code: str) -> None:
        ref = self._page.presenter.conversation.talk.answers.ref("talk_language")
        if ref is not None:
            self._page.take_answer(ref, code)

    def take_back(self) -> None:
        """Undo the last answer."""
        self._page.flush()
        self._try(self._page.presenter.take_back)
        self._page.show_screen()

    def asks_first(self, ref: str, value: str) -> bool:
        """Whether a change would set answers aside; then it is asked first, and nothing has happened yet."""
        presenter = self._page.presenter
        aside = aside_told(presenter.conversation, ref, value, presenter.language)
        if aside is None:
            return False
        words = Words(presenter.language)
        told = (aside, words.pair(ASIDE_KEPT))
        yes = Option(_CHANGE, words.pair(YES_CHANGE), Pair.plain(""), "check")
        dialog = ChooseDialog(words.pair(CHANGE), [yes], words.pair(LEAVE_IT), self._page.window(), told)
        dialog.chosen.connect(lambda _code: self._page.keep_answer(ref, value))
        dialog.rejected.connect(self._page.refresh)
        let_read(dialog, self.desk.speaker, presenter.language)
        dialog.open()
        return True

    def key(self, event: QKeyEvent) -> bool:
        """A digit chooses the answer of that number, where nothing is being typed."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        place = _DIGITS.get(Qt.Key(event.key())) if plain else None
        cards = self._cards(self._page.focusWidget())
        if place is None or place >= len(cards):
            return False
        cards[place].setFocus(Qt.FocusReason.TabFocusReason)
        cards[place].click()
        return True

    def _number(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Whoever uses the keyboard sees on the answers which digit chooses them; nobody else does."""
        by_keys = isinstance(now, Pressable) and now.shows_focus and self._page.isAncestorOf(now)
        cards = self._cards(now)[: len(_DIGITS)] if by_keys else []
        for card in self._numbered:
            if isValid(card) and card not in cards:
                card.set_digit("")
        for number, card in enumerate(cards, start=1):
            card.set_digit(str(number))
        self._numbered = cards

    def _cards(self, near: QWidget | None = None) -> list[AnswerCard]:
        """The answers in sight: those of the question the keyboard is in, else of the first one that has any."""
        controls = list(self._page.controls.values())
        controls.sort(key=lambda one: near is None or not one.isAncestorOf(near))
        for control in controls:
            found = [c for c in control.findChildren(AnswerCard) if c.isVisible() and c.isEnabled() and c.is_answer]
            if found:
                return found
        return []

    # ------------------------------------------------------------------ the note
    def _keep_note(self, note: str) -> None:
        presenter = self._page.presenter
        ref = note_ref(self._page.presenter.conversation)
        if ref:
            self._try(lambda: presenter.answer(ref, note))

    def _type_note(self, note: str) -> None:
        if ref := note_ref(self._page.presenter.conversation):
            self._try(lambda: self._page.presenter.type(ref, note))

    def _try(self, work: object) -> None:
        try:
            work()
        except IntakeError as error:
            self._page.say_error(error)
