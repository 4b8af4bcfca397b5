"""The target group stands ready on the counsellor's screen, never on the guest's, and never where the rule doubts."""

from __future__ import annotations

import pytest

from intake_app.services.conversation import Conversation
from intake_app.services.target_group import GROUP, proposed_group
from tests.services.helps import begun, make_office, told

FULL = {"version": "full", "consent_stats": "yes", "consent_origin": "yes", "born_abroad": "yes"}


def at_the_group(answers: dict[str, str]) -> Conversation:
    conversation = begun(make_office())
    told(conversation, {**FULL, **answers})
    for screen in conversation.screens():
        concepts = {conversation.concept_of(ref) for ref in screen.refs}
        if GROUP in concepts:
            assert screen.after_guest
            conversation.open_screen(screen)
            return conversation
    raise AssertionError("no screen asks for the group")


@pytest.mark.parametrize(
    ("answers", "group"),
    [
        ({"migration_type": "status_holder", "work_now": "no"}, "migrant"),
        ({"migration_type": "eu_worker", "work_now": "employee", "work_wish": "level_up"}, "migrant"),
        ({"migration_type": "skip", "work_now": "employee", "work_wish": "level_up"}, "employed_upskill"),
        ({"migration_type": "skip", "work_now": "no"}, "jobseeker_distance"),
        # a family migrant: the counsellor has to choose
        ({"migration_type": "family", "work_now": "no"}, ""),
        ({"migration_type": "skip", "work_now": "skip"}, ""),
    ],
)
def test_the_proposal_stands_ready_where_the_rule_is_sure(answers: dict[str, str], group: str) -> None:
    conversation = at_the_group(answers)
    assert conversation.talk.answers.text(GROUP) == group


def test_what_the_counsellor_chose_stays() -> None:
    conversation = at_the_group({"migration_type": "family", "work_now": "no"})
    told(conversation, {GROUP: "migrant"})
    for screen in conversation.screens():
        conversation.open_screen(screen)
    assert conversation.talk.answers.text(GROUP) == "migrant"


def test_without_the_consent_about_origin_nobody_is_proposed_as_a_migrant() -> None:
    conversation = begun(make_office())
    told(conversation, {**FULL, "migration_type": "status_holder", "work_now": "no"})
    assert proposed_group(conversation.talk.answers).group == "migrant"
    told(conversation, {"consent_origin": "no"})
    assert proposed_group(conversation.talk.answers).group == "jobseeker_distance"
