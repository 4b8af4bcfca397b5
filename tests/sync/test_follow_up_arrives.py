"""A follow-up reaches a receiver over the wire as a form of its own, and its edits of plan and status after theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.clock import FixedClock
from intake_app.domain.instance import InstanceStatus
from intake_app.paths import resource_dir
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.installation import ServerSettings, write_server
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, played, told


def test_a_follow_up_arrives_as_its_own_form_with_the_second_plan_after_the_first() -> None:
    prepare()
    store = InMemoryStore()
    settle(store)
    office = replace(open_office(store), clock=FixedClock(MORNING))
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as receiver:
        write_server(store, ServerSettings(receiver.base_url, receiver.token, trial=True))
        conversation = played(office, NT1, practice=True)
        office.finish(conversation)
        office.clock.moment += timedelta(days=14)  # type: ignore[attr-defined]  # it is the fixed one
        again = begin_follow_up(office, conversation.talk.header.participant_id)
        told(again, {"reached": "yes", "step_result": "done", "outcome": "work", "next_step": "Ik bel", "closed": "no"})
        finish_follow_up(office, again)
        office.send()
        arrived = [one.form_id for one in receiver.received]
    assert arrived.count("follow_up") == 1
    assert arrived.count("plan") == 2
    assert office.outbox().waiting() == ()
    with store.unit_of_work() as uow:
        assert {one.status for one in uow.instances.list()} == {InstanceStatus.SUBMITTED}
