"""Actions that stand beside a question on some screens: the talk of last time, the whole talk, all occupations."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake_app.i18n.gettext import mark
from intake_app.ui.controls.words import Words
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.questions import ScreenModel
from intake_app.ui.widgets import Pair, SecondaryButton, row

LAST_TIME = mark("Verder met de vorige keer")
GROW = mark("Maak er het hele gesprek van")
RADAR = mark("Kijk bij alle beroepen")


class TalkOffers(QWidget):
    """Actions, never answers. Signals: `last_time_requested`, `grow_requested`, `radar_requested`."""

    last_time_requested = Signal()
    grow_requested = Signal()
    radar_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.last_time = self._button("last_time", "clock", self.last_time_requested)
        self.grow = self._button("grow", "plus", self.grow_requested)
        self.radar = self._button("radar", "list", self.radar_requested)
        self.setLayout(row(self.last_time, self.grow, self.radar, None))

    def _button(self, name: str, icon: str, asked: object) -> SecondaryButton:
        button = SecondaryButton(Pair.plain(""), icon)
        button.setObjectName(name)
        button.clicked.connect(asked)
        return button

    def show_for(self, presenter: ConversationPresenter, model: ScreenModel) -> None:
        """Beside the question how long to talk, and only while nothing is written down, a kept talk is offered.

        In a short talk that was opened again a counsellor may go on with the full one.
        """
        shown = {
            self.last_time: (presenter.asks("version") and not presenter.recording, LAST_TIME),
            self.grow: (presenter.may_grow, GROW),
            self.radar: (presenter.may_explore, RADAR),
        }
        self.setVisible(any(offered for offered, _ in shown.values()))
        for button, (offered, message) in shown.items():
            button.setVisible(offered)
            if offered:
                button.set_text(Words(model.language).pair(message))
        rtl = Qt.LayoutDirection.RightToLeft if model.rtl else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(rtl)
