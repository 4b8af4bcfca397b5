"""Making recordings sentence by sentence: which language, what is still missing, who speaks and agreed."""

from __future__ import annotations

from dataclasses import dataclass, field

from intake_app.errors import RecordingRefused
from intake_app.i18n.languages import LANGUAGES, Language
from intake_app.services.office import Office
from intake_app.services.policy import Action, require
from intake_app.services.voice.recordings import Recordings
from intake_app.services.voice.spoken import Spoken
from intake_app.services.voice.texts import recordable
from intake_app.ui.widgets.pair import Pair


@dataclass
class RecordingsPresenter:
    """One speaker at work. Nothing is kept before the speaker is named and has agreed."""

    office: Office
    language: str = "nl"
    speaker: str = ""
    agreed: bool = False
    place: int = 0
    _all: tuple[Spoken, ...] = field(default=(), init=False, repr=False)
    _missing: tuple[Spoken, ...] = field(default=(), init=False, repr=False)

    def __post_init__(self) -> None:
        """Look what there is; raises RoleRefused: a voice that reads consents is a matter of the site lead."""
        require(self.office.store.account, Action.SETTINGS)
        self._conversation = self.office.begin_talk(practice=True)
        self.choose_language(self.language)

    @property
    def recordings(self) -> Recordings:
        """The recordings. Raises RecordingRefused where there is no folder for them."""
        if self.office.recordings is None:
            raise RecordingRefused(reason="no_folder")
        return self.office.recordings

    def languages(self) -> tuple[Language, ...]:
        """The languages a talk can be led in."""
        definition = self._conversation.talk.definition
        return tuple(one for one in LANGUAGES.values() if definition.language(one.code))

    def choose_language(self, code: str) -> None:
        """Go on with another language, at its first missing sentence."""
        self.language, self.place = code, 0
        self._all = recordable(self._conversation, code)
        self._look()

    def _look(self) -> None:
        self._missing = self.recordings.missing(self._all)
        self.place = min(self.place, max(0, len(self._missing) - 1))

    @property
    def total(self) -> int:
        """How many sentences the language has."""
        return len(self._all)

    @property
    def done(self) -> int:
        """How many of them have a recording."""
        return len(self._all) - len(self._missing)

    @property
    def now(self) -> Spoken | None:
        """The sentence to be read; None when all are recorded."""
        return self._missing[self.place] if self._missing else None

    @property
    def shown(self) -> Pair:
        """The sentence large, in its own language."""
        now = self.now
        return Pair(now.text, now.text, now.language) if now else Pair.plain("")

    @property
    def ready(self) -> bool:
        """Whether a recording may be kept."""
        return self.agreed and bool(self.speaker.strip()) and self.now is not None

    def step(self, by: int) -> None:
        """Leave this sentence for now, or go back to one that was left."""
        if self._missing:
            self.place = (self.place + by) % len(self._missing)

    def keep(self, wave: bytes) -> Spoken | None:
        """Keep a recording of this sentence and go on to the next one; gives the sentence it belongs to.

        Raises RecordingRefused, DiskFull, and keeps nothing while nobody agreed.
        """
        now = self.now
        if now is None or not self.agreed:
            raise RecordingRefused(reason="no_speaker")
        self.recordings.save(now, wave, self.speaker, self.office.clock.today())
        self._look()
        return now
