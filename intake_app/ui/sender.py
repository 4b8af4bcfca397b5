"""Sends in a lane of its own: by itself when nothing stands in the way, or at once when a person asks."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from shiboken6 import isValid

from intake_app.errors import IntakeError
from intake_app.ui.network import Network
from intake_app.ui.tasks import BackgroundLane

if TYPE_CHECKING:
    from intake_app.services.form_updates import UpdateReport
    from intake_app.services.office import Office
    from intake_app.services.submissions import RoundReport

LOOK_MS = 60 * 1000
"""Records whose wait is over go within so long; the waits of each record grow in the outbox."""
MOST_LOOKS = 60
"""While the line itself is away the waits grow to so many looks, and stay there without an end."""
TURN_SECONDS = 0.0005
"""So long Python lets one thread go on while another wants a turn, as long as a round is under way; the usual 5 ms,
many times over, make a window deaf while a long queue goes. Python knows this for the whole program only."""
CLOSING_MS = 2000
"""So long closing the window waits for a round to write down what arrived."""
_lanes: list[BackgroundLane] = []
_closing: list[float] = []
_CLOSED_S = 10.0
"""So long after it a wish to close is another one."""


def sending_lane() -> BackgroundLane:
    """The one lane for sending, beside that of the pages, so that no page waits for a slow line."""
    app = QCoreApplication.instance()
    if not _lanes or not isValid(_lanes[0]):
        _lanes[:] = [BackgroundLane(parent=app)]
        app.aboutToQuit.connect(finish_sending)
    return _lanes[0]


def finish_sending() -> bool:
    """Wait a moment for the round that is under way; False when it hangs, as on a line that is still being laid."""
    return not _lanes or not isValid(_lanes[0]) or _lanes[0].close(_moment_left())


def _moment_left() -> int:
    """Who closes asks several times, and waits `CLOSING_MS` in all."""
    now = time.monotonic()
    if not _closing or now - _closing[0] > _CLOSED_S:
        _closing[:] = [now]
    return max(0, CLOSING_MS - round(1000 * (now - _closing[0])))


@contextmanager
def quick_turns() -> Iterator[None]:
    """Let the window have its turn sooner, for as long as this lasts."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@dataclass(frozen=True)
class Ended:
    """How a round ended: its report (None while no server is set), what came down with it, or what failed."""

    report: RoundReport | None = None
    news: UpdateReport | None = None
    error: IntakeError | None = None


class Sender(QObject):
    """One round at a time. `talking` says whether a talk is under way: nothing leaves meanwhile unless allowed.

    Signals: `began()`, and `ended(Ended, asked)` where `asked` tells whether a person asked for it.
    """

    began = Signal()
    ended = Signal(object, bool)

    def __init__(
        self,
        office: Callable[[], Office | None],
        talking: Callable[[], bool] = lambda: False,
        network: Network | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._office, self._talking = office, talking
        self.underway = False
        self._network = network
        self._wait, self._left = 0, 0
        if network is not None:
            network.when_back(self.wake)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._ticked)

    def watch(self) -> None:
        """From now on look now and then by itself, and once at once."""
        self._timer.start()
        self.look()

    def look(self) -> None:
        """Send what is due, when somebody is in and nothing stands in the way."""
        office = self._office()
        if office is not None and self.may_go(office):
            self._begin(office, asked=False)

    def wake(self) -> None:
        """The network came back: look at once, whatever the wait was."""
        self._wait = self._left = 0
        self.look()

    def _ticked(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self.look()

    def may_go(self, office: Office) -> bool:
        """Whether a round may begin by itself now."""
        office.valve.talking = self._talking
        return not self.underway and not office.valve.closed()

    def send_now(self) -> None:
        """A person asks: also what waits for later, and what was set apart."""
        office = self._office()
        if office is not None and not self.underway:
            office.valve.talking = self._talking
            self._begin(office, asked=True)

    def finish(self) -> bool:
        """The program closes: hang up, and let what arrived be written down; False when the round hangs all the same.

        A record whose answer was cut off goes again next time, and arrives once.
        """
        self._timer.stop()
        office = self._office()
        if office is not None:
            office.valve.shut()
        return finish_sending()

    def _begin(self, office: Office, *, asked: bool) -> None:
        self.underway = True
        self.began.emit()
        lane = sending_lane()
        lane.run(lambda: _round(office, asked), lambda ended: self._end(ended, asked), lambda e: self._failed(e, asked))

    def _failed(self, error: IntakeError, asked: bool) -> None:
        self._end(Ended(error=error), asked)

    def _end(self, ended: Ended, asked: bool) -> None:
        if isValid(self):
            self.underway = False
            trouble = ended.error is not None or (ended.report is not None and bool(ended.report.problem))
            self._wait = min(max(1, self._wait * 2), MOST_LOOKS) if trouble else 0
            self._left = self._wait
            self.ended.emit(ended, asked)


def _round(office: Office, asked: bool) -> Ended:
    """Send, then fetch new forms and catalogues, which nobody has to wait for."""
    with quick_turns():
        return _send_and_fetch(office, asked)


def _send_and_fetch(office: Office, asked: bool) -> Ended:
    from intake_app.services.installation import read_server

    if not asked and not read_server(office.store).configured:
        return Ended()
    report = office.send(asked_by_person=asked)
    if report is None or report.problem or report.paused:
        return Ended(report)
    fetched = asked or report.sent
    return Ended(report, office.fetch_new() if fetched else None)
