"""A proposal that the counsellor took away leaves the screen of the person at the table."""

from __future__ import annotations

from intake_app.profile.answers import Row
from intake_app.services.conversation import Conversation
from intake_app.ui.presenters.rows import RowTexts
from tests.services.helps import begun, make_office, told

CARDS = {"cards": "card_z4 card_z1 card_z6 card_h1 card_h5 card_h6", "top3": "card_z4 card_z1 card_z6"}


def rows(conversation: Conversation) -> dict[str, Row]:
    return {row.host("id"): row for row in conversation.talk.answers.rows("suggestions") if row.host("id")}


def test_a_row_the_counsellor_takes_away_says_nothing_and_the_others_still_do() -> None:
    conversation = begun(make_office())
    told(conversation, CARDS)
    conversation.keeper.fill_suggestions()
    first, *others = rows(conversation)

    conversation.remove_suggestion(first, "Deed dat werk al en wil niet terug")

    texts = RowTexts(conversation, "nl")
    kept = rows(conversation)
    assert texts.of(kept[first].ref_of("reaction")) is None
    assert all(texts.of(kept[other].ref_of("reaction")) is not None for other in others)
