"""Practising: invented participants with their answers on a card, and what a practice talk forgot, read from itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from intake_app.errors import EventRefused, ProfileInvalid
from intake_app.i18n.starters import starter_sentence
from intake_app.services.conversation import Conversation
from intake_app.services.days import working_day
from intake_app.services.office import Office
from intake_app.services.policy import Action, guarded
from intake_app.services.rehearsal import Script, read_script

SOON = timedelta(days=14)
"""The first step is done within two weeks (DOMAIN 6.6)."""
_NOTHING = frozenset({"", "nothing", "nothing_now", "none"})
_ASIDE = frozenset({"version", "interpreter", "alone", "explained", "status", "note", "handover", "consent_form"})
"""What the one who leads decides or writes: it does not stand on the card of the one who plays."""
_MOST_SKIPPED = 4


@dataclass(frozen=True)
class PracticePerson:
    """Somebody invented: the code of the script, name, language of the talk, group, and what is asked in a talk."""

    code: str
    name: str
    language: str
    group: str
    script: Script = field(repr=False)


@dataclass(frozen=True)
class CardLine:
    """One line of a role card: the question and what the player says, in Dutch; "" to choose freely."""

    question: str
    answer: str


@dataclass(frozen=True)
class Remark:
    """Something that went well or was forgotten: a code with values, never a sentence.

    Codes: explained, consents, goal, first_step, referral, plan, appointment, skipped, waiting.
    """

    code: str
    good: bool
    params: Mapping[str, object] = field(default_factory=dict, repr=False)


@guarded(Action.TALK)
def practice_people(office: Office, folder: Path) -> tuple[PracticePerson, ...]:
    """The invented participants whose scripts lie in a folder, by name; files that do not read are left out."""
    found = []
    for path in sorted(folder.glob("*.json")):
        try:
            script = read_script(path)
        except ProfileInvalid:
            continue
        language = script.answers.get("talk_language", "nl")
        found.append(PracticePerson(path.stem, script.name, str(language), script.group, script))
    return tuple(sorted(found, key=lambda person: person.name))


@guarded(Action.TALK)
def role_card(office: Office, person: PracticePerson) -> tuple[CardLine, ...]:
    """What the player of an invented participant answers, in the order of the form. Nothing is written."""
    conversation = office.begin_talk(practice=True)
    refs = _refs(conversation)
    lines = []
    for concept, ref in refs.items():
        if concept in person.script.answers and concept not in _ASIDE:
            line = _card_line(conversation, ref, person.script.answers[concept])
            if line is not None:
                lines.append(line)
    return tuple(lines)


def _refs(conversation: Conversation) -> dict[str, str]:
    """Concept to the ref of its question; in a repeat that of the one instance it begins with."""
    found: dict[str, str] = {}
    answers, repeats = conversation.talk.answers, frozenset(conversation.talk.definition.repeats)
    for concept, generic in answers.index.concepts.items():
        rows = answers.rows_with(concept) if generic.rsplit("/", 1)[0] in repeats else ()
        found[concept] = rows[0].ref_of(concept) if rows else generic
    return found


def _card_line(conversation: Conversation, ref: str, told: object) -> CardLine | None:
    entry = conversation.talk.entry
    try:
        question = entry.label(ref, "nl")
        choices = {choice.value: choice.label for choice in entry.choices(ref, "nl") or ()}
    except EventRefused:
        return None
    parts = [told] if isinstance(told, str) else [str(part) for part in told] if isinstance(told, list) else []
    said = [_said(part, choices) for part in parts if part]
    return CardLine(question, " · ".join(dict.fromkeys(filter(None, said)))) if question else None


def _said(part: str, choices: Mapping[str, str]) -> str:
    if part.startswith(("@", "+")):
        return ""
    if choices:
        return " · ".join(choices.get(word, word) or word for word in part.split())
    return part


@guarded(Action.TALK)
def remarks(conversation: Conversation, office: Office) -> tuple[Remark, ...]:
    """What a practice talk did well and what it forgot, from its answers as they stand; the forgotten first."""
    found = [
        _explained(conversation),
        _consents(conversation),
        _goal(conversation),
        _first_step(conversation),
        _referral(conversation),
        _plan(conversation),
        _appointment(conversation),
        _skipped(conversation),
        _waiting(conversation),
    ]
    return tuple(sorted((remark for remark in found if remark is not None), key=lambda remark: remark.good))


def _explained(conversation: Conversation) -> Remark:
    """The explanation is read aloud, and asked whether it was clear (DOMAIN b01)."""
    return Remark("explained", conversation.talk.answers.text("explained") == "clear")


def _consents(conversation: Conversation) -> Remark | None:
    """Consents that are on the way of this talk and have no answer, yes or no."""
    talk = conversation.talk
    if not talk.recording:
        return None
    asked = [ref for screen in talk.screens() for ref in screen.refs if _is_consent(conversation, ref)]
    left = [ref for ref in asked if not talk.entry.answer(ref)]
    return Remark("consents", not left, {"count": len(left)})


def _is_consent(conversation: Conversation, ref: str) -> bool:
    concept = conversation.concept_of(ref)
    return concept.startswith("consent_") and concept != "consent_form"


def _goal(conversation: Conversation) -> Remark:
    goal = conversation.talk.answers.text("goal").strip()
    if not goal:
        return Remark("goal", False, {"how": "empty"})
    language = conversation.talk.language
    ready = {starter_sentence(starter, code) for starter in conversation.goals() for code in (language, "nl")}
    return Remark("goal", goal not in ready, {"how": "ready" if goal in ready else "own"})


def _first_step(conversation: Conversation) -> Remark:
    rows = conversation.talk.answers.rows_with("step")
    if not any(row.text("step").strip() for row in rows):
        return Remark("first_step", False, {"how": "none"})
    days = [row.text("date") for row in rows if row.text("date")]
    edge = working_day(conversation.talk.clock.today() + SOON).isoformat()
    return Remark("first_step", bool(days) and min(days) <= edge, {"how": "late" if days else "no_day"})


def _referral(conversation: Conversation) -> Remark | None:
    """Whoever told of an obstacle goes home with an address (DOMAIN: always at the right door)."""
    answers = conversation.talk.answers
    wished = {*answers.many("obstacles"), *answers.many("basic_wish")} - _NOTHING
    if not wished:
        return None
    chosen = [row.text("referral") for row in answers.rows_with("referral")]
    return Remark("referral", any(one not in _NOTHING for one in chosen), {"count": len(wished)})


def _plan(conversation: Conversation) -> Remark:
    return Remark("plan", conversation.talk.answers.host("plan_handed_over") == "yes")


def _appointment(conversation: Conversation) -> Remark:
    return Remark("appointment", bool(conversation.talk.answers.text("follow_up")))


def _skipped(conversation: Conversation) -> Remark:
    """How many questions were skipped; the first of them by name."""
    talk = conversation.talk
    refs = talk.skipped()
    labels = [label for ref in refs if (label := _label(conversation, ref))]
    return Remark("skipped", not refs, {"count": len(refs), "labels": tuple(labels[:_MOST_SKIPPED])})


def _label(conversation: Conversation, ref: str) -> str:
    try:
        return conversation.talk.entry.label(ref, "nl") or ""
    except EventRefused:  # its row is gone
        return ""


def _waiting(conversation: Conversation) -> Remark | None:
    count = len(conversation.talk.walk.waiting())
    return Remark("waiting", False, {"count": count}) if count else None
