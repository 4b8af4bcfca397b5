"""A follow-up reaches a receiver over the wire as a form of its own, and its edits of plan and status after theirs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from intake_app.bootstrap import open_office, prepare
from intake_app.domain.clock import FixedClock
from intake_app.domain.instance import InstanceStatus
from intake_app.paths import resource_dir
from intake_app.services.differences import THERE
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.installation import ServerSettings, write_server
from intake_app.sync.trial_http import Drop, Fault
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.places import settle
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, played, told
from tests.services.test_follow_up_desk import Two, late, receiver, two

__all__ = ["late", "receiver", "two"]


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


@pytest.mark.parametrize("fault", [Fault(drop=Drop.AFTER), Fault(drop=Drop.BEFORE), Fault(status=500)])
def test_what_was_settled_arrives_once_after_the_version_at_the_centre_also_over_a_bad_line(
    late: Two, fault: Fault
) -> None:
    talk, _ = late.meet(late.here, "follow_up", "status")
    late.here.settle(talk, THERE)
    posted = [one.target for one in late.receiver.requests if one.method == "POST"]
    late.receiver.fail_next(fault, fault)
    for _ in range(5):
        late.here.send()
        late.here.pass_time(hours=1)
    assert late.here.office.outbox().waiting() == ()
    assert [len(late.at_centre(form_id)) for form_id in ("follow_up", "status")] == [3, 4]
    assert len([one.target for one in late.receiver.requests if one.method == "POST"]) <= len(posted) + 4
    with late.here.office.store.unit_of_work() as uow:
        names = [one.instance_id for one in uow.outbox.receipts()]
    assert len(names) == len(set(names))
    assert set(names) >= {late.newest(form_id)["instanceID"][0] for form_id in ("follow_up", "status")}


def test_bytes_that_were_refused_as_out_of_date_never_go_again(late: Two) -> None:
    before = len(late.receiver.requests)
    for _ in range(3):
        late.here.pass_time(hours=5)
        late.here.send()
    assert [one.method for one in late.receiver.requests[before:] if one.method == "POST"] == []
    (talk,) = late.meet(late.here, "follow_up")
    refused = {item.instance_id for item in late.here.office.outbox().waiting()}
    late.here.settle(talk, THERE)
    late.here.send()
    assert not refused & {one.instance_id for one in late.receiver.received}
