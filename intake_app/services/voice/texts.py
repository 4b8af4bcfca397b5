"""The sentences of a talk that a person can record, in one language, those no robot may read first."""

from __future__ import annotations

from collections.abc import Iterator

from intake_app.i18n.languages import SOURCE_LANGUAGE
from intake_app.services.conversation import Conversation
from intake_app.services.voice.spoken import Spoken
from intake_app.xforms.api import FormEntry, NodeView

BY_A_PERSON = frozenset({"welcome", "share_consent"})
"""Texts outside the consents of section B that no robot voice reads: a01 and q06 (DOMAIN 2.1-9)."""
_CONSENTS = "B"
_FILLED_PER_PERSON = frozenset({"share_consent"})
"""Its sentence holds the name of an organisation: no recording made beforehand can say it."""


def by_a_person(view: NodeView) -> bool:
    """Whether no robot voice reads a question."""
    return view.tags.get("section") == _CONSENTS or view.tags.get("concept") in BY_A_PERSON


def recordable(conversation: Conversation, language: str) -> tuple[Spoken, ...]:
    """Every sentence once. The talk tells how long things are kept, so it must be one of this place.

    What is private is never read aloud, what only the counsellor reads neither; a gap in the language is no sentence.
    """
    entry = conversation.talk.entry
    found: dict[str, Spoken] = {}
    for view in entry.nodes():
        if view.control is None or view.kind != "value" or not _is_spoken(view):
            continue
        for spoken in _sentences(entry, view, language):
            found.setdefault(spoken.text, spoken)
    return tuple(sorted(found.values(), key=lambda spoken: not spoken.consent))


def _is_spoken(view: NodeView) -> bool:
    return view.tags.get("private") != "yes" and view.tags.get("who") != "counsellor" and "concept" in view.tags


def _sentences(entry: FormEntry, view: NodeView, language: str) -> Iterator[Spoken]:
    name, consent = view.generic_ref.rsplit("/", 1)[-1], by_a_person(view)
    texts = []
    if view.tags.get("concept") not in _FILLED_PER_PERSON:
        texts.append((f"{name}.label", entry.label(view.ref, language), entry.label(view.ref, SOURCE_LANGUAGE)))
    if "]" not in view.ref:
        texts.append((f"{name}.hint", entry.hint(view.ref, language), entry.hint(view.ref, SOURCE_LANGUAGE)))
    dutch = {choice.value: choice.label for choice in entry.choices(view.ref, SOURCE_LANGUAGE) or ()}
    for choice in entry.choices(view.ref, language) or ():
        texts.append((f"{name}.{choice.value}", choice.label, dutch.get(choice.value)))
    for text_id, own, source in texts:
        if own and own.strip() and (language == SOURCE_LANGUAGE or own != source):
            yield Spoken(own, language, text_id, consent=consent)
