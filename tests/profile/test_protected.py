"""What the law protects changes no occupation and no order: tried on a filled talk, by changing only that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from intake_app.domain.draft import Account
from intake_app.domain.ids import AccountId
from intake_app.domain.recommendation import Recommendation
from intake_app.services.conversation import Conversation
from intake_app.services.rehearsal import Script
from tests.fakes.storage import InMemoryStore
from tests.services.helps import NT1, REFUGEE, make_office, played, ref_of, told

BY_NAME = ("call_name", "age_group", "talk_language", "income", "target_group", "family_name", "birth_year", "email")
"""DOMAIN 4.4-1 and 4.4-13, beside everything that needs consent C4 or C5."""
ENDS_THE_TALK = "lt16"
WORDS = {"family_name": "Verzonnen", "birth_year": "1961", "call_name": "Fatima", "email": "fatima@voorbeeld.example"}
OPEN_THE_DOORS = {"consent_needs": "yes", "consent_origin": "yes", "consent_stats": "yes", "work_now": "no"}


def protected(conversation: Conversation) -> Iterator[str]:
    for bind in conversation.talk.definition.binds.values():
        concept = bind.tags.get("concept", "")
        if concept in BY_NAME or (concept and {"C4", "C5"} & set(bind.tags.get("consent", "").split())):
            yield concept


def other_answers(conversation: Conversation, concept: str) -> tuple[str, ...]:
    choices = conversation.talk.entry.choices(ref_of(conversation, concept), "nl")
    if choices is None:
        return (WORDS.get(concept, "iets anders"),)
    return tuple(choice.value for choice in choices if choice.value != ENDS_THE_TALK)


def order(found: Sequence[Recommendation]) -> list[tuple[object, ...]]:
    """Which occupations, in which order, how well they fit and why; without the sentences said with them.

    In Dutch nobody is asked how well they speak Dutch, so the first step that is said may differ (4.4-9).
    """
    return [(item.id, item.fit, item.score, item.contributions, item.fixed, item.missing_skills) for item in found]


@pytest.mark.parametrize("script", [REFUGEE, NT1], ids=lambda script: script.name)
def test_protected_answers_change_neither_occupations_nor_their_order(script: Script) -> None:
    filled = Script(script.name, {**script.answers, "version": "full", **OPEN_THE_DOORS})
    conversation = played(make_office(), filled)
    told(conversation, OPEN_THE_DOORS)
    keeper = conversation.keeper
    proposed, ranked = order(keeper.recommendations()), keeper.ranked()
    assert len(proposed) >= 3
    changed = set()
    given = {
        concept: conversation.talk.entry.value(ref_of(conversation, concept)) for concept in protected(conversation)
    }

    for concept in given:
        ref = ref_of(conversation, concept)
        for value in other_answers(conversation, concept):
            before = conversation.talk.entry.value(ref)
            if conversation.answer(ref, value).rejected is not None or conversation.talk.entry.value(ref) == before:
                continue
            changed.add(concept)
            assert order(keeper.recommendations()) == proposed, f"{concept}={value}"
            now = keeper.ranked()
            assert order(now) == order(ranked), f"{concept}={value}"
            assert concept == "talk_language" or now == ranked, f"{concept}={value}"
        conversation.answer(ref, given[concept])

    assert {"call_name", "age_group", "talk_language", "income", "needs", "born_abroad", "migration_type"} <= changed


@pytest.mark.parametrize("roles", [("specialist",), ("counsellor",), ("site_lead", "counsellor")])
def test_who_the_counsellor_is_changes_nothing(roles: tuple[str, ...]) -> None:
    mine = played(make_office(), NT1).keeper
    other = make_office(InMemoryStore(Account(AccountId("account-other"), "Iemand Anders", roles)))
    theirs = played(other, NT1).keeper

    assert theirs.recommendations() == mine.recommendations()
    assert theirs.ranked() == mine.ranked()


def test_other_answers_do_change_what_is_proposed() -> None:
    """The comparison above can see a difference."""
    conversation = played(make_office(), NT1)
    before = conversation.keeper.ranked()
    told(conversation, {"cards": "card_z1 card_z4", "top3": "card_z1"})

    assert conversation.keeper.ranked() != before
