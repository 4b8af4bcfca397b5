"""The places of the window beside the talk: what each is called, who may go there, and how it opens.

A new page needs one line in `PLACES`; the menu of the first page and every way to it follow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.draft import Account
from intake_app.i18n.gettext import mark
from intake_app.services.policy import Action, may
from intake_app.ui.account_flow import AccountFlow
from intake_app.ui.keeping_flow import KeepingFlow, show_repair
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.handouts import HandoutsPage
from intake_app.ui.pages.languages import LanguagesPage
from intake_app.ui.pages.official_lists import OfficialListsPage
from intake_app.ui.pages.send import SendPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.people_flow import show_people
from intake_app.ui.radar_flow import show_radar
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


@dataclass(frozen=True)
class Place:
    """One place: its code, icon and words, how it opens, and the right it asks for.

    `listed` says whether the menu of the first page names it; the others are reached from a page of their own.
    """

    code: str
    icon: str
    words: str
    show: Callable[[MainWindow], None]
    action: Action | None = None
    listed: bool = True


def places_for(account: Account) -> tuple[Place, ...]:
    """The places of the menu for an account, in the order of `PLACES`."""
    return tuple(place for place in PLACES if place.listed and (place.action is None or may(account, place.action)))


def place(code: str) -> Place:
    """The place of a code. Raises KeyError for a code that no line of `PLACES` has."""
    return {each.code: each for each in PLACES}[code]


def _send(window: MainWindow) -> None:
    window.show_aside(SendPage(window.office))


def _handouts(window: MainWindow) -> None:
    window.show_aside(HandoutsPage(window.office))


def _settings(window: MainWindow) -> None:
    page = SettingsPage(window.office)
    page.lists_requested.connect(lambda: window.show_place("lists"))
    window.show_aside(page)


def _lists(window: MainWindow) -> None:
    page = OfficialListsPage(window.office)
    page.back_requested.connect(lambda: window.show_place("settings"))
    window.show_page(page)


def _about(window: MainWindow) -> None:
    page = AboutPage()
    page.languages_requested.connect(lambda: window.show_place("languages"))
    window.show_aside(page)


def _languages(window: MainWindow) -> None:
    page = LanguagesPage()
    page.back_requested.connect(lambda: window.show_place("about"))
    window.show_page(page)


def _led(window: MainWindow, flow: AccountFlow | KeepingFlow) -> AccountFlow | KeepingFlow:
    window.message.say(MessageKind.INFO, "")
    flow.left.connect(window.go_home)
    flow.left.connect(flow.deleteLater)
    return flow


def accounts(window: MainWindow) -> AccountFlow:
    """Who works here, leading back to the first page."""
    return _led(window, AccountFlow(window, window.office))


def _keeping(window: MainWindow) -> None:
    flow = _led(window, KeepingFlow(window, window.office))
    flow.restore_requested.connect(lambda: _put_back(window))
    flow.begin()


def _put_back(window: MainWindow) -> None:
    """A backup is put back over a closed store; afterwards the passphrase is asked again."""
    window.leave_office()
    show_repair(window, damaged=False)


PLACES = (
    Place("people", "people", mark("Mijn mensen"), show_people, Action.PEOPLE),
    Place("send", "send", mark("Versturen"), _send, listed=False),
    Place("keeping", "clock", mark("Bewaren"), _keeping, Action.RETENTION),
    Place("radar", "list", mark("Beroepen"), show_radar),
    Place("handouts", "print", mark("Papieren"), _handouts),
    Place("settings", "settings", mark("Instellingen"), _settings),
    Place("lists", "list", mark("Officiële lijsten"), _lists, Action.OFFICIAL_LISTS, listed=False),
    Place("accounts", "person", mark("Toegang"), lambda window: accounts(window).begin()),
    Place("about", "info", mark("Over"), _about),
    Place("languages", "globe", mark("Talen"), _languages, listed=False),
)
