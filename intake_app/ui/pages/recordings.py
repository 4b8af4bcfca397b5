"""Recording a voice: a speaker of a language reads the sentences of the talk one by one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from intake_app.errors import IntakeError, RecordingRefused
from intake_app.i18n.languages import language
from intake_app.services.office import Office
from intake_app.services.voice.recordings import MOST_BYTES
from intake_app.services.voice.spoken import Spoken
from intake_app.ui.pages.shared import heading, say_error, text
from intake_app.ui.pages.side_page import SidePage
from intake_app.ui.presenters.recordings import RecordingsPresenter
from intake_app.ui.voice.engines import RecordedVoice
from intake_app.ui.voice.recorder import Microphone, microphone
from intake_app.ui.voice.speaker import Speaker
from intake_app.ui.widgets import (
    Answer,
    AnswerGrid,
    BilingualLabel,
    Card,
    LineEntry,
    MessageBar,
    MessageKind,
    Pair,
    PrimaryButton,
    QuietButton,
    SecondaryButton,
    TextLabel,
    column,
    row,
)
from intake_app.ui.widgets.field import Field
from intake_app.ui.widgets.growth import Parts

Choose = Callable[[QWidget], str]


def ask_wave(parent: QWidget) -> str:
    """The sound file that was chosen in the system's dialog, or empty."""
    chosen, _ = QFileDialog.getOpenFileName(parent, text("Kies de opname"), "", "WAV (*.wav)")
    return chosen


