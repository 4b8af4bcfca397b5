"""Colleagues and access in the window: the page, the forms beside it, and back again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from intake_app.services.accounts import Accounts
from intake_app.services.office import Office
from intake_app.ui.pages.account_forms import (
    AddPage,
    BringBackPage,
    ChangePassphrasePage,
    EndPage,
    FormPage,
    HandOverPage,
    ResetPage,
)
from intake_app.ui.pages.accounts import AccountsPage
from intake_app.ui.pages.recovery_key import RecoveryKeyPage
from intake_app.ui.pages.shared import text

if TYPE_CHECKING:
    from intake_app.ui.main_window import MainWindow


class AccountFlow(QObject):
    """Leads between the accounts and their forms. `left` when the person goes back to the first page."""

    left = Signal()

    def __init__(self, window: MainWindow, office: Office) -> None:
        super().__init__(window)
        self._window = window
        self._office = office
        self.accounts = Accounts(office.store, office.clock)

    def begin(self, told: str = "") -> None:
        """Show who works here."""
        page = AccountsPage(self.accounts, told)
        page.back_requested.connect(self.left)
        page.passphrase_requested.connect(lambda: self._show(ChangePassphrasePage(self.accounts)))
        page.hand_over_requested.connect(lambda: self._show(HandOverPage(self.accounts)))
        page.old_passphrase_requested.connect(lambda: self._show(BringBackPage(self.accounts)))
        page.add_requested.connect(lambda: self._show(AddPage(self.accounts)))
        page.reset_requested.connect(lambda member: self._show(ResetPage(self.accounts, member)))
        page.end_requested.connect(lambda member: self._show(EndPage(self.accounts, member)))
        page.bring_back_requested.connect(lambda member: self._show(BringBackPage(self.accounts, member)))
        page.recovery_requested.connect(self._new_key)
        self._window.show_page(page)

    def first_key(self) -> None:
        """The recovery key at the first start; afterwards the first page."""
        page = self._key_page()
        page.done.connect(self.left)
        page.later.connect(self.left)

    def _new_key(self) -> None:
        page = self._key_page()
        page.done.connect(lambda: self.begin(text("De nieuwe herstelsleutel geldt vanaf nu. Vernietig de oude.")))
        page.later.connect(self.begin)

    def _key_page(self) -> RecoveryKeyPage:
        page = RecoveryKeyPage(self.accounts, self._office.installation.location)
        self._window.show_page(page)
        return page

    def _show(self, page: FormPage) -> None:
        page.back_requested.connect(self.begin)
        page.done.connect(self.begin)
        self._window.show_page(page)
