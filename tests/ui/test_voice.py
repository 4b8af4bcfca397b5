"""Reading aloud in the window: the order of voices, what is left out, and a real program beside ours."""

# ruff: noqa: N802, N815 - the names of the stand-in are those of Qt

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QObject, Signal
from pytestqt.qtbot import QtBot

from intake_app.platform.speech import Programs
from intake_app.services.voice.recordings import Recordings, text_key
from intake_app.services.voice.settings import VoiceSettings
from intake_app.services.voice.spoken import Kind, Spoken
from intake_app.ui.voice.engines import HelperVoice, RecordedVoice, SystemVoice, system_voice
from intake_app.ui.voice.speaker import Speaker
from tests.fakes.voice import ListeningVoice

ONE = Spoken("Heeft u nu betaald werk?", "nl", "d01.label")
TWO = Spoken("Ja", "nl", "d01.yes", choice="yes")
PRIVATE = Spoken("Uw geheim", "nl", "m02.label", private=True)
CONSENT = Spoken("Mag ik uw antwoorden bewaren?", "nl", "b02.label", consent=True)
posix = pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the program")


@pytest.fixture
def voice() -> ListeningVoice:
    return ListeningVoice()


def test_everything_is_said_in_order_and_the_end_is_told(voice: ListeningVoice, qtbot: QtBot) -> None:
    speaker = Speaker([voice])
    with qtbot.waitSignal(speaker.ended, timeout=1000):
        speaker.read([ONE, TWO])
        assert speaker.speaking
        assert voice.finish_all() == [ONE.text, TWO.text]

    assert not speaker.speaking


def test_private_texts_and_consents_are_left_out_whoever_asks(voice: ListeningVoice) -> None:
    speaker = Speaker([voice])
    speaker.read([PRIVATE, ONE, CONSENT])

    assert voice.finish_all() == [ONE.text]
    assert not speaker.can_say([PRIVATE, CONSENT])


def test_a_consent_is_read_by_its_recording_and_by_a_robot_only_where_that_is_allowed() -> None:
    recorded, robot = ListeningVoice(Kind.RECORDED), ListeningVoice(Kind.HELPER)
    Speaker([recorded, robot]).read([CONSENT])
    assert (recorded.said, robot.said) == ([CONSENT], [])

    Speaker([robot], VoiceSettings(consents_recorded=False)).read([CONSENT])
    assert robot.said == [CONSENT]


def test_a_consent_whose_recording_fails_falls_silent_rather_than_to_a_robot() -> None:
    recorded, robot = ListeningVoice(Kind.RECORDED), ListeningVoice(Kind.HELPER)
    Speaker([recorded, robot]).read([CONSENT])
    recorded.finish(well=False)

    assert robot.said == []


def test_a_voice_that_fails_gives_way_to_the_next(voice: ListeningVoice) -> None:
    broken = ListeningVoice(Kind.RECORDED)
    Speaker([broken, voice]).read([ONE, TWO])
    broken.finish(well=False)

    assert voice.said == [ONE]
    voice.finish()
    assert broken.said == [ONE, TWO]


def test_stop_silences_at_once_and_the_rest_is_not_said(voice: ListeningVoice) -> None:
    speaker = Speaker([voice])
    speaker.read([ONE, TWO])
    speaker.stop()

    assert voice.stopped == 1
    assert voice.done is None
    assert not speaker.speaking


def test_it_is_said_again_slower_until_it_is_forgotten(voice: ListeningVoice) -> None:
    speaker = Speaker([voice])
    speaker.read([ONE])
    speaker.again(slow=True)
    assert voice.slow == [False, True]

    speaker.forget()
    speaker.again()
    assert len(voice.said) == 2


