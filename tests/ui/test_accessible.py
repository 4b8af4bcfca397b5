"""Every page for a screen reader and for the keyboard alone: names, roles, reach and order, in both directions."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.bootstrap import Repairs, recorded_voices
from intake_app.domain.clock import FixedClock
from intake_app.domain.letters import WithdrawalSheet
from intake_app.services.accounts import Accounts
from intake_app.services.follow_up import card_of
from intake_app.services.office import Office
from intake_app.services.people import KeptPlan
from intake_app.services.radar import Radar
from intake_app.sync.envelope import Envelopes
from intake_app.ui import pages
from intake_app.ui.pages.account_forms import BringBackPage, ChangePassphrasePage, EndPage, HandOverPage, ResetPage
from intake_app.ui.pages.case_card import CaseCardPage
from intake_app.ui.pages.compare import ComparePage
from intake_app.ui.pages.connect import ConnectPage
from intake_app.ui.pages.data_wish import DataWishPage
from intake_app.ui.pages.envelope import EnvelopePage
from intake_app.ui.pages.follow_up_form import RenewedPlanPage
from intake_app.ui.pages.follow_ups import FollowUpsPage
from intake_app.ui.pages.letter import LetterPage
from intake_app.ui.pages.manual import ManualPage
from intake_app.ui.pages.plan_again import PlanAgainPage
from intake_app.ui.pages.radar import RadarPage
from intake_app.ui.pages.recordings import RecordingsPage
from intake_app.ui.pages.referrals import ReferralsPage
from intake_app.ui.pages.repair import RepairPage
from intake_app.ui.pages.sent_content import SentContentPage
from intake_app.ui.pages.spread import SpreadPage
from intake_app.ui.screenshots import capture_all, settle
from intake_app.ui.widgets import Page
from tests.fakes.envelopes import QUICK
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, begun, make_office, played, told
from tests.ui.accessible import complaints

BASES = {"SidePage", "FormPage"}
"""Pages that are only built upon."""
ELSEWHERE = {"DeskPage"}
"""Held to the same in `test_page_desk.py`, where two laptops meet on it."""
GALLERY = {"StatesPage"}
"""For who builds: it exists where another test of the same run has asked for it."""
Build = Callable[[], QWidget]


def every_kind() -> set[str]:
    """The name of every class of pages in the program, wherever it stands."""
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        importlib.import_module(module.name)
    found, waiting = set(), [Page]
    while waiting:
        below = waiting.pop().__subclasses__()
        found |= {kind.__name__ for kind in below if kind.__module__.startswith("intake_app.")}
        waiting += below
    return found - BASES


@pytest.fixture(scope="module")
def walk(ready_office: Office, tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> dict[str, Any]:
    """All pages of the pictures, in Arabic and in Dutch: what is wrong on each, and which kinds they were."""
    found: dict[str, list[str]] = {}
    kinds: set[str] = set()

    def look(name: str, page: QWidget) -> None:
        found[name] = complaints(page)
        kinds.add(type(page).__name__)

    for code in ("ar", "nl"):
        office = replace(ready_office, store=InMemoryStore(), send_round=None)
        out = tmp_path_factory.mktemp(code)
        for _ in capture_all(office, out, code, lambda name, page, code=code: look(f"{name} ({code})", page)):
            pass
    return {"found": found, "kinds": kinds}


@pytest.fixture
def others(tmp_path: Path) -> Mapping[str, Build]:
    """How each page is made that the pictures do not show."""
    office = make_office(InMemoryStore(), FixedClock(MORNING))
    done = played(office, NT1)
    told(done, {"call_name": "Samira"})
    outcome = office.finish(done)
    who = done.talk.header.participant_id
    talk = begun(make_office(), talk_language="ar")
    told(talk, {"cards": "card_z4 card_z1 card_z6", "top3": "card_z4 card_z1"})
    talk.keeper.fill_suggestions()
    first, second, *_ = talk.keeper.suggestions.shown()
    accounts = Accounts(office.store, office.clock)
    member = accounts.members()[0]
    card = card_of(office.store, who)
    sheet = WithdrawalSheet(done.number, "ar", office.installation)
    plan = office.plan(done)
    assert card is not None
    return {
        "CaseCardPage": lambda: CaseCardPage(office, card),
        "ReferralsPage": lambda: ReferralsPage(office, who),
        "FollowUpsPage": lambda: FollowUpsPage(office, "Bewaard."),
        "RadarPage": lambda: RadarPage(Radar(make_office(), talk), "ar"),
        "SpreadPage": lambda: SpreadPage(make_office(), people=20),
        "ComparePage": lambda: ComparePage(Radar(make_office(), talk), first, second, "ar"),
        "ChangePassphrasePage": lambda: ChangePassphrasePage(accounts),
        "ResetPage": lambda: ResetPage(accounts, member),
        "BringBackPage": lambda: BringBackPage(accounts),
        "EndPage": lambda: EndPage(accounts, member),
        "HandOverPage": lambda: HandOverPage(accounts),
        "EnvelopePage": lambda: EnvelopePage(replace(office, envelopes=Envelopes(QUICK))),
        "ConnectPage": lambda: ConnectPage(office),
        "LetterPage": lambda: LetterPage(office, sheet, "Voor de deelnemer"),
        "RecordingsPage": lambda: RecordingsPage(replace(office, recordings=recorded_voices(tmp_path / "recordings"))),
        "RepairPage": lambda: RepairPage(Repairs(tmp_path), damaged=True),
        "SentContentPage": lambda: SentContentPage(office, outcome.queued[0], "het plan"),
        "PlanAgainPage": lambda: PlanAgainPage(office, KeptPlan(plan.plan_number, office.clock.now(), plan)),
        "ManualPage": ManualPage,
        "DataWishPage": lambda: DataWishPage(office, ["Anneke"]),
        "RenewedPlanPage": lambda: RenewedPlanPage(office, plan, "Bewaard."),
    }


def test_every_page_there_is_is_looked_at_here(walk: dict[str, Any], others: Mapping[str, Build]) -> None:
    assert every_kind() - GALLERY - walk["kinds"] - set(others) == ELSEWHERE


def test_every_control_has_a_name_a_role_and_a_place_in_the_order_in_both_directions(walk: dict[str, Any]) -> None:
    assert {name: wrong for name, wrong in walk["found"].items() if wrong} == {}
    assert len(walk["found"]) > 90


def test_the_other_pages_too(others: Mapping[str, Build], shown: Callable[..., QWidget]) -> None:
    found = {}
    for name, build in others.items():
        page = build()
        shown(page, 1366, 768)
        settle(page)
        found[name] = complaints(page)
        page.hide()

    assert {name: wrong for name, wrong in found.items() if wrong} == {}
