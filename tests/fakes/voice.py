"""An engine that says nothing and remembers what would be spoken, and a computer with other screens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget

from intake_app.services.voice.spoken import Kind, Spoken


@dataclass
class ListeningVoice:
    """Speaks the languages it is told to; a sentence ends when `finish` is called."""

    kind: Kind = Kind.SYSTEM
    languages: frozenset[str] = frozenset({"nl", "ar", "en"})
    said: list[Spoken] = field(default_factory=list)
    slow: list[bool] = field(default_factory=list)
    stopped: int = 0
    done: Callable[[bool], None] | None = None

    def speaks(self, spoken: Spoken) -> bool:
        return spoken.language in self.languages

    def say(self, spoken: Spoken, *, slow: bool, done: Callable[[bool], None]) -> None:
        self.said.append(spoken)
        self.slow.append(slow)
        self.done = done

    def stop(self) -> None:
        self.stopped += 1
        self.done = None

    def finish(self, *, well: bool = True) -> None:
        """The sentence that is being said ends."""
        done, self.done = self.done, None
        assert done is not None
        done(well)

    def finish_all(self) -> list[str]:
        """Let everything be said; gives all texts so far."""
        while self.done is not None:
            self.finish()
        return [spoken.text for spoken in self.said]


@dataclass
class OtherScreen:
    """A computer with a second screen, or (None) without."""

    place: QRect | None = field(default_factory=lambda: QRect(0, 0, 1280, 720))

    def beside(self, _window: QWidget) -> QRect | None:
        return self.place
