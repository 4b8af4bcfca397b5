"""To the page of envelopes, and from there into a talk that was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.ui.desk_flow import show_desk
from intake_app.ui.pages.envelope import EnvelopePage

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


def show_envelopes(window: MainWindow, *, opening: bool = False) -> None:
    """On a stick, and from a stick; with `opening` for who comes to open a file."""
    page = EnvelopePage(window.office, opening=opening)
    page.talk_requested.connect(window.talks.open_draft)
    page.meeting_requested.connect(lambda who, name: show_desk(window, who, name))
    window.show_aside(page)
