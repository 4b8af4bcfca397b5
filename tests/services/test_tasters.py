"""Tasters and work-learning places: interest, registered, attended, and the room the catalogue tells of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake_app.domain.follow_up import TasterState
from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordMissing
from intake_app.services.conversation import Conversation
from intake_app.services.follow_up import card_of
from intake_app.services.office import Office
from intake_app.services.tasters import FORMS, places, set_taster, steps_of, taster_counts
from tests.services.helps import MORNING, NT1, make_office, played

OFFERS = make_office().catalogue.offers
TASTERS = [offer.id for offer in OFFERS.values() if offer.form in FORMS]
OTHER = next(offer.id for offer in OFFERS.values() if not offer.form)


def chose(conversation: Conversation, *offers: str) -> None:
    """Rows of p07 with a yes, as a full talk makes them."""
    rows = [{"id": name, "label": OFFERS[name].label_nl, "source": "catalogue"} for name in offers]
    conversation.talk.set_host("offers", rows)
    for row in conversation.talk.answers.rows("offers"):
        conversation.answer(row.ref_of("offers"), "yes")


@pytest.fixture
def talk(office: Office) -> Conversation:
    return played(office, NT1)


def test_chosen_tasters_and_places_are_steps_on_the_card_other_offers_are_not(
    office: Office, talk: Conversation
) -> None:
    chose(talk, TASTERS[0], OTHER)
    assert [one.offer for one in steps_of(talk.talk.answers, office.catalogue)] == [TASTERS[0]]
    office.finish(talk)
    card = card_of(office.store, talk.talk.header.participant_id)
    assert card is not None
    assert [(one.offer, one.state) for one in card.tasters] == [(TASTERS[0], TasterState.INTEREST)]


def test_somebody_goes_from_interest_to_registered_to_attended(office: Office, talk: Conversation) -> None:
    office.finish(talk)
    who = talk.talk.header.participant_id
    for state in (TasterState.INTEREST, TasterState.REGISTERED, TasterState.ATTENDED):
        step = set_taster(office, who, TASTERS[0], state)
        assert (step.state, step.since) == (state, MORNING.date())
    assert taster_counts(office.store)[TASTERS[0]] == {
        TasterState.INTEREST: 0,
        TasterState.REGISTERED: 0,
        TasterState.ATTENDED: 1,
        TasterState.NOT_GOING: 0,
    }


def test_only_a_real_place_can_be_noted_and_only_on_a_card(office: Office, talk: Conversation) -> None:
    office.finish(talk)
    with pytest.raises(RecordMissing):
        set_taster(office, talk.talk.header.participant_id, OTHER, TasterState.REGISTERED)
    with pytest.raises(RecordMissing):
        set_taster(office, ParticipantId("nobody"), TASTERS[0], TasterState.REGISTERED)


def test_places_are_told_soonest_first_with_the_room_that_is_left_and_full_ones_last(office: Office) -> None:
    rows = [
        replace(OFFERS[TASTERS[0]], id="full", capacity=0, starts=date(2027, 3, 2), ends=None, default_on=True),
        replace(OFFERS[TASTERS[0]], id="soon", capacity=3, starts=date(2027, 3, 5), ends=None, default_on=True),
        replace(OFFERS[TASTERS[0]], id="someday", capacity=None, starts=None, ends=None, default_on=True),
        replace(OFFERS[TASTERS[0]], id="yesterday", starts=date(2027, 2, 28), ends=None, default_on=True),
        replace(OFFERS[TASTERS[0]], id="over", starts=date(2026, 1, 1), ends=date(2026, 2, 1), default_on=True),
        replace(OFFERS[TASTERS[0]], id="off", default_on=False),
    ]
    catalogue = replace(office.catalogue, offers={row.id: row for row in rows})
    found = places(catalogue, MORNING.date())
    assert [(one.offer, one.left) for one in found] == [("soon", 3), ("someday", None), ("full", 0)]
