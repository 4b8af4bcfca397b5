"""The numbers in the window: what was promised on top, invented numbers marked, nothing hidden drawn as a bar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.domain.clock import FixedClock
from intake_app.domain.counting import Period
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.monitoring.practice import practice_tables, write_export
from intake_app.services.office import Office
from intake_app.services.policy import Action
from intake_app.ui.pages.numbers import CENTRAL, LOCAL, PRACTICE, NumbersPage
from intake_app.ui.places import place, places_for
from intake_app.ui.presenters.numbers import LEFT, RIGHT, NumbersPresenter
from intake_app.ui.printing import PrintWays
from intake_app.ui.screenshots import settle
from intake_app.ui.widgets import Badge, MessageBar, TextLabel
from intake_app.ui.widgets.target_bar import TargetBar
from tests.fakes.storage import InMemoryStore
from tests.services.helps import make_office

Shown = Callable[..., QWidget]
YEARS = Period(date(2027, 1, 1), date(2028, 12, 31), date(2028, 12, 31))


@pytest.fixture
def office() -> Office:
    made = make_office()
    return replace(made, letters=made.printer)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    write_export(practice_tables(YEARS, size=200), tmp_path / "export.zip")
    return tmp_path / "export.zip"


def words(page: QWidget) -> str:
    QApplication.processEvents()
    labels = [label.text() for label in page.findChildren(TextLabel) if label.isVisibleTo(page)]
    return "\n".join([*labels, *(bar.accessibleName() for bar in page.findChildren(MessageBar))])


def badges(card: QWidget) -> list[str]:
    return [one.text() for one in card.findChildren(Badge) if one.isVisibleTo(card)]


def test_every_indicator_has_its_place_on_the_page(office: Office) -> None:
    shown = {*LEFT, *RIGHT, *(section.id for section in NumbersPresenter(office).promises())}
    assert shown == {f"ind{number:02d}" for number in range(1, 14)}


def test_a_laptop_that_counted_nothing_draws_no_bar_for_what_is_hidden(office: Office, shown: Shown) -> None:
    page = NumbersPage(office)
    shown(page, 1366, 768)
    assert "klein getal, niet getoond" in words(page)
    assert all(bar.share is None or not bar.share for bar in page.findChildren(TargetBar))
    assert page.sources.values() == [LOCAL]


def test_practice_numbers_are_marked_as_invented_and_show_their_targets(office: Office, shown: Shown) -> None:
    page = NumbersPage(office)
    shown(page, 1366, 768)
    page.choose([PRACTICE])
    settle(page)
    assert "VERZONNEN" in words(page)
    assert "doel 200" in words(page)
    assert "doel 60%" in words(page)
    reached = [bar for bar in page.findChildren(TargetBar) if bar.reached]
    assert reached
    page.choose([LOCAL])
    settle(page)
    assert "VERZONNEN" not in words(page)


def test_one_place_can_be_looked_at(office: Office, shown: Shown) -> None:
    page = NumbersPage(office)
    shown(page, 1366, 768)
    page.choose([PRACTICE])
    settle(page)
    whole = page.presenter.report.indicator("ind01").figure("count").value
    page.choose_place(["Verzonnen Noord"])
    settle(page)
    part = page.presenter.report.indicator("ind01").figure("count").value
    assert page.presenter.report.location == "Verzonnen Noord"
    assert whole is not None
    assert part is not None
    assert 0 < part < whole


def test_files_of_the_server_are_read_and_a_wrong_one_changes_nothing(
    office: Office, shown: Shown, export: Path, tmp_path: Path
) -> None:
    (tmp_path / "wrong.zip").write_text("no zip")
    chosen = [[str(export)], [str(tmp_path / "wrong.zip")], []]
    page = NumbersPage(office, choose_exports=lambda _: chosen.pop(0))
    shown(page, 1366, 768)
    page.choose([CENTRAL])
    settle(page)
    assert page.presenter.report.sources == ("central",)
    page.choose([CENTRAL])
    settle(page)
    assert page.message.isVisibleTo(page)
    assert page.presenter.report.sources == ("central",)
    page.choose([CENTRAL])
    settle(page)
    assert page.sources.values() == [CENTRAL]


def test_the_page_of_paper_is_kept_as_pdf(office: Office, shown: Shown, tmp_path: Path) -> None:
    out = tmp_path / "cijfers.pdf"
    page = NumbersPage(office, ways=PrintWays(choose_file=lambda _page, _name: str(out)))
    shown(page, 1366, 768)
    page.save.click()
    settle(page)
    assert out.read_bytes().startswith(b"%PDF")


def test_a_bar_and_its_line_say_the_same_to_who_does_not_see_them(office: Office, shown: Shown) -> None:
    page = NumbersPage(office)
    shown(page, 1366, 768)
    page.choose([PRACTICE])
    settle(page)
    bars = page.findChildren(TargetBar)
    assert len(bars) > 10
    assert all(any(char.isdigit() for char in bar.accessibleName()) for bar in bars)


def test_the_site_lead_says_who_was_trained_and_a_counsellor_sees_no_such_list(shown: Shown) -> None:
    lead = make_office(InMemoryStore(Account(AccountId("account-1"), "Anneke", ("site_lead",))))
    page = NumbersPage(lead)
    shown(page, 1366, 768)
    (button,) = page.training.buttons
    button.click()
    entry = page.training.entry
    assert entry is not None
    entry.chosen.emit(date(2027, 4, 1))
    settle(page)
    assert "Kies een dag die al is geweest." in words(page)
    assert page.training.buttons
    entry.chosen.emit(date(2026, 11, 17))
    settle(page)
    assert page.training.buttons == []
    assert "training gedaan op 17 november 2026" in words(page)
    counsellor = make_office(InMemoryStore(Account(AccountId("account-1"), "Vera", ("counsellor",))))
    other = NumbersPage(counsellor)
    shown(other, 1366, 768)
    assert "Wie heeft de training gedaan?" not in words(other)


def test_the_site_lead_sets_the_day_on_which_the_two_years_begin(shown: Shown) -> None:
    lead = make_office(InMemoryStore(Account(AccountId("account-1"), "Anneke", ("site_lead",))))
    page = NumbersPage(lead)
    shown(page, 1366, 768)
    assert "Begint op 1 januari 2027" in words(page)
    page.period.change.click()
    assert page.period.entry is not None
    page.period.entry.chosen.emit(date(2027, 3, 15))
    settle(page)
    assert "Begint op 15 maart 2027" in words(page)
    assert "15 maart 2027 tot en met 14 maart 2029" in words(page)
    page.period.change.click()
    page.period.leave()
    assert page.period.entry is None
    page.choose([PRACTICE])
    settle(page)
    assert "De twee jaar van het project" not in words(page)
    counsellor = NumbersPage(make_office(InMemoryStore(Account(AccountId("account-1"), "Vera", ("counsellor",)))))
    shown(counsellor, 1366, 768)
    assert "De twee jaar van het project" not in words(counsellor)


def test_the_fair_check_says_when_it_is_due_and_the_site_lead_says_that_it_was_done(shown: Shown) -> None:
    clock = FixedClock(datetime(2027, 7, 2, 10, tzinfo=UTC))
    page = NumbersPage(
        make_office(InMemoryStore(Account(AccountId("account-1"), "Anneke", ("site_lead",))), clock=clock)
    )
    shown(page, 1366, 768)
    assert "Nog niet nagekeken. Doe het uiterlijk op 1 juli 2027." in words(page)
    assert badges(page.fair) == ["Nu nakijken"]
    assert page.fair.looked is not None
    page.fair.looked.click()
    settle(page)
    assert "De volgende keer is uiterlijk op 2 januari 2028." in words(page)
    assert badges(page.fair) == []
    counsellor = NumbersPage(make_office(InMemoryStore(Account(AccountId("account-1"), "Vera", ("counsellor",)))))
    shown(counsellor, 1366, 768)
    assert counsellor.fair.looked is None


def test_groups_by_municipality_show_no_small_number(office: Office, shown: Shown) -> None:
    page = NumbersPage(office)
    shown(page, 1366, 768)
    assert "Groepen per gemeente" not in words(page)
    page.choose([PRACTICE])
    settle(page)
    assert "Groepen per gemeente" in words(page)
    told = page.presenter.crossed()
    assert told
    assert all(int(line.told.replace(".", "")) >= 10 for line in told)


def test_the_window_leads_there_for_who_may_see_counts(office: Office) -> None:
    found = place("numbers")
    assert found.action is Action.COUNTS
    assert "numbers" in {one.code for one in places_for(office.store.account)}
