"""Which languages can be read aloud here, the system's own voices included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake_app.services.office import Office
from intake_app.services.voice.known import voice_kinds
from intake_app.services.voice.spoken import Kind, Spoken
from intake_app.ui.voice.engines import system_voice


def voices_here(office: Office, codes: Iterable[str]) -> Mapping[str, tuple[Kind, ...]]:
    """Each language with its kinds of voice, the best first."""
    wanted, system = tuple(codes), system_voice()
    spoken = [code for code in wanted if system is not None and system.speaks(Spoken("", code, ""))]
    return voice_kinds(office.recordings, office.speech, wanted, spoken)
