"""The page of official lists: reading one off the screen's thread, stopping, what it brought, and removing."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from benchmarks.catalogue_files import SMALL, Download, write_folder
from intake_app.bootstrap import CatalogueSearch
from intake_app.domain.draft import COUNSELLOR, SITE_LEAD
from intake_app.errors import CatalogueInvalid, FileMissing, ImportCancelled
from intake_app.services.office import Office
from intake_app.services.official_lists import (
    BRC,
    ESCO,
    ImportOrder,
    ImportReport,
    OfficialList,
    Progress,
    import_list,
    official_lists,
)
from intake_app.ui.pages.official_lists import OfficialListsPage
from intake_app.ui.pages.settings import SettingsPage
from intake_app.ui.presenters.official_lists import badge, progress_line, refused, report_lines, state_lines
from intake_app.ui.widgets import TextLabel
from tests.fakes.storage import InMemoryStore

Shown = Callable[..., QWidget]
PATIENCE = 30000
LONGEST_PAUSE_S = 1.0
"""Of the window while a list is read, on a machine that does other things too."""


@pytest.fixture(scope="module")
def download(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("download"), ("nl", "en"), Download(SMALL))


@pytest.fixture
def lists(office: Office, tmp_path: Path) -> Office:
    find = CatalogueSearch(office.catalogue, tmp_path / "reference")
    return replace(office, imported=tmp_path / "reference", find=find, let_go_of_lists=find.let_go)


@pytest.fixture
def page(lists: Office, shown: Shown, download: Path) -> OfficialListsPage:
    made = OfficialListsPage(
        lists, choose_file=lambda *_: str(download / "skills_nl.csv"), choose_folder=lambda *_: str(download)
    )
    shown(made, 1366, 768)
    return made


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(TextLabel) if label.isVisible())


def click(qtbot: QtBot, button: QWidget) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_folder_is_read_while_the_window_stays_alive_and_what_was_linked_is_told(
    page: OfficialListsPage, lists: Office, qtbot: QtBot
) -> None:
    beats: list[float] = []
    clock = QTimer(page)
    clock.timeout.connect(lambda: beats.append(time.perf_counter()))
    clock.start(5)

    click(qtbot, page.folders[ESCO])
    assert page.runner.running
    assert page.stop.isVisible()
    assert not page.back_button.isEnabled()
    qtbot.waitUntil(lambda: not page.runner.running, timeout=PATIENCE)

    assert page.progress.share > 0.9
    assert len(beats) > 5
    assert max(b - a for a, b in pairwise(beats)) < LONGEST_PAUSE_S
    qtbot.waitUntil(lambda: "Ingelezen op" in words(page) or "ingelezen op" in words(page), timeout=PATIENCE)
    told = words(page)
    total = len(lists.catalogue.skills)
    assert f"{total} van onze {total} vaardigheden zijn gekoppeld." in told
    assert "Talen: Nederlands, Engels." in told
    assert ESCO in page.removals
    assert page.back_button.isEnabled()
    assert not page.stop.isVisible()


def test_stopping_half_way_keeps_the_old_list(
    page: OfficialListsPage, lists: Office, download: Path, qtbot: QtBot
) -> None:
    import_list(lists, ESCO, download, ImportOrder(lambda _: None))
    before = official_lists(lists)
    page.refresh()

    page.runner.progressed.connect(lambda _: page.stop.click())
    click(qtbot, page.folders[ESCO])
    qtbot.waitUntil(lambda: not page.runner.running, timeout=PATIENCE)

    assert "Het inlezen is gestopt." in page.message.what.pair.dutch
    assert official_lists(lists) == before


def test_a_page_that_goes_stops_its_import(lists: Office, download: Path, qtbot: QtBot) -> None:
    page = OfficialListsPage(lists, choose_folder=lambda *_: str(download))
    page.runner.progressed.connect(lambda _: page.deleteLater())
    with qtbot.waitSignal(page.runner.destroyed, timeout=PATIENCE):
        page.folders[ESCO].click()
    assert not official_lists(lists)[0].present


def test_a_wrong_file_is_told_in_words_and_a_list_is_removed_after_a_second_press(
    page: OfficialListsPage, lists: Office, download: Path, qtbot: QtBot
) -> None:
    import_list(lists, ESCO, download, ImportOrder(lambda _: None))
    page.refresh()
    click(qtbot, page.files[BRC])
    qtbot.waitUntil(lambda: not page.runner.running, timeout=PATIENCE)
    assert page.message.what.pair.dutch == "In skills_nl.csv klopt iets niet."

    page.removals[ESCO].click()
    assert official_lists(lists)[0].present
    page.removals[ESCO].click()
    assert not official_lists(lists)[0].present
    assert ESCO not in page.removals
    assert "ESCO is verwijderd." in page.message.what.pair.dutch


def test_whether_it_is_proposed_from_is_chosen_there_and_kept(
    page: OfficialListsPage, lists: Office, download: Path, qtbot: QtBot
) -> None:
    assert not hasattr(page, "proposing")
    page.take_in(ESCO, download)
    qtbot.waitUntil(lambda: hasattr(page, "proposing"), timeout=PATIENCE)
    assert page.proposing.values() == ["no"]

    click(qtbot, page.proposing.card("yes"))
    qtbot.waitUntil(lambda: len(lists.catalogue.wider) == SMALL.occupations, timeout=PATIENCE)
    page.refresh()
    assert page.proposing.values() == ["yes"]
    click(qtbot, page.proposing.card("no"))
    qtbot.waitUntil(lambda: lists.catalogue.wider == {}, timeout=PATIENCE)


def test_only_the_site_lead_is_led_there(office: Office, shown: Shown) -> None:
    account = office.store.account
    lead = SettingsPage(replace(office, store=InMemoryStore(account._replace(roles=(SITE_LEAD,)))))
    other = SettingsPage(replace(office, store=InMemoryStore(account._replace(roles=(COUNSELLOR,)))))
    for each in (lead, other):
        shown(each)
    QApplication.processEvents()
    asked: list[bool] = []
    lead.lists_requested.connect(lambda: asked.append(True))
    lead.lists.click()
    assert asked == [True]
    assert not hasattr(other, "lists")


# ---------------------------------------------------------------------- words
def test_what_stands_here_is_told_with_version_and_day() -> None:
    one = OfficialList(
        ESCO, present=True, version="1.2", imported_on=date(2026, 11, 22), languages={"nl": 12000, "ar": 345}
    )
    assert state_lines(one) == (
        "Versie 1.2, ingelezen op 22 november 2026.",
        "12.345 namen. Talen: Nederlands, Arabisch.",
    )
    assert state_lines(OfficialList(ESCO)) == ("Nog niet ingelezen.",)
    assert badge(OfficialList(ESCO, damaged=True)) == ("kapot", "warning")


def test_a_report_names_a_few_and_counts_many() -> None:
    few = ImportReport(ESCO, languages={"nl": 10}, linked_skills=8, unlinked_skills=("a", "b"), skipped={"doubled": 3})
    assert report_lines(few, {"a": "lassen"}) == (
        "10 namen ingelezen. Talen: Nederlands.",
        "8 van onze 10 vaardigheden zijn gekoppeld. Niet gevonden: lassen, b.",
        "3 regels zijn overgeslagen: dubbel of niet meer in gebruik.",
    )
    many = ImportReport(ESCO, languages=dict.fromkeys("abcdefg", 1), unlinked_skills=tuple("abcdefgh"))
    assert report_lines(many, {}) == ("7 namen ingelezen. Talen: 7 talen.", "0 van onze 8 vaardigheden zijn gekoppeld.")


def test_an_error_is_told_in_words_not_in_codes() -> None:
    told = refused(CatalogueInvalid(file="skills_nl.csv", row=1, column="preferredLabel", problem="column_missing"))
    assert told.what == "In skills_nl.csv, regel 1, klopt iets niet."
    assert told.more.startswith("De kolom preferredLabel is er niet. De oude lijst blijft in gebruik.")
    assert "lijst.zip" in refused(FileMissing(path="lijst.zip")).what
    assert refused(ImportCancelled()).what == "Het inlezen is gestopt."


def test_progress_is_a_part_and_a_file() -> None:
    assert progress_line(Progress("reading", "skills_nl.csv", 0.314)) == "31% · lezen: skills_nl.csv"
    assert progress_line(Progress("indexing", "", 0.8)) == "80% · klaarmaken om in te zoeken"
