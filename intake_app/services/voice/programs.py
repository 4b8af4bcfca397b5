"""What reading aloud asks of the computer: programs beside ours that speak or play a sound file."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class SpeechPrograms(Protocol):
    """`platform.speech.Programs` fits this. Commands are lists of words; what is to be said goes through stdin."""

    def speaks(self, language: str) -> bool:
        """Whether a program here has a voice for a language."""
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