class RecordingsPage(SidePage):
    """Language, speaker with consent, then sentence after sentence. `choose` opens the system's dialog."""

    back_requested = Signal()

    def __init__(
        self,
        office: Office,
        *,
        recorder: Microphone | None = None,
        choose: Choose = ask_wave,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text("Stemmen opnemen"), widest=960, parent=parent)
        own = office.recordings.own if office.recordings is not None else None
        self.recorder = recorder or microphone(office.speech, own, self)
        self._choose = choose
        self._last: Spoken | None = None
        self.back.connect(self.back_requested)
        self.message = MessageBar(closable=True)
        self.add(self.message)
        self.grow(self._parts(office), at_once=False)

    def _parts(self, office: Office) -> Parts:
        # To gather every sentence of a language takes a while: the page stands before that.
        self.presenter = RecordingsPresenter(office)
        self.speaker = Speaker([RecordedVoice(self.presenter.recordings, office.speech, self)], parent=self)
        yield
        for make in (self._language_card, self._speaker_card, self._sentence_card):
            self.add(make())
            yield
        self._show()

    def _language_card(self) -> Card:
        codes = [one.code for one in self.presenter.languages()]
        answers = [Answer(code, Pair(language(code).name, language(code).dutch, code)) for code in codes]
        self.languages = AnswerGrid(answers, tile=False, columns=4, least=180, height=56)
        self.languages.set_about(text("Taal van de opnames"))
        self.languages.set_values([self.presenter.language])
        self.languages.changed.connect(lambda values: self._go(lambda: self.presenter.choose_language(values[0])))
        self.count = TextLabel("", "body")
        return Card(heading(text("In welke taal?"), "globe"), self.languages, self.count, gap=2)

    def _speaker_card(self) -> Card:
        self.name = LineEntry(text("Naam van de spreker"), widest=480)
        self.name.changed.connect(self._named)
        self.agreed = AnswerGrid(
            [Answer("yes", Pair.plain(text("Ja, mijn stem mag hier te horen zijn, met mijn naam erbij.")))],
            many=True,
            tile=False,
            columns=1,
            role="strong",
        )
        self.agreed.set_about(text("Toestemming van de spreker"))
        self.agreed.changed.connect(self._agreed)
        told = text("De naam komt in de lijst van sprekers. Stoppen kan altijd: wis dan het bestand.")
        return Card(
            heading(text("Wie spreekt?"), "person"),
            Field(text("Naam van de spreker"), self.name, told),
            self.agreed,
            gap=2,
        )

    def _sentence_card(self) -> Card:
        self.sentence = BilingualLabel(Pair.plain(""), "question")
        self.by_a_person = TextLabel(text("Deze tekst leest nooit een computerstem. Daarom komt hij eerst."), "small")
        self.record = PrimaryButton(text("Neem op"), "speaker")
        self.record.setObjectName("record")
        self.record.clicked.connect(self._record)
        self.file = SecondaryButton(text("Kies een WAV-bestand"), "save")
        self.file.setObjectName("file")
        self.file.clicked.connect(self._take_file)
        self.listen = SecondaryButton(text("Luister naar de vorige"), "speaker")
        self.listen.setObjectName("listen")
        self.listen.clicked.connect(self._listen)
        self.before = QuietButton(text("Vorige zin"), "back")
        self.before.clicked.connect(lambda: self._go(lambda: self.presenter.step(-1)))
        self.later = QuietButton(text("Sla deze zin over"), "skip", icon_after=True)
        self.later.clicked.connect(lambda: self._go(lambda: self.presenter.step(1)))
        lines = column(
            TextLabel(text("Lees rustig voor, met een korte stilte ervoor en erna."), "small"),
            self.sentence,
            self.by_a_person,
            row(self.record, self.file, self.listen, None),
            row(self.before, None, self.later),
            gap=2,
        )
        return Card(heading(text("Deze zin"), "pencil"), lines, gap=2)

    def _named(self, name: str) -> None:
        self.whole()
        self.presenter.speaker = name
        self._enable()

    def _agreed(self, values: list[str]) -> None:
        self.whole()
        self.presenter.agreed = values == ["yes"]
        self._enable()
        if self.presenter.ready:
            self.scroll.ensureWidgetVisible(self.later)

    def _show(self) -> None:
        presenter = self.presenter
        self.count.setText(
            text("{done} van {total} zinnen zijn opgenomen.", done=presenter.done, total=presenter.total)
        )
        rtl = Qt.LayoutDirection.RightToLeft if presenter.shown.rtl else Qt.LayoutDirection.LeftToRight
        self.sentence.setLayoutDirection(rtl)
        self.sentence.set_pair(presenter.shown)
        now = presenter.now
        self.by_a_person.setVisible(now is not None and now.consent)
        for button in (self.before, self.later):
            button.setEnabled(presenter.total - presenter.done > 1)
        self._enable()

    def _enable(self) -> None:
        ready = self.presenter.ready
        self.record.setVisible(self.recorder is not None)
        self.record.setEnabled(ready)
        self.file.setEnabled(ready)
        self.listen.setEnabled(self._last is not None and self.speaker.can_say([self._last]))

    def _record(self) -> None:
        assert self.recorder is not None
        if not self.recorder.recording:
            self.recorder.start()
            if self.recorder.recording:
                self.record.set_text(text("Klaar met deze zin"))
            else:
                told = text("Sluit een microfoon aan, of kies een WAV-bestand.")
                self.message.say(MessageKind.WARNING, text("Er is geen microfoon die opneemt."), told)
            return
        self.record.set_text(text("Neem op"))
        wave = self.recorder.stop()
        self._go(lambda: self._keep(wave))

    def _take_file(self) -> None:
        if chosen := self._choose(self):
            self._go(lambda: self._keep(_read(Path(chosen))))

    def _keep(self, wave: bytes) -> None:
        self._last = self.presenter.keep(wave)
        self.message.say(MessageKind.GOOD, text("Bewaard. Dit is de volgende zin."))

    def _listen(self) -> None:
        if self._last is not None:
            self.speaker.read([self._last])

    def _go(self, work: Callable[[], None]) -> None:
        self.whole()
        self.message.say(MessageKind.INFO, "")
        try:
            work()
        except IntakeError as error:
            say_error(self.message, error)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Locked or left: the microphone goes off, and what was half said is not kept."""
        if self.grown:
            self.speaker.forget()
        if self.recorder is not None and self.recorder.recording:
            self.recorder.stop()
            self.record.set_text(text("Neem op"))
        super().hideEvent(event)


def _read(path: Path) -> bytes:
    """A chosen file, no more of it than a recording may have. Raises RecordingRefused."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise RecordingRefused(reason="no_wave") from problem
