"""Which languages this computer can read aloud, and by what kind of voice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from intake_app.services.voice.programs import SpeechPrograms
from intake_app.services.voice.recordings import Recordings
from intake_app.services.voice.spoken import Kind


def voice_kinds(
    recordings: Recordings | None, programs: SpeechPrograms, codes: Iterable[str], system: Iterable[str] = ()
) -> Mapping[str, tuple[Kind, ...]]:
    """Each language with its kinds of voice, the best first. `system`: languages of the system's own voices.

    A language counts as recorded from its first recording on; how many are missing tells the page of recordings.
    """
    wanted, of_system = tuple(codes), frozenset(system)
    recorded = frozenset(recordings.languages(wanted)) if recordings is not None else frozenset()
    found = {}
    for code in wanted:
        has = (
            (Kind.RECORDED, code in recorded),
            (Kind.SYSTEM, code in of_system or programs.of_system(code)),
            (Kind.HELPER, programs.speaks(code) and not programs.of_system(code)),
        )
        found[code] = tuple(kind for kind, there in has if there)
    return found
