"""Sending: how it stands, what waits and why, what arrived; a pause switch; nothing waits for the page meanwhile."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.sending import pause_sending
from intake_app.ui.pages.shared import heading, in_background, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.send import (
    SHOWN,
    Row,
    Sight,
    errors_of,
    news_told,
    sight,
    told,
)
from intake_app.ui.sender import Ended, Sender
from intake_app.ui.widgets import (
    Badge,
    Card,
    Divider,
    MessageBar,
    MessageKind,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.widgets.light import Light
from intake_app.ui.widgets.reveal import reveal

TICK_MS = 300


class SendPage(SidePage):
    """Shows the outbox, a few records at a time, and sends it. Lists hold form, date and number; never a name.

    `sender` does the sending; without one the page has its own. Signals: `look_requested(instance_id, title)` for what
    a record says, `connect_requested()` for the page of the connection.
    """

    back_requested = Signal()
    look_requested = Signal(str, str)
    connect_requested = Signal()

    def __init__(self, office: Office, sender: Sender | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text("Versturen"), widest=960, parent=parent)
        self._office = office
        self._failed: dict[str, IntakeError] = {}
        self._first = self._count = 0
        self.outgoing = sender or Sender(lambda: office, parent=self)
        self.outgoing.began.connect(self._began)
        self.outgoing.ended.connect(self._ended)
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        promise = MessageBar(
            MessageKind.INFO,
            text("Zonder toestemming gaat er niets weg."),
            text("Alleen waar de deelnemer ja tegen zei, wordt verstuurd. De rest blijft op deze laptop."),
        )
        for part in (self.message, self._standing_card(), promise, self._waiting_card(), self._arrived_card()):
            self.add(part)
        self.add_stretch()
        self.send = PrimaryButton(text("Nu versturen"), "send")
        self.send.clicked.connect(self.outgoing.send_now)
        self.set_footer(end=[self.send])
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._tell_progress)
        self._drawing: Iterator[bool] = iter(())
        self._draw = QTimer(self)
        self._draw.setInterval(0)
        self._draw.timeout.connect(self._draw_piece)
        self._stands = False
        if self.outgoing.underway:
            # A round by itself that moves nothing says nothing at its end: who came in the middle sees how it stands.
            self._began()
            self.refresh()
        else:
            self._show(sight(office, self._failed), at_once=True)

    def _standing_card(self) -> Card:
        self._lights = column(gap=1.5)
        self.pause = SecondaryButton("", "pause")
        self.pause.clicked.connect(self._switch)
        self.connection = SecondaryButton(text("Verbinding"), "settings")
        self.connection.clicked.connect(self.connect_requested)
        reveal(self.connection, may(self._office.store.account, Action.SETTINGS))
        return Card(
            heading(text("Hoe het ervoor staat"), "cloud"), self._lights, row(self.pause, self.connection, None), gap=2
        )

    def _waiting_card(self) -> Card:
        self._waiting = column(gap=1.5)
        self.earlier = QuietButton(text("Vorige"), "up")
        self.later = QuietButton(text("Volgende"), "down")
        self.earlier.clicked.connect(lambda: self._turn(-SHOWN))
        self.later.clicked.connect(lambda: self._turn(SHOWN))
        self._where = TextLabel("", "small", tone="soft")
        line = row(self.earlier, self.later, gap=1)
        line.addWidget(self._where, 1)
        return Card(heading(text("Wat wacht"), "clock"), self._waiting, line, gap=2)

    def _arrived_card(self) -> Card:
        self._arrived = column(gap=1.5)
        return Card(heading(text("Aangekomen"), "good"), self._arrived)

    @property
    def settled(self) -> bool:
        """Whether everything that was read stands on the page."""
        return self._stands and not self._draw.isActive()

    def refresh(self) -> None:
        """Read again what waits and what arrived, beside the window."""
        office, failed, first = self._office, dict(self._failed), self._first
        in_background(self, lambda: sight(office, failed, first), self._show, lambda e: say_error(self.message, e))

    def _show(self, seen: Sight, *, at_once: bool = False) -> None:
        """Draw it, piece by piece between what else the window has to do: a row of the list costs milliseconds."""
        self._drawing = self._pieces(seen)
        if at_once:
            deque(self._drawing, maxlen=0)
        else:
            self._draw.start()

    def _draw_piece(self) -> None:
        if next(self._drawing, False) is False:
            self._draw.stop()

    def _pieces(self, seen: Sight) -> Iterator[bool]:
        self._count = seen.count
        last = self._first + len(seen.waiting)
        words = text("Nu versturen")
        self.send.set_text(f"{words} ({seen.count})" if seen.count else words)
        self.send.setEnabled(bool(seen.count) and not self.outgoing.underway and not self._office.valve.stopped)
        self.pause.set_text(text("Ga door met versturen") if seen.paused else text("Zet versturen op pauze"))
        self._where.setText(
            text("{first} tot en met {last} van {count}", first=self._first + 1, last=last, count=seen.count)
        )
        for part in (self.earlier, self.later, self._where):
            part.setVisible(seen.count > SHOWN)
        self.earlier.setEnabled(self._first > 0)
        self.later.setEnabled(last < seen.count)
        yield True
        clear(self._lights)
        for one in seen.standing:
            self._lights.addWidget(Light(one.kind, one.name, one.detail))
        yield True
        yield from self._fill(self._waiting, seen.waiting, text("Van u wacht niets."), "clock", look=True)
        yield from self._fill(self._arrived, seen.arrived, text("Nog niets."), "good", look=False)
        self._stands = True
        self.chain()

    def _fill(self, place, lines: tuple[Row, ...], empty: str, icon: str, *, look: bool) -> Iterator[bool]:
        clear(place)
        if not lines:
            place.addWidget(TextLabel(empty, "body", tone="soft"))
        yield True
        for number, line in enumerate(lines):
            if number:
                place.addWidget(Divider())
            place.addWidget(self._line(line, icon, look=look))
            yield True

    def _line(self, line: Row, icon: str, *, look: bool) -> QWidget:
        shown = QWidget()
        texts = column(TextLabel(line.title, "strong"), TextLabel(line.detail, "small"), gap=0.25)
        if line.problem:
            texts.addWidget(TextLabel(line.problem, "body"))
        inside = row(gap=1.5)
        mark = IconMark("warning" if line.apart else icon, "warning" if line.apart else "primary", 28)
        inside.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(texts, 1)
        if line.apart:
            inside.addWidget(Badge(text("hulp nodig"), "warning"), 0, Qt.AlignmentFlag.AlignTop)
        if look:
            button = QuietButton(text("Bekijk"), "eye")
            button.setAccessibleName(f"{text('Bekijk wat er gaat')}: {line.title}, {line.detail}")
            button.clicked.connect(lambda: self.look_requested.emit(line.instance_id, line.title))
            inside.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        shown.setLayout(inside)
        shown.setAccessibleName(". ".join(part for part in (line.title, line.detail, line.problem) if part))
        return shown

    def _turn(self, by: int) -> None:
        self._first = max(0, self._first + by)
        self.refresh()

    def _switch(self) -> None:
        """Nothing waits for the disk: what is under way stops at once, the choice is kept beside the window."""
        office, paused = self._office, not self._office.valve.paused
        office.valve.paused = paused
        in_background(
            self,
            lambda: pause_sending(office, paused),
            lambda _: self.refresh(),
            lambda error: say_error(self.message, error),
        )

    def _began(self) -> None:
        self.send.setEnabled(False)
        self._tick.start()

    def _tell_progress(self) -> None:
        words = text("De verslagen worden verstuurd …")
        gone = text("Al verstuurd: {count}. U kunt gewoon verder werken.", count=self._office.valve.gone)
        self.message.say(MessageKind.INFO, words, gone)

    def _ended(self, ended: Ended, asked: bool) -> None:
        self._tick.stop()
        moved = ended.report is not None and bool(ended.report.sent or ended.report.problem)
        if ended.error is not None:
            say_error(self.message, ended.error)
        elif asked or moved:
            outcome = told(ended.report)
            then = " ".join([outcome.then, *news_told(ended.news)])
            self.message.say(MessageKind(outcome.kind), outcome.what, then)
        if asked:
            self.scroll.verticalScrollBar().setValue(0)
        if asked or moved:
            self._failed, self._first = errors_of(ended.report), 0
            self.refresh()
        else:
            self.send.setEnabled(self._count > 0 and not self._office.valve.stopped)
