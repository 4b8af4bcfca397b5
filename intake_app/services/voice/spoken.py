"""One sentence that may be read aloud, and why it may have to stay silent."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Where a voice comes from, the best first: a person, the system, or a program beside ours."""

    RECORDED = "recorded"
    SYSTEM = "system"
    HELPER = "helper"


class Silence(StrEnum):
    """Why a sentence is not read aloud."""

    PRIVATE = "private"
    NO_VOICE = "no_voice"
    NEEDS_RECORDING = "needs_recording"


@dataclass(frozen=True)
class Spoken:
    """A sentence in one language. `text_id` names it in its form (or is its Dutch words), never a person.

    `private` is never said through a loudspeaker (DOMAIN 2.1-7). `consent` belongs to the texts that no robot voice
    reads: a01, b01 to b08 and q06 (DOMAIN 2.1-9). `choice` is the value of the answer it stands for, "" for others.
    """

    text: str = field(repr=False)
    language: str
    text_id: str
    private: bool = False
    consent: bool = False
    choice: str = ""


def why_silent(spoken: Spoken, voices: frozenset[Kind], *, consents_recorded: bool) -> Silence | None:
    """Why a sentence stays silent, given the voices that could say it; None when one of them may."""
    if spoken.private:
        return Silence.PRIVATE
    if not voices:
        return Silence.NEEDS_RECORDING if spoken.consent and consents_recorded else Silence.NO_VOICE
    if spoken.consent and consents_recorded and Kind.RECORDED not in voices:
        return Silence.NEEDS_RECORDING
    return None
