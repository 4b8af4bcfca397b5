"""Words for a screen reader about what came or changed by itself; where none is on, nothing is heard."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def announce(about: QWidget, words: str, *, urgent: bool = False) -> None:
    """Let a screen reader say `words`: after what it is saying, or at once when they are `urgent`.

    Of a widget out of sight nothing is said.
    """
    if not words or not about.isVisible():
        return
    # The names of accessibility take a while to load, and the door stands before anything is announced.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    how = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(about, words)
    event.setPoliteness(how.Assertive if urgent else how.Polite)
    QAccessible.updateAccessibility(event)
