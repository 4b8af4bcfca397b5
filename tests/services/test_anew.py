"""After a withdrawal the smaller record goes again under another name, and whatever comes next names that one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.paths import resource_dir
from intake_app.services.caseload import is_caseload
from intake_app.services.continuing import reopen_finished
from intake_app.services.follow_up_end import finish_follow_up
from intake_app.services.follow_up_talk import begin_follow_up
from intake_app.services.housekeeping import clear_due, trust_clock
from intake_app.services.rights import correct, erase_person
from intake_app.services.stored_plans import find_plan
from intake_app.services.withdrawal import let_go
from intake_app.sync.trial_receiver import TrialReceiver
from tests.services.helps import told
from tests.services.laptop import AT_THE_END, Laptop

GOAL, NEXT_GOAL = "Ik wil kok worden", "Ik wil bij een bakker werken"
TALKS = ("participant", "intake", "plan", "status")


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def laptop(tmp_path: Path, receiver: TrialReceiver) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "data", receiver)
    yield made
    made.store.close()


@pytest.mark.parametrize("carried_out", ["before", "after", "never"])
def test_the_next_correction_is_one_of_the_record_that_the_centre_has(laptop: Laptop, carried_out: str) -> None:
    first = laptop.newest("intake").instance_id
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    if carried_out == "before":
        laptop.carry_out()
        assert [first] not in laptop.there("intake")
    laptop.correct(GOAL)
    laptop.send()
    if carried_out == "after":
        laptop.carry_out()

    chains = laptop.there("intake")
    assert chains[-1][-1] == laptop.newest("intake").instance_id
    assert len(chains[-1]) == 2
    assert len(chains) == (2 if carried_out == "never" else 1)
    if carried_out != "never":
        assert "l07_needs" not in laptop.newest_there("intake")
    assert [len(laptop.there(form_id)[0]) for form_id in ("participant", "plan", "status")] == [2, 2, 2]


def test_it_is_so_when_the_program_began_again_at_every_step(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    laptop.restart()
    laptop.send()
    laptop.carry_out()
    laptop.restart()
    laptop.correct(GOAL)
    laptop.restart()
    laptop.send()
    laptop.correct(NEXT_GOAL)
    laptop.send()
    assert [len(chain) for chain in laptop.there("intake")] == [3]
    assert laptop.newest_there("plan")["goal"] == [NEXT_GOAL]


def test_a_correction_before_anything_was_sent_again_follows_on_it_too(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    laptop.correct(GOAL)
    laptop.send()
    laptop.carry_out()
    assert [len(chain) for chain in laptop.there("intake")] == [2]


def test_a_correction_that_waited_goes_as_the_first_under_its_own_name_and_the_next_names_it(laptop: Laptop) -> None:
    laptop.correct(GOAL)
    own = laptop.newest("intake").instance_id
    laptop.take_back(ConsentCode.NEEDS)
    assert laptop.newest("intake").instance_id == own
    assert laptop.newest("intake").deprecated_id is None
    laptop.send()
    laptop.carry_out()
    laptop.correct(NEXT_GOAL)
    laptop.send()
    assert laptop.there("intake") == [[own, laptop.newest("intake").instance_id]]


def test_a_correction_that_was_sent_is_the_one_that_goes_again(laptop: Laptop) -> None:
    laptop.correct(GOAL)
    laptop.send()
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.carry_out()
    laptop.correct(NEXT_GOAL)
    laptop.send()
    (chain,) = laptop.there("intake")
    assert len(chain) == 2
    assert laptop.newest_there("plan")["goal"] == [NEXT_GOAL]


@pytest.mark.parametrize("sent_between", [True, False])
@pytest.mark.parametrize("carried_out", [True, False])
def test_a_second_withdrawal_on_top_leaves_one_record_there(
    laptop: Laptop, sent_between: bool, carried_out: bool
) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    if sent_between:
        laptop.send()
        if carried_out:
            laptop.carry_out()
    laptop.take_back(ConsentCode.ORIGIN)
    laptop.send()
    laptop.carry_out()
    laptop.correct(GOAL)
    laptop.send()
    (chain,) = laptop.there("intake")
    assert len(chain) == 2
    assert not {"l07_needs", "d07_born_abroad"} & set(laptop.newest_there("intake"))


def test_a_correction_of_what_went_again_and_then_a_second_withdrawal(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.carry_out()
    laptop.correct(GOAL)
    laptop.send()
    laptop.take_back(ConsentCode.ORIGIN)
    laptop.send()
    assert len(laptop.asked()) == 1
    laptop.carry_out()
    laptop.correct(NEXT_GOAL)
    laptop.send()
    assert [len(chain) for chain in laptop.there("intake")] == [2]


@pytest.mark.parametrize("code", [ConsentCode.NEEDS, ConsentCode.CENTRAL])
def test_a_talk_that_stood_open_names_what_the_centre_has_when_it_is_finished(
    laptop: Laptop, code: ConsentCode
) -> None:
    laptop.later()
    draft = reopen_finished(laptop.office, laptop.newest("intake").instance_id).talk.instance_id
    laptop.take_back(code)
    laptop.send()
    laptop.carry_out()
    laptop.restart()
    again = laptop.office.open_talk(draft)
    told(again, {**AT_THE_END, "consent_central": "yes", "goal": GOAL})
    assert laptop.office.finish(again).stored
    laptop.send()
    assert [len(chain) for chain in laptop.there("intake")] == [1 if code is ConsentCode.CENTRAL else 2]
    assert [len(chain) for chain in laptop.there("plan")] == [1 if code is ConsentCode.CENTRAL else 2]


def test_an_erasure_names_the_old_record_until_it_is_gone_and_the_new_one(laptop: Laptop) -> None:
    old = laptop.newest("intake").instance_id
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    assert laptop.asked() == [old]
    new = laptop.newest("intake").instance_id
    laptop.handled = 1
    erase_person(laptop.office, laptop.who)
    laptop.send()
    assert sorted(laptop.asked()) == sorted([old, new])


def test_an_erasure_does_not_name_what_was_deleted_there_before(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.carry_out()
    laptop.correct(GOAL)
    laptop.send()
    laptop.take_back(ConsentCode.ORIGIN)
    laptop.send()
    laptop.carry_out()
    laptop.restart()
    (chain,) = laptop.there("intake")
    erase_person(laptop.office, laptop.who)
    laptop.send()
    assert laptop.asked() == chain


def test_a_correction_of_the_name_is_asked_for_the_record_that_is_there(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.carry_out()
    laptop.later()
    correct(laptop.office, laptop.who, call_name="Trudy", language="nl")
    laptop.send()
    ((there,),) = laptop.there("intake")
    assert laptop.asked() == [there]


def test_a_backup_of_after_the_withdrawal_goes_on_with_the_new_name(laptop: Laptop, tmp_path: Path) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.carry_out()
    laptop.put_back(tmp_path / "kopie.intake")
    laptop.correct(GOAL)
    laptop.send()
    assert [len(chain) for chain in laptop.there("intake")] == [2]


@pytest.mark.parametrize("corrected", [False, True])
def test_a_backup_of_before_the_withdrawal_takes_over_the_new_name(
    laptop: Laptop, tmp_path: Path, corrected: bool
) -> None:
    laptop.back_up(tmp_path / "kopie.intake")
    if corrected:
        laptop.correct(GOAL)
        laptop.send()
    laptop.take_back(ConsentCode.NEEDS)
    name = laptop.newest("intake").instance_id
    laptop.send()
    laptop.carry_out()
    laptop.later(60 * 24)
    laptop.put_back(tmp_path / "kopie.intake")
    assert laptop.newest("intake").instance_id == name
    assert b"sit_stand" not in laptop.newest("intake").xml
    laptop.send()
    laptop.correct(NEXT_GOAL)
    # records that no withdrawal touched are as old as the copy: what the centre has of those, the desk settles
    laptop.office.send()
    assert laptop.there("intake") == [[name, laptop.newest("intake").instance_id]]


def test_after_an_older_copy_two_withdrawals_give_the_same_names_again(laptop: Laptop, tmp_path: Path) -> None:
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.take_back(ConsentCode.ORIGIN)
    laptop.send()
    laptop.carry_out()
    name = laptop.newest("intake").instance_id
    laptop.put_back(tmp_path / "kopie.intake")
    assert laptop.newest("intake").instance_id == name
    laptop.send()
    assert laptop.there("intake") == [[name]]
    laptop.restart()
    erase_person(laptop.office, laptop.who)
    laptop.send()
    assert name in laptop.asked()


def test_a_request_that_an_older_copy_lost_is_made_again(laptop: Laptop, tmp_path: Path) -> None:
    old = laptop.newest("intake").instance_id
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.take_back(ConsentCode.NEEDS)
    laptop.put_back(tmp_path / "kopie.intake")
    laptop.send()
    assert laptop.asked() == [old]
    laptop.restart()
    laptop.send()
    assert laptop.asked() == [old]


def test_what_else_was_sent_of_the_person_goes_again_with_the_name_of_the_talk_of_now(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.CONTACT)
    laptop.send()
    laptop.carry_out()
    ((talk,),) = laptop.there("intake")
    assert laptop.newest_there("participant")["talk_id"] == [talk]
    assert "0612345678" not in str(laptop.newest_there("participant"))
    laptop.correct(GOAL)
    laptop.send()
    assert [len(laptop.there(form_id)[0]) for form_id in TALKS[:3]] == [2, 2, 2]


def test_a_follow_up_after_sharing_was_taken_back_edits_the_plan_that_is_there(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.SHARING, "taalhuis")
    laptop.send()
    laptop.carry_out()
    followed(laptop, step_result="done", next_step="Ik bel", closed="no")
    laptop.send()
    assert [len(chain) for chain in laptop.there("plan")] == [2]


def followed(laptop: Laptop, **answers: str) -> None:
    laptop.later(60 * 24 * 14)
    follow = begin_follow_up(laptop.office, laptop.who)
    told(follow, {"reached": "yes", "outcome": "work", **answers})
    assert finish_follow_up(laptop.office, follow).stored


@pytest.mark.parametrize("sent", [True, False])
@pytest.mark.parametrize("corrected", [True, False])
def test_counts_after_counting_was_taken_back_follow_on_what_went_again(
    laptop: Laptop, sent: bool, corrected: bool
) -> None:
    followed(laptop, consent_stats="yes", target_group="jobseeker_distance")
    if corrected:
        laptop.correct(GOAL)
    if sent:
        laptop.send()
    laptop.take_back(ConsentCode.COUNTING)
    laptop.send()
    laptop.carry_out()
    assert not {"guided", "outcome"} & set(laptop.newest_there("status"))
    followed(laptop, closed="no")
    laptop.send()
    laptop.correct(NEXT_GOAL)
    laptop.send()
    assert len(laptop.there("status")) == 1
    assert not {"guided", "outcome"} & set(laptop.newest_there("status"))


@pytest.mark.parametrize("sent", [True, False])
def test_counts_that_a_follow_up_renewed_are_known_when_the_card_has_gone(laptop: Laptop, sent: bool) -> None:
    followed(laptop)
    if sent:
        laptop.send()
    laptop.take_back(ConsentCode.CONTACT)
    laptop.send()
    laptop.carry_out()
    laptop.correct(GOAL)
    laptop.send()
    assert [len(chain) for chain in laptop.there("status")] == [3]


def test_when_the_time_of_a_consent_is_over_nothing_is_sent_twice(laptop: Laptop) -> None:
    before = laptop.there("intake")
    let_go(laptop.office, laptop.who, ConsentCode.NEEDS)
    assert b"sit_stand" not in laptop.newest("intake").xml
    laptop.send()
    assert laptop.there("intake") == before
    laptop.correct(GOAL)
    laptop.send()
    assert [len(chain) for chain in laptop.there("intake")] == [2]


def test_what_hangs_on_the_talk_hangs_on_it_under_its_new_name(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.NEEDS)
    name = laptop.newest("intake").instance_id
    with laptop.store.unit_of_work() as uow:
        assert {one.instance_id for one in uow.plans.of_participant(laptop.who)} == {name}


def test_records_that_only_change_the_list_of_cases_stay_as_they_were_sent(laptop: Laptop) -> None:
    followed(laptop)
    laptop.send()
    laptop.correct(GOAL)
    with laptop.store.unit_of_work() as uow:
        before = {one.instance_id: one.xml for one in uow.instances.of_participant(laptop.who) if is_caseload(one.xml)}
    assert before
    laptop.take_back(ConsentCode.NEEDS)
    with laptop.store.unit_of_work() as uow:
        after = {one.instance_id: one.xml for one in uow.instances.of_participant(laptop.who)}
    assert before.items() <= after.items()
    laptop.send()
    assert not laptop.receiver.entities.errors


def test_what_was_found_by_the_name_of_before_is_found_still(laptop: Laptop) -> None:
    old = laptop.newest("intake").instance_id
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.take_back(ConsentCode.ORIGIN)
    laptop.send()
    assert find_plan(laptop.store, old).plan_number == f"{laptop.number}-1"
    assert old not in {one.instance_id for one in laptop.records("intake")}


def test_who_is_left_on_a_card_only_is_erased_under_the_name_of_now(laptop: Laptop) -> None:
    followed(laptop)
    laptop.send()
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.carry_out()
    ((there,),) = laptop.there("intake")
    laptop.later(60 * 24 * 40)
    trust_clock(laptop.store, laptop.clock.now())
    assert clear_due(laptop.office).talks == 1
    erase_person(laptop.office, laptop.who)
    laptop.send()
    assert laptop.asked() == [there]


def test_a_no_to_keeping_in_a_later_talk_asks_for_both_names(laptop: Laptop) -> None:
    old = laptop.newest("intake").instance_id
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    laptop.handled = 1
    laptop.later()
    again = reopen_finished(laptop.office, laptop.newest("intake").instance_id)
    new = laptop.newest("intake").instance_id
    told(again, {"consent_record": "no"})
    laptop.send()
    assert sorted(laptop.asked()) == sorted([old, new])


def test_what_the_werkcentrum_was_asked_to_delete_wholly_is_not_asked_again(laptop: Laptop) -> None:
    laptop.take_back(ConsentCode.CENTRAL)
    laptop.send()
    laptop.carry_out()
    assert {one.form_id for one in laptop.receiver.received} == {"data_request"}
    laptop.take_back(ConsentCode.NEEDS)
    laptop.send()
    assert laptop.asked() == []
