"""The target group stands ready on the counsellor's screen, never on the guest's, and never where the rule doubts."""

from __future__ import annotations

import pytest

from intake_app.services.conversation import Conversation
from intake_app.services.target_group import GROUP, groups_that_fit, proposed_group
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


@pytest.mark.parametrize(
    ("answers", "rule", "proposed"),
    [
        ({"migration_type": "ukraine", "work_now": "employee", "work_wish": "level_up"}, "migration", "migrant"),
        (
            {"migration_type": "skip", "work_now": "employee", "work_wish": "level_up"},
            "work_and_wish",
            "employed_upskill",
        ),
        ({"migration_type": "skip", "work_now": "no"}, "no_work", "jobseeker_distance"),
        # the rule doubts: it proposes nothing, and says why
        ({"migration_type": "family", "work_now": "no"}, "family", ""),
        ({"migration_type": "skip", "work_now": "employee", "work_wish": "no_idea"}, "unclear", ""),
    ],
)
def test_the_screen_says_why_a_group_is_proposed(answers: dict[str, str], rule: str, proposed: str) -> None:
    conversation = at_the_group(answers)
    told_now = conversation.talk.answers
    assert (told_now.host("group_rule"), told_now.host("proposed_group")) == (rule, proposed)
    notes = [node for node in conversation.talk.entry.nodes() if "d09_text_" in node.ref and node.relevant]
    assert len(notes) == 1
    assert notes[0].ref in {ref for one in conversation.screens() if one.after_guest for ref in one.refs}


def test_the_reason_is_asked_when_the_group_differs_from_the_proposal_and_in_doubt() -> None:
    conversation = at_the_group({"migration_type": "skip", "work_now": "no"})
    assert not asks_why(conversation)
    told(conversation, {GROUP: "employed_upskill"})
    assert asks_why(conversation)
    told(conversation, {"group_reason": "changed", GROUP: "jobseeker_distance"})
    assert not asks_why(conversation)
    in_doubt = at_the_group({"migration_type": "other", "work_now": "no"})
    assert not asks_why(in_doubt)
    told(in_doubt, {GROUP: "jobseeker_distance"})
    assert asks_why(in_doubt)


@pytest.mark.parametrize("consent", ["consent_origin", "consent_stats"])
def test_with_either_consent_everything_about_the_group_goes(consent: str) -> None:
    conversation = at_the_group({"migration_type": "status_holder", "work_now": "no"})
    told(conversation, {GROUP: "jobseeker_distance", "group_reason": "own_words"})
    told(conversation, {consent: "no"})
    answers = conversation.talk.answers
    left = [
        answers.text(GROUP),
        answers.text("group_reason"),
        answers.host("group_rule"),
        answers.host("proposed_group"),
    ]
    assert left == ["", "", "", ""]
    assert b"own_words" not in conversation.talk.stored_savepoint()


def test_a_person_may_fit_two_groups_and_counts_in_one() -> None:
    conversation = at_the_group({"migration_type": "status_holder", "work_now": "no"})
    assert groups_that_fit(conversation.talk.answers) == ("migrant", "jobseeker_distance")
    assert conversation.talk.answers.text(GROUP) == "migrant"


def asks_why(conversation: Conversation) -> bool:
    ref = conversation.talk.answers.ref("group_reason")
    assert ref is not None
    return conversation.talk.entry.is_relevant(ref)
