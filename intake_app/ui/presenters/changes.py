"""What happened to answers given before: set aside by another answer, or left over from an older form, in Dutch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from intake_app.i18n.bidi import isolate
from intake_app.i18n.gettext import mark, translator
from intake_app.services.conversation import Conversation
from intake_app.services.talk import Talk, generic
from intake_app.services.versions import LeftOver, VersionNews
from intake_app.services.walk.screens import ALONE
from intake_app.xforms.api import Change

# Translators: {questions} are questions of the talk, by their text. Their answers are kept but no longer used.
SET_ASIDE = mark("Dit telt nu niet meer mee: {questions}")
ASIDE_KEPT = mark("Het blijft bewaard tot het gesprek klaar is. Verandert u het antwoord terug, dan telt het weer mee.")
# Translators: {questions} are questions of the talk, by their text. Their answers are used again.
COUNT_AGAIN = mark("Dit telt weer mee: {questions}")
# Translators: {count} is how many more questions there are than were just named.
AND_MORE = mark("en nog {count}")
PRIVATE = mark("een vraag die wacht tot u met zijn tweeën bent")
PRIVATE_LINE = mark("Een persoonlijke vraag. U ziet het antwoord als u met zijn tweeën bent.")
UNKNOWN = mark("Een vraag die er niet meer is")
# Translators: {question} is a question of the talk, {answer} what was answered.
LEFT_LINE = mark("{question} Het antwoord was: {answer}")

MOST_NAMED = 3


@dataclass
class Aside:
    """Answers that the screen in sight took out of the count (`hidden`) or brought back (`back`), in their order."""

    key: str = ""
    hidden: dict[str, None] = field(default_factory=dict)
    back: dict[str, None] = field(default_factory=dict)

    def note(self, key: str, change: Change) -> None:
        """Take over what an answer on a screen did; another screen begins with nothing."""
        if key != self.key:
            self.key, self.hidden, self.back = key, {}, {}
        for ref in sorted(change.hidden):
            if ref in self.back:
                del self.back[ref]
            self.hidden[ref] = None
        for ref in sorted(change.shown):
            if ref in self.hidden:
                del self.hidden[ref]
            self.back[ref] = None

    def hidden_on(self, key: str) -> frozenset[str]:
        """The answers set aside on this screen."""
        return frozenset(self.hidden) if key == self.key else frozenset()

    def told(self, key: str, talk: Talk) -> tuple[str, str]:
        """What happened and what it means, in Dutch; both "" when there is nothing to tell."""
        dutch = translator("nl")
        if key != self.key:
            return "", ""
        if self.hidden:
            return dutch.text(SET_ASIDE).format(questions=named(talk, self.hidden)), dutch.text(ASIDE_KEPT)
        if self.back:
            return dutch.text(COUNT_AGAIN).format(questions=named(talk, self.back)), ""
        return "", ""


def alone_now(talk: Talk) -> bool:
    """Whether nobody but counsellor and guest (and interpreter) is at the table."""
    return talk.answers.text("alone") in ALONE


def named(talk: Talk, refs: Iterable[str], language: str = "nl") -> str:
    """Questions by their text, a few of them; private ones are not named while somebody else is there."""
    say = translator(language)
    names = list(dict.fromkeys(_name(talk, ref, language) for ref in refs))
    shown = " · ".join(names[:MOST_NAMED])
    more = len(names) - MOST_NAMED
    return f"{shown} · {say.text(AND_MORE).format(count=more)}" if more > 0 else shown


def _name(talk: Talk, ref: str, language: str) -> str:
    private = talk.definition.binds[generic(ref)].tags.get("private") == "yes"
    if private and not alone_now(talk):
        return translator(language).text(PRIVATE)
    return talk.entry.label(ref, language) or talk.entry.label(ref, talk.language) or ""


def left_over_lines(left: Iterable[LeftOver], *, alone: bool) -> tuple[str, ...]:
    """Each answer without a place: its question and what was said; private ones only when nobody else is there."""
    dutch = translator("nl")
    lines = []
    for one in left:
        if one.private and not alone:
            lines.append(dutch.text(PRIVATE_LINE))
        else:
            question = one.question or dutch.text(UNKNOWN)
            ended = question if question.endswith(("?", ".", "!", ":")) else f"{question}."
            lines.append(dutch.text(LEFT_LINE).format(question=ended, answer=isolate(one.answer)))
    return tuple(lines)


@dataclass(frozen=True)
class VersionTold:
    """What the page about another version of the form shows, in Dutch."""

    left_over: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    added: tuple[str, ...] = ()

    @property
    def anything(self) -> bool:
        """Whether there is something to tell."""
        return bool(self.left_over or self.moved or self.added)


def version_told(conversation: Conversation, *, resumed: bool) -> VersionTold:
    """The news of the opening, and what is left over. On opening nobody has said yet who is at the table."""
    news = conversation.news or VersionNews()
    alone = not resumed and alone_now(conversation.talk)
    return VersionTold(left_over_lines(conversation.left_over, alone=alone), news.moved, news.added)
