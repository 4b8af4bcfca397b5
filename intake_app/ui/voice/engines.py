"""The voices: a recording that is played, the system's own voices, and espeak-ng beside our program."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QLocale, QObject, QProcess, QTimer

from intake_app.i18n.languages import language
from intake_app.services.voice.programs import SpeechPrograms
from intake_app.services.voice.recordings import Recordings
from intake_app.services.voice.spoken import Kind, Spoken

Done = Callable[[bool], None]
"""Is told, once, when a sentence was said (True) or could not be said (False); not after `stop`."""
_END_MS = 500
_SLOW_RATE = -0.4
_SYSTEM_VOICES = "PySide6.QtTextToSpeech"


class Voice(Protocol):
    """One way to say a sentence. `say` returns at once."""

    kind: Kind

    def speaks(self, spoken: Spoken) -> bool: ...
    def say(self, spoken: Spoken, *, slow: bool, done: Done) -> None: ...
    def stop(self) -> None: ...


class Helper(QObject):
    """One program beside ours at a time. What is to be said goes through its standard input, never its arguments."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._done: Done | None = None

    def run(self, command: tuple[str, ...], told: str, done: Done) -> None:
        """Start a command, in place of one that still runs."""
        self.stop()
        self._done = done
        process = self._process = QProcess(self)
        process.setStandardOutputFile(QProcess.nullDevice())
        process.setStandardErrorFile(QProcess.nullDevice())
        process.finished.connect(lambda code, _how: self._ended(process, code == 0))
        process.errorOccurred.connect(lambda error: self._failed(process, error))
        process.start(command[0], list(command[1:]))
        if told:
            process.write(told.encode())
        process.closeWriteChannel()

    def stop(self) -> None:
        """End what runs; its `done` is not told."""
        process, self._process, self._done = self._process, None, None
        if process is not None:
            process.blockSignals(True)
            process.kill()
            process.waitForFinished(_END_MS)
            process.deleteLater()

    def _failed(self, process: QProcess, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._ended(process, False)

    def _ended(self, process: QProcess, well: bool) -> None:
        if process is not self._process:
            return
        done, self._process, self._done = self._done, None, None
        process.deleteLater()
        if done is not None:
            done(well)


class RecordedVoice(QObject):
    """Plays the recording of a sentence; slower is not possible without another recording."""

    kind = Kind.RECORDED

    def __init__(self, recordings: Recordings, programs: SpeechPrograms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recordings, self._programs = recordings, programs
        self._helper = Helper(self)
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._waited)
        self._done: Done | None = None

    def speaks(self, spoken: Spoken) -> bool:
        """Whether there is a recording that can be played here."""
        path = self._recordings.find(spoken)
        return path is not None and (self._programs.plays_itself(path) or bool(self._programs.play(path)))

    def say(self, spoken: Spoken, *, slow: bool, done: Done) -> None:
        """Play it."""
        self.stop()
        path = self._recordings.find(spoken)
        if path is None:
            done(False)
        elif self._programs.plays_itself(path):
            self._done = done
            self._wait.start(round(self._programs.begin_playing(path) * 1000))
        else:
            self._helper.run(self._programs.play(path), "", done)

    def stop(self) -> None:
        """Be silent."""
        self._helper.stop()
        if self._wait.isActive():
            self._wait.stop()
            self._programs.stop_playing()
        self._done = None

    def _waited(self) -> None:
        done, self._done = self._done, None
        if done is not None:
            done(True)


class HelperVoice(QObject):
    """espeak-ng as a program of its own, for languages without a better voice."""

    kind = Kind.HELPER

    def __init__(self, programs: SpeechPrograms, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._programs = programs
        self._helper = Helper(self)

    def speaks(self, spoken: Spoken) -> bool:
        """Whether the program is here and knows the language."""
        return self._programs.speaks(spoken.language)

    def say(self, spoken: Spoken, *, slow: bool, done: Done) -> None:
        """Say it."""
        self._helper.run(self._programs.say(spoken.language, slow=slow), spoken.text, done)

    def stop(self) -> None:
        """Be silent: the program ends."""
        self._helper.stop()


class SystemVoice(QObject):
    """The voices of the system, by a `QTextToSpeech`."""

    kind = Kind.SYSTEM

    def __init__(self, speech: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._locales = {locale.language(): locale for locale in reversed(speech.availableLocales())}
        self._done: Done | None = None
        speech.stateChanged.connect(self._changed)

    def speaks(self, spoken: Spoken) -> bool:
        """Whether the system has a voice for the language."""
        return _qt_language(spoken.language) in self._locales

    def say(self, spoken: Spoken, *, slow: bool, done: Done) -> None:
        """Say it."""
        self.stop()
        self._speech.setLocale(self._locales[_qt_language(spoken.language)])
        self._speech.setRate(_SLOW_RATE if slow else 0.0)
        self._done = done
        self._speech.say(spoken.text)

    def stop(self) -> None:
        """Be silent."""
        self._done = None
        self._speech.stop()

    def _changed(self, state: Any) -> None:
        if state.name in ("Ready", "Error") and self._done is not None:
            done, self._done = self._done, None
            done(state.name == "Ready")


def _qt_language(code: str) -> QLocale.Language:
    return QLocale(language(code).babel).language()


def system_voice(parent: QObject | None = None) -> SystemVoice | None:
    """The system's voices where Qt's optional part for them is installed and finds some (DESIGN D11)."""
    try:
        speech = importlib.import_module(_SYSTEM_VOICES).QTextToSpeech(parent)
    except ImportError:
        return None
    return SystemVoice(speech, parent) if speech.availableLocales() else None


def voices(recordings: Recordings | None, programs: SpeechPrograms, parent: QObject | None = None) -> tuple[Voice, ...]:
    """The engines of this computer, the best first."""
    found: list[Voice] = [RecordedVoice(recordings, programs, parent)] if recordings is not None else []
    if (system := system_voice(parent)) is not None:
        found.append(system)
    return (*found, HelperVoice(programs, parent))
