"""A form being walked through: where one stands, the way on and back, what is left, and how far one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from intake_app.errors import EventRefused
from intake_app.services.walk.screens import Screen, Walk
from intake_app.xforms.api import FormEntry


@dataclass(frozen=True)
class Where:
    """The screen one stands at; `number` counts from 1, `total` is the number of screens as it is now."""

    screen: Screen
    number: int
    total: int

    @property
    def is_last(self) -> bool:
        """Whether no screen follows, as the answers stand."""
        return self.number == self.total


@dataclass(frozen=True)
class Finding:
    """An answer that cannot stand yet, and the key of the screen that asks it, "" when no screen does."""

    ref: str
    reason: str
    message: str
    screen: str


@dataclass(frozen=True)
class Setback:
    """Why the share went down: questions that came in, and answers that no longer count."""

    came_in: tuple[str, ...]
    fell_out: tuple[str, ...]


@dataclass(frozen=True)
class Progress:
    """Answered questions of those that count now; `setback` says why the share is lower than when last asked.

    `left` is how many screens are still to come with the guest, as the answers stand; `more` how many of these
    came in since one stood at the screen before.
    """

    answered: int
    relevant: int
    setback: Setback | None = None
    left: int = 0
    more: int = 0

    @property
    def share(self) -> float:
        """From 0 to 1; a form that asks nothing is done."""
        return self.answered / self.relevant if self.relevant else 1.0


class FormSession:
    """One person's way through one entry. It changes no answer; it finds its place again after every change.

    `walk` gives the walk as it is now: another role or length of the talk makes another one.
    """

    def __init__(self, walk: Callable[[], Walk], entry: FormEntry, at: str = "") -> None:
        self._walk = walk
        self._entry = entry
        self._keys: tuple[str, ...] = ()
        self._at = at
        self._expected: tuple[str, int | None] = ("", None)
        self._last_left: int | None = None
        self._counted: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    @property
    def at(self) -> str:
        """The key of the screen one stands at."""
        return self._at

    def stand_at(self, key: str) -> None:
        """Go to the screen of this key."""
        self._at = key

    def where(self) -> Where | None:
        """The screen one stands at; None when the form shows nothing.

        When the screen itself is gone, the first one after it that is still there, else the last one before it.
        """
        screens = self._screens()
        if not screens:
            return None
        keys = [screen.key for screen in screens]
        if self._at not in keys:
            self._at = self._nearest(keys)
        self._keys = tuple(keys)
        number = keys.index(self._at)
        return Where(screens[number], number + 1, len(screens))

    def next(self) -> Where | None:
        """Go to the next screen; None, and no move, at the last one."""
        return self._move(1)

    def previous(self) -> Where | None:
        """Go to the screen before; None, and no move, at the first one."""
        return self._move(-1)

    def jump(self, ref: str) -> Where:
        """Go to the screen that asks this question. Raises EventRefused (`not_on_a_screen`)."""
        screen = next((one for one in self._screens() if ref in one.refs), None)
        if screen is None:
            raise EventRefused(ref=ref, reason="not_on_a_screen")
        self._at = screen.key
        found = self.where()
        assert found is not None
        return found

    def answered(self) -> tuple[str, ...]:
        """The answered questions on the screens, in order: where one may jump to."""
        refs = dict.fromkeys(ref for screen in self._screens() for ref in screen.refs)
        return tuple(ref for ref in refs if self._entry.takes_answer(ref) and self._entry.answer(ref))

    def set_aside(self) -> tuple[str, ...]:
        """Answers that do not count now: kept until the record is finished, and left out of it then."""
        return self._entry.set_aside()

    def check(self) -> tuple[Finding, ...]:
        """Everything that keeps the record from being finished, in document order."""
        asked: dict[str, str] = {}
        for screen in self._walk().planned():
            for ref in screen.refs:
                asked.setdefault(ref, screen.key)
        return tuple(
            Finding(found.ref, found.reason, found.message, asked.get(found.ref, ""))
            for found in self._entry.violations()
        )

    def progress(self, done: Callable[[Screen], bool] | None = None, *, sure: bool = True) -> Progress:
        """How far one is, and why it is less than when this was last asked.

        `done` tells of a screen to come whether it has nothing left to ask: by default, when all on it is answered.
        While it is not `sure` yet which talk this becomes, nothing is compared with what comes after.
        """
        planned = self._walk().planned()
        refs = (ref for screen in planned for ref in screen.refs)
        relevant = frozenset(ref for ref in refs if self._entry.takes_answer(ref))
        answered = frozenset(ref for ref in relevant if self._entry.answer(ref))
        before_relevant, before_answered = self._counted
        self._counted = relevant, answered
        setback = None
        if len(answered) * len(before_relevant) < len(before_answered) * len(relevant):
            setback = Setback(tuple(sorted(relevant - before_relevant)), tuple(sorted(before_answered - answered)))
        left = self._left(planned, done or self._is_answered)
        return Progress(len(answered), len(relevant), setback, left, self._more(left, sure=sure))

    def _left(self, planned: Sequence[Screen], done: Callable[[Screen], bool]) -> int:
        keys = [screen.key for screen in planned]
        here = keys.index(self._at) if self._at in keys else -1
        return sum(1 for screen in planned[here + 1 :] if not screen.after_guest and not done(screen))

    def _more(self, left: int, *, sure: bool) -> int:
        """How many screens more than were told at the screen before this one."""
        if not sure:
            self._expected, self._last_left = ("", None), None
            return 0
        if self._expected[0] != self._at:
            self._expected = self._at, self._last_left
        self._last_left = left
        expected = self._expected[1]
        return 0 if expected is None else max(0, left - expected)

    def _is_answered(self, screen: Screen) -> bool:
        return all(self._entry.answer(ref) for ref in screen.refs)

    def screens(self) -> tuple[Screen, ...]:
        """The screens as they are now, up to a question that must be answered first."""
        return self._screens()

    def planned(self) -> tuple[Screen, ...]:
        """The screens as the answers stand, also those beyond such a question."""
        return _with_something(self._walk().planned())

    def _screens(self) -> tuple[Screen, ...]:
        return _with_something(self._walk().screens())

    def _move(self, step: int) -> Where | None:
        here = self.where()
        if here is None or not 1 <= here.number + step <= here.total:
            return None
        self._at = self._keys[here.number - 1 + step]
        return self.where()

    def _nearest(self, keys: list[str]) -> str:
        if self._at in self._keys:
            at = self._keys.index(self._at)
            for key in (*self._keys[at + 1 :], *reversed(self._keys[:at])):
                if key in keys:
                    return key
        return keys[0]


def _with_something(screens: Sequence[Screen]) -> tuple[Screen, ...]:
    return tuple(screen for screen in screens if screen.refs or screen.lists or screen.again)
