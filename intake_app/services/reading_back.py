"""Reading back what was told, in the participant's language and in Dutch, so that it can be corrected on the spot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from intake_app.i18n.bidi import isolate
from intake_app.i18n.formats import format_date, format_time, numbers_in_prose
from intake_app.i18n.phrases import catalogue_text
from intake_app.i18n.told_texts import TOLD, read_back, told_part
from intake_app.services.conversation import Conversation
from intake_app.services.walk.screens import Screen
from intake_app.xforms.api import NodeView

DUTCH = "nl"
READ_BACK_SECTIONS = frozenset("CDFGHIKLNP")
"""Sections that close with a reading back. Not those about consent and appointments, which are read back whole at the
end, nor those whose answers never stay visible (DOMAIN 2.1-7)."""
MOST_PARTS = 5
LONGEST = 90
"""Letters of one answer in a reading back between sections; the whole text stands on the page behind it."""
_SHORT_TEXTS = frozenset({"intake-line", "intake-place", "intake-phone", "intake-email", "numbers"})
"""Names, places and numbers are typed, but they are nobody's own words."""
_LEAST_PARTS = 2
"""One answer alone was just seen; reading it back would only slow the talk."""
_STOPS = ".።۔ "
"""A sentence of somebody's own stands in ours, which has its own end."""
_HIDDEN_SENSITIVITY = frozenset({"1", "9"})
_AGREED = frozenset({"yes", "confirm", "nice"})
_ROWS = {
    "derived_skills": "skill",
    "job_tasks": "skill",
    "suggestions": "occupation",
    "offers": "offer",
    "card_levels": "card",
}
"""Host list to the kind of catalogue thing that its rows are."""


@dataclass(frozen=True)
class Told:
    """One answer as it is read back: question and answer in both languages; `key` names its screen.

    `row` and `row_nl` name the row of a list the answer stands in (a skill, an occupation), else they are empty.
    """

    ref: str
    section: str
    screen: str
    question: str
    answer: str
    question_nl: str
    answer_nl: str
    own_words: bool = False
    concept: str = ""
    value: str = ""
    row: str = ""
    row_nl: str = ""


def told(conversation: Conversation, section: str = "") -> tuple[Told, ...]:
    """Every answer of a section, or of the whole talk, in the order of the talk.

    Private answers, and those of sensitivity 1 or 9, never stay visible (DOMAIN 2.1-7, 2.1-8) and are left out.
    """
    lines: dict[str, Told] = {}
    for screen in conversation.screens():
        if screen.after_guest:
            continue
        for ref in screen.refs:
            if section and conversation.talk.entry.tags(ref).get("section", screen.section) != section:
                continue
            if (line := _line(conversation, ref, screen)) is not None:
                lines.setdefault(ref, line)
    return tuple(lines.values())


def told_at(conversation: Conversation, ref: str, screen: str) -> Told | None:
    """One answer as it is read back; None for one that is empty, is asked no more, or never stays visible.

    Raises EventRefused when its repeat instance is gone.
    """
    if not conversation.talk.entry.node(ref).relevant:
        return None
    return _line(conversation, ref, Screen(screen, (ref,), 0, ""))


def read_back_section(conversation: Conversation, section: str) -> tuple[str, str]:
    """ "U vertelde: … Klopt dat?" over a section, in the participant's language and in Dutch; ("", "") for nothing."""
    lines = told(conversation, section) if section in READ_BACK_SECTIONS else ()
    dutch, language = list(_parts(lines, DUTCH)), conversation.talk.language
    if len(dutch) < _LEAST_PARTS:
        return "", ""
    return read_back(list(_parts(lines, language)), language), read_back(dutch, DUTCH)


def _parts(lines: tuple[Told, ...], language: str) -> Iterator[str]:
    """The answers of a section in short, rows of a list together; own words between quotes."""
    grouped: dict[str, list[str]] = {}
    for line in lines:
        if line.concept not in TOLD or (line.row_nl and line.value not in _AGREED):
            continue
        answer, row = (line.answer_nl, line.row_nl) if language == DUTCH else (line.answer, line.row)
        text = _shortened(row or answer)
        grouped.setdefault(line.concept, []).append(isolate(quoted(text.rstrip(_STOPS)) if line.own_words else text))
    for concept in list(grouped)[:MOST_PARTS]:
        yield told_part(concept, ", ".join(grouped[concept]), language)


def quoted(text: str) -> str:
    """Somebody's own words, between quotes."""
    return f"“{text}”"


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ·,") + " …"


def _line(conversation: Conversation, ref: str, screen: Screen) -> Told | None:
    entry = conversation.talk.entry
    view = entry.node(ref)
    if not view.value or view.control in {None, "trigger"} or _is_hidden(view):
        return None
    own = conversation.talk.language
    row, row_nl = _row_label(conversation, ref, own)
    return Told(
        ref=ref,
        section=view.tags.get("section", screen.section),
        screen=screen.key,
        question=_joined(numbers_in_prose(entry.label(ref, own) or "", own), row),
        answer=answer_text(conversation, view, own),
        question_nl=_joined(entry.label(ref, DUTCH), row_nl),
        answer_nl=answer_text(conversation, view, DUTCH),
        own_words=view.control == "input" and view.type == "string" and _SHORT_TEXTS.isdisjoint(view.appearance),
        concept=view.tags.get("concept", ""),
        value=view.value,
        row=row,
        row_nl=row_nl,
    )


def answer_text(conversation: Conversation, view: NodeView, language: str) -> str:
    """An answer as a person reads it: choice labels, a date with its weekday, or the own words."""
    value = view.value or ""
    if view.choices is not None:
        labels = {choice.value: choice.label for choice in conversation.talk.entry.choices(view.ref, language) or ()}
        return " · ".join(numbers_in_prose(labels.get(word, word), language) for word in value.split())
    if view.type == "date":
        return format_date(date.fromisoformat(value), language)
    if view.type == "time":
        return format_time(time.fromisoformat(value).replace(tzinfo=None), language)
    return value


def _is_hidden(view: NodeView) -> bool:
    return view.tags.get("private") == "yes" or view.tags.get("sensitive") in _HIDDEN_SENSITIVITY


def _row_label(conversation: Conversation, ref: str, language: str) -> tuple[str, str]:
    """The label of the row an answer stands in, in a language and in Dutch, or two empty texts."""
    if "]" not in ref:
        return "", ""
    instance, answers = ref[: ref.rindex("]") + 1], conversation.talk.answers
    rows = [(name, row) for name in (*_ROWS, "papers") if name != "job_tasks" for row in answers.rows(name)]
    rows += [("job_tasks", task) for job in answers.rows_with("job") for task in job.rows("job_tasks")]
    for name, row in rows:
        if row.ref == instance:
            dutch, kind = row.host("label"), _ROWS.get(name, "")
            thing = row.host("id").removeprefix("card_") if kind == "card" else row.host("id")
            return (catalogue_text(f"{kind}:{thing}", dutch, language) if kind else dutch), dutch
    return "", ""


def _joined(question: str | None, row: str) -> str:
    return f"{question or ''} {row}".strip()
