"""Which programs speak and play, and that what is said never stands in a command."""

from __future__ import annotations

import struct
import sys
import wave
from pathlib import Path

import pytest

from intake_app.platform.speech import Programs, length
from intake_app.platform.windows_voices import listed

LISTED = """Pty Language       Age/Gender VoiceName          File          Other Languages
 5  ar              --/M      Arabic             sem/ar
 5  nl              --/M      Dutch              gmw/nl
 2  en-gb           --/M      English_(Great_Britain) gmw/en
 5  fa              --/M      Persian            ira/fa
"""


@pytest.fixture
def spoken_here(tmp_path: Path) -> Programs:
    """A computer with a program that lists voices as espeak-ng does."""
    if sys.platform == "win32":
        pytest.skip("a script stands in for the program")
    program = tmp_path / "espeak-ng"
    program.write_text(f"#!/bin/sh\ncat <<'END'\n{LISTED}END\n", encoding="utf-8")
    program.chmod(0o755)
    return Programs(lambda name: str(program) if name == "espeak-ng" else None)


def test_a_voice_is_chosen_by_language_and_the_text_stands_in_no_command(spoken_here: Programs) -> None:
    command = spoken_here.say("en", slow=False)

    assert command[1:3] == ("-v", "en-gb")
    assert command[-1] == "--stdin"
    assert spoken_here.speaks("ar")
    assert not spoken_here.speaks("ti")
    assert spoken_here.say("ti", slow=False) == ()


def test_slower_is_fewer_words_a_minute(spoken_here: Programs) -> None:
    usual, slow = (spoken_here.say("nl", slow=slow) for slow in (False, True))

    assert int(slow[slow.index("-s") + 1]) < int(usual[usual.index("-s") + 1])


def test_without_the_program_there_is_no_voice() -> None:
    programs = Programs(lambda _name: None)

    assert not programs.speaks("nl")
    assert programs.play(Path("a.wav")) == ()


def test_a_program_that_fails_gives_no_voices(tmp_path: Path) -> None:
    gone = tmp_path / "espeak-ng"

    assert not Programs(lambda name: str(gone) if name == "espeak-ng" else None).speaks("nl")


def test_a_player_is_only_given_what_it_can_play() -> None:
    programs = Programs(lambda name: f"/usr/bin/{name}" if name == "aplay" else None)

    assert programs.play(Path("a.wav"))[0] == "/usr/bin/aplay"
    assert programs.play(Path("a.opus")) == ()


def test_the_length_of_a_recording_is_known_without_playing_it(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8000, 4000, "NONE", ""))
        sound.writeframes(struct.pack("<h", 0) * 4000)
    (tmp_path / "b.wav").write_bytes(b"no sound")

    assert length(path) == 0.5
    assert length(tmp_path / "b.wav") == 0


def test_windows_speaks_with_its_own_voices_before_any_other(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("a script stands in for PowerShell")
    program = tmp_path / "powershell"
    program.write_text("#!/bin/sh\nprintf 'nl-NL\\r\\nen-GB\\r\\nno; language\\r\\n'\n", encoding="utf-8")
    program.chmod(0o755)
    programs = Programs(lambda name: str(program) if name == "powershell" else None, windows=True)

    assert programs.of_system("nl")
    assert programs.of_system("en")
    assert not programs.of_system("ar")
    usual, slow = (programs.say("nl", slow=slow)[-1] for slow in (False, True))
    assert "[Globalization.CultureInfo]'nl-NL'" in usual
    assert "Rate = 0" in usual
    assert "Rate = -4" in slow
    assert programs.say("ar", slow=False) == ()


def test_what_is_no_name_of_a_language_never_comes_into_a_command() -> None:
    assert listed("nl-NL\n'; Remove-Item *; '\n\nfa-IR") == {"nl-nl": "nl-NL", "fa-ir": "fa-IR"}


def test_powershell_is_not_asked_on_another_system() -> None:
    assert not Programs(lambda name: f"/usr/bin/{name}" if name == "pwsh" else None, windows=False).of_system("nl")


def test_the_first_program_that_records_is_taken() -> None:
    programs = Programs(lambda name: f"/usr/bin/{name}" if name in ("parecord", "arecord") else None)

    assert programs.record()[0] == "/usr/bin/parecord"
    assert Programs(lambda _name: None).record() == ()
