"""To the conflict desk and back: from the list of people, and from an envelope that met somebody who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.ui.pages.desk import DeskPage
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


def show_desk(window: MainWindow, participant_id: str, name: str) -> None:
    """One meeting; afterwards the list of people, with a word about what was done."""

    def done(told: str) -> None:
        window.show_place("people")
        window.message.say(MessageKind.GOOD, told)

    page = DeskPage(window.office, participant_id, name)
    page.back_requested.connect(lambda: window.show_place("people"))
    page.settled.connect(done)
    window.message.say(MessageKind.INFO, "")
    window.show_page(page)
