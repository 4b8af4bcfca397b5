"""The head of a page of a talk that asks no questions: the same buttons as beside the questions, in the same place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from intake_app.ui.dialogs.language import LanguageDialog
from intake_app.ui.pages.focus import chain_focus
from intake_app.ui.pages.head_buttons import HeadButtons
from intake_app.ui.pages.page_reader import COUNSELLOR, PageReader
from intake_app.ui.pages.read_dialog import let_read
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.retrace import talk_languages
from intake_app.ui.widgets import Page


class TalkHead(QObject):
    """Puts the buttons on `page` and says what was asked: `pause_requested`, `stop_requested`, `spoke(language)`.

    A page `for_guest` can be read aloud, be shown in another language and be turned to the participant; what carries
    the property `COUNSELLOR` on it is then away. Others are for the counsellor alone.
    """

    pause_requested = Signal()
    stop_requested = Signal()
    spoke = Signal(str)

    def __init__(self, page: Page, desk: TalkDesk, presenter: ConversationPresenter, *, for_guest: bool = True) -> None:
        super().__init__(page)
        self._page, self._desk, self._presenter = page, desk, presenter
        self._for_guest = for_guest
        self._away: list[QWidget] = []
        self.buttons = HeadButtons()
        self.reader = PageReader(page, desk.speaker, presenter.language)
        self._put(for_guest=for_guest)
        page.installEventFilter(self)
        page.filled.connect(self._show_turned)
        if page.grown:
            chain_focus(page)

    def _put(self, *, for_guest: bool) -> None:
        buttons, page = self.buttons, self._page
        guest = [*buttons.first, buttons.turn] if for_guest else []
        for button in (*guest, buttons.size, *buttons.last):
            page.add_action(button)
        buttons.say_in(self._presenter.language if for_guest else "nl")
        buttons.show_language(self._presenter.language)
        buttons.pause.clicked.connect(self.pause_requested)
        buttons.stop.clicked.connect(self.stop_requested)
        if for_guest:
            buttons.speaker.clicked.connect(self.reader.toggle)
            buttons.slow.clicked.connect(self._read_slowly)
            buttons.language.clicked.connect(self.choose_language)
            buttons.turn.clicked.connect(self.toggle_turned)
            self.reader.changed.connect(self._show_voice)
            page.reads_card = self.reader.read_card
            self._add_keys()

    def _add_keys(self) -> None:
        for keys, action in (
            ("F2", self.reader.toggle_by_key),
            ("Shift+F2", self._read_slowly),
            ("F7", self.choose_language),
            ("F9", self.toggle_turned),
        ):
            shortcut = QShortcut(QKeySequence(keys), self._page)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def choose_language(self) -> None:
        """Ask for another language, each by its own name."""
        presenter, window = self._presenter, self._page.window()
        dialog = LanguageDialog(presenter.language, talk_languages(presenter.conversation), window)
        dialog.chosen.connect(self.spoke)
        let_read(dialog, self._desk.speaker, presenter.language)
        dialog.open()

    def toggle_turned(self) -> None:
        """The laptop is turned to the participant, or back to the counsellor."""
        self._desk.turned = not self._desk.turned
        self._show_turned()

    def _read_slowly(self) -> None:
        self.reader.read(slow=True)

    def _show_voice(self, can: bool, speaking: bool) -> None:
        self.buttons.show_voice(can=can, speaking=speaking)

    def _show_turned(self) -> None:
        page, turned = self._page, self._desk.turned
        self.buttons.show_turned(turned)
        self._take_away() if turned else self._give_back()
        window = page.window()
        if page.isVisible() and window.isFullScreen() != turned:
            window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)

    def _take_away(self) -> None:
        for part in self._page.findChildren(QWidget):
            if part.property(COUNSELLOR) and not part.isHidden():
                part.hide()
                self._away.append(part)

    def _give_back(self) -> None:
        for part in filter(isValid, self._away):
            part.show()
        self._away = []

    def _take_keyboard(self) -> None:
        """The keys of the page work from the beginning, without a ring around any button."""
        now = self._page.window().focusWidget()
        if now is None or not self._page.isAncestorOf(now):
            self._page.focus_start.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            if not self._for_guest:
                self._desk.turned = False
            self._show_turned()
            self.reader.tell()
            QTimer.singleShot(0, self._page, self._take_keyboard)
        return False
