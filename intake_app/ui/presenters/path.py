"""Where a talk stands on its way through the screens, while answers make screens come and go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from intake_app.services.continuing import is_known, is_question, is_told, still_open
from intake_app.services.conversation import Conversation
from intake_app.services.walk.screens import Screen
from intake_app.services.walk.session import FormSession
from intake_app.ui.presenters.questions import QuestionMaker
from intake_app.ui.presenters.rows import generic


@dataclass
class TalkPath:
    """The screens of a talk as they are now, the one in sight (`key`), and those that were passed.

    A screen turns out to be empty when its lists have no rows; `stand_on` then refuses it.
    """

    conversation: Conversation
    maker: QuestionMaker
    screens: tuple[Screen, ...] = ()
    passed: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    """Refs that the screen in sight has shown."""
    told_before: frozenset[str] = frozenset()
    """Refs that had an answer, or a skip, when the talk was opened again or changed its length."""
    only_open: bool = False
    """Whether the screen in sight leaves away what was told before."""

    def __post_init__(self) -> None:
        """Compute the screens for the first time."""
        talk = self.conversation.talk
        self.session = FormSession(lambda: talk.walk, talk.entry)
        self.look()

    @property
    def key(self) -> str:
        """The screen in sight, in the one place that knows it."""
        return self.session.at

    @key.setter
    def key(self, key: str) -> None:
        self.session.stand_at(key)

    @property
    def screen(self) -> Screen:
        """The screen in sight as it stands now."""
        found = next(screen for screen in self.screens if screen.key == self.key)
        if not self.only_open:
            return found
        left = still_open(self.conversation, self.screens, found, self.told_before)
        return replace(found, refs=tuple(ref for ref in found.refs if ref in left))

    @property
    def place(self) -> int:
        """Its number among the screens."""
        return next((number for number, screen in enumerate(self.screens) if screen.key == self.key), 0)

    def look(self) -> None:
        """Compute the screens again; the one in sight stays, or what stands in its place comes."""
        self.screens = self.session.screens()
        self.session.where()

    def stand_on(self, screen: Screen | None, *, only_open: bool = False) -> bool:
        """Prepare a screen and go there; False when it turns out to hold nothing to show.

        `only_open`: what was told in an earlier sitting is not asked again beside what is new.
        """
        if screen is None:
            return False
        before, self.key = (self.key, self.only_open), screen.key
        self.only_open = only_open
        if self.conversation.open_screen(screen):
            self.look()
        if self.key == screen.key:
            model = self.maker.screen(self.screen, {}, {})
            self.seen = set(model.refs())
            if model.questions:
                return True
        self.key, self.only_open = before
        return False

    def leave(self) -> None:
        """Count the screen in sight as passed."""
        self.passed.add(self.key)

    def following(self) -> Screen | None:
        """The screen after this one, if there is one."""
        rest = self.screens[self.place + 1 :]
        return rest[0] if rest else None

    def pass_over(self, screen: Screen) -> None:
        """Go past a screen that has nothing to show."""
        self.key = screen.key
        self.leave()

    def before(self) -> tuple[Screen, ...]:
        """The screens before this one, nearest first; after the guest has left, only those asked since."""
        earlier = self.screens[: self.place]
        return tuple(s for s in reversed(earlier) if s.after_guest or not self.screen.after_guest)

    def that_asks(self, concept: str) -> Screen | None:
        """The screen on which a question stands."""
        ref = self.conversation.talk.answers.ref(concept)
        return next((screen for screen in self.screens if ref in screen.refs), None)

    def named(self, key: str) -> Screen | None:
        """The screen of a key, if it is there now."""
        return next((screen for screen in self.screens if screen.key == key), None)

    def later(self, key: str) -> Screen | None:
        """The screen of a key, if it is there and comes after the one in sight."""
        return next((screen for screen in self.screens[self.place + 1 :] if screen.key == key), None)

    def is_done(self, screen: Screen) -> bool:
        """Whether a screen was passed, or all its questions were answered or skipped."""
        if screen.key in self.passed:
            return True
        entry, skipped = self.conversation.talk.entry, self.conversation.talk.skipped()
        return is_told(self.conversation, screen, lambda ref: bool(entry.value(ref)) or ref in skipped)

    def is_known(self, screen: Screen) -> bool:
        """Whether all of a screen was told in an earlier sitting, so that it is not asked again."""
        return is_known(self.conversation, self.screens, screen, self.told_before)

    def take_other_order(self, told: frozenset[str]) -> None:
        """The talk became longer or shorter: its screens are others now, what was told stays told."""
        self.passed.clear()
        self.told_before = told
        self.look()

    def first_open(self) -> Screen | None:
        """The first screen of the guest with a question that was neither answered nor skipped."""
        return next((s for s in self.screens if not s.after_guest and not self.is_done(s)), None)

    def is_question(self, ref: str) -> bool:
        """Whether something can be answered here."""
        return is_question(self.conversation, ref)

    def tags(self, ref: str) -> Mapping[str, str]:
        """The tags of a question."""
        return self.conversation.talk.definition.binds[generic(ref)].tags
