"""The parts of the window that the door can stand without: each is built when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from intake_app.ui.first_start_flow import FirstStart
    from intake_app.ui.help_layer import HelpLayer
    from intake_app.ui.housekeeper import Housekeeper
    from intake_app.ui.lock_watch import LockWatch, Session
    from intake_app.ui.practice_flow import PracticeBand
    from intake_app.ui.screen_lock import ScreenLock
    from intake_app.ui.sender import Sender
    from intake_app.ui.talks import Talks
    from intake_app.ui.widgets import BusyOverlay, MessageBar
    from intake_app.ui.window_actions import WindowActions


class WindowParts(QWidget):
    """What the window is made of beside its pages. `inner` holds the pages, `layers` what lies over all of them.

    The program stands at the door as soon as this is not loaded: that takes about as long as an empty window does.
    """

    inner: QVBoxLayout
    layers: QStackedWidget
    session: Session | None

    @cached_property
    def band(self) -> PracticeBand:
        """Says on every page that this is only practice."""
        from intake_app.ui.practice_flow import PracticeBand, look_at_card

        band = PracticeBand()
        band.card.clicked.connect(lambda: look_at_card(self, self.talks.card))
        self.inner.insertWidget(0, band)
        return band

    @cached_property
    def message(self) -> MessageBar:
        """What happened, above the page."""
        from intake_app.ui.widgets.message_bar import MessageBar

        bar = MessageBar(closable=True)
        self.inner.insertWidget(self.inner.count() - 1, bar)
        return bar

    def hush(self) -> None:
        """Take away the message above the page."""
        if "message" in self.__dict__:
            from intake_app.ui.widgets.message_bar import MessageKind

            self.message.say(MessageKind.INFO, "")

    @cached_property
    def busy(self) -> BusyOverlay:
        """The veil over the whole window."""
        from intake_app.ui.widgets.busy_overlay import BusyOverlay

        return BusyOverlay(self)

    @cached_property
    def first_start(self) -> FirstStart:
        """Leads through the first start."""
        from intake_app.ui.first_start_flow import FirstStart

        return FirstStart(self)

    @cached_property
    def talks(self) -> Talks:
        """The talk that is open, and how one is begun."""
        from intake_app.ui.talks import Talks

        return Talks(self)

    @cached_property
    def screen_lock(self) -> ScreenLock:
        """The lock over the pages."""
        from intake_app.ui.screen_lock import ScreenLock

        return ScreenLock(self, self.layers)

    @cached_property
    def help(self) -> HelpLayer:
        """Help over the pages."""
        from intake_app.ui.help_layer import HelpLayer

        return HelpLayer(self, self.layers)

    @cached_property
    def actions_now(self) -> WindowActions:
        """What can be done from every page by a key."""
        from intake_app.ui.window_actions import WindowActions

        return WindowActions(self)

    @cached_property
    def watch(self) -> LockWatch:
        """Locks the screen when nobody sits before it any more."""
        from intake_app.services.lock_time import USUAL_LOCK_MINUTES
        from intake_app.ui.lock_watch import LockWatch

        watch = LockWatch(self, USUAL_LOCK_MINUTES, session=self.session)
        watch.due.connect(self.pause)
        return watch

    @cached_property
    def keeper(self) -> Housekeeper:
        """Looks after what is kept too long."""
        from intake_app.ui.housekeeper import Housekeeper

        keeper = Housekeeper(lambda: self.office, lambda: self.talks.underway, self)
        keeper.doubtful.connect(self.say_error)
        return keeper

    @cached_property
    def outgoing(self) -> Sender:
        """Sends what waits, when there is a line."""
        from intake_app.ui.network import SystemNetwork
        from intake_app.ui.sender import Sender

        return Sender(lambda: self.office, lambda: self.talks.underway, SystemNetwork(self), self)
