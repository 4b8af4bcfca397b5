"""Which languages can be read aloud here, the system's own voices included, and who reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject

from intake_app.services.office import Office
from intake_app.services.voice.known import voice_kinds
from intake_app.services.voice.settings import read_voice
from intake_app.services.voice.spoken import Kind, Spoken
from intake_app.ui.voice.engines import system_voice, voices
from intake_app.ui.voice.speaker import Speaker


def voices_here(office: Office, codes: Iterable[str]) -> Mapping[str, tuple[Kind, ...]]:
    """Each language with its kinds of voice, the best first."""
    wanted, system = tuple(codes), system_voice()
    spoken = [code for code in wanted if system is not None and system.speaks(Spoken("", code, ""))]
    return voice_kinds(office.recordings, office.speech, wanted, spoken)


def speaker_here(office: Office, parent: QObject) -> Speaker:
    """One that leads the voices of this computer, by the settings of the place."""
    return Speaker(voices(office.recordings, office.speech, parent), read_voice(office.store), parent)
