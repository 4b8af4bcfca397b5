"""Leads the voices through what is to be said, one sentence after the other, until all is said or somebody stops it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from intake_app.services.voice.settings import VoiceSettings
from intake_app.services.voice.spoken import Kind, Silence, Spoken, why_silent
from intake_app.ui.voice.engines import Voice


class Speaker(QObject):
    """Signals: `began(Spoken)` as each sentence begins, `ended()` when it is silent again.

    It never says what is private, and no consent by a robot voice where a recording is asked for, whoever asks it.
    A voice that fails is passed over for the next one.
    """

    began = Signal(object)
    ended = Signal()

    def __init__(
        self, engines: Sequence[Voice], settings: VoiceSettings | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._engines = tuple(engines)
        self.settings = settings or VoiceSettings()
        self._waiting: list[Spoken] = []
        self._last: tuple[Spoken, ...] = ()
        self._slow = False
        self._now: tuple[Spoken, Voice] | None = None

    @property
    def speaking(self) -> bool:
        """Whether something is being said."""
        return self._now is not None

    def kinds(self, spoken: Spoken) -> frozenset[Kind]:
        """The kinds of voice that could say a sentence."""
        return frozenset(engine.kind for engine in self._engines if engine.speaks(spoken))

    def silence(self, spoken: Spoken) -> Silence | None:
        """Why a sentence is not read aloud here; None when it is."""
        return why_silent(spoken, self.kinds(spoken), consents_recorded=self.settings.consents_recorded)

    def can_say(self, sentences: Sequence[Spoken]) -> bool:
        """Whether at least one of them can be read."""
        return any(self.silence(spoken) is None for spoken in sentences)

    def read(self, sentences: Sequence[Spoken], *, slow: bool = False) -> None:
        """Read sentences in their order, in place of what is being said; those that must stay silent are left out."""
        self._hush()
        self._last, self._slow = tuple(sentences), slow
        self._waiting = [spoken for spoken in sentences if self.silence(spoken) is None]
        self._go_on()

    def again(self, *, slow: bool = False) -> None:
        """Repeat what was read last."""
        self.read(self._last, slow=slow)

    def stop(self) -> None:
        """Be silent at once."""
        was = self.speaking
        self._hush()
        if was:
            self.ended.emit()

    def forget(self) -> None:
        """Be silent, and repeat nothing: another screen, another person, or the lock."""
        self.stop()
        self._last = ()

    def _hush(self) -> None:
        self._waiting = []
        now, self._now = self._now, None
        if now is not None:
            now[1].stop()

    def _go_on(self) -> None:
        if not self._waiting:
            was, self._now = self._now, None
            if was is not None:
                self.ended.emit()
            return
        spoken = self._waiting.pop(0)
        self._say(spoken, list(self._able(spoken)))

    def _able(self, spoken: Spoken) -> Sequence[Voice]:
        only = Kind.RECORDED if spoken.consent and self.settings.consents_recorded else None
        return [e for e in self._engines if (only is None or e.kind is only) and e.speaks(spoken)]

    def _say(self, spoken: Spoken, engines: list[Voice]) -> None:
        if not engines:
            self._go_on()
            return
        engine = engines.pop(0)
        now = self._now = (spoken, engine)
        self.began.emit(spoken)

        def done(well: bool) -> None:
            if self._now is now:
                self._go_on() if well else self._say(spoken, engines)

        engine.say(spoken, slow=self._slow, done=done)
