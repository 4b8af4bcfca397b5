"""What another answer to a question would set aside, tried out and undone before anybody sees it."""

from __future__ import annotations

from intake_app.errors import EventRefused
from intake_app.services.conversation import Conversation
from intake_app.services.policy import Action, guarded

_UNTRIED_SECTIONS = frozenset({"B"})
_UNTRIED = frozenset({"age_group", "go_on", "version", "talk_language", "alone", "share_consent"})
"""Answers that do more than set others aside; each of them has a word of its own."""


class _TriedError(Exception):
    def __init__(self, aside: frozenset[str]) -> None:
        super().__init__()
        self.aside = aside


@guarded(Action.TALK)
def would_set_aside(conversation: Conversation, ref: str, value: str) -> tuple[str, ...]:
    """Refs of the answers that would no longer count if `ref` were answered with `value`; nothing changes.

    Only a change of one choice into another is tried: a first answer sets nothing aside that was told knowingly.
    """
    entry = conversation.talk.entry
    view = entry.node(ref)
    plain = view.tags.get("section") not in _UNTRIED_SECTIONS and conversation.concept_of(ref) not in _UNTRIED
    if view.control != "select1" or not view.value or view.value == value or not plain:
        return ()
    before = frozenset(entry.set_aside())
    try:
        with conversation.talk.together():
            entry.apply({"set": ref, "value": value})
            raise _TriedError(frozenset(entry.set_aside()) - before)
    except _TriedError as tried:
        return tuple(sorted(tried.aside))
    except EventRefused:
        return ()
