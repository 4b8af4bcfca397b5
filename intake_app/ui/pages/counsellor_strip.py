"""The strip beside a talk that only the counsellor reads; it goes away with one key when the laptop is turned."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake_app.ui.pages.shared import text
from intake_app.ui.presenters.counsellor_strip import StripFacts
from intake_app.ui.widgets import SecondaryButton, TextEntry, clear, column
from intake_app.ui.widgets.side_strip import SideStrip, StripLabel


class CounsellorStrip(SideStrip):
    """Signals: `note_typing(text)` and `note_given(text)` of the note; asked for: `autoplay_requested`,
    `second_requested` for a second screen, `turn_requested` to turn the laptop."""

    note_typing = Signal(str)
    note_given = Signal(str)
    autoplay_requested = Signal()
    second_requested = Signal()
    turn_requested = Signal()

    def __init__(self) -> None:
        super().__init__(text("Strook voor de begeleider"))
        self.time = StripLabel("", "strong")
        self.hints = QVBoxLayout()
        self.evidence = QVBoxLayout()
        for place in (self.hints, self.evidence):
            place.setSpacing(2)
        self.voice = StripLabel("", "small")
        self.note = TextEntry(text("Aantekening. De deelnemer mag dit lezen."))
        self.note.typing_paused.connect(self.note_typing)
        self.note.finished.connect(self.note_given)
        self._note_part = QWidget()
        heading = StripLabel(text("Aantekening"), "strong")
        self._note_part.setLayout(column(heading, self.note, StripLabel(text("Alleen over werk en leren."), "small")))
        self.autoplay = SecondaryButton("", "speaker")
        self.autoplay.setObjectName("autoplay")
        self.autoplay.clicked.connect(self.autoplay_requested)
        self.second = SecondaryButton("", "screens")
        self.second.setObjectName("second_screen")
        self.second.clicked.connect(self.second_requested)
        self.turn = SecondaryButton(text("Draai de laptop"), "turn")
        self.turn.setObjectName("turn_laptop")
        self.turn.clicked.connect(self.turn_requested)
        self.silent = StripLabel("", "strong")
        self._silent_part = QWidget()
        self._silent_part.setLayout(column(self.silent, self.turn, gap=1))
        self._silent_part.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        self.fill(
            column(
                self.time,
                self._silent_part,
                StripLabel(text("Zo vraagt u het"), "strong"),
                self.hints,
                StripLabel(text("Al gezien"), "strong"),
                self.evidence,
                self._note_part,
                self.voice,
                self.autoplay,
                self.second,
                None,
                gap=1.5,
            )
        )

    def show_facts(self, facts: StripFacts) -> None:
        """Show other facts; a note being typed is left alone."""
        self.time.setText(facts.time)
        for place, lines in ((self.hints, facts.hints), (self.evidence, (facts.seen, *facts.evidence))):
            clear(place)
            for line in lines:
                place.addWidget(label := StripLabel(line, "small"))
                label.show()
        self._note_part.setVisible(bool(facts.note_ref))
        if not self.note.hasFocus():
            self.note.set_text(facts.note)

    def show_voice(self, line: str, *, can: bool, autoplay: bool) -> None:
        """Whether this screen can be read aloud, and whether that happens by itself."""
        self.voice.setText(line)
        self.voice.setVisible(bool(line))
        self.autoplay.setVisible(can)
        self.autoplay.set_text(text("Vanzelf voorlezen: aan") if autoplay else text("Vanzelf voorlezen: uit"))

    def show_silent(self, line: str) -> None:
        """Say that a question in sight is a silent card, and what to do; nothing where there is none."""
        self.silent.setText(line)
        self._silent_part.setVisible(bool(line))

    def show_second(self, *, there: bool, on: bool) -> None:
        """Whether a second screen can be used, and whether it is."""
        self.second.setVisible(there or on)
        self.second.set_text(text("Tweede scherm sluiten") if on else text("Tweede scherm voor de deelnemer"))
