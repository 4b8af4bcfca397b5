"""Recording a voice with this computer's microphone: by Qt's optional part for sound, a program, or the system."""

from __future__ import annotations

import importlib
import io
import wave
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QBuffer, QIODevice, QObject, QProcess

from intake_app.services.voice.programs import SpeechPrograms, SystemRecorder

RATE, CHANNELS, BYTES = 22_050, 1, 2
"""Enough for speech: samples a second, mono, sixteen bits."""
_SOUND = "PySide6.QtMultimedia"
_END_MS = 1000


class Microphone(Protocol):
    """One way to record: between `start` and `stop`, which gives a WAV file, empty when nothing was heard."""

    @property
    def recording(self) -> bool: ...
    def start(self) -> None: ...
    def stop(self) -> bytes: ...


class Recorder(QObject):
    """Records between `start` and `stop`; gives a WAV file. `sound` is Qt's module for sound."""

    def __init__(self, sound: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        shape = sound.QAudioFormat()
        shape.setSampleRate(RATE)
        shape.setChannelCount(CHANNELS)
        shape.setSampleFormat(sound.QAudioFormat.SampleFormat.Int16)
        self._source = sound.QAudioSource(sound.QMediaDevices.defaultAudioInput(), shape, self)
        self._buffer: QBuffer | None = None

    @property
    def recording(self) -> bool:
        """Whether the microphone is on."""
        return self._buffer is not None

    def start(self) -> None:
        """Begin, in place of what was being recorded."""
        self._buffer = QBuffer(self)
        self._buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._source.start(self._buffer)

    def stop(self) -> bytes:
        """End, and give what was said as a WAV file; empty when nothing was begun."""
        buffer, self._buffer = self._buffer, None
        if buffer is None:
            return b""
        self._source.stop()
        buffer.close()
        return as_wave(bytes(buffer.data().data()))


def as_wave(samples: bytes) -> bytes:
    """Samples as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(CHANNELS)
        sound.setsampwidth(BYTES)
        sound.setframerate(RATE)
        sound.writeframes(samples)
    return out.getvalue()


class ProgramRecorder(QObject):
    """A program beside ours that gives samples until it is ended. Nothing of it comes on the disk."""

    def __init__(self, command: tuple[str, ...], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = command
        self._process: QProcess | None = None

    @property
    def recording(self) -> bool:
        """Whether the microphone is on."""
        return self._process is not None

    def start(self) -> None:
        """Begin, in place of what was being recorded."""
        self.stop()
        self._process = process = QProcess(self)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.start(self._command[0], list(self._command[1:]))

    def stop(self) -> bytes:
        """End, and give what was said as a WAV file; empty when the program heard nothing."""
        process, self._process = self._process, None
        if process is None:
            return b""
        process.terminate()
        if not process.waitForFinished(_END_MS):
            process.kill()
            process.waitForFinished(_END_MS)
        samples = bytes(process.readAllStandardOutput().data())
        process.deleteLater()
        return as_wave(samples[: len(samples) // BYTES * BYTES]) if samples else b""


class SystemMicrophone:
    """The system's own microphone."""

    def __init__(self, system: SystemRecorder) -> None:
        self._system = system
        self.recording = False

    def start(self) -> None:
        """Begin, in place of what was being recorded."""
        self.recording = self._system.start()

    def stop(self) -> bytes:
        """End, and give what was said as a WAV file."""
        recording, self.recording = self.recording, False
        return self._system.stop() if recording else b""


def microphone(
    programs: SpeechPrograms, folder: Path | None = None, parent: QObject | None = None
) -> Microphone | None:
    """The best way to record here; None without any: then sound files are taken in.

    `folder` is private: what the system can give only as a file stands there for a moment.
    """
    try:
        sound = importlib.import_module(_SOUND)
    except ImportError:
        sound = None
    if sound is not None and not sound.QMediaDevices.defaultAudioInput().isNull():
        return Recorder(sound, parent)
    if command := programs.record():
        return ProgramRecorder(command, parent)
    system = programs.recorder(folder) if folder is not None else None
    return SystemMicrophone(system) if system is not None else None
