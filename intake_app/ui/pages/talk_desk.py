"""What stays while the pages of one talk come and go: the voice, the second screen, and how the counsellor sits."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from intake_app.services.office import Office
from intake_app.services.voice.settings import read_voice, write_autoplay
from intake_app.ui.pages.participant_view import ParticipantView
from intake_app.ui.second_screen import Screens, SystemScreens
from intake_app.ui.voice.engines import voices
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets.pair import Pair

_STRIP = "window.strip"


class TalkDesk(QObject):
    """One for each talk. `view` is the participant's own screen while it is used."""

    def __init__(
        self,
        office: Office,
        *,
        speaker: Speaker | None = None,
        screens: Screens | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.office = office
        self.speaker = speaker or Speaker(voices(office.recordings, office.speech, self), parent=self)
        self.speaker.settings = read_voice(office.store)
        self.screens = screens or SystemScreens()
        self.view: ParticipantView | None = None
        self.began = office.clock.now()
        self.turned = False
        self.told_silent: set[str] = set()
        self._beside: QWidget | None = None
        self._told = (Pair.plain(""), "")
        with office.store.unit_of_work() as uow:
            self.strip_open = uow.settings.get(self._strip_name()) == "yes"
        self.destroyed.connect(self.speaker.stop)

    def _strip_name(self) -> str:
        return f"{_STRIP}.{self.office.store.account.account_id}"

    def open_strip(self, opened: bool) -> None:
        """Show the counsellor's strip or not, next time as well. Raises StorageError."""
        self.strip_open = opened
        with self.office.store.unit_of_work() as uow:
            uow.settings.set(self._strip_name(), "yes" if opened else "no")
            uow.commit()

    def set_autoplay(self, autoplay: bool) -> None:
        """Read questions by themselves or not. Raises StorageError."""
        write_autoplay(self.office.store, autoplay)
        self.speaker.settings = read_voice(self.office.store)

    def tell_while(self, page: QWidget, told: Pair, sign: str) -> None:
        """While a page without questions is in sight, the second screen says what happens on the laptop.

        It is blank again when the page goes out of sight: locked, or another page.
        """
        self._beside, self._told = page, (told, sign)
        page.installEventFilter(self)
        if page.isVisible() and self.view is not None:
            self.view.show_calm(told, sign)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self.view is not None and watched is self._beside:
            if event.type() == QEvent.Type.Show:
                self.view.show_calm(*self._told)
            elif event.type() == QEvent.Type.Hide and self.view.is_silent:
                self.view.blank()
        return False

    def close_view(self) -> None:
        """The second screen is free again."""
        view, self.view = self.view, None
        if view is not None:
            view.blank()
            view.hide()
            view.deleteLater()

    def leave(self) -> None:
        """The talk ends or is put aside: be silent, and leave nothing on the other screen."""
        self.speaker.forget()
        self.close_view()
