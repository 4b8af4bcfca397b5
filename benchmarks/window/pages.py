"""Every page beside the talk opened as the window does it: how long the window stands still at the longest."""

from __future__ import annotations

import time
from dataclasses import dataclass
from statistics import median

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from benchmarks.window.changes import changes_in_a_talk, changes_on_people, put_back
from benchmarks.window.openings import Opening, after_a_talk, in_a_talk, openings
from intake_app.services.office import Office
from intake_app.services.rehearsal import Rehearsal, read_script
from intake_app.ui import screenshots as shown
from intake_app.ui import theme
from intake_app.ui.pages.shared import lane

SIZE = (1366, 768)
RUNS = 3
_REST, _LOOK_S = 6, 0.004
"""A page is at rest after so many events in a row in which nothing happened."""
_NOTHING_S = 0.001


@dataclass(frozen=True)
class Opened:
    """Processor time in seconds of the GUI thread: the longest event, all of them, and how many widgets there were."""

    name: str
    longest: float
    whole: float
    widgets: int


def opened(office: Office, language: str = "ar", runs: int = RUNS) -> list[Opened]:
    """Each page opened once to warm up and then so many times, after a sample talk; the median of those."""
    window = QStackedWidget()
    window.resize(*SIZE)
    window.show()
    talk = office.begin_talk(practice=True)
    path = theme.tokens().resources / "sample" / "talks" / shown.SAMPLE
    rehearsal = Rehearsal(talk, read_script(path, {"talk_language": language}))
    rehearsal.play(until_guest_leaves=True)
    before = (*openings(office), *in_a_talk(office, talk), *changes_in_a_talk(office, talk))
    found = [_measured(window, opening, runs) for opening in before]
    put_back()
    talk.plan_handed_over()
    rehearsal.play()
    outcome = office.finish(talk)
    found += [_measured(window, opening, runs) for opening in after_a_talk(office, talk, outcome)]
    found += [_measured(window, opening, runs) for opening in changes_on_people(office, talk)]
    put_back()
    window.close()
    return found


def _measured(window: QStackedWidget, opening: Opening, runs: int) -> Opened:
    took = [_open(window, opening) for _ in range(runs + 1)][1:]
    longest, whole, widgets = (median(part) for part in zip(*took, strict=True))
    return Opened(opening.name, longest, whole, round(widgets))


def _open(window: QStackedWidget, opening: Opening) -> tuple[float, float, float]:
    """Show a page as the window does, from the press to when it is at rest, or only what was done `then`; let it go."""
    begun = time.thread_time()
    page = opening.build()
    window.addWidget(page)
    window.setCurrentWidget(page)
    took = [time.thread_time() - begun, *_until_rest()]
    if opening.then is not None:
        begun = time.thread_time()
        opening.then(page)
        took = [time.thread_time() - begun, *_until_rest()]
    widgets = len(page.findChildren(QWidget))
    window.removeWidget(page)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return max(took), sum(took), widgets


def _until_rest() -> list[float]:
    """What each event took until nothing happened any more."""
    took, quiet = [], 0
    while quiet < _REST:
        begun = time.thread_time()
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
        took.append(time.thread_time() - begun)
        quiet = 0 if lane().busy or took[-1] > _NOTHING_S else quiet + 1
        if quiet or lane().busy:
            time.sleep(_LOOK_S)
    return took
