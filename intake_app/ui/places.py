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
from intake_app.ui.envelope_flow import show_envelopes
from intake_app.ui.follow_up_flow import show_follow_ups
from intake_app.ui.keeping_flow import KeepingFlow, show_repair
from intake_app.ui.pages.about import AboutPage
from intake_app.ui.pages.handouts import HandoutsPage
from intake_app.ui.pages.languages import LanguagesPage
from intake_app.ui.pages.menu import MenuPage
from intake_app.ui.pages.numbers import NumbersPage
from intake_app.ui.pages.official_lists import OfficialListsPage
from intake_app.ui.pages.recordings import RecordingsPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.people_flow import show_people
from intake_app.ui.practice_flow import show_practice
from intake_app.ui.radar_flow import show_radar
from intake_app.ui.sending_flow import show_connection, show_sending
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


@dataclass(frozen=True)
class Place:
    """One place: its code, icon and words, how it opens, and the right it asks for (None: everybody's).

    `told` is a line about what can be done there, `keys` its shortcut where it has one. `listed` says whether the menu
    names it; the others are reached from a page of their own.
    """

    code: str
    icon: str
    words: str
    show: Callable[[MainWindow], None]
    action: Action | None = None
    told: str = ""
    keys: str = ""
    listed: bool = True


def places_for(account: Account) -> tuple[Place, ...]:
    """The places of the menu for an account, in the order of `PLACES`."""
    return tuple(place for place in PLACES if place.listed and open_to(place, account))


def open_to(place: Place, account: Account) -> bool:
    """Whether an account may go there."""
    return place.action is None or may(account, place.action)


def place(code: str) -> Place:
    """The place of a code. Raises KeyError for a code that no line of `PLACES` has."""
    return {each.code: each for each in PLACES}[code]


def _send(window: MainWindow) -> None:
    show_sending(window)


def _handouts(window: MainWindow) -> None:
    window.show_aside(HandoutsPage(window.office))


def _numbers(window: MainWindow) -> None:
    window.show_aside(NumbersPage(window.office))


def _settings(window: MainWindow) -> None:
    page = SettingsPage(window.office)
    page.lists_requested.connect(lambda: window.show_place("lists"))
    page.recordings_requested.connect(lambda: window.show_place("recordings"))
    window.show_aside(page)


def _lists(window: MainWindow) -> None:
    page = OfficialListsPage(window.office)
    page.back_requested.connect(lambda: window.show_place("settings"))
    window.show_page(page)


def _recordings(window: MainWindow) -> None:
    page = RecordingsPage(window.office)
    page.back_requested.connect(lambda: window.show_place("settings"))
    window.show_page(page)


def _about(window: MainWindow) -> None:
    page = AboutPage()
    page.languages_requested.connect(lambda: window.show_place("languages"))
    window.show_aside(page)


def _languages(window: MainWindow) -> None:
    page = LanguagesPage(office=window.office)
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


def _menu(window: MainWindow) -> None:
    page = MenuPage(places_for(window.office.store.account))
    page.place_requested.connect(window.show_place)
    page.help_requested.connect(window.help.toggle)
    page.lock_requested.connect(window.pause)
    window.show_aside(page)


PLACES = (
    Place("menu", "list", mark("Menu"), _menu, keys="Alt+M", listed=False),
    Place(
        "people",
        "people",
        mark("Mijn mensen"),
        show_people,
        Action.PEOPLE,
        mark("Gesprekken en plannen terugvinden, opnieuw afdrukken, verder praten."),
        "Alt+P",
    ),
    Place(
        "calls",
        "calendar",
        mark("Vandaag bellen"),
        show_follow_ups,
        Action.PEOPLE,
        mark("Met wie u contact zou opnemen."),
    ),
    Place(
        "send",
        "send",
        mark("Versturen"),
        _send,
        Action.SEND,
        mark("Wat nog weg moet, wat weg is, en wanneer dat was."),
        "Alt+V",
    ),
    Place(
        "stick",
        "save",
        mark("Op een stick"),
        show_envelopes,
        Action.SEND,
        mark("Verslagen naar het Werkcentrum zonder verbinding, en een plan doorgeven."),
    ),
    Place(
        "practice",
        "star",
        mark("Oefenen"),
        show_practice,
        Action.TALK,
        mark("Een gesprek met een verzonnen deelnemer. Er wordt niets verstuurd."),
        "Alt+O",
    ),
    Place(
        "radar", "search", mark("Beroepen"), show_radar, None, mark("Rondkijken in de beroepen van de streek."), "Alt+B"
    ),
    Place(
        "handouts",
        "print",
        mark("Papieren"),
        _handouts,
        None,
        mark("Formulieren, lijsten en kaarten voor op tafel, in elke taal."),
    ),
    Place(
        "numbers", "chart", mark("De cijfers"), _numbers, Action.COUNTS, mark("Hoeveel mensen, en hoe het verder ging.")
    ),
    Place(
        "keeping",
        "clock",
        mark("Bewaren"),
        _keeping,
        Action.RETENTION,
        mark("Wat wanneer weggaat, en reservekopieën maken of terugzetten."),
    ),
    Place(
        "settings",
        "settings",
        mark("Instellingen"),
        _settings,
        None,
        mark("Letters en kleuren, en de gegevens van deze plek."),
        "Alt+I",
    ),
    Place("connection", "settings", mark("Verbinding"), show_connection, Action.SETTINGS, listed=False),
    Place("recordings", "speaker", mark("Stemmen opnemen"), _recordings, Action.SETTINGS, listed=False),
    Place("lists", "list", mark("Officiële lijsten"), _lists, Action.OFFICIAL_LISTS, listed=False),
    Place(
        "accounts",
        "person",
        mark("Toegang"),
        lambda window: accounts(window).begin(),
        None,
        mark("Uw wachtzin, en wie hier werkt."),
    ),
    Place("about", "info", mark("Over"), _about, None, mark("Versie, licenties, en met dank aan wie."), "Alt+A"),
    Place("languages", "globe", mark("Talen"), _languages, None, mark("Wat is vertaald, en wie keek het na.")),
)
