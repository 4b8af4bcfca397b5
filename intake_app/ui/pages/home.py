"""The first page: begin a talk, practise, go on with an open one; what waits, and whether everything is ready."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QDir, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QWidget

from intake_app.errors import IntakeError
from intake_app.services.erasures import looked_up, seen
from intake_app.services.installation import missing_settings
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.ui.battery import Charge, ReadBattery, no_battery
from intake_app.ui.pages.notices import Ways, notices
from intake_app.ui.pages.shared import heading, in_background, plural, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.home import (
    HomeRead,
    OpenTalk,
    Printers,
    Readiness,
    Waiting,
    calls_today,
    read_home,
    readiness,
)
from intake_app.ui.presenters.settings import show_as_chosen
from intake_app.ui.widgets import (
    Card,
    IconButton,
    MessageBar,
    MessageKind,
    SecondaryButton,
    TextLabel,
    clear,
    column,
    row,
)
from intake_app.ui.widgets.big_buttons import HeroButton, RowButton
from intake_app.ui.widgets.growth import Parts
from intake_app.ui.widgets.light import Light
from intake_app.ui.widgets.reveal import reveal

IN_SIGHT = 3
"""So many open talks are put on the page together; what is not in sight at once comes between events."""


class HomePage(SidePage):
    """Where a counsellor starts and comes back to. `printers` names the printers of this computer.

    `battery` reads its charge. Everywhere else one comes by `place_requested(code)`, most of it through the menu.
    The page stands at once; what it tells of talks, records and the laptop is read in the lane.
    """

    talk_requested = Signal()
    question_requested = Signal()
    draft_requested = Signal(str)
    place_requested = Signal(str)
    help_requested = Signal()
    lock_requested = Signal()

    def __init__(
        self,
        office: Office,
        printers: Printers = QPrinterInfo.availablePrinterNames,
        parent: QWidget | None = None,
        *,
        battery: ReadBattery = no_battery,
    ) -> None:
        super().__init__(text("Welkom, {name}", name=office.store.account.name), back=False, parent=parent)
        self._office = office
        self._reading = 0
        self._printers, self._battery = printers, battery
        self._leads_talks = may(office.store.account, Action.TALK)
        show_as_chosen(office.store)
        self.menu = self._add_button("list", text("Menu"), lambda: self.place_requested.emit("menu"))
        self._add_button("question", text("Hulp"), self.help_requested.emit)
        self._add_button("lock", text("Op slot"), self.lock_requested.emit)
        self.message = MessageBar()
        self.add(self.message)
        self._notices = column(gap=1.5)
        self._above = QWidget()
        self._above.setLayout(self._notices)
        self.add(self._above)
        halves = QWidget()
        both = row(gap=4)
        both.addWidget(self._left(), 3)
        both.addWidget(self._right(), 2)
        halves.setLayout(both)
        self.add(halves)
        self.add_stretch()
        self.refresh()

    def _add_button(self, icon: str, words: str, pressed: Callable[[], None]) -> IconButton:
        button = IconButton(icon, words, captioned=True)
        button.clicked.connect(lambda _checked=False: pressed())
        self.add_action(button)
        return button

    def _left(self) -> QWidget:
        self.begin = HeroButton(text("Begin een gesprek"), text("Een nieuwe deelnemer, een schoon blad"), "people")
        self.begin.clicked.connect(self.talk_requested)
        self.question = SecondaryButton(text("Eén vraag: 5 minuten"), "question")
        self.question.setAccessibleDescription(text("Zoeken waar iemand terecht kan, met een briefje om mee te nemen."))
        self.question.clicked.connect(self.question_requested)
        self.practise = SecondaryButton(text("Oefenen"), "star")
        self.practise.setAccessibleDescription(text("Met een verzonnen deelnemer. Er wordt niets verstuurd."))
        self.practise.clicked.connect(lambda: self.place_requested.emit("practice"))
        others = row(gap=2)
        others.addWidget(self.question, 3)
        others.addWidget(self.practise, 2)
        self._talks = column(gap=1.5)
        self._talks.addWidget(TextLabel(text("De lijst wordt gelezen …"), "body", tone="soft"))
        self.talk_buttons: list[RowButton] = []
        talks = column(heading(text("Niet afgemaakte gesprekken"), "clock"), self._talks, gap=2)
        left = QWidget()
        reveal(left, self._leads_talks)
        self._calls = column()
        self.calls: RowButton | None = None
        begin = column(self.begin, others, self._calls, gap=2)
        left.setLayout(column(begin, talks, None, gap=4))
        return left

    def _right(self) -> QWidget:
        # A line from the start: the button below it must not move when it is known what waits.
        self._waiting = TextLabel("…", "strong")
        self._waiting_more = TextLabel("", "small")
        self._waiting_more.hide()
        self.send = SecondaryButton(text("Versturen"), "send")
        self.send.clicked.connect(lambda: self.place_requested.emit("send"))
        self._lights = column(gap=1.5)
        side = QWidget()
        outbox = Card(
            heading(text("Nog te versturen"), "cloud"),
            column(self._waiting, self._waiting_more, gap=0.5),
            self.send,
            margin=2.5,
        )
        ready = Card(heading(text("Is alles klaar?"), "check"), self._lights, margin=2.5)
        side.setLayout(column(outbox, ready, None, gap=2))
        return side

    @property
    def grown(self) -> bool:
        """Whether all was read, and nothing is left to be put on the page."""
        return super().grown and not self._reading

    def _read(self, work: Callable[[], Any], show: Callable[[Any], None]) -> None:
        """Read beside the window: a large caseload, or a backup that is being made, must not hold it up."""
        self._reading += 1

        def arrived(tell: Callable[[Any], None], outcome: Any) -> None:
            self._reading -= 1
            tell(outcome)

        in_background(
            self,
            work,
            lambda value: arrived(show, value),
            lambda error: arrived(self._not_read, error),
        )

    def _not_read(self, error: IntakeError) -> None:
        """What stands on the page from before stays."""
        if not self.talk_buttons:
            clear(self._talks)
        say_error(self.message, error)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Looking for printers may take a moment: the page stands first.
        QTimer.singleShot(0, self, self._show_slow)

    def _show_slow(self) -> None:
        printers, charge = list(self._printers()), self._battery()
        self._read(lambda: _lights(self._office, printers, charge), self._show_lights)
        self._read(lambda: calls_today(self._office), self._show_calls)

    def refresh(self) -> None:
        """Read again what is open, what waits and what is ready."""
        self.message.say(MessageKind.INFO, "")
        try:
            self._show_notices()
        except IntakeError as error:
            self._not_read(error)
            return
        self._read(lambda: read_home(self._office), self._show_read)
        if self.isVisible():
            self._show_slow()

    def _show_read(self, found: HomeRead) -> None:
        self._show_waiting(found.waiting)
        if self._leads_talks:
            self._show_talks(found.talks)

    def _show_notices(self) -> None:
        """What is to be done first; until then no talk with a real person begins."""
        clear(self._notices)
        found = notices(
            self._office,
            Ways(
                settings=lambda: self.place_requested.emit("settings"),
                accounts=lambda: self.place_requested.emit("accounts"),
                looked_up=lambda: self._done_with(lambda: looked_up(self._office)),
                seen=lambda: self._done_with(lambda: seen(self._office.store)),
            ),
        )
        for notice in found:
            self._notices.addWidget(notice)
        reveal(self._above, bool(found))
        settled = not missing_settings(self._office.store)
        for button in (self.begin, self.question):
            button.setEnabled(settled)

    def _done_with(self, notice: Callable[[], None]) -> None:
        """Somebody has done what a bar asked; the bar goes when the event of its button is over."""
        try:
            notice()
        except IntakeError as error:
            say_error(self.message, error)
            return
        QTimer.singleShot(0, self, self.refresh)

    def _show_talks(self, talks: tuple[OpenTalk, ...]) -> None:
        clear(self._talks)
        self.talk_buttons = []
        if not talks:
            self._talks.addWidget(TextLabel(text("Er zijn geen open gesprekken."), "body", tone="soft"))
        self.grow(self._talk_parts(talks), fills=True)
        self.chain()

    def _talk_parts(self, talks: tuple[OpenTalk, ...]) -> Parts:
        # Each widget that comes in sight lays out everything above it once more: so several in one.
        for first in range(0, len(talks), IN_SIGHT):
            together = QWidget()
            together.setLayout(column(*map(self._talk_button, talks[first : first + IN_SIGHT]), gap=1.5))
            self._talks.addWidget(together)
            yield

    def _talk_button(self, talk: OpenTalk) -> RowButton:
        badge = text("oefening") if talk.practice else ""
        button = RowButton(talk.title, talk.detail, "person", badge=badge, badge_kind="warning")
        button.clicked.connect(lambda _checked=False, name=talk.instance_id: self.draft_requested.emit(name))
        self.talk_buttons.append(button)
        return button

    def _show_calls(self, count: int) -> None:
        """Whom to call today: one row, and only when there is somebody."""
        clear(self._calls)
        self.calls = None
        if count:
            title = plural("Vandaag bellen: {count} persoon", "Vandaag bellen: {count} mensen", count)
            self.calls = RowButton(title, text("U sprak af dat u contact opneemt."), "calendar")
            self.calls.clicked.connect(lambda: self.place_requested.emit("calls"))
            self._calls.addWidget(self.calls)
        self.chain()

    def _show_waiting(self, now: Waiting) -> None:
        if not now.count and now.others:
            self._waiting.setText(text("Van u wacht niets."))
        elif not now.count:
            self._waiting.setText(text("Alles is verstuurd.") if now.server else text("Er wacht niets."))
        else:
            self._waiting.setText(plural("{count} verslag wacht", "{count} verslagen wachten", now.count))
        more = []
        if now.set_apart:
            more.append(plural("{count} vraagt uw hulp.", "{count} vragen uw hulp.", now.set_apart))
        if now.too_long:
            more.append(text("Het oudste wacht langer dan 14 dagen. Verstuur het als er internet is."))
        if now.others:
            more.append(
                plural(
                    "Van een collega wacht {count} verslag op deze laptop. Dat verstuurt uw collega zelf.",
                    "Van collega’s wachten {count} verslagen op deze laptop. Die versturen zij zelf.",
                    now.others,
                )
            )
        self._waiting_more.setText(" ".join(more))
        self._waiting_more.setVisible(bool(more))

    def _show_lights(self, lights: tuple[Readiness, ...]) -> None:
        clear(self._lights)
        for light in lights:
            self._lights.addWidget(Light(light.kind, light.name, light.detail))


def _lights(office: Office, printers: Sequence[str], charge: Charge | None) -> tuple[Readiness, ...]:
    """None where the disk cannot be looked at."""
    try:
        return readiness(office, printers, Path(QDir.homePath()), charge)
    except OSError:
        return ()
