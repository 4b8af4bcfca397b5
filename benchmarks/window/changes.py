"""A page in sight while somebody chooses another palette or other letters: what the window does until all is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from PySide6.QtWidgets import QApplication, QWidget

from benchmarks.window.openings import Opening
from intake_app.domain.ids import ParticipantId, ParticipantNumber
from intake_app.services.conversation import Conversation
from intake_app.services.office import Office
from intake_app.ui import screenshots as shown
from intake_app.ui import theme
from intake_app.ui.look import Look, show
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.pages.plan import PlanPage
from intake_app.ui.presenters.conversation import ConversationPresenter

PEOPLE = 200
_USUAL = Look(theme.TextSize.NORMAL, theme.Scheme.LIGHT)
_CHANGES = (
    ("dark", Look(theme.TextSize.NORMAL, theme.Scheme.DARK)),
    ("high contrast", Look(theme.TextSize.NORMAL, theme.Scheme.CONTRAST)),
    ("large letters", Look(theme.TextSize.LARGE, theme.Scheme.LIGHT)),
    ("largest letters", Look(theme.TextSize.LARGEST, theme.Scheme.LIGHT)),
)


def changes_in_a_talk(office: Office, talk: Conversation) -> Iterator[Opening]:
    """On pages of a talk whose guest is about to leave, and on those before it."""
    yield from _changes("home", lambda: shown.HomePage(office))
    yield from _changes("settings", lambda: shown.SettingsPage(office))
    yield from _changes("a question", lambda: ConversationPage(office, ConversationPresenter(talk), at_once=False))
    yield from _changes("reading back", lambda: shown.ReadingBackPage(ConversationPresenter(talk)))
    yield from _changes("plan", lambda: PlanPage(office, talk))


def changes_on_people(office: Office, talk: Conversation) -> Iterator[Opening]:
    """On the page of people with 200 of them, all like the one with whom a talk was finished; they are added now."""
    with office.store.unit_of_work() as uow:
        known = uow.participants.get(talk.talk.header.participant_id)
        for place in range(PEOPLE):
            who, number = ParticipantId(f"p-{place}"), ParticipantNumber(f"1000-{place:04}")
            name = f"{known.call_name} {place}"
            uow.participants.add(replace(known, participant_id=who, number=number, call_name=name, practice=False))
        uow.commit()
    yield from _changes(f"people, {PEOPLE} of them", lambda: shown.PeoplePage(office))


def _changes(name: str, build: Callable[[], QWidget]) -> Iterator[Opening]:
    for change, look in _CHANGES:
        yield Opening(f"{name}, {change}", lambda: _as_usual(build), lambda _page, look=look: show(look))


def _as_usual(build: Callable[[], QWidget]) -> QWidget:
    put_back()
    return build()


def put_back() -> None:
    """The usual look, at once."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme.apply(app, size=_USUAL.size, scheme=_USUAL.scheme)
