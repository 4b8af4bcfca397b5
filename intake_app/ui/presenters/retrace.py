"""Looking back in a talk: what was just said, taking the last answer back, another language, what a change would do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice

from intake_app.domain.ids import LanguageCode
from intake_app.errors import EventRefused
from intake_app.i18n.bidi import isolate
from intake_app.i18n.gettext import mark, translator
from intake_app.i18n.languages import LANGUAGES
from intake_app.services.conversation import Conversation
from intake_app.services.reading_back import told_at
from intake_app.services.walk.screens import Screen
from intake_app.services.what_if import would_set_aside
from intake_app.ui.presenters.changes import named
from intake_app.ui.widgets.pair import Pair

MOST_SAID = 2
MOST_LOOKED_AT = 6
# Translators: {questions} are questions of the talk, by their text. Their answers are kept but no longer used.
WOULD_ASIDE = mark("Dan telt dit niet meer mee: {questions}")
MOST_STEPS = 50
LONGEST = 48
"""Letters of a question or an answer in a line of what was just said."""
_STAYS = frozenset({"age_group", "go_on", "version", "share_consent"})
"""Answers that are not taken back by one key: they do more than stand there."""


@dataclass(frozen=True)
class Step:
    """An answer that was given: the screen it stood on, its question, and what stood there before."""

    key: str
    ref: str
    before: str = field(repr=False)


@dataclass
class Trace:
    """The answers given since this talk was opened, the last one at the end. It lives in memory only."""

    steps: list[Step] = field(default_factory=list)
    told: tuple[object, tuple[Pair, ...]] = field(default=(None, ()), repr=False)
    """The lines made last, and what they were made of: a screen is shown anew far more often than they change."""

    def note(self, key: str, ref: str, before: str) -> None:
        """An answer was given."""
        self.steps = [*self.steps[1 - MOST_STEPS :], Step(key, ref, before)]

    def last_refs(self, here: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Key and ref of the questions answered last, the newest first, without those in sight."""
        found: dict[str, str] = {}
        for step in reversed(self.steps):
            if step.ref not in here and step.ref not in found:
                found[step.ref] = step.key
        return tuple((key, ref) for ref, key in list(found.items())[:MOST_LOOKED_AT])


def said_before(conversation: Conversation, trace: Trace, here: Screen, language: str) -> tuple[Pair, ...]:
    """The last answers, the newest last; private ones, and those of sensitivity 1 or 9, never (DOMAIN 2.1-7)."""
    refs = trace.last_refs(frozenset(here.refs))
    made_of = (refs, language, trace.steps)
    if trace.told[0] != made_of:
        trace.told = (made_of, tuple(reversed(list(islice(_lines(conversation, refs, language), MOST_SAID)))))
    return trace.told[1]


def _lines(conversation: Conversation, refs: tuple[tuple[str, str], ...], language: str) -> Iterator[Pair]:
    for key, ref in refs:
        with suppress(EventRefused):  # its repeat instance may have been taken away
            told = told_at(conversation, ref, key)
            if told is not None:
                yield Pair(_line(told.question, told.answer), _line(told.question_nl, told.answer_nl), language)


def _line(question: str, answer: str) -> str:
    return f"{_short(question)}  {_short(answer)}".strip()


def _short(text: str) -> str:
    """A line is for remembering, not for reading again: the whole answer stands one screen back."""
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ·,.?") + " …"


def can_take_back(conversation: Conversation, step: Step) -> bool:
    """Whether the last answer may be undone by one key: no consent, no age, and its question is still there."""
    try:
        view = conversation.talk.entry.node(step.ref)
    except EventRefused:
        return False
    return view.tags.get("section") != "B" and conversation.concept_of(step.ref) not in _STAYS


def aside_told(conversation: Conversation, ref: str, value: str, language: str) -> Pair | None:
    """Which answers another answer would set aside, by their questions in both languages; None when none."""
    refs = would_set_aside(conversation, ref, value)
    if not refs:
        return None
    own, dutch = translator(language), translator("nl")
    told = dutch.text(WOULD_ASIDE).format(questions=named(conversation.talk, refs))
    if not own.has(WOULD_ASIDE):
        return Pair("", told, language)
    names = isolate(named(conversation.talk, refs, language))
    return Pair(own.text(WOULD_ASIDE).format(questions=names), told, language)


def talk_languages(conversation: Conversation) -> tuple[LanguageCode, ...]:
    """The languages this talk can be led in, in the order of the list."""
    return tuple(one.code for one in LANGUAGES.values() if conversation.talk.definition.language(one.code))
