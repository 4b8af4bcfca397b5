"""What the pages around the conversation share: Dutch words, errors as messages, and the lane for slow work."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget
from shiboken6 import isValid

from intake_app.errors import IntakeError, WorkStopped
from intake_app.ui.tasks import BackgroundLane
from intake_app.ui.widgets import MessageBar, MessageKind, TextLabel, row
from intake_app.ui.widgets.icons import IconMark
from intake_app.ui.words import plural as plural
from intake_app.ui.words import text as text

_lanes: list[BackgroundLane] = []


def heading(words: str, icon: str = "") -> QLayout:
    """The title of a card, with an icon before it."""
    parts: list[QWidget] = [IconMark(icon, "primary", 28)] if icon else []
    line = row(*parts, gap=1.5)
    line.addWidget(TextLabel(words, "title"), 1)
    return line


def at_start(layout: QBoxLayout, widget: QWidget) -> None:
    """Put a widget in a column at its own width."""
    layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeading)


def say_error(bar: MessageBar, error: IntakeError, kind: MessageKind = MessageKind.ERROR) -> None:
    """Show an error: what happened in bold, then what it means and what to do. What somebody stopped is no alarm."""
    from intake_app.i18n.phrases import error_text

    told = error_text(error, "nl")
    if isinstance(error, WorkStopped):
        kind = MessageKind.INFO
    bar.say(kind, told.what, f"{told.means} {told.do}")


def lane() -> BackgroundLane:
    """The one lane of the program for work that would freeze a page; it is finished before the program ends."""
    app = QCoreApplication.instance()
    if not _lanes or not isValid(_lanes[0]):
        _lanes[:] = [BackgroundLane(parent=app)]
        app.aboutToQuit.connect(_lanes[0].close)
    return _lanes[0]


def in_background(
    page: QWidget,
    work: Callable[[], Any],
    done: Callable[[Any], None],
    failed: Callable[[IntakeError], None],
) -> None:
    """Run work in the lane; its outcome is dropped when the page has gone in the meantime."""

    def tell(outcome: Callable[[Any], None], value: Any) -> None:
        if isValid(page):
            outcome(value)

    lane().run(work, lambda value: tell(done, value), lambda error: tell(failed, error))
