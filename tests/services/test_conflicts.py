"""The conflict desk: two places changed one case; both answers stand side by side, and nothing goes by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.bootstrap import Downloader, Sender
from intake_app.central import Caseload
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import EventRefused, PersonHere
from intake_app.paths import resource_dir
from intake_app.services.conflicts import ConflictDesk, Meeting, meetings, take_hand_over
from intake_app.services.continuing import reopen_finished
from intake_app.services.conversation import Conversation
from intake_app.services.differences import HERE, OWN, THERE
from intake_app.services.hand_over import OpenedHandOver, seal_hand_over
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.rights import copy_of
from intake_app.sync.envelope import Envelopes
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.envelopes import QUICK
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, make_office, played, ref_of, told

GOAL_HERE, GOAL_THERE = "Ik wil kok worden", "Ik wil bij een bakker werken"
AT_THE_END = {
    "alone": "two_of_us",
    "consent_form": "on_screen",
    "know_step": "yes",
    "status": "complete",
}


def an_office(minutes: int = 0) -> Office:
    clock = FixedClock(MORNING + timedelta(minutes=minutes))
    return replace(make_office(InMemoryStore(), clock), envelopes=Envelopes(QUICK))


@dataclass
class Case:
    """A person whose plan went to another place, with what was changed there on a stick back here."""

    here: Office
    there: Office
    number: str
    who: ParticipantId
    back: Path
    code: str

    def meet(self) -> ConflictDesk:
        met = take_hand_over(self.here, self.back, self.number, self.code)
        assert isinstance(met, Meeting)
        return ConflictDesk(self.here, met.participant_id, met.name)

    def newest(self) -> Conversation:
        """The talk here as it stands now, opened to look at and thrown away."""
        with self.here.store.unit_of_work() as uow:
            talks = [one for one in uow.instances.of_participant(self.who) if one.form_id == "intake"]
        again = reopen_finished(self.here, max(talks, key=lambda one: one.finalized_at).instance_id)
        self.here.remove_draft(again.talk.instance_id)
        return again


def later(office: Office, minutes: int = 1) -> None:
    clock = office.clock
    assert isinstance(clock, FixedClock)
    clock.moment += timedelta(minutes=minutes)


def go_on(office: Office, talk: InstanceId, **answers: str) -> None:
    """The finished talk is opened again, changed and finished."""
    later(office)
    again = reopen_finished(office, talk)
    told(again, {**AT_THE_END, **answers})
    assert office.finish(again).stored


def handed_over(here: Office, there: Office, folder: Path, *, practice: bool = False) -> Case:
    conversation = played(here, NT1, practice=practice)
    assert here.finish(conversation).stored
    first = here.stored_plan(f"{conversation.number}-1")
    seal_hand_over(here, first.plan_number, "taalhuis", folder / "heen.plan")
    opened = take_hand_over(there, folder / "heen.plan", conversation.number, first.handover_code)
    assert isinstance(opened, OpenedHandOver)
    talk = there.open_talk(opened.instance_id)
    told(talk, {"explained": "clear", "consent_record": "yes", "consent_central": "yes", "consent_contact": "yes"})
    told(talk, {"goal": GOAL_THERE, "step": "Ik bel de bakker", "share_consent": "yes", **AT_THE_END})
    assert there.finish(talk).stored
    second = there.stored_plan(f"{conversation.number}-2")
    seal_hand_over(there, second.plan_number, "taalhuis", folder / "terug.plan")
    who = conversation.talk.header.participant_id
    return Case(here, there, conversation.number, who, folder / "terug.plan", second.handover_code)


@pytest.fixture
def case(tmp_path: Path) -> Case:
    found = handed_over(an_office(), an_office(60), tmp_path)
    with found.here.store.unit_of_work() as uow:
        talk = next(one for one in uow.instances.of_participant(found.who) if one.form_id == "intake")
    go_on(found.here, talk.instance_id, goal=GOAL_HERE)
    return found


def key_of(desk: ConflictDesk, end: str) -> str:
    return next(one.key for one in desk.meeting().differences if one.key.endswith(end))


def settle_all(desk: ConflictDesk, side: str) -> None:
    for one in desk.meeting().differences:
        desk.choose(one.key, side)


def test_both_answers_stand_there_with_who_when_and_where(case: Case) -> None:
    meeting = case.meet().meeting()
    goal, step = (next(one for one in meeting.differences if one.key.endswith(name)) for name in ("_goal", "/step"))
    assert (goal.here, goal.there, goal.changed_here) == (GOAL_HERE, GOAL_THERE, True)
    assert "Werkcentrum" in step.here
    assert step.there.startswith("Ik bel de bakker")
    assert not step.changed_here
    assert {one.choice for one in meeting.differences} == {""}
    assert meeting.left == len(meeting.differences) == 2
    assert (meeting.here.location, meeting.there.location) == ("Bibliotheek Groenlo", "Bibliotheek Groenlo")
    assert meeting.there.counsellor
    assert meeting.there.plan_number == f"{case.number}-2"
    assert [one.name for one in meetings(case.here)] == [meeting.name]


def test_nothing_changes_until_every_question_is_settled(case: Case) -> None:
    desk = case.meet()
    desk.choose(key_of(desk, "_goal"), THERE)
    with pytest.raises(EventRefused, match="conflict_open"):
        desk.settle()
    assert case.newest().talk.answers.text("goal") == GOAL_HERE


def test_the_settled_version_is_an_edit_of_what_stands_here(case: Case) -> None:
    desk = case.meet()
    later(case.here)
    desk.choose(key_of(desk, "_goal"), HERE)
    desk.choose(key_of(desk, "/step"), THERE)
    outcome = desk.settle()
    assert outcome.stored
    now = case.newest()
    assert now.talk.answers.text("goal") == GOAL_HERE
    assert now.talk.entry.value(ref_of(now, "step")) == "Ik bel de bakker"
    with case.here.store.unit_of_work() as uow:
        talks = [one for one in uow.instances.of_participant(case.who) if one.form_id == "intake"]
        plans = uow.plans.of_participant(case.who)
    assert [bool(one.deprecated_id) for one in talks] == [False, True, True]
    assert talks[2].deprecated_id == talks[1].instance_id
    assert plans[-1].plan_number == f"{case.number}-3"
    assert not meetings(case.here)
    assert [one.name for one in meetings(case.here, settled=True)] == [desk.name]
    assert case.here.open_drafts() == ()


def test_every_click_can_be_undone_and_words_of_ones_own_stay(case: Case) -> None:
    desk = case.meet()
    goal = key_of(desk, "_goal")
    for side, own in ((HERE, ""), (OWN, "Ik wil koken of bakken"), (THERE, "")):
        desk.choose(goal, side, own)
    chosen = []
    for _ in range(4):
        chosen.append(next(one.choice for one in desk.meeting().differences if one.key == goal))
        desk.undo()
    assert chosen == [THERE, OWN, HERE, ""]
    desk.type(goal, "Ik wil ook n")
    again = ConflictDesk(case.here, desk.participant_id, desk.name).meeting()
    found = next(one for one in again.differences if one.key == goal)
    assert (found.choice, found.own, again.moves) == ("", "Ik wil ook n", 0)


def test_own_words_take_the_place_of_both(case: Case) -> None:
    desk = case.meet()
    later(case.here)
    settle_all(desk, HERE)
    desk.choose(key_of(desk, "_goal"), OWN, " Ik wil koken of bakken ")
    assert desk.settle().stored
    assert case.newest().talk.answers.text("goal") == "Ik wil koken of bakken"


def test_what_was_settled_can_be_settled_otherwise(case: Case) -> None:
    desk = case.meet()
    later(case.here)
    settle_all(desk, THERE)
    desk.settle()
    assert case.newest().talk.answers.text("goal") == GOAL_THERE
    later(case.here)
    meeting = desk.meeting()
    assert meeting.settled_at is not None
    goal = next(one for one in meeting.differences if one.key.endswith("_goal"))
    assert (goal.here, goal.there, goal.choice) == (GOAL_HERE, GOAL_THERE, THERE)
    desk.choose(goal.key, HERE)
    desk.settle()
    assert case.newest().talk.answers.text("goal") == GOAL_HERE


def test_a_talk_that_is_open_takes_the_choices_and_stays_open(case: Case) -> None:
    with case.here.store.unit_of_work() as uow:
        talks = [one for one in uow.instances.of_participant(case.who) if one.form_id == "intake"]
    later(case.here)
    draft = reopen_finished(case.here, talks[-1].instance_id).talk.instance_id
    desk = case.meet()
    settle_all(desk, THERE)
    assert desk.settle().kept_open
    (still_open,) = case.here.open_drafts()
    assert still_open.header.instance_id == draft
    assert case.here.open_talk(draft).talk.answers.text("goal") == GOAL_THERE
    case.here.remove_draft(draft)
    (meeting,) = meetings(case.here, settled=True)
    assert meeting.name == desk.name


def test_the_same_envelope_twice_is_one_meeting(case: Case) -> None:
    desk = case.meet()
    desk.choose(key_of(desk, "_goal"), THERE)
    assert case.meet().name == desk.name
    assert len(meetings(case.here)) == 1
    assert desk.meeting().left == 1


def test_where_both_say_the_same_nobody_is_asked_anything(case: Case, tmp_path: Path) -> None:
    plan = case.here.stored_plan(f"{case.number}-2")
    seal_hand_over(case.here, plan.plan_number, "taalhuis", tmp_path / "eigen.plan")
    with pytest.raises(PersonHere):
        take_hand_over(case.here, tmp_path / "eigen.plan", case.number, plan.handover_code)
    assert not meetings(case.here)


def test_what_c7_held_back_is_not_seen_as_taken_away(case: Case) -> None:
    desk = case.meet()
    later(case.here)
    settle_all(desk, THERE)
    desk.settle()
    now = case.newest().talk.answers
    assert now.text("obstacles") == "money housing"
    assert now.text("contact") == "0612345678"
    assert [row.text("referral") for row in now.rows_with("referral")] == ["taalhuis"]


def test_between_two_data_folders_and_one_receiver(tmp_path: Path) -> None:
    def site(receiver: TrialReceiver, name: str, minutes: int) -> Office:
        office = an_office(minutes)
        write_server(office.store, ServerSettings(receiver.base_url, receiver.token, trial=True))
        folder = tmp_path / name
        sender, fetch = Sender(office.store, office.clock), Downloader(folder, office.clock)
        return replace(office, send_round=sender, fetch_round=fetch, caseload=Caseload(folder))

    with TrialReceiver(forms=resource_dir("forms", "compiled")) as receiver:
        here, there = site(receiver, "here", 0), site(receiver, "there", 60)
        case = handed_over(here, there, tmp_path, practice=True)
        for office in (here, there):
            assert not office.send().failed
        desk = case.meet()
        later(here, 120)
        settle_all(desk, THERE)
        desk.settle()
        assert not here.send().failed
        chains: dict[str, list[str]] = {}
        for one in receiver.received:
            chains.setdefault(f"{one.form_id} {one.root_id}", []).append(one.deprecated_id)
        roots = sorted((name.split()[0], len(chain)) for name, chain in chains.items())
        assert [one for one in roots if one[0] in ("intake", "participant", "plan")] == [
            ("intake", 1), ("intake", 2), ("participant", 1), ("participant", 2), ("plan", 1), ("plan", 2)
        ]  # fmt: skip
        assert not receiver.entities.errors or {reason for _, reason in receiver.entities.errors} == {"duplicate uuid"}


def test_a_copy_of_the_data_holds_what_the_other_place_wrote_down(case: Case) -> None:
    case.meet()
    (there,) = copy_of(case.here, case.who).elsewhere
    assert GOAL_THERE in {one.answer_nl for one in there.answers}
    assert there.place
