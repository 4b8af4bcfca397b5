from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, fields, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.domain.clocks import RetentionClocks
from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.services.installation import missing_settings, read_clocks, read_installation, read_lock_minutes
from intake_app.services.office import Office
from intake_app.ui import theme
from intake_app.ui.pages.address_card import AddressCard
from intake_app.ui.pages.home import HomePage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.presenters.settings import read_look, still_empty
from intake_app.ui.widgets import MessageKind
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore

Shown = Callable[..., QWidget]


@pytest.fixture
def page(office: Office, shown: Shown, qapp: QApplication) -> Iterator[SettingsPage]:
    made = SettingsPage(office)
    shown(made, 1366, 768)
    yield made
    theme.apply(qapp, size=theme.TextSize.NORMAL, scheme=theme.Scheme.LIGHT)


def save(qtbot: QtBot, page: SettingsPage) -> None:
    qtbot.mouseClick(page.save, Qt.MouseButton.LeftButton)


def test_what_was_kept_is_shown(page: SettingsPage) -> None:
    assert page.entries["organisation"].text() == "Werkcentrum Achterhoek"
    assert page.basis.values() == ["consent"]
    assert page.no_control.values() == ["no"]
    assert page.warning.isHidden()


def test_what_is_typed_is_kept_without_spaces_around_it(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    page.entries["location"].setText("  Bibliotheek Winterswijk ")
    page.entries["data_officer"].setText("FG Voorbeeld")
    page.basis.card("public_task").click()

    save(qtbot, page)

    kept = read_installation(office.store)
    assert (kept.location, kept.data_officer) == ("Bibliotheek Winterswijk", "FG Voorbeeld")
    assert kept.legal_basis == "public_task"


def test_every_period_is_a_setting(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    assert set(page.clocks) == {item.name for item in fields(RetentionClocks)}
    for clock in page.clocks.values():
        qtbot.mouseClick(clock.less, Qt.MouseButton.LeftButton)

    save(qtbot, page)

    usual = RetentionClocks()
    assert asdict(read_clocks(office.store)) == {name: count - 1 for name, count in asdict(usual).items()}
    assert read_installation(office.store).laptop_days == usual.laptop_days - 1


def test_nobody_keeps_backups_longer_than_the_law_of_the_house(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.mouseClick(page.clocks["backup_days"].more, Qt.MouseButton.LeftButton)

    assert page.clocks["backup_days"].value() == 30


def test_how_soon_the_screen_locks_is_a_setting(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    page.lock.card("2").click()
    save(qtbot, page)

    assert read_lock_minutes(office.store) == 2


def test_the_legal_basis_is_chosen_by_a_person_and_never_beforehand(office: Office, shown: Shown, qtbot: QtBot) -> None:
    store = InMemoryStore()
    page = shown(SettingsPage(replace(office, store=store)), 1366, 768)
    assert page.basis.values() == []
    for entry in page.entries.values():
        entry.setText("ingevuld")
    save(qtbot, page)
    assert missing_settings(store) == ("legal_basis",)
    assert "Grondslag" in page.message.what_to_do.pair.dutch

    page.basis.card("consent").click()
    save(qtbot, page)
    assert missing_settings(store) == ()


def test_only_the_site_lead_changes_the_place_and_everybody_the_letters(
    office: Office, shown: Shown, qtbot: QtBot, qapp: QApplication
) -> None:
    store = InMemoryStore(Account(AccountId("account-2"), "Bert", ("counsellor",)))
    settle(store)
    page = shown(SettingsPage(replace(office, store=store)), 1366, 768)
    assert not page.entries["location"].isEnabled()
    page.looks.sizes.card("large").click()
    page.entries["location"].setText("Ergens anders")
    save(qtbot, page)

    assert page.message.kind.value == "good"
    assert read_look(store).size is theme.TextSize.LARGE
    assert read_installation(store).location == "Bibliotheek Groenlo"
    theme.apply(qapp, size=theme.TextSize.NORMAL)


def test_a_promise_about_benefits_comes_with_a_warning(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    page.no_control.card("yes").click()
    warned = (page.warning.isVisible(), page.warning.kind.value)

    save(qtbot, page)

    assert warned == (True, "warning")
    assert read_installation(office.store).no_control_agreement


def test_a_larger_text_size_shows_at_once_and_stays_after_saving(
    office: Office, page: SettingsPage, qtbot: QtBot
) -> None:
    page.looks.sizes.card("larger").click()
    at_once = theme.tokens().size

    save(qtbot, page)
    page.back_button.click()

    assert at_once is theme.TextSize.LARGER
    assert theme.tokens().size is theme.TextSize.LARGER
    assert read_look(office.store).size is theme.TextSize.LARGER


def test_a_look_that_was_only_tried_goes_back(page: SettingsPage, qtbot: QtBot) -> None:
    page.looks.sizes.card("largest").click()
    page.looks.colours.card("contrast").click()
    tried = (theme.tokens().size, theme.tokens().high_contrast)

    with qtbot.waitSignal(page.back_requested):
        page.back_button.click()

    assert tried == (theme.TextSize.LARGEST, True)
    assert (theme.tokens().size, theme.tokens().high_contrast) == (theme.TextSize.NORMAL, False)


def test_the_next_start_has_the_look_that_was_kept(
    office: Office, page: SettingsPage, qtbot: QtBot, qapp: QApplication
) -> None:
    page.looks.sizes.card("large").click()
    save(qtbot, page)
    theme.apply(qapp, size=theme.TextSize.NORMAL)

    qtbot.addWidget(HomePage(office, printers=list))

    assert theme.tokens().size is theme.TextSize.LARGE


def test_what_a_talk_still_waits_for_is_said_when_saving(office: Office, page: SettingsPage, qtbot: QtBot) -> None:
    page.entries["phone"].setText("")

    save(qtbot, page)

    assert page.message.kind.value == "good"
    assert "Telefoon van deze plek" in page.message.what_to_do.pair.dutch
    assert still_empty(()) == ""


@pytest.mark.parametrize("size", list(theme.TextSize))
@pytest.mark.parametrize("width", [1366, 1024])
def test_nothing_runs_off_the_page_at_any_text_size(
    page: SettingsPage, qapp: QApplication, size: theme.TextSize, width: int
) -> None:
    theme.apply(qapp, size=size)
    page.resize(width, 700)
    qapp.processEvents()

    assert page.scroll.widget().minimumSizeHint().width() <= page.scroll.viewport().width()


def test_everything_on_the_page_is_in_reach(
    page: SettingsPage, keyboard_complaints: Callable[[QWidget], list[str]]
) -> None:
    assert keyboard_complaints(page) == []


def test_missing_addresses_are_told_with_their_names(office: Office, page: SettingsPage) -> None:
    page.whole()
    missing = [one for one in office.catalogue.organisations.values() if not one.address and not one.phone]

    assert page.addresses.missing
    assert {one.id for one in page.addresses.missing} == {one.id for one in missing}
    assert str(len(missing)) in page.addresses.warning.what.pair.dutch


def test_with_every_address_known_nothing_is_asked(office: Office) -> None:
    told = [replace(one, address="Markt 1, Groenlo") for one in office.catalogue.organisations.values()]
    card = AddressCard([*told[1:], replace(told[0], address="", phone="0544 111 222")])

    assert card.missing == []
    assert card.warning.kind is MessageKind.GOOD
