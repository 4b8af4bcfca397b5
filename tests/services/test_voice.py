"""What may be said, by whose voice, and under which name a recording is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from intake_app.errors import RecordingRefused
from intake_app.services.voice.recordings import CREDITS, Recordings, text_key
from intake_app.services.voice.settings import VoiceSettings, read_voice, write_autoplay, write_consents_recorded
from intake_app.services.voice.spoken import Kind, Silence, Spoken, why_silent
from tests.fakes.storage import InMemoryStore

HELLO = Spoken("Welkom. We praten over wat u kunt.", "nl", "a01_welcome.label")
WAVE = b"RIFF\x40\x00\x00\x00WAVEfmt " + bytes(60)
DAY = date(2026, 11, 22)
ROBOTS = frozenset({Kind.SYSTEM, Kind.HELPER})


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "shipped", tmp_path / "own", write)


def test_no_robot_reads_a_consent_where_a_recording_is_asked_for() -> None:
    consent = replace(HELLO, consent=True)

    assert why_silent(consent, ROBOTS, consents_recorded=True) is Silence.NEEDS_RECORDING
    assert why_silent(consent, ROBOTS | {Kind.RECORDED}, consents_recorded=True) is None
    assert why_silent(consent, ROBOTS, consents_recorded=False) is None


def test_a_private_question_is_never_read_not_even_by_a_recording() -> None:
    assert why_silent(replace(HELLO, private=True), frozenset(Kind), consents_recorded=False) is Silence.PRIVATE


def test_without_a_voice_it_says_so() -> None:
    assert why_silent(HELLO, frozenset(), consents_recorded=True) is Silence.NO_VOICE


def test_the_name_of_a_recording_tells_text_and_sentence() -> None:
    assert text_key(HELLO).startswith("a01_welcome_label-")
    assert text_key(HELLO) != text_key(replace(HELLO, text="Welkom."))
    assert text_key(HELLO) != text_key(replace(HELLO, language="en"))
    assert text_key(replace(HELLO, text_id="../../x")).startswith("x-")


def test_a_changed_sentence_drops_its_recording(recordings: Recordings) -> None:
    recordings.save(HELLO, WAVE, "Samira", DAY)

    assert recordings.find(HELLO) is not None
    assert recordings.find(replace(HELLO, text="Welkom allemaal.")) is None


def test_the_same_sentence_elsewhere_uses_the_same_recording(recordings: Recordings) -> None:
    path = recordings.save(HELLO, WAVE, "Samira", DAY)

    assert recordings.find(replace(HELLO, text_id="b09.label")) == path
    assert recordings.missing([HELLO, replace(HELLO, text="Nee", text_id="no"), replace(HELLO, text="Nee")]) == (
        replace(HELLO, text="Nee", text_id="no"),
    )


def test_a_recording_of_this_place_comes_before_the_shipped_one(recordings: Recordings) -> None:
    write(recordings.shipped / "nl" / f"{text_key(HELLO)}.opus", b"sound")
    assert recordings.find(HELLO) == recordings.shipped / "nl" / f"{text_key(HELLO)}.opus"

    own = recordings.save(HELLO, WAVE, "Samira", DAY)

    assert recordings.find(HELLO) == own


def test_every_recording_names_its_speaker_who_agreed(recordings: Recordings) -> None:
    path = recordings.save(HELLO, WAVE, " Samira ", DAY)
    recordings.save(replace(HELLO, text="Nee", text_id="no"), WAVE, "Jan, bibliotheek", DAY)

    told = {credit.file: (credit.speaker, credit.agreed_on) for credit in recordings.credits("nl")}
    assert told[path.name] == ("Samira", DAY)
    assert {speaker for speaker, _ in told.values()} == {"Samira", "Jan, bibliotheek"}


def test_a_recording_made_again_stands_once(recordings: Recordings) -> None:
    path = recordings.save(HELLO, WAVE, "Samira", DAY)
    recordings.save(HELLO, WAVE + b"more", "Jan", DAY)

    assert [one.speaker for one in recordings.credits("nl")] == ["Jan"]
    assert path.read_bytes() == WAVE + b"more"


@pytest.mark.parametrize(
    ("wave", "speaker", "reason"),
    [(b"no sound", "Samira", "no_wave"), (WAVE, "  ", "no_speaker"), (WAVE + bytes(20_000_001), "Jan", "too_long")],
)
def test_what_is_no_recording_is_refused_and_nothing_is_written(
    recordings: Recordings, wave: bytes, speaker: str, reason: str
) -> None:
    with pytest.raises(RecordingRefused) as refused:
        recordings.save(HELLO, wave, speaker, DAY)

    assert refused.value.params == {"reason": reason}
    assert recordings.own is not None
    assert not recordings.own.exists()


def test_a_damaged_list_of_speakers_costs_no_recording(recordings: Recordings) -> None:
    path = recordings.save(HELLO, WAVE, "Samira", DAY)
    path.with_name(CREDITS).write_bytes(b"\xff\xfe")
    recordings.look_again()

    assert recordings.find(HELLO) == path
    assert recordings.credits("nl") == ()


def test_unless_somebody_chooses_otherwise_nothing_plays_by_itself_and_consents_wait_for_a_person() -> None:
    store = InMemoryStore()
    assert read_voice(store) == VoiceSettings(autoplay=False, consents_recorded=True)

    write_autoplay(store, True)
    write_consents_recorded(store, False)

    assert read_voice(store) == VoiceSettings(autoplay=True, consents_recorded=False)
