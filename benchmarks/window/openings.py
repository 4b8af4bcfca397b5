"""What is opened to measure how long the window stands still: every page a person meets, and what is done on some."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from intake_app.bootstrap import Repairs
from intake_app.domain.letters import WithdrawalSheet
from intake_app.services.access import Access
from intake_app.services.accounts import Accounts
from intake_app.services.conversation import Conversation
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.follow_up import card_of
from intake_app.services.office import Office
from intake_app.services.one_question import OneQuestion
from intake_app.services.people import list_people, open_file
from intake_app.services.practice import practice_people, role_card
from intake_app.services.radar import Radar
from intake_app.services.rights import person_rights
from intake_app.ui import frame_screens as frame
from intake_app.ui import screenshots as shown
from intake_app.ui import theme
from intake_app.ui.more_screens import office_pages
from intake_app.ui.pages import account_forms as forms
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.first_access import FirstAccessPage
from intake_app.ui.pages.first_start import PlaceStepPage, ReadyPage, WelcomePage
from intake_app.ui.pages.follow_up_form import RenewedPlanPage
from intake_app.ui.pages.letter import LetterPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.referrals import ReferralsPage
from intake_app.ui.pages.repair import RepairPage
from intake_app.ui.pages.sent_content import SentContentPage
from intake_app.ui.pages.spread import SpreadPage
from intake_app.ui.pages.talk_desk import TalkDesk
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.presenters.practice import told_remarks
from intake_app.ui.widgets import Page


@dataclass(frozen=True)
class Opening:
    """A page by name, and how it is made; `then` is what somebody does on it once it is at rest."""

    name: str
    build: Callable[[], QWidget]
    then: Callable[[Any], object] | None = None


def openings(office: Office) -> Iterator[Opening]:
    """The pages before and beside a talk, an empty one first."""
    yield Opening("an empty page", lambda: Page("Bladzijde"))
    yield from _at_the_door(office)
    yield from _frame(office)
    for name, page in office_pages(office):
        kind = type(page)
        page.deleteLater()
        yield Opening(name, lambda kind=kind: kind(office))
    yield Opening("send", lambda: shown.SendPage(office))
    yield Opening("settings", lambda: shown.SettingsPage(office))
    yield Opening("official lists", lambda: shown.OfficialListsPage(office))
    yield Opening("numbers", lambda: shown.NumbersPage(office))
    yield Opening("numbers, counted", lambda: shown.NumbersPage(office), lambda page: page.choose([shown.PRACTICE]))
    yield Opening("keeping", lambda: shown.RetentionPage(office))
    yield Opening("backup", lambda: shown.BackupPage(office))
    yield Opening("access log", lambda: shown.AccessLogPage(office))
    yield Opening("papers", lambda: shown.HandoutsPage(office))
    yield Opening("occupations", lambda: RadarPage(Radar(office)))
    yield Opening("spread", lambda: SpreadPage(office))
    yield Opening("about", shown.AboutPage)
    yield Opening("languages", shown.LanguagesPage)
    yield from _accounts(office)


def _at_the_door(office: Office) -> Iterator[Opening]:
    yield Opening("first start", lambda: FirstAccessPage(Access(shown.Door(there=False))))
    yield Opening("unlock", lambda: shown.UnlockPage(Access(shown.Door(there=True))))
    yield Opening("recover", lambda: shown.RecoverPage(Access(shown.Door(there=True))))
    yield Opening("repair", lambda: RepairPage(Repairs(Path(tempfile.gettempdir())), damaged=True))
    yield Opening("welcome", WelcomePage)
    yield Opening("this place", lambda: PlaceStepPage(office.store))
    yield Opening("ready", lambda: ReadyPage(office.store))


def _frame(office: Office) -> Iterator[Opening]:
    account = office.store.account
    people = practice_people(office, theme.tokens().resources.joinpath(*frame.TALKS))
    card = role_card(office, people[0])
    menu = frame.MenuPage(frame.places_for(account))
    yield Opening("home", lambda: shown.HomePage(office))
    yield Opening("menu", lambda: frame.MenuPage(frame.places_for(account)))
    yield Opening("help", lambda: frame.HelpPage(menu, QWidget()))
    yield Opening("practice", lambda: frame.PracticePage(people))
    yield Opening("role card", lambda: frame.RoleCardPage(people[0], card))
    yield Opening("feedback", lambda: frame.FeedbackPage(told_remarks(frame.FORGOTTEN)))


def _accounts(office: Office) -> Iterator[Opening]:
    accounts = Accounts(office.store, office.clock)
    member = accounts.members()[0]
    yield Opening("accounts", lambda: shown.AccountsPage(accounts))
    yield Opening("recovery key", lambda: shown.RecoveryKeyPage(accounts, office.installation.location))
    yield Opening("add a colleague", lambda: forms.AddPage(accounts))
    yield Opening("another passphrase", lambda: forms.ChangePassphrasePage(accounts))
    yield Opening("a colleague's passphrase", lambda: forms.ResetPage(accounts, member))
    yield Opening("bring back", lambda: forms.BringBackPage(accounts))
    yield Opening("end an account", lambda: forms.EndPage(accounts, member))
    yield Opening("hand people over", lambda: forms.HandOverPage(accounts))


def in_a_talk(office: Office, talk: Conversation) -> Iterator[Opening]:
    """The pages of a talk whose guest is about to leave, and of whom it is with."""
    radar, language = Radar(office, talk), talk.talk.language
    first, second, *_ = talk.keeper.suggestions.shown()
    yield from _questions(office, talk)
    yield Opening("changed form", lambda: shown.changed_form(talk))
    yield Opening("reading back", lambda: shown.ReadingBackPage(ConversationPresenter(talk)))
    yield Opening("offers", lambda: shown.OffersPage(talk))
    yield Opening("one question", lambda: shown.OneQuestionPage(OneQuestion(office, talk)))
    yield Opening("plan", lambda: PlanPage(office, talk))
    yield Opening("plan, its steps", lambda: PlanPage(office, talk), PlanPage.edit)
    yield Opening("plan, giving along", lambda: PlanPage(office, talk), PlanPage.show_list)
    yield Opening("radar", lambda: RadarPage(radar, language))
    yield Opening("radar, close by", lambda: RadarPage(radar, language), lambda page: page.show_close(first))
    yield Opening("compare", lambda: ComparePage(radar, first, second, language))


def _questions(office: Office, talk: Conversation) -> Iterator[Opening]:
    """The screen the talk stands on, as the window comes back to it; what stays during a talk is there already."""
    for name, strip, turned in (
        ("a question", False, False),
        ("a question, strip open", True, False),
        ("a question, turned round", False, True),
    ):
        desk, presenter = TalkDesk(office), ConversationPresenter(talk)
        desk.strip_open, desk.turned = strip, turned
        yield Opening(
            name,
            lambda desk=desk, presenter=presenter: ConversationPage(office, presenter, desk=desk, at_once=False),
        )


def after_a_talk(office: Office, talk: Conversation, outcome: FinalizeOutcome) -> Iterator[Opening]:
    """The pages of a person with whom a talk was finished."""
    who, plan = talk.talk.header.participant_id, office.plan(talk)
    person = next(one for one in list_people(office.store) if one.participant_id == who)
    found = open_file(office.store, office.clock, who, call_name=person.call_name, number=person.number)
    known, card = person_rights(office, who), card_of(office.store, who)
    sheet = WithdrawalSheet(talk.number, "ar", office.installation)
    yield Opening("people", lambda: shown.PeoplePage(office))
    yield Opening("people, searched", lambda: shown.PeoplePage(office), lambda page: page.search.setText("a"))
    yield Opening("who is here", lambda: shown.IdentifyPage(office, person))
    yield Opening("person", lambda: shown.PersonPage(office, found))
    yield Opening("rights", lambda: shown.PersonRightsPage(office, who, known))
    yield Opening("letter", lambda: LetterPage(office, sheet, "Voor de deelnemer"))
    yield Opening("renewed plan", lambda: RenewedPlanPage(office, plan, "Bewaard."))
    if card is not None:
        yield Opening("case card", lambda: CaseCardPage(office, card))
        yield Opening("referrals", lambda: ReferralsPage(office, who))
    for record in outcome.queued[:1]:
        yield Opening("what is sent", lambda record=record: SentContentPage(office, record, "het verslag"))
