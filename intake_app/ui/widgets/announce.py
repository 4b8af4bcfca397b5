"""Words for a screen reader about what came or changed by itself; where none is on, nothing is heard."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_POLITE = QAccessible.AnnouncementPoliteness.Polite
_AT_ONCE = QAccessible.AnnouncementPoliteness.Assertive


def announce(about: QWidget, words: str, *, urgent: bool = False) -> None:
    """Let a screen reader say `words`: after what it is saying, or at once when they are `urgent`.

    Of a widget out of sight nothing is said.
    """
    if not words or not about.isVisible():
        return
    event = QAccessibleAnnouncementEvent(about, words)
    event.setPoliteness(_AT_ONCE if urgent else _POLITE)
    QAccessible.updateAccessibility(event)
