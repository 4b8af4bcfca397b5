"""The places of the window beside the talk: what each is called, who may go there, and how it opens.

A new page needs one line in `PLACES`; the menu of the first page and every way to it follow. What a place shows is
loaded when somebody goes there, or ahead of that by `load_places`: so the window itself stands sooner.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from intake_app.domain.account import Account
from intake_app.i18n.gettext import mark
from intake_app.services.policy import Action, may
from intake_app.ui.widgets import MessageKind

if TYPE_CHECKING:
    from intake_app.ui.account_flow import AccountFlow
    from intake_app.ui.keeping_flow import KeepingFlow
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


def _people(window: MainWindow) -> None:
    from intake_app.ui.people_flow import show_people

    show_people(window)


def _calls(window: MainWindow) -> None:
    from intake_app.ui.follow_up_flow import show_follow_ups

    show_follow_ups(window)


def _stick(window: MainWindow) -> None:
    from intake_app.ui.envelope_flow import show_envelopes

    show_envelopes(window)


def _practice(window: MainWindow) -> None:
    from intake_app.ui.practice_flow import show_practice

    show_practice(window)


def _radar(window: MainWindow) -> None:
    from intake_app.ui.radar_flow import show_radar

    show_radar(window)


def _connection(window: MainWindow) -> None:
    from intake_app.ui.sending_flow import show_connection

    show_connection(window)


def _send(window: MainWindow) -> None:
    from intake_app.ui.sending_flow import show_sending

    show_sending(window)


def _data_wish(window: MainWindow) -> None:
    from intake_app.ui.pages.data_wish import DataWishPage

    members = window.access.accounts() if window.access is not None else ()
    page = DataWishPage(window.office, [one.name for one in members if may(one, Action.RIGHTS)])
    page.people_requested.connect(lambda: window.show_place("people"))
    window.show_aside(page)


def _handouts(window: MainWindow) -> None:
    from intake_app.ui.pages.handouts import HandoutsPage

    window.show_aside(HandoutsPage(window.office))


def _numbers(window: MainWindow) -> None:
    from intake_app.ui.pages.numbers import NumbersPage

    window.show_aside(NumbersPage(window.office))


def _settings(window: MainWindow) -> None:
    from intake_app.ui.pages.settings import SettingsPage

    page = SettingsPage(window.office)
    page.lists_requested.connect(lambda: window.show_place("lists"))
    page.recordings_requested.connect(lambda: window.show_place("recordings"))
    window.show_aside(page)


def _lists(window: MainWindow) -> None:
    from intake_app.ui.pages.official_lists import OfficialListsPage

    page = OfficialListsPage(window.office)
    page.back_requested.connect(lambda: window.show_place("settings"))
    window.show_page(page)


def _recordings(window: MainWindow) -> None:
    from intake_app.ui.pages.recordings import RecordingsPage

    page = RecordingsPage(window.office)
    page.back_requested.connect(lambda: window.show_place("settings"))
    window.show_page(page)


def _about(window: MainWindow) -> None:
    from intake_app.ui.pages.about import AboutPage

    page = AboutPage()
    page.languages_requested.connect(lambda: window.show_place("languages"))
    window.show_aside(page)


def _languages(window: MainWindow) -> None:
    from intake_app.ui.pages.languages import LanguagesPage

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
    from intake_app.ui.account_flow import AccountFlow

    return _led(window, AccountFlow(window, window.office))


def _keeping(window: MainWindow) -> None:
    from intake_app.ui.keeping_flow import KeepingFlow

    flow = _led(window, KeepingFlow(window, window.office))
    flow.restore_requested.connect(lambda: _put_back(window))
    flow.begin()


def _put_back(window: MainWindow) -> None:
    """A backup is put back over a closed store; afterwards the passphrase is asked again."""
    from intake_app.ui.keeping_flow import show_repair

    window.leave_office()
    show_repair(window, damaged=False)


def _menu(window: MainWindow) -> None:
    from intake_app.ui.pages.menu import MenuPage

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
        _people,
        Action.PEOPLE,
        mark("Gesprekken en plannen terugvinden, opnieuw afdrukken, verder praten."),
        "Alt+P",
    ),
    Place(
        "calls",
        "calendar",
        mark("Vandaag bellen"),
        _calls,
        Action.PEOPLE,
        mark("Met wie u contact zou opnemen."),
    ),
    Place(
        "data-wish",
        "trash",
        mark("Gegevens inzien of wissen"),
        _data_wish,
        None,
        mark("Iemand wil zien wat er staat, of alles laten verwijderen (AVG)."),
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
        _stick,
        Action.SEND,
        mark("Verslagen naar het Werkcentrum zonder verbinding, en een plan doorgeven."),
    ),
    Place(
        "practice",
        "star",
        mark("Oefenen"),
        _practice,
        Action.TALK,
        mark("Een gesprek met een verzonnen deelnemer. Er wordt niets verstuurd."),
        "Alt+O",
    ),
    Place("radar", "search", mark("Beroepen"), _radar, None, mark("Rondkijken in de beroepen van de streek."), "Alt+B"),
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
    Place("connection", "settings", mark("Verbinding"), _connection, Action.SETTINGS, listed=False),
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


def load_places() -> None:
    """Load what stands behind the door, so that no first step waits for it; for a background lane."""
    from intake_app.ui import (
        account_flow,
        envelope_flow,
        follow_up_flow,
        keeping_flow,
        people_flow,
        practice_flow,
        radar_flow,
        sending_flow,
        talk_flow,
    )
    from intake_app.ui.pages import (
        about,
        data_wish,
        handouts,
        home,
        languages,
        menu,
        numbers,
        official_lists,
        recordings,
        settings,
    )

    loaded = (
        account_flow, envelope_flow, follow_up_flow, keeping_flow, people_flow, practice_flow, radar_flow, sending_flow,
        talk_flow, about, data_wish, handouts, home, languages, menu, numbers, official_lists, recordings, settings,
    )  # fmt: skip
    assert all(loaded)
