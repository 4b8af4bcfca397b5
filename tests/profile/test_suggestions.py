"""The list of proposals in a talk: a reaction refines it at once, the counsellor's changes are logged with a reason."""

from __future__ import annotations

import pytest

from intake_app.errors import EventRefused
from intake_app.profile.answers import Row
from intake_app.services.conversation import Conversation
from intake_app.services.suggestions import REMOVED
from tests.services.helps import begun, make_office, told

CARDS = {"cards": "card_z4 card_z1 card_z6 card_h1 card_h5 card_h6", "top3": "card_z4 card_z1 card_z6"}


@pytest.fixture
def conversation() -> Conversation:
    found = begun(make_office())
    told(found, CARDS)
    found.keeper.fill_suggestions()
    return found


def rows(conversation: Conversation) -> dict[str, Row]:
    return {row.host("id"): row for row in conversation.talk.answers.rows("suggestions") if row.host("id")}


def react(conversation: Conversation, occupation: str, reaction: str) -> None:
    conversation.answer(rows(conversation)[occupation].ref_of("reaction"), reaction)


def test_what_is_refused_gets_the_next_best_beside_it_at_once(conversation: Conversation) -> None:
    before = list(rows(conversation))

    react(conversation, before[1], "no")

    after = rows(conversation)
    assert list(after)[:3] == before
    assert len(after) == 4
    assert after[before[1]].text("reaction") == "no"


def test_taking_a_refusal_back_takes_the_extra_one_back(conversation: Conversation) -> None:
    before = list(rows(conversation))

    react(conversation, before[1], "no")
    react(conversation, before[1], "nice")

    assert list(rows(conversation)) == before


def test_refusing_everything_ends(conversation: Conversation) -> None:
    for _ in range(10):
        for occupation in rows(conversation):
            react(conversation, occupation, "no")

    assert len(rows(conversation)) == 6


def test_what_was_liked_stays_when_other_answers_change(conversation: Conversation) -> None:
    before = set(rows(conversation))
    liked = min(before)
    react(conversation, liked, "nice")

    told(conversation, {"cards": "card_t9 card_t7 card_w3", "top3": "card_t9 card_t7 card_w3"})
    conversation.keeper.fill_suggestions()

    assert liked in rows(conversation)
    assert set(rows(conversation)) != before


def actions(conversation: Conversation) -> list[str]:
    with conversation.store.unit_of_work() as uow:
        return [line.action for line in uow.audit.list()]


def test_a_row_the_counsellor_takes_away_is_out_of_sight_and_kept_with_the_reason(conversation: Conversation) -> None:
    first = next(iter(rows(conversation)))

    conversation.remove_suggestion(first, "Deed dat werk al en wil niet terug")

    row = rows(conversation)[first]
    assert first not in conversation.keeper.suggestions.shown()
    assert row.host("source") == f"{REMOVED}match"
    assert row.host("override_reason") == "Deed dat werk al en wil niet terug"
    assert len(conversation.keeper.suggestions.shown()) == 3


def test_what_was_taken_away_does_not_come_back_by_itself(conversation: Conversation) -> None:
    first = next(iter(rows(conversation)))
    conversation.remove_suggestion(first, "Niet passend")

    conversation.keeper.fill_suggestions()

    assert first not in conversation.keeper.suggestions.shown()
    assert "Niet passend" in [row.host("override_reason") for row in rows(conversation).values()]


def test_a_row_can_be_put_elsewhere_and_stays_there(conversation: Conversation) -> None:
    last = conversation.keeper.suggestions.shown()[-1]

    conversation.move_suggestion(last, 0, "Vindt zij zelf het mooist")
    conversation.keeper.fill_suggestions()

    assert conversation.keeper.suggestions.shown()[0] == last
    assert rows(conversation)[last].host("override_reason") == "Vindt zij zelf het mooist"


def test_an_occupation_can_be_added_with_a_reason(conversation: Conversation) -> None:
    conversation.insert_suggestion("lt5", "Reed vroeger een schoolbus")

    assert conversation.keeper.suggestions.shown()[-1] == "lt5"
    assert rows(conversation)["lt5"].host("override_reason") == "Reed vroeger een schoolbus"


def test_every_change_by_hand_is_logged_without_its_content(conversation: Conversation) -> None:
    told(conversation, {"consent_record": "yes"})
    first, second, _ = conversation.keeper.suggestions.shown()

    conversation.remove_suggestion(first, "Geheim woord")
    conversation.move_suggestion(second, 1, "Geheim woord")
    conversation.insert_suggestion("lt5", "Geheim woord")

    assert {"suggestion_removed", "suggestion_moved", "suggestion_added"} <= set(actions(conversation))
    with conversation.store.unit_of_work() as uow:
        assert not any("Geheim" in f"{line}" for line in uow.audit.list())


@pytest.mark.parametrize("reason", ["", "   "])
def test_no_change_by_hand_without_a_reason(conversation: Conversation, reason: str) -> None:
    shown = conversation.keeper.suggestions.shown()

    with pytest.raises(EventRefused):
        conversation.remove_suggestion(shown[0], reason)
    with pytest.raises(EventRefused):
        conversation.move_suggestion(shown[0], 2, reason)
    with pytest.raises(EventRefused):
        conversation.insert_suggestion("lt5", reason)

    assert conversation.keeper.suggestions.shown() == shown
