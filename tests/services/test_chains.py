"""A correction that came too late: once it is settled, the next edit names the version that stands at the centre."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake_app.bootstrap import Sender
from intake_app.domain.clock import FixedClock
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.errors import CentreRecordOther, EventRefused
from intake_app.paths import resource_dir
from intake_app.services.centre_file import meet_centre_record, open_from_elsewhere
from intake_app.services.conflicts import ConflictDesk, meetings
from intake_app.services.continuing import reopen_finished
from intake_app.services.differences import HERE, THERE
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.hand_over import seal_hand_over
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.meeting import Meeting
from intake_app.services.office import Office
from intake_app.services.overtaken import overtaken_edits
from intake_app.sync.envelope import Envelopes
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.envelopes import QUICK
from tests.fakes.storage import InMemoryStore
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

GOAL_HERE, GOAL_THERE = "Ik wil kok worden", "Ik wil bij een bakker werken"
AT_THE_END = {"alone": "two_of_us", "consent_form": "on_screen", "know_step": "yes", "status": "complete"}
EDITED = ("intake", "participant", "plan", "status")


def office_over(store: InMemoryStore, receiver: TrialReceiver) -> Office:
    office = make_office(store, FixedClock(MORNING))
    write_server(store, ServerSettings(receiver.base_url, receiver.token, trial=True))
    return replace(office, envelopes=Envelopes(QUICK), send_round=Sender(store, office.clock))


@dataclass
class Two:
    """One laptop and a copy of it that was put back elsewhere: both know the same person and the same records."""

    receiver: TrialReceiver
    here: Office
    there: Office
    number: str
    who: ParticipantId
    folder: Path

    def correct(self, office: Office, goal: str, minutes: int) -> FinalizeOutcome:
        """The newest talk is opened again, changed and finished."""
        assert isinstance(office.clock, FixedClock)
        office.clock.moment += timedelta(minutes=minutes)
        with office.store.unit_of_work() as uow:
            talks = [one for one in uow.instances.of_participant(self.who) if one.form_id == "intake"]
        again = reopen_finished(office, talks[-1].instance_id)
        told(again, {**AT_THE_END, "goal": goal})
        return office.finish(again)

    def handed_over(self) -> Meeting:
        """What stands there, on a stick, opened here."""
        with self.there.store.unit_of_work() as uow:
            name = uow.plans.of_participant(self.who)[-1].plan_number
        plan = self.there.stored_plan(name)
        file = self.folder / f"{len(list(self.folder.iterdir()))}.plan"
        seal_hand_over(self.there, plan.plan_number, "taalhuis", file)
        met = open_from_elsewhere(self.here, file, self.number, plan.handover_code)
        assert isinstance(met, Meeting)
        return met

    def settle(self, met: Meeting, side: str) -> FinalizeOutcome:
        assert isinstance(self.here.clock, FixedClock)
        self.here.clock.moment += timedelta(hours=3)
        desk = ConflictDesk(self.here, met.participant_id, met.name)
        for one in desk.meeting().differences:
            desk.choose(one.key, side)
        return desk.settle()

    def chain(self, form_id: str) -> list[str]:
        """The versions at the centre, each told by what it replaces; one unbroken line."""
        found = [one for one in self.receiver.received if one.form_id == form_id]
        mine = [one for one in found if one.root_id == found[0].root_id]
        assert [one.deprecated_id for one in mine] == ["", *[one.instance_id for one in mine[:-1]]]
        return [one.instance_id for one in mine]

    def newest(self, form_id: str) -> dict[str, list[str]]:
        name = self.chain(form_id)[-1]
        return leaves(next(one.xml for one in self.receiver.received if one.instance_id == name))

    def problems(self) -> set[str]:
        return {item.last_problem for item in self.here.outbox().waiting()}


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def two(receiver: TrialReceiver, tmp_path: Path) -> Two:
    store = InMemoryStore()
    here = office_over(store, receiver)
    talk = played(here, NT1, practice=True)
    assert here.finish(talk).stored
    assert not here.send().failed
    copied = InMemoryStore()
    copied.contents = copy.deepcopy(store.contents)
    folder = tmp_path / "stick"
    folder.mkdir()
    return Two(receiver, here, office_over(copied, receiver), talk.number, talk.talk.header.participant_id, folder)


@pytest.fixture
def late(two: Two) -> Two:
    """The copy was first: what was corrected here came too late."""
    two.correct(two.there, GOAL_THERE, 10)
    assert not two.there.send().failed
    two.correct(two.here, GOAL_HERE, 20)
    assert {one.code for one in two.here.send().failed} == {"edit_out_of_date"}
    return two


@pytest.mark.parametrize(("side", "goal"), [(HERE, GOAL_HERE), (THERE, GOAL_THERE)])
def test_what_is_settled_follows_on_what_stands_at_the_centre(late: Two, side: str, goal: str) -> None:
    met = late.handed_over()
    outcome = late.settle(met, side)
    assert not outcome.held
    report = late.here.send()
    assert (report.failed, report.set_apart, report.waiting) == ((), 0, 0)
    assert [len(late.chain(form_id)) for form_id in EDITED] == [3, 3, 3, 3]
    assert late.newest("plan")["goal"] == [goal]
    assert overtaken_edits(late.here) == ()
    assert not late.receiver.entities.errors


def test_the_desk_asks_only_what_was_changed_since_both_had_the_same(late: Two) -> None:
    met = late.handed_over()
    assert [(one.here, one.there, one.changed_here) for one in met.differences] == [(GOAL_HERE, GOAL_THERE, True)]


def test_nothing_is_lost_of_the_correction_that_came_too_late(late: Two) -> None:
    with late.here.store.unit_of_work() as uow:
        before = {one.instance_id: one.xml for one in uow.instances.of_participant(late.who)}
    late.settle(late.handed_over(), THERE)
    with late.here.store.unit_of_work() as uow:
        after = {one.instance_id: one.xml for one in uow.instances.of_participant(late.who)}
    assert before.items() <= after.items()


def test_corrections_that_went_on_from_the_refused_one_make_way_with_it(late: Two) -> None:
    with late.here.store.unit_of_work() as uow:
        waiting = uow.outbox.waiting()
    late.settle(late.handed_over(), HERE)
    still = {item.instance_id for item in late.here.outbox().waiting()}
    assert still.isdisjoint(item.instance_id for item in waiting)
    assert len(still) == len(EDITED)


def test_until_it_is_settled_a_further_correction_is_held_and_never_sent(late: Two) -> None:
    outcome = late.correct(late.here, "Ik wil in een keuken werken", 5)
    assert len(outcome.held) == len(EDITED)
    assert not set(outcome.held) & set(outcome.queued)
    asked = [one.target for one in late.receiver.requests if one.method == "POST"]
    report = late.here.send()
    assert (report.set_apart, report.failed) == (len(EDITED), ())
    assert [one.target for one in late.receiver.requests if one.method == "POST"] == asked
    assert late.problems() == {"edit_out_of_date"}
    assert [one.number for one in overtaken_edits(late.here)] == [late.number]

    assert not late.settle(late.handed_over(), HERE).held
    assert not late.here.send().failed
    assert late.newest("plan")["goal"] == ["Ik wil in een keuken werken"]
    assert [len(late.chain(form_id)) for form_id in EDITED] == [3, 3, 3, 3]


def test_a_place_that_never_sent_its_change_cannot_tell_what_stands_at_the_centre(two: Two) -> None:
    with two.here.store.unit_of_work() as uow:
        talk = next(one for one in uow.instances.of_participant(two.who) if one.form_id == "plan")
    two.receiver.central.submit(edited(talk.released_xml or b"", talk.instance_id))
    two.correct(two.there, GOAL_THERE, 10)
    two.correct(two.here, GOAL_HERE, 20)
    assert [one.code for one in two.here.send().failed] == ["edit_out_of_date"]
    outcome = two.settle(two.handed_over(), HERE)
    assert len(outcome.held) == 1
    assert two.problems() >= {"edit_out_of_date"}
    assert len(two.here.send().sent) == len(EDITED) - 1
    assert [one.number for one in overtaken_edits(two.here)] == [two.number]


def test_overtaken_twice_is_settled_twice(late: Two) -> None:
    late.settle(late.handed_over(), HERE)
    late.correct(late.there, "Ik wil naar school", 600)
    assert not late.there.send().failed
    assert {one.code for one in late.here.send().failed} == {"edit_out_of_date"}
    assert not late.settle(late.handed_over(), THERE).held
    assert not late.here.send().failed
    assert late.newest("plan")["goal"] == ["Ik wil naar school"]
    assert [len(late.chain(form_id)) for form_id in EDITED] == [4, 4, 4, 4]


def edited(xml: bytes, name: str, old: bytes = b"", new: bytes = b"", own: str = "uuid:made-at-the-centre") -> bytes:
    """What an editor at the centre makes of a record: another id, the old one as deprecatedID, a word changed."""
    assert old in xml
    now = f"<instanceID>{own}</instanceID>".encode()
    then = f"<instanceID>{name}</instanceID>".encode()
    prefixed = then in xml
    assert prefixed or f">{name}</".encode() in xml
    changed = xml.replace(name.encode(), own.encode()) if not prefixed else xml.replace(then, now)
    tag = b"deprecatedID" if prefixed else b"orx:deprecatedID"
    close = b"</meta>" if b"</meta>" in changed else b"</orx:meta>"
    return changed.replace(close, b"<" + tag + b">" + name.encode() + b"</" + tag + b">" + close).replace(old, new, 1)


def record_of(two: Two, form_id: str) -> tuple[bytes, InstanceId]:
    with two.here.store.unit_of_work() as uow:
        found = next(one for one in uow.instances.of_participant(two.who) if one.form_id == form_id)
    assert found.released_xml is not None
    return found.released_xml, found.instance_id


def changed_at_the_centre(two: Two, form_id: str, old: bytes, new: bytes) -> bytes:
    xml, name = record_of(two, form_id)
    there = edited(xml, name, old, new)
    assert two.receiver.central.submit(there).status == 201
    return there


LIVES, LIVES_THERE = b"<c04_municipality>winterswijk<", b"<c04_municipality>aalten<"


def late_xml(two: Two) -> bytes:
    name = two.chain("intake")[-1]
    return next(one.xml for one in two.receiver.received if one.instance_id == name)


def goal_of(xml: bytes) -> bytes:
    return leaves(xml)["goal"][0].encode() if "goal" in leaves(xml) else b""


def test_what_the_werkcentrum_changed_itself_meets_ours_by_its_file(two: Two) -> None:
    xml, _ = record_of(two, "plan")
    there = changed_at_the_centre(two, "plan", goal_of(xml), b"Naar school")
    two.correct(two.here, GOAL_HERE, 20)
    report = two.here.send()
    assert [one.code for one in report.failed] == ["edit_out_of_date"]
    file = two.folder / "plan.xml"
    file.write_bytes(there)
    met = open_from_elsewhere(two.here, file, "", "")
    assert isinstance(met, Meeting)
    assert [(one.name, one.here, one.there) for one in met.beside] == [("goal", GOAL_HERE, "Naar school")]
    assert not two.settle(met, HERE).held
    assert not two.here.send().failed
    assert [len(two.chain(form_id)) for form_id in EDITED] == [3, 3, 3, 3]
    assert two.newest("plan")["goal"] == [GOAL_HERE]
    assert meetings(two.here) == ()


def test_an_answer_of_the_talk_that_the_werkcentrum_changed_is_asked_at_the_desk(two: Two) -> None:
    there = changed_at_the_centre(two, "intake", LIVES, LIVES_THERE)
    two.correct(two.here, GOAL_HERE, 20)
    assert [one.code for one in two.here.send().failed] == ["edit_out_of_date"]
    met = meet_centre_record(two.here, there)
    assert [(one.here, one.there, one.changed_here) for one in met.differences] == [("Winterswijk", "Aalten", False)]
    assert met.beside == ()
    assert meet_centre_record(two.here, there).name == met.name
    assert not two.settle(met, THERE).held
    assert not two.here.send().failed
    assert [len(two.chain(form_id)) for form_id in EDITED] == [3, 3, 3, 3]
    assert LIVES_THERE in late_xml(two)


def test_a_record_that_belongs_to_nothing_here_is_refused_and_changes_nothing(late: Two) -> None:
    own, name = record_of(late, "plan")
    wrong = {
        b"<data/>": "form",
        own.replace(late.number.encode(), b"0000-0000"): "person",
        own: "version",
        own.replace(b'id="plan"', b'id="plan" encrypted="yes"'): "locked",
    }
    for xml, problem in wrong.items():
        with pytest.raises(CentreRecordOther) as told_:
            meet_centre_record(late.here, xml)
        assert told_.value.params["problem"] == problem
    assert name in late.chain("plan")
    assert meetings(late.here) == ()


def test_a_choice_that_is_still_open_holds_everything_as_it_was(late: Two) -> None:
    met = late.handed_over()
    waiting = late.here.outbox().waiting()
    with pytest.raises(EventRefused):
        ConflictDesk(late.here, met.participant_id, met.name).settle()
    assert late.here.outbox().waiting() == waiting
