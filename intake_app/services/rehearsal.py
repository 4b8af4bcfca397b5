"""Living through a talk from a script, screen by screen, through the same use cases that the window drives."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from intake_app.errors import ProfileInvalid
from intake_app.i18n.starters import starter_sentence
from intake_app.services.continuing import answered_before, is_known, still_open
from intake_app.services.conversation import Conversation
from intake_app.services.days import working_day
from intake_app.services.walk.screens import Screen

MOST_SCREENS = 400
Answer = str | Sequence[str]


@dataclass(frozen=True)
class Script:
    """An invented person's answers by concept: one text, or one per row; `find` names occupations to search.

    `group` is the participant group (DOMAIN 1.1), `role` who leads the talk. `stop_after` is the concept after which
    the talk is put aside; `later` are then the answers of the next time, told beside those of the first.
    """

    name: str
    answers: Mapping[str, Answer] = field(repr=False)
    find: Mapping[str, str] = field(default_factory=dict)
    group: str = ""
    role: str = "counsellor"
    stop_after: str = ""
    later: Mapping[str, Answer] = field(default_factory=dict, repr=False)

    def next_time(self) -> Script:
        """The script of the talk when it is gone on with."""
        return replace(self, answers={**self.answers, **self.later}, stop_after="", later={})


def read_script(path: Path, changes: Mapping[str, str] | None = None) -> Script:
    """A script from its JSON file, with some answers changed. Raises ProfileInvalid when it does not read as one."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return Script(
            raw["name"],
            {**raw["answers"], **(changes or {})},
            raw.get("find", {}),
            raw.get("group", ""),
            raw.get("role", "counsellor"),
            raw.get("stop_after", ""),
            raw.get("later", {}),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ProfileInvalid(field=path.name, problem=type(error).__name__) from error


class Rehearsal:
    """Plays a script. `seen` is called for each screen after it was answered.

    `resumed`: the talk was begun earlier; who is there is asked first, and nothing that was told is asked again.
    """

    def __init__(
        self,
        conversation: Conversation,
        script: Script,
        seen: Callable[[Screen], None] | None = None,
        *,
        resumed: bool = False,
    ) -> None:
        self._conversation = conversation
        self._script = script
        self._seen = seen
        self._told = answered_before(conversation) if resumed else frozenset()
        self._done: set[str] = set()
        self.screens: list[Screen] = []

    def play(self, *, until_guest_leaves: bool = False) -> None:
        """Answer every screen; or those of the guest only, so that the plan can be handed over in between."""
        for _ in range(MOST_SCREENS):
            screen = self._next()
            if screen is None or (until_guest_leaves and screen.after_guest):
                return
            self._one(screen)
            if self._script.stop_after and self.screens and self._asks(self.screens[-1], self._script.stop_after):
                return

    def _next(self) -> Screen | None:
        screens = self._conversation.screens()
        todo = (s for s in screens if s.key not in self._done)
        known = self._told
        return next((s for s in todo if not is_known(self._conversation, screens, s, known)), None)

    def _asks(self, screen: Screen, concept: str) -> bool:
        return any(self._conversation.concept_of(ref) == concept for ref in screen.refs)

    def _one(self, screen: Screen) -> None:
        self._done.add(screen.key)
        self._conversation.open_screen(screen)
        shown, answered = self._now(screen), set[str]()
        if not shown.refs:
            return
        while refs := [ref for ref in shown.refs if ref not in answered]:
            self._answer(refs[0], shown)
            answered.add(refs[0])
            shown = self._now(shown)
        if shown.again and self._wants_more(shown):
            self._conversation.talk.add_instance(shown.again)
        self.screens.append(shown)
        if self._seen:
            self._seen(shown)

    def _now(self, screen: Screen) -> Screen:
        """The screen as it stands after its last answer, which may show or hide its other questions."""
        screens = self._conversation.screens()
        now = next((now for now in screens if now.key == screen.key), screen)
        left = still_open(self._conversation, screens, now, self._told)
        return replace(now, refs=tuple(ref for ref in now.refs if ref in left))

    def _answer(self, ref: str, screen: Screen) -> None:
        concept = self._conversation.concept_of(ref)
        view = self._conversation.talk.entry.node(ref)
        if view.readonly or view.control is None or view.control == "trigger":
            return
        if concept in self._script.find and concept not in self._done:
            self._done.add(concept)
            self._conversation.choose_occupation(ref, self._script.find[concept])
        value = self._value(concept, ref)
        if value:
            self._conversation.answer(ref, value)
        elif not self._conversation.talk.entry.value(ref) and not self._conversation.talk.walk.needed(ref):
            self._conversation.skip(ref)

    def _value(self, concept: str, ref: str) -> str:
        told = self._script.answers.get(concept, "")
        text = told if isinstance(told, str) else _at(told, _row_number(ref))
        return self._filled(text)

    def _filled(self, text: str) -> str:
        """`@goal` and `@step` take the first ready sentence, `+14` a working day so many days from today."""
        conversation = self._conversation
        language = conversation.talk.language
        if text == "@goal":
            return starter_sentence(conversation.goals()[0], language)
        if text == "@step":
            return starter_sentence(conversation.steps()[0], language)
        if text.startswith("+") and text[1:].isdigit():
            return working_day(conversation.talk.clock.today() + timedelta(days=int(text[1:]))).isoformat()
        return text

    def _wants_more(self, screen: Screen) -> bool:
        count = len(self._conversation.talk.entry.instances(screen.again))
        told = [value for ref in screen.refs if isinstance(value := self._said(ref), (list, tuple))]
        return any(len(value) > count for value in told)

    def _said(self, ref: str) -> Answer:
        return self._script.answers.get(self._conversation.concept_of(ref), "")


def _row_number(ref: str) -> int:
    """The number of the last repeat instance in a ref, from 1; 1 outside repeats."""
    head = ref.rsplit("]", 1)[0]
    return int(head.rsplit("[", 1)[1]) if "[" in head and "]" in ref else 1


def _at(items: Sequence[str], number: int) -> str:
    return items[number - 1] if number <= len(items) else ""
