"""The pages of the frame for pictures and for looking over: first start, menu, help, practising."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from intake_app.services.office import Office
from intake_app.services.practice import Remark, practice_people, role_card
from intake_app.ui.keys import add_key
from intake_app.ui.pages.first_start import PlaceStepPage, ReadyPage, WelcomePage
from intake_app.ui.pages.help import HelpPage
from intake_app.ui.pages.menu import MenuPage
from intake_app.ui.pages.practice import FeedbackPage, PracticePage, RoleCardPage
from intake_app.ui.pages.shared import text
from intake_app.ui.places import places_for
from intake_app.ui.practice_flow import TALKS
from intake_app.ui.presenters.practice import told_remarks
from intake_app.ui.theme import tokens

SAMPLE = "short-refugee-cook"
FORGOTTEN = (
    Remark("goal", good=False, params={"how": "ready"}),
    Remark("first_step", good=False, params={"how": "late"}),
    Remark("referral", good=False, params={"count": 1}),
    Remark("skipped", good=False, params={"count": 2, "labels": ("Hoe reist u?", "Wanneer kunt u werken?")}),
    Remark("explained", good=True),
    Remark("consents", good=True),
    Remark("plan", good=True),
)
"""A practice talk that forgot a few things."""


def frame_pages(office: Office) -> Iterator[tuple[str, QWidget]]:
    """Every page of the frame with its name, in the order in which one meets them."""
    yield "welcome", WelcomePage()
    yield "this-place", PlaceStepPage(office.store)
    yield "ready", ReadyPage(office.store)
    yield "menu", MenuPage(places_for(office.store.account))
    about = MenuPage(places_for(office.store.account))
    add_key(about, "Ctrl+Return", text("Verder"), about.back_requested.emit)
    yield "help", HelpPage(about, QWidget())
    people = practice_people(office, tokens().resources.joinpath(*TALKS))
    yield "practice", PracticePage(people)
    person = next(one for one in people if one.code == SAMPLE)
    yield "role-card", RoleCardPage(person, role_card(office, person))
    yield "feedback", FeedbackPage(told_remarks(FORGOTTEN))
