"""What the first page says above everything else: settings that a talk waits for, and the recovery key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from intake_app.i18n.formats import format_moment
from intake_app.services.accounts import Accounts
from intake_app.services.installation import missing_settings
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.ui.pages.shared import text
from intake_app.ui.widgets import MessageBar, MessageKind, SecondaryButton

_FRESH = timedelta(days=30)
"""So long the use of a recovery key is shown on the first page."""


def notices(office: Office, to_settings: Callable[[], None], to_accounts: Callable[[], None]) -> list[QWidget]:
    """Bars with a button each to where it is mended; empty when all is well. Raises StorageError."""
    found: list[QWidget] = []
    account = office.store.account
    if missing_settings(office.store):
        if may(account, Action.SETTINGS):
            then = text("Dat duurt een paar minuten. Daarna kunt u een gesprek beginnen. Oefenen kan nu al.")
            found.append(
                _bar(text("Vul eerst de gegevens van deze plek in."), then, _go(text("Invullen"), to_settings))
            )
        else:
            then = text("De coördinator vult ze in. Tot dan kunt u oefenen.")
            found.append(_bar(text("De gegevens van deze plek zijn nog niet ingevuld."), then, None))
    if may(account, Action.RECOVERY_KEY):
        found += _about_the_key(office, to_accounts)
    return found


def _about_the_key(office: Office, to_accounts: Callable[[], None]) -> list[QWidget]:
    accounts = Accounts(office.store, office.clock)
    if not accounts.has_recovery_key():
        then = text("Raakt uw wachtzin kwijt, dan kan niemand de gesprekken nog openen.")
        return [_bar(text("Er is nog geen herstelsleutel."), then, _go(text("Maken"), to_accounts))]
    history = accounts.recovery_history()
    if history and history[0].used and office.clock.now() - history[0].at < _FRESH:
        what = text("De herstelsleutel is gebruikt op {moment}.", moment=format_moment(history[0].at, "nl"))
        then = text("Was u dat niet, meld het dan. Maak in elk geval een nieuwe herstelsleutel.")
        return [_bar(what, then, _go(text("Bekijk"), to_accounts))]
    return []


def _bar(what: str, then: str, action: QWidget | None) -> MessageBar:
    return MessageBar(MessageKind.WARNING, what, then, action=action)


def _go(words: str, where: Callable[[], None]) -> SecondaryButton:
    button = SecondaryButton(words, "next", icon_after=True)
    button.clicked.connect(lambda _checked=False: where())
    return button
