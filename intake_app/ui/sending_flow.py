"""From the first page to sending, from there to the connection and to what a record says, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.ui.pages.connect import ConnectPage
from intake_app.ui.pages.send import SendPage
from intake_app.ui.pages.sent_content import SentContentPage

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


def show_sending(window: MainWindow) -> None:
    """What waits and what arrived."""
    page = SendPage(window.office, window.outgoing)
    page.connect_requested.connect(lambda: window.show_place("connection"))
    page.look_requested.connect(lambda instance_id, title: _show_content(window, instance_id, title))
    window.show_aside(page)


def show_connection(window: MainWindow) -> None:
    """Where records go."""
    page = ConnectPage(window.office)
    page.back_requested.connect(lambda: window.show_place("send"))
    window.show_page(page)


def _show_content(window: MainWindow, instance_id: str, title: str) -> None:
    page = SentContentPage(window.office, instance_id, title)
    page.back_requested.connect(lambda: window.show_place("send"))
    window.show_page(page)
