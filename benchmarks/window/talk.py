"""A talk in a window on a real encrypted store, for measuring: turns, answers, another language, and 300 steps."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from benchmarks.window.hand import Hand, Watch, rest
from benchmarks.window.process import handles, memory
from intake_app.bootstrap import open_office, prepare, store_gate
from intake_app.paths import resource_dir
from intake_app.services.office import Office
from intake_app.services.rehearsal import Script, read_script
from intake_app.ui import theme
from intake_app.ui.pages.conversation import ConversationPage
from intake_app.ui.presenters.conversation import ConversationPresenter
from intake_app.ui.sweeping import Sweeper

PASSPHRASE = "vier losse woorden samen"
FULL = "long-without-work-full-nl.json"
"""A whole talk with the full form."""
_LEG = 15
"""So many screens back, then as many forth."""


@dataclass
class Speeds:
    """Seconds from "on" to the next question painted, and for another language; `_work` is those of the processor."""

    turns: list[float] = field(default_factory=list)
    languages: list[float] = field(default_factory=list)
    turns_work: list[float] = field(default_factory=list)
    languages_work: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Point:
    """How it stood after so many steps: bytes, handles, and things on the screen."""

    step: int
    memory: int | None
    handles: int | None
    widgets: int


@contextmanager
def desk(folder: Path) -> Iterator[Office]:
    """An office on an encrypted store in an empty folder, with our look on the program."""
    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    prepare()
    theme.apply(app, resource_dir())
    sweeper = Sweeper(app)
    store = store_gate(folder).create(PASSPHRASE, "Anna", "site_lead", "counsellor")
    office = open_office(store)
    sweeper.settle()
    QCoreApplication.sendPostedEvents(sweeper)
    yield office
    store.close()
    sweeper.close()


def _page(office: Office) -> ConversationPage:
    page = ConversationPage(office, ConversationPresenter(office.begin_talk(practice=True, talk_form="full")))
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    rest(page)
    return page


def _drop(office: Office, page: ConversationPage) -> None:
    talk = page.presenter.conversation.talk
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if talk.recording:
        office.remove_draft(talk.header.instance_id)


def script() -> Script:
    """The invented person, in Arabic beside Dutch: two languages on every screen."""
    return read_script(resource_dir("sample", "talks", FULL), {"talk_language": "ar"})


def measured(office: Office, runs: int) -> Speeds:
    """So many whole talks, and in the middle of each the language changed to and fro."""
    speeds = Speeds()
    for _ in range(runs):
        page = _page(office)
        for number, (clock, work) in enumerate(Hand(page, script()).turns()):
            speeds.turns.append(clock)
            speeds.turns_work.append(work)
            if number % 10 == 9:
                for taken in _switched(page):
                    speeds.languages.append(taken[0])
                    speeds.languages_work.append(taken[1])
        _drop(office, page)
    return speeds


def _switched(page: ConversationPage) -> list[tuple[float, float]]:
    ref = page.presenter.conversation.talk.answers.ref("talk_language")
    assert ref is not None
    taken = []
    for code in ("uk", "ar"):
        watch = Watch()
        page.keep_answer(ref, code)
        rest(page)
        taken.append(watch.told())
    return taken


def soak(office: Office, steps: int, every: int) -> list[Point]:
    """A talk of so many steps, back and forth with every answer given anew; how it stood after every so many."""
    page = _page(office)
    hand = Hand(page, script())
    for number, _turn in enumerate(hand.turns()):
        if number == 2 * _LEG:
            break
    points = []
    for step in range(steps + 1):
        if step % every == 0:
            points.append(_stands(step))
        if step // _LEG % 2:
            hand.answer()
            page.go_on()
        else:
            page.go_back()
        rest(page)
    _drop(office, page)
    return points


def _stands(step: int) -> Point:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    return Point(step, memory(), handles(), len(QApplication.allWidgets()))
