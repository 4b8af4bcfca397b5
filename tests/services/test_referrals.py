"""Referrals: always a good address, in an order that fits, and letters with only what was agreed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import ParticipantId
from intake_app.errors import RecordMissing
from intake_app.services.conversation import Conversation
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.office import Office
from intake_app.services.referrals import Partner, ReferralStand, letters, partners_for, referrals_of
from intake_app.services.rehearsal import Script
from tests.services.helps import NT1, begun, make_office, played, ref_of, told

FORM = make_office().forms["intake"]


def codes_of(list_name: str) -> tuple[str, ...]:
    """The choices of a question of the real form, those apart that are no obstacle."""
    conversation = make_office().begin_talk()
    ref = ref_of(conversation, list_name)
    found = conversation.talk.entry.choices(ref, "nl") or ()
    return tuple(choice.value for choice in found if choice.properties.get("exclusive") != "yes")


OBSTACLES = codes_of("obstacles")


def partners(conversation: Conversation, *, alone: bool = True) -> dict[str, Partner]:
    talk = conversation.talk
    found = partners_for(talk.answers, FORM, conversation.keeper.catalogue, alone=alone)
    return {partner.organisation: partner for partner in found}


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_for_every_obstacle_there_is_a_good_address(office: Office, obstacle: str) -> None:
    found = partners(begun(office, obstacles=obstacle))
    assert found
    assert all(name in office.catalogue.organisations for name in found)


def test_the_form_has_eleven_obstacles_to_be_tried() -> None:
    assert len(OBSTACLES) == 11


@pytest.mark.parametrize("obstacle", ["money", "housing", "care", "paperwork"])
def test_money_housing_care_and_letters_lead_to_the_municipality_first(office: Office, obstacle: str) -> None:
    found = partners(begun(office, obstacles=obstacle))
    assert next(iter(found)) == "gemeente_sociaal"
    assert found["gemeente_sociaal"].because == (("obstacles", obstacle),)


def test_what_nobody_may_see_calls_nothing_up_while_somebody_else_is_looking(office: Office) -> None:
    talk = begun(office, obstacles="money")
    assert "gemeente_sociaal" not in partners(talk, alone=False)
    assert list(partners(talk, alone=False)) == ["werkcentrum"]


def test_who_told_nothing_still_has_an_address(office: Office) -> None:
    assert list(partners(begun(office))) == ["werkcentrum"]


def test_no_partner_of_s_9_is_ever_proposed(office: Office) -> None:
    special = {one.id for one in office.catalogue.organisations.values() if one.sensitive == 9}
    everything = begun(
        office, obstacles=" ".join(OBSTACLES), basic_wish="speak computer", learn_kind="language diploma"
    )
    assert special
    assert not special & set(partners(everything))


def test_most_reasons_come_first(office: Office) -> None:
    found = partners(begun(office, basic_wish="speak read numbers", nl_read="a1", obstacles="money"))
    assert list(found)[:2] == ["taalhuis", "gemeente_sociaal"]


# ------------------------------------------------------------------ letters
SHARED_ONE = Script("two partners", {**NT1.answers, "referral": ["taalhuis"], "share_consent": ["yes"]})
NOT_SHARED = Script("goes alone", {**NT1.answers, "handover": ["participant_goes"]})


def finished(office: Office, script: Script) -> ParticipantId:
    conversation = played(office, script)
    office.finish(conversation)
    return conversation.talk.header.participant_id


def test_a_letter_holds_the_one_referral_that_was_agreed_the_guests_copy_first(office: Office) -> None:
    who = finished(
        office,
        Script(
            "arabic",
            {
                **SHARED_ONE.answers,
                "talk_language": "ar",
                "interpreter": "interpreter_here",
                "alone": "with_interpreter",
            },
        ),
    )
    own, dutch = letters(office, who, "taalhuis")
    assert (own.language, dutch.language) == ("ar", "nl")
    assert [one.organisation for one in own.referrals] == ["taalhuis"] == [one.organisation for one in dutch.referrals]
    for document in (own, dutch):
        assert office.render(document, "referral").startswith(b"%PDF")


def test_there_is_no_letter_without_consent_or_for_another_partner(office: Office) -> None:
    who = finished(office, NOT_SHARED)
    for partner in ("taalhuis", "uwv"):
        with pytest.raises(RecordMissing):
            letters(office, who, partner)


def test_a_referral_shows_its_way_and_at_the_follow_up_whether_it_arrived(office: Office) -> None:
    who = finished(office, NT1)
    before = ReferralStand("1", "taalhuis", "Taalhuis Achterhoek", "counsellor_calls", 0, True, False)
    assert referrals_of(office, who) == (before,)
    clock = office.clock
    assert isinstance(clock, FixedClock)
    clock.moment += timedelta(days=14)
    conversation = begin_follow_up(office, who)
    told(conversation, {"reached": "yes", "referral_arrived": "yes"})
    finish_follow_up(office, conversation)
    assert [one.arrived for one in referrals_of(office, who)] == [True]
