"""Reading back what was told, in the participant's language and in Dutch, so that it can be corrected on the spot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from intake_app.i18n.formats import format_date, format_time
from intake_app.services.conversation import Conversation
from intake_app.xforms.api import NodeView

DUTCH = "nl"
_HIDDEN_SENSITIVITY = frozenset({"1", "9"})


@dataclass(frozen=True)
class Told:
    """One answer as it is read back: question and answer in both languages; `key` names its screen."""

    ref: str
    section: str
    screen: str
    question: str
    answer: str
    question_nl: str
    answer_nl: str
    own_words: bool = False


def told(conversation: Conversation, section: str = "") -> tuple[Told, ...]:
    """Every answer of a section, or of the whole talk, in the order of the talk.

    Private answers, and those of sensitivity 1 or 9, never stay visible (DOMAIN 2.1-7, 2.1-8) and are left out.
    """
    lines: dict[str, Told] = {}
    for screen in conversation.screens():
        if screen.after_guest or (section and screen.section != section):
            continue
        for ref in screen.refs:
            line = _line(conversation, ref, screen.key, screen.section)
            if line is not None:
                lines.setdefault(ref, line)
    return tuple(lines.values())


def _line(conversation: Conversation, ref: str, screen: str, section: str) -> Told | None:
    entry = conversation.talk.entry
    view = entry.node(ref)
    if not view.value or view.control in {None, "trigger"} or _is_hidden(view):
        return None
    own = conversation.talk.language
    row = _row_label(conversation, ref)
    return Told(
        ref=ref,
        section=section,
        screen=screen,
        question=_joined(entry.label(ref, own), row),
        answer=answer_text(conversation, view, own),
        question_nl=_joined(entry.label(ref, DUTCH), row),
        answer_nl=answer_text(conversation, view, DUTCH),
        own_words=view.control == "input" and view.type == "string",
    )


def answer_text(conversation: Conversation, view: NodeView, language: str) -> str:
    """An answer as a person reads it: choice labels, a date with its weekday, or the own words."""
    value = view.value or ""
    if view.choices is not None:
        labels = {choice.value: choice.label for choice in conversation.talk.entry.choices(view.ref, language) or ()}
        return " · ".join(labels.get(word, word) for word in value.split())
    if view.type == "date":
        return format_date(date.fromisoformat(value), language)
    if view.type == "time":
        return format_time(time.fromisoformat(value).replace(tzinfo=None), language)
    return value


def _is_hidden(view: NodeView) -> bool:
    return view.tags.get("private") == "yes" or view.tags.get("sensitive") in _HIDDEN_SENSITIVITY


def _row_label(conversation: Conversation, ref: str) -> str:
    """The Dutch label of the row an answer stands in (a skill, an occupation), or ""."""
    if "]" not in ref:
        return ""
    instance = ref[: ref.rindex("]") + 1]
    for name in ("suggestions", "derived_skills", "offers", "papers", "card_levels"):
        for row in conversation.talk.answers.rows(name):
            if row.ref == instance:
                return row.host("label")
    return ""


def _joined(question: str | None, row: str) -> str:
    return f"{question or ''} {row}".strip()
