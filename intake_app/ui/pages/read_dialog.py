"""A question in between of a talk that can be heard as well: a loudspeaker at its foot, and the key F2."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from intake_app.i18n.gettext import translator
from intake_app.ui.dialogs.between import BetweenDialog
from intake_app.ui.pages.head_buttons import READ_ALOUD, STOP_READING
from intake_app.ui.pages.page_reader import PageReader
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import IconButton


def let_read(dialog: BetweenDialog, speaker: Speaker, language: str) -> PageReader:
    """Offer to read what the dialog asks, in the language of the talk; nothing where there is no voice for it.

    What was being read before it opened is silent from then on.
    """
    speaker.forget()
    reader = PageReader(dialog, speaker, language)
    say = translator("nl").text
    button = IconButton("speaker", say(READ_ALOUD))
    button.setObjectName("read")
    button.clicked.connect(reader.toggle)
    dialog.add_to_foot(button)

    def show(can: bool, speaking: bool) -> None:
        icon, name = ("silent", STOP_READING) if speaking else ("speaker", READ_ALOUD)
        button.set_icon(icon, say(name))
        button.setVisible(can or speaking)

    reader.changed.connect(show)
    reader.tell()
    shortcut = QShortcut(QKeySequence("F2"), dialog)
    shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
    shortcut.activated.connect(reader.toggle_by_key)
    return reader
