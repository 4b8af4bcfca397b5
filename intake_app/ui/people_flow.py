"""The people of the caseload in the window: the list, the second mark, the file and the rights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake_app.services.people import KeptPlan, PersonFile, PersonSummary
from intake_app.ui.desk_flow import show_desk
from intake_app.ui.envelope_flow import show_envelopes
from intake_app.ui.follow_up_flow import show_card
from intake_app.ui.keeping_flow import KeepingFlow
from intake_app.ui.pages.identify import IdentifyPage
from intake_app.ui.pages.people import EVERYBODY, PeoplePage
from intake_app.ui.pages.person import PersonPage
from intake_app.ui.pages.plan_again import PlanAgainPage

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


def show_people(window: MainWindow, which: str = EVERYBODY) -> None:
    """The own caseload, everybody or whom to call; a file opens after a second mark."""
    page = PeoplePage(window.office, which=which)
    page.person_requested.connect(lambda person: _ask_who(window, person))
    page.meeting_requested.connect(lambda who, name: show_desk(window, who, name))
    page.envelopes_requested.connect(lambda: show_envelopes(window, opening=True))
    page.card_requested.connect(lambda who: show_card(window, who))
    window.show_aside(page)


def _ask_who(window: MainWindow, person: PersonSummary) -> None:
    page = IdentifyPage(window.office, person)
    page.opened.connect(lambda found: _show_person(window, found))
    page.back_requested.connect(lambda: show_people(window))
    window.show_page(page)


def _show_person(window: MainWindow, found: PersonFile) -> None:
    page = PersonPage(window.office, found)
    page.draft_requested.connect(window.talks.open_draft)
    page.reopen_requested.connect(window.talks.reopen)
    page.rights_requested.connect(lambda participant_id: _show_rights(window, participant_id))
    page.again_requested.connect(lambda plan: _show_again(window, found, plan))
    page.back_requested.connect(lambda: show_people(window))
    window.show_page(page)


def _show_again(window: MainWindow, found: PersonFile, plan: KeptPlan) -> None:
    page = PlanAgainPage(window.office, plan)
    page.back_requested.connect(lambda: _show_person(window, found))
    window.show_page(page)


def _show_rights(window: MainWindow, participant_id: str) -> None:
    flow = KeepingFlow(window, window.office)
    flow.left.connect(lambda: show_people(window))
    flow.left.connect(flow.deleteLater)
    flow.show_rights(participant_id)
