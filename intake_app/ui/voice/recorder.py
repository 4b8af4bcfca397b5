"""Recording a voice with this computer's microphone, where Qt's optional part for sound is installed."""

from __future__ import annotations

import importlib
import io
import wave
from typing import Any

from PySide6.QtCore import QBuffer, QIODevice, QObject

RATE, CHANNELS, BYTES = 22_050, 1, 2
"""Enough for speech: samples a second, mono, sixteen bits."""
_SOUND = "PySide6.QtMultimedia"


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


def microphone(parent: QObject | None = None) -> Recorder | None:
    """A recorder where Qt can record and there is a microphone; else sound files are taken in."""
    try:
        sound = importlib.import_module(_SOUND)
    except ImportError:
        return None
    return None if sound.QMediaDevices.defaultAudioInput().isNull() else Recorder(sound, parent)
