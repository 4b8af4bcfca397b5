"""A laptop with an encrypted store and the receiver it sends to: it can be started again, backed up and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from intake_app.bootstrap import Sender
from intake_app.domain.clock import FixedClock
from intake_app.domain.consent import ConsentCode
from intake_app.domain.ids import InstanceId, ParticipantId
from intake_app.domain.instance import FrozenInstance
from intake_app.services.continuing import reopen_finished
from intake_app.services.finalize import FinalizeOutcome
from intake_app.services.installation import ServerSettings, write_server
from intake_app.services.office import Office
from intake_app.services.rights import take_back
from intake_app.services.withdrawal import replay_withdrawals
from intake_app.storage.backup import make_backup
from intake_app.storage.gate import SqlStore, SqlStoreGate
from intake_app.storage.restore import restore
from intake_app.sync.envelope import Envelopes
from intake_app.sync.trial_receiver import TrialReceiver
from tests.fakes.encrypted import CHEAP, PASSPHRASE
from tests.fakes.envelopes import QUICK
from tests.services.helps import MORNING, NT1, leaves, make_office, played, told

AT_THE_END = {"alone": "two_of_us", "consent_form": "on_screen", "know_step": "yes", "status": "complete"}
SENSITIVE = {"consent_needs": "yes", "needs": "sit_stand", "consent_origin": "yes", "born_abroad": "yes"}


@dataclass
class Laptop:
    """Somebody who agreed to everything, whose talk was finished here and sent."""

    folder: Path
    receiver: TrialReceiver
    more: Mapping[str, str] = field(default_factory=dict)
    """What was answered beside the rest, by concept."""
    clock: FixedClock = field(default_factory=lambda: FixedClock(MORNING))
    who: ParticipantId = field(default=ParticipantId(""), init=False)
    handled: int = field(default=0, init=False)
    """How many requests the Werkcentrum has looked at."""

    def __post_init__(self) -> None:
        """Finish the talk and send it."""
        gate = SqlStoreGate(self.folder, CHEAP)
        self.store: SqlStore = gate.create(PASSPHRASE, "Anneke", "site_lead", "counsellor")
        self.office = self._office()
        write_server(self.store, ServerSettings(self.receiver.base_url, self.receiver.token))
        talk = played(self.office, NT1)
        told(talk, {**SENSITIVE, **self.more})
        self.who, self.number = talk.talk.header.participant_id, talk.number
        assert self.office.finish(talk).stored
        self.send()

    def _office(self) -> Office:
        office = make_office(self.store, self.clock)
        return replace(office, send_round=Sender(self.store, self.clock), envelopes=Envelopes(QUICK))

    def restart(self) -> None:
        """The program ends and begins again."""
        self.store.close()
        self.store = SqlStoreGate(self.folder, CHEAP).unlock(PASSPHRASE)
        self.office = self._office()
        replay_withdrawals(self.office)

    def back_up(self, file: Path) -> None:
        make_backup(self.store.unit_of_work(), file, self.clock.now(), 30)

    def put_back(self, file: Path) -> None:
        self.store.close()
        restore(file, self.folder, lambda gate: gate.unlock(PASSPHRASE), replace=True, kdf=CHEAP)
        self.restart()

    def later(self, minutes: int = 10) -> None:
        self.clock.moment += timedelta(minutes=minutes)

    def take_back(self, code: ConsentCode, organisation: str = "") -> None:
        self.later()
        take_back(self.office, self.who, code, organisation)

    def correct(self, goal: str) -> FinalizeOutcome:
        """The newest talk is opened again, changed and finished."""
        self.later()
        again = reopen_finished(self.office, self.newest("intake").instance_id)
        told(again, {**AT_THE_END, "goal": goal})
        return self.office.finish(again)

    def send(self) -> None:
        """Everything that waits arrives, and nothing is refused."""
        self.later()
        report = self.office.send()
        assert (report.failed, report.set_apart, report.waiting) == ((), 0, 0)

    def records(self, form_id: str) -> tuple[FrozenInstance, ...]:
        with self.store.unit_of_work() as uow:
            return tuple(one for one in uow.instances.of_participant(self.who) if one.form_id == form_id)

    def newest(self, form_id: str) -> FrozenInstance:
        return self.records(form_id)[-1]

    def asked(self) -> list[str]:
        """The talks that the Werkcentrum was asked about and has not looked at yet."""
        told_there = [leaves(one.xml) for one in self.receiver.received if one.form_id == "data_request"]
        return [one["talk_id"][0] for one in told_there[self.handled :]]

    def carry_out(self) -> None:
        """The Werkcentrum deletes what each new request names, with all versions: the record of that name, or for C1,
        C2 and a deletion everything of the number. It says so here."""
        told_there = [leaves(one.xml) for one in self.receiver.received if one.form_id == "data_request"]
        for one in told_there[self.handled :]:
            if one.get("y02_request_consent", ["C2"])[0] in ("C1", "C2"):
                for each in self.receiver.received:
                    if each.form_id != "data_request" and self.number in leaves(each.xml).get("participant_number", ()):
                        self._delete(each.instance_id)
            else:
                self._delete(one["talk_id"][0])
        self.handled = len(told_there)
        with self.store.unit_of_work() as uow:
            for request in uow.rights.requests():
                if request.done_at is None:
                    uow.rights.carried_out(request.instance_id, self.clock.now())
            uow.commit()

    def _delete(self, name: str) -> None:
        if any(one.instance_id == name for one in self.receiver.received):
            self.receiver.central.delete(name)

    def there(self, form_id: str) -> list[list[str]]:
        """What stands at the centre of a form: the names of the versions of each record."""
        found: dict[str, list[str]] = {}
        for one in self.receiver.received:
            if one.form_id == form_id and b"<kind>caseload</kind>" not in one.xml:
                found.setdefault(one.root_id, []).append(one.instance_id)
        return list(found.values())

    def newest_there(self, form_id: str) -> dict[str, list[str]]:
        (chain,) = self.there(form_id)
        return leaves(next(one.xml for one in self.receiver.received if one.instance_id == InstanceId(chain[-1])))
