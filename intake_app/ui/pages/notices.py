"""What the first page says above everything else: settings, the recovery key, and erasures after putting back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from PySide6.QtWidgets import QWidget

from intake_app.i18n.formats import format_moment
from intake_app.services.accounts import Accounts
from intake_app.services.erasures import AfterRestore, after_restore
from intake_app.services.installation import missing_settings
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.ui.pages.shared import plural, text
from intake_app.ui.presenters.keeping import asked_again
from intake_app.ui.widgets import MessageBar, MessageKind, SecondaryButton

_FRESH = timedelta(days=30)
"""So long the use of a recovery key is shown on the first page."""


@dataclass(frozen=True)
class Ways:
    """Where the buttons of the bars lead: to other pages, or to the end of what a bar says."""

    settings: Callable[[], None]
    accounts: Callable[[], None]
    looked_up: Callable[[], None]
    seen: Callable[[], None]


def notices(office: Office, ways: Ways) -> list[QWidget]:
    """Bars with a button each to where it is mended; empty when all is well. Raises StorageError."""
    found = _about_erasures(office, ways)
    account = office.store.account
    if missing_settings(office.store):
        if may(account, Action.SETTINGS):
            then = text("Dat duurt een paar minuten. Daarna kunt u een gesprek beginnen. Oefenen kan nu al.")
            found.append(
                _bar(text("Vul eerst de gegevens van deze plek in."), then, _go(text("Invullen"), ways.settings))
            )
        else:
            then = text("De coördinator vult ze in. Tot dan kunt u oefenen.")
            found.append(_bar(text("De gegevens van deze plek zijn nog niet ingevuld."), then, None))
    if may(account, Action.RECOVERY_KEY):
        found += _about_the_key(office, ways.accounts)
    return found


def _about_erasures(office: Office, ways: Ways) -> list[QWidget]:
    """After a backup was put back: what nobody here can know, and what was erased and asked once more."""
    told = after_restore(office.store)
    found: list[QWidget] = []
    erases = may(office.store.account, Action.ERASE)
    if told.not_covered is not None:
        since, until = (format_moment(moment, "nl") for moment in told.not_covered)
        what = text("Deze laptop weet niet wie er gewist is van {since} tot {until}.", since=since, until=until)
        if erases:
            then = text(
                "Er is een reservekopie teruggezet. Zoek op papier de bewijzen van wissen uit die tijd. Staat zo "
                "iemand weer op deze laptop, wis die persoon dan opnieuw. Tot u bevestigt dat dit klaar is, "
                "wordt er niets verstuurd."
            )
            found.append(_bar(what, then, _press(text("Alles is nagekeken"), ways.looked_up)))
        else:
            then = text("De coördinator of een begeleider zoekt dit op. Tot dan wordt er niets verstuurd.")
            found.append(_bar(what, then, None))
    if erases and (told.people or told.requests):
        found.append(_again(told, _press(text("Gezien"), ways.seen)))
    return found


def _again(told: AfterRestore, action: QWidget) -> MessageBar:
    asked = asked_again() if told.requests else ""
    if not told.people:
        return MessageBar(MessageKind.INFO, asked, action=action)
    what = plural(
        "Na het terugzetten is {count} persoon opnieuw gewist.",
        "Na het terugzetten zijn {count} mensen opnieuw gewist.",
        told.people,
    )
    return MessageBar(MessageKind.INFO, what, asked, action=action)


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


def _press(words: str, pressed: Callable[[], None]) -> SecondaryButton:
    button = SecondaryButton(words, "check")
    button.clicked.connect(lambda _checked=False: pressed())
    return button


def _go(words: str, where: Callable[[], None]) -> SecondaryButton:
    button = SecondaryButton(words, "next", icon_after=True)
    button.clicked.connect(lambda _checked=False: where())
    return button
