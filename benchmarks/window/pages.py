"""Every page beside the talk opened as the window does it: how long the window stands still at the longest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from intake_app.services.accounts import Accounts
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.services.one_question import OneQuestion
from intake_app.services.people import PersonSummary, list_people, open_file
from intake_app.services.practice import practice_people, role_card
from intake_app.services.radar import Radar
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.ui import frame_screens as frame
from intake_app.ui import screenshots as shown
from intake_app.ui import theme
from intake_app.ui.more_screens import office_pages
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.shared import lane
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.widgets import Page

Build = Callable[[], QWidget]
SIZE = (1366, 768)
RUNS = 3
_REST, _LOOK_S = 6, 0.004
"""A page is at rest after so many events in a row in which nothing happened."""
_NOTHING_S = 0.001


@dataclass(frozen=True)
class Opened:
    """Processor time in seconds of the GUI thread: the longest event, all of them, and how many widgets there were."""

    name: str
    longest: float
    whole: float
    widgets: int


def builders(office: Office, talk: Conversation) -> Iterator[tuple[str, Build]]:
    """The pages beside the talk by name, an empty one first."""
    accounts, account = Accounts(office.store, office.clock), office.store.account
    people = practice_people(office, theme.tokens().resources.joinpath(*frame.TALKS))
    card = role_card(office, people[0])
    yield "an empty page", lambda: Page("Bladzijde")
    yield "home", lambda: shown.HomePage(office)
    yield "menu", lambda: frame.MenuPage(frame.places_for(account))
    yield "practice", lambda: frame.PracticePage(people)
    yield "role card", lambda: frame.RoleCardPage(people[0], card)
    for name, page in office_pages(office):
        kind = type(page)
        page.deleteLater()
        yield name, lambda kind=kind: kind(office)
    yield "send", lambda: shown.SendPage(office)
    yield "settings", lambda: shown.SettingsPage(office)
    yield "official lists", lambda: shown.OfficialListsPage(office)
    yield "numbers", lambda: _numbers(office)
    yield "keeping", lambda: shown.RetentionPage(office)
    yield "backup", lambda: shown.BackupPage(office)
    yield "access log", lambda: shown.AccessLogPage(office)
    yield "accounts", lambda: shown.AccountsPage(accounts)
    yield "recovery key", lambda: shown.RecoveryKeyPage(accounts, office.installation.location)
    yield "papers", lambda: shown.HandoutsPage(office)
    yield "about", shown.AboutPage
    yield "languages", shown.LanguagesPage
    yield from _with_people(office, list_people(office.store)[0])
    yield from _in_a_talk(office, talk)


def _numbers(office: Office) -> QWidget:
    page = shown.NumbersPage(office)
    page.choose([shown.PRACTICE])
    return page


def _with_people(office: Office, person: PersonSummary) -> Iterator[tuple[str, Build]]:
    def file() -> QWidget:
        found = open_file(
            office.store, office.clock, person.participant_id, call_name=person.call_name, number=person.number
        )
        return shown.PersonPage(office, found)

    yield "people", lambda: shown.PeoplePage(office)
    yield "who is here", lambda: shown.IdentifyPage(office, person)
    yield "person", file
    yield "rights", lambda: shown.PersonRightsPage(office, person.participant_id)


def _in_a_talk(office: Office, talk: Conversation) -> Iterator[tuple[str, Build]]:
    radar = Radar(office, talk)
    first, second, *_ = talk.keeper.suggestions.shown()
    yield "reading back", lambda: shown.ReadingBackPage(ConversationPresenter(talk))
    yield "offers", lambda: shown.OffersPage(talk)
    yield "one question", lambda: shown.OneQuestionPage(OneQuestion(office, talk))
    yield "plan", lambda: PlanPage(office, talk)
    yield "radar", lambda: RadarPage(radar, "ar")
    yield "compare", lambda: ComparePage(radar, first, second, "ar")


def opened(office: Office, language: str = "ar", runs: int = RUNS) -> list[Opened]:
    """Each page opened once to warm up and then so many times, after a sample talk; the median of those."""
    talk = office.begin_talk(practice=True)
    path = theme.tokens().resources / "sample" / "talks" / shown.SAMPLE
    Rehearsal(talk, read_script(path, {"talk_language": language})).play(until_guest_leaves=True)
    window = QStackedWidget()
    window.resize(*SIZE)
    window.show()
    found = []
    for name, build in builders(office, talk):
        took = [_open(window, build) for _ in range(runs + 1)][1:]
        longest, whole, widgets = (median(part) for part in zip(*took, strict=True))
        found.append(Opened(name, longest, whole, round(widgets)))
    window.close()
    if talk.talk.recording:
        office.remove_draft(talk.talk.header.instance_id)
    return found


def _open(window: QStackedWidget, build: Build) -> tuple[float, float, float]:
    """Show a page as the window does, from the press to when it is at rest; then let it go."""
    begun = time.thread_time()
    page = build()
    window.addWidget(page)
    window.setCurrentWidget(page)
    took, quiet = [time.thread_time() - begun], 0
    while quiet < _REST:
        begun = time.thread_time()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        took.append(time.thread_time() - begun)
        quiet = 0 if lane().busy or took[-1] > _NOTHING_S else quiet + 1
        if quiet or lane().busy:
            time.sleep(_LOOK_S)
    widgets = len(page.findChildren(QWidget))
    window.removeWidget(page)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return max(took), sum(took), widgets
