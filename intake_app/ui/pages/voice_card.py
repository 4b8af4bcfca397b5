"""The card of the settings about reading aloud: which voices there are, by itself or not, and consents."""

from __future__ import annotations

from PySide6.QtCore import Signal

from intake_app.errors import IntakeError
from intake_app.i18n.gettext import translations_folder
from intake_app.i18n.languages import with_texts
from intake_app.services.office import Office
from intake_app.services.policy import Action, may
from intake_app.services.voice.settings import read_voice, write_autoplay, write_consents_recorded
from intake_app.services.voice.spoken import Kind
from intake_app.ui.pages.shared import at_start, heading, say_error, text
from intake_app.ui.voice.known import voices_here
from intake_app.ui.widgets import Answer, AnswerGrid, Card, MessageBar, Pair, SecondaryButton, TextLabel
from intake_app.ui.widgets.field import Field
from intake_app.ui.widgets.reveal import reveal


class VoiceCard(Card):
    """What is chosen here holds at once. `recordings_requested`: a voice is to be recorded."""

    recordings_requested = Signal()

    def __init__(self, office: Office) -> None:
        super().__init__(heading(text("Voorlezen"), "speaker"), gap=2)
        lead = may(office.store.account, Action.SETTINGS)
        self.voices = TextLabel(voices_line(office), "body")
        self.message = MessageBar()
        self.autoplay = self._yes_no(text("Vanzelf voorlezen"), text("Alleen als u op het plaatje drukt"), text("Ja"))
        self.consents = self._yes_no(
            text("Wie leest de toestemmingen voor?"),
            text("Ook een computerstem"),
            text("Alleen een mens of een opname"),
        )
        self.consents.setEnabled(lead)
        self.record = SecondaryButton(text("Stemmen opnemen"), "speaker")
        self.record.setObjectName("recordings")
        self.record.clicked.connect(self.recordings_requested)
        reveal(self.record, lead)
        told = text("Alleen in de taal van de deelnemer, en nooit bij persoonlijke vragen.")
        for part in (
            self.voices,
            self.message,
            Field(text("Vanzelf voorlezen"), self.autoplay, told),
            Field(text("Wie leest de toestemmingen voor?"), self.consents),
        ):
            self.add(part)
        at_start(self.layout(), self.record)
        now = read_voice(office.store)
        self.autoplay.set_values(["yes" if now.autoplay else "no"])
        self.consents.set_values(["yes" if now.consents_recorded else "no"])
        self.autoplay.changed.connect(lambda v: self._keep(lambda: write_autoplay(office.store, v == ["yes"])))
        self.consents.changed.connect(lambda v: self._keep(lambda: write_consents_recorded(office.store, v == ["yes"])))

    @staticmethod
    def _yes_no(name: str, no: str, yes: str) -> AnswerGrid:
        answers = [Answer("no", Pair.plain(no)), Answer("yes", Pair.plain(yes))]
        grid = AnswerGrid(answers, columns=2, tile=False, role="strong")
        grid.setAccessibleName(name)
        return grid

    def _keep(self, work: object) -> None:
        try:
            work()
        except IntakeError as error:
            say_error(self.message, error)


def voices_line(office: Office) -> str:
    """Which languages have a voice here, of what kind, and which have none."""
    languages = with_texts(translations_folder())
    kinds = voices_here(office, [one.code for one in languages])
    words = {
        Kind.RECORDED: text("opname van een mens"),
        Kind.SYSTEM: text("stem van de computer"),
        Kind.HELPER: text("eenvoudige computerstem"),
    }
    told = [f"{one.dutch} ({words[kinds[one.code][0]]})" for one in languages if kinds[one.code]]
    without = [one.dutch for one in languages if not kinds[one.code]]
    lines = [text("Een stem voor: {names}.", names=", ".join(told))] if told else []
    if without:
        lines.append(text("Nog geen stem voor: {names}.", names=", ".join(without)))
        lines.append(text("Lees zelf voor, laat de tolk voorlezen, of neem een stem op."))
    return " ".join(lines)
