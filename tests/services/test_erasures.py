"""Who was erased stays erased after an older backup, here and at the centre; what nobody can know holds everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake_app.domain.consent import ConsentCode
from intake_app.errors import ErasuresUnknown, RecordErased
from intake_app.paths import resource_dir
from intake_app.services.envelopes import EnvelopeDesk, write_public_key
from intake_app.services.erasures import after_restore, looked_up, seen
from intake_app.services.rights import erase_person, take_back
from intake_app.services.sending import read_valve
from intake_app.storage.backup import look
from intake_app.storage.restore import restore
from intake_app.sync.envelope import Envelopes
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.envelopes import QUICK
from tests.services.helps import NT1, played, told
from tests.services.laptop import Laptop


@pytest.fixture
def receiver() -> Iterator[TrialReceiver]:
    with TrialReceiver(forms=resource_dir("forms", "compiled")) as running:
        yield running


@pytest.fixture
def laptop(tmp_path: Path, receiver: TrialReceiver) -> Iterator[Laptop]:
    made = Laptop(tmp_path / "data", receiver)
    yield made
    made.store.close()


@pytest.fixture
def elsewhere(laptop: Laptop, tmp_path: Path) -> Laptop:
    """The person is erased, and then a backup of before comes back on another laptop."""
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.later()
    erase_person(laptop.office, laptop.who)
    laptop.store.close()
    laptop.folder = tmp_path / "new"
    restore(tmp_path / "kopie.intake", laptop.folder, lambda gate: gate.unlock(PASSPHRASE), kdf=CHEAP)
    laptop.restart()
    laptop.office = replace(laptop.office, valve=read_valve(laptop.store))
    return laptop


def _actions(laptop: Laptop) -> list[str]:
    with laptop.store.unit_of_work() as uow:
        return [line.action for line in uow.audit.list()]


@pytest.mark.parametrize("withdrawn", [False, True])
def test_an_erasure_that_was_never_sent_reaches_the_centre_after_an_older_backup(
    laptop: Laptop, tmp_path: Path, withdrawn: bool
) -> None:
    talk = laptop.newest("intake").instance_id
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.later()
    receipt = erase_person(laptop.office, laptop.who, withdrawn=withdrawn)
    laptop.put_back(tmp_path / "kopie.intake")
    assert receipt.central
    with laptop.store.unit_of_work() as uow, pytest.raises(RecordErased):
        uow.participants.get(laptop.who)
    after = after_restore(laptop.store)
    assert (after.people, after.requests, after.not_covered) == (1, 1, None)
    laptop.send()
    assert laptop.asked() == [talk]
    laptop.carry_out()
    assert laptop.there("intake") == []


def test_an_erasure_that_was_sent_goes_again_as_it_was_and_is_one_request_at_the_centre(
    laptop: Laptop, tmp_path: Path
) -> None:
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.later()
    erase_person(laptop.office, laptop.who)
    laptop.send()
    once = laptop.asked()
    for _ in range(2):
        laptop.put_back(tmp_path / "kopie.intake")
        laptop.send()
    assert laptop.asked() == once
    laptop.carry_out()
    laptop.put_back(tmp_path / "kopie.intake")
    laptop.send()
    assert laptop.asked() == []


def test_what_was_asked_for_somebody_whose_time_was_over_since_is_asked_again_too(
    laptop: Laptop, tmp_path: Path
) -> None:
    talk = laptop.newest("intake").instance_id
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.take_back(ConsentCode.CENTRAL)
    with laptop.store.unit_of_work() as uow:
        uow.participants.erase(laptop.who, laptop.clock.now())
        uow.commit()
    laptop.put_back(tmp_path / "kopie.intake")
    laptop.send()
    assert laptop.asked() == [talk]


def test_a_withdrawal_that_was_not_sent_is_asked_again_once(laptop: Laptop, tmp_path: Path) -> None:
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.later()
    take_back(laptop.office, laptop.who, ConsentCode.CENTRAL)
    laptop.put_back(tmp_path / "kopie.intake")
    laptop.restart()
    laptop.send()
    assert len(laptop.asked()) == 1


def test_somebody_has_to_see_it_once(laptop: Laptop, tmp_path: Path) -> None:
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.later()
    erase_person(laptop.office, laptop.who)
    laptop.put_back(tmp_path / "kopie.intake")
    laptop.restart()
    assert after_restore(laptop.store).people == 1
    seen(laptop.store)
    laptop.restart()
    after = after_restore(laptop.store)
    assert (after.people, after.requests) == (0, 0)


def test_on_another_laptop_nothing_leaves_until_somebody_has_looked_up_who_was_erased(
    elsewhere: Laptop, receiver: TrialReceiver, tmp_path: Path
) -> None:
    before = len(receiver.received)
    receipt = erase_person(elsewhere.office, elsewhere.who)
    assert receipt.central
    report = elsewhere.office.send()
    assert report is not None
    assert (report.paused, report.sent) == (True, ())
    assert len(receiver.received) == before
    craft = Envelopes(QUICK)
    public, _ = craft.new_key_pair(PASSPHRASE)
    write_public_key(elsewhere.store, craft, public)
    with pytest.raises(ErasuresUnknown):
        EnvelopeDesk(elsewhere.store, elsewhere.clock, craft).close(tmp_path / "envelop.intake")
    assert not (tmp_path / "envelop.intake").exists()

    looked_up(elsewhere.office)

    assert _actions(elsewhere)[-1] == "erasures_looked_up"
    assert after_restore(elsewhere.store).not_covered is None
    elsewhere.send()
    assert len(elsewhere.asked()) == 1
    assert not read_valve(elsewhere.store).closed()


def test_the_hold_outlives_a_restart_and_names_the_period(elsewhere: Laptop, tmp_path: Path) -> None:
    elsewhere.restart()
    assert read_valve(elsewhere.store).closed()
    after = after_restore(elsewhere.store).not_covered
    assert after is not None
    assert after[0] == look(tmp_path / "kopie.intake").keys_at


@pytest.mark.parametrize(("agreed", "asked"), [("yes", True), ("no", False)])
def test_of_what_may_have_gone_after_the_backup_the_number_is_asked_unless_nothing_may_go(
    laptop: Laptop, tmp_path: Path, agreed: str, asked: bool
) -> None:
    talk = played(laptop.office, NT1)
    told(talk, {"consent_central": agreed})
    who, number = talk.talk.header.participant_id, talk.number
    assert laptop.office.finish(talk).stored
    laptop.back_up(tmp_path / "kopie.intake")
    laptop.store.close()
    laptop.folder = tmp_path / "new"
    restore(tmp_path / "kopie.intake", laptop.folder, lambda gate: gate.unlock(PASSPHRASE), kdf=CHEAP)
    laptop.restart()
    assert erase_person(laptop.office, who).central is asked
    with laptop.store.unit_of_work() as uow:
        assert [(one.number, one.talk_id) for one in uow.rights.requests()] == [(number, "")] * asked
