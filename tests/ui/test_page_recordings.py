"""A speaker reads the sentences of the talk: nothing without consent, every recording under its own name."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from intake_app.bootstrap import recorded_voices
from intake_app.domain.draft import VOLUNTEER
from intake_app.errors import RoleRefused
from intake_app.platform.recording import WindowsRecorder
from intake_app.platform.speech import Programs
from intake_app.services.office import Office
from intake_app.services.voice.programs import NoPrograms
from intake_app.ui.pages.recordings import RecordingsPage
from intake_app.ui.presenters.recordings import RecordingsPresenter
from intake_app.ui.voice.recorder import SystemMicrophone, as_wave, microphone

SAMPLES = bytes(4000)


class Microphone(QObject):
    """A microphone that hears silence."""

    def __init__(self) -> None:
        super().__init__()
        self.recording = False

    def start(self) -> None:
        self.recording = True

    def stop(self) -> bytes:
        self.recording = False
        return as_wave(SAMPLES)


@pytest.fixture
def place(office: Office, tmp_path: Path) -> Office:
    return replace(office, recordings=recorded_voices(tmp_path / "recordings"))


@pytest.fixture
def page(place: Office, tmp_path: Path, shown: Callable[..., QWidget]) -> RecordingsPage:
    chosen = tmp_path / "from a telephone.wav"
    chosen.write_bytes(as_wave(SAMPLES))
    return shown(RecordingsPage(place, recorder=Microphone(), choose=lambda _parent: str(chosen)), 1366, 768)


def click(button: QAbstractButton) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def agree(page: RecordingsPage) -> None:
    QTest.keyClicks(page.name, "Samira")
    click(page.agreed.cards[0])


def test_nothing_can_be_kept_before_the_speaker_is_named_and_agrees(page: RecordingsPage) -> None:
    assert not page.file.isEnabled()
    QTest.keyClicks(page.name, "Samira")
    assert not page.file.isEnabled()

    click(page.agreed.cards[0])
    assert page.file.isEnabled()
    assert page.record.isEnabled()


def test_the_consents_come_first_because_no_robot_reads_them(page: RecordingsPage) -> None:
    assert page.presenter.now is not None
    assert page.presenter.now.consent
    assert page.by_a_person.isVisible()


def test_a_file_is_kept_under_the_name_of_its_sentence_and_the_next_one_comes(
    page: RecordingsPage, tmp_path: Path
) -> None:
    agree(page)
    first = page.presenter.now
    click(page.file)

    assert page.presenter.done == 1
    assert page.presenter.now != first
    kept = list((tmp_path / "recordings" / "nl").glob("*.wav"))
    assert len(kept) == 1
    assert page.presenter.recordings.find(first) == kept[0]
    assert [credit.speaker for credit in page.presenter.recordings.credits("nl")] == ["Samira"]


def test_the_microphone_records_between_two_presses(page: RecordingsPage) -> None:
    agree(page)
    click(page.record)
    assert page.recorder.recording
    assert page.presenter.done == 0

    click(page.record)
    assert page.presenter.done == 1


def test_the_lock_ends_a_recording_and_keeps_no_half_of_it(page: RecordingsPage) -> None:
    agree(page)
    click(page.record)
    page.hide()

    assert not page.recorder.recording
    assert page.presenter.done == 0


def test_a_sentence_can_be_left_for_later(page: RecordingsPage) -> None:
    first = page.presenter.now
    click(page.later)
    assert page.presenter.now != first

    click(page.before)
    assert page.presenter.now == first


def test_another_language_has_its_own_list_and_no_gaps_in_it(page: RecordingsPage) -> None:
    click(page.languages.card("ar"))

    assert page.presenter.total > 300
    assert page.presenter.now is not None
    assert page.presenter.now.language == "ar"
    assert "ا" in page.presenter.now.text


def test_no_private_question_is_on_the_list(place: Office) -> None:
    presenter = RecordingsPresenter(place)
    entry = presenter._conversation.talk.entry
    private = {entry.label(n.ref, "nl") for n in entry.nodes() if n.tags.get("private") == "yes" and n.label}
    public = {entry.label(n.ref, "nl") for n in entry.nodes() if n.tags.get("private") != "yes" and n.label}

    assert private
    assert (private - public).isdisjoint({spoken.text for spoken in presenter._all})


def test_what_a_talk_says_finds_the_recording_that_was_made_here(place: Office) -> None:
    presenter = RecordingsPresenter(place, speaker="Samira", agreed=True)
    welcome = next(s for s in presenter._all if s.text_id == "a01_welcome.label")
    presenter.recordings.save(welcome, as_wave(SAMPLES), "Samira", place.clock.today())
    conversation = place.begin_talk()
    ref = conversation.talk.answers.ref("welcome")

    assert conversation.talk.entry.label(ref, "nl") == welcome.text
    assert presenter.recordings.find(replace(welcome, text_id="elsewhere")) is not None


def test_a_file_that_is_no_sound_is_refused_kindly(
    place: Office, tmp_path: Path, shown: Callable[..., QWidget]
) -> None:
    wrong = tmp_path / "letter.wav"
    wrong.write_bytes(b"no sound at all")
    page = shown(RecordingsPage(place, choose=lambda _parent: str(wrong)), 1366, 768)
    agree(page)
    click(page.file)

    assert page.presenter.done == 0
    assert "WAV" in page.message.accessibleName()


def test_only_the_site_lead_changes_what_voices_say(place: Office) -> None:
    place.store.account = place.store.account._replace(roles=(VOLUNTEER,))

    with pytest.raises(RoleRefused):
        RecordingsPresenter(place)


def test_without_any_way_to_record_there_is_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)

    assert microphone(NoPrograms()) is None


@pytest.mark.skipif(sys.platform == "win32", reason="a script stands in for the program")
def test_a_program_of_the_computer_records_where_qt_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, place: Office, shown: Callable[..., QWidget]
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    program = tmp_path / "arecord"
    program.write_text("#!/bin/sh\nprintf 'abcdefg'\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o755)
    programs = Programs(lambda name: str(program) if name == "arecord" else None)

    page = shown(RecordingsPage(replace(place, speech=programs), choose=lambda _parent: ""), 1366, 768)
    agree(page)
    assert page.recorder is not None
    assert page.record.isVisible()
    click(page.record)
    assert page.record.label.pair.main == "Klaar met deze zin"
    qtbot.waitUntil(lambda: page.recorder._process.bytesAvailable() >= 7)
    click(page.record)

    assert page.presenter.done == 1
    assert page._last is not None
    kept = page.presenter.recordings.find(page._last)
    assert kept.read_bytes() == as_wave(b"abcdef")


class Mci:
    """What Windows is asked, and a file where it is told to save."""

    def __init__(self, *, deaf: bool = False) -> None:
        self.asked: list[str] = []
        self.deaf = deaf

    def __call__(self, command: str) -> int:
        self.asked.append(command)
        if command.startswith("save"):
            Path(command.split('"')[1]).write_bytes(as_wave(SAMPLES))
        return int(self.deaf and command.startswith("record"))


def test_windows_itself_records_and_leaves_no_file(tmp_path: Path) -> None:
    mci = Mci()
    recorder = SystemMicrophone(WindowsRecorder(tmp_path / "own", mci))

    recorder.start()
    assert recorder.recording
    assert recorder.stop() == as_wave(SAMPLES)

    assert mci.asked[-1].startswith("close")
    assert list((tmp_path / "own").iterdir()) == []


def test_a_computer_without_a_microphone_says_so(place: Office, tmp_path: Path, shown: Callable[..., QWidget]) -> None:
    deaf = SystemMicrophone(WindowsRecorder(tmp_path / "own", Mci(deaf=True)))
    page = shown(RecordingsPage(place, recorder=deaf, choose=lambda _parent: ""), 1366, 768)
    agree(page)

    click(page.record)

    assert page.message.isVisible()
    assert page.record.label.pair.main == "Neem op"
    assert page.presenter.done == 0