def script(path: Path, body: str) -> str:
    path.write_text(f"#!/bin/sh\n{body}", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


LISTS = 'if [ "$1" = "--voices" ]; then printf "Pty Language Age\\n 5 nl -- Dutch nl\\n"; exit 0; fi\n'


@posix
def test_the_helper_gets_the_text_by_its_standard_input_only(tmp_path: Path, qtbot: QtBot) -> None:
    heard, told = tmp_path / "heard", tmp_path / "told"
    program = script(tmp_path / "espeak-ng", f'{LISTS}echo "$@" > {told}\ncat > {heard}\n')
    voice = HelperVoice(Programs(lambda name: program if name == "espeak-ng" else None))
    done: list[bool] = []

    assert voice.speaks(ONE)
    voice.say(ONE, slow=False, done=done.append)
    qtbot.waitUntil(lambda: done == [True], timeout=5000)

    assert heard.read_text(encoding="utf-8") == ONE.text
    assert "werk" not in told.read_text(encoding="utf-8")


@posix
def test_a_helper_that_is_stopped_is_gone_and_tells_nothing(tmp_path: Path, qtbot: QtBot) -> None:
    alive = tmp_path / "alive"
    program = script(tmp_path / "espeak-ng", f"{LISTS}echo $$ > {alive}\nexec sleep 30\n")
    voice = HelperVoice(Programs(lambda name: program if name == "espeak-ng" else None))
    done: list[bool] = []
    voice.say(ONE, slow=False, done=done.append)
    qtbot.waitUntil(lambda: alive.exists() and alive.read_text().strip() != "", timeout=5000)

    voice.stop()

    assert done == []
    assert not Path(f"/proc/{alive.read_text().strip()}").exists() or sys.platform == "darwin"


@posix
def test_a_recording_is_played_by_the_system_s_player(tmp_path: Path, qtbot: QtBot) -> None:
    played = tmp_path / "played"
    player = script(tmp_path / "aplay", f'echo "$2" > {played}\n')
    recordings = Recordings(tmp_path / "shipped")
    path = recordings.shipped / "nl" / f"{text_key(ONE)}.wav"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"sound")
    voice = RecordedVoice(recordings, Programs(lambda name: player if name == "aplay" else None))
    done: list[bool] = []

    assert not voice.speaks(TWO)
    voice.say(ONE, slow=False, done=done.append)
    qtbot.waitUntil(lambda: done == [True], timeout=5000)

    assert played.read_text(encoding="utf-8").strip() == str(path)


def test_a_program_that_does_not_start_is_told_as_a_failure(tmp_path: Path, qtbot: QtBot) -> None:
    recordings = Recordings(tmp_path)
    path = tmp_path / "nl" / f"{text_key(ONE)}.wav"
    path.parent.mkdir()
    path.write_bytes(b"sound")
    voice = RecordedVoice(recordings, Programs(lambda name: str(tmp_path / "gone") if name == "aplay" else None))
    done: list[bool] = []
    voice.say(ONE, slow=False, done=done.append)

    qtbot.waitUntil(lambda: done == [False], timeout=5000)


class State:
    def __init__(self, name: str) -> None:
        self.name = name


class SystemSpeech(QObject):
    """What Qt's optional text to speech looks like from outside."""

    stateChanged = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[str, str, float]] = []
        self._locale, self._rate = "", 0.0

    def availableLocales(self) -> list[QLocale]:
        return [QLocale("nl_NL"), QLocale("ar_SA")]

    def setLocale(self, locale: QLocale) -> None:
        self._locale = locale.name()

    def setRate(self, rate: float) -> None:
        self._rate = rate

    def say(self, text: str) -> None:
        self.told.append((text, self._locale, self._rate))

    def stop(self) -> None:
        self.told.append(("", "", 0.0))


def test_the_system_s_voices_are_chosen_by_language() -> None:
    speech = SystemSpeech()
    voice = SystemVoice(speech)
    done: list[bool] = []

    assert not voice.speaks(replace(ONE, language="ti"))
    voice.say(replace(ONE, language="ar"), slow=True, done=done.append)
    assert speech.told[-1][:2] == (ONE.text, "ar_SA")
    assert speech.told[-1][2] < 0

    speech.stateChanged.emit(State("Ready"))
    assert done == [True]


def test_without_qt_s_optional_part_there_is_no_system_voice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtTextToSpeech", None)

    assert system_voice() is None
