"""What reading aloud asks of the computer: programs beside ours that speak or play a sound file."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class SystemRecorder(Protocol):
    """`platform.recording.WindowsRecorder` fits this."""

    def start(self) -> bool:
        """Begin; False where there is no microphone."""
        ...

    def stop(self) -> bytes:
        """End, and give what was said as a WAV file; empty when it cannot be had."""
        ...


class SpeechPrograms(Protocol):
    """`platform.speech.Programs` fits this. Commands are lists of words; what is to be said goes through stdin."""

    def speaks(self, language: str) -> bool:
        """Whether a program here has a voice for a language."""
        ...

    def of_system(self, language: str) -> bool:
        """Whether that is a voice of the system itself."""
        ...

    def record(self) -> tuple[str, ...]:
        """The command that records raw samples until it is ended; empty when none here can."""
        ...

    def recorder(self, folder: Path) -> SystemRecorder | None:
        """The system's own microphone, where it is not asked by a program; `folder` is private."""
        ...

    def say(self, language: str, *, slow: bool) -> tuple[str, ...]:
        """The command that says what it reads from its standard input."""
        ...

    def play(self, path: Path) -> tuple[str, ...]:
        """The command that plays a sound file; empty when none here can."""
        ...

    def plays_itself(self, path: Path) -> bool:
        """Whether the system plays this file for us without a program."""
        ...

    def begin_playing(self, path: Path) -> float:
        """Let the system play it, and come back at once; gives its length in seconds."""
        ...

    def stop_playing(self) -> None:
        """Silence what `begin_playing` began."""
        ...


class NoPrograms:
    """A computer without any."""

    def speaks(self, language: str) -> bool:
        """No."""
        return False

    def of_system(self, language: str) -> bool:
        """No."""
        return False

    def record(self) -> tuple[str, ...]:
        """None."""
        return ()

    def recorder(self, folder: Path) -> SystemRecorder | None:
        """None."""
        return None

    def say(self, language: str, *, slow: bool) -> tuple[str, ...]:
        """None."""
        return ()

    def play(self, path: Path) -> tuple[str, ...]:
        """None."""
        return ()

    def plays_itself(self, path: Path) -> bool:
        """No."""
        return False

    def begin_playing(self, path: Path) -> float:
        """Nothing, for no time."""
        return 0.0

    def stop_playing(self) -> None:
        """Nothing plays."""
