"""One waiting record, line by line: exactly what will be sent, before it goes."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake_app.domain.ids import InstanceId
from intake_app.errors import IntakeError
from intake_app.services.office import Office
from intake_app.services.sent_content import SentContent, content_of
from intake_app.ui.errands import run_errand
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.sent_content import ContentLine, shown
from intake_app.ui.widgets import BusyOverlay, Card, Divider, MessageBar, MessageKind, TextLabel, column


class SentContentPage(SidePage):
    """Reads the record in the background, then shows it; nothing can be changed here."""

    back_requested = Signal()

    def __init__(self, office: Office, instance_id: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(text("Dit wordt verstuurd: {what}", what=title), widest=960, parent=parent)
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self._body = column(gap=3)
        holder = QWidget()
        holder.setLayout(self._body)
        self.add(holder)
        self.add_stretch()
        self.busy = BusyOverlay(self)
        words, which = text("Het verslag wordt gelezen …"), InstanceId(instance_id)
        run_errand(self, self.busy, words, lambda _watch: content_of(office, which), self._show, self._failed)

    def _show(self, content: SentContent) -> None:
        found = shown(content)
        if found.locked:
            told = text("Alleen het Werkcentrum kan dit verslag openen.")
            self.message.say(MessageKind.INFO, told, text("Het gaat op slot de deur uit. Dit zit erin:"))
        else:
            told = text("Dit is alles. Meer gaat er niet weg.")
            self.message.say(MessageKind.INFO, told, text("Waar geen toestemming voor is, staat er niet in."))
        if found.told:
            self._body.addWidget(Card(heading(text("Wat de deelnemer vertelde"), "person"), self._lines(found.told)))
        if found.files:
            files = [TextLabel(name, "body") for name in found.files]
            self._body.addWidget(Card(heading(text("Bestanden"), "list"), column(*files, gap=1)))
        if found.added:
            self._body.addWidget(
                Card(heading(text("Wat het programma erbij zet"), "settings"), self._lines(found.added))
            )
        self.chain()

    def _lines(self, lines: tuple[ContentLine, ...]) -> QWidget:
        inside = column(gap=1.5)
        for number, line in enumerate(lines):
            if number:
                inside.addWidget(Divider())
            one = QWidget()
            one.setLayout(column(TextLabel(line.question, "small"), TextLabel(line.answer, "body"), gap=0.25))
            one.setAccessibleName(f"{line.question}: {line.answer}")
            inside.addWidget(one)
        whole = QWidget()
        whole.setLayout(inside)
        return whole

    def _failed(self, error: IntakeError) -> None:
        say_error(self.message, error)
